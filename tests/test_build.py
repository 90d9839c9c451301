"""The whole pipeline over small sites: what is built, what changes, what stays."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from osai_essay.build import Options, Result, build_site
from osai_essay.child import Child
from osai_essay.problem import has_errors
from osai_essay.query import Queries

TODAY = date(2026, 11, 21)
Site = Callable[[Mapping[str, str | bytes]], Path]

MONEY = "company,country,amount_usd_bn\nAmazon,US,100\nTencent,CN,12.5\n"
SHARES = "year,share\n2024,0.4\n2025,0.5\n"
PACKAGE = """\
name: money
resources:
  - name: money
    path: money.csv
    title: Money
    schema:
      fields:
        - {name: company, type: string}
        - {name: country, type: string}
        - {name: amount_usd_bn, type: number, unit: USD bn}
  - name: shares
    path: shares.csv
    title: Shares
    schema:
      fields:
        - {name: year, type: year}
        - {name: share, type: number, unit: share}
"""
CHART = """\
title: Amazon planned most in 2025
alt: Two bars. Amazon's is the longer.
kind: bar
from: money
x: amount_usd_bn
y: company
"""
LINE = """\
title: The share rose in 2025
alt: A line that rises.
kind: line
from: shares
x: year
y: share
"""
WHOLE = {
    "content/site.yml": "title: Small\nurl: https://example.org\nbaseurl: /essays\n",
    "content/posts/2026-11-01-first.md": "---\ntitle: First\ntags: [money]\n---\n\nWords.\n\n{% include money.html %}\n",
    "content/posts/2026-11-02-second.md": "---\ntitle: Second\n---\n\n{% include shares.html %}\n",
    "content/charts/money.yml": CHART,
    "content/charts/shares.yml": LINE,
    "data/money.csv": MONEY,
    "data/shares.csv": SHARES,
    "data/datapackage.yaml": PACKAGE,
}


def build(root: Path, **options: object) -> Result:
    settings: dict[str, object] = {"today": TODAY, "output": root / "build", **options}
    return build_site(root, Options(**settings))  # type: ignore[arg-type]


def built(root: Path) -> dict[str, bytes]:
    output = root / "build"
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in sorted(output.rglob("*"))
        if path.is_file()
    }


def page(root: Path, name: str) -> str:
    return (root / "build" / name).read_text(encoding="utf-8")


def changed(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> set[str]:
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def test_site_has_a_page_for_each_essay_chart_dataset_and_tag(site: Site) -> None:
    root = site(WHOLE)
    result = build(root)
    assert not result.problems
    assert {name for name in built(root) if not name.startswith("assets/")} == {
        "404.html",
        "index.html",
        "first/index.html",
        "second/index.html",
        "charts/index.html",
        *(f"charts/{name}/index.html" for name in ("money", "shares")),
        *(f"charts/{name}/embed/index.html" for name in ("money", "shares")),
        *(
            f"charts/{n}/{n}.{end}"
            for n in ("money", "shares")
            for end in ("csv", "js", "png", "svg", "narrow.svg", "wide.svg")
        ),
        "data/index.html",
        "data/datapackage.yaml",
        *(f"data/{name}/index.html" for name in ("money", "shares")),
        *(f"data/{name}.csv" for name in ("money", "shares")),
        "tags/index.html",
        "tags/money/index.html",
        "_headers",
        "feed.xml",
        "sitemap.xml",
        "robots.txt",
        "manifest.json",
    }


def test_second_build_writes_nothing_and_keeps_every_time(site: Site) -> None:
    root = site(WHOLE)
    build(root)
    before = {path: path.stat().st_mtime_ns for path in (root / "build").rglob("*")}
    result = build(root)
    assert result.written
    assert not (result.written.added or result.written.changed or result.written.removed)
    assert {path: path.stat().st_mtime_ns for path in (root / "build").rglob("*")} == before


def test_two_builds_of_one_site_are_the_same_bytes(site: Site) -> None:
    root = site(WHOLE)
    build(root)
    first = built(root)
    build(root, output=root.parent / "again")
    again = root.parent / "again"
    assert first == {name: (again / name).read_bytes() for name in first}


def test_swapped_row_changes_what_shows_it_and_nothing_else(site: Site) -> None:
    root = site(WHOLE)
    build(root)
    before = built(root)
    site({"data/money.csv": MONEY.replace("12.5", "21")})
    build(root)
    assert changed(before, built(root)) == {
        "charts/money/embed/index.html",
        "charts/money/index.html",
        "charts/money/money.csv",
        "charts/money/money.js",
        "charts/money/money.svg",
        "charts/money/money.narrow.svg",
        "charts/money/money.png",
        "charts/money/money.wide.svg",
        "data/money.csv",
        "data/money/index.html",
        "first/index.html",
    }


def test_edited_paragraph_changes_its_page_and_the_feed(site: Site) -> None:
    root = site(WHOLE)
    build(root)
    before = built(root)
    site(
        {
            "content/posts/2026-11-01-first.md": WHOLE["content/posts/2026-11-01-first.md"].replace(
                "Words", "Verbs"
            )
        }
    )
    build(root)
    assert changed(before, built(root)) <= {
        "first/index.html",
        "feed.xml",
        "index.html",
        "tags/money/index.html",
    }
    assert "Verbs" in page(root, "first/index.html")


def test_error_leaves_the_last_good_site(site: Site) -> None:
    root = site(WHOLE)
    build(root)
    before = built(root)
    site({"data/money.csv": MONEY.replace("12.5", "twelve")})
    assert has_errors(build(root).problems)
    assert built(root) == before


def test_removed_essay_takes_its_page_along(site: Site) -> None:
    root = site(WHOLE)
    build(root)
    (root / "content/posts/2026-11-02-second.md").unlink()
    result = build(root)
    assert result.written
    assert "second/index.html" in result.written.removed
    assert not (root / "build/second").exists()


@pytest.mark.parametrize("prefix", [b"", b"\xef\xbb\xbf"], ids=["plain", "byte order mark"])
@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"], ids=["LF", "CRLF"])
def test_line_ends_and_marks_make_no_difference(site: Site, prefix: bytes, line_end: bytes) -> None:
    names = ("content/posts/2026-11-01-first.md", "content/charts/money.yml", "content/site.yml")
    root = site(WHOLE)
    build(root)
    before = page(root, "first/index.html")
    site({name: prefix + WHOLE[name].encode().replace(b"\n", line_end) for name in names})
    assert not build(root).problems
    assert page(root, "first/index.html") == before


@pytest.mark.parametrize(
    ("front_matter", "options", "is_shown"),
    [
        ("date: 2026-11-21", {}, True),
        ("date: 2026-11-22", {}, False),
        ("date: 2026-11-22", {"future": True}, True),
        ("date: 2026-11-21 23:30:00 -0500", {}, False),
        ("date: 2026-11-01\ndraft: true", {}, False),
        ("date: 2026-11-01\ndraft: true", {"drafts": True}, True),
        ("date: 2026-11-01\npublished: false", {"drafts": True, "future": True}, False),
    ],
)
def test_drafts_and_days_to_come_wait(
    site: Site, front_matter: str, options: dict[str, bool], is_shown: bool
) -> None:
    root = site({"content/posts/a.md": f"---\ntitle: A\n{front_matter}\n---\n\nWords.\n"})
    assert not has_errors(build(root, **options).problems)
    assert (root / "build/a/index.html").exists() is is_shown


@pytest.mark.parametrize("shows", [True, False])
def test_site_is_another_on_the_day_of_a_post_to_come(site: Site, shows: bool) -> None:
    """By itself, or by the mark of what is not yet due."""
    head = "title: A\ndate: 2026-11-25"
    root = site({"content/posts/a.md": f"---\n{head}\n---\n\nWords.\n"})
    first = build(root, future=shows)
    assert first.until == date(2026, 11, 25)
    before = built(root)
    second = build(root, future=shows, today=first.until)
    assert second.until is None
    assert changed(before, built(root)) >= {"index.html"}


def test_every_link_is_relative_and_names_its_file(site: Site) -> None:
    root = site(WHOLE)
    build(root)
    for name in built(root):
        if name.endswith(".html") and name != "404.html":
            for address in re.findall(r'(?:href|src)="([^"]*)"', page(root, name)):
                path = address.partition("#")[0]
                if not address.startswith(("https://example.org/essays/", "#")):
                    assert (root / "build" / name).parent.joinpath(path).is_file(), (name, address)


def test_only_404_is_absolute(site: Site) -> None:
    root = site(WHOLE)
    build(root)
    assert 'href="/essays/' in page(root, "404.html")


def test_site_without_any_configuration_builds(site: Site) -> None:
    root = site({"content/posts/2026-11-01-a.md": "---\ntitle: A\n---\n\nWords.\n"})
    assert not build(root).problems
    assert "Words." in page(root, "a/index.html")


def test_folder_without_a_site_is_a_problem(site: Site) -> None:
    assert [problem.code for problem in build(site({})).problems] == ["site-missing"]


SQL_CHART = CHART.replace("from: money", "sql: SELECT company, amount_usd_bn FROM money")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"data/money.csv": MONEY.replace("12.5", "twelve")}, "cell-wrong"),
        (
            {"content/charts/money.yml": CHART.replace("kind: bar", "kind: bra")},
            "chart-kind-unknown",
        ),
        (
            {
                "data/datapackage.yaml": PACKAGE.replace(
                    "type: number, unit: USD", "type: float, unit: USD"
                )
            },
            "field-type-unknown",
        ),
        ({"templates/tag.html": "{{ nope }}"}, "template-wrong"),
    ],
)
def test_one_fault_is_told_once(site: Site, change: dict[str, str], code: str) -> None:
    post = "---\ntitle: Third\n---\n\n## Part\n\n[there](#part)\n"
    site({**WHOLE, "content/charts/sql.yml": SQL_CHART, "content/posts/2026-11-03-c.md": post})
    errors = [problem for problem in build(site(change)).problems if problem.is_error]
    assert [problem.code for problem in errors] == [code]


def test_text_where_numbers_are_due_is_a_problem(site: Site) -> None:
    root = site(
        {
            "data/money.csv": 'company,amount_usd_bn\nA,"1,000"\nB,900\n',
            "content/charts/money.yml": CHART,
        }
    )
    errors = [problem for problem in build(root).problems if problem.is_error]
    assert [(problem.code, problem.where.line) for problem in errors] == [("chart-column-text", 5)]


def test_undescribed_file_works_and_says_how_to_describe_it(site: Site) -> None:
    root = site({"data/money.csv": MONEY, "content/charts/money.yml": CHART})
    result = build(root)
    assert [problem.code for problem in result.problems] == ["dataset-undescribed"]
    assert (root / "build/charts/money/money.svg").exists()


def test_site_overrides_the_theme_file_by_file(site: Site) -> None:
    root = site(
        {
            **WHOLE,
            "templates/tag.html": '{% extends "base.html" %}{% block main %}Mine: {{ tag.name }}{% endblock %}',
        }
    )
    assert not build(root).problems
    assert "Mine: money" in page(root, "tags/money/index.html")
    assert "Words." in page(root, "first/index.html")


def test_include_gets_its_arguments_and_nests(site: Site) -> None:
    root = site(
        {
            "content/posts/2026-11-01-a.md": '---\ntitle: A\n---\n\n{% include outer.html word="Hello & <you>" %}\n',
            "templates/includes/outer.html": '<div class="outer">{% include inner.html said=include.word %}</div>',
            "templates/includes/inner.html": "<p>{{ include.said }}</p>",
        }
    )
    assert not build(root).problems
    assert '<div class="outer"><p>Hello &amp; &lt;you&gt;</p></div>' in page(root, "a/index.html")


def test_include_may_draw_the_chart_of_its_name(site: Site) -> None:
    root = site(
        {**WHOLE, "templates/includes/money.html": '<div class="frame">{{ chart("money") }}</div>'}
    )
    assert not build(root).problems
    assert re.search(r'<div class="frame">\s*<figure', page(root, "first/index.html"))


def test_python_chart_is_drawn_where_it_is_granted(site: Site) -> None:
    code = (
        'title = "By hand in 2025"\nalt = "Two bars."\n\n\n'
        "def figure(data):\n    import plotly.graph_objects as go\n\n"
        '    rows = data["money"]\n    return go.Figure(go.Bar(x=rows["company"], y=rows["amount_usd_bn"]))\n'
    )
    root = site({**WHOLE, "content/charts/hand.py": code})
    assert not build(root, allow=frozenset({"python"})).problems
    assert "Tencent" in page(root, "charts/hand/hand.svg")
    assert 'href="../../data/money/index.html"' in page(root, "charts/hand/index.html")


def test_grant_in_pyproject_counts(site: Site) -> None:
    code = 'title = "Empty in 2025"\nalt = "Nothing."\ndef figure(data):\n    return 1 / 0\n'
    root = site(
        {
            "content/charts/hand.py": code,
            "pyproject.toml": '[tool.osai-essay]\nallow = ["python"]\n',
        }
    )
    (problem,) = build(root).problems
    assert (problem.code, problem.where.line) == ("chart-python-failed", 4)


def test_picture_beside_a_post_is_copied_and_sized(site: Site) -> None:
    from io import BytesIO

    from PIL import Image

    buffer = BytesIO()
    Image.new("RGB", (30, 20)).save(buffer, "PNG")
    root = site(
        {
            "content/posts/2026-11-01-a.md": "---\ntitle: A\n---\n\n![A photo](photo.png)\n",
            "content/posts/photo.png": buffer.getvalue(),
        }
    )
    assert not build(root).problems
    tag = re.search(r"<img[^>]*photo.png[^>]*>", page(root, "a/index.html"))
    assert tag
    assert all(part in tag[0] for part in ('width="30"', 'height="20"', 'loading="lazy"'))
    assert (root / "build/a/photo.png").read_bytes() == buffer.getvalue()


OUTSIDE = {
    "a post": "content/posts/2026-11-01-a.md",
    "a chart": "content/charts/a.yml",
    "a static file": "content/static/a.txt",
    "a dataset": "data/a.csv",
}


@pytest.mark.parametrize("link", OUTSIDE.values(), ids=OUTSIDE.keys())
def test_link_out_of_the_root_is_a_problem(site: Site, tmp_path: Path, link: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("---\ntitle: secret\n---\n")
    root = site({"content/site.yml": "title: A\n"})
    (root / link).parent.mkdir(parents=True, exist_ok=True)
    (root / link).symlink_to(secret)
    result = build(root)
    assert [problem.where.file for problem in result.problems if problem.is_error] == [link]
    assert "leads out" in " ".join(problem.message for problem in result.problems)
    assert not (root / "build").exists()


def test_include_linked_out_of_the_root_is_not_found(site: Site, tmp_path: Path) -> None:
    secret = tmp_path / "secret.html"
    secret.write_text("secret")
    root = site(
        {
            "content/posts/2026-11-01-a.md": "---\ntitle: A\n---\n\n{% include a.html %}\n",
            "templates/includes/b.html": "b",
        }
    )
    (root / "templates/includes/a.html").symlink_to(secret)
    (problem,) = (each for each in build(root).problems if each.is_error)
    assert problem.code == "include-unknown"


def test_theme_linked_out_of_the_root_is_a_problem(site: Site, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    root = site({"content/posts/2026-11-01-a.md": "---\ntitle: A\n---\n\nWords.\n"})
    (root / "templates").symlink_to(tmp_path / "elsewhere")
    (problem,) = build(root).problems
    assert (problem.code, problem.where.file) == ("path-outside", "templates")


def test_files_of_two_essays_with_one_address_are_a_problem(site: Site) -> None:
    post = "---\ntitle: A\npermalink: /{}.html\n---\n\n![A photo]({}/photo.svg)\n"
    svg = "<svg xmlns='http://www.w3.org/2000/svg' width='{}' height='1'/>"
    root = site(
        {
            "content/posts/2026-11-01-a.md": post.format("a", "a"),
            "content/posts/2026-11-02-b.md": post.format("b", "b"),
            "content/posts/a/photo.svg": svg.format(1),
            "content/posts/b/photo.svg": svg.format(2),
        }
    )
    (problem,) = build(root).problems
    assert problem.code == "url-taken"


def test_old_address_leads_to_the_new_one(site: Site) -> None:
    root = site(
        {"content/posts/2026-11-01-a.md": "---\ntitle: A\nredirect_from: /old/a/\n---\n\nWords.\n"}
    )
    assert not build(root).problems
    assert 'url=../../a/index.html"' in page(root, "old/a/index.html")


def test_math_and_contents_are_set_at_build(site: Site) -> None:
    root = site(
        {
            "content/posts/2026-11-01-a.md": "---\ntitle: A\nmath: true\ntoc: true\n---\n\n"
            "## First\n\nIt costs $5-$10, and $a^2$ is set.\n\n### Inner\n\n## Second\n"
        }
    )
    assert not build(root).problems
    text = page(root, "a/index.html")
    assert "$5-$10" in text
    assert text.count("<math") == 1
    assert 'href="#inner"' in text


def test_query_that_never_ends_is_stopped(site: Site) -> None:
    from osai_essay.query import QueryError

    endless = "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 0 FROM t) SELECT count(*) AS n FROM t"
    with Queries(seconds=1) as queries:
        with pytest.raises(QueryError, match="sql-too-"):
            queries.select(endless)
        assert queries.select("SELECT 1 AS n").table.rows == ((1,),)


def test_folder_with_files_of_others_is_refused(site: Site) -> None:
    root = site({**WHOLE, "build/thesis.txt": "ten years of work"})
    (problem,) = build(root).problems
    assert problem.code == "output-not-ours"
    assert built(root) == {"thesis.txt": b"ten years of work"}


def test_output_that_cannot_be_written_is_a_problem(site: Site) -> None:
    root = site({**WHOLE, "file": "not a folder"})
    (problem,) = build(root, output=root / "file" / "build").problems
    assert problem.code == "output-unwritable"


@pytest.mark.skipif(os.name != "posix", reason="links are made as POSIX has them")
def test_all_problems_of_a_run_come_together(site: Site) -> None:
    root = site(
        {
            **WHOLE,
            "content/posts/2026-11-03-third.md": "---\ntitle: Third\n---\n\n{{ nothing }} [gone](gone.md)\n",
            "content/charts/wrong.yml": CHART.replace("kind: bar", "kind: bra"),
            "data/money.csv": MONEY.replace("12.5", "twelve"),
        }
    )
    codes = [problem.code for problem in build(root).problems]
    assert codes == ["chart-kind-unknown", "name-unknown", "cell-wrong"]


def test_chart_shown_twice_has_two_ids(site: Site) -> None:
    post = "---\ntitle: A\n---\n\n{% include money.html %}\n\n{% include money.html %}\n"
    root = site({**WHOLE, "content/posts/2026-11-01-first.md": post})
    assert not build(root).problems
    ids = re.findall(r' id="([^"]+)"', page(root, "first/index.html"))
    assert "chart-money-2" in ids
    assert len(ids) == len(set(ids))


def test_credit_and_sources_pass_through_a_derived_dataset(site: Site) -> None:
    package = PACKAGE.replace(
        "    title: Money\n",
        "    title: Money\n    credit: Thanks to A\n    sources: [{title: Report B}]\n",
    )
    sql = "SELECT company, amount_usd_bn FROM money"
    chart = CHART.replace("from: money", "from: less")
    root = site(
        {
            **WHOLE,
            "data/datapackage.yaml": package,
            "data/less.sql": sql,
            "content/charts/less.yml": chart,
        }
    )
    assert not has_errors(build(root).problems)
    text = page(root, "charts/less/index.html")
    assert "Thanks to A" in text
    assert "Report B" in text


def test_derived_dataset_of_an_empty_file_is_an_error(site: Site) -> None:
    """Not left out without a word: the file is there, and nothing is in it."""
    root = site({**WHOLE, "data/empty.sql": ""})
    assert [(each.code, each.where.file) for each in build(root).problems if each.is_error] == [
        ("sql-empty", "data/empty.sql")
    ]


def test_engines_are_started_beforehand_for_charts_alone(site, monkeypatch):
    started: list[str] = []
    monkeypatch.setattr(Child, "start", lambda child: started.append(child.target))
    root = site({"content/pages/about.md": "---\ntitle: About\n---\nWords.\n"})
    build_site(root, Options(today=TODAY))
    assert started == []
    (root / "content/charts").mkdir()
    (root / "content/charts/money.yml").write_text("title: Of no kind\n")
    build_site(root, Options(today=TODAY))
    assert len(started) > 1
