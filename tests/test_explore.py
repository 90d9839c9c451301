"""A reader explores charts: Plotly in the place of the picture, and back, whatever goes wrong."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from conftest import cannot_run
from osai_essay.build import Options, build_site
from osai_essay.charts.bundle import BUNDLES, bundle_path
from osai_essay.problem import has_errors
from waiting import wait_until

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parent.parent
ESSAY = "china-and-open-source/index.html"
CHART = "charts/capex/index.html"
PHONE, DESK = 360, 1280

Open = Callable[..., Any]

COUNT_SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map((each) => each.value)))
  .observe({ type: "layout-shift" });
"""
SIZES = "[...document.querySelectorAll('.chart-stage')].map((e) => [e.offsetTop, e.offsetHeight])"
# How far the chart's edges are from the picture's, in px: the largest of four.
MISFIT = """
(() => {
  const [chart, picture] = [".chart-plot .main-svg", ".chart-stage img"]
    .map((each) => document.querySelector(each).getBoundingClientRect());
  const sides = ["left", "top", "right", "bottom"];
  return Math.max(...sides.map((side) => Math.abs(chart[side] - picture[side])));
})()
"""
# Words beside the axis that begin left of the picture: Plotly measures them outside of the chart.
CUT_OFF = """
(() => {
  const edge = document.querySelector(".chart-stage").getBoundingClientRect().left - 1;
  const words = [...document.querySelectorAll(".chart-plot .ytick text")];
  return words.filter((each) => each.getBoundingClientRect().left < edge).map((each) => each.textContent);
})()
"""
FILL = "getComputedStyle(document.querySelector('.js-plotly-plot .bars path')).fill"
HAS_FOCUS = "document.activeElement === document.querySelector('{}')"


@pytest.fixture
def address(real_site: Path, serve_folder: Callable[[Path], str]) -> str:
    return serve_folder(real_site)


def explore(page: Any, index: int = 0) -> None:
    """Press a button that says Explore, and wait for its chart."""
    before = page.locator(".is-explored").count()
    page.get_by_role("button", name="Explore").nth(index).click()
    page.locator(".is-explored").nth(before).wait_for()


def go_back(page: Any) -> None:
    page.get_by_role("button", name="Back to picture").first.click()


def wait_for(page: Any, truth: str) -> None:
    """Wait for what a script in the page says; not by playwright's own way, for that needs eval."""
    wait_until(lambda: page.evaluate(truth), page)


# --- as the picture ----------------------------------------------------------------------------


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("path", [ESSAY, CHART])
def test_chart_lies_where_the_picture_was_and_moves_nothing(
    path: str, width: int, address: str, open_page: Open
) -> None:
    page = open_page(f"{address}/{path}", width=width)
    page.locator(".chart-stage").first.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    pictured = page.evaluate(SIZES)
    page.evaluate(COUNT_SHIFTS)
    explore(page)
    assert page.evaluate(SIZES) == pictured
    assert page.evaluate(MISFIT) < 1
    assert page.evaluate(CUT_OFF) == []
    go_back(page)
    page.wait_for_timeout(100)
    assert page.evaluate("window.shifts") == []
    assert page.locator(".chart-plot").count() == 0
    assert page.locator(".chart-stage img").first.is_visible()
    assert page.faults == []


def test_chart_is_drawn_again_where_the_window_becomes_narrow(
    address: str, open_page: Open
) -> None:
    page = open_page(f"{address}/{CHART}", width=DESK)
    explore(page)
    wide = page.evaluate("document.querySelector('.chart-plot').clientWidth")
    page.set_viewport_size({"width": PHONE, "height": 800})
    wait_for(page, "document.querySelector('.chart-plot').clientWidth === 360")
    assert wide == 720
    wait_for(page, f"{MISFIT} < 1")


def test_colours_are_the_pictures_and_follow_the_dark_while_open(
    real_site: Path, address: str, open_page: Open
) -> None:
    page = open_page(f"{address}/{CHART}", color_scheme="light")
    explore(page)
    assert page.evaluate(FILL) == "rgb(45, 100, 184)"
    page.emulate_media(color_scheme="dark")
    wait_for(page, f"{FILL} === 'rgb(127, 176, 245)'")
    picture = (real_site / "charts/capex/capex.wide.svg").read_text(encoding="utf-8")
    assert '[fill="#2d64b8"]{fill:#7fb0f5}' in picture


