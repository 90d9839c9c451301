"""Which pages there will be, and what may not stand together."""

from __future__ import annotations

from datetime import date

import pytest

from osai_essay.content import list_static, read_essays
from osai_essay.model import ChartSpec, Column, Config, Dataset, Site, Text
from osai_essay.plan import GENERATED, make_plan, tag_url
from osai_essay.problem import Where

TODAY = date(2026, 11, 21)
P = "content/posts/"
BARE = "---\n---\n"


def plan_of(site, files: dict[str, str], config: Config | None = None, **more):
    root = site(files)
    known = {key: more.pop(key) for key in ("charts", "datasets", "package") if key in more}
    essays, problems = read_essays(root)
    static, static_problems = list_static(root)
    assert problems == static_problems == ()
    values = Site(config=config or Config(title="x"), essays=essays, static=static, **known)
    return make_plan(values, today=TODAY, **more)


def chart(name: str) -> ChartSpec:
    where = Where(file=f"content/charts/{name}.yml")
    words = Text(source="x", where=where)
    return ChartSpec(name=name, source=where.file, where=where, kind="bar", title=words, alt=words)


def dataset(name: str, ending: str = "csv") -> Dataset:
    where = Where(file="data/datapackage.yaml", line=3)
    column = Column(name="a", where=where)
    path = f"data/{name}.{ending}"
    return Dataset(name=name, path=path, format=ending, digest="", where=where, columns=(column,))


def clashes(problems):
    return [(each.code, str(each.where)) for each in problems]


def test_every_site_has_its_lists_and_files(site):
    plan, problems = plan_of(site, {})
    assert problems == ()
    assert all(plan.has(kind) for kind in GENERATED if not kind.startswith("numbers"))


def test_posts_come_newest_first(site):
    names = ["2026-01-01-a", "2026-03-01-b", "2026-02-01-c", "2026-02-01-a"]
    plan, _ = plan_of(site, {f"{P}{name}.md": f"---\npermalink: /{name}/\n---\n" for name in names})
    assert [post.slug for post in plan.posts] == ["b", "a", "c", "a"]


def test_posts_in_different_time_zones_come_in_order_of_the_moment(site):
    files = {
        f"{P}a.md": "---\ndate: 2026-01-01 23:00 -0500\n---\n",
        f"{P}b.md": "---\ndate: 2026-01-02 01:00 +0800\n---\n",
        f"{P}c.md": "---\ndate: 0001-01-01\n---\n",
    }
    assert [post.slug for post in plan_of(site, files)[0].posts] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("front", "options", "is_in"),
    [
        ("date: 2026-11-21", {}, True),
        ("date: 2026-11-22", {}, False),
        ("date: 2026-11-22", {"future": True}, True),
        ("date: 2026-11-21 23:00 -0500", {}, False),
        ("date: 2026-11-22 01:00 +0800", {}, True),
        ("date: 9999-12-31", {"future": True}, True),
        ("draft: true", {}, False),
        ("draft: true", {"drafts": True}, True),
        ("draft: yes\ndate: 2026-12-01", {"drafts": True}, False),
        ("published: false", {}, False),
        ("published: no", {"drafts": True, "future": True}, False),
        ("published: false\ndraft: true", {"drafts": True}, False),
    ],
)
def test_drafts_and_future_posts_are_left_out_unless_asked(site, front, options, is_in):
    plan, _ = plan_of(site, {f"{P}2026-01-01-a.md": f"---\n{front}\n---\n"}, **options)
    assert (len(plan.posts) == 1) is is_in
    assert ("/a/" in plan.addresses) is is_in


def test_page_of_a_later_day_is_part_of_the_site(site):
    plan, _ = plan_of(site, {"content/pages/a.md": "---\ndate: 2027-01-01\n---\n"})
    assert "/a/" in plan.addresses
    assert plan.posts == ()


