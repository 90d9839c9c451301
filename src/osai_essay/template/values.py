"""Values of content as filters and expressions take them: to print, to count with, to name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from osai_essay.formats import short_text
from osai_essay.model import Moment, Number

MAX_CHARACTERS = 2_000_000


class FilterError(Exception):
    """A value a filter cannot work on; the message completes "this ..."."""

    def __init__(self, message: str, fix: str = "change the value or the expression.") -> None:
        super().__init__(message)
        self.fix = fix


def plain(value: Any) -> Any:
    """A value to count with: what a number stands for, and each number of a list."""
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return value.value if isinstance(value, Number) else value


def shown(value: Any) -> Any:
    """A value to print: a number as it says itself, and each number of a list."""
    if isinstance(value, list | tuple):
        return [shown(each) for each in value]
    return value.text if isinstance(value, Number) else value


def one_text(value: Any) -> str:
    """A single value as it is printed; a float that is whole keeps its `.0`."""
    if isinstance(value, Number):
        return value.text
    if isinstance(value, Moment):
        return value.iso
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.1f}" if value.is_integer() else short_text(value)
    return "" if value is None else str(value)


def to_text(value: Any) -> str:
    """A value as it is printed. Raises: FilterError for a list that makes too long a text."""
    return join_texts(value, ", ") if isinstance(value, list | tuple) else one_text(value)


def join_texts(values: Iterable[Any], between: Any = "") -> str:
    """Values in one text, never longer than MAX_CHARACTERS. Raises: FilterError."""
    parts, size = [], 0
    for value in values:
        parts.append(one_text(value))
        size += len(parts[-1]) + len(one_text(between))
        if size > MAX_CHARACTERS + len(one_text(between)):
            raise FilterError("makes a text that is far too long")
    return one_text(between).join(parts)


def items_of(value: Any) -> list[Any]:
    """The values of a list. Raises: FilterError for any other value."""
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise FilterError(f"needs a list, but this is {describe(value)}")
    return list(value)


def amount_of(value: Any) -> int | float:
    """A value that is a number. Raises: FilterError for any other."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise FilterError(f"needs a number, but this is {describe(value)}")
    return value


def describe(value: Any) -> str:
    """A value in a few words for a message, such as `the text "abc"`."""
    value = plain(value)
    if isinstance(value, str):
        return f'the text "{value[:40]}"'
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "nothing"}[value]
    if isinstance(value, Mapping):
        return "a mapping"
    return f"a list of {len(value)}" if isinstance(value, list | tuple) else str(value)[:40]
