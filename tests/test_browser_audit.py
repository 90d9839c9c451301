"""The reader's audit in a browser: an entry opens in place and closes again, without any script."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from test_bind import CN, US, build, small

pytestmark = pytest.mark.browser

FILLING = "Words that fill the page. " * 60
BODY = (
    f"{FILLING}\n\nFirms planned {{{{ us }}}}, and {{% claim cn < us / 3 %}}less than a *third*"
    f"{{% endclaim %}} of it in China, {{{{ cn }}}}.\n\n{FILLING}\n\n{FILLING}\n\n{FILLING}"
)


@pytest.fixture
def address(
    site: Callable[[Mapping[str, str | bytes]], Path], serve_folder: Callable[[Path], str]
) -> str:
    root = site(small(US + CN, BODY))
    assert build(root).problems == ()
    return f"{serve_folder(root / 'build')}/a/index.html"


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("opens", ["number", "claim"])
def test_entry_opens_beside_its_sentence_and_closes(
    address: str, open_page: Callable[..., Any], width: int, opens: str
) -> None:
    page = open_page(address, width=width, reduced_motion="reduce")
    link = page.locator(f"a.{opens}").first
    link.evaluate("node => node.scrollIntoView({block: 'start'})")
    before = page.evaluate("scrollY")
    link.click()
    entry = page.locator("li:target")
    assert entry.locator(".audit-detail").is_visible()
    assert entry.bounding_box()["y"] < 800
    assert page.evaluate("scrollY") == pytest.approx(before, abs=2)
    entry.locator(".audit-close").click()
    assert page.locator("li:target").count() == 0
    assert page.evaluate("scrollY") == pytest.approx(before, abs=2)
    assert page.faults == []


def test_entry_opens_by_keyboard_and_without_script(
    address: str, open_page: Callable[..., Any]
) -> None:
    page = open_page(address, java_script_enabled=False)
    page.locator("a.number").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("li:target .audit-detail").is_visible()
    page.keyboard.press("Tab")  # into the entry, which is where the reader now is
    assert page.locator("li:target :focus").count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_in_an_open_entry(
    address: str, open_page: Callable[..., Any], width: int, scheme: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    for part in ("number-us", "claim-1"):
        page = open_page(f"{address}#{part}", width=width, color_scheme=scheme)
        assert page.locator("li:target .audit-detail").is_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(page).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []


def test_print_has_every_entry_and_no_link_lines(
    address: str, open_page: Callable[..., Any]
) -> None:
    page = open_page(address)
    page.emulate_media(media="print")
    shown = page.locator(".audit-detail")
    assert [shown.nth(index).is_visible() for index in range(shown.count())] == [True] * 3
    assert not page.locator(".audit-close").first.is_visible()
    assert page.locator(".audit dt", has_text="Rows").count() > 0
    assert page.locator(".audit dt:visible", has_text="Rows").count() == 0
