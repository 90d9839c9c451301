"""A data file that nobody described -> the draft of its entry."""

from __future__ import annotations

from pathlib import Path

from osai_essay.data import read_frame, read_package, read_rows
from osai_essay.data.csv_rows import decode
from osai_essay.data.frame import Rows
from osai_essay.data.paths import FOLDER, FORMATS, format_of
from osai_essay.files import read_bytes
from osai_essay.located import NO_TEXT
from osai_essay.model import Dataset
from osai_essay.problem import Problem, SiteError, Where, did_you_mean, has_errors
from osai_essay.scaffold.append import append_entry
from osai_essay.scaffold.entry import draft_entry
from osai_essay.scaffold.fields import find_missing, guess_field
from osai_essay.scaffold.keys import guess_key
from osai_essay.scaffold.place import ScaffoldError

_DELIMITERS = ",;\t|"


def describe_file(root: Path, file: Path, *, write: bool) -> tuple[str | None, tuple[Problem, ...]]:
    """The entry of a file below data/; with `write` it is put at the end of datapackage.yaml.

    file: from the root, or from where the command runs.
    Returns: None, and problems, for a file that is no table. Raises: ScaffoldError.
    """
    source = _find(root, file)
    datasets, found = read_package(root)
    dataset = next((each for each in datasets if each.path == source), None)
    if dataset is None:
        return None, tuple(each for each in found if each.where.file == source)
    if dataset.is_described and write:
        raise ScaffoldError(f"{source} is described already, in {dataset.where}.")
    try:
        return _describe(root, dataset, write=write)
    except SiteError as error:
        return None, (error.problem,)


def _describe(
    root: Path, dataset: Dataset, *, write: bool
) -> tuple[str | None, tuple[Problem, ...]]:
    content = read_bytes(root, dataset.path)
    delimiter = _guess_delimiter(content, dataset)
    file = _as_file(dataset, delimiter)
    rows, problems = read_rows(file, content)
    if rows is None or has_errors(problems):
        return None, problems
    _check_head(dataset.path, rows)
    if dataset.format == "csv":  # of cells that are all text, what is wrong is so by any entry
        _, problems = read_frame(root, file)
        if has_errors(problems):
            return None, problems
    entry = _draft(dataset, rows, delimiter)
    if write:
        append_entry(root, entry)
    return entry, ()


def _find(root: Path, file: Path) -> str:
    """The path from the root. Raises: ScaffoldError, unless it is a data file of the site."""
    path = root / file if (root / file).is_file() else file
    base = (root / FOLDER).resolve()
    if not path.is_file():
        names = [each.name for each in base.rglob("*") if format_of(each.name)]
        advice = did_you_mean(file.name, names, else_say="name a file of data/.")
        raise ScaffoldError(f"There is no file {file}; {advice}")
    if not path.resolve().is_relative_to(base):
        raise ScaffoldError(f"{file} is not in data/; copy it there first.")
    kind = format_of(path.name)
    if kind == "sql":
        raise ScaffoldError(f"{file} is computed; describe what it gives under `derived:`.")
    if kind is None:
        formats = ", ".join(sorted(set(FORMATS.values()) - {"sql"}))
        raise ScaffoldError(
            f"{file} is in no format that is read here; save it as one of {formats}."
        )
    return f"{FOLDER}/{path.resolve().relative_to(base).as_posix()}"


def _check_head(source: str, rows: Rows) -> None:
    """Raises: ScaffoldError, for columns of which nothing can be told or written."""
    if not rows.rows:
        raise ScaffoldError(f"{source} has no rows, so nothing can be told of its columns.")
    for number, name in enumerate(rows.names, 1):
        if NO_TEXT.search(name):
            raise ScaffoldError(
                f"the name of column {number} in {source} holds a control character, which no "
                "page may hold; take it out (an editor shows it as a blank, a box or a code)."
            )


def _guess_delimiter(content: bytes, dataset: Dataset) -> str:
    """What splits a CSV's header into the most columns; a comma where nothing does."""
    if dataset.format != "csv":
        return ","
    text, _ = decode(content, dataset.path)
    header = text.partition("\n")[0]
    return max(_DELIMITERS, key=header.count)


def _as_file(dataset: Dataset, delimiter: str) -> Dataset:
    """The file as if nobody had described it, but for its delimiter."""
    return Dataset(
        name=dataset.name,
        path=dataset.path,
        format=dataset.format,
        digest=dataset.digest,
        where=Where(file=dataset.path),
        descriptor={"dialect": {"delimiter": delimiter}},
    )


def _draft(dataset: Dataset, rows: Rows, delimiter: str) -> str:
    columns = list(zip(*rows.rows, strict=True))
    missing = find_missing(columns, delimiter=delimiter)
    guesses = [
        guess_field(name, cells, delimiter=delimiter, missing=missing)
        for name, cells in zip(rows.names, columns, strict=True)
    ]
    key = guess_key(rows.names, [guess.type for guess in guesses], rows.rows)
    return draft_entry(dataset, guesses, key=key, missing=missing, delimiter=delimiter)