def test_picture_is_what_is_printed(address: str, open_page: Open) -> None:
    page = open_page(f"{address}/{CHART}")
    explore(page)
    page.emulate_media(media="print")
    assert not page.locator(".chart-plot").is_visible()
    assert page.locator(".chart-stage img").is_visible()


# --- by keyboard, and for who cannot see it ----------------------------------------------------


def test_focus_goes_into_the_chart_and_back_to_the_button(address: str, open_page: Open) -> None:
    page = open_page(f"{address}/{CHART}")
    button = page.get_by_role("button", name="Explore")
    button.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".is-explored")
    assert page.evaluate(HAS_FOCUS.format(".chart-plot"))
    alt = page.locator(".chart-stage img").get_attribute("alt")
    assert page.get_by_role("group", name=alt).count() == 1
    page.keyboard.press("Tab")
    assert (
        page.locator(".modebar-group").first.evaluate("(e) => getComputedStyle(e).opacity") == "1"
    )
    page.keyboard.press("Escape")
    assert page.evaluate(HAS_FOCUS.format("button[data-explore]"))
    assert page.locator(".chart-plot").count() == 0
    page.keyboard.press("Escape")  # nothing to go back from
    assert page.locator(".chart-plot").count() == 0
    assert page.faults == []


def test_reader_who_went_on_while_it_loaded_is_left_alone(address: str, open_page: Open) -> None:
    page = open_page(f"{address}/{CHART}")
    held: list[Any] = []
    page.route("**/plotly.*.js", lambda route: held.append(route))
    button = page.locator("button[data-explore]")
    button.click()
    wait_for(page, "document.querySelector('button[data-explore] span').innerText === 'Loading…'")
    button.click()  # counts for nothing
    page.locator("footer a").first.focus()
    wait_until(lambda: held, page)
    held[0].continue_()
    page.wait_for_selector(".is-explored")
    assert page.evaluate(HAS_FOCUS.format("footer a"))
    assert page.locator(".chart-plot").count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_an_explored_chart(scheme: str, address: str, open_page: Open) -> None:
    from axe_playwright_python.sync_playwright import Axe

    width = PHONE if scheme == "dark" else DESK
    page = open_page(
        f"{address}/{CHART}", color_scheme=scheme, width=width, reduced_motion="reduce"
    )
    explore(page)
    violations = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in violations] == []


# --- loading -----------------------------------------------------------------------------------


def test_plotly_is_fetched_once_for_all_charts(address: str, open_page: Open) -> None:
    page = open_page(f"{address}/{ESSAY}")
    buttons = page.locator("button[data-explore]")
    for index in range(3):
        buttons.nth(index).click()  # at once, none waits for the other
    page.locator(".is-explored").nth(2).wait_for()
    assert len([url for url in page.asked if "/assets/plotly." in url]) == 1
    assert page.locator(".is-explored").count() == 3
    assert page.faults == []


def test_of_a_double_click_one_counts(address: str, open_page: Open) -> None:
    page = open_page(f"{address}/{CHART}")
    button = page.locator("button[data-explore]")
    button.dblclick()
    page.wait_for_selector(".is-explored")
    page.wait_for_timeout(600)  # else the next is a third click
    button.dblclick()
    page.wait_for_timeout(200)
    assert page.locator(".is-explored").count() == 0


def test_charts_are_explored_from_a_folder_on_disk(real_site: Path, open_page: Open) -> None:
    page = open_page((real_site / "index.html").as_uri())
    page.get_by_role("link", name="China and open source").first.click()
    explore(page)
    assert page.locator(".js-plotly-plot .bars .point").count() > 0
    assert page.faults == []


@pytest.mark.parametrize("lost", ["assets/plotly.*.js", "charts/capex/capex.js"])
def test_what_cannot_be_loaded_is_told_and_asked_for_again(
    lost: str, real_site: Path, tmp_path: Path, open_page: Open
) -> None:
    folder = tmp_path / "site"
    shutil.copytree(real_site, folder)
    (path,) = folder.glob(lost)
    content = path.read_bytes()
    path.unlink()
    page = open_page((folder / CHART).as_uri())
    page.locator("button[data-explore]").click()
    page.get_by_text("Not loaded. The picture and the table hold the same data.").wait_for()
    assert page.locator("[role=status]").is_visible()
    assert page.locator(".chart-stage img").is_visible()
    assert page.locator(".chart-plot").count() == 0
    path.write_bytes(content)
    explore(page)
    assert page.locator("[role=status]").inner_text() == ""


