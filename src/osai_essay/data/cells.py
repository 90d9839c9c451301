"""Cells read by a schema, and what frictionless misses checked; the one door to regex."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from osai_essay.data.frame import TABLE_TYPES, Rows
from osai_essay.data.infer import is_partial_date
from osai_essay.data.judge import field_descriptor, find_fault, make_judge, missing_values
from osai_essay.data.keys import cell_problem, check_unique
from osai_essay.data.plain import UNSURE, is_plain_field, make_plain_reader
from osai_essay.formats import is_read_whole
from osai_essay.located import NO_TEXT
from osai_essay.model import NO_MEMO, Cell, Column, Dataset, Memo
from osai_essay.problem import Problem

LIMIT = 1e300
PATTERN_SECONDS = 0.5
MOST_PROBLEMS = 2_000  # of one column; far more than are shown
_WORDS = {
    "integer": "a whole number", "number": "a number", "boolean": "true or false",
    "date": "a day such as 2026-11-21", "datetime": "a time such as 2026-11-21T10:00:00Z",
    "time": "a time such as 10:00:00", "year": "a year such as 2026",
    "yearmonth": "a month such as 2026-11", "list": "a list of texts", "string": "text",
    "partial-date": "a year, a month or a day: 2019, 2019-07 or 2019-07-22",
}  # fmt: skip
_PLAIN = {
    "integer": re.compile(r"[-+]?[0-9]+", re.ASCII),
    "number": re.compile(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?", re.ASCII),
    "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII),
    "year": re.compile(r"[0-9]{4}", re.ASCII),
}
# With one of these a number may be written otherwise; frictionless judges then.
_FREE = ("groupChar", "decimalChar", "bareNumber", "format")
_SLOW_PATTERN = "its pattern takes too long on one of the values"


class _Wrong(Exception):  # noqa: N818 - it never leaves this module
    """Why a value that frictionless took is not one."""


def read_column(
    dataset: Dataset, column: Column, rows: Rows, index: int, memo: Memo = NO_MEMO
) -> tuple[list[Cell], list[Problem]]:
    """One column's values by its type and constraints, and every cell that breaks them.

    index: of the column among the file's columns.
    """
    field = field_descriptor(dataset, column), missing_values(dataset)
    fault = "" if is_plain_field(*field) else memo.get("field", field, lambda: find_fault(*field))
    fault = fault or _find_pattern_fault(column)
    if fault:
        return [None] * len(rows.rows), [_wrong_schema(column, fault)]
    read = _make_reader(column, *field)
    known: dict[str, tuple[Cell, str]] = {}  # the cell as it stands -> value, what is wrong
    values: list[Cell] = []
    problems: list[Problem] = []
    for row, cells in enumerate(rows.rows):
        cell = cells[index]
        result = known.get(cell) if isinstance(cell, str) else None
        if result is None:
            try:
                result = read(cell)
            except TimeoutError:
                return [None] * len(rows.rows), [_wrong_schema(column, _SLOW_PATTERN)]
            if isinstance(cell, str):
                known[cell] = result
        value, wrong = result
        values.append(value)
        if wrong and len(problems) <= MOST_PROBLEMS:
            problems.append(cell_problem(rows.place(row, index), row, column, cell, wrong))
    if column.constraints.get("unique"):
        problems += check_unique(column, rows, values, index)
    return values, problems


def _find_pattern_fault(column: Column) -> str:
    import regex

    try:
        regex.compile(str(column.constraints.get("pattern", "")))
    except regex.error as error:
        return f"its pattern is none: {error}"
    return ""


def _make_reader(
    column: Column, descriptor: dict[str, Any], missing: Any
) -> Callable[[Any], tuple[Cell, str]]:
    """What gives a cell's value, and what is wrong with it, in words."""
    read_plain = make_plain_reader(descriptor, missing)
    judge = cache(lambda: make_judge(descriptor, missing))  # most columns never need it

    def read(cell: Any) -> tuple[Cell, str]:
        try:
            value, notes = read_plain(cell), None
            if value is UNSURE:
                value, notes = judge()(cell)
            finished = None if value is None else _finish(value, cell, column, descriptor)
            return (None, _explain_notes(notes, column)) if notes else (finished, "")
        except _Wrong as error:
            return None, str(error)
        except (ValueError, TypeError, ArithmeticError, AttributeError):
            return None, f"must be {_WORDS[column.type]}"

    return read