def test_post_left_out_takes_no_address(site):
    _, problems = plan_of(site, {f"{P}2026-01-01-a.md": BARE, f"{P}2027-01-01-a.md": BARE})
    assert problems == ()


@pytest.mark.parametrize(
    ("files", "place"),
    [
        ({f"{P}2026-01-01-a.md": BARE, f"{P}2026-02-01-a.md": BARE}, f"{P}2026-02-01-a.md"),
        ({f"{P}2026-01-01-a.md": BARE, f"{P}2026-02-01-A.md": BARE}, f"{P}2026-02-01-A.md"),
        (
            {f"{P}2026-01-01-é.md": BARE, f"{P}2026-02-01-e\u0301.md": BARE},
            f"{P}2026-02-01-e\u0301.md",
        ),
        (
            {f"{P}2026-01-01-a.md": BARE, "content/pages/b.md": "---\npermalink: /a/\n---\n"},
            "content/pages/b.md:2:12",
        ),
        (
            {
                f"{P}2026-01-01-a.md": BARE,
                "content/pages/a.md": "---\npermalink: /a/index.html\n---\n",
            },
            "content/pages/a.md:2:12",
        ),
        ({f"{P}2026-01-01-a.md": "---\nredirect_from: /a/\n---\n"}, f"{P}2026-01-01-a.md:2:16"),
        (
            {f"{P}2026-01-01-a.md": "---\nredirect_from: [/old/, /old/]\n---\n"},
            f"{P}2026-01-01-a.md:2:24",
        ),
        (
            {f"{P}2026-01-01-a.md": BARE, "content/static/a/index.html": ""},
            "content/static/a/index.html",
        ),
        ({f"{P}2026-01-01-a.md": BARE, "content/static/a": ""}, "content/static/a"),
        (
            {f"{P}2026-01-01-a.md": "---\npermalink: /manifest.json\n---\n"},
            f"{P}2026-01-01-a.md:2:12",
        ),
        ({"content/static/manifest.json": ""}, "content/static/manifest.json"),
        ({f"{P}2026-01-01-a.md": "---\npermalink: /Feed.xml\n---\n"}, "content/site.yml"),
    ],
    ids=[
        "two posts",
        "case alone",
        "accent written otherwise",
        "post and page",
        "short and long form",
        "own redirect",
        "redirect twice",
        "static file",
        "file and folder",
        "our manifest",
        "manifest in static",
        "case of a made file",
    ],
)
def test_two_of_one_address_are_a_problem(site, files, place):
    _, problems = plan_of(site, files)
    assert clashes(problems) == [("url-taken", place)]


def test_file_that_would_be_a_folder_is_a_problem(site):
    files = {
        f"{P}2026-01-01-a.md": "---\npermalink: /x.html\n---\n",
        f"{P}2026-01-01-b.md": "---\npermalink: /x.html/y/\n---\n",
    }
    assert [each.code for each in plan_of(site, files)[1]] == ["url-taken"]


def test_chart_and_dataset_pages_clash_with_an_essay_of_their_address(site):
    files = {
        f"{P}2026-01-01-a.md": "---\npermalink: /charts/capex/\n---\n",
        f"{P}2026-01-01-b.md": "---\npermalink: /data/gdp/\n---\n",
    }
    _, problems = plan_of(site, files, charts=(chart("capex"),), datasets=(dataset("gdp"),))
    assert clashes(problems) == [
        ("url-taken", "content/charts/capex.yml"),
        ("url-taken", "data/datapackage.yaml:3"),
    ]


def test_address_of_a_frame_is_taken_too(site):
    files = {"content/static/charts/capex/embed/index.html": ""}
    _, problems = plan_of(site, files, charts=(chart("capex"),))
    assert clashes(problems) == [("url-taken", "content/charts/capex.yml")]


