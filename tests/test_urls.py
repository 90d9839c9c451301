"""Addresses: made, checked, written as links."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osai_essay.dates import read_date
from osai_essay.model import Config, Essay, Text
from osai_essay.problem import Where
from osai_essay.urls import (
    PermalinkError,
    absolute_link,
    canonical,
    check_url,
    essay_url,
    relative_link,
    slugify,
    split_fragment,
    target_of,
)

HERE = Where(file="x")


def essay(permalink: str | None = None, **more) -> Essay:
    words = Text(source="", where=HERE)
    kind = more.pop("kind", "post")
    values = {"slug": "my-post", "source": "content/posts/x.md", "date": read_date("2026-01-02")}
    return Essay(
        kind=kind,
        title=words,
        body=words,
        permalink=permalink,
        permalink_where=HERE,
        layout_where=HERE,
        tags_where=HERE,
        **{**values, **more},
    )


def url(permalink: str | None = None, pattern: str = "/:title/", **more) -> str:
    return essay_url(essay(permalink, **more), Config(title="x", permalink=pattern))


@pytest.mark.parametrize(
    ("permalink", "expected"),
    [
        (None, "/my-post/"),
        ("/power/", "/power/"),
        ("power", "/power"),
        ("/a//b/", "/a/b/"),
        ("//evil.com/", "/evil.com/"),
        ("/", "/"),
        ("/x.html", "/x.html"),
        ("/中文/é/", "/中文/é/"),
        ("/:year/:month/:day/:title/", "/2026/01/02/my-post/"),
        ("/:i_month/:i_day/:y_day.html", "/1/2/002.html"),
        ("/:categories/:title/", "/data/open-source/my-post/"),
        ("pretty", "/data/open-source/2026/01/02/my-post/"),
        ("date", "/data/open-source/2026/01/02/my-post.html"),
        ("none", "/data/open-source/my-post.html"),
        ("ordinal", "/data/open-source/2026/002/my-post.html"),
        ("weekdate", "/data/open-source/2026/W01/Fri/my-post.html"),
        ("/:slugified_categories/:short_year/:short_month/", "/data/open-source/26/Jan/"),
        ("/:long_month/:long_day/:w_year/:w_day/", "/January/Friday/2026/5/"),
        ("/:hour-:minute-:second/:slug:output_ext", "/00-00-00/my-post.html"),
    ],
)
def test_permalinks_are_filled_as_jekyll_does(permalink, expected):
    assert url(permalink, categories=("Data", "Open Source")) == expected


def test_category_keeps_what_an_address_may_hold():
    assert url("/:categories/", categories=("C++", "Node.js", "C#/F#")) == "/c++/node.js/c-f/"
    assert url("/:slugified_categories/", categories=("C++", "Node.js")) == "/c/node-js/"


def test_pattern_of_the_site_is_for_posts_alone():
    assert url(pattern="/:year/:title/") == "/2026/my-post/"
    page = {"kind": "page", "source": "content/pages/more/my-post.md"}
    assert url(pattern="/:year/:title/", **page) == "/more/my-post/"


def test_index_page_stands_for_its_folder():
    assert url(kind="page", slug="index", source="content/pages/more/index.md") == "/more/"
    assert url(kind="page", slug="index", source="content/pages/index.md") == "/"


def test_early_years_have_four_digits():
    assert url("/:year/", date=read_date("0007-01-01")) == "/0007/"


def test_white_space_in_a_file_name_becomes_dashes():
    assert url(slug="my  post") == "/my-post/"


@pytest.mark.parametrize(
    ("permalink", "said"),
    [
        ("/../x/", "leads out"),
        ("/a/..", "leads out"),
        ("..", "leads out"),
        ("/./x/", "dot alone"),
        ("/x/.", "dot alone"),
        ("/%2e%2e/x/", "'%'"),
        ("/a\\..\\b/", "'\\\\'"),
        ("/a b/", "' '"),
        ("/a\tb/", "'\\t'"),
        ("/a\0b/", "'\\x00'"),
        ("/a?b/", "'?'"),
        ("/a#b/", "'#'"),
        ("https://x.org/", "':'"),
        ("/<x>/", "'<'"),
        ('/"x"/', "'\"'"),
        ("/:nope/", ":nope, which is none of :title"),
        ("/" + "é" * 101 + "/", "too long"),
    ],
)
def test_what_cannot_be_an_address(permalink, said):
    with pytest.raises(PermalinkError, match=re.escape(said)):
        url(permalink)


def test_pattern_with_a_date_needs_a_date():
    with pytest.raises(PermalinkError, match=":year"):
        url("/:year/", date=None)


def test_file_name_of_two_dots_leads_nowhere():
    with pytest.raises(PermalinkError, match="leads out"):
        url(slug="..")


@given(st.text(), st.text())
def test_no_permalink_leaves_the_output_folder(permalink, slug):
    try:
        made = url(permalink, slug=slug)
    except PermalinkError:
        return
    parts = target_of(made).split("/")
    assert made.startswith("/")
    assert not {"..", ".", ""} & set(parts)


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("/", "index.html"),
        ("/power/", "power/index.html"),
        ("/power", "power.html"),
        ("/power.html", "power.html"),
        ("/feed.xml", "feed.xml"),
        ("/v1.2/x", "v1.2/x.html"),
    ],
)
def test_address_stands_for_a_file(address, target):
    assert target_of(address) == target


@pytest.mark.parametrize(
    ("start", "aim", "link"),
    [
        ("/", "/", "index.html"),
        ("/", "/a/", "a/index.html"),
        ("/a/", "/", "../index.html"),
        ("/a/", "/b/", "../b/index.html"),
        ("/a/b/", "/a/c.html", "../c.html"),
        ("/a.html", "/b.html", "b.html"),
        ("/a", "/a", "a.html"),
        ("/a/", "/é ü/", "../%C3%A9%20%C3%BC/index.html"),
    ],
)
def test_links_are_relative_and_name_their_file(start, aim, link):
    assert relative_link(start, aim) == link


def test_part_of_a_link_is_encoded():
    assert relative_link("/", "/a/", "é b") == "a/index.html#%C3%A9%20b"


def test_full_addresses_are_short():
    config = Config(title="x", url="https://x.org", baseurl="/e")
    assert canonical(config, "/a/index.html") == "https://x.org/e/a/"
    assert canonical(config, "/é/") == "https://x.org/e/%C3%A9/"
    assert canonical(Config(title="x"), "/a/") == "/a/"
    assert absolute_link(config, "/a b/") == "/e/a%20b/"


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Open Source", "open-source"),
        ("C++ & C#", "c-c"),
        ("中文 标签", "中文-标签"),
        ("Éa", "éa"),
        ("../..", "untitled"),
        ("", "untitled"),
        ("_x_", "x"),
    ],
)
def test_slugs_hold_letters_and_digits_of_any_script(text, slug):
    assert slugify(text) == slug


@given(st.text())
def test_any_slug_can_be_an_address(text):
    assert check_url(f"/{slugify(text)[:50]}/")


def test_part_of_a_link_is_split_off_and_decoded():
    assert split_fragment("a%20b.md#%C3%A9") == ("a b.md", "é")
    assert split_fragment("#") == ("", "")
