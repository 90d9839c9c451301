"""The reader's audit in a browser: an entry opens in place and closes again, without any script."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from conftest import write_site
from test_bind import CN, US, build, small
from waiting import wait_until

pytestmark = pytest.mark.browser

FILLING = "Words that fill the page. " * 60
BODY = (
    f"{FILLING}\n\nFirms planned {{{{ us }}}}, and {{% claim cn < us / 3 %}}less than a *third*"
    f"{{% endclaim %}} of it in China, {{{{ cn }}}}.\n\n{FILLING}\n\n{FILLING}\n\n{FILLING}"
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built once; its output folder."""
    root = write_site(tmp_path_factory.mktemp("audit") / "site", small(US + CN, BODY))
    assert build(root).problems == ()
    return root / "build"


@pytest.fixture
def address(built: Path, serve_folder: Callable[[Path], str]) -> str:
    return f"{serve_folder(built)}/a/index.html"


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


@pytest.mark.parametrize("opens", ["number", "claim"])
def test_entry_covers_no_part_of_the_link_that_opened_it(
    address: str, open_page: Callable[..., Any], opens: str
) -> None:
    page = open_page(address, width=360, reduced_motion="reduce")
    link = page.locator(f"a.{opens}").first
    link.evaluate("node => node.scrollIntoView({block: 'end'})")
    link.click()
    page.wait_for_function(
        """link => link.getBoundingClientRect().bottom
            <= document.querySelector("li:target").getBoundingClientRect().top""",
        arg=link.element_handle(),
    )
    assert link.bounding_box()["y"] > 0
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
    rows = page.locator(".audit .behind tbody tr")
    assert rows.count() >= 3
    assert all(each.is_visible() for each in rows.all())
    assert page.get_by_text("https://example.org/numbers/us/").is_visible()


def test_screen_has_no_address_of_a_number(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(f"{address}#number-us")
    assert not page.get_by_text("https://example.org/numbers/us/").is_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_close_is_in_view_in_every_entry(
    address: str, open_page: Callable[..., Any], width: int
) -> None:
    for part in ("number-us", "number-cn", "claim-1"):
        page = open_page(f"{address}#{part}", width=width)
        page.set_viewport_size({"width": width, "height": 500})
        entry, close = (
            page.locator(f"li:target{each}").bounding_box() for each in ("", " .audit-close")
        )
        assert close["y"] + close["height"] <= min(entry["y"] + entry["height"], 500)
    assert page.locator("li:target").evaluate("e => e.scrollTop") == 0


@pytest.mark.parametrize("key", ["Escape", "Enter"])
@pytest.mark.parametrize("opens", ["a.number >> nth=1", "a.claim"])
def test_keyboard_comes_back_to_the_link_that_opened(
    address: str, open_page: Callable[..., Any], opens: str, key: str
) -> None:
    page = open_page(address)
    link = page.locator(opens)
    link.focus()
    page.keyboard.press("Enter")
    page.locator("li:target .audit-close").focus()
    page.keyboard.press(key)
    wait_until(lambda: page.evaluate("document.activeElement.matches('.content a')"), page)
    assert page.locator("li:target").count() == 0
    assert link.evaluate("node => node === document.activeElement")
    assert page.faults == []


def test_entry_opened_by_its_address_closes_to_its_sentence(
    address: str, open_page: Callable[..., Any]
) -> None:
    page = open_page(f"{address}#number-cn")
    page.keyboard.press("Escape")
    focused = "document.activeElement.matches('.content a[href=\"#number-cn\"]')"
    wait_until(lambda: page.evaluate(focused), page)


def test_query_on_the_page_of_a_number_is_seen_in_full(
    address: str, open_page: Callable[..., Any]
) -> None:
    page = open_page(address.replace("/a/", "/numbers/us/"), width=360)
    assert page.locator(".detail pre").evaluate("e => e.scrollWidth <= e.clientWidth")


@pytest.mark.parametrize("width", [360, 800, 1280, 1600])
@pytest.mark.parametrize("has_contents", [False, True])
def test_row_of_other_essays_begins_where_the_text_does(
    site: Callable[[Mapping[str, str | bytes]], Path],
    serve_folder: Callable[[Path], str],
    open_page: Callable[..., Any],
    width: int,
    has_contents: bool,
) -> None:
    other = {"content/posts/2026-11-02-b.md": "---\ntitle: B\n---\n\nWords.\n"}
    body = "\n\n## ".join([FILLING, "One", "Two", "Three", "Four"])
    root = site(small("", body, front=f"toc: {str(has_contents).lower()}\n") | other)
    assert build(root).problems == ()
    page = open_page(f"{serve_folder(root / 'build')}/a/index.html", width=width)
    left = "selector => document.querySelector(selector).getBoundingClientRect().left"
    assert (page.locator(".has-toc").count() == 1) is has_contents
    text = page.evaluate(left, ".content > p")
    assert page.evaluate(left, ".neighbours") == pytest.approx(text, abs=1)
