"""What templates are given of numbers, claims and corrections."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from osai_essay.pages.views import DateView, LinkView, PartView, SourceView


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberView:
    """A number with what it was computed from.

    text: as a reader sees it; value: at twelve digits. rows: a table of the first rows behind it,
    or of all of them on its own page; csv: the address of all of them, where there are any.
    """

    name: str
    id: str
    url: str
    csv: str
    label: str
    text: str
    value: str
    unit: str
    formula: str
    sql: str
    note: str
    parts: tuple[PartView, ...]
    rows: Markup
    row_count: int
    datasets: tuple[LinkView, ...]
    sources: tuple[SourceView, ...]
    credits: tuple[str, ...]
    uses: tuple[LinkView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimView:
    """A claim: its words, its rule, the numbers in it, and how far it is from being false.

    sentence: the one it stands in; empty where its words are all of it.
    """

    id: str
    words: str
    sentence: str
    rule: str
    margin: str
    names: tuple[str, ...]
    parts: tuple[PartView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionView:
    """What was wrong, what is right, why, and in which essays."""

    date: DateView | None
    wrong: str
    right: str
    why: str
    essays: tuple[LinkView, ...]
