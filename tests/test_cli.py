"""What the command prints, and where to."""

from __future__ import annotations

import io
import json
import sys
import threading
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from osai_essay.build import Options, build_site
from osai_essay.cli import cli
from osai_essay.cli.progress import Progress
from osai_essay.cli.why import say_made
from waiting import WAIT_S, wait_until


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site with one mistake."""
    posts = tmp_path / "content" / "posts"
    posts.mkdir(parents=True)
    (tmp_path / "content" / "site.yml").write_text("title: Site\n", encoding="utf-8")
    text = "---\ntitle: A\n---\n\n[b](nowhere.md)\n"
    (posts / "2026-11-01-a.md").write_text(text, encoding="utf-8")
    return tmp_path


def test_text_is_plain_in_a_pipe_and_coloured_on_a_terminal(root):
    arguments = ["check", "--root", str(root)]
    plain = CliRunner().invoke(cli, arguments)
    coloured = CliRunner().invoke(cli, arguments, color=True)
    assert plain.exit_code == coloured.exit_code == 1
    assert "error[link-broken]" in plain.stderr
    assert "\x1b[" not in plain.stderr
    assert "\x1b[31m\x1b[1merror[link-broken]\x1b[0m" in coloured.stderr
    without = coloured.stderr.replace("\x1b[1m", "").replace("\x1b[0m", "")
    for code in ("31", "32"):
        without = without.replace(f"\x1b[{code}m", "")
    assert without == plain.stderr


def test_problems_for_github_go_to_stdout_alone(root):
    result = CliRunner().invoke(cli, ["check", "--root", str(root), "--format", "github"])
    assert result.exit_code == 1
    assert result.stdout.startswith("::error file=content/posts/2026-11-01-a.md,line=5,")
    assert result.stderr == ""


# --- for machines ---------------------------------------------------------------------------------


def good_site(root: Path, amount: int = 100) -> Path:
    """A site with a number, a claim that holds by little, and a number that nobody uses."""
    files = {
        "content/site.yml": "title: Site\nurl: https://example.org\n",
        "content/numbers.yml": "us: {label: Plans, from: money, value: sum(amount)}\n"
        "cn: {label: None, constant: 1, source: s}\n",
        "content/posts/2026-11-01-a.md": "---\ntitle: A\n---\n\nUS firms planned {{ us }}, "
        "{% claim us > 99 %}a lot{% endclaim %}.\n",
        "data/money.csv": f"company,amount\nAmazon,{amount}\n",
        "data/sources.yml": "- {id: s, title: S, url: 'https://example.org/s'}\n",
        "data/datapackage.yaml": "name: site\nresources:\n"
        "  - {name: money, path: money.csv, schema: {primaryKey: [company], fields: "
        "[{name: company}, {name: amount, type: number}]}}\n"
        "  - {name: sources, path: sources.yml, schema: {primaryKey: [id], fields: "
        "[{name: id}, {name: title}, {name: url}]}}\n",
    }
    for file, text in files.items():
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text(text, encoding="utf-8")
    return root


def run(root: Path, *words: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli, [*words, "--root", str(root)], catch_exceptions=False)
    return result.exit_code, result.stdout


def codes(said: str) -> list[str]:
    return [problem["code"] for problem in json.loads(said)]


def test_a_build_prints_json_alone_first_again_and_after_a_change(tmp_path):
    build = ("build", "--format", "json", "-v")
    root = good_site(tmp_path)
    for amount in (100, 100, 104):
        good_site(root, amount)
        status, said = run(root, *build)
        assert (status, codes(said)) == (0, ["number-unused"])
    good_site(root, 90)
    status, said = run(root, *build)
    assert (status, codes(said)) == (1, ["claim-false"])


def test_a_check_with_close_claims_prints_json_alone(tmp_path):
    status, said = run(good_site(tmp_path), "check", "--format", "json")
    assert (status, codes(said)) == (0, ["number-unused"])


def test_diff_prints_json_alone_with_changes_and_with_problems(tmp_path):
    diff = ("diff", "--format", "json", "--against", str(good_site(tmp_path / "then", 104)))
    status, said = run(good_site(tmp_path / "now"), *diff)
    assert status == 0
    assert isinstance(json.loads(said), dict)
    (tmp_path / "now/content/site.yml").write_text("url: x\n", encoding="utf-8")
    status, said = run(tmp_path / "now", *diff)
    assert status == 1
    assert "site-incomplete" in codes(said)


# --- progress -------------------------------------------------------------------------------------


class Terminal(io.StringIO):
    """A stderr that a person looks at."""

    def isatty(self) -> bool:
        return True


class Clock(threading.Thread):
    """A timer that strikes when a test says so, and too late to be stopped."""

    last: Clock

    def __init__(self, _patience_s: float, show: Callable[[], None]) -> None:
        super().__init__(target=show)
        Clock.last = self

    def start(self) -> None:
        """It strikes later."""

    def cancel(self) -> None:
        """It strikes at this very moment."""

    def strike(self) -> None:
        super().start()
        self.join()


def open_terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    return terminal


def test_progress_is_a_line_that_goes_away(monkeypatch):
    stderr = open_terminal(monkeypatch)
    with Progress(patience_s=0.01) as progress:
        progress("Reading data")
        wait_until(stderr.getvalue)
        progress("Drawing charts", 1, 4)
    first, second, last = stderr.getvalue().split("\r\x1b[K")[1:]
    assert first == "Reading data ..."
    assert second == f"Drawing charts {'█' * 6}{'░' * 18} 1/4"
    assert last == ""


def test_progress_says_nothing_of_a_short_build(monkeypatch):
    stderr = open_terminal(monkeypatch)
    with Progress(patience_s=WAIT_S) as progress:
        progress("Reading data")
        progress("Drawing charts", 1, 4)
    assert stderr.getvalue() == ""
    wait_until(lambda: not any(isinstance(each, threading.Timer) for each in threading.enumerate()))


def test_progress_says_nothing_in_a_pipe(monkeypatch):
    pipe = io.StringIO()
    monkeypatch.setattr(sys, "stderr", pipe)
    with Progress(patience_s=0.01) as progress:
        progress("Reading data")
        time.sleep(0.1)
        progress("Drawing charts", 1, 4)
    assert pipe.getvalue() == ""


def test_progress_of_one_build_after_another(monkeypatch):
    stderr = open_terminal(monkeypatch)
    monkeypatch.setattr(threading, "Timer", Clock)
    progress = Progress()
    progress("Reading data")
    progress.end()  # before anybody lost patience
    Clock.last.strike()
    assert stderr.getvalue() == ""
    for _ in range(2):
        progress("Reading data")
        Clock.last.strike()
        progress.end()
    assert stderr.getvalue() == "\r\x1b[KReading data ...\r\x1b[K" * 2


def test_a_build_tells_its_steps_and_each_chart(tmp_path):
    site = Path(__file__).parent / "broken" / "chart-subtitle-missing"
    told = []
    build_site(
        site, Options(today=date(2026, 11, 21)), is_cold=False, tell=lambda *each: told.append(each)
    )
    assert told == [
        ("Reading content", 0, 0),
        ("Reading data", 0, 0),
        ("Computing numbers", 0, 0),
        ("Writing essays", 0, 0),
        ("Drawing charts", 1, 1),
        ("Making pages", 0, 0),
    ]


# --- the first minutes ---------------------------------------------------------------------------


def test_the_last_good_site_is_named_only_where_there_is_one(root):
    said = CliRunner().invoke(cli, ["build", "--root", str(root)]).stderr
    assert said.endswith("\nNothing was written.\n")
    (root / "content/posts/2026-11-01-a.md").write_text("---\ntitle: A\n---\n\nWords.\n", "utf-8")
    assert CliRunner().invoke(cli, ["build", "--root", str(root)]).exit_code == 0
    (root / "content/posts/2026-11-01-a.md").write_text("no front matter\n", "utf-8")
    said = CliRunner().invoke(cli, ["build", "--root", str(root)]).stderr
    assert said.endswith("\nNothing was written; the last good site is as it was.\n")


@pytest.mark.parametrize("command", ["build", "check", "diff"])
def test_a_folder_without_a_site_stays_empty_and_can_become_one(tmp_path, command):
    said = CliRunner().invoke(cli, [command, "--root", str(tmp_path)])
    assert said.exit_code == 1
    assert "osai-essay new site DIR" in said.stderr
    assert list(tmp_path.iterdir()) == []
    (tmp_path / ".cache").mkdir()  # as an older version left it
    assert CliRunner().invoke(cli, ["new", "site", str(tmp_path)]).exit_code == 0
    assert (tmp_path / ".cache").is_dir()


def test_drafts_that_are_left_out_are_counted(root):
    def build(*more: str) -> str:
        return CliRunner().invoke(cli, ["build", "--root", str(root), *more]).stdout

    posts = root / "content/posts"
    (posts / "2026-11-01-a.md").write_text("---\ntitle: A\n---\n\nWords.\n", "utf-8")
    assert "left out" not in build()
    for name in "bc":
        text = f"---\ntitle: {name}\ndraft: true\n---\n\nWords.\n"
        (posts / f"2026-11-01-{name}.md").write_text(text, "utf-8")
        said = build()
        assert ("1 draft left out (--drafts shows it)." in said) is (name == "b")
    assert "2 drafts left out (--drafts shows them)." in said
    assert "left out" not in build("--drafts")


def test_pages_that_differ_are_named_up_to_five():
    pages = ["index.html", *(f"p{index}/index.html" for index in range(5)), "feed.xml"]
    assert say_made({"page": 6}, pages[:2]) == "Made anew: 6 x page.\nChanged: /, /p0/."
    assert say_made({}, pages).endswith("\nChanged: /, /p0/, /p1/, /p2/, /p3/ and 1 more.")
    assert say_made({}, ["feed.xml"]) == "Made anew: nothing."
