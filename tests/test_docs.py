"""The pages under docs/ and the README say what is true of the code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from osai_essay import cli
from osai_essay.build import Options, build_site
from osai_essay.charts.kinds import KINDS, REFUSED_KINDS
from osai_essay.charts.spec import HOUSE_WORDS
from osai_essay.content import essays
from osai_essay.pages import audit_views, views
from osai_essay.struct import field_names
from osai_essay.template import Theme, filters
from osai_essay.template.tags import INCLUDE_CALL

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "osai_essay"
CODE = re.compile(r'"((?:[a-z]+-)+[a-z0-9]+)"')
NAMED = re.compile(r"`([a-zA-Z_0-9.-]+)`")


def docs(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def literals() -> set[str]:
    return {
        code for path in SOURCE.rglob("*.py") for code in CODE.findall(path.read_text("utf-8"))
    } | {f"{kind}-{what}" for kind in ("filter", "test") for what in ("unknown",)}


def documented_codes() -> set[str]:
    rows = [line for line in docs("problems.md").splitlines() if line.startswith("| `")]
    return {code for row in rows for code in NAMED.findall(row.split("|")[1])}


def test_every_documented_code_is_one_of_the_program() -> None:
    made_of_parts = {
        f"{kind}-{what}"
        for kind in (
            "site",
            "entity",
            "navigation-entry",
            "front-matter",
            "explore-setting",
            "print-setting",
            "number",
            "correction",
        )
        for what in ("wrong", "incomplete", "key-unknown")
    }
    assert documented_codes() <= literals() | made_of_parts


def test_every_code_of_the_program_is_documented() -> None:
    beginnings = {code.partition("-")[0] for code in documented_codes()}
    not_codes = {"text-anchor", "math-display"}
    not_codes |= {f"footnote-{part}" for part in ("ref", "backref", "touch")}
    codes = {code for code in literals() if code.partition("-")[0] in beginnings}
    assert codes - not_codes <= documented_codes()


def test_every_code_a_broken_site_shows_is_documented() -> None:
    shown = "".join(
        path.read_text("utf-8") for path in (ROOT / "tests/broken").glob("*/expected.txt")
    )
    assert set(re.findall(r"(?:error|warning)\[([a-z-]+)\]", shown)) <= documented_codes()


def test_every_kind_and_word_of_a_chart_is_documented() -> None:
    named = set(NAMED.findall(docs("charts.md")))
    assert {*KINDS, *REFUSED_KINDS, *HOUSE_WORDS} <= named


def test_every_key_of_front_matter_and_every_filter_is_documented() -> None:
    text = docs("writing.md")
    for word in (*essays._KNOWN, *filters.FILTERS):
        assert re.search(rf"\b{word}\b", text), word


# --- templates ---------------------------------------------------------------------------------

ROWS = {
    "an essay": views.EssayView,
    "a date": views.DateView,
    "a source": views.SourceView,
    "a link": views.LinkView,
    "a chart": views.ChartView,
    "a part": views.PartView,
    "a number": audit_views.NumberView,
    "a claim": audit_views.ClaimView,
}
PARTS = {
    "dataset": views.DatasetView,
    "entries": views.FeedEntry,
    "pages": views.MapEntry,
    "tags": views.TagView,
    "toc": views.TocEntry,
    "page": views.PageView,
}


def row(name: str) -> str:
    found = re.search(rf"^\| {re.escape(name)} \|(.*)\|$", docs("templates.md"), re.MULTILINE)
    assert found, name
    return found[1]


@pytest.mark.parametrize("name", ROWS)
def test_value_has_the_parts_its_row_promises(name: str) -> None:
    promised = set(NAMED.findall(row(name)))
    parts = set(field_names(ROWS[name]))
    assert parts <= promised
    pictures = {name for kind in (views.PictureView, views.EmbedView) for name in field_names(kind)}
    tags = {"name", "url"}
    assert {word for word in promised if word.isidentifier()} - parts <= pictures | tags


def given() -> dict[str, set[str]]:
    """Template -> the names it was given, over the real site."""
    seen: dict[str, set[str]] = {}
    render = Theme.render

    def note(self: Theme, name: str, values: Mapping[str, Any]) -> str:
        seen.setdefault(name, set()).update(values)
        return render(self, name, values)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Theme, "render", note)
        options = Options(today=date(2026, 11, 21))
        assert build_site(ROOT, options).problems == ()
    return seen


def test_each_template_is_given_what_its_row_says() -> None:
    common = {"site", "page", "link", "asset", "chart", "numbers", "corrections", INCLUDE_CALL}
    for template, names in given().items():
        promised = row(f"`{template}`")
        outer = re.sub(r"\([^()]*\)", "", promised)  # parts stand in brackets
        own = names - common | (
            {"chart"} if template in ("chart.html", "includes/figure.html") else set()
        )
        assert own <= set(NAMED.findall(outer)) | set(NAMED.findall(promised.split(":")[0])), (
            template
        )


def test_every_template_of_the_theme_is_documented() -> None:
    for path in (ROOT / "templates").glob("*"):
        if path.is_file() and path.name != "base.html":
            row(f"`{path.name}`")


@pytest.mark.parametrize("name", PARTS)
def test_parts_of_a_templates_own_values_are_documented(name: str) -> None:
    text = docs("templates.md")
    missing = [each for each in field_names(PARTS[name]) if f"`{each}`" not in text]
    assert not missing


# --- commands ----------------------------------------------------------------------------------


def test_readme_names_targets_and_files_that_exist() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"make ([a-z]+)", text):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    for path in re.findall(r"\]\(([^):]+)\)", text):
        assert (ROOT / path).exists(), path
    for path in re.findall(r"`((?:content|data|templates|docs)/[\w./-]+)`", text):
        assert (ROOT / path).exists(), path


def test_help_names_every_command() -> None:
    said = CliRunner().invoke(cli.cli, ["--help"]).output
    assert set(re.findall(r"^  (\w+)  ", said, re.MULTILINE)) == {
        "accept",
        "build",
        "check",
        "describe",
        "diff",
        "new",
        "serve",
    }
