"""A folder of Jekyll posts is built as it is: addresses, pages, what lists show."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from osai_essay.build import Options, build_site
from osai_essay.template import jekyll_filters

HERE = Path(__file__).parent / "jekyll"
BLOG = HERE / "blog"
DOCS = Path(__file__).parent.parent / "docs" / "jekyll.md"

# file of a post -> its page, as Jekyll's documentation of permalinks has it
ADDRESSES = {
    "2014-03-02-first-light": "harbour/log/2014/03/02/first-light.html",
    "2014-05-11-reading-a-gauge": "harbour/how-to/2014/05/11/reading-a-gauge.html",
    "2014-08-20-two-words": "harbour-master/2014/08/20/two-words/index.html",
    "2015-01-04-a-storm": "2015/01/04/a-storm.html",
    "2015-06-30-leap-second": "time/2015/leap-second/index.html",
    "2016-02-29-photographs": "2016/02/29/pictures.html",
    "2017-04-09-old-address": "archive/old-address.html",
    "2018-07-14-notes": "log/notes.html",
    "2019-12-31-last-of-the-year": "log/2019/12/31/last-of-the-year.html",
    "2020-1-5-short-date": "2020/01/05/short-date.html",
}


@pytest.fixture(scope="module")
def blog(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("blog") / "build"
    result = build_site(BLOG, Options(today=date(2026, 11, 21), output=output))
    assert result.problems == ()
    return output


def content(page: Path) -> str:
    found = re.search(r'<div class="content">(.*?)\n  </div>', page.read_text("utf-8"), re.DOTALL)
    assert found, page
    return found[1].strip() + "\n"


def test_every_published_post_stands_where_jekyll_puts_it(blog: Path) -> None:
    posts = {path.stem for path in (BLOG / "content/posts").iterdir()}
    assert posts - set(ADDRESSES) == {"2016-10-01-left-out"}
    assert [page for page in ADDRESSES.values() if not (blog / page).is_file()] == []
    assert "left-out" not in (blog / "index.html").read_text("utf-8")


def test_posts_read_as_they_do_in_jekyll(blog: Path, golden) -> None:
    pages = {f"{post}.html": content(blog / page) for post, page in ADDRESSES.items()}
    golden(HERE / "expected", {**pages, "about.html": content(blog / "about/index.html")})


def test_old_addresses_lead_on(blog: Path) -> None:
    assert "archive/old-address.html" in (blog / "2017/old/index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Reading a gauge", "A gauge shows the water over the datum, in metres."),
        ("A storm, and what it moved", "The storm took the lower steps. It left the lamp."),
        ("Notes &amp; asides", "A claim needs a note. So does another."),
    ],
)
def test_lists_show_what_stands_before_the_separator(blog: Path, title: str, said: str) -> None:
    index = (blog / "index.html").read_text("utf-8")
    shown = index.partition(f">{title}</a>")[2].partition("</div>")[0]
    assert re.sub(r"<[^>]*>", "", shown).strip() == said


def test_every_filter_is_documented() -> None:
    text = DOCS.read_text("utf-8")
    known = (*jekyll_filters.JEKYLL_FILTERS, *jekyll_filters.SITE_FILTERS)
    assert [name for name in known if not re.search(rf"\b{name}\b", text)] == []


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
def test_pages_fit_their_window(blog: Path, open_page, serve_folder, width: int) -> None:
    address = serve_folder(blog.parent)
    for target in ADDRESSES.values():
        page = open_page(f"{address}/build/{target}", width=width)
        assert page.faults == [], target
        assert page.evaluate("document.documentElement.scrollWidth") == width, target


@pytest.mark.browser
def test_numbers_of_lines_are_seen_but_not_copied(blog: Path, open_page, serve_folder) -> None:
    address = serve_folder(blog)
    page = open_page(f"{address}/{ADDRESSES['2014-05-11-reading-a-gauge']}")
    code = page.locator("code.language-python")
    assert code.inner_text().startswith("def height(reading, datum):\n")
    mark = "getComputedStyle(document.querySelector('[data-line=\"2\"]'), '::before').content"
    assert page.evaluate(mark) in ('"2"', "attr(data-line)")
