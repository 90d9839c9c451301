"""Pages as a reader sees them: notes beside the text, progress, print, charts in frames."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from waiting import wait_until

pytestmark = pytest.mark.browser

ESSAY = "china-and-open-source/index.html"
WIDE, NARROW = 1280, 1100
A4 = {"width": 794, "height": 1123}

OPEN = """
(async () => {
  document.documentElement.style.scrollBehavior = "auto";
  for (const image of document.images) image.loading = "eager";
  await Promise.all([...document.images].map((image) => image.decode()));
})()
"""
# The boxes of all notes beside the text, and of all that they must not touch.
OVERLAPS = """
(() => {
  const box = (element) => element.getBoundingClientRect();
  const notes = [...document.querySelectorAll(".sidenote")].map(box);
  const others = [...document.querySelectorAll(".chart, .content > .table-scroll, .toc")].map(box);
  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  return notes.flatMap((note, index) =>
    [...others, ...notes.slice(index + 1)].filter((other) => meet(note, other))).length;
})()
"""
WIDTHS = "[...document.querySelectorAll('.chart')].map((chart) => chart.offsetWidth)"
CHART_BESIDE_NOTE = """
document.querySelector(".sidenote").closest(".content > *").after(document.querySelector(".chart"))
"""
# The smallest words of each picture on paper, in points; a picture is drawn 720 wide, its smallest words 12.
SMALLEST = """
[...document.querySelectorAll(".chart-stage img")].map(
  (image) => (image.getBoundingClientRect().width / image.getAttribute("width")) * 12 * 0.75)
