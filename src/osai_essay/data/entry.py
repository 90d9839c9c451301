"""One entry of data/datapackage.yaml -> Dataset."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from osai_essay.data.fields import read_fields
from osai_essay.data.paths import FOLDER, FORMATS, Listing, format_of, is_url, leads_out
from osai_essay.data.shape import Shapes
from osai_essay.files import is_public
from osai_essay.located import YamlMap, plain
from osai_essay.model import Column, Dataset, Licence, Source, Text
from osai_essay.problem import Where, did_you_mean
from osai_essay.struct import Struct

NAME = re.compile(r"[a-z0-9][a-z0-9._-]*")
MAX_BYTES = 256 << 20
_KEYS = {
    "name", "path", "type", "title", "description", "format", "mediatype", "encoding", "schema",
    "sources", "licenses", "credit", "dialect", "homepage", "profile", "hash", "bytes", "version",
}  # fmt: skip

_SCHEMA_KEYS = {
    "fields", "primaryKey", "foreignKeys", "uniqueKeys", "missingValues", "fieldsMatch", "name",
    "title", "description",
}  # fmt: skip
_SOURCE_KEYS = {"title", "path", "email", "version", "id", "publisher", "published", "accessed"}
_LICENCE_KEYS = {"name", "title", "path"}


class Folder(Struct, frozen=True, kw_only=True):
    """The site's root, what lies below data/, and what the whole package says of its parts."""

    root: Path
    listing: Listing
    sources: tuple[Source, ...] = ()
    licences: tuple[Licence, ...] = ()


def read_entry(
    shapes: Shapes, entry: YamlMap, folder: Folder, *, is_derived: bool
) -> Dataset | None:
    """The dataset of an entry; None, and problems, where it has no name or no path to a file."""
    shapes.check_keys(entry, _KEYS, "resource")
    name = _read_name(shapes, entry)
    path = _read_path(shapes, entry, folder)
    if not name or not path:
        return None
    kind = _read_format(shapes, entry, path, is_derived=is_derived)
    content = _read_content(shapes, entry, path, folder)
    if kind is None:
        return None
    columns, key = _read_schema(shapes, entry)
    source = f"{FOLDER}/{path}"
    return Dataset(
        name=name,
        path=source,
        format=kind,
        digest="" if content is None else hashlib.sha256(content).hexdigest(),
        where=entry.place,
        title=shapes.text(entry, "title"),
        description=shapes.text(entry, "description"),
        columns=columns,
        primary_key=key,
        sources=read_sources(shapes, entry) or folder.sources,
        licences=read_licences(shapes, entry) or folder.licences,
        credit=shapes.text(entry, "credit"),
        sql=read_sql(shapes, content, source) if kind == "sql" and content is not None else None,
        descriptor=plain(entry),
    )


def read_sources(shapes: Shapes, data: YamlMap) -> tuple[Source, ...]:
    """The `sources:` of a package or a resource."""
    return tuple(
        Source(
            title=shapes.text(entry, "title") or shapes.text(entry, "path"),
            path=shapes.text(entry, "path") or None,
            id=shapes.text(entry, "id") or None,
            publisher=shapes.text(entry, "publisher"),
            published=shapes.text(entry, "published"),
            accessed=shapes.text(entry, "accessed"),
        )
        for entry in shapes.entries_of(data, "sources", _SOURCE_KEYS, "source")
    )


def read_licences(shapes: Shapes, data: YamlMap) -> tuple[Licence, ...]:
    """The `licenses:` of a package or a resource."""
    return tuple(
        Licence(
            name=shapes.text(entry, "name") or shapes.text(entry, "title"),
            title=shapes.text(entry, "title"),
            path=shapes.text(entry, "path") or None,
        )
        for entry in shapes.entries_of(data, "licenses", _LICENCE_KEYS, "licence")
    )


def read_bytes(shapes: Shapes, path: Path, where: Where) -> bytes | None:
    """The bytes of a data file that is there, if it is not too large."""
    try:
        size = path.stat().st_size
        if size <= MAX_BYTES:
            return path.read_bytes()
        message = f"this file has {size >> 20:,} MB; a page's data must be under {MAX_BYTES >> 20}"
        shapes.add("dataset-too-large", where, message, "keep the rows and columns that are used.")
    except OSError as error:
        message = f"this file cannot be read: {error.strerror}"
        shapes.add("dataset-file-missing", where, message, "see that it may be read.")
    return None


