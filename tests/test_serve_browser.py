"""The preview in a browser: edit and see, break and read, mend and go on."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from osai_essay.scaffold import new_site
from previewing import Served
from waiting import wait_until

pytestmark = pytest.mark.browser

POST = "content/posts/2026-11-21-two-years-of-building.md"
CSV = "data/capex.csv"
MOVED = "1 row; 1 number moved"
ENDED = "Preview ended"
PANEL = "() => document.querySelector(':popover-open')?.shadowRoot.querySelector('section:not([hidden])')?.textContent"
TELL = "window.kept = true; window.paragraph = document.querySelector('.content p')"


@pytest.fixture
def start() -> Iterator[Callable[..., Served]]:
    """Start a preview of a site; each is ended with the test."""
    started: list[Served] = []

    def start_one(root: Path, port: int = 0) -> Served:
        started.append(Served(root, port))
        return started[-1].wait_for_start()

    yield start_one
    for each in started:
        if each.process.poll() is None:
            each.stop()


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new site with what its first build left, so that a preview of a copy begins soon."""
    root = tmp_path_factory.mktemp("built") / "site"
    new_site(root)
    command = [sys.executable, "-m", "osai_essay", "build", "--root", str(root)]
    subprocess.run(command, check=True, capture_output=True)
    return root


@pytest.fixture
def served(tmp_path: Path, built: Path, start: Callable[[Path], Served]) -> Served:
    return start(shutil.copytree(built, tmp_path / "site"))


@pytest.fixture
def essay(served: Served, open_page: Callable[..., Any]) -> Any:
    page = open_page(f"{served.address}two-years-of-building/")
    page.wait_for_selector("button[data-explore]:not([hidden])")
    return page


def wait(page: Any, condition: str) -> None:
    page.wait_for_function(f"() => {condition}")


def test_saved_paragraph_is_seen_and_the_rest_is_left_alone(served: Served, essay: Any):
    essay.evaluate(TELL)
    essay.evaluate("document.documentElement.style.scrollBehavior = 'auto'")
    essay.evaluate("document.querySelector('.chart details').open = true")
    essay.focus("button[data-explore]")
    essay.evaluate("scrollTo({top: 300})")
    served.edit(POST, "Click a figure", "Press a figure")
    wait(essay, "document.body.textContent.includes('Press a figure')")
    assert essay.evaluate("kept && paragraph.isConnected")
    assert essay.evaluate("scrollY") == 300
    assert essay.evaluate("document.querySelector('.chart details').open")
    assert essay.evaluate("document.activeElement.matches('button[data-explore]')")
    assert essay.faults == []


def test_entry_that_is_open_stays_open(served: Served, essay: Any):
    essay.click("a.number >> nth=0")
    opened = essay.evaluate("document.querySelector(':target').id")
    top = essay.evaluate("scrollY")
    served.edit("content/numbers.yml", "in fiscal 2025", "in the year 2025")
    wait(essay, "document.querySelector(':target')?.textContent.includes('in the year 2025')")
    assert essay.evaluate("document.querySelector(':target').id") == opened
    assert essay.evaluate("scrollY") == top


def test_mistake_is_read_over_the_page_and_goes_when_it_is_mended(served: Served, essay: Any):
    essay.evaluate(TELL)
    served.edit(POST, "{{ spent_2025 }}", "{{ spend_2025 }} <b>")
    essay.wait_for_function(PANEL)
    said = essay.evaluate(PANEL)
    assert "1 error" in said
    assert f"{POST}:7:" in said
    assert "spend_2025 }} <b>" in said
    assert "Fix:" in said
    assert "more than twice" in essay.inner_text("main")
    served.edit(POST, "{{ spend_2025 }} <b>", "{{ spent_2025 }}")
    wait(essay, "!document.querySelector(':popover-open')")
    assert essay.evaluate("kept && paragraph.isConnected")
    assert essay.faults == []


