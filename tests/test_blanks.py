"""Blanks of drafts: seen with drafts, never published."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from osai_essay.build import Options, build_site
from osai_essay.report import Asked, find_changes

Site = Callable[[Mapping[str, str | bytes]], Path]
TODAY = date(2026, 11, 21)
BLANK = "TODO: what the chart shows"
CHART = f'title: "{BLANK}"\nalt: Bars.\nkind: bar\nfrom: money\nx: amount\ny: firm\n'
PACKAGE = """\
name: money
resources:
  - name: money
    path: money.csv
    title: "TODO"
    licenses: [{name: CC0-1.0}]
    sources: [{title: A report}]
    schema:
      fields: [{name: firm, type: string}, {name: amount, type: number, unit: "TODO: its unit"}]
"""


@pytest.fixture
def root(site: Site) -> Path:
    return site(
        {
            "content/site.yml": "title: S\n",
            "content/charts/new.yml": CHART,
            "content/posts/2026-11-01-a.md": "---\ntitle: A\n---\n\nWords.\n",
            "data/money.csv": "firm,amount\nA,1\nB,2\n",
            "data/datapackage.yaml": PACKAGE.replace(', unit: "TODO: its unit"', "").replace(
                "TODO", "Money"
            ),
        }
    )


def found(root: Path, *, drafts: bool = False) -> list[tuple[str, str]]:
    options = Options(today=TODAY, output=root.parent / "out", drafts=drafts)
    problems = build_site(root, options, is_cold=False).problems
    return [(each.severity, each.code) for each in problems]


def test_chart_with_a_blank_that_no_essay_shows_is_left_out(root: Path) -> None:
    assert found(root) == [("warning", "blank-left")]
    out = root.parent / "out"
    assert (out / "a/index.html").is_file()
    assert not any("TODO" in path.read_text("utf-8") for path in out.rglob("*.html"))


@pytest.mark.parametrize("show", ["{% include new.html %}", '{{ chart("new") }}'])
def test_chart_with_a_blank_in_a_published_essay_is_an_error(root: Path, show: str) -> None:
    post = root / "content/posts/2026-11-01-a.md"
    post.write_text(f"---\ntitle: A\n---\n\n{show}\n", "utf-8")
    assert found(root) == [("error", "blank-left")]
    post.write_text(f"---\ntitle: A\ndraft: true\n---\n\n{show}\n", "utf-8")
    assert found(root) == [("warning", "blank-left")]
    assert found(root, drafts=True) == [("warning", "blank-left")]
    assert BLANK in (root.parent / "out/a/index.html").read_text("utf-8")


def test_dataset_with_blanks_is_shown_with_drafts_alone(root: Path) -> None:
    (root / "data/datapackage.yaml").write_text(PACKAGE, "utf-8")
    assert found(root).count(("error", "blank-left")) == 2
    assert {severity for severity, _ in found(root, drafts=True)} == {"warning"}


def test_message_says_what_becomes_of_it(root: Path) -> None:
    (root / "data/datapackage.yaml").write_text(PACKAGE, "utf-8")

    def said(*, drafts: bool) -> set[str]:
        options = Options(today=TODAY, drafts=drafts)
        problems = build_site(root, options, is_cold=False).problems
        blanks = [each for each in problems if each.code == "blank-left"]
        return {each.message.partition("filled in")[2] for each in blanks}

    assert said(drafts=False) == {
        " (--drafts builds with it)",
        ", so this chart is left out (--drafts shows it)",
    }
    assert said(drafts=True) == {""}


def test_rows_are_compared_with_those_of_a_build_with_blanks(root: Path) -> None:
    package, out = root / "data/datapackage.yaml", root.parent / "out"
    filled = package.read_text("utf-8")
    package.write_text(PACKAGE, "utf-8")
    options = Options(today=TODAY, output=out, drafts=True)
    assert build_site(root, options, is_cold=False).written
    package.write_text(filled, "utf-8")
    (root / "data/money.csv").write_text("firm,amount\nA,1\nB,3\n", "utf-8")
    changes = build_site(root, Options(today=TODAY, output=out), is_cold=False).changes
    assert changes is not None
    assert changes.notes == ()
    assert changes.datasets


def test_blank_that_hinders_no_build_hinders_no_comparison(root: Path) -> None:
    changes, problems = find_changes(Asked(root=root, today=TODAY))
    assert changes is not None, problems
