"""The same posts as a site for this program and as one for Pelican."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from bench.posts import Post
from bench.words import Words

YEARS = range(2001, 2025)
KINDS = ("planned", "spent")

_SITE = """\
title: Many posts
url: "https://example.org"
author: Nobody
"""

# What Pelican makes is held to what we make: one page a post, a page a tag, an index, one feed. Its
# plainest theme; the extensions of Markdown that the posts use or that we always use.
_PELICAN = """\
SITENAME = "Many posts"
SITEURL = "https://example.org"
AUTHOR = "Nobody"
THEME = "simple"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
ARTICLE_URL = "{slug}/"
ARTICLE_SAVE_AS = "{slug}/index.html"
DIRECT_TEMPLATES = ["index", "tags"]
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = ""
FEED_ALL_ATOM = "feed.xml"
FEED_MAX_ITEMS = 20
CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
MARKDOWN = {
    "extension_configs": {
        "markdown.extensions.codehilite": {"css_class": "highlight"},
        "markdown.extensions.extra": {},
        "markdown.extensions.meta": {},
        "markdown.extensions.smarty": {},
        "markdown.extensions.toc": {},
    },
    "output_format": "html",
}
"""


def write_site(root: Path, posts: Sequence[Post], *, with_charts: bool) -> None:
    """A site for this program, with a dataset and a chart for each post or with none."""
    _write(root / "content/site.yml", [_SITE])
    for post in posts:
        figure = f"{{% include {post.chart}.html %}}" if with_charts else ""
        body = post.body(lambda other: other.file, figure)
        _write(root / "content/posts" / post.file, [*_front_matter(post), body])
    if with_charts:
        write_data(root / "data", posts)
        _write(root / "data/datapackage.yaml", _describe(posts))
        for post in posts:
            _write(root / f"content/charts/{post.chart}.yml", _chart(post))


def write_pelican_site(root: Path, posts: Sequence[Post]) -> None:
    """The same posts for Pelican: its settings, its front matter, its links from post to post."""
    _write(root / "pelicanconf.py", [_PELICAN])
    for post in posts:
        body = post.body(lambda other: f"{{filename}}{other.file}")
        _write(root / "content" / post.file, [*_pelican_head(post), body])


def write_data(folder: Path, posts: Iterable[Post]) -> None:
    """A CSV for each post's chart: two kinds of amount, year by year."""
    for post in posts:
        _write(folder / f"{post.chart}.csv", ["kind,year,amount", *_rows(post)])


def _front_matter(post: Post) -> Iterator[str]:
    yield "---"
    yield f'title: "{post.title}"'
    yield f"date: {post.day}"
    yield f'description: "{post.description}"'
    yield f"tags: [{', '.join(post.tags)}]"
    yield "---\n"


def _pelican_head(post: Post) -> Iterator[str]:
    yield f"Title: {post.title}"
    yield f"Date: {post.day}"
    yield f"Slug: {post.slug}"
    yield f"Summary: {post.description}"
    yield f"Tags: {', '.join(post.tags)}\n"


def _rows(post: Post) -> Iterator[str]:
    words = Words(f"data {post.number}")
    for kind in KINDS:
        amount = 10.0
        for year in YEARS:
            amount += words.random.uniform(-1, 2)
            yield f"{kind},{year},{amount:.2f}"


def _describe(posts: Iterable[Post]) -> Iterator[str]:
    yield "name: many-posts"
    yield "resources:"
    for post in posts:
        yield f"  - name: {post.chart}"
        yield f"    path: {post.chart}.csv"
        yield "    type: table"
        yield f"    title: The amounts of post {post.number}"
        yield "    schema:"
        yield "      primaryKey: [kind, year]"
        yield "      fields:"
        yield "        - {name: kind, type: string, title: Kind}"
        yield "        - {name: year, type: year, title: Year}"
        yield "        - {name: amount, type: number, title: Amount, unit: USD bn}"


def _chart(post: Post) -> Iterator[str]:
    yield f'title: "{post.title}, year by year"'
    yield "subtitle: Amounts planned and spent, billion US dollars"
    yield "alt: Two lines that rise a little, one of amounts planned, one of amounts spent."
    yield "kind: line"
    yield f"from: {post.chart}"
    yield "x: year"
    yield "y: amount"
    yield "color: kind"


def _write(path: Path, lines: Iterable[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