def test_panel_is_labelled_and_closes_by_escape_until_something_else_is_wrong(
    served: Served, essay: Any
):
    served.edit(POST, "{{ spent_2025 }}", "{{ spend_2025 }}")
    panel = essay.get_by_role("alertdialog", name="1 error")
    panel.wait_for()
    essay.keyboard.press("Escape")
    assert not panel.is_visible()
    badge = essay.get_by_role("button", name="1 error")
    assert badge.is_visible()
    served.edit(POST, "Click", "Press")
    served.line("errors")
    assert not panel.is_visible()
    badge.click()
    assert panel.is_visible()
    served.edit(POST, "{{ spent_2023 }}", "{{ spend_2023 }}")
    essay.get_by_role("alertdialog", name="2 errors").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_panel_of_a_narrow_page(
    scheme: str, served: Served, open_page: Callable[..., Any]
):
    from axe_playwright_python.sync_playwright import Axe

    page = open_page(f"{served.address}charts/", width=360, color_scheme=scheme)
    unused = "spare: {label: Spare, from: capex, value: count(*)}\n"
    served.edit("content/numbers.yml", "spent_2023:", f"{unused}spent_2023:")
    served.edit(POST, "{{ spent_2023 }}", f"{'long ' * 40} {{{{ spend_2023 }}}}")
    page.get_by_role("alertdialog").wait_for()
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    snippet = "document.querySelector(':popover-open').shadowRoot.querySelector('pre')"
    assert page.evaluate(f"{snippet}.scrollLeft") > 0


def test_warnings_alone_cover_nothing(served: Served, essay: Any):
    unused = "spare: {label: Spare, from: capex, value: count(*)}\n"
    served.edit("content/numbers.yml", "spent_2023:", f"{unused}spent_2023:")
    badge = essay.get_by_role("button", name="warning")
    badge.wait_for()
    assert not essay.get_by_role("alertdialog").is_visible()
    badge.click()
    assert "spare" in essay.evaluate(PANEL)


def test_changed_rows_change_the_picture_and_its_button_works_on(served: Served, essay: Any):
    essay.evaluate(TELL)
    image = "document.querySelector('.chart-stage img')"
    before = essay.evaluate(f"{image}.src")
    served.edit(CSV, "Amazon,2025,131.82", "Amazon,2025,231.82")
    wait(essay, f"{image}.src !== {before!r} && {image}.complete && {image}.naturalWidth")
    assert essay.evaluate("kept")
    essay.click("button[data-explore]")
    essay.wait_for_selector(".is-explored .js-plotly-plot")
    shown = "document.querySelector('.js-plotly-plot').data.flatMap(({ y }) => [...y])"
    assert essay.evaluate(f"{shown}.includes(231.82)")
    assert essay.locator("button[data-explore]").inner_text().startswith("Back")
    assert essay.faults == []


def test_moved_data_are_told_once_and_for_some_seconds(served: Served, essay: Any):
    essay.clock.install(time=0)
    essay.clock.pause_at(1000)  # else the note is gone again where the machine stands still so long
    note = essay.get_by_text(MOVED)
    for old, new in (("131.82", "231.82"), ("231.82", "331.82")):  # the same words, and news again
        served.edit(CSV, f"Amazon,2025,{old}", f"Amazon,2025,{new}")
        note.wait_for()
        assert essay.get_by_role("status").filter(has_text=MOVED).is_visible()
        essay.clock.fast_forward(8000)
        note.wait_for(state="hidden")
    wait(essay, "!document.querySelector(':popover-open')")
    essay.get_by_role("link", name="Data", exact=True).click()  # hears the last report as well
    served.edit(POST, "Click a figure", "{{ spend_2025 }}")
    essay.get_by_role("alertdialog").wait_for()
    assert not note.is_visible()


def test_page_says_that_its_preview_has_ended_until_it_runs_again(
    served: Served, essay: Any, start: Callable[..., Served]
):
    essay.evaluate(TELL)
    served.stop()
    note = essay.get_by_role("status").filter(has_text=ENDED)
    note.wait_for()
    shutil.rmtree(served.root / ".cache")  # so that the page asks before there is a site again
    served.edit(POST, "{{ spent_2025 }}", "{{ spend_2025 }}")
    again = start(served.root, int(served.address.rpartition(":")[2].strip("/")))
    note.wait_for(state="hidden")
    essay.get_by_role("alertdialog", name="1 error").wait_for()
    assert "more than twice" in essay.inner_text("main")
    again.edit(POST, "{{ spend_2025 }}", "{{ spent_2025 }}")
    wait(essay, "!document.querySelector(':popover-open')")
    assert essay.evaluate("kept && paragraph.isConnected")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_notes_and_button_of_a_narrow_page_cover_nothing_of_each_other(
    scheme: str, served: Served, open_page: Callable[..., Any]
):
    from axe_playwright_python.sync_playwright import Axe

    page = open_page(f"{served.address}charts/", width=360, color_scheme=scheme)
    badge = page.get_by_role("button", name="1 warning")
    unused = "spare: {label: Spare, from: capex, value: count(*)}\n"
    served.edit("content/numbers.yml", "spent_2023:", f"{unused}spent_2023:")
    badge.wait_for()
    served.edit(CSV, "Amazon,2025,131.82", "Amazon,2025,231.82")
    page.get_by_text(MOVED).wait_for()
    served.stop()
    page.get_by_text(ENDED).wait_for()
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    badge.click(trial=True)  # nothing lies over it


