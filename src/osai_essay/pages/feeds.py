"""The feed, the sitemap and robots.txt."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urljoin

from osai_essay.model import OutputFile
from osai_essay.pages.essays import WrittenEssay
from osai_essay.pages.maker import Maker
from osai_essay.pages.views import FeedEntry, MapEntry
from osai_essay.plan import GENERATED
from osai_essay.urls import canonical, target_of

FEED_LENGTH = 20
NEVER = "1970-01-01T00:00:00+00:00"

_ADDRESS = re.compile(r'\b(href|src)="([^"]*)"')


def feed_pages(
    maker: Maker, posts: Iterable[WrittenEssay], pages: Iterable[str]
) -> Iterator[OutputFile]:
    """feed.xml, sitemap.xml and robots.txt, each unless an author's file has its place.

    posts: newest first. pages: addresses for the sitemap. Raises: ThemeError.
    """
    posts = tuple(posts)
    entries = tuple(feed_entry(maker, post) for post in posts[:FEED_LENGTH])
    updated = max((entry.updated for entry in entries), default=NEVER)
    dates = {post.url: (post.view.updated or post.view.date) for post in posts if post.view.date}
    found = tuple(
        MapEntry(
            canonical=canonical(maker.config, url),
            lastmod=date.iso if (date := dates.get(url)) else None,
        )
        for url in sorted(pages)
    )
    values: dict[str, tuple[str, dict[str, Any]]] = {
        "feed": ("feed.xml", {"entries": entries, "updated": updated}),
        "sitemap": ("sitemap.xml", {"pages": found}),
        "robots": ("robots.txt", {}),
    }
    for kind, (template, more) in values.items():
        if maker.plan.has(kind):
            yield maker.page(template, GENERATED[kind], title=maker.config.title, **more)


def feed_entry(maker: Maker, post: WrittenEssay) -> FeedEntry:
    """One post, its links and pictures with full addresses."""
    view = post.view
    base = canonical(maker.config, post.url)
    published = view.date.rfc3339 if view.date else NEVER
    content = post.marks.fill(post.text, lambda name, _: feed_figure(maker, name))
    return FeedEntry(
        title=view.title,
        canonical=base,
        published=published,
        updated=view.updated.rfc3339 if view.updated else published,
        author=view.author,
        summary=view.summary,
        content=absolute_addresses(content, base),
        tags=tuple(tag.name for tag in view.tags),
    )


def feed_figure(maker: Maker, name: str) -> str:
    """A chart in the feed: the picture with its words in it, and a link to its page."""
    chart = maker.charts[name]
    poster = chart.poster
    shown = chart.png or poster  # at the poster's size: the PNG is finer
    picture, page = (canonical(maker.config, url) for url in (shown.url, chart.url))
    return (
        f'<figure><img src="{picture}" alt="{html.escape(f"{chart.title}. {chart.alt}")}" '
        f'width="{poster.width}" height="{poster.height}">'
        f'<p><a href="{page}">Chart and data</a></p></figure>'
    )


def absolute_addresses(markup: str, base: str) -> str:
    """HTML whose relative links and pictures have full addresses, for a reader elsewhere."""
    start = base if base.endswith("/") else base.rsplit("/", 1)[0] + "/"

    def full(found: re.Match[str]) -> str:
        try:
            joined = urljoin(start, html.unescape(found[2]))
        except ValueError:  # no address at all, such as http://[x
            return found[0]
        short = re.sub(r"/index\.html(?=#|$)", "/", joined)
        return f'{found[1]}="{html.escape(short)}"'

    return _ADDRESS.sub(full, markup)


def is_listed(target: str) -> bool:
    """True for a page that belongs into the sitemap."""
    return target.endswith(".html") and target != target_of(GENERATED["404"])
