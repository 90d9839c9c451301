"""Every number's value and the rows behind it: queries first, then formulas over them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from graphlib import CycleError, TopologicalSorter
from typing import TypeGuard

from osai_essay.bind.shapes import say_range, say_value
from osai_essay.gather import Gathered, place_error
from osai_essay.located import NO_TEXT
from osai_essay.model import Cell, Number, NumberSpec, Source, Table, Use
from osai_essay.problem import Problem, Where, did_you_mean
from osai_essay.query import Answer, Queries, QueryError
from osai_essay.template import work_out

MOST_LETTERS = 500  # of a number that is a name
UNKNOWN = "…"  # stands for a number that has a problem; such a site is never written


def bind_numbers(
    specs: Iterable[NumberSpec], rows: Gathered, queries: Queries, *, language: str
) -> tuple[Mapping[str, Number], tuple[Problem, ...]]:
    """Every number by name, in the order declared; one that has no value says `…`."""
    binder = _Binder(
        specs={spec.name: spec for spec in specs}, rows=rows, queries=queries, language=language
    )
    for name in binder.order():
        binder.bind(binder.specs[name])
    return {name: binder.bound[name] for name in binder.specs}, tuple(binder.problems)


def parts_of(spec: NumberSpec) -> tuple[str, ...]:
    """The names of the numbers that a number is computed from, each once."""
    uses = spec.span or (spec.formula.names if spec.formula else ())
    return tuple(dict.fromkeys(use.name for use in uses))


class NumberError(Exception):
    """A number without a value."""

    def __init__(self, code: str, where: Where, message: str, fix: str) -> None:
        super().__init__(message)
        self.problem = Problem(code=code, where=where, message=message, fix=fix)


@dataclass
class _Binder:
    specs: dict[str, NumberSpec]
    rows: Gathered
    queries: Queries
    language: str
    bound: dict[str, Number] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def order(self) -> tuple[str, ...]:
        """The names so that each comes after its parts; those in a loop are given up."""
        graph = {
            name: [part for part in parts_of(spec) if part in self.specs]
            for name, spec in self.specs.items()
        }
        while True:
            try:
                return tuple(TopologicalSorter(graph).static_order())
            except CycleError as error:
                loop = error.args[1]
                self.fail(self.specs[loop[0]], [_loop(self.specs[loop[0]], loop)])
                for name in loop:
                    self.failed.add(name)
                    graph[name] = []

    def bind(self, spec: NumberSpec) -> None:
        if (
            spec.is_broken
            or spec.name in self.failed
            or any(part in self.failed for part in parts_of(spec))
        ):
            self.fail(spec, [])
            return
        try:
            self.bound[spec.name] = self.number(spec)
        except NumberError as error:
            self.fail(spec, [error.problem])
        except QueryError as error:
            is_known = error.code != "dataset-unknown" or spec.dataset not in self.rows.broken
            place = spec.places.get(error.part, spec.places.get("sql", spec.where))
            self.fail(spec, [place_error(error, place)] if is_known else [])

    def fail(self, spec: NumberSpec, problems: list[Problem]) -> None:
        self.failed.add(spec.name)
        self.problems += problems
        self.bound[spec.name] = Number(spec=spec, value=None, text=UNKNOWN)

    def number(self, spec: NumberSpec) -> Number:
        """Raises: NumberError, QueryError."""
        if spec.formula:
            return self.from_formula(spec)
        if spec.span:
            return self.from_range(spec)
        if spec.constant is not None:
            check_words(spec, str(spec.constant), spec.places["constant"])
            sources = self.sources(spec)
            return self.made(spec, spec.constant, sources=sources)
        return self.from_query(spec)

    def made(
        self,
        spec: NumberSpec,
        value: Cell,
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
            language=self.language,
            table=answer.table if answer else None,
            columns=self.rows.columns_of(answer.table, datasets) if answer else (),
            datasets=datasets,
            sources=sources,
            credits=credits,
            parts=parts_of(spec),
        )

    def from_query(self, spec: NumberSpec) -> Number:
        value, behind = self.ask(spec)
        if value is None or (isinstance(value, float) and not math.isfinite(value)):
            shown = "nothing" if value is None else str(value)
            raise NumberError(
                "number-missing",
                _value_place(spec),
                f'"{spec.name}" comes to {shown}, over {_rows(behind.table)} of {_selection(spec)}',
                "choose other rows, or another value; look whether cells are empty.",
            )
        columns = self.rows.columns_of(behind.table, behind.datasets)
        return self.made(
            spec,
            value,
            answer=behind,
            sources=self.rows.sources_of(behind.table, columns, behind.datasets),
            credits=self.rows.credits_of(behind.datasets),
        )

    def ask(self, spec: NumberSpec) -> tuple[Cell, Answer]:
        """The value, and the rows behind it, of which there is at least one."""
        if spec.sql:
            answer = self.queries.select(spec.sql)
            behind = self.queries.select(spec.rows) if spec.rows else answer
            both = dict.fromkeys((*answer.datasets, *behind.datasets))
            behind = replace(behind, datasets=tuple(both))
        else:
            name, where = spec.dataset or "", spec.selection
            behind = self.queries.select_rows(name, where=where)
            answer = self.queries.select_rows(name, where=where, value=spec.value)
            self.check_credit(spec, answer, behind)
        if not behind.table.rows:
            raise NumberError(
                "number-empty",
                spec.places.get("where", spec.places.get("rows", _value_place(spec))),
                f'"{spec.name}" rests on no row: none fits {_selection(spec)}',
                "mend the condition, or take the number out.",
            )
        return _one_cell(spec, answer.table), behind

    def check_credit(self, spec: NumberSpec, answer: Answer, behind: Answer) -> None:
        """A value may not reach for rows that its audit would not show. Raises: NumberError."""
        others = [name for name in answer.datasets if name not in behind.datasets]
        if others:
            raise NumberError(
                "number-source-wrong",
                _value_place(spec),
                f'`value:` reads "{others[0]}" too, whose rows nobody would see',
                "write the whole as sql:, with rows: for the rows behind it.",
            )

    def from_formula(self, spec: NumberSpec) -> Number:
        if spec.formula is None:
            raise ValueError(spec.name)
        self.check_known(spec, spec.formula.names)
        if not parts_of(spec):
            raise NumberError(
                "number-wrong",
                spec.formula.where,
                f'"{spec.name}" is computed from no number',
                "write constant: with its source:, or compute it from the data.",
            )
        value, problems = work_out(spec.formula, self.seen_by(spec))
        if problems:
            raise NumberError(problems[0].code, problems[0].where, problems[0].message,
                              problems[0].fix)  # fmt: skip
        if isinstance(value, str):
            check_words(spec, value, spec.formula.where)
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            raise NumberError(
                "number-wrong",
                spec.formula.where,
                f'"{spec.name}" must come to a number, not to true or false or a list',
                "write what is true or false as a claim.",
            )
        return self.from_parts(spec, value)

    def from_range(self, spec: NumberSpec) -> Number:
        self.check_known(spec, spec.span)
        low, high = (self.bound[use.name] for use in spec.span)
        ends = low.value, high.value
        if not _is_range(ends):
            raise NumberError(
                "number-wrong",
                spec.places["range"],
                f'"{spec.name}" must go from a smaller number to a larger: '
                f"{low.name} is {low.text}, {high.name} is {high.text}",
                "turn the two round.",
            )
        number = self.from_parts(spec, None)
        return replace(number, value=ends, text=say_range(low.text, high.text))

    def from_parts(self, spec: NumberSpec, value: Cell) -> Number:
        parts = [self.bound[name] for name in parts_of(spec)]
        sources = dict.fromkeys(source for part in parts for source in part.sources)
        credits = dict.fromkeys(credit for part in parts for credit in part.credits)
        return self.made(spec, value, sources=tuple(sources), credits=tuple(credits))

    def seen_by(self, spec: NumberSpec) -> dict[str, Number]:
        """The numbers a formula may use: the site's, and those of its own essay."""
        return {
            name: number
            for name, number in self.bound.items()
            if number.spec.essay in ("", spec.essay)
        }

    def check_known(self, spec: NumberSpec, uses: Iterable[Use]) -> None:
        known = self.seen_by(spec)
        for use in uses:
            if use.name not in known:
                raise NumberError(
                    "number-unknown",
                    use.where,
                    f'there is no number "{use.name}"',
                    did_you_mean(
                        use.name, known, else_say="declare it in content/numbers.yml first."
                    ),
                )

    def sources(self, spec: NumberSpec) -> tuple[Source, ...]:
        known = self.rows.sources or {}
        for use in spec.sources:
            if use.name not in known:
                raise NumberError(
                    "reference-unknown",
                    use.where,
                    f'there is no source "{use.name}"',
                    did_you_mean(
                        use.name, known, else_say="add it to the dataset sources, with its id."
                    ),
                )
        return tuple(known[use.name] for use in spec.sources)