"""
# How large a picture is shown beside how large it was drawn.
DRAWN = """
(() => {
  const [source, image] = document.querySelectorAll(".chart-stage source, .chart-stage img");
  const drawn = matchMedia(source.media).matches ? source : image;
  return Math.min(image.clientWidth / drawn.getAttribute("width"),
    image.clientHeight / drawn.getAttribute("height"));
})()
"""


@pytest.fixture
def show(new_context: Callable[..., Any], real_site: Path) -> Callable[..., Any]:
    """Open a page of the real site from disk, its pictures there."""

    def open_one(path: str, *, width: int = WIDE, **options: Any) -> Any:
        page = new_context(viewport={"width": width, "height": 900}, **options).new_page()
        page.goto((real_site / path).as_uri())
        page.evaluate(OPEN)
        return page

    return open_one


def see(page: Any, selector: str) -> list[bool]:
    return [each.is_visible() for each in page.locator(selector).all()]


# --- footnotes ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("width", "beside"), [(WIDE, True), (NARROW, False), (360, False)])
def test_reader_finds_each_note_once(width: int, beside: bool, show: Callable[..., Any]) -> None:
    page = show(ESSAY, width=width)
    count = page.locator(".footnotes li").count()
    assert count >= 2
    assert see(page, ".sidenote") == [beside] * count
    assert see(page, ".footnotes li") == [not beside] * count
    assert see(page, ".footnotes") == [not beside]
    assert page.locator(".footnote-ref:visible").count() == count
    assert page.locator(".footnote-backref:visible").count() == count


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_mark_leads_to_its_note_and_back(width: int, show: Callable[..., Any]) -> None:
    page = show(ESSAY, width=width)
    mark = page.locator(".footnote-ref:visible").nth(1)
    mark.focus()
    page.keyboard.press("Enter")
    note = page.locator(":target")
    assert "Office of Science" in note.inner_text()
    note.locator(".footnote-backref").focus()
    page.keyboard.press("Enter")
    assert page.locator(":target").get_attribute("id") == "fnref:2"


@pytest.mark.parametrize("width", [1200, WIDE, 1600])
def test_notes_touch_nothing_and_charts_make_room(width: int, show: Callable[..., Any]) -> None:
    page = show(ESSAY, width=width)
    assert page.evaluate(OVERLAPS) == 0
    assert min(page.evaluate(WIDTHS)) > 900  # as written, no chart is beside a note
    page.evaluate(CHART_BESIDE_NOTE)
    assert page.evaluate(OVERLAPS) == 0
    widths = page.evaluate(WIDTHS)
    assert min(widths) < 700 < 900 < max(widths)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_table_stands_next_to_a_note(show: Callable[..., Any]) -> None:
    page = show(ESSAY)
    table, note = (
        page.locator(each).first.bounding_box()
        for each in (".content > .table-scroll", ".sidenote")
    )
    assert note["y"] < table["y"] < note["y"] + note["height"]


def test_bar_says_how_far_one_has_read(show: Callable[..., Any]) -> None:
    page = show(ESSAY)
    bar = "getComputedStyle(document.querySelector('.content'), '::before')"
    read = f"new DOMMatrix({bar}.transform).a"
    wait_until(lambda: page.evaluate(read) < 0.01, page)  # from the first frame on
    page.evaluate("document.querySelector('.content').scrollIntoView({ block: 'end' })")
    wait_until(lambda: page.evaluate(read) > 0.99, page)
    assert page.evaluate(f"{bar}.position") == "fixed"
    assert printed(page).evaluate(f"{bar}.content") == "none"


# --- print -------------------------------------------------------------------------------------


def printed(page: Any) -> Any:
    page.set_viewport_size(A4)
    page.emulate_media(media="print")
    return page


def test_essay_prints_its_words_and_pictures_alone(show: Callable[..., Any]) -> None:
    page = printed(show(ESSAY, color_scheme="dark"))
    for selector in (".toc", ".chart-tools", ".site-header nav", ".sidenote", ".footnote-backref"):
        assert not any(see(page, selector)), selector
    assert all(see(page, ".chart img")) and all(see(page, ".footnotes li"))
    heights = page.evaluate(
        "[...document.querySelectorAll('.chart')].map((e) => e.getBoundingClientRect().height)"
    )
    assert max(heights) < 480  # two share a page
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    spelled = "getComputedStyle(document.querySelector('{}'), '::after').content"
    assert "http" in page.evaluate(spelled.format('.content p a[href^="http"]'))
    assert page.evaluate(spelled.format('.content a[href^="#"]')) == "none"


@pytest.mark.parametrize("essay", [ESSAY, "months-not-years/index.html"])
def test_words_in_printed_pictures_are_of_one_legible_size(
    essay: str, show: Callable[..., Any]
) -> None:
    sizes = printed(show(essay)).evaluate(SMALLEST)
    assert min(sizes) >= 6.5
    assert max(sizes) == pytest.approx(min(sizes), abs=0.01)


def test_dark_reader_prints_light_pictures(show: Callable[..., Any]) -> None:
    page = printed(show("charts/capex/index.html", color_scheme="dark"))
    shot = page.locator(".chart-stage img").screenshot()
    greys = Image.open(BytesIO(shot)).convert("L").histogram()
    assert greys[255] > sum(greys) / 2
    assert sum(greys[:100]) > 100  # words in dark ink


@pytest.mark.parametrize("tables", ["open", "drop"])
def test_tables_are_printed_as_the_site_says(tables: str, show: Callable[..., Any]) -> None:
    page = show(ESSAY)
    assert not page.evaluate("document.body.classList.contains('prints-tables')")
    if tables == "open":
        page.evaluate("document.body.classList.add('prints-tables')")
    printed(page)
    assert set(see(page, ".chart-tools table")) == {tables == "open"}
    assert set(see(page, ".chart-tools summary")) == {False}


# --- frames ------------------------------------------------------------------------------------


def snippets(site: Path) -> dict[str, str]:
    found = {}
    for path in sorted(site.glob("charts/*/index.html")):
        text = path.read_text(encoding="utf-8")
        code = re.search(r'<pre class="snippet"[^>]*><code>(.*?)</code>', text, re.DOTALL)
        found[path.parent.name] = html.unescape(code[1]) if code else ""
    return found


def embedded(page: Any) -> list[Any]:
    return [frame for frame in page.frames if "/embed/" in frame.url]


@pytest.mark.parametrize("width", [360, 600, 720])
def test_frame_on_another_site_neither_clips_nor_scrolls(
    width: int,
    new_context: Callable[..., Any],
    real_site: Path,
    tmp_path: Path,
    serve_folder: Callable[[Path], str],
) -> None:
    here = serve_folder(real_site)
    codes = snippets(real_site).values()
    frames = "".join(codes).replace("https://osai-essay.example", here)
    (tmp_path / "index.html").write_text(
        f'<!doctype html><body style="width: {width}px">{frames}', encoding="utf-8"
    )
    page = new_context(viewport={"width": 1000, "height": 900}).new_page()
    page.goto(f"{serve_folder(tmp_path)}/index.html")
    page.evaluate(
        "for (const frame of document.querySelectorAll('iframe')) frame.loading = 'eager'"
    )
    wait_until(lambda: len(embedded(page)) == len(codes), page)
    inner = embedded(page)
    assert len(inner) >= 11
    for frame in inner:
        frame.wait_for_load_state()
        assert frame.evaluate(
            """[document.scrollingElement.scrollHeight <= innerHeight,
                document.querySelector(".chart-links").getBoundingClientRect().bottom <= innerHeight,
                document.querySelector(".chart-stage img").getBoundingClientRect().height >= 200]"""
        ) == [True, True, True], frame.url
    inner[0].get_by_role("link", name="Chart and data").click()
    page.wait_for_url(f"{here}/charts/**")


def test_picture_gives_way_in_a_low_frame(show: Callable[..., Any]) -> None:
    page = show("charts/venture/embed/index.html", width=1280)
    page.set_viewport_size({"width": 1280, "height": 720})
    picture, source = (
        page.locator(each).bounding_box() for each in (".chart-stage img", ".chart-source")
    )
    assert picture["y"] + picture["height"] <= source["y"]
    assert page.evaluate("document.scrollingElement.scrollHeight") == 720
    assert page.locator(".chart-note").is_visible()
    page.set_viewport_size({"width": 500, "height": 470})
    assert not page.locator(".chart-note").is_visible()


@pytest.mark.parametrize("chart", ["venture", "record-lags"])
@pytest.mark.parametrize(("width", "height"), [(360, 500), (500, 600), (720, 400)])
def test_frame_too_low_for_a_legible_picture_scrolls(
    chart: str, width: int, height: int, show: Callable[..., Any]
) -> None:
    page = show(f"charts/{chart}/embed/index.html", width=width)
    page.set_viewport_size({"width": width, "height": height})
    assert page.evaluate("document.scrollingElement.scrollHeight") > height
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    assert page.evaluate(DRAWN) >= 0.9
    picture, source = (
        page.locator(each).bounding_box() for each in (".chart-stage img", ".chart-source")
    )
    assert picture["y"] + picture["height"] <= source["y"]


# --- numbers -----------------------------------------------------------------------------------


def show_number(show: Callable[..., Any], width: int) -> Any:
    page = show(ESSAY, width=width)
    page.goto(f"{page.url}#number-us_plans")
    return page


@pytest.mark.parametrize("width", [360, WIDE, 1600])
def test_rows_behind_a_number_are_low_and_show_its_value(
    width: int, show: Callable[..., Any]
) -> None:
    page = show_number(show, width)
    rows = page.evaluate(
        "[...document.querySelectorAll('li:target tr')].map((e) => e.offsetHeight)"
    )
    assert rows and max(rows[1:]) < 40
    scroller, value = (
        page.locator(f"li:target {each}").first.bounding_box()
        for each in (".table-scroll", "td.number")
    )
    assert value["x"] + value["width"] <= scroller["x"] + scroller["width"] + 1


@pytest.mark.parametrize("width", [WIDE, 1600])
def test_open_number_leaves_text_and_notes_in_view(width: int, show: Callable[..., Any]) -> None:
    page = show_number(show, width)
    entry, text = (page.locator(each).bounding_box() for each in ("li:target", ".content"))
    assert entry["x"] + entry["width"] <= text["x"]
