"""data/datapackage.yaml and the files below data/ -> Datasets. Loads no heavy library."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from shlex import quote

from osai_essay.blanks import find_blanks
from osai_essay.data.entry import (
    Folder,
    check_names,
    read_bytes,
    read_entry,
    read_licences,
    read_sources,
    read_sql,
)
from osai_essay.data.paths import FOLDER, FORMATS, PACKAGE, format_of, list_files
from osai_essay.data.shape import Shapes
from osai_essay.files import is_file, is_note, read_text
from osai_essay.located import YamlList, YamlMap, empty_map, read_yaml
from osai_essay.model import NO_MEMO, Dataset, Memo
from osai_essay.problem import Problem, SiteError, Where, did_you_mean, sort_problems

_KEYS = {
    "name", "id", "title", "description", "version", "created", "keywords", "contributors",
    "homepage", "image", "profile", "licenses", "sources", "resources", "derived", "$schema",
}  # fmt: skip
_OTHER_PACKAGES = ("datapackage.yml", "datapackage.json")


def read_package(
    root: Path, memo: Memo = NO_MEMO
) -> tuple[tuple[Dataset, ...], tuple[Problem, ...]]:
    """Every dataset of a site, sorted by name; a site without data/ has none.

    Files that nobody described are datasets too, with a warning that holds a description to paste.
    """
    shapes = Shapes()
    listing = list_files(root)
    data = _read_file(shapes, root, memo)
    shapes.check_keys(data, _KEYS, "package")
    folder = Folder(
        root=root,
        listing=listing,
        sources=read_sources(shapes, data),
        licences=read_licences(shapes, data),
    )
    pairs = [
        (entry, read_entry(shapes, entry, folder, is_derived=key == "derived"))
        for key in ("resources", "derived")
        for entry in shapes.entries(data, key)
    ]
    datasets = _unique(shapes, (dataset for _, dataset in pairs if dataset))
    named = {_path_of(entry) for entry, _ in pairs}
    datasets |= _read_undescribed(shapes, folder, named, datasets)
    for entry, dataset in pairs:
        if dataset:
            _check_relations(shapes, entry, dataset, datasets)
    ordered = tuple(datasets[name] for name in sorted(datasets))
    return ordered, sort_problems(shapes.problems)


def _read_file(shapes: Shapes, root: Path, memo: Memo) -> YamlMap:
    """The package's own file; an empty mapping where there is none, or none that can be read."""
    place = Where(file=PACKAGE, line=1)
    empty = empty_map(place)
    path = root / PACKAGE
    if not is_file(path):
        return empty
    try:
        source = read_text(root, path)
        value = memo.get("datapackage.yaml", source, lambda: read_yaml(source, PACKAGE))
    except SiteError as error:
        shapes.problems.append(error.problem)
        return empty
    shapes.problems += find_blanks(value)
    if isinstance(value, YamlMap):
        return value
    if value is not None:
        shapes.wrong(place, "datapackage.yaml", "a mapping with `resources:`", value)
    return empty


def _unique(shapes: Shapes, found: Iterable[Dataset]) -> dict[str, Dataset]:
    datasets: dict[str, Dataset] = {}
    for dataset in found:
        first = datasets.setdefault(dataset.name, dataset)
        if first is not dataset:
            _add_twice(shapes, dataset, first)
    return datasets


def _add_twice(shapes: Shapes, dataset: Dataset, first: Dataset) -> None:
    message = f'two datasets are called "{dataset.name}"; the other is {first.path} ({first.where})'
    shapes.add("dataset-name-twice", dataset.where, message, "rename one of the two.")


def _path_of(entry: YamlMap) -> str:
    path = entry.get("path")
    return path.removeprefix("./") if isinstance(path, str) else ""


def _read_undescribed(
    shapes: Shapes, folder: Folder, named: set[str], datasets: dict[str, Dataset]
) -> dict[str, Dataset]:
    """A dataset for every data file that no entry names."""
    found: dict[str, Dataset] = {}
    for path in folder.listing.outside:
        if path == "." or (path not in named | {"datapackage.yaml"} and format_of(path)):
            message = "this link leads out of data/"
            where = Where(file=f"{FOLDER}/{path}".removesuffix("/."))
            shapes.add("dataset-path-outside", where, message, "copy the file itself into data/.")
    for path in folder.listing.files:
        dataset = None
        if path in _OTHER_PACKAGES:
            _add_misnamed(shapes, path)
        elif path not in named and path != "datapackage.yaml" and format_of(path):
            dataset = _undescribed(shapes, folder, path)
        elif path not in named and not format_of(path) and not is_note(PurePosixPath(path).name):
            _add_unread(shapes, path)
        if dataset:
            first = datasets.get(dataset.name) or found.setdefault(dataset.name, dataset)
            if first is not dataset:
                _add_twice(shapes, dataset, first)
    return found


