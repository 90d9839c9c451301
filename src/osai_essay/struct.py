"""The door to msgspec: values with named fields.

A `Struct` is what a dataclass is, but made in C: a hundred such classes are defined in a thirtieth
of the time, which every build pays at import, and what an earlier build kept is read in half of it.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field, to_builtins
from msgspec.structs import replace

__all__ = ["Struct", "field", "field_names", "replace", "to_plain"]


def field_names(kind: type[Struct]) -> tuple[str, ...]:
    """The names of a class's fields, in order."""
    return kind.__struct_fields__


def to_plain(value: object) -> Any:
    """A value as dicts, lists and text, all the way down; what is neither becomes text."""
    return to_builtins(value, enc_hook=str)
