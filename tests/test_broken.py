"""Broken sites: each says all that is wrong with it, at once, and leaves the last good site alone.

tests/broken/<case>/ is the smallest site with that fault, and expected.txt what it prints.
"""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from osai_essay.build import Options, build_site
from osai_essay.problem import Problem, count_problems, format_problem, has_errors

BROKEN = Path(__file__).parent / "broken"
EXPECTED = "expected.txt"
CASES = sorted(path.name for path in BROKEN.iterdir())
TODAY = date(2026, 11, 21)


def show(problems: tuple[Problem, ...], root: Path) -> str:
    def read_lines(file: str) -> list[str] | None:
        try:
            return (root / file).read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError):
            return None

    shown = [format_problem(problem, read_lines) for problem in problems]
    return "\n\n".join([*shown, count_problems(problems)]) + "\n"


@pytest.mark.parametrize("name", CASES)
def test_broken_site_says_what_is_wrong(
    name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    root = tmp_path / "site"
    shutil.copytree(BROKEN / name, root, ignore=shutil.ignore_patterns(EXPECTED))
    output = tmp_path / "out"

    result = build_site(root, Options(today=TODAY, output=output))

    said = show(result.problems, root)
    if request.config.getoption("--golden"):
        (BROKEN / name / EXPECTED).write_text(said, encoding="utf-8")
    assert has_errors(result.problems)
    assert not output.exists()
    assert said == (BROKEN / name / EXPECTED).read_text(encoding="utf-8")
