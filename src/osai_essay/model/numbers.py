"""Numbers and claims, as declared and as worked out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from osai_essay.model.data import Cell, Column, Source, Table
from osai_essay.model.texts import ClaimSpec, Formula, Use
from osai_essay.model.units import Unit
from osai_essay.problem import Where
from osai_essay.struct import Struct, field


class NumberSpec(Struct, frozen=True, kw_only=True):
    """A number as its author declares it: by a dataset's value, SQL, a formula, a constant, a span.

    essay: the essay whose front matter holds it; empty for one of content/numbers.yml.
    rows: SQL for the rows behind the number of an `sql`. how: what a query does, in plain words,
        without a full stop; empty where they can be made from it. sources: ids, for a constant.
    span: the names of the two numbers it prints as a range.
    format: such as `$0.0bn`; digits: significant ones. places: where each word's value stands.
    is_broken: its declaration has problems; it is known by its name alone.
    """

    name: str
    where: Where
    label: str
    essay: str = ""
    dataset: str | None = None
    selection: str | None = None
    value: str | None = None
    sql: str | None = None
    rows: str | None = None
    how: str = ""
    formula: Formula | None = None
    constant: Cell = None
    span: tuple[Use, ...] = ()
    sources: tuple[Use, ...] = ()
    unit: str | None = None
    format: str | None = None
    digits: int = 3
    note: str = ""
    places: Mapping[str, Where] = field(default_factory=dict)
    is_broken: bool = False

    def is_seen_from(self, essay: str = "") -> bool:
        """True if an essay may use it: one of the site's or its own; a chart uses the site's."""
        return self.essay in ("", essay)


class Number(Struct, frozen=True, kw_only=True):
    """A number that is bound to its value.

    value: what formulas and claims count with; the (low, high) of a range.
    text: how a reader sees it. unit: what it is counted in, as far as that is known.
    language: of the site, for other formats of it.
    table: the rows behind it, None where they are another number's. columns, datasets, sources,
        credits: theirs. parts: the numbers it is computed from.
    """

    spec: NumberSpec
    value: Cell | tuple[float, float] | tuple[date, date]
    text: str
    unit: Unit | None = None
    language: str = "en"
    table: Table | None = None
    columns: tuple[Column, ...] = ()
    datasets: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    credits: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What content calls it."""
        return self.spec.name


class Claim(Struct, frozen=True, kw_only=True):
    """A claim that was worked out.

    file: the essay or chart it stands in. margin: how far it is from being false, as a share of
        the right side; None where it compares no amounts. values: the numbers in it.
    """

    spec: ClaimSpec
    file: str
    is_true: bool
    margin: float | None
    values: Mapping[str, Number]


class Bound(Struct, frozen=True, kw_only=True):
    """Every number and claim of a site, worked out.

    mark: what stands for the numbers in keys of the memo.
    """

    numbers: Mapping[str, Number] = field(default_factory=dict)
    claims: tuple[Claim, ...] = ()
    mark: str = ""

    def datasets_of(self, name: str) -> frozenset[str]:
        """The datasets a number rests on, those of its parts too."""
        found: set[str] = set()
        seen: set[str] = set()
        waiting = [name]
        while waiting:
            each = waiting.pop()
            if each not in seen:
                seen.add(each)
                found.update(self.numbers[each].datasets)
                waiting += self.numbers[each].parts
        return frozenset(found)

    def seen_from(self, essay: str = "") -> dict[str, Number]:
        """The numbers that an essay may use: the site's and its own; of a chart the site's."""
        return seen_from(essay, self.numbers)


def seen_from(essay: str, numbers: Mapping[str, Number]) -> dict[str, Number]:
    """Those of the numbers that an essay, or a chart, may use."""
    return {name: each for name, each in numbers.items() if each.spec.is_seen_from(essay)}
