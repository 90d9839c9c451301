"""JSON, YAML and Parquet files of records -> cells that know their line."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from osai_essay.data.csv_rows import decode
from osai_essay.data.frame import Rows
from osai_essay.located import YamlList, YamlMap, plain, read_yaml
from osai_essay.problem import Problem, SiteError, Where

MAX_CELLS = 5_000_000
MAX_DIGITS = 1_000  # of a whole number; Python itself refuses those of more than 4,300
_BLANK = re.compile(r"[ \t\r\n]*")
_Record = tuple[Where, Mapping[str, Any]]


def read_yaml_rows(content: bytes, source: str) -> tuple[Rows | None, tuple[Problem, ...]]:
    """A YAML list of records; every cell knows its place."""
    text, problem = decode(content, source)
    if problem:
        return None, (problem,)
    try:
        value = read_yaml(text, source)
    except SiteError as error:
        return None, (error.problem,)
    if not isinstance(value, YamlList):
        return None, (_no_list(Where(file=source, line=1)),)
    records, problems = [], []
    for index, entry in enumerate(value):
        if isinstance(entry, YamlMap):
            records.append((entry.place, entry))
        else:
            problems.append(_no_record(value.where(index), index))
    return _rows(source, records, problems)


def read_json_rows(content: bytes, source: str) -> tuple[Rows | None, tuple[Problem, ...]]:
    """A JSON list of records; a cell has the place of its record."""
    text, problem = decode(content, source)
    if problem:
        return None, (problem,)
    try:
        entries = _read_json_list(text, source)
    except SiteError as error:
        return None, (error.problem,)
    except (ValueError, RecursionError) as error:
        offset = getattr(error, "pos", 0)
        what = getattr(error, "msg", str(error))
        return None, (_unreadable(_at(text, offset, source), what),)
    records, problems = [], []
    for index, (where, entry) in enumerate(entries):
        if isinstance(entry, dict):
            records.append((where, entry))
        else:
            problems.append(_no_record(where, index))
    return _rows(source, records, problems)


def read_parquet_rows(content: bytes, source: str) -> tuple[Rows | None, tuple[Problem, ...]]:
    """A Parquet file; it has no lines, so a problem names the row."""
    import pyarrow
    from pyarrow import parquet

    try:
        size = parquet.ParquetFile(io.BytesIO(content)).metadata
        if size.num_rows * size.num_columns > MAX_CELLS:
            what = f"it holds more than {MAX_CELLS:,} cells"
            return None, (_unreadable(Where(file=source), what),)
        table = parquet.read_table(io.BytesIO(content), use_threads=False)
        columns = [column.to_pylist() for column in table.columns]
    except (pyarrow.ArrowException, OSError, ValueError, OverflowError) as error:
        what = str(error).split("\n")[0]
        return None, (_unreadable(Where(file=source), what),)
    count = table.num_rows
    return Rows(
        source=source,
        names=tuple(str(name) for name in table.column_names),
        rows=list(zip(*columns, strict=True)) if columns else [],
        lines=[None] * count,
        place=lambda _row, _column: Where(file=source),
    ), ()


def _read_json_list(text: str, source: str) -> list[tuple[Where, Any]]:
    """The items of a JSON list with their places.

    Raises: ValueError, RecursionError, SiteError.
    """
    decoder = json.JSONDecoder(
        object_pairs_hook=_no_key_twice, parse_constant=_no_constant, parse_int=_read_whole
    )
    offset = _skip(text, 0)
    if not text.startswith("[", offset):
        decoder.decode(text)
        raise SiteError(_no_list(_at(text, offset, source)))
    items: list[tuple[Where, Any]] = []
    line, counted = 1, 0
    offset = _skip(text, offset + 1)
    while not text.startswith("]", offset) or items:
        line, counted = line + text.count("\n", counted, offset), offset
        column = offset - (text.rfind("\n", 0, offset) + 1) + 1
        value, offset = _decode(decoder, text, offset)
        items.append((Where(file=source, line=line, column=column), value))
        offset = _skip(text, offset)
        if text.startswith("]", offset):
            break
        if not text.startswith(",", offset):
            raise json.JSONDecodeError("',' or ']' is missing", text, offset)
        offset = _skip(text, offset + 1)
    end = _skip(text, offset + 1)
    if end < len(text):
        raise json.JSONDecodeError("something follows the list", text, end)
    return items


def _decode(decoder: json.JSONDecoder, text: str, offset: int) -> tuple[Any, int]:
    """A record and where it ends. Raises: JSONDecodeError; its place is the record's for ours."""
    try:
        return decoder.raw_decode(text, offset)
    except json.JSONDecodeError:
        raise
    except ValueError as error:
        raise json.JSONDecodeError(str(error), text, offset) from None


def _skip(text: str, offset: int) -> int:
    found = _BLANK.match(text, offset)
    return found.end() if found else offset


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f'the key "{twice}" stands twice in one record')
    return found


def _no_constant(word: str) -> Any:
    raise ValueError(f"{word} is not JSON")


def _read_whole(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise ValueError(f"a number of {len(digits):,} digits is too long for any column")
    return int(digits)


def _at(text: str, offset: int, source: str) -> Where:
    line = text.count("\n", 0, offset) + 1
    return Where(file=source, line=line, column=offset - (text.rfind("\n", 0, offset) + 1) + 1)


def _rows(
    source: str, records: Sequence[_Record], problems: Sequence[Problem]
) -> tuple[Rows, tuple[Problem, ...]]:
    """Records as rows: one column for each key, in the order in which keys first appear."""
    names = tuple({str(key): None for _, record in records for key in record})

    def place(row: int, column: int) -> Where:
        where, record = records[row]
        return record.where(names[column]) if isinstance(record, YamlMap) else where

    return Rows(
        source=source,
        names=names,
        rows=[tuple(plain(record.get(name)) for name in names) for _, record in records],
        lines=[where.line for where, _ in records],
        place=place,
    ), tuple(problems)


def _unreadable(where: Where, what: str) -> Problem:
    return Problem(
        code="dataset-unreadable",
        where=where,
        message=f"this file cannot be read: {what}",
        fix="correct it here, or save it again with the program that wrote it.",
    )


def _no_list(where: Where) -> Problem:
    return Problem(
        code="dataset-not-records",
        where=where,
        message="this file is not a list of records",
        fix="make it a list with one mapping a row: `- {year: 2024, value: 1}` for YAML.",
    )


def _no_record(where: Where, index: int) -> Problem:
    return Problem(
        code="dataset-not-records",
        where=where,
        message=f"entry {index + 1} of the list is no record",
        fix="make it a mapping from column to value.",
    )
