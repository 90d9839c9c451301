"""What templates are given of numbers, claims and corrections."""

from __future__ import annotations

from markupsafe import Markup

from osai_essay.pages.views import DateView, LinkView, PartView, SourceView
from osai_essay.struct import Struct


class NumberView(Struct, frozen=True, kw_only=True):
    """A number with what it was computed from.

    text: as prose prints it; amount: the same with its unit, where its `format:` leaves that out.
    value: at twelve digits; unit: of it, in words. rows: a table of the first rows behind it,
    or of all of them on its own page; csv: the address of all of them, where there are any.
    """

    name: str
    id: str
    url: str
    csv: str
    label: str
    text: str
    amount: str
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


class ClaimView(Struct, frozen=True, kw_only=True):
    """A claim: its words, its rule, the numbers in it, and how far it is from being false.

    before, after: what its sentence says around its words; empty where they are all of it.
    """

    id: str
    before: str
    words: str
    after: str
    rule: str
    margin: str
    names: tuple[str, ...]
    parts: tuple[PartView, ...]

    @property
    def sentence(self) -> str:
        """The one it stands in."""
        return f"{self.before}{self.words}{self.after}"


class CorrectionView(Struct, frozen=True, kw_only=True):
    """What was wrong, what is right, why, and in which essays."""

    date: DateView | None
    wrong: str
    right: str
    why: str
    essays: tuple[LinkView, ...]
