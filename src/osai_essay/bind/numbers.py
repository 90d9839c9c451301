"""Every number's value and the rows behind it: queries first, then formulas over them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeVar

from osai_essay.bind.asked import ask, requests_of
from osai_essay.bind.cells import NumberError, check_words, is_amount, is_range, value_place
from osai_essay.bind.parts import find_unknown, loop_problem, order_of, parts_of
from osai_essay.bind.shapes import say_range, say_value
from osai_essay.bind.sources import unknown_source
from osai_essay.bind.units import check_range, declared_unit, unit_of_formula, unit_of_rows
from osai_essay.gather import SOURCES, Gathered, place_error
from osai_essay.model import Cell, Number, NumberSpec, Source, Unit, seen_from
from osai_essay.problem import Problem
from osai_essay.query import Answer, Queries, QueryError
from osai_essay.struct import Struct, field, replace
from osai_essay.template import work_out

Kept = TypeVar("Kept")
UNKNOWN = "…"  # stands for a number that has a problem; such a site is never written


def bind_numbers(
    specs: Iterable[NumberSpec], rows: Gathered, queries: Queries, *, language: str
) -> tuple[Mapping[str, Number], tuple[Problem, ...]]:
    """Every number by name, in the order declared; one that has no value says `…`."""
    binder = _Binder(
        specs={spec.name: spec for spec in specs}, rows=rows, queries=queries, language=language
    )
    order = binder.order()
    with queries.foresee(each for spec in binder.specs.values() for each in requests_of(spec)):
        for name in order:
            binder.bind(binder.specs[name])
    return {name: binder.bound[name] for name in binder.specs}, tuple(binder.problems)


class _Binder(Struct):
    specs: dict[str, NumberSpec]
    rows: Gathered
    queries: Queries
    language: str
    bound: dict[str, Number] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def order(self) -> tuple[str, ...]:
        """The names so that each comes after its parts; those in a loop are given up."""
        order, loops = order_of(self.specs)
        for loop in loops:
            self.fail(self.specs[loop[0]], [loop_problem(self.specs, loop)])
            self.failed.update(loop)
        return order

    def bind(self, spec: NumberSpec) -> None:
        unknown = list(find_unknown(spec, self.specs))
        lost = {spec.name, *parts_of(spec)} & self.failed
        if spec.is_broken:
            self.fail(spec, [*unknown, *self.faults_of_query(spec)])
        elif unknown or lost:
            self.fail(spec, unknown)
        else:
            self.try_bind(spec)

    def try_bind(self, spec: NumberSpec) -> None:
        try:
            self.bound[spec.name] = self.number(spec)
        except NumberError as error:
            self.fail(spec, [error.problem])
        except QueryError as error:
            self.fail(spec, self.say(spec, error))

    def faults_of_query(self, spec: NumberSpec) -> list[Problem]:
        """What is wrong with the query of a declaration that has other faults, said with those."""
        try:
            if spec.dataset or spec.sql:
                ask(spec, self.queries)
        except NumberError:  # it rests on what is to be mended first
            return []
        except QueryError as error:
            return self.say(spec, error)
        return []

    def say(self, spec: NumberSpec, error: QueryError) -> list[Problem]:
        """A query's faults at their places; none where its dataset has said why it is not there."""
        if error.dataset in self.rows.broken:
            return []
        other = spec.places.get("sql", spec.where)
        return [place_error(each, spec.places.get(each.part, other)) for each in error.all]

    def fail(self, spec: NumberSpec, problems: list[Problem]) -> None:
        self.failed.add(spec.name)
        self.problems += problems
        self.bound[spec.name] = Number(spec=spec, value=None, text=UNKNOWN)

    def keep(self, outcome: tuple[Kept, tuple[Problem, ...]]) -> Kept:
        """Note the problems of what is known all the same."""
        kept, problems = outcome
        self.problems += problems
        return kept

    def number(self, spec: NumberSpec) -> Number:
        """Raises: NumberError, QueryError."""
        if spec.formula:
            return self.from_formula(spec)
        if spec.span:
            return self.from_range(spec)
        if spec.constant is not None:
            check_words(spec, str(spec.constant), spec.places["constant"])
            unit = self.keep(declared_unit(spec, None, spec.places["constant"]))
            return self.made(spec, spec.constant, unit, sources=self.sources(spec))
        return self.from_query(spec)

    def made(
        self,
        spec: NumberSpec,
        value: Cell,
        unit: Unit | None,
        *,
        sources: tuple[Source, ...] = (),
        credits: tuple[str, ...] = (),
        answer: Answer | None = None,
    ) -> Number:
        datasets = answer.datasets if answer else ()
        return Number(
            spec=spec,
            value=value,
            text=say_value(value, spec, self.language),
            unit=unit if is_amount(value) else None,
            language=self.language,
            table=answer.table if answer else None,
            columns=self.rows.columns_of(answer.table, datasets) if answer else (),
            datasets=datasets,
            sources=sources,
            credits=credits,
            parts=parts_of(spec),
        )

    def from_query(self, spec: NumberSpec) -> Number:
        value, behind = ask(spec, self.queries)
        columns = self.rows.columns_of(behind.table, behind.datasets)
        dataset = self.rows.datasets.get(spec.dataset or "")
        found = self.keep(unit_of_rows(spec, dataset, behind.table))
        unit = self.keep(declared_unit(spec, found, value_place(spec)))
        return self.made(
            replace(spec, unit=spec.unit or found),
            value,
            unit,
            answer=behind,
            sources=self.rows.sources_of(behind.table, columns, behind.datasets),
            credits=self.rows.credits_of(behind.datasets),
        )

    def from_formula(self, spec: NumberSpec) -> Number:
        if spec.formula is None:
            raise ValueError(spec.name)
        if not parts_of(spec):
            raise NumberError(
                "number-wrong",
                spec.formula.where,
                f'"{spec.name}" is computed from no number',
                "write constant: with its source:, or compute it from the data.",
            )
        seen = seen_from(spec.essay, self.bound)
        value, problems = work_out(spec.formula, seen)
        if problems:
            raise NumberError(problems[0].code, problems[0].where, problems[0].message,
                              problems[0].fix)  # fmt: skip
        if isinstance(value, str):
            check_words(spec, value, spec.formula.where)
        if isinstance(value, bool) or not isinstance(value, int | float | str | date):
            raise NumberError(
                "number-wrong",
                spec.formula.where,
                f'"{spec.name}" must come to a number, not to true or false or a list',
                "write what is true or false as a claim.",
            )
        return self.from_parts(spec, value, self.keep(unit_of_formula(spec, spec.formula, seen)))

    def from_range(self, spec: NumberSpec) -> Number:
        low, high = (self.bound[use.name] for use in spec.span)
        ends = low.value, high.value
        if not is_range(ends):
            raise NumberError(
                "number-wrong",
                spec.places["range"],
                f'"{spec.name}" must go from a smaller number to a larger: '
                f"{low.name} is {low.text}, {high.name} is {high.text}",
                "turn the two round.",
            )
        self.problems += check_range(spec, low, high)
        spec = replace(spec, unit=spec.unit or low.spec.unit)  # of which both ends are
        number = self.from_parts(spec, None, None)
        return replace(number, value=ends, text=say_range(low.text, high.text))

    def from_parts(self, spec: NumberSpec, value: Cell, unit: Unit | None) -> Number:
        parts = [self.bound[name] for name in parts_of(spec)]
        sources = dict.fromkeys(source for part in parts for source in part.sources)
        credits = dict.fromkeys(credit for part in parts for credit in part.credits)
        return self.made(spec, value, unit, sources=tuple(sources), credits=tuple(credits))

    def sources(self, spec: NumberSpec) -> tuple[Source, ...]:
        known = self.rows.sources or {}
        for use in spec.sources:
            if use.name not in known:
                dataset = self.rows.datasets.get(SOURCES)
                found = unknown_source(use, known, dataset.path if dataset else None)
                raise NumberError(found.code, found.where, found.message, found.fix)
        return tuple(known[use.name] for use in spec.sources)