@pytest.mark.parametrize(
    ("kind", "permalink"),
    [
        ("datasets", "/data/"),
        ("tags", "/tags/"),
        ("404", "/404.html"),
        ("index", "/"),
        ("feed", "/feed.xml"),
    ],
)
def test_page_of_the_author_takes_the_place_of_a_made_one(site, kind, permalink):
    plan, problems = plan_of(site, {"content/pages/x.md": f"---\npermalink: {permalink}\n---\n"})
    assert problems == ()
    assert not plan.has(kind)
    assert plan.addresses[permalink].kind == "essay"


def test_static_file_takes_the_place_of_a_made_one(site):
    plan, problems = plan_of(
        site, {"content/static/robots.txt": "", "content/static/index.html": ""}
    )
    assert problems == ()
    assert not plan.has("robots")
    assert not plan.has("index")


def test_static_files_keep_their_names(site):
    plan, problems = plan_of(site, {"content/static/CNAME": "", "content/static/.nojekyll": ""})
    assert problems == ()
    assert plan.addresses["/CNAME"].target == "CNAME"


def test_datasets_have_a_page_their_file_and_their_rows(site):
    plan, problems = plan_of(
        site, {}, datasets=(dataset("a"), dataset("b", "parquet")), package="data/datapackage.yaml"
    )
    assert problems == ()
    wanted = {
        "/data/a/",
        "/data/a.csv",
        "/data/b/",
        "/data/b.parquet",
        "/data/b.csv",
        "/data/datapackage.yaml",
    }
    assert wanted <= set(plan.addresses)


def test_tags_are_sorted_and_name_their_posts(site):
    plan, problems = plan_of(
        site,
        {
            f"{P}2026-01-01-a.md": "---\ntags: [zebra, AI]\n---\n",
            f"{P}2026-01-02-b.md": "---\ntags: AI open\n---\n",
            "content/pages/c.md": "---\ntags: pages\n---\n",
        },
    )
    assert problems == ()
    assert list(plan.tags) == ["AI", "open", "zebra"]
    assert [post.slug for post in plan.tags["AI"]] == ["b", "a"]
    assert tag_url("AI") in plan.addresses


def test_tags_that_share_an_address_are_a_problem_that_names_both(site):
    _, problems = plan_of(site, {f"{P}2026-01-01-a.md": "---\ntags: [AI, ai, C++, C#]\n---\n"})
    assert [each.code for each in problems] == ["url-taken", "url-taken"]
    assert problems[0].message == 'the tags "AI" and "ai" have one address, /tags/ai/'


@pytest.mark.parametrize(
    ("permalink", "code"),
    [
        ("/../x/", "path-outside"),
        ("/%2e%2e/x/", "permalink-wrong"),
        ("/:nope/", "permalink-wrong"),
        ("'/a b/'", "permalink-wrong"),
    ],
)
def test_permalink_that_cannot_be_an_address_names_its_place(site, permalink, code):
    plan, problems = plan_of(
        site, {f"{P}2026-01-01-a.md": f"---\ntitle: x\npermalink: {permalink}\n---\n"}
    )
    place = f"{P}2026-01-01-a.md:3:{13 if permalink.startswith(chr(39)) else 12}"
    assert clashes(problems) == [(code, place)]
    assert plan.essay_urls == {}


def test_redirect_that_leads_out_is_a_problem(site):
    _, problems = plan_of(
        site, {f"{P}2026-01-01-a.md": "---\nredirect_from: [/x/../../y, 'a b']\n---\n"}
    )
    assert [each.code for each in problems] == ["path-outside", "permalink-wrong"]


def test_file_name_that_makes_no_address_is_blamed_itself(site):
    _, problems = plan_of(site, {f"{P}2026-01-01-50%.md": BARE, f"{P}2026-01-01-...md": BARE})
    assert clashes(problems) == [
        ("path-outside", f"{P}2026-01-01-...md"),
        ("permalink-wrong", f"{P}2026-01-01-50%.md"),
    ]
    assert "file's name" in problems[0].message
