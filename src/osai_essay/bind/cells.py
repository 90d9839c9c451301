"""What may be a number: the one value of a query, an amount, a range, a name."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypeGuard

from osai_essay.located import NO_TEXT
from osai_essay.model import Cell, NumberSpec, Table
from osai_essay.problem import Problem, Where

MOST_LETTERS = 500  # of a number that is a name


class NumberError(Exception):
    """A number without a value."""

    def __init__(self, code: str, where: Where, message: str, fix: str) -> None:
        super().__init__(message)
        self.problem = Problem(code=code, where=where, message=message, fix=fix)


def is_range(ends: tuple[object, object]) -> TypeGuard[tuple[float, float] | tuple[date, date]]:
    """Whether both are amounts or dates, the smaller first."""
    low, high = ends
    if isinstance(low, date) and isinstance(high, date):
        return type(low) is type(high) and low <= high
    return is_amount(low) and is_amount(high) and low <= high


def is_amount(value: object) -> TypeGuard[float]:
    """Whether it is a number to count with."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def one_cell(spec: NumberSpec, table: Table) -> Cell:
    """The one value of a query. Raises: NumberError."""
    size = len(table.rows), len(table.names)
    if size != (1, 1):
        what = f"{say_rows(table)} of {size[1]} column{'s' if size[1] != 1 else ''}"
        fix = "ask for one value, such as sum(amount_usd_bn) or count(*)."
        message = f'"{spec.name}" must be one value, but this gives {what}'
        raise NumberError("number-not-one", value_place(spec), message, fix)
    cell = table.rows[0][0]
    if isinstance(cell, str):
        check_words(spec, cell, value_place(spec))
    if isinstance(cell, bool | tuple):
        message = f'"{spec.name}" must be a number, a date or a text, not {table.types[0]}'
        raise NumberError("number-wrong", value_place(spec), message, "ask for another value.")
    return cell.date() if isinstance(cell, datetime) and _is_midnight(cell) else cell


def check_words(spec: NumberSpec, words: str, where: Where) -> None:
    """A number may be a name, but no page of text. Raises: NumberError."""
    if len(words) <= MOST_LETTERS and not NO_TEXT.search(words):
        return
    raise NumberError(
        "number-wrong",
        where,
        f'"{spec.name}" is a text of {len(words):,} letters, or holds a control character',
        f"ask for a name of at most {MOST_LETTERS} letters.",
    )


def _is_midnight(moment: datetime) -> bool:
    return moment.time().isoformat() == "00:00:00"


def value_place(spec: NumberSpec) -> Where:
    """Where the author wrote what is computed."""
    return spec.places.get("value", spec.places.get("sql", spec.where))


def say_rows(table: Table) -> str:
    """`1 row`, `12 rows`."""
    count = len(table.rows)
    return f"{count} row{'s' if count != 1 else ''}"


def say_selection(spec: NumberSpec) -> str:
    """The selection as an author knows it: `capex where country = 'US'`."""
    if spec.sql:
        return " ".join((spec.rows or spec.sql).split())
    condition = f" where {' '.join(spec.selection.split())}" if spec.selection else ""
    return f"{spec.dataset}{condition}"