# --- data that would be code -------------------------------------------------------------------

NAMES = (
    "</script><script>window.hit = 1</script>",
    "one\u2028two\u2029three",
    "'; window.hit = 1 //",
    "<!-- <b onclick=x>",
)
KINDS = ("__proto__", "constructor")
SITE = {
    "content/site.yml": "title: Small\n",
    "content/charts/names.yml": "title: Four names were counted in 2025\nalt: Bars.\nkind: bar\n"
    "from: names\nx: amount\ny: name\ncolor: kind\n",
    "data/names.json": json.dumps(
        [
            {"name": name, "kind": KINDS[index % 2], "amount": index + 1}
            for index, name in enumerate(NAMES)
        ]
    ),
    "data/datapackage.yaml": "name: names\nresources:\n- name: names\n  path: names.json\n"
    "  title: Names\n  schema:\n    fields:\n    - {name: name, type: string}\n"
    "    - {name: kind, type: string}\n    - {name: amount, type: number}\n",
}


def build(root: Path, folder: Path) -> Path:
    result = build_site(root, Options(today=date(2026, 11, 21), output=folder))
    assert not has_errors(result.problems)
    return folder


def test_names_that_would_be_code_stay_names(site: Any, tmp_path: Path, open_page: Open) -> None:
    folder = build(site(SITE), tmp_path / "out")
    page = open_page((folder / "charts/names/index.html").as_uri())
    explore(page)
    assert page.locator(".js-plotly-plot .bars .point").count() == len(NAMES)
    said = page.evaluate("[...document.querySelectorAll('.ytick text')].map((e) => e.textContent)")
    assert "'; window.hit = 1 //" in said
    assert any("</script>" in words for words in said)
    legend = "[...document.querySelectorAll('.legendtext')].map((e) => e.textContent)"
    assert page.evaluate(legend) == list(KINDS)
    assert page.evaluate("[window.hit, ({}).amount]") == [None, None]
    assert page.faults == []


def test_many_points_are_explored(site: Any, tmp_path: Path, open_page: Open) -> None:
    rows = "\n".join(f"{index},{index * index % 997}" for index in range(5000))
    many = {
        **SITE,
        "content/charts/names.yml": "title: Many points were measured in 2025\nalt: Points.\n"
        "kind: scatter\nfrom: names\nx: a\ny: b\n",
        "data/names.csv": f"a,b\n{rows}\n",
        "data/datapackage.yaml": "name: names\nresources:\n- name: names\n  path: names.csv\n"
        "  title: Names\n  schema:\n    fields:\n    - {name: a, type: integer}\n"
        "    - {name: b, type: integer}\n",
    }
    del many["data/names.json"]
    folder = build(site(many), tmp_path / "out")
    page = open_page((folder / "charts/names/index.html").as_uri())
    explore(page)
    assert page.locator(".js-plotly-plot .point").count() == 5000
    assert page.faults == []


# --- each build of Plotly ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",  # npm's are there for make soak, which installs them
    [
        name if BUNDLES[name].module else pytest.param(name, marks=pytest.mark.slow)
        for name in BUNDLES
    ],
)
def test_each_build_keeps_the_policy(
    name: str, site: Any, tmp_path: Path, open_page: Open, serve_folder: Callable[[Path], str]
) -> None:
    path = bundle_path(name, ROOT)
    if path is None:
        cannot_run(f"{name} is not installed; run npm ci")
    files = {**SITE, "content/site.yml": f"title: Small\nexplore: {{bundle: {name}}}\n"}
    if BUNDLES[name].module is None:
        files[BUNDLES[name].file] = path.read_bytes()
    folder = build(site(files), tmp_path / "out")
    (sent,) = folder.glob("assets/plotly.*.js")
    assert sent.read_bytes() == path.read_bytes()
    page = open_page(f"{serve_folder(folder)}/charts/names/")
    explore(page)
    page.locator(".js-plotly-plot .bars .point path").first.hover(
        force=True
    )  # Plotly's own layer is above it
    page.locator(".hovertext").first.wait_for()
    assert page.locator(".js-plotly-plot .bars .point").count() == len(NAMES)
    assert page.faults == []
