"""Sites that mean harm: nothing in content or data widens its own rights."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from osai_essay.build import Options, Result, build_site
from osai_essay.query import Queries, QueryError

Site = Callable[[Mapping[str, str | bytes]], Path]
POST = "---\ntitle: A\n---\n\n"
CHART = "title: A in 2025\nalt: Two bars.\nkind: bar\nfrom: a\nx: n\ny: v\n"
DATA = {"data/a.csv": "n,v\nx,1\ny,2\n"}


def build(root: Path) -> Result:
    return build_site(root, Options(today=date(2026, 11, 21), output=root / "build"))


def codes(root: Path) -> list[str]:
    return sorted({problem.code for problem in build(root).problems if problem.is_error})


def post(body: str) -> dict[str, str]:
    return {"content/posts/2026-11-01-a.md": POST + body}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (
            '<button data-explore="x" data-script="data:text/javascript,1">go</button>',
            "html-not-allowed",
        ),
        ('<p data-plotly="https://evil.example/x.js">x</p>', "html-not-allowed"),
        ('<img src="x.png" onerror="alert(1)" alt="">', "html-not-allowed"),
        ("![a](https://evil.example/x.png)", "link-third-party"),
        ('<img alt="" src="//evil.example/x.png">', "link-third-party"),
        ('<video src="https://evil.example/x.mp4"></video>', "link-third-party"),
        ('<a href="jav&#x09;ascript:alert(1)">x</a>', "link-unsafe"),
    ],
)
def test_prose_runs_and_fetches_nothing(site: Site, body: str, code: str) -> None:
    assert code in codes(site(post(f"{body}\n")))


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "/a b"]
)
def test_navigation_leads_to_pages_and_the_web_alone(site: Site, url: str) -> None:
    entry = f'title: A\nnavigation:\n  - {{title: B, url: "{url}"}}\n'
    assert codes(site({"content/site.yml": entry})) == ["navigation-entry-wrong"]


@pytest.mark.parametrize(
    ("link", "aim", "code"),
    [
        ("content/static/key", ".env", "path-outside"),
        ("content/static/git", ".git", "path-outside"),
        ("data/key.csv", ".env", "dataset-path-outside"),
    ],
)
def test_link_within_the_root_publishes_no_secret(
    site: Site, link: str, aim: str, code: str
) -> None:
    root = site({".env": "KEY=1\n", ".git/config": "token\n"})
    (root / link).parent.mkdir(parents=True, exist_ok=True)
    (root / link).symlink_to(root / aim)
    assert codes(root) == [code]


def test_data_folder_that_is_a_link_is_not_read(site: Site, tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret/a.csv").write_text("n\n1\n")
    root = site({"content/site.yml": "title: A\n"})
    (root / "data").symlink_to(tmp_path / "secret")
    assert "dataset-path-outside" in codes(root)


@pytest.mark.parametrize(
    "sql",
    [
        "WITH w AS (INSERT INTO a VALUES ('forged', 9) RETURNING *) SELECT * FROM w",
        "WITH w AS (UPDATE a SET v = 9 RETURNING *) SELECT * FROM w",
        "WITH w AS (DELETE FROM a RETURNING *) SELECT * FROM w",
    ],
)
def test_query_changes_nothing(site: Site, sql: str) -> None:
    chart = CHART.replace("from: a\n", f'sql: "{sql}"\n')
    assert codes(site({**DATA, "content/charts/a.yml": chart})) == ["sql-not-one-select"]


def test_query_writes_nothing_even_if_it_is_let_through() -> None:
    with Queries() as queries:
        assert queries.select("SELECT 1 AS n").table.rows == ((1,),)
        with pytest.raises(QueryError):
            queries.select("WITH w AS (COPY (SELECT 1) TO '/tmp/never.csv') SELECT 1")


def test_theme_reaches_nothing_of_python(site: Site) -> None:
    theme = {"templates/robots.txt": "{{ cycler.__init__.__globals__.os.popen('id').read() }}"}
    assert codes(site({**theme, **post("Words.\n")})) == ["template-wrong"]


def test_figure_fetches_nothing(site: Site) -> None:
    layout = (
        "update_layout:\n"
        "  xaxis: {title: {text: \"<span style='fill:URL(https://evil.example/a)'>x</span>\"}}\n"
        "  yaxis: {title: {text: \"<a href='https://evil.example' style='background:url(x)'>y</a>\"}}\n"
        "  font: {family: \"a';clip-path:URL(https://evil.example/b);x:'\"}\n"
    )
    root = site({**DATA, "content/charts/a.yml": CHART + layout})
    assert not build(root).problems[1:]  # the data are not described
    for name in ("a.svg", "a.wide.svg", "a.narrow.svg", "a.js"):
        assert "evil.example" not in (root / "build/charts/a" / name).read_text(encoding="utf-8")


def test_pattern_that_never_ends_is_a_problem(site: Site) -> None:
    package = (
        "name: a\nresources:\n  - name: a\n    path: a.csv\n    schema:\n      fields:\n"
        "        - {name: n, type: string, constraints: {pattern: '(a|aa)+b'}}\n"
    )
    root = site({"data/a.csv": "n\n" + "a" * 60 + "\n", "data/datapackage.yaml": package})
    assert codes(root) == ["field-constraint"]


def test_aliases_that_multiply_are_a_problem(site: Site) -> None:
    lines = ["title: A", "a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 11)]
    assert codes(site({"content/site.yml": "\n".join(lines) + "\n"})) == ["yaml-too-deep"]


def test_control_characters_break_no_feed(site: Site) -> None:
    root = site({"content/posts/2026-11-01-a.md": '---\ntitle: "A \\x01"\n---\n\nWords.\n'})
    assert codes(root) == ["yaml-unreadable"]


def test_author_cannot_write_the_mark_of_a_chart(site: Site) -> None:
    root = site(
        {
            **DATA,
            **post("<!-- chart 0 -->\n\n{% include a.html %}\n"),
            "content/charts/a.yml": CHART,
        }
    )
    build(root)
    assert (root / "build/a/index.html").read_text(encoding="utf-8").count("<figure") == 1


def test_texts_that_are_compared_cost_their_length(site: Site) -> None:
    root = site(
        {
            "content/posts/2026-11-01-a.md": f"---\ntitle: A\nbig: {'a' * 200_000}\nmany: {list(range(300))}\n---\n\n"
            "{% for a in page.many %}{% for b in page.many %}{% if 'ab' in page.big %}x{% endif %}"
            "{% endfor %}{% endfor %}\n"
        }
    )
    assert codes(root) == ["template-too-long"]


@pytest.mark.parametrize("name", ['a"b.yml', "A B.yml", "__proto__.yml"])
def test_chart_needs_a_plain_name(site: Site, name: str) -> None:
    assert codes(site({**DATA, f"content/charts/{name}": CHART})) == ["chart-name-wrong"]


def test_cells_are_escaped_wherever_they_are_shown(site: Site) -> None:
    bad = "<script>alert(1)</script>\"'&"
    quoted = '"' + bad.replace('"', '""') + '"'
    root = site(
        {
            **post("{% include a.html %}\n"),
            "data/a.csv": f"n,v\n{quoted},1\n</script>,2\n",
            "content/charts/a.yml": CHART.replace("A in 2025", "'A <b>\"quoted\"</b> & in 2025'"),
        }
    )
    assert not [problem for problem in build(root).problems if problem.is_error]
    for path in (root / "build").rglob("*"):
        if path.suffix in (".html", ".svg", ".xml") or path.name == "a.js":
            text = path.read_text(encoding="utf-8")
            assert "<script>alert" not in text, path
            assert "<b>" not in text, path
