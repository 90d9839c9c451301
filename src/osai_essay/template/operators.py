"""What the signs of content's language do with two values: plain functions of plain values."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from osai_essay.model import Moment

ARITHMETIC: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
}
COMPARISONS: Mapping[str, Callable[[Any, Any], Any]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "gt": operator.gt,
    "gteq": operator.ge,
    "lt": operator.lt,
    "lteq": operator.le,
    "in": lambda left, right: left in right,
    "notin": lambda left, right: left not in right,
}


def comparable(value: Any) -> Any:
    """A date of the data as text, which sorts as dates do and may be compared with a text."""
    if isinstance(value, Moment):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def days_between(left: date, right: date) -> int | float:
    """The days from the right date to the left; with a time of day, parts of them."""
    ends = [
        each if isinstance(each, datetime) else datetime.combine(each, time())
        for each in (left, right)
    ]
    days = (ends[0] - ends[1]) / timedelta(days=1)
    return int(days) if days.is_integer() else days
