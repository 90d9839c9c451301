"""The site of this repository in a real browser: one page of each template."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from waiting import wait_until

pytestmark = pytest.mark.browser

PAGES = {
    "index": "index.html",
    "post": "china-and-open-source/index.html",
    "page": "method/index.html",
    "tag": "tags/china/index.html",
    "tags": "tags/index.html",
    "dataset": "data/capex/index.html",
    "datasets": "data/index.html",
    "chart": "charts/capex/index.html",
    "charts": "charts/index.html",
    "embed": "charts/capex/embed/index.html",
    "404": "404.html",
}
PHONE, DESK = 360, 1280


@pytest.fixture
def address(real_site: Path, serve_folder: Callable[[Path], str]) -> str:
    return serve_folder(real_site)


def show_all(page: Any) -> None:
    page.evaluate("for (const image of document.images) image.loading = 'eager'")
    page.evaluate("Promise.all([...document.images].map(image => image.decode()))")


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_page_is_whole_on_a_phone_and_a_desk(
    path: str, address: str, open_page: Callable[..., Any]
) -> None:
    for width in (PHONE, DESK):
        page = open_page(f"{address}/{path}", width=width)
        show_all(page)
        assert page.faults == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert all(url.startswith(address) for url in page.asked)
        assert not [url for url in page.asked if "plotly" in url]


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(
    path: str, scheme: str, address: str, open_page: Callable[..., Any]
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = open_page(
        f"{address}/{path}", color_scheme=scheme, width=PHONE if scheme == "dark" else DESK
    )
    show_all(page)
    violations = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in violations] == []


def pictures_of(page: Any) -> list[str]:
    return [url for url in page.asked if url.endswith(".svg")]


def test_charts_are_there_without_script(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(f"{address}/{PAGES['post']}", java_script_enabled=False)
    figures = page.locator("figure.chart")
    assert figures.count() >= 7
    for index in range(figures.count()):
        picture = figures.nth(index).locator("picture img")
        picture.scroll_into_view_if_needed()
        box = picture.bounding_box()
        assert box["width"] > 600
        assert box["height"] > 200
        assert not figures.nth(index).locator("button").is_visible()
    wait_until(lambda: len(pictures_of(page)) >= figures.count(), page)
    page.wait_for_load_state("networkidle")
    assert page.faults == []


def test_missing_page_works_at_any_address(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(f"{address}/404.html")
    page.get_by_role("link", name="Charts").first.click()
    assert page.url == f"{address}/charts/"
