"""A build that uses earlier results gives the site of a clean build, byte for byte."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from osai_essay.build import MadeSite, Options, make_files
from osai_essay.cache.memo import open_memo
from osai_essay.charts.painter import Painter
from osai_essay.child import Child, ChildError
from osai_essay.model import Memo
from osai_essay.problem import sort_problems
from osai_essay.query import Queries
from osai_essay.steps import Workshop
from osai_essay.struct import replace

TODAY = date(2026, 11, 21)
ROOT = Path(__file__).parent.parent
HEAVY = "pandas plotly duckdb numpy pyarrow frictionless markdown jinja2 babel"

MONEY = "company,country,amount_usd_bn,source_id\nAmazon,US,100,s1\nTencent,CN,12.5,s2\n"
SOURCES = "id,title,url\ns1,One,https://example.org/1\ns2,Two,https://example.org/2\n"
PACKAGE = """\
name: money
resources:
  - name: money
    path: money.csv
    title: Money
    schema:
      fields:
        - {name: company, type: string, title: Company}
        - {name: country, type: string}
        - {name: amount_usd_bn, type: number, unit: USD bn}
        - {name: source_id, type: string, references: sources}
  - name: sources
    path: sources.csv
    schema:
      primaryKey: id
      fields: [{name: id, type: string}, {name: title, type: string}, {name: url, type: string}]
  - name: shares
    path: shares.csv
    schema:
      fields: [{name: year, type: year}, {name: share, type: number, unit: share}]
derived:
  - {name: by-country, path: by-country.sql, title: By country}
"""
CHART = """\
title: "{{ largest }} planned most: {{ us }}"
alt: Two bars. Amazon's is the longer.
kind: bar
from: money
x: amount_usd_bn
y: company
"""
LINE = """\
title: The share rose
alt: A line that rises.
kind: line
from: shares
x: year
y: share
lines:
  - {y: half, text: Half}
