"""Every chart of a site: its rows asked for, its figure made, its picture drawn."""

from __future__ import annotations

import threading
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from osai_essay.bind import points_of_chart, texts_of_chart
from osai_essay.charts.amounts import check_numbers
from osai_essay.charts.dark import dark_styles
from osai_essay.charts.describe import describe_chart
from osai_essay.charts.engine import PictureError
from osai_essay.charts.figure import make_figure
from osai_essay.charts.fit import WIDE_PX
from osai_essay.charts.narrow import fit_narrow
from osai_essay.charts.painter import Painter
from osai_essay.charts.png import PngError
from osai_essay.charts.poster import make_poster, source_words
from osai_essay.charts.python import run_python_chart
from osai_essay.charts.refusals import check_lost_names, check_weight
from osai_essay.charts.rows import chosen_rows
from osai_essay.charts.spec import check_columns
from osai_essay.gather import Gathered, place_error
from osai_essay.model import (
    NO_MEMO,
    Bound,
    Cell,
    Chart,
    ChartSpec,
    Column,
    Config,
    Memo,
    Picture,
    Source,
    Table,
    Text,
)
from osai_essay.names import site_names
from osai_essay.problem import Problem, Where
from osai_essay.query import Queries, QueryError
from osai_essay.struct import Struct, field, replace
from osai_essay.template import render_line

NARROW_PX = 360

Tell = Callable[[str, int, int], None]  # a step of the build, its parts done, and all of them


class Studio(Struct, frozen=True, kw_only=True):
    """What charts are drawn with."""

    root: Path
    config: Config
    rows: Gathered
    bound: Bound
    queries: Queries
    painter: Painter
    memo: Memo = NO_MEMO
    sketching: threading.Lock = field(default_factory=threading.Lock)  # Plotly takes one at a time


class Handed(Mapping[str, Any]):
    """The datasets as a Python chart is given them; `used` are those it took."""

    def __init__(self, rows: Gathered) -> None:
        self._rows = rows
        self.used: dict[str, None] = {}

    def __getitem__(self, name: str) -> Any:
        """A dataset's rows as a DataFrame."""
        frame = self._rows.frames[name]
        self.used[name] = None
        return frame.to_pandas()

    def __iter__(self) -> Iterator[str]:
        """The names of the datasets."""
        return iter(self._rows.frames)

    def __len__(self) -> int:
        """How many datasets there are."""
        return len(self._rows.frames)


class Selected(Struct, frozen=True, kw_only=True):
    """The rows of a chart, what is known of their columns, and the datasets they come from."""

    table: Table
    columns: tuple[Column, ...]
    datasets: tuple[str, ...]


class Sketch(Struct, frozen=True, kw_only=True):
    """A chart before it is painted: its figure, and the rows in it."""

    figure: Mapping[str, Any]
    selected: Selected


def draw_charts(
    studio: Studio, specs: tuple[ChartSpec, ...], *, without: Container[str] = (), tell: Tell
) -> tuple[tuple[Chart, ...], tuple[Problem, ...]]:
    """Every chart, whether an essay uses it or not.

    without: files that have errors already; their charts are left out. tell: hears how many are
        done.
    """
    drawings = [
        _Drawing(studio, spec)
        for spec in specs
        if spec.source not in without and not _rests_on(spec, studio.rows.broken)
    ]
    selected = [drawing.select() for drawing in drawings]
    with ThreadPoolExecutor(studio.painter.size + 1) as pool:  # one sketches, the others paint
        drawn = []
        for each in pool.map(_Drawing.drawn, drawings, selected):
            drawn.append(each)
            tell("Drawing charts", len(drawn), len(drawings))
    problems = tuple(problem for _, found in drawn for problem in found)
    return tuple(chart for chart, _ in drawn if chart), problems


def _rests_on(spec: ChartSpec, broken: Iterable[str]) -> bool:
    """True for a chart of a dataset that has problems of its own: its own would only mislead."""
    return any(name == spec.dataset or name in (spec.sql or "") for name in broken)


