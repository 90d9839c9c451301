"""Every chart of a site: its rows and words gathered into an order, which a child process draws."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from osai_essay.bind import points_of_chart, texts_of_chart
from osai_essay.charts.order import Order, Painted, PictureError
from osai_essay.charts.painter import Painter
from osai_essay.charts.programs import Program, figure_rows
from osai_essay.charts.refusals import picture_problem
from osai_essay.charts.rows import chosen_rows
from osai_essay.charts.spec import check_columns
from osai_essay.gather import Gathered, place_error
from osai_essay.model import (
    NO_MEMO,
    Bound,
    Chart,
    ChartSpec,
    Config,
    Memo,
    Tell,
    read_content,
    without_errors,
)
from osai_essay.names import site_names
from osai_essay.problem import Problem, Where, has_errors
from osai_essay.query import Answer, Queries, QueryError
from osai_essay.struct import Struct, field, replace
from osai_essay.template import render_line

Words = Mapping[Where, str]
Begun = dict[str, "tuple[_Drawing, Future[Chart | None]]"]


class Studio(Struct, frozen=True, kw_only=True):
    """What charts are drawn with."""

    root: Path
    config: Config
    rows: Gathered
    queries: Queries
    painter: Painter
    memo: Memo = NO_MEMO


def begin_charts(
    studio: Studio, specs: Iterable[ChartSpec], bound: Bound, *, without: Container[str]
) -> Begun:
    """Have these charts drawn beside what the caller does next; by name.

    without: files that have errors already; their charts are left out.
    """
    return {spec.name: _begin(studio, spec, bound) for spec in _able(studio, specs, without)}


def finish_charts(
    specs: Iterable[ChartSpec], begun: Begun, *, without: Container[str], tell: Tell
) -> tuple[tuple[Chart, ...], tuple[Problem, ...]]:
    """Those that were begun, in the order of their specs, whether an essay uses them or not.

    without: as in `begin_charts`. tell: hears how many are done.
    """
    kept = [begun[each.name] for each in specs if each.name in begun and each.source not in without]
    charts: list[Chart | None] = []
    for _, drawn in kept:
        charts.append(drawn.result())
        tell("Drawing charts", len(charts), len(kept))
    problems = tuple(problem for drawing, _ in kept for problem in drawing.problems)
    return tuple(chart for chart in charts if chart), problems


def check_undrawn(
    studio: Studio, specs: Iterable[ChartSpec], *, without: Container[str]
) -> Iterator[Problem]:
    """What columns of charts that are left out for other errors are not there.

    without: as in `begin_charts`. That there is no dataset, or one too many, has been said.
    """
    for spec in _able(studio, specs, ()):
        has_rows = spec.dataset is None if spec.sql else spec.dataset in studio.rows.frames
        if spec.source in without and has_rows:
            drawing = _Drawing(studio, spec, Bound())
            answer = drawing.select()
            yield from drawing.problems
            yield from check_columns(spec, answer.table.names) if answer else ()


def _able(
    studio: Studio, specs: Iterable[ChartSpec], without: Container[str]
) -> Iterator[ChartSpec]:
    """Without those of a dataset that has problems of its own: theirs would only mislead."""
    for spec in specs:
        rests = (name == spec.dataset or name in (spec.sql or "") for name in studio.rows.broken)
        if spec.source not in without and not any(rests):
            yield spec


def _begin(studio: Studio, spec: ChartSpec, bound: Bound) -> tuple[_Drawing, Future[Chart | None]]:
    """The rows are asked for here, in turn, while charts begun before are drawn."""
    drawing = _Drawing(studio, spec, bound)
    answer = drawing.select()
    return drawing, studio.painter.begin(lambda: drawing.draw(answer))


class _Drawing(Struct):
    """One chart on its way to a child and back."""

    studio: Studio
    spec: ChartSpec
    bound: Bound
    problems: list[Problem] = field(default_factory=list)

    def select(self) -> Answer | None:
        """The chart's rows; None where they have a problem, or where a program takes them."""
        spec, queries = self.spec, self.studio.queries
        try:
            if spec.sql is not None:
                return queries.select(spec.sql)
            return queries.select_rows(spec.dataset, where=spec.selection) if spec.dataset else None
        except QueryError as error:
            self.problems += [place_error(each, self.place_of(each.part)) for each in error.all]
            frame = self.studio.rows.frames.get(spec.dataset or "")
            self.problems += check_columns(spec, frame.table.names) if frame else ()
            return None

    def draw(self, answer: Answer | None) -> Chart | None:
        """The chart, of an earlier build where its order is the same; None with an error."""
        words, is_program = self.words(), self.spec.kind == "python"
        order = self.from_program(words) if is_program else self.from_rows(answer, words)
        if order is None:
            return None
        try:
            files, drawn = self.studio.memo.get_files(
                "chart", order, lambda: self.paint(order), still=without_errors
            )
        except PictureError as error:  # of this machine and this moment: nothing to keep
            files, drawn = {}, (None, (picture_problem(self.spec, error),))
        chart, found = drawn
        self.problems += found
        return replace(chart, files=files) if chart else None

    def paint(self, order: Order) -> tuple[dict[str, bytes], Painted]:
        """The bytes of its files, and the chart without them."""
        chart, found = self.studio.painter.draw(order)
        if chart is None:
            return {}, (None, found)
        files = {ending: read_content(content) for ending, content in chart.files.items()}
        return files, (replace(chart, files={}), found)

    def from_rows(self, answer: Answer | None, words: Words) -> Order | None:
        """None where the rows lack a column that the chart asks for."""
        found = check_columns(self.spec, answer.table.names) if answer else ()
        self.problems += found
        return self.order(answer, words, {}) if answer and not has_errors(found) else None

    def from_program(self, words: Words) -> Order | None:
        """Run at every build: what a program reads besides its rows, nobody knows."""
        studio, spec = self.studio, self.spec
        program = Program(
            path=studio.root / spec.source,
            spec=spec,
            config=studio.config,
            frames=studio.rows.frames,
            words=words,
        )
        ran = studio.painter.run(program)
        self.problems += ran.problems
        if ran.figure is None:
            return None
        answer = Answer(table=figure_rows(ran.figure), datasets=ran.datasets)
        return self.order(answer, words, ran.figure)

    def place_of(self, part: str) -> Where:
        spec = self.spec
        places = {"sql": spec.sql_where, "where": spec.selection_where, "from": spec.dataset_where}
        return places.get(part) or spec.where

    def order(self, answer: Answer, words: Words, figure: Mapping[str, Any]) -> Order:
        """All that the chart's pictures rest on."""
        spec, rows, datasets = self.spec, self.studio.rows, answer.datasets
        columns = rows.columns_of(answer.table, datasets)
        return Order(
            spec=spec,
            config=self.studio.config,
            table=answer.table,
            columns=columns,
            datasets=datasets,
            sources=rows.sources_of(chosen_rows(answer.table, spec), columns, datasets),
            credits=rows.credits_of(datasets),
            words=words,
            points={name: self.value_of(name) for name in points_of_chart(spec)},
            rows_in_dataset=rows.count(spec.dataset),
            figure=figure,
        )

    def words(self) -> Words:
        """The words of the chart's texts, by their places."""
        names = {"site": site_names(self.studio.config), **self.bound.seen_from()}
        words = {}
        for text in texts_of_chart(self.spec):
            said, found = render_line(text, names)
            words[text.where] = " ".join(said.split())
            self.problems += found
        return words

    def value_of(self, name: str) -> float | None:
        """What a number stands for, for lines and annotations; None if there is none."""
        number = self.bound.seen_from().get(name)
        return number.value if number and isinstance(number.value, int | float) else None
