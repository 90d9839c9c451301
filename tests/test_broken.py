"""Broken sites: each says all that is wrong with it, at once, and leaves the last good site alone.

tests/broken/<case>/ is the smallest site with that fault, and expected.txt what it prints: what a
build says, or where a build has nothing to say, what `check --strict` does.
"""

from __future__ import annotations

import re
import shutil
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from osai_essay import steps
from osai_essay.build import Options, build_site
from osai_essay.charts.order import PictureError
from osai_essay.charts.painter import Painter
from osai_essay.child import Child, ChildError
from osai_essay.data import entry
from osai_essay.files import read_lines
from osai_essay.problem import Problem, count_problems, format_problem, has_errors

TESTS = Path(__file__).parent
BROKEN = TESTS / "broken"
EXPECTED = "expected.txt"
CASES = sorted(path.name for path in BROKEN.iterdir())
TODAY = date(2026, 11, 21)
PAGE = TESTS.parent / "docs" / "problems.md"

# Codes that no folder of files alone brings about: why, and the test that does.
ELSEWHERE = {
    "file-unreadable": ("rights are not kept in a repository", "test_files.py"),
    "accepted-unwritable": ("`accept` writes, a build does not", "test_changes_accept.py"),
    "dataset-too-large": ("256 MB", "test_broken.py"),
    "dataset-more-problems": ("a thousand lines of text", "test_data_frames.py"),
    "sql-too-slow": ("it takes until the clock stops it", "test_query.py"),
    "chart-python-slow": ("it takes until the clock stops it", "test_charts_python.py"),
    "sql-crashed": ("no query is known that ends the engine", "test_broken.py"),
    "picture-failed": ("no chart is known that the engine gives up on", "test_broken.py"),
    "picture-engine-missing": ("a fault of an installation", "test_broken.py"),
    "output-wrong": ("the output folder lies outside the site", "test_write.py"),
    "output-not-ours": ("the output folder lies outside the site", "test_write.py"),
    "output-unwritable": ("the output folder lies outside the site", "test_write.py"),
}


def show(problems: tuple[Problem, ...], root: Path) -> str:
    shown = [format_problem(problem, partial(read_lines, root)) for problem in problems]
    return "\n\n".join([*shown, count_problems(problems)]) + "\n"


def problems_of(root: Path, output: Path) -> tuple[Problem, ...]:
    """What a build says, else what `check --strict` adds."""
    built = build_site(root, Options(today=TODAY, output=output), is_cold=False).problems
    assert output.exists() is not has_errors(built)
    return built or build_site(root, Options(today=TODAY, strict=True), is_cold=False).problems


@pytest.mark.parametrize("name", CASES)
def test_broken_site_says_what_is_wrong(
    name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    root = tmp_path / "site"
    shutil.copytree(BROKEN / name, root, ignore=shutil.ignore_patterns(EXPECTED))

    found = problems_of(root, tmp_path / "out")

    said = show(found, root)
    if request.config.getoption("--golden"):
        (BROKEN / name / EXPECTED).write_text(said, encoding="utf-8")
    assert found
    assert said == (BROKEN / name / EXPECTED).read_text(encoding="utf-8")


def codes_shown() -> set[str]:
    """The codes of all broken sites."""
    said = "".join(path.read_text("utf-8") for path in BROKEN.glob(f"*/{EXPECTED}"))
    return set(re.findall(r"(?:error|warning)\[([a-z0-9-]+)\]", said))


def codes_listed() -> set[str]:
    """The codes of docs/problems.md, which test_docs.py holds against those of the program."""
    rows = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| `")]
    return {code for row in rows for code in re.findall(r"`([a-z0-9-]+)`", row.split("|")[1])}


def test_every_code_has_a_broken_site_or_a_reason() -> None:
    assert codes_listed() - codes_shown() == set(ELSEWHERE)


@pytest.mark.parametrize("code", ELSEWHERE)
def test_code_without_a_broken_site_has_a_test(code: str) -> None:
    _, file = ELSEWHERE[code]
    tests = (TESTS / file).read_text("utf-8").partition("\ndef test_")[2]
    assert code in tests


# --- faults of the machine -----------------------------------------------------------------------


def codes_after(monkey: pytest.MonkeyPatch, holder: object, name: str, value: object) -> list[str]:
    """What a good site with a chart says of a machine on which this is otherwise."""
    monkey.setattr(holder, name, value)
    found = build_site(BROKEN / "chart-subtitle-missing", Options(today=TODAY), is_cold=False)
    return [problem.code for problem in found.problems if problem.is_error]


def test_data_too_large_for_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    assert codes_after(monkeypatch, entry, "MAX_BYTES", 10) == ["dataset-too-large"]


def test_no_engine_for_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    found = codes_after(monkeypatch, steps, "bundle_path", lambda name, root: None)
    assert found == ["picture-engine-missing"]


def test_engine_that_gives_up_on_a_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    def draw(*_: object) -> None:
        raise PictureError("it was stopped after 60 s")

    assert codes_after(monkeypatch, Painter, "draw", draw) == ["picture-failed"]


def test_query_that_ends_its_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    call = Child.call

    def die(self: Child, request: object, **how: object) -> object:
        if isinstance(request, tuple) and request[0] == "rows":
            raise ChildError("died", "the process ended with signal 11")
        return call(self, request, **how)

    assert codes_after(monkeypatch, Child, "call", die) == ["sql-crashed"]