def _add_misnamed(shapes: Shapes, path: str) -> None:
    where = Where(file=f"{FOLDER}/{path}")
    message = "only data/datapackage.yaml is read"
    shapes.add("datapackage-shape", where, message, "rename this file, as YAML.")


def _add_unread(shapes: Shapes, path: str) -> None:
    kinds = ", ".join(sorted(set(FORMATS.values()) - {"sql"}))
    fix = f"save it as one of {kinds}; what is no data belongs into content/static."
    where = Where(file=f"{FOLDER}/{path}")
    shapes.add("file-unread", where, "nothing reads this", fix, "warning")


def _undescribed(shapes: Shapes, folder: Folder, path: str) -> Dataset | None:
    source = f"{FOLDER}/{path}"
    where = Where(file=source, line=1)
    kind = format_of(path)
    content = read_bytes(shapes, folder.root / source, where)
    if content is None or kind is None:
        return None
    name = _slug(path)
    below = "derived" if kind == "sql" else "resources"
    command = f"osai-essay describe {quote(source)} --write"
    draft = "" if kind == "sql" else f"{command} drafts its entry. Or "
    fix = (
        f"{draft}describe it in {PACKAGE}, its columns too, under `{below}:`\n"
        f"    - name: {name}\n"
        f"      path: {path}\n"
        "      title: What a row is\n"
        "      sources: [{title: Where it comes from}]\n"
        "      licenses: [{name: CC-BY-4.0}]"
    )
    message = "nobody described this file: its types are guessed, its source is unknown"
    shapes.add("dataset-undescribed", where, message, fix, "warning")
    return Dataset(
        name=name,
        path=source,
        format=kind,
        digest=hashlib.sha256(content).hexdigest(),
        where=where,
        is_described=False,
        sql=read_sql(shapes, content, source) if kind == "sql" else None,
        sources=folder.sources,
        licences=folder.licences,
    )


def _slug(path: str) -> str:
    stem = PurePosixPath(path).stem.casefold()
    return re.sub(r"[^a-z0-9._-]+", "-", stem).strip("-._") or "data"


def _check_relations(
    shapes: Shapes, entry: YamlMap, dataset: Dataset, datasets: dict[str, Dataset]
) -> None:
    """`references:` and `foreignKeys:` must name datasets and fields that there are."""
    schema = entry.get("schema")
    if not isinstance(schema, YamlMap):
        return
    for field in _find_fields(schema):
        name, where = field.get("references"), field.where("references")
        target = _find(shapes, name, where, datasets) if isinstance(name, str) else None
        if target and len(target.primary_key) != 1:
            message = f"`references: {target.name}` needs a primary key of one field there"
            fix = f'give "{target.name}" a `primaryKey:` in {PACKAGE}.'
            shapes.add("reference-keyless", where, message, fix)
    for key in shapes.entries(schema, "foreignKeys"):
        _check_foreign_key(shapes, key, dataset, datasets)


def _find_fields(schema: YamlMap) -> tuple[YamlMap, ...]:
    """The fields that are mappings; the others have had their problem."""
    fields = schema.get("fields")
    entries = fields if isinstance(fields, YamlList) else ()
    return tuple(entry for entry in entries if isinstance(entry, YamlMap))


def _check_foreign_key(
    shapes: Shapes, key: YamlMap, dataset: Dataset, datasets: dict[str, Dataset]
) -> None:
    reference = shapes.value(key, "reference", YamlMap)
    fields = shapes.texts(key, "fields")
    check_names(shapes, fields, (column.name for column in dataset.columns), "foreignKeys")
    if reference is None or not fields:
        message = "a foreign key needs `fields:` and `reference: {resource:, fields:}`"
        shapes.add("datapackage-shape", key.place, message, "write both.")
        return
    name = shapes.text(reference, "resource")
    target = _find(shapes, name, reference.where("resource"), datasets) if name else dataset
    theirs = shapes.texts(reference, "fields")
    if target:
        check_names(shapes, theirs, (column.name for column in target.columns), "foreignKeys")
    if len(theirs) != len(fields):
        message = f"{len(fields)} fields here refer to {len(theirs)} there"
        shapes.add("datapackage-shape", key.place, message, "name as many on both sides.")


def _find(shapes: Shapes, name: str, where: Where, datasets: dict[str, Dataset]) -> Dataset | None:
    if name not in datasets:
        fix = did_you_mean(name, datasets, else_say=f"the datasets are {', '.join(datasets)}.")
        shapes.add("dataset-unknown", where, f'there is no dataset called "{name}"', fix)
    return datasets.get(name)
