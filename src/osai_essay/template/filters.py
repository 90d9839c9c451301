"""What stands behind `|` and `is` in content: plain functions of plain values, nothing else."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from osai_essay.model import Moment, Number
from osai_essay.template.number_filters import (
    MAX_DIGITS,
    print_by,
    print_digits,
    reword,
    say_words,
)
from osai_essay.template.values import (
    MAX_CHARACTERS,
    FilterError,
    amount_of,
    describe,
    items_of,
    join_texts,
    one_text,
    plain,
)

Filter = Callable[..., Any]


def _date(value: Any, pattern: str = "%Y-%m-%d") -> str:
    if isinstance(value, Moment):
        return value.value.strftime(pattern)
    if isinstance(value, date | datetime):
        return value.strftime(pattern)
    try:
        return datetime.fromisoformat(str(value)).strftime(pattern)
    except ValueError:
        raise FilterError(f"needs a date, but this is {describe(value)}") from None


def _replace(value: Any, old: Any, new: Any) -> str:
    text, gone, put = one_text(value), one_text(old), one_text(new)
    if len(text) + text.count(gone) * (len(put) - len(gone)) > MAX_CHARACTERS:
        raise FilterError("makes a text that is far too long")
    return text.replace(gone, put)


def _round(value: Any, digits: Any = 0) -> int | float:
    if not isinstance(digits, int) or abs(digits) > MAX_DIGITS:
        raise FilterError(f"rounds to {MAX_DIGITS} digits at most, not to {describe(digits)}")
    rounded = round(amount_of(value), digits)
    return int(rounded) if digits <= 0 else rounded


def _length(value: Any) -> int:
    if isinstance(value, str | Mapping):
        return len(value)
    return len(items_of(value))


def _sort(value: Any) -> list[Any]:
    try:
        return sorted(items_of(value), key=plain)
    except TypeError:
        raise FilterError("needs a list of values of one kind") from None


def _truncate(value: Any, length: int = 255) -> str:
    text = one_text(value)
    return text if len(text) <= length else text[: max(0, length - 1)].rstrip() + "…"


def _to_int(value: Any) -> int:
    try:
        return int(float(value))
    except (TypeError, ValueError, OverflowError):
        raise FilterError(f"needs a number, but this is {describe(value)}") from None


def _to_float(value: Any) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not math.isfinite(number):
        raise FilterError(f"needs a number, but this is {describe(value)}")
    return number


def _reverse(value: Any) -> Any:
    is_text = isinstance(value, str | Number)
    return one_text(value)[::-1] if is_text else items_of(value)[::-1]


def _at(index: int) -> Filter:
    def pick(value: Any) -> Any:
        items = one_text(value) if isinstance(value, str | Number) else items_of(value)
        return items[index] if items else None

    return pick


# `default` and `defined` see values that are missing, so evaluate.py handles those itself.
FILTERS: Mapping[str, Filter] = {
    "abs": lambda value: abs(amount_of(value)),
    "capitalize": reword(str.capitalize),
    "date": _date,
    "default": lambda value, other="": value,
    "digits": print_digits,
    "first": _at(0),
    "float": _to_float,
    "format": print_by,
    "int": _to_int,
    "join": lambda value, between="": join_texts(items_of(value), between),
    "last": _at(-1),
    "length": _length,
    "lower": reword(str.lower),
    "max": lambda value: max(amount_of(each) for each in items_of(value)),
    "min": lambda value: min(amount_of(each) for each in items_of(value)),
    "replace": _replace,
    "reverse": _reverse,
    "round": _round,
    "size": _length,
    "sort": _sort,
    "sum": lambda value: sum(amount_of(each) for each in items_of(value)),
    "title": reword(str.title),
    "trim": lambda value: one_text(value).strip(),
    "truncate": _truncate,
    "upper": reword(str.upper),
    "words": say_words,
}

# These count with what a number stands for; to the others it is what it prints.
COUNTING_FILTERS = frozenset("abs date float int length max min round size sum".split())

TESTS: Mapping[str, Filter] = {
    "defined": lambda value: True,
    "undefined": lambda value: False,
    "none": lambda value: value is None,
    "even": lambda value: amount_of(value) % 2 == 0,
    "odd": lambda value: amount_of(value) % 2 == 1,
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "string": lambda value: isinstance(value, str),
    "divisibleby": lambda value, by: amount_of(value) % amount_of(by) == 0,
}
