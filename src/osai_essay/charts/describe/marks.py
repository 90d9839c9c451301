"""The marks of a chart as values that can be compared and said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from osai_essay.charts.axis_numbers import is_amount
from osai_essay.charts.describe.columns import (
    PARTS,
    Key,
    is_ordered,
    keys_of,
    labels_of,
    names_of,
    say_key,
    words_of,
)
from osai_essay.charts.rows import Drawn
from osai_essay.struct import Struct

SUMS = ("bar", "histogram", "funnel", "bar_polar", *PARTS)  # amounts at one place are added up
FACETS = ("facet_row", "facet_col")
SPLITS = ("color", "line_dash", "symbol", "pattern_shape", "line_group", *FACETS)
# Of kinds whose amounts are not on x and y: the word for the amounts, the words for their places.
_OWN_WORDS: Mapping[str, tuple[str, tuple[str, ...]]] = MappingProxyType({
    **dict.fromkeys(("bar_polar", "line_polar", "scatter_polar"), ("r", ("theta",))),
    **dict.fromkeys(("line_ternary", "scatter_ternary"), ("a", ())),
    **dict.fromkeys(("density_heatmap", "density_contour"), ("z", ())),
    **dict.fromkeys(PARTS, ("values", ("path", "names"))),
    "timeline": ("", ("y",)),
    "parallel_categories": ("", ()),
})  # fmt: skip


class Mark(Struct, frozen=True, kw_only=True):
    """One thing drawn: whose it is, where it stands, how much it is, its row (of a sum none)."""

    group: str
    at: Key
    value: Key
    row: int = -1


class View(Struct, frozen=True, kw_only=True):
    """What a chart draws: `marks`, and `parts` before those at one place were added up.

    values: the columns of amounts; of none, rows are counted. by: where the amounts lie.
    splits: the columns that tell the groups apart. missing: how many amounts are not drawn.
    most: how many things are named before "and 12 more".
    """

    drawn: Drawn
    values: tuple[str, ...]
    by: str | None
    splits: tuple[str, ...]
    marks: tuple[Mark, ...]
    parts: tuple[Mark, ...]
    missing: int
    most: int = 1

    @property
    def kind(self) -> str:
        """The kind of chart."""
        return self.drawn.spec.kind

    @property
    def is_stacked(self) -> bool:
        """True if marks lie on one another: bars as sums of several rows, areas by group."""
        has_groups = len(self.values) > 1 or set(self.splits) - set(names_of(self.drawn, *FACETS))
        return len(self.marks) < len(self.parts) or (self.kind == "area" and bool(has_groups))

    @property
    def is_one_set(self) -> bool:
        """True if each bar has a place of its own, whatever its colour."""
        is_sum = self.kind in SUMS and self.by and len(self.marks) == len(self.parts)
        return bool(is_sum) and len({mark.at for mark in self.marks}) == len(self.marks)

    @property
    def is_course(self) -> bool:
        """True if the places have an order: years, dates, amounts."""
        return self.by is not None and is_ordered(self.drawn, self.by)

    def say(self, value: Key) -> str:
        """An amount as readers see it."""
        units = {self.drawn.columns[name].unit for name in self.values}
        return say_key(self.drawn, self.values[0] if len(units) == 1 else None, value)

    def place(self, at: Key) -> str:
        """Where a mark stands: a label, a date, a year."""
        return say_key(self.drawn, self.by, at)

    def span(self, name: str, keys: Sequence[Key]) -> str:
        """`2023 to 2026`: from the least of a column's values to the greatest."""
        low, high = (say_key(self.drawn, name, key) for key in (min(keys), max(keys)))
        return low if low == high else f"{low} to {high}"