"""
NUMBERS = """\
taken: {from: money, value: count(*), label: Rows}
us: {from: money, where: country = 'US', value: sum(amount_usd_bn), unit: USD bn, label: The US sum}
cn: {from: money, where: country = 'CN', value: sum(amount_usd_bn), unit: USD bn, label: China's sum}
times: {formula: us / cn, unit: ratio, label: US to China}
largest: {sql: 'SELECT arg_max(company, amount_usd_bn) FROM money', label: The largest}
half: {constant: 0.5, unit: share, label: A half, source: s1}
"""
FIRST = """\
---
title: First, {{ us }}
tags: [money, ai]
---

## The {{ times }} of it

{{ us }} and {{ cn }}: {% claim us > cn %}the US is ahead{% endclaim %}. See [the second](2026-11-02-second.md),
![a picture](dot.svg) and a note.[^1]

{% include money.html %}

[^1]: Of {{ largest }}.
"""
SECOND = "---\ntitle: Second\nreferences: [s2]\n---\n\nWords.\n\n{% include shares.html %}\n\n{% include aside.html text='a' %}\n"
SVG = "<svg xmlns='http://www.w3.org/2000/svg' width='{}' height='9'></svg>"
WHOLE = {
    "content/site.yml": "title: Small\nurl: https://example.org\nbaseurl: /essays\n",
    "content/numbers.yml": NUMBERS,
    "content/posts/2026-11-01-first.md": FIRST,
    "content/posts/2026-11-02-second.md": SECOND,
    "content/posts/dot.svg": SVG.format(5),
    "content/pages/about.md": "---\ntitle: About\n---\n\n[First](../posts/2026-11-01-first.md)\n",
    "content/static/robots2.txt": "static",
    "content/charts/money.yml": CHART,
    "content/charts/shares.yml": LINE,
    "data/money.csv": MONEY,
    "data/sources.csv": SOURCES,
    "data/shares.csv": "year,share\n2024,0.4\n2025,0.6\n",
    "data/by-country.sql": "SELECT country, sum(amount_usd_bn) AS amount FROM money GROUP BY country",
    "data/datapackage.yaml": PACKAGE,
    "templates/includes/aside.html": "<aside>{{ include.text }}: {{ numbers.times.text }}, {{ numbers.taken.text }}</aside>\n",
}


def put(name: str, text: str) -> Callable[[Path], None]:
    return lambda root: write(root, {name: text})


def edit(name: str, old: str, new: str) -> Callable[[Path], None]:
    """Replace words of a file, or do it backwards where that has happened already."""

    def change(root: Path) -> None:
        path = root / name
        text = path.read_text() if path.exists() else WHOLE.get(name, "")
        path.write_text(text.replace(new, old) if new in text else text.replace(old, new))

    return change


def drop(name: str) -> Callable[[Path], None]:
    return lambda root: (root / name).unlink(missing_ok=True)


CHANGES = {
    "prose": edit("content/posts/2026-11-01-first.md", "and a note", "with a note"),
    "prose without numbers": edit("content/posts/2026-11-02-second.md", "Words.", "Other words."),
    "title": edit("content/posts/2026-11-02-second.md", "title: Second", "title: The second"),
    "date": edit("content/posts/2026-11-01-first.md", "tags:", "date: 2026-11-03\ntags:"),
    "tags": edit("content/posts/2026-11-01-first.md", "[money, ai]", "[money]"),
    "address": edit("content/posts/2026-11-02-second.md", "references", "permalink: /x/\nreferences"),
    "draft": edit("content/posts/2026-11-02-second.md", "references", "draft: true\nreferences"),
    "false claim": edit("content/posts/2026-11-01-first.md", "claim us > cn", "claim us < cn"),
    "unknown number": edit("content/posts/2026-11-01-first.md", "{{ cn }}:", "{{ cnn }}:"),
    "new post": put("content/posts/2026-11-05-new.md", "---\ntitle: New\n---\n\n{{ cn }}\n"),
    "post gone": drop("content/posts/2026-11-05-new.md"),
    "picture": put("content/posts/dot.svg", SVG.format(7)),
    "picture gone": drop("content/posts/dot.svg"),
    "picture back": put("content/posts/dot.svg", SVG.format(5)),
    "row": edit("data/money.csv", "12.5", "13.5"),
    "row added": edit("data/money.csv", "Tencent", "Alibaba,CN,1,s1\nTencent"),
    "largest": edit("data/money.csv", "12.5", "300"),
    "same rows, other bytes": edit("data/money.csv", "12.5", "12.50"),
    "source of a row": edit("data/money.csv", "100,s1", "100,s2"),
    "source": edit("data/sources.csv", "Two", "Another"),
    "other dataset": edit("data/shares.csv", "0.6", "0.55"),
    "bad cell": edit("data/shares.csv", "0.4", "much"),
    "derived": edit("data/by-country.sql", "sum(", "max("),
    "unit": edit("data/datapackage.yaml", "title: Company", "title: Firm"),
    "licence": edit("data/datapackage.yaml", "title: Money", "title: Money\n    licenses: [{name: CC0-1.0}]"),
    "chart title": edit("content/charts/shares.yml", "rose", "grew"),
    "chart line": edit("content/charts/shares.yml", "y: half", "y: times"),
    "chart height": edit("content/charts/money.yml", "kind: bar", "kind: bar\nheight: 300"),
    "chart gone": drop("content/charts/money.yml"),
    "chart back": put("content/charts/money.yml", CHART),
    "number": edit("content/numbers.yml", "us / cn", "us / cn + 1"),
    "label": edit("content/numbers.yml", "The US sum", "Sum of the US"),
    "constant": edit("content/numbers.yml", "0.5", "0.45"),
    "site": edit("content/site.yml", "title: Small", "title: Smaller"),
    "language": edit("content/site.yml", "title:", "language: de\ntitle:"),
    "include": edit("templates/includes/aside.html", "<aside>", "<aside class='b'>"),
    "include takes a number": edit("templates/includes/aside.html", "times.text", "us.text"),
    "include takes all": edit(
        "templates/includes/aside.html", "{{ numbers.times.text }}", "{{ numbers | length }}"
    ),
    "template": put("templates/tag.html", "{% extends 'base.html' %}{% block main %}{{ tag.name }}{% endblock %}"),
    "template gone": drop("templates/tag.html"),
    "template with a chart": put("templates/404.html", "{{ chart('money') }}{{ numbers.us.text }}"),
    "figure takes a number": put("templates/includes/figure.html", "{{ chart.title }}, {{ numbers.half.text }}"),
    "number of a figure": edit("content/numbers.yml", "label: A half", "label: A half, format: '0.00'"),
    "style": put("templates/assets/style.css", "body { color: #111 }"),
    "static": put("content/static/robots2.txt", "other"),
    "corrections": put(
        "content/corrections.yml",
        "- {date: 2026-11-20, wrong: '1', right: '2', why: A slip, essays: [2026-11-01-first.md]}\n",
    ),
}  # fmt: skip


def write(root: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def clean() -> Iterator[Workshop]:
    """What clean builds are made with: a database and engines that stay warm, and keep nothing."""
    with Queries() as queries, Painter() as painter:
        yield Workshop(queries=queries, painter=painter)


def build(root: Path, workshop: Workshop) -> MadeSite:
    workshop.queries.clear()
    return make_files(root, Options(today=TODAY, output=root / "x"), workshop)


def build_again(root: Path, clean: Workshop, memo: Memo) -> MadeSite:
    """With what earlier builds left."""
    with Queries(memo) as queries:
        return build(root, replace(clean, queries=queries, memo=memo))


def compare(root: Path, clean: Workshop, said: object) -> bool:
    """A build with what earlier ones left, and one with nothing; False where they have no files."""
    memo = open_memo(root, version="1")
    kept = build_again(root, clean, memo)
    kept_files = {file.target: file.read() for file in kept.files}  # which a closed memo has not
    memo.finish(is_whole=bool(kept.files))
    memo.close()
    made = build(root, clean)
    assert sort_problems(kept.problems) == sort_problems(made.problems), said
    clean_files = {file.target: file.read() for file in made.files}
    assert kept_files.keys() == clean_files.keys(), said
    assert [n for n, content in clean_files.items() if kept_files[n] != content] == [], said
    return bool(clean_files)


def test_the_whole_is_a_site_without_faults(tmp_path, clean):
    write(tmp_path, WHOLE)
    made = build(tmp_path, clean)
    assert [str(each) for each in made.problems if each.is_error] == []
    assert len(made.files) > 30


def test_every_kind_of_change_gives_the_site_of_a_clean_build(tmp_path, clean):
    """One after another, each on top of the last; what breaks the site is undone."""
    write(tmp_path, WHOLE)
    assert compare(tmp_path, clean, "the first build")
    for name, change in CHANGES.items():
        change(tmp_path)
        if not compare(tmp_path, clean, name):
            change(tmp_path)
    assert compare(tmp_path, clean, "the last build")


@pytest.mark.slow
@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.sampled_from(sorted(CHANGES)), min_size=1, max_size=6))
def test_any_course_of_changes_gives_the_site_of_a_clean_build(tmp_path, clean, names):
    root = tmp_path / "site"
    for name in ("content", "data", "templates"):
        shutil.rmtree(root / name, ignore_errors=True)
    write(root, WHOLE)
    for name in names:
        CHANGES[name](root)
        compare(root, clean, names)


def test_a_clock_that_ran_out_is_no_result(tmp_path, clean, monkeypatch):
    """On a machine that was busy for a moment; the next build has the time."""
    long = "SELECT count(*) FROM range(60) AS a, money"
    write(
        tmp_path, {**WHOLE, "content/numbers.yml": f"{NUMBERS}long: {{sql: '{long}', label: L}}\n"}
    )
    call = Child.call

    def stop_long(child: Child, request: object, **more: float | None) -> object:
        if long in str(request):
            raise ChildError("slow", "it took longer")
        return call(child, request, **more)

    def codes() -> list[str]:
        memo = open_memo(tmp_path, version="1")
        made = build_again(tmp_path, clean, memo)
        memo.finish(is_whole=bool(made.files))
        memo.close()
        return [problem.code for problem in made.problems if problem.is_error]

    with monkeypatch.context() as patch:
        patch.setattr(Child, "call", stop_long)
        assert codes() == ["sql-too-slow"]
    assert codes() == []


def test_files_that_were_lost_are_made_again(tmp_path, clean):
    """The HTML of an essay among them, with the marks of its charts and numbers."""
    write(tmp_path, WHOLE)
    assert compare(tmp_path, clean, "the first build")
    (path,) = (tmp_path / ".cache").glob("memo-*.db")
    with closing(sqlite3.connect(path)) as database, database:
        assert database.execute("DELETE FROM files").rowcount > 0
    CHANGES["chart title"](tmp_path)
    CHANGES["template"](tmp_path)
    put("templates/post.html", "{{ content }}{{ claims | length }}")(tmp_path)
    assert compare(tmp_path, clean, "after the loss")


def counts(root: Path, clean: Workshop) -> dict[str, int]:
    """What a build makes anew."""
    memo = open_memo(root, version="1")
    made = build_again(root, clean, memo)
    assert [problem for problem in made.problems if problem.is_error] == []
    found = dict(memo.made)
    memo.finish(is_whole=True)
    memo.close()
    return found


@pytest.mark.parametrize(
    ("change", "charts", "proses"),
    [
        ("prose", 0, 1),
        ("row", 1, 1),
        ("same rows, other bytes", 0, 0),
        ("other dataset", 1, 0),
        ("chart title", 1, 0),
        ("style", 0, 0),
        ("static", 0, 0),
        ("template", 0, 0),
    ],
)
def test_only_what_depends_on_a_change_is_made_again(tmp_path, clean, change, charts, proses):
    write(tmp_path, WHOLE)
    counts(tmp_path, clean)
    assert counts(tmp_path, clean) == {}
    CHANGES[change](tmp_path)
    made = counts(tmp_path, clean)
    # The second essay holds an include of the theme, so that any change of theme or numbers counts.
    extra = 1 if change in ("row", "style", "template") else 0
    assert (made.get("chart", 0), made.get("prose", 0)) == (charts, proses + extra)


def run(root: Path, *arguments: str) -> tuple[str, set[str]]:
    """The command in a process of its own: what it prints, and the heavy libraries it loaded."""
    program = (
        "import atexit, json, sys; from osai_essay.cli import main;"
        f"atexit.register(lambda: print(json.dumps([n for n in {HEAVY.split()} if n in sys.modules])));"
        "main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments, "--root", str(root)],
        env={**os.environ, "SOURCE_DATE_EPOCH": "1795219200"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    *printed, loaded = done.stdout.splitlines()
    return "\n".join([*printed, done.stderr]), set(json.loads(loaded))


def test_builds_load_only_the_libraries_they_need(tmp_path):
    write(tmp_path, WHOLE)
    run(tmp_path, "build")
    told, loaded = run(tmp_path, "build")
    assert "nothing changed" in told
    assert loaded == set()
    CHANGES["prose"](tmp_path)
    told, loaded = run(tmp_path, "build", "-v")
    assert "content/posts/2026-11-01-first.md changed" in told
    assert "1 x prose" in told
    assert not loaded & {"pandas", "plotly", "duckdb", "numpy", "pyarrow", "frictionless"}
    CHANGES["row"](tmp_path)
    told, loaded = run(tmp_path, "build", "-v")
    assert "1 x dataset" in told
    assert not loaded & {"duckdb", "frictionless"}  # its cells are plainly right
    shutil.rmtree(tmp_path / ".cache")
    told, _ = run(tmp_path, "build")
    assert "nothing changed" in told


def test_the_reason_names_the_rows_of_a_csv(tmp_path):
    write(tmp_path, WHOLE)
    run(tmp_path, "build")
    CHANGES["row"](tmp_path)
    CHANGES["other dataset"](tmp_path)
    told, _ = run(tmp_path, "build", "-v")
    assert "data/money.csv changed: 1 row\ndata/shares.csv changed: 1 row\nMade anew:" in told
