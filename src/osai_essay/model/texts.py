"""Strings with {{ }} and {% %} in them, and what they say of numbers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from osai_essay.problem import Where
from osai_essay.struct import Struct


class Text(Struct, frozen=True, kw_only=True):
    """A string an author wrote, in which {{ }} and {% %} may stand.

    where: the place of its first character.
    tree: what the parser made of it; only `template` looks inside. None: plain words.
    names: every name it uses, with its place. charts, includes: what it draws and includes.
    links: the files it names in `{% link %}` and `{% post_url %}`.
    claims: what it says only while it is true. computed: of each printed expression that counts,
        the names it counts with.
    """

    source: str
    where: Where
    tree: Any = None
    names: tuple[Use, ...] = ()
    charts: tuple[Use, ...] = ()
    includes: tuple[Use, ...] = ()
    links: tuple[Use, ...] = ()
    claims: tuple[ClaimSpec, ...] = ()
    computed: tuple[tuple[Use, ...], ...] = ()


class Formula(Struct, frozen=True, kw_only=True):
    """An expression over numbers, such as `us_capex / cn_capex`; tree: for `template` alone."""

    source: str
    where: Where
    tree: Any = None
    names: tuple[Use, ...] = ()


class ClaimSpec(Struct, frozen=True, kw_only=True):
    """What has to be true for the words to be printed; words: as written, with their Markdown."""

    rule: Formula
    words: Text


class Use(Struct, frozen=True, kw_only=True):
    """A name used at a place."""

    name: str
    where: Where


class Moment(Struct, frozen=True, kw_only=True):
    """A date, with the time of day where one was given; `value` always has an offset."""

    value: datetime
    has_time: bool = False

    @property
    def iso(self) -> str:
        """`2026-11-21`, or with time and offset as RFC 3339 has it."""
        return self.value.isoformat() if self.has_time else self.value.date().isoformat()
