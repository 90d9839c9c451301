"""The values that pass from stage to stage. They read nothing and write nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from osai_essay.problem import Where

Cell = str | int | float | bool | date | datetime | tuple[str, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A string an author wrote, in which {{ }} and {% %} may stand.

    where: the place of its first character.
    tree: what the parser made of it; only `template` looks inside. None: plain words.
    names: every name it uses, with its place. charts, includes: what it draws and includes.
    """

    source: str
    where: Where
    tree: Any = None
    names: tuple[Use, ...] = ()
    charts: tuple[Use, ...] = ()
    includes: tuple[Use, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A name used at a place."""

    name: str
    where: Where


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A date, with the time of day where one was given; `value` always has an offset."""

    value: datetime
    has_time: bool = False

    @property
    def iso(self) -> str:
        """`2026-11-21`, or with time and offset as RFC 3339 has it."""
        return self.value.isoformat() if self.has_time else self.value.date().isoformat()


@dataclass(frozen=True, slots=True, kw_only=True)
class NavItem:
    """One entry of the site's navigation; `url` from the site's root, such as `/data/`."""

    title: str
    url: str
    where: Where


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """How one country or company looks in every chart."""

    label: str
    color: str | None = None
    color_dark: str | None = None
    dash: str | None = None
    symbol: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """content/site.yml, and what the command line or pyproject.toml grants.

    entities: kind ("country") -> value ("US") -> its looks.
    extra: keys of site.yml this program does not know, for the templates.
    """

    title: str
    description: str = ""
    url: str = ""
    baseurl: str = ""
    author: str = ""
    language: str = "en"
    permalink: str = "/:title/"
    navigation: tuple[NavItem, ...] = ()
    entities: Mapping[str, Mapping[str, Entity]] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)
    allow: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Essay:
    """A post or a page outside the list of posts.

    kind: `post` or `page`. slug: from the file's name, without its date.
    source: path under the root. reading_time: as the author gave it, None: to be computed.
    meta: front matter this program does not know, for the templates.
    """

    kind: str
    slug: str
    source: str
    title: Text
    body: Text
    layout: str = "post"
    layout_where: Where
    date: Moment | None = None
    updated: Moment | None = None
    author: str = ""
    description: Text | None = None
    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    permalink: str | None = None
    permalink_where: Where
    redirect_from: tuple[Use, ...] = ()
    is_published: bool = True
    is_draft: bool = False
    math: bool = False
    toc: bool = False
    reading_time: str | None = None
    references: tuple[Use, ...] = ()
    meta: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One field of a dataset, as datapackage.yaml describes it.

    type: a Table Schema type (string, integer, number, boolean, date, datetime, time, year,
        yearmonth, list), or `partial-date` for a string field with `dates: partial`.
    unit: such as `USD bn`; unit_from: the column that holds each row's unit or currency.
    references: the dataset whose primary key the values of this column name.
    entity: `country` or `company`: whose colours its values have.
    """

    name: str
    type: str = "string"
    title: str = ""
    description: str = ""
    unit: str | None = None
    unit_from: str | None = None
    references: str | None = None
    entity: str | None = None
    constraints: Mapping[str, Any] = field(default_factory=dict)
    delimiter: str = ";"
    where: Where


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where something comes from, for a reader to follow."""

    title: str
    path: str | None = None
    id: str | None = None
    publisher: str = ""
    published: str = ""
    accessed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """A licence by name, such as `CC-BY-4.0`."""

    name: str
    title: str = ""
    path: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """One resource of data/datapackage.yaml, or a data file nobody described.

    path: of the file under the root. format: csv, json, yaml, parquet or sql.
    digest: SHA-256 of the file's bytes (of a derived dataset: of its SQL).
    where: its entry in datapackage.yaml, or the file itself.
    descriptor: the resource as plain values, as Frictionless wants it.
    """

    name: str
    path: str
    format: str
    digest: str
    where: Where
    title: str = ""
    description: str = ""
    columns: tuple[Column, ...] = ()
    primary_key: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    licences: tuple[Licence, ...] = ()
    credit: str = ""
    is_described: bool = True
    sql: Text | None = None
    descriptor: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_derived(self) -> bool:
        """True if it is computed by SQL from other datasets."""
        return self.format == "sql"

    def column(self, name: str) -> Column | None:
        """The column of that name, or None."""
        return next((column for column in self.columns if column.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows in plain values: what a query gives back and what a chart draws.

    types: one a column: string, integer, number, boolean, date, datetime or list.
    """

    names: tuple[str, ...]
    types: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def values(self, name: str) -> tuple[Cell, ...]:
        """One column's cells, top to bottom."""
        index = self.names.index(name)
        return tuple(row[index] for row in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """Words at a point of a chart; x and y are values on its axes."""

    text: Text
    x: Cell = None
    y: Cell = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceLine:
    """A line across a chart at one value of x or of y."""

    text: Text | None = None
    x: Cell = None
    y: Cell = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartSpec:
    """One file of content/charts, checked as far as it can be without data.

    kind: a Plotly Express function, or `python` for a .py file.
    dataset: of `from:`; sql: of `sql:`; one of the two is None (both for `python`).
    arguments: what Plotly Express is given, by its own names; places: where each key stands.
    sort: column, `-column` or None. limit: the most rows kept, after sorting.
    labels: ends, bars, none or None (the kind's own habit). format: such as `$0bn` or None.
    height: px. update_layout: handed to the figure as it is.
    allow: rules of the house style that are switched off for it, such as `title-long`.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A drawing of a chart as SVG, at width x height px."""

    svg: str
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart that is drawn.

    description: what the chart shows, in sentences from its data, unless the author wrote them.
    figure: a Plotly figure as plain dicts and lists; narrow_layout: its layout on a phone.
    wide, narrow: its pictures; poster: one with title and source in it, for use elsewhere, and
        the same as PNG, empty where the font lacks a letter.
    table: the rows it draws. columns: what is known of each of the table's columns.
    datasets: the names of the datasets its rows come from; sources, credits: theirs.
    """

    spec: ChartSpec
    title: str
    subtitle: str
    alt: str
    note: str
    description: str
    figure: Mapping[str, Any]
    narrow_layout: Mapping[str, Any]
    wide: Picture
    narrow: Picture
    poster: Picture
    png: bytes = field(repr=False)
    table: Table
    columns: tuple[Column, ...]
    datasets: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    credits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StaticFile:
    """A file copied as it is: `source` under the root, `url` in the site."""

    source: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """All an author wrote, read and parsed; nothing computed yet.

    package: the path of the data package's descriptor, None where there is none.
    chart_names: of every chart file, of those too that cannot be read.
    """

    config: Config
    essays: tuple[Essay, ...] = ()
    charts: tuple[ChartSpec, ...] = ()
    datasets: tuple[Dataset, ...] = ()
    static: tuple[StaticFile, ...] = ()
    package: str | None = None
    chart_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of an essay: level 1 to 6, its anchor, its words without markup."""

    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkUse:
    """A link in an essay to a page of the site: what was written, where it leads."""

    href: str
    url: str
    fragment: str
    where: Where


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """An essay's Markdown as HTML."""

    html: str
    headings: tuple[Heading, ...] = ()
    links: tuple[LinkUse, ...] = ()
    words: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """What stands behind one private-use character of a Markdown source.

    html: what is put into running text; text: what is put into attributes, titles and anchors.
    """

    html: str
    text: str = ""
    is_block: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """Where a link or picture of an essay leads.

    href: to be printed, relative to the page. width, height: px of a picture, where known.
    url, fragment: the page of this site it leads to; None for the world outside.
    """

    href: str
    url: str | None = None
    fragment: str = ""
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputFile:
    """One file of the finished site: its path under build/ and its bytes."""

    target: str
    content: bytes = field(repr=False)