class _Drawing(Struct):
    """One chart on its way from spec to picture."""

    studio: Studio
    spec: ChartSpec
    problems: list[Problem] = field(default_factory=list)

    def select(self) -> Selected | None:
        """The chart's rows; None where they have a problem, or where a program takes them."""
        if self.spec.kind == "python":
            return None
        try:
            return self.selected()
        except QueryError as error:
            self.problems.append(place_error(error, self.place_of(error.part)))
            return None

    def drawn(self, selected: Selected | None) -> tuple[Chart | None, tuple[Problem, ...]]:
        """The chart with its pictures, of an earlier build where nothing in it has changed."""
        if selected is None:  # what a program does besides taking rows, nobody knows
            return self.draw(selected)
        spec, rows = self.spec, self.studio.rows
        key = (
            spec,
            selected,
            self.sources_of(selected),
            rows.credits_of(selected.datasets),
            rows.count(spec.dataset),
            self.studio.config,
            [self.words_of(text)[0] for text in texts_of_chart(spec)],
            [self.value_of(name) for name in points_of_chart(spec)],
        )
        return self.studio.memo.get("chart", key, lambda: self.draw(selected))

    def draw(self, selected: Selected | None) -> tuple[Chart | None, tuple[Problem, ...]]:
        with self.studio.sketching:
            sketch = self.sketch(selected)
        return self.paint(sketch), tuple(self.problems)

    def sketch(self, selected: Selected | None) -> Sketch | None:
        """The chart's rows and figure; None where they have a problem."""
        if self.spec.kind == "python":
            return self.from_python()
        return self.from_rows(selected) if selected else None

    def place_of(self, part: str) -> Where:
        spec = self.spec
        places = {"sql": spec.sql_where, "where": spec.selection_where, "from": spec.dataset_where}
        return places.get(part) or spec.where

    def from_rows(self, selected: Selected) -> Sketch | None:
        if not self.keep(check_columns(self.spec, selected.table.names)):
            return None
        wrong = (
            *check_numbers(self.spec, selected.table),
            *check_lost_names(self.spec, selected.table),
        )
        if not self.keep(wrong):
            return None
        figure, found = make_figure(
            self.spec,
            selected.table,
            selected.columns,
            config=self.studio.config,
            say=self.say,
            number_of=self.value_of,
            rows_in_dataset=self.studio.rows.count(self.spec.dataset),
        )
        if not self.keep(found) or figure is None:
            return None
        chosen = replace(selected, table=chosen_rows(selected.table, self.spec))
        return Sketch(figure=figure, selected=chosen)

    def selected(self) -> Selected:
        """Raises: QueryError."""
        spec, queries = self.spec, self.studio.queries
        if spec.sql is not None:
            answer = queries.select(spec.sql)
        else:
            answer = queries.select_rows(spec.dataset or "", where=spec.selection)
        columns = self.studio.rows.columns_of(answer.table, answer.datasets)
        return Selected(table=answer.table, columns=columns, datasets=answer.datasets)

    def from_python(self) -> Sketch | None:
        data = Handed(self.studio.rows)
        figure, found = run_python_chart(
            self.studio.root / self.spec.source,
            data,
            self.spec,
            config=self.studio.config,
            say=self.say,
        )
        if not self.keep(found) or figure is None:
            return None
        table = figure_rows(figure)
        datasets = tuple(data.used)
        columns = self.studio.rows.columns_of(table, datasets)
        selected = Selected(table=table, columns=columns, datasets=datasets)
        return Sketch(figure=figure, selected=selected)

    def paint(self, sketch: Sketch | None) -> Chart | None:
        """The chart with its pictures, drawn in children while other charts are made."""
        if sketch is None:
            return None
        try:
            return self.whole(sketch.figure, sketch.selected)
        except PictureError as error:
            self.problems.append(self.not_drawn(error))
            return None

    def whole(self, figure: Mapping[str, Any], selected: Selected) -> Chart:
        """Raises: PictureError."""
        spec, rows, painter = self.spec, self.studio.rows, self.studio.painter
        texts = {"title": spec.title, "subtitle": spec.subtitle, "note": spec.note}
        words = {name: self.say(text) for name, text in texts.items()}
        sources = self.sources_of(selected)
        credits = rows.credits_of(selected.datasets)
        fitted = fit_narrow(figure, NARROW_PX, spec.height)
        styles = dark_styles(figure["layout"]["meta"]["dark"], self.studio.config)
        wide = painter.draw(figure, WIDE_PX, spec.height, styles)
        self.problems += check_weight(spec, wide)
        source, site = source_words(sources, credits), self.studio.config.title
        poster = make_poster(wide, **words, source=source, site=site)
        return Chart(
            spec=spec,
            **words,
            alt=self.say(spec.alt),
            description=self.describe(selected),
            figure=figure,
            narrow_layout=fitted["layout"],
            wide=wide,
            narrow=painter.draw(fitted, NARROW_PX, fitted["layout"]["height"], styles),
            poster=poster,
            png=self.png(poster),
            table=selected.table,
            columns=selected.columns,
            datasets=selected.datasets,
            sources=sources,
            credits=credits,
        )

    def describe(self, selected: Selected) -> str:
        """The author's own description, else one written from the rows."""
        if self.spec.description:
            return self.say(self.spec.description)
        config = self.studio.config
        return describe_chart(self.spec, selected.table, selected.columns, config=config)

    def png(self, poster: Picture) -> bytes:
        """The poster as PNG; a letter the font lacks leaves the chart without one."""
        try:
            return self.studio.painter.draw_png(poster)
        except (PngError, PictureError) as error:
            self.problems.append(
                Problem(
                    code="png-failed",
                    where=self.spec.title.where,
                    message=f"this chart has no PNG: {error}",
                    fix="nothing, if the SVG is enough; else write the words in other letters.",
                    severity="warning",
                )
            )
            return b""

    def say(self, text: Text | None) -> str:
        """The words of a text of the chart."""
        if text is None:
            return ""
        words, found = self.words_of(text)
        self.problems += found
        return words

    def words_of(self, text: Text) -> tuple[str, tuple[Problem, ...]]:
        names = {"site": site_names(self.studio.config), **self.studio.bound.seen_from()}
        words, found = render_line(text, names)
        return " ".join(words.split()), tuple(found)

    def value_of(self, name: str) -> float | None:
        """What a number stands for, for lines and annotations; None if there is none."""
        number = self.studio.bound.seen_from().get(name)
        return number.value if number and isinstance(number.value, int | float) else None

    def sources_of(self, selected: Selected) -> tuple[Source, ...]:
        rows = self.studio.rows
        return rows.sources_of(selected.table, selected.columns, selected.datasets)

    def keep(self, found: tuple[Problem, ...]) -> bool:
        """Note the problems; True if none of them is an error."""
        self.problems += found
        return not any(problem.is_error for problem in found)

    def not_drawn(self, error: PictureError) -> Problem:
        return Problem(
            code="picture-failed",
            where=self.spec.where,
            message=f"the picture of this chart cannot be drawn: {error}",
            fix="draw fewer rows (limit:, where:) or another kind.",
        )


def figure_rows(figure: Mapping[str, Any]) -> Table:
    """The points of a figure whose rows nobody selected: one row a point, by trace."""
    rows: list[tuple[Cell, ...]] = []
    for trace in figure["data"]:
        axes = [trace.get(name) or [] for name in _axes_of(trace)]
        name = str(trace.get("name") or "")
        rows += [(name, *(_text(cell) for cell in point)) for point in zip(*axes, strict=False)]
    return Table(names=("series", "x", "y"), types=("string",) * 3, rows=tuple(rows))


def _axes_of(trace: Mapping[str, Any]) -> tuple[str, str]:
    return ("labels", "values") if "values" in trace else ("x", "y")


def _text(cell: Any) -> str | None:
    return None if cell is None else str(cell)
