"""The types of a file that nobody described, from all of its cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from osai_essay.dates import read_partial_date
from osai_essay.model import Column
from osai_essay.problem import Where

_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})", re.ASCII)
_NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]*)?(\.[0-9]+)?([eE][-+]?[0-9]+)?(?<=[0-9])", re.ASCII)


def infer_columns(
    names: Sequence[str], rows: Sequence[Sequence[Any]], where: Where
) -> tuple[Column, ...]:
    """A column for each name: the narrowest type that every cell fits, else text.

    Text is looked at as CSV has it; an empty cell fits any type. 007 stays text.
    """
    return tuple(
        Column(name=name, type=_infer([row[index] for row in rows]), delimiter=";", where=where)
        for index, name in enumerate(names)
    )


def _infer(cells: Sequence[Any]) -> str:
    present = {_key(cell) for cell in cells} - {"", None}
    if not present:
        return "string"
    return next((kind for kind, fits in _FITS if all(map(fits, present))), "string")


def _key(cell: Any) -> Any:
    """What the type can be told from; of a list or a mapping, that it is one."""
    if isinstance(cell, list | tuple):
        return list
    return dict if isinstance(cell, dict) else cell


def _is_boolean(cell: Any) -> bool:
    return isinstance(cell, bool) or (isinstance(cell, str) and cell.lower() in ("true", "false"))


def _is_integer(cell: Any) -> bool:
    if isinstance(cell, str):
        return bool(_INTEGER.fullmatch(cell))
    return isinstance(cell, int) and not isinstance(cell, bool) and -(2**63) <= cell < 2**63


def _is_number(cell: Any) -> bool:
    if isinstance(cell, str):
        return bool(cell and _NUMBER.fullmatch(cell))
    return isinstance(cell, int | float | Decimal) and not isinstance(cell, bool)


def _is_date(cell: Any) -> bool:
    if isinstance(cell, str):
        return len(cell) == 10 and is_partial_date(cell)
    return isinstance(cell, date) and not isinstance(cell, datetime)


def is_partial_date(cell: Any) -> bool:
    """True for a year, a month or a day: 2019, 2019-07, 2019-07-22."""
    return isinstance(cell, str) and read_partial_date(cell) is not None


# In this order; years alone are integers before they are dates.
_FITS: tuple[tuple[str, Callable[[Any], bool]], ...] = (
    ("boolean", _is_boolean),
    ("integer", _is_integer),
    ("number", _is_number),
    ("date", _is_date),
    ("datetime", lambda cell: isinstance(cell, datetime)),
    ("partial-date", is_partial_date),
    ("list", lambda cell: cell is list),
)
