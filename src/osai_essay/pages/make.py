"""Values -> views: what a template shows of an essay, a chart, a dataset."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup, escape

from osai_essay.formats import format_date
from osai_essay.model import Bound, Column, Config, Dataset, Essay, Heading, Moment, Site, Source
from osai_essay.names import site_names
from osai_essay.pages.audit_views import CorrectionView
from osai_essay.pages.headers import page_policy
from osai_essay.pages.views import (
    ColumnView,
    DateView,
    EssayView,
    FileView,
    LicenceView,
    LinkView,
    NavView,
    SiteView,
    SourceView,
    TagView,
    TocEntry,
)
from osai_essay.plan import Plan, tag_url
from osai_essay.prose import heading_tree
from osai_essay.punctuation import typeset
from osai_essay.template import render_line

WORDS_A_MINUTE = 250


def site_view(config: Config, *, current: str, feed: str, plotly_style_id: str) -> SiteView:
    """The site as one page sees it; current: that page's address."""
    return SiteView(
        title=config.title,
        description=config.description,
        url=config.url,
        baseurl=config.baseurl,
        author=config.author,
        language=config.language,
        print_tables=config.print_tables,
        feed=feed,
        policy=page_policy(config),
        plotly_style_id=plotly_style_id,
        navigation=tuple(
            NavView(title=item.title, url=item.url, is_current=item.url == current)
            for item in config.navigation
        ),
        entities=config.entities,
        extra=config.extra,
    )


def date_view(moment: Moment | None, language: str) -> DateView | None:
    """A date for readers and machines."""
    if moment is None:
        return None
    return DateView(
        iso=moment.iso,
        text=format_date(moment.value, language=language),
        rfc3339=moment.value.isoformat(),
    )


def essay_view(
    essay: Essay,
    config: Config,
    *,
    url: str,
    title: str,
    description: str,
    summary: str,
    words: int,
) -> EssayView:
    """An essay for lists and for its own page; words: how many it has, for the reading time."""
    return EssayView(
        url=url,
        title=title,
        description=description,
        summary=summary,
        date=date_view(essay.date, config.language),
        updated=date_view(essay.updated, config.language),
        author=essay.author or config.author,
        tags=tuple(TagView(name=tag, url=tag_url(tag)) for tag in essay.tags),
        reading_time=reading_time(essay, words),
        is_draft=essay.is_draft,
        meta=essay.meta,
    )


def reading_time(essay: Essay, words: int) -> str:
    """What the author says, else whole minutes at 250 words a minute, never less than one."""
    if essay.reading_time:
        given = essay.reading_time
        return f"{given} min read" if given.isdecimal() else given
    return f"{max(1, math.ceil(words / WORDS_A_MINUTE))} min read" if words else ""


def source_view(source: Source) -> SourceView:
    """A source for a reader."""
    return SourceView(
        title=typeset(source.title),
        id=source.id or "",
        url=safe_url(source.path or ""),
        publisher=source.publisher,
        published=source.published,
        accessed=source.accessed,
    )


def safe_url(url: str) -> str:
    """An address out of data if it leads to the web, else nothing."""
    return url if url.startswith(("https://", "http://")) else ""


def correction_views(site: Site, plan: Plan, bound: Bound) -> tuple[CorrectionView, ...]:
    """Every correction, newest first, with links to the essays it touches."""
    titles = {
        essay.source: render_line(
            essay.title, {"site": site_names(site.config), **bound.seen_from(essay.source)}
        )[0]
        for essay in plan.essays
    }
    return tuple(
        CorrectionView(
            date=date_view(each.date, site.config.language),
            wrong=each.wrong,
            right=each.right,
            why=each.why,
            essays=link_views(
                (titles[source], plan.essay_urls[source])
                for source in each.essays
                if source in plan.essay_urls
            ),
        )
        for each in site.corrections
    )


def column_view(column: Column) -> ColumnView:
    """A column for the page of its dataset."""
    unit = column.unit or ""
    if column.unit_from:
        unit = f"{unit}, in each row's {column.unit_from}".lstrip(", ")
    return ColumnView(
        name=column.name,
        title=column.title,
        type=column.type,
        unit=unit,
        description=with_code(column.description),
    )


def licence_views(dataset: Dataset) -> tuple[LicenceView, ...]:
    """The licences of a dataset."""
    return tuple(
        LicenceView(name=each.name, title=each.title, url=safe_url(each.path or ""))
        for each in dataset.licences
    )


def toc_entries(headings: Iterable[Heading]) -> tuple[TocEntry, ...]:
    """A table of contents: headings of levels 2 and 3, the latter under the former."""
    return _toc(heading_tree(headings))


def _toc(tree: Iterable[Mapping[str, Any]]) -> tuple[TocEntry, ...]:
    return tuple(
        TocEntry(id=each["id"], text=each["text"], children=_toc(each["children"])) for each in tree
    )


def link_views(links: Iterable[tuple[str, str]]) -> tuple[LinkView, ...]:
    """(title, address) pairs as links."""
    return tuple(LinkView(title=title, url=url) for title, url in links)


def file_view(name: str, url: str, content: bytes) -> FileView:
    """A file to download."""
    return FileView(name=name, url=url, size=len(content))


def with_code(text: str) -> Markup:
    """A description whose `names in backticks` are set as code, all else escaped."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return escape(typeset(text))
    return Markup().join(
        Markup("<code>{}</code>").format(part) if index % 2 else escape(typeset(part))
        for index, part in enumerate(parts)
    )


def as_html(html: str) -> Markup:
    """HTML made by this program, so that a template prints it as it is."""
    return Markup(html)  # noqa: S704
