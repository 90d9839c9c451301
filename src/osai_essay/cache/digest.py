"""A short name for a value: the same for equal values, another for any other."""

from __future__ import annotations

import hashlib
import io
import pickle
from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Any

from osai_essay.model import Formula, Text
from osai_essay.struct import Struct, field_names

Reader = Callable[[Any], tuple[Any, ...]]

_READERS: dict[type, Reader | None] = {}


def digest(value: object) -> str:
    """A value of plain parts (structs, tuples, lists, mappings, text, numbers, dates).

    The order of a mapping counts, that of a set does not.
    """
    out = io.BytesIO()
    pickler = _Canonical(out, protocol=5)
    pickler.fast = True  # else it would matter which parts are one and the same object
    pickler.dump(value)
    return hashlib.sha256(out.getbuffer()).hexdigest()


class _Canonical(pickle.Pickler):
    """Writes values so that equal ones give the same bytes; nothing is ever read from them."""

    def reducer_override(self, value: Any) -> Any:
        if value is _parts:
            return NotImplemented
        kind = type(value)
        read = _READERS[kind] if kind in _READERS else _add_reader(kind)
        if read:
            parts = read(value)
            if frozenset in map(type, parts):
                parts = tuple(map(_plain, parts))
            return _parts, (kind.__name__, *parts)
        if isinstance(value, Mapping):
            return _parts, ("mapping", *value.items())
        return NotImplemented


def _add_reader(kind: type) -> Reader | None:
    _READERS[kind] = _make_reader(kind)
    return _READERS[kind]


def _make_reader(kind: type) -> Reader | None:
    """What takes a struct apart; None for what is none."""
    if issubclass(kind, Text | Formula):  # its tree is made of its source
        return attrgetter("source", "where")
    names = field_names(kind) if issubclass(kind, Struct) else ()
    if len(names) > 1:
        return attrgetter(*names)
    return (lambda value: tuple(getattr(value, name) for name in names)) if names else None


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, frozenset) else value


def _parts(*parts: object) -> tuple[object, ...]:
    return parts
