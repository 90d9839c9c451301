"""What templates are given, as values: the parts that docs/templates.md promises, no more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class DateView:
    """A date: `2026-11-21`, `21 November 2026`, and with time and offset for feeds."""

    iso: str
    text: str
    rfc3339: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkView:
    """A page with its title."""

    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NavView:
    """An entry of the navigation."""

    title: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TagView:
    """A tag; count: how many essays have it."""

    name: str
    url: str
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    """Where something comes from."""

    title: str
    id: str = ""
    url: str = ""
    publisher: str = ""
    published: str = ""
    accessed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartView:
    """A number that another number or a claim is computed from.

    text: as prose prints it; amount: the same with its unit, where its `format:` leaves that out.
    value, unit: at four digits, in the scale in which formulas and rules count.
    """

    label: str
    text: str
    amount: str
    value: str
    unit: str
    url: str

    def __str__(self) -> str:
        """What a template prints of it: its text."""
        return self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteView:
    """The site, the same on every page but for the navigation's current entry."""

    title: str
    description: str
    url: str
    baseurl: str
    author: str
    language: str
    print_tables: str
    feed: str
    policy: str
    plotly_style_id: str
    navigation: tuple[NavView, ...]
    entities: Mapping[str, Any]
    extra: Mapping[str, Any] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Any:
        """A key of site.yml that is the author's own."""
        return self.extra[key]


@dataclass(frozen=True, slots=True, kw_only=True)
class CardView:
    """The picture that stands for a page elsewhere: its full address; px where known."""

    url: str
    width: int | None = None
    height: int | None = None
    alt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """The page being made; card: only where the site's own address is known."""

    kind: str
    url: str
    title: str
    description: str
    canonical: str
    card: CardView | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EssayView:
    """An essay as lists and its own page show it; is_future: its day is still to come."""

    url: str
    title: str
    description: str
    summary: str
    date: DateView | None
    updated: DateView | None
    author: str
    tags: tuple[TagView, ...]
    reading_time: str
    is_draft: bool
    meta: Mapping[str, Any]
    is_future: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TocEntry:
    """One line of a table of contents."""

    id: str
    text: str
    children: tuple[TocEntry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureView:
    """A chart's picture; px."""

    url: str
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbedView:
    """The page of a chart alone; height: px of a frame that holds it."""

    url: str
    canonical: str
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartView:
    """A chart with all that stands around it; script, plotly, csv: addresses from the root."""

    name: str
    id: str
    url: str
    title: str
    subtitle: str
    alt: str
    note: str
    description: str
    picture: PictureView
    narrow: PictureView
    poster: PictureView
    png: PictureView | None
    embed: EmbedView
    table: Markup
    datasets: tuple[LinkView, ...]
    sources: tuple[SourceView, ...]
    credits: tuple[str, ...]
    csv: str
    script: str
    plotly: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileView:
    """A file to download; size in bytes."""

    name: str
    url: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnView:
    """One column of a dataset."""

    name: str
    title: str
    type: str
    unit: str
    description: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceView:
    """A licence by name and address."""

    name: str
    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetView:
    """A dataset as its page and the list of datasets show it."""

    name: str
    url: str
    title: str
    description: Markup
    file: FileView
    csv: str
    csv_size: int
    rows: int
    columns: tuple[ColumnView, ...]
    primary_key: tuple[str, ...]
    sources: tuple[SourceView, ...]
    licences: tuple[LicenceView, ...]
    credit: str
    sql: str
    preview: Markup
    charts: tuple[LinkView, ...]
    numbers: tuple[PartView, ...]
    claims: tuple[LinkView, ...]
    essays: tuple[LinkView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One entry of the feed; content: HTML with full addresses."""

    title: str
    canonical: str
    published: str
    updated: str
    author: str
    summary: str
    content: str
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MapEntry:
    """One page of the sitemap."""

    canonical: str
    lastmod: str | None
