"""Charts, as an author writes them and as they are drawn."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from osai_essay.model.data import Cell, Column, Source, Table
from osai_essay.model.output import Content, read_content
from osai_essay.model.texts import Text
from osai_essay.problem import Where
from osai_essay.struct import Struct, field


class Annotation(Struct, frozen=True, kw_only=True):
    """Words at a point of a chart; x and y are values on its axes."""

    text: Text
    x: Cell = None
    y: Cell = None


class ReferenceLine(Struct, frozen=True, kw_only=True):
    """A line across a chart at one value of x or of y."""

    text: Text | None = None
    x: Cell = None
    y: Cell = None


class ChartSpec(Struct, frozen=True, kw_only=True):
    """One file of content/charts, checked as far as it can be without data.

    kind: a Plotly Express function, or `python` for a .py file.
    dataset: of `from:`; sql: of `sql:`; one of the two is None (both for `python`).
    arguments: what Plotly Express is given, by its own names; places: where each key stands.
    sort: column, `-column` or None. limit: the most rows kept, after sorting.
    labels: ends, bars, none or None (the kind's own habit). format: such as `$0bn` or None.
    height: px. update_layout: handed to the figure as it is.
    allow: rules of the house style that are switched off for it, such as `title-long`.
    is_broken: its file has errors, so that nothing is drawn of it.
    """

    name: str
    source: str
    where: Where
    kind: str
    title: Text
    alt: Text
    subtitle: Text | None = None
    note: Text | None = None
    description: Text | None = None
    dataset: str | None = None
    dataset_where: Where | None = None
    selection: str | None = None
    selection_where: Where | None = None
    sql: str | None = None
    sql_where: Where | None = None
    arguments: Mapping[str, Any] = field(default_factory=dict)
    places: Mapping[str, Where] = field(default_factory=dict)
    sort: str | None = None
    limit: int | None = None
    highlight: tuple[str, ...] = ()
    labels: str | None = None
    format: str | None = None
    height: int = 420
    annotations: tuple[Annotation, ...] = ()
    lines: tuple[ReferenceLine, ...] = ()
    update_layout: Mapping[str, Any] = field(default_factory=dict)
    allow: frozenset[str] = frozenset()
    is_broken: bool = False


class Picture(Struct, frozen=True, kw_only=True):
    """A drawing of a chart as SVG, at width x height px."""

    svg: str
    width: int
    height: int


class Size(Struct, frozen=True, kw_only=True):
    """How large a picture is, px."""

    width: int
    height: int


class Chart(Struct, frozen=True, kw_only=True):
    """A chart that is drawn.

    description: what the chart shows, in sentences from its data, unless the author wrote them.
    wide, narrow: its pictures; poster: one with title and source in it, for use elsewhere; png:
        the same, None where the font lacks a letter.
    table: the rows it draws. columns: what is known of each of the table's columns.
    rows: the table as HTML.
    files: the bytes of its pictures and rows, of the script with its figure, and of the figure
        itself as JSON, by how their names end: `wide.svg`, `narrow.svg`, `svg`, `png`, `csv`,
        `js`, `figure`.
    datasets: the names of the datasets its rows come from; sources, credits: theirs.
    """

    spec: ChartSpec
    title: str
    subtitle: str
    alt: str
    note: str
    description: str
    wide: Size
    narrow: Size
    poster: Size
    png: Size | None
    table: Table
    columns: tuple[Column, ...]
    rows: str
    files: Mapping[str, Content] = field(default_factory=dict)
    datasets: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    credits: tuple[str, ...] = ()

    @property
    def figure(self) -> Mapping[str, Any]:
        """The Plotly figure as plain dicts and lists."""
        figure: Mapping[str, Any] = json.loads(read_content(self.files["figure"]))
        return figure
