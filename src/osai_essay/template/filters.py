"""What stands behind `|` and `is` in content: plain functions of plain values, nothing else."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from osai_essay.formats import format_number, read_pattern
from osai_essay.model import Moment, Number

MAX_CHARACTERS = 2_000_000
MAX_DIGITS = 15

Filter = Callable[..., Any]


class FilterError(Exception):
    """A value a filter cannot work on; the message completes "this ..."."""


def plain(value: Any) -> Any:
    """A value to count with: what a number stands for; a date as text, which sorts as dates do."""
    if isinstance(value, Number):
        value = value.value
    return value.isoformat() if isinstance(value, date) else value


def _text(value: Any) -> str:
    if isinstance(value, Number):
        return value.text
    if isinstance(value, Moment):
        return value.iso
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _without_noise(value)
    return "" if value is None else str(value)


def _without_noise(value: float) -> str:
    """A float as Python has it, but 0.3 for 0.30000000000000004."""
    short = float(f"{value:.12g}")
    return str(short if len(str(short)) < len(str(value)) - 3 else value)


def _items(value: Any) -> list[Any]:
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise FilterError(f"needs a list, but this is {describe(value)}")
    return list(value)


def _number(value: Any) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise FilterError(f"needs a number, but this is {describe(value)}")
    return value


def describe(value: Any) -> str:
    """A value in a few words for a message, such as `the text "abc"`."""
    if isinstance(value, str):
        return f'the text "{value[:40]}"'
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "nothing"}[value]
    if isinstance(value, Mapping):
        return "a mapping"
    return f"a list of {len(value)}" if isinstance(value, list | tuple) else str(value)[:40]


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
    text, gone, put = _text(value), _text(old), _text(new)
    if len(text) + text.count(gone) * (len(put) - len(gone)) > MAX_CHARACTERS:
        raise FilterError("makes a text that is far too long")
    return text.replace(gone, put)


def join_texts(values: Iterable[Any], between: Any = "") -> str:
    """Values in one text, never longer than MAX_CHARACTERS. Raises: FilterError."""
    parts, size = [], 0
    for value in values:
        parts.append(_text(value))
        size += len(parts[-1]) + len(_text(between))
        if size > MAX_CHARACTERS + len(_text(between)):
            raise FilterError("makes a text that is far too long")
    return _text(between).join(parts)


def _round(value: Any, digits: Any = 0) -> int | float:
    if not isinstance(digits, int) or abs(digits) > MAX_DIGITS:
        raise FilterError(f"rounds to {MAX_DIGITS} digits at most, not to {describe(digits)}")
    rounded = round(_number(value), digits)
    return int(rounded) if digits <= 0 else rounded


def _length(value: Any) -> int:
    if isinstance(value, str | Mapping):
        return len(value)
    return len(_items(value))


def _sort(value: Any) -> list[Any]:
    try:
        return sorted(_items(value))
    except TypeError:
        raise FilterError("needs a list of values of one kind") from None


def _truncate(value: Any, length: int = 255) -> str:
    text = _text(value)
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


def _format(value: Any, pattern: Any) -> Any:
    """A number printed by a pattern such as `$0.0bn`, for this one use."""
    if read_pattern(_text(pattern)) is None:
        raise FilterError(f'cannot be printed by "{_text(pattern)}": write it as 0.0, $0bn or 0%')
    return _reshape(value, format=_text(pattern))


def _digits(value: Any, digits: Any) -> Any:
    """A number at so many significant digits, for this one use."""
    if not isinstance(digits, int) or not 1 <= digits <= MAX_DIGITS:
        raise FilterError(f"has 1 to {MAX_DIGITS} digits, not {describe(digits)}")
    return _reshape(value, digits=digits)


def _reshape(value: Any, **shape: Any) -> Any:
    if isinstance(value, Number) and value.value is None:
        return value  # it has a problem of its own
    amount = _number(plain(value))
    if not isinstance(value, Number):
        return format_number(amount, pattern=shape.get("format"), digits=shape.get("digits", 3))
    spec = replace(value.spec, **{"format": None, **shape})
    words = format_number(
        amount,
        unit=spec.unit,
        pattern=spec.format,
        digits=spec.digits,
        language=value.language,
    )
    return replace(value, spec=spec, text=words)  # still the number, so that it opens its audit


def _at(index: int) -> Filter:
    def pick(value: Any) -> Any:
        items = value if isinstance(value, str) else _items(value)
        return items[index] if items else None

    return pick


# `default` and `defined` see values that are missing, so evaluate.py handles those itself.
FILTERS: Mapping[str, Filter] = {
    "abs": lambda value: abs(_number(value)),
    "capitalize": lambda value: _text(value).capitalize(),
    "date": _date,
    "default": lambda value, other="": value,
    "digits": _digits,
    "first": _at(0),
    "float": _to_float,
    "format": _format,
    "int": _to_int,
    "join": lambda value, between="": join_texts(_items(value), between),
    "last": _at(-1),
    "length": _length,
    "lower": lambda value: _text(value).lower(),
    "max": lambda value: max(_number(each) for each in _items(value)),
    "min": lambda value: min(_number(each) for each in _items(value)),
    "replace": _replace,
    "reverse": lambda value: value[::-1] if isinstance(value, str) else _items(value)[::-1],
    "round": _round,
    "size": _length,
    "sort": _sort,
    "sum": lambda value: sum(_number(each) for each in _items(value)),
    "title": lambda value: _text(value).title(),
    "trim": lambda value: _text(value).strip(),
    "truncate": _truncate,
    "upper": lambda value: _text(value).upper(),
}

NUMBER_FILTERS = ("digits", "format")  # these give back a number that is bound, said otherwise

TESTS: Mapping[str, Filter] = {
    "defined": lambda value: True,
    "undefined": lambda value: False,
    "none": lambda value: value is None,
    "even": lambda value: _number(value) % 2 == 0,
    "odd": lambda value: _number(value) % 2 == 1,
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "string": lambda value: isinstance(value, str),
    "divisibleby": lambda value, by: _number(value) % _number(by) == 0,
}


def to_text(value: Any) -> str:
    """A value as it is printed. Raises: FilterError for a list that makes too long a text."""
    return join_texts(value, ", ") if isinstance(value, list | tuple) else _text(value)
