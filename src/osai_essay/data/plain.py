"""Fields and cells that are right beyond doubt, read without frictionless, which loads slowly.

What is read here is what frictionless would make of it; all else is UNSURE, and left to it.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any, Final

UNSURE: Final = object()
# Below it, or with as many digits, numbers as text, decimals and floats are in the same order.
SAFE = 10**15
# Of a field, what makes no difference or is known here; any other word is frictionless's.
_WORDS = frozenset(
    "name type format constraints delimiter unit unitFrom entity references dates".split()
)
_BOUNDS = {
    "minimum": operator.ge,
    "maximum": operator.le,
    "exclusiveMinimum": operator.gt,
    "exclusiveMaximum": operator.lt,
}
_LENGTHS = {"minLength": operator.ge, "maxLength": operator.le}
_ORDERED = ("integer", "number", "year", "date")
_LONG = ("string", "list")
_INTEGER = re.compile(r"-?[0-9]{1,15}")
_NUMBER = re.compile(r"-?(?=[0-9.]{1,16}\Z|[0-9.]{1,15}e)[0-9]+(\.[0-9]+)?(e[-+]?[0-9]{1,2})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEAR = re.compile(r"[0-9]{4}")
_ADDRESS = re.compile(r"https?://[a-z0-9.-]+(/[\w.~/?=&%#+,;:@-]*)?")
_BOOLEANS = {"true": True, "false": False}

Read = Callable[[Any], Any]


class _UnsureError(Exception):
    """A field or a cell that is frictionless's."""


def is_plain_field(descriptor: Mapping[str, Any], missing: Any = None) -> bool:
    """True for a field that frictionless would find no fault with; False where that is not sure.

    descriptor: with a name and a type. missing: as for `make_plain_reader`.
    """
    empty = [""] if missing is None else missing
    rules = descriptor.get("constraints", {})
    if not _is_texts(empty) or not isinstance(rules, Mapping):
        return False
    try:
        value_of = _make_value_reader(descriptor)
    except _UnsureError:
        return False
    return all(_is_plain_rule(descriptor["type"], value_of, *rule) for rule in rules.items())


def _is_plain_rule(kind: str, value_of: Read, name: str, due: Any) -> bool:
    if name in ("required", "unique"):
        return isinstance(due, bool)
    if name in _LENGTHS:
        return kind in _LONG and type(due) is int
    if name in _BOUNDS:
        return kind in _ORDERED and _is_read(value_of, due)
    is_listed = name == "enum" and kind != "list" and isinstance(due, list)
    return is_listed and all(_is_read(value_of, each) for each in due)


def _is_read(value_of: Read, cell: Any) -> bool:
    try:
        value_of(cell)
    except _UnsureError:
        return False
    return True


def make_plain_reader(descriptor: Mapping[str, Any], missing: Any = None) -> Read:
    """What gives a cell's value, None where it is empty, or UNSURE.

    descriptor: of a field that is right. missing: the schema's `missingValues`, None for `[""]`.
    """
    empty = [""] if missing is None else missing
    if not _is_texts(empty):
        return _read_nothing
    constraints = descriptor.get("constraints", {})
    try:
        value_of = _make_value_reader(descriptor)
        rules = tuple(_make_rules(value_of, constraints))
    except _UnsureError:
        return _read_nothing

    def read(cell: Any) -> Any:
        if cell is None or str(cell) in empty:
            return UNSURE if constraints.get("required") else None
        try:
            value = value_of(cell)
        except _UnsureError:
            return UNSURE
        return value if all(holds(value) for holds in rules) else UNSURE

    return read


def _is_texts(values: Any) -> bool:
    return isinstance(values, list) and all(isinstance(each, str) for each in values)


def _read_nothing(_cell: Any) -> Any:
    return UNSURE


def _make_rules(value_of: Read, constraints: Mapping[str, Any]) -> Iterator[Callable[[Any], bool]]:
    """What a value has to fulfil; `unique` is for a column as a whole."""
    for name, due in constraints.items():
        if name in _BOUNDS:
            yield partial(_holds, _BOUNDS[name], value_of(due))
        elif name == "enum":
            yield [value_of(each) for each in due].__contains__
        elif name in _LENGTHS:
            yield partial(_has_length, _LENGTHS[name], due)
        elif name not in ("required", "unique"):
            raise _UnsureError


def _holds(compare: Callable[[Any, Any], bool], bound: Any, value: Any) -> bool:
    return compare(value, bound)


def _has_length(compare: Callable[[Any, Any], bool], bound: int, value: Any) -> bool:
    return compare(len(value), bound)


def _make_value_reader(descriptor: Mapping[str, Any]) -> Read:
    kind, form = descriptor["type"], descriptor.get("format", "default")
    delimiter = descriptor.get("delimiter", ",")
    if descriptor.keys() - _WORDS or not isinstance(delimiter, str):
        raise _UnsureError
    if (kind, form) == ("string", "uri"):
        return partial(_matched, _ADDRESS)
    if form == "default" and kind == "list":
        return partial(_read_list, delimiter)
    if form == "default" and kind in _READERS:
        return _READERS[kind]
    raise _UnsureError


def _read_text(cell: Any) -> str:
    if type(cell) is not str:
        raise _UnsureError
    return cell


def _read_integer(cell: Any) -> int:
    if type(cell) is int and abs(cell) < SAFE:
        return cell
    return int(_matched(_INTEGER, cell))


def _read_number(cell: Any) -> float:
    if type(cell) in (int, float) and abs(cell) < SAFE:
        return float(cell)
    return float(_matched(_NUMBER, cell))


def _read_year(cell: Any) -> int:
    if type(cell) is int and 0 <= cell <= 9999:
        return cell
    return int(_matched(_YEAR, cell))


def _read_day(cell: Any) -> date:
    if type(cell) is date:
        return cell
    try:
        return date.fromisoformat(_matched(_DAY, cell))
    except ValueError:
        raise _UnsureError from None


def _read_boolean(cell: Any) -> bool:
    if type(cell) is bool:
        return cell
    if type(cell) is not str or cell not in _BOOLEANS:
        raise _UnsureError
    return _BOOLEANS[cell]


def _read_list(delimiter: str, cell: Any) -> list[str]:
    items = cell.split(delimiter) if type(cell) is str else cell
    if not isinstance(items, list | tuple):
        raise _UnsureError
    return [_read_text(item) for item in items]


def _matched(pattern: re.Pattern[str], cell: Any) -> str:
    if type(cell) is not str or not pattern.fullmatch(cell):
        raise _UnsureError
    return cell


_READERS: dict[str, Read] = {
    "string": _read_text,
    "integer": _read_integer,
    "number": _read_number,
    "year": _read_year,
    "date": _read_day,
    "boolean": _read_boolean,
}