def read_view(drawn: Drawn) -> View:
    """The marks of a chart whose rows are those it draws."""
    values, by = _roles(drawn)
    words = FACETS if drawn.spec.kind in PARTS else SPLITS
    splits = _splits(drawn, words, by, *values)
    shown = _leaves(drawn)
    parts = marks = _marks(drawn, values, by, splits, shown)
    is_apart = drawn.spec.arguments.get("barmode") in ("group", "overlay")
    if drawn.spec.kind in SUMS and by and not is_apart and histfunc(drawn) == "sum":
        facets = _splits(drawn, FACETS, by, *values)
        sums = _sums(_marks(drawn, values, by, facets, shown, is_wide=False))
        marks = sums if len(sums) < len(parts) else parts
    missing = len(shown) * max(1, len(values)) - len(parts)
    return View(
        drawn=drawn, values=values, by=by, splits=splits, marks=marks, parts=parts,
        missing=missing,
    )  # fmt: skip


def histfunc(drawn: Drawn) -> str:
    """How a histogram makes one amount of several: sum, count, avg, min or max."""
    return str(drawn.spec.arguments.get("histfunc", "sum"))


def _roles(drawn: Drawn) -> tuple[tuple[str, ...], str | None]:
    """The columns of amounts, and the column along which they lie."""
    kind = drawn.spec.kind
    if kind in _OWN_WORDS:
        word, places = _OWN_WORDS[kind]
        return names_of(drawn, word), next(iter(names_of(drawn, *places)), None)
    letters = ["x", "y"] if drawn.spec.arguments.get("orientation") == "h" else ["y", "x"]
    if kind in ("histogram", "ecdf"):
        own = names_of(drawn, letters[1]) or names_of(drawn, letters[0])
        if any(is_ordered(drawn, name) for name in own):
            return own, None
    tests = (is_amount, is_ordered) if histfunc(drawn) != "count" else ()
    for is_meant in tests:
        for letter, other in (letters, letters[::-1]):
            found = tuple(name for name in names_of(drawn, letter) if is_meant(drawn, name))
            if found:
                return found, next(iter(names_of(drawn, other)), None)
    return (), next(iter(names_of(drawn, *letters[::-1])), None)


def _splits(drawn: Drawn, words: Iterable[str], *others: str | None) -> tuple[str, ...]:
    found = [name for name in names_of(drawn, *words) if name not in others]
    return tuple(name for name in found if not is_amount(drawn, name))


def _leaves(drawn: Drawn) -> list[int]:
    """The rows, without the branches of a tree that has `parents`."""
    names, rows = names_of(drawn, "ids", "names"), range(len(drawn.table.rows))
    parents = {cell for name in names_of(drawn, "parents") for cell in drawn.table.values(name)}
    ids = drawn.table.values(names[0]) if names else ()
    return [row for row in rows if not ids or ids[row] not in parents]


def _marks(
    drawn: Drawn,
    values: tuple[str, ...],
    by: str | None,
    splits: tuple[str, ...],
    shown: list[int],
    *,
    is_wide: bool = True,
) -> tuple[Mark, ...]:
    """A mark for each amount that can be drawn; of several columns under the column's title."""
    heads = [labels_of(drawn, name) for name in splits]
    count = len(drawn.table.rows)
    places = keys_of(drawn, by) if by else [Key(row) for row in range(count)]
    marks: list[Mark] = []
    for name in values or (None,):
        amounts = keys_of(drawn, name) if name else [Key(1)] * count
        title = [words_of(drawn, name)] if name and is_wide and len(values) > 1 else []
        for row in shown:
            at, value = places[row], amounts[row]
            if at is not None and value is not None:
                group = ", ".join([*title, *(labels[row] for labels in heads)])
                marks.append(Mark(group=group, at=at, value=value, row=row))
    return tuple(marks)


def _sums(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """The amounts of one group at one place as one."""
    sums: dict[tuple[str, Key], float] = {}
    for mark in marks:
        here = mark.group, mark.at
        sums[here] = sums.get(here, 0) + mark.value.number
    return tuple(Mark(group=group, at=at, value=Key(it)) for (group, at), it in sums.items())