def _is_range(ends: tuple[object, object]) -> TypeGuard[tuple[float, float]]:
    low, high = ends
    return isinstance(low, int | float) and isinstance(high, int | float) and low <= high


def _one_cell(spec: NumberSpec, table: Table) -> Cell:
    """The one value of a query. Raises: NumberError."""
    size = len(table.rows), len(table.names)
    if size != (1, 1):
        what = f"{_rows(table)} of {size[1]} column{'s' if size[1] != 1 else ''}"
        fix = "ask for one value, such as sum(amount_usd_bn) or count(*)."
        message = f'"{spec.name}" must be one value, but this gives {what}'
        raise NumberError("number-not-one", _value_place(spec), message, fix)
    cell = table.rows[0][0]
    if isinstance(cell, str):
        check_words(spec, cell, _value_place(spec))
    if isinstance(cell, bool | tuple):
        message = f'"{spec.name}" must be a number, a date or a text, not {table.types[0]}'
        raise NumberError("number-wrong", _value_place(spec), message, "ask for another value.")
    return cell.date() if isinstance(cell, datetime) and _is_midnight(cell) else cell


def check_words(spec: NumberSpec, words: str, where: Where) -> None:
    """A number may be a name, but no page of text. Raises: NumberError."""
    if len(words) <= MOST_LETTERS and not NO_TEXT.search(words):
        return
    raise NumberError(
        "number-wrong",
        where,
        f'"{spec.name}" is a text of {len(words):,} letters, or holds a control character',
        f"ask for a name of at most {MOST_LETTERS} letters.",
    )


def _is_midnight(moment: datetime) -> bool:
    return moment.time().isoformat() == "00:00:00"


def _value_place(spec: NumberSpec) -> Where:
    return spec.places.get("value", spec.places.get("sql", spec.where))


def _rows(table: Table) -> str:
    count = len(table.rows)
    return f"{count} row{'s' if count != 1 else ''}"


def _selection(spec: NumberSpec) -> str:
    """The selection as an author knows it: `capex where country = 'US'`."""
    if spec.sql:
        return " ".join((spec.rows or spec.sql).split())
    condition = f" where {' '.join(spec.selection.split())}" if spec.selection else ""
    return f"{spec.dataset}{condition}"


def _loop(spec: NumberSpec, names: list[str]) -> Problem:
    return Problem(
        code="number-loop",
        where=spec.places.get("formula", spec.places.get("range", spec.where)),
        message=f"these numbers are computed from one another: {' -> '.join(names)}",
        fix="give one of them a value of its own.",
    )