def _explain_notes(notes: Mapping[str, str], column: Column) -> str:
    name = next(iter(notes))
    due = column.constraints.get(name)
    words = {
        "type": f"must be {_WORDS[column.type]}",
        "required": "must not be empty",
        "minimum": f"must be {due} or more",
        "maximum": f"must be {due} or less",
        "exclusiveMinimum": f"must be more than {due}",
        "exclusiveMaximum": f"must be less than {due}",
        "minLength": f"must have a length of {due} or more",
        "maxLength": f"must have a length of {due} or less",
        "pattern": f"must match {due}",
    }
    if name == "enum" and isinstance(due, Sequence):
        return f"must be one of {', '.join(map(str, due))}"
    return words.get(name, notes[name])


def _finish(value: Any, cell: Any, column: Column, descriptor: Mapping[str, Any]) -> Cell:
    """The value as a Table has it. Raises: _Wrong for what frictionless should not have taken."""
    kind = column.type
    if kind in _PLAIN and isinstance(cell, str) and not any(key in descriptor for key in _FREE):
        _check(_PLAIN[kind].fullmatch(cell.strip()), f"must be {_WORDS[kind]}")
    if kind == "number":
        if isinstance(cell, str) and any(key in descriptor for key in _FREE):
            _check(is_read_whole(cell, descriptor), f"must be {_WORDS[kind]}")
        number = _to_float(value)
        _check(math.isfinite(number) and abs(number) < LIMIT, "must be finite and under 1e300")
        return number
    if kind in ("integer", "year"):
        _check(-(2**63) <= int(value) < 2**63, "must fit into 64 bits")
        return int(value)
    if kind == "list":
        return _finish_list(value)
    if kind == "datetime" and isinstance(value, datetime) and value.tzinfo:
        return value.astimezone(UTC).replace(tzinfo=None)
    if kind == "yearmonth":
        return f"{value[0]:04d}-{value[1]:02d}"
    if kind == "time":
        return str(value.isoformat())
    if isinstance(value, str):
        return _finish_text(value, column)
    return value  # type: ignore[no-any-return]


def _to_float(value: Any) -> float:
    try:
        return float(value)
    except OverflowError:  # a whole number of more than 308 digits
        return math.inf


def _finish_list(value: Sequence[Any]) -> tuple[str, ...]:
    items = tuple(str(item).strip() for item in value)
    _check(all(items), "has an empty item")
    for item in items:
        _check_text(item)
    return items


def _finish_text(value: str, column: Column) -> str:
    import regex

    _check_text(value)
    pattern = column.constraints.get("pattern")
    if isinstance(pattern, str):
        _check(regex.fullmatch(pattern, value, timeout=PATTERN_SECONDS), f"must match {pattern}")
    if column.type == "partial-date":
        _check(is_partial_date(value), f"must be {_WORDS['partial-date']}")
    return value


def _check_text(value: str) -> None:
    _check(not NO_TEXT.search(value), "holds a control character, which is no text")


def _check(holds: Any, wrong: str) -> None:
    if not holds:
        raise _Wrong(wrong)


def _wrong_schema(column: Column, what: str) -> Problem:
    return Problem(
        code="field-constraint",
        where=column.where,
        message=f'the field "{column.name}" cannot be read by: {what}',
        fix="correct the field's entry.",
    )


def table_type(column: Column) -> str:
    """The type of a column in a Table."""
    return TABLE_TYPES.get(column.type, "string")
