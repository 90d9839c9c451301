"""Cells read by a schema: the one door to frictionless and regex; what they miss is checked."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from osai_essay.data.frame import TABLE_TYPES, Rows
from osai_essay.data.infer import is_partial_date
from osai_essay.data.keys import cell_problem, check_unique
from osai_essay.formats import is_read_whole
from osai_essay.located import NO_TEXT
from osai_essay.model import Cell, Column, Dataset
from osai_essay.problem import Problem

LIMIT = 1e300
PATTERN_SECONDS = 0.5
MOST_PROBLEMS = 2_000  # of one column; far more than are shown
# Takes all that version 1 takes, and exclusive bounds.
_VERSION = "https://datapackage.org/profiles/2.0/tableschema.json"
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
    dataset: Dataset, column: Column, rows: Rows, index: int
) -> tuple[list[Cell], list[Problem]]:
    """One column's values by its type and constraints, and every cell that breaks them.

    index: of the column among the file's columns.
    """
    descriptor = field_descriptor(dataset, column)
    try:
        read = _make_reader(dataset, descriptor)
        _check_pattern(column)
    except _Wrong as error:
        return [None] * len(rows.rows), [_wrong_schema(column, str(error))]
    known: dict[str, tuple[Cell, str]] = {}  # the cell as it stands -> value, what is wrong
    values: list[Cell] = []
    problems: list[Problem] = []
    for row, cells in enumerate(rows.rows):
        cell = cells[index]
        result = known.get(cell) if isinstance(cell, str) else None
        if result is None:
            try:
                result = _read(read, cell, column, descriptor)
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


def _check_pattern(column: Column) -> None:
    """Raises: _Wrong, where the field's pattern is none."""
    import regex

    try:
        regex.compile(str(column.constraints.get("pattern", "")))
    except regex.error as error:
        raise _Wrong(f"its pattern is none: {error}") from None


def field_descriptor(dataset: Dataset, column: Column) -> dict[str, Any]:
    """The field as plain values for frictionless, with our own type written in its terms."""
    schema = dataset.descriptor.get("schema")
    fields = schema.get("fields", ()) if isinstance(schema, Mapping) else ()
    found = next((f for f in fields if isinstance(f, dict) and f.get("name") == column.name), {})
    kind = "string" if column.type == "partial-date" else column.type
    kept = {
        key: value for key, value in found.items() if key not in ("title", "description", "example")
    }
    descriptor = {**kept, "name": column.name, "type": kind}
    if kind == "list":
        descriptor["delimiter"] = column.delimiter
    # Not the pattern: frictionless would match it without a clock, and anchor only a part of it.
    constraints = {name: rule for name, rule in column.constraints.items() if name != "pattern"}
    descriptor.pop("constraints", None)
    if constraints:
        descriptor["constraints"] = constraints
    return descriptor


def _make_reader(
    dataset: Dataset, descriptor: dict[str, Any]
) -> Callable[[Any], tuple[Any, dict[str, str] | None]]:
    """Frictionless's reader of a field's cells. Raises: _Wrong, where the schema is."""
    from frictionless import FrictionlessException, Schema

    whole = dataset.descriptor.get("schema")
    missing = whole.get("missingValues") if isinstance(whole, Mapping) else None
    described: dict[str, Any] = {"$schema": _VERSION, "fields": [descriptor]}
    if missing is not None:
        described["missingValues"] = missing
    try:
        field = Schema.from_descriptor(described).fields[0]
        values = field.create_value_reader()
        for name, bound in descriptor.get("constraints", {}).items():
            bounds = bound if name == "enum" else [bound] if "imum" in name else []
            for each in bounds:
                if values(each) is None:
                    kind = descriptor["type"]
                    raise _Wrong(f'the {name} "{each}" is not of the field\'s type {kind}')
        return field.create_cell_reader()
    except FrictionlessException as error:
        notes = [reason.note for reason in error.reasons] or [error.error.note]
        raise _Wrong("; ".join(notes)) from None
    except (ValueError, TypeError, KeyError, ArithmeticError) as error:
        raise _Wrong(str(error)) from None


def _read(
    read: Callable[[Any], tuple[Any, dict[str, str] | None]],
    cell: Any,
    column: Column,
    descriptor: Mapping[str, Any],
) -> tuple[Cell, str]:
    """A cell's value, and what is wrong with it, in words."""
    try:
        value, notes = read(cell)
        finished = None if value is None else _finish(value, cell, column, descriptor)
        return (None, _explain_notes(notes, column)) if notes else (finished, "")
    except _Wrong as error:
        return None, str(error)
    except (ValueError, TypeError, ArithmeticError, AttributeError):
        return None, f"must be {_WORDS[column.type]}"


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
        number = float(value)
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
