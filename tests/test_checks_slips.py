"""What builds well and is a slip all the same, and what only looks like one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from osai_essay.build import Options, build_site

SITE = {"content/site.yml": "title: Site\nurl: https://example.org\n"}
Check = Callable[[dict[str, str]], list[str]]


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """The codes that a check of a site has for these files."""

    def run(files: dict[str, str]) -> list[str]:
        for file, text in (SITE | files).items():
            (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / file).write_text(text, encoding="utf-8")
        found = build_site(tmp_path, Options(today=date(2026, 11, 21)), is_cold=False)
        return [problem.code for problem in found.problems]

    return run


def post(title: str, *tags: str) -> str:
    return f"---\ntitle: {title}\ntags: [{', '.join(tags)}]\n---\n\nWords.\n"


@pytest.mark.parametrize(
    ("one", "two", "is_named"),
    [
        ("Openness", "Openess", True),
        ("chip", "chips", True),
        ("open-models", "Open models", True),
        ("gpt-4-turbo", "gpt-5-turbo", False),
        ("model", "modal", False),
        ("training", "trading", False),
    ],
)
def test_tags_are_alike_where_one_may_be_a_slip(check, one, two, is_named):
    posts = {
        "content/posts/2026-11-01-a.md": post("A", one),
        "content/posts/2026-11-02-b.md": post("B", two),
    }
    found = check(posts)
    assert bool({"tag-alike", "url-taken"} & set(found)) is is_named


def test_chart_that_a_template_shows_is_used(check):
    files = {
        "content/charts/money.yml": "title: Amazon planned the most by far in 2025\n"
        "subtitle: Billion US dollars\nalt: Two bars.\nkind: bar\nfrom: money\n"
        "x: amount\ny: company\n",
        "data/money.csv": "company,amount\nAmazon,100\nTencent,12\n",
        "data/datapackage.yaml": "name: site\nresources:\n  - {name: money, path: money.csv, "
        "schema: {fields: [{name: company}, {name: amount, type: number}]}}\n",
    }
    assert check(files) == ["chart-unused"]
    wide = '{% extends "page.html" %}{% block content %}{{ chart("money") }}{% endblock %}'
    page = "---\ntitle: Wide\nlayout: wide\n---\n\nWords.\n"
    files |= {"templates/wide.html": wide, "content/pages/wide.md": page}
    assert check(files) == []


def test_datasets_that_others_are_made_of_or_refer_to_are_used(check):
    files = {
        "data/money.csv": "company,amount\nAmazon,100\n",
        "data/firms.csv": "name\nAmazon\n",
        "data/total.sql": "select sum(amount) as amount from money\n",
        "data/datapackage.yaml": "name: site\nresources:\n  - {name: money, path: money.csv, "
        "schema: {fields: [{name: company, references: firms}, {name: amount, type: number}]}}\n"
        "  - {name: firms, path: firms.csv, schema: {primaryKey: [name], fields: [{name: name}]}}\n"
        "derived:\n  - {name: total, path: total.sql}\n",
        "content/numbers.yml": "total: {label: All, from: total, value: sum(amount)}\n",
        "content/posts/2026-11-01-a.md": "---\ntitle: A\n---\n\n{{ total }}\n",
    }
    assert check(files) == []
    (files["content/numbers.yml"], files["content/posts/2026-11-01-a.md"]) = ("", post("A"))
    assert check(files) == ["dataset-unused", "dataset-unused"]


def test_files_for_people_and_pictures_are_no_strays(check):
    files = {
        "data/README.md": "What stands here.\n",
        "content/posts/README.md": "How to write one.\n",
        "content/posts/2026-11-01-a.md": "---\ntitle: A\n---\n\n![A dot](dot.svg)\n",
        "content/posts/dot.svg": "<svg/>\n",
        "content/static/robots.txt": "User-agent: *\n",
        "content/static/notes.txt": "Words.\n",
    }
    assert check(files) == []


def test_cell_over_several_lines_is_no_open_quote(check):
    data = {"data/money.csv": 'company,amount\n"Amazon,\nInc.",100\n"Meta, too",68\n'}
    assert set(check(data)) == {"dataset-undescribed", "dataset-unused"}


SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="2" height="2"/>'


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("![A dot](dot.svg)", []),
        ("[A dot](dot.svg)", []),
        ("No dot.", ["file-unused"]),
    ],
)
def test_file_beside_an_essay_is_used_where_one_shows_or_links_it(check, words, codes):
    essay = f"---\ntitle: A\n---\n\n{words}\n"
    files = {"content/posts/2026-11-01-a.md": essay, "content/posts/dot.svg": SVG}
    assert check(files) == codes


def test_picture_that_only_a_card_shows_is_used(check):
    essay = "---\ntitle: A\nimage: {path: dot.png, alt: A dot}\n---\n\nWords.\n"
    assert check({"content/posts/2026-11-01-a.md": essay, "content/posts/dot.png": ""}) == []


@pytest.mark.parametrize(
    ("template", "body", "codes"),
    [
        ("templates/index.html", "Words.", []),  # in the place of the default theme's
        ("templates/wide.html", "Words.", ["file-unused"]),
        ("templates/includes/box.html", "{% include box.html %}", []),
        ("templates/includes/box.html", "Words.", ["file-unused"]),
        ("templates/includes/note.html", "{% include big.html %}", []),  # named by big.html
        ("templates/includes/footnote.html", "{% include big.html %}", ["file-unused"]),
    ],
)
def test_template_is_used_where_it_is_named(check, template, body, codes):
    files = {
        "content/posts/2026-11-01-a.md": f"---\ntitle: A\n---\n\n{body}\n",
        "templates/base.html": "{% include 'includes/big.html' %}{% block content %}{% endblock %}",
        "templates/includes/big.html": "{% include note.html %}",
        "templates/includes/note.html": "A note.",
    }
    assert check({**files, template: "<p>Words.</p>"}) == codes
