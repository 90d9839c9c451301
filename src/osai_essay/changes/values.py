"""What can have changed, as values."""

from __future__ import annotations

from osai_essay.model import Cell
from osai_essay.struct import Struct


class CellChange(Struct, frozen=True, kw_only=True):
    """One cell of a row: its column, before and after."""

    column: str
    before: Cell
    after: Cell


class RowChange(Struct, frozen=True, kw_only=True):
    """A row that is in both, by its primary key, and the cells of it that differ."""

    key: str
    cells: tuple[CellChange, ...]


class DatasetChange(Struct, frozen=True, kw_only=True):
    """The rows of a dataset by their primary keys (whole rows, where it has none).

    Rows are compared by the columns that are in both states.
    """

    name: str
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[RowChange, ...] = ()
    columns_added: tuple[str, ...] = ()
    columns_removed: tuple[str, ...] = ()


class Sentence(Struct, frozen=True, kw_only=True):
    """A sentence of an essay or chart that reads differently; empty on a side it is not on.

    numbers: those it differs by.
    """

    file: str
    line: int
    before: str
    after: str
    numbers: tuple[str, ...]


class NumberMove(Struct, frozen=True, kw_only=True):
    """A number whose value is another now; before is empty for a new one, after for one gone.

    share: of the change in the value before, such as 0.029; None where it cannot be said.
    """

    name: str
    label: str
    before: str
    after: str
    share: float | None


class ClaimMove(Struct, frozen=True, kw_only=True):
    """A claim that is false or was, or that holds by less than the site's margin.

    numbers: those it compares. shown: the rule with their values, such as `that is 5 < 6`, or
        `with a = 5, b = 6` where it is no plain comparison. margin: what it holds by;
        margin_before: what it held by.
    """

    file: str
    line: int
    words: str
    rule: str
    numbers: tuple[str, ...]
    shown: str
    was_true: bool
    is_true: bool
    margin: float | None
    margin_before: float | None

    @property
    def only_holds(self) -> bool:
        """True if it was true and is; it is named because it is close to its margin."""
        return self.was_true and self.is_true


class MarkMove(Struct, frozen=True, kw_only=True):
    """A mark of a chart, by its labels; None where it was not there, or is gone."""

    label: str
    before: float | None
    after: float | None


class ChartMove(Struct, frozen=True, kw_only=True):
    """A chart whose rows are others now; marks: those that moved most come first."""

    name: str
    title: str
    marks: tuple[MarkMove, ...]


class Changes(Struct, frozen=True, kw_only=True):
    """Everything that differs, the most weighty first.

    claims: those that flipped or are false, then close ones over a number that moved.
    pages: what lies behind the pages that show it. close: how many other claims hold by little.
    notes: what could not be compared, and why. language: of the site, for amounts.
    against: what all this is compared with, in a sentence or two; empty where nobody asks.
    """

    claims: tuple[ClaimMove, ...] = ()
    numbers: tuple[NumberMove, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    charts: tuple[ChartMove, ...] = ()
    datasets: tuple[DatasetChange, ...] = ()
    pages: tuple[str, ...] = ()
    close: int = 0
    notes: tuple[str, ...] = ()
    language: str = "en"
    against: str = ""

    @property
    def has_moved(self) -> bool:
        """True if a number, a chart or a row is another."""
        return bool(self.numbers or self.charts or self.datasets)

    @property
    def is_empty(self) -> bool:
        """True if nothing moved and no claim is false; some may be close."""
        return not self.has_moved and all(move.only_holds for move in self.claims)
