"""What templates are given, as values: the parts that docs/templates.md promises, no more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from osai_essay.struct import Struct, field


class DateView(Struct, frozen=True, kw_only=True):
    """A date: `2026-11-21`, `21 November 2026`, and with time and offset for feeds."""

    iso: str
    text: str
    rfc3339: str


class LinkView(Struct, frozen=True, kw_only=True):
    """A page with its title."""

    title: str
    url: str


class NavView(Struct, frozen=True, kw_only=True):
    """An entry of the navigation."""

    title: str
    url: str
    is_current: bool


class TagView(Struct, frozen=True, kw_only=True):
    """A tag; count: how many essays have it."""

    name: str
    url: str
    count: int = 0


class SourceView(Struct, frozen=True, kw_only=True):
    """Where something comes from."""

    title: str
    id: str = ""
    url: str = ""
    publisher: str = ""
    published: str = ""
    accessed: str = ""


class PartView(Struct, frozen=True, kw_only=True):
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


class SiteView(Struct, frozen=True, kw_only=True):
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


class CardView(Struct, frozen=True, kw_only=True):
    """The picture that stands for a page elsewhere: its full address; px where known."""

    url: str
    width: int | None = None
    height: int | None = None
    alt: str = ""


class PageView(Struct, frozen=True, kw_only=True):
    """The page being made; card: only where the site's own address is known."""

    kind: str
    url: str
    title: str
    description: str
    canonical: str
    card: CardView | None = None


class EssayView(Struct, frozen=True, kw_only=True):
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


class TocEntry(Struct, frozen=True, kw_only=True):
    """One line of a table of contents."""

    id: str
    text: str
    children: tuple[TocEntry, ...] = ()


class PictureView(Struct, frozen=True, kw_only=True):
    """A chart's picture; px."""

    url: str
    width: int
    height: int


class EmbedView(Struct, frozen=True, kw_only=True):
    """The page of a chart alone; height: px of a frame that holds it."""

    url: str
    canonical: str
    height: int


class ChartView(Struct, frozen=True, kw_only=True):
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


class FileView(Struct, frozen=True, kw_only=True):
    """A file to download; size in bytes."""

    name: str
    url: str
    size: int


class ColumnView(Struct, frozen=True, kw_only=True):
    """One column of a dataset."""

    name: str
    title: str
    type: str
    unit: str
    description: Markup


class LicenceView(Struct, frozen=True, kw_only=True):
    """A licence by name and address."""

    name: str
    title: str
    url: str


class DatasetView(Struct, frozen=True, kw_only=True):
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


class FeedEntry(Struct, frozen=True, kw_only=True):
    """One entry of the feed; content: HTML with full addresses."""

    title: str
    canonical: str
    published: str
    updated: str
    author: str
    summary: str
    content: str
    tags: tuple[str, ...]


class MapEntry(Struct, frozen=True, kw_only=True):
    """One page of the sitemap."""

    canonical: str
    lastmod: str | None
