"""Names that lead nowhere, anchors that are not there."""

from __future__ import annotations

from datetime import date

import pytest

from osai_essay.checks.pages import check_pages
from osai_essay.checks.source import check_source
from osai_essay.content import read_essays
from osai_essay.model import ChartSpec, Config, LinkUse, NavItem, OutputFile, Site
from osai_essay.plan import make_plan
from osai_essay.problem import Where
from osai_essay.template import parse_text

NAME = "content/posts/2026-01-01-a.md"


def chart(name: str, title: str = "x", dataset: str | None = None) -> ChartSpec:
    where = Where(file=f"content/charts/{name}.yml", line=1, column=8)
    text, _ = parse_text(title, where)
    return ChartSpec(
        name=name, source=where.file, where=where, kind="bar", title=text, alt=text, dataset=dataset
    )


def check(site, source: str, *, navigation=(), charts=("capex",), sources=("epoch",), specs=()):
    essays, problems = read_essays(site({NAME: source}))
    assert problems == ()
    items = tuple(
        NavItem(title=url, url=url, where=Where(file="content/site.yml")) for url in navigation
    )
    values = Site(
        config=Config(title="x", navigation=items),
        essays=essays,
        charts=(*map(chart, charts), *specs),
    )
    plan, problems = make_plan(values, today=date(2026, 11, 21))
    assert problems == ()
    return check_source(
        values,
        plan,
        includes=["note.html", "sub/b.html"],
        layouts=["post", "page"],
        sources=sources,
    )


def places(problems):
    return [(each.code, str(each.where).removeprefix(f"{NAME}:")) for each in problems]


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("{{ nope }}", ("name-unknown", "3:4")),
        ("x\n\n a {{ nope.x }}", ("name-unknown", "5:7")),
        ("{{ chart('nope') }}", ("chart-unknown", "3:4")),
        ("{% include nope.html %}", ("include-unknown", "3:12")),
        ("{% include nope/capex.html %}", ("include-unknown", "3:12")),
        ("{% include ../../secret.html %}", ("path-outside", "3:12")),
        ("{% include 'a/../../b.html' %}", ("path-outside", "3:13")),
        ("{% include '/etc/passwd' %}", ("path-outside", "3:13")),
    ],
)
def test_unknown_name_in_a_body(site, body, fault):
    assert places(check(site, f"---\n---\n{body}")) == [fault]


@pytest.mark.parametrize(
    "body",
    [
        "{{ site.title }} {{ page.title }}",
        "{{ chart('capex') }}",
        "{% include capex.html %}",
        "{% include capex %}",
        "{% include note.html %}",
        "{% include sub/b.html k=page.title %}",
        "{% for i in page.tags %}{{ i }}{{ loop.index }}{% endfor %}",
        "{% raw %}{{ nope }}{% endraw %}",
    ],
)
def test_known_names_are_no_problem(site, body):
    assert check(site, f"---\n---\n{body}") == ()


@pytest.mark.parametrize(
    ("front", "fault"),
    [
        ("title: a {{ nope }}", ("name-unknown", "2:13")),
        ("description: '{{ nope }}'", ("name-unknown", "2:18")),
        ("layout: psot", ("layout-unknown", "2:9")),
        ("references: [epoch, epcoh]", ("reference-unknown", "2:21")),
    ],
)
def test_unknown_name_in_front_matter(site, front, fault):
    assert places(check(site, f"---\n{front}\n---\n")) == [fault]


def test_all_unknown_names_come_at_once_with_the_nearest_known(site):
    found = check(
        site, "---\nlayout: pots\n---\n{{ sit.x }} {{ chart('capx') }} {% include nte.html %}"
    )
    assert [each.fix for each in found] == [
        'did you mean "site"?',
        'did you mean "capex"?',
        'did you mean "note.html"?',
        'did you mean "post"?',
    ]


def test_references_without_sources_say_what_is_missing(site):
    (problem,) = check(site, "---\nreferences: x\n---\n", sources=None)
    assert 'no dataset "sources"' in problem.message


def test_essay_that_is_left_out_is_not_checked(site):
    assert check(site, "---\ndraft: true\n---\n{{ nope }}") == ()


def test_chart_knows_the_site_but_no_page(site):
    found = check(site, "---\n---\n", specs=[chart("b", "{{ site.title }} {{ page.title }}")])
    assert {(each.code, each.where.column) for each in found} == {("name-unknown", 28)}


def test_chart_of_an_unknown_dataset(site):
    found = check(site, "---\n---\n", specs=[chart("b", dataset="nope")])
    assert [each.code for each in found] == ["dataset-unknown"]


@pytest.mark.parametrize(
    "url", ["/", "/index.html", "/a/", "/data/", "/#x", "/feed.xml", "https://x.org", "#x"]
)
def test_navigation_leads_to_pages_of_the_site(site, url):
    assert check(site, "---\n---\n", navigation=[url]) == ()


@pytest.mark.parametrize("url", ["/nope/", "/a/b/", "/../"])
def test_navigation_that_leads_nowhere(site, url):
    assert [each.code for each in check(site, "---\n---\n", navigation=[url])] == ["link-broken"]


# --- anchors ---------------------------------------------------------------------------------


def anchors(html: str | bytes, fragment: str, url: str = "/a/"):
    content = html.encode() if isinstance(html, str) else html
    link = LinkUse(href="a.md#x", url=url, fragment=fragment, where=Where(file=NAME, line=5))
    return check_pages([OutputFile(target="a/index.html", content=content)], [link])


@pytest.mark.parametrize(
    ("html", "fragment"),
    [
        ('<h2 id="part">x</h2>', "part"),
        ('<h2 class="x" id="é b">', "é b"),
        ('<p\n id="part">', "part"),
        ('<p id="a&amp;b">', "a&b"),
        ("<p>", "top"),
        ("<p>", ""),
    ],
)
def test_anchor_that_is_there(html, fragment):
    assert anchors(html, fragment) == ()


@pytest.mark.parametrize("html", ["<p>", '<p data-id="part">', "<p>id=part", b"\xff\xfe"])
def test_anchor_that_is_not_there_is_a_problem_at_its_link(html):
    (problem,) = anchors(html, "part")
    assert (problem.code, str(problem.where)) == ("anchor-unknown", f"{NAME}:5")


def test_unknown_anchor_offers_the_nearest():
    assert anchors('<p id="method">', "metod")[0].fix == 'did you mean "method"?'


def test_anchor_on_a_page_that_is_not_made():
    assert [each.code for each in anchors("<p>", "part", "/b/")] == ["anchor-unknown"]