def test_style_changes_without_a_new_page(served: Served, essay: Any):
    essay.evaluate(TELL)
    style = (Path(__file__).parent.parent / "templates/assets/style.css").read_text("utf-8")
    folder = served.root / "templates/assets"
    folder.mkdir(parents=True)
    (folder / "style.css").write_text(f"{style}\nh1 {{ color: rgb(1, 2, 3) }}\n", encoding="utf-8")
    wait(essay, "getComputedStyle(document.querySelector('h1')).color === 'rgb(1, 2, 3)'")
    assert essay.evaluate("kept && paragraph.isConnected")
    assert essay.evaluate("document.querySelectorAll('link[rel=stylesheet]').length") == 1


def test_page_of_another_script_is_loaded_anew(served: Served, open_page: Callable[..., Any]):
    page = open_page(f"{served.address}")
    page.evaluate("window.kept = true")
    folder = served.root / "templates"
    folder.mkdir()
    index = (Path(__file__).parent.parent / "templates/index.html").read_text("utf-8")
    block = (
        '{% block scripts %}<script src="{{ asset("explore.js") }}" defer></script>{% endblock %}'
    )
    (folder / "index.html").write_text(f"{index}\n{block}\n", encoding="utf-8")
    page.wait_for_selector("head script[src*=explore]", state="attached")
    assert page.evaluate("window.kept") is None


def test_new_draft_stands_in_the_list(served: Served, open_page: Callable[..., Any]):
    page = open_page(served.address)
    text = "---\ntitle: Draft post\ndraft: true\n---\n\nWords.\n"
    (served.root / "content/posts/2026-11-22-b.md").write_text(text, encoding="utf-8")
    page.get_by_role("link", name="Draft post").wait_for()
    assert "Draft" in page.locator(".essay-list li", has_text="Draft post").inner_text()


def test_page_that_is_gone_says_so_and_comes_back(served: Served, essay: Any):
    post, title = served.root / POST, essay.title()
    away = post.with_name("2026-11-21-renamed.md")
    post.rename(away)
    heading = essay.get_by_role("heading", name="There is no page here")
    heading.wait_for()
    away.rename(post)
    wait(essay, f"document.title === {title!r}")
    assert "more than twice" in essay.inner_text("main")
    assert essay.locator(".chart-stage img").is_visible()


def test_first_build_with_errors_shows_them_and_then_the_site(
    tmp_path: Path, start: Callable[[Path], Served], open_page: Callable[..., Any]
):
    root = tmp_path / "site"
    new_site(root)
    post = root / POST
    text = post.read_text(encoding="utf-8")
    post.write_text(text.replace("{{ spent_2025 }}", "{{ spend_2025 }}"), encoding="utf-8")
    page = open_page(start(root).address)
    page.get_by_role("alertdialog", name="1 error").wait_for()
    post.write_text(text, encoding="utf-8")
    page.wait_for_selector(".essay-list")
    wait(page, "!document.querySelector(':popover-open')")


def test_two_hundred_files_at_once_are_two_builds_at_most(served: Served, open_page: Any):
    page = open_page(served.address)
    with served.frozen():
        for index in range(200):
            text = f"---\ntitle: Post {index}\n---\n\nWords of post {index}.\n"
            name = f"content/posts/2026-10-01-post-{index}.md"
            (served.root / name).write_text(text, encoding="utf-8")
    wait(page, "document.querySelectorAll('.essay-list li').length === 201")
    time.sleep(1)
    assert sum("content/posts" in line for line in served.lines.queue) <= 2


def test_ctrl_c_ends_it_at_once_with_a_page_that_listens(served: Served, essay: Any):
    children = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(served.process.pid)], capture_output=True, text=True
    ).stdout.split()
    assert children
    with closing(HTTPConnection(urlsplit(served.address).netloc)) as connection:
        connection.request("GET", "/__preview__/events")
        events = connection.getresponse()
        served.stop()
        assert b"data: " in events.read()  # to its end: it was ended, not cut off after a while
    # One that was just starting first finishes that.
    wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in children))