def read_sql(shapes: Shapes, content: bytes, source: str) -> Text | None:
    """The SELECT of a derived dataset."""
    where = Where(file=source, line=1, column=1)
    try:
        return Text(source=content.decode("utf-8-sig"), where=where)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"byte {content[error.start]:#04x} is not UTF-8"
        shapes.add(
            "dataset-not-utf8", Where(file=source, line=line), message, "save the file as UTF-8."
        )
        return None


def _read_name(shapes: Shapes, entry: YamlMap) -> str | None:
    name = shapes.text(entry, "name")
    if NAME.fullmatch(name):
        return name
    message = f'"{name}" cannot be the name of a dataset' if name else "this dataset has no name"
    fix = "write `name:` with small letters, digits, '-', '_' and '.', such as capex-2025."
    shapes.add("dataset-name-wrong", entry.where("name"), message, fix)
    return None


def _read_path(shapes: Shapes, entry: YamlMap, folder: Folder) -> str | None:
    where = entry.where("path")
    path = entry.get("path")
    if not isinstance(path, str) or not path:
        shapes.wrong(where, "path", "one file below data/, such as capex.csv", path)
        return None
    if is_url(path):
        message = f"`path` is an address, and a build fetches nothing: {path}"
        shapes.add("dataset-path-url", where, message, "download the file into data/ and name it.")
    elif leads_out(path) or not is_public(folder.root, folder.root / FOLDER / path, FOLDER):
        message = f"`path` leads out of data/: {path}"
        shapes.add("dataset-path-outside", where, message, "copy the file into data/ and name it.")
    else:
        return path.removeprefix("./")
    return None


def _read_content(shapes: Shapes, entry: YamlMap, path: str, folder: Folder) -> bytes | None:
    where = entry.where("path")
    if path in folder.listing.files or _is_linked(path, folder):
        return read_bytes(shapes, folder.root / FOLDER / path, where)
    _add_missing(shapes, entry["path"], where, folder.listing.files)
    return None


def _is_linked(path: str, folder: Folder) -> bool:
    """True for a file in a linked folder, which the listing does not enter."""
    full = folder.root / FOLDER / path
    parents = full.relative_to(folder.root).parents
    return full.is_file() and any((folder.root / each).is_symlink() for each in parents)


def _add_missing(shapes: Shapes, path: str, where: Where, files: Iterable[str]) -> None:
    short = path.removeprefix(f"{FOLDER}/")
    say = "put the file there, or take this entry out."
    fix = did_you_mean(path, files, else_say=say)
    if short != path and short in files:
        fix = f'write "{short}": paths count from data/.'
    shapes.add("dataset-file-missing", where, f"there is no file data/{path}", fix)


def _read_format(shapes: Shapes, entry: YamlMap, path: str, *, is_derived: bool) -> str | None:
    told = shapes.text(entry, "format").lower()
    kind = format_of(path) or ("yaml" if told == "yml" else told)
    if kind not in FORMATS.values():
        message = f"data/{path} is in no format that is read here"
        fix = f"save it as one of {', '.join(sorted(set(FORMATS.values()) - {'sql'}))}."
        shapes.add("dataset-format-unknown", entry.where("path"), message, fix)
        return None
    if is_derived and kind != "sql":
        message = f"a derived dataset is a SELECT in a file .sql, and this is {path}"
        shapes.add(
            "dataset-format-unknown", entry.where("path"), message, "list it under `resources:`."
        )
        return None
    encoding = shapes.text(entry, "encoding").lower().replace("_", "-")
    if encoding not in ("", "utf-8", "utf8", "utf-8-sig"):
        message = f"files are read as UTF-8, and this one is said to be {encoding}"
        fix = "save the file as UTF-8 and write `encoding: utf-8`."
        shapes.add("dataset-not-utf8", entry.where("encoding"), message, fix)
    return kind


def _read_schema(shapes: Shapes, entry: YamlMap) -> tuple[tuple[Column, ...], tuple[str, ...]]:
    schema = shapes.value(entry, "schema", YamlMap)
    if schema is None:
        return (), ()
    shapes.check_keys(schema, _SCHEMA_KEYS, "schema")
    columns = read_fields(shapes, schema)
    names = [column.name for column in columns]
    key = shapes.texts(schema, "primaryKey")
    check_names(shapes, key, names, "primaryKey")
    shapes.texts(schema, "missingValues")
    return columns, tuple(name for name, _ in key if name in names)


def check_names(
    shapes: Shapes, used: Iterable[tuple[str, Where]], names: Iterable[str], what: str
) -> None:
    """Every name used must be the name of a field."""
    known = list(names)
    for name, where in used:
        if name not in known:
            fix = did_you_mean(name, known, else_say=f"the fields are {', '.join(known)}.")
            shapes.add("field-unknown", where, f'`{what}` names no field: "{name}"', fix)
