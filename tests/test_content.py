"""Essays with their front matter, and files copied as they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osai_essay.content import list_static, read_essays
from osai_essay.content.front_matter import split_front_matter
from osai_essay.problem import SiteError

NAME = "2026-01-02-a-post.md"


def essay(site, front: str, body: str = "", name: str = NAME, kind: str = "posts"):
    """The essay and its problems."""
    (found,), problems = read_essays(site({f"content/{kind}/{name}": f"---\n{front}\n---\n{body}"}))
    return found, problems


def faults(site, source: str | bytes, name: str = NAME):
    problems = read_essays(site({f"content/posts/{name}": source}))[1]
    return [(each.code, str(each.where).removeprefix("content/posts/")) for each in problems]


# --- front matter ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "meta", "body", "line"),
    [
        ("---\ntitle: x\n---\nbody\n", {"title": "x"}, "body\n", 4),
        ("---\ntitle: x\n...\nbody", {"title": "x"}, "body", 4),
        ("--- \ntitle: x\n---\t\nbody", {"title": "x"}, "body", 4),
        ("---\n---", {}, "", 3),
        ("---\n\n# only a comment\n---\nb", {}, "b", 5),
        ("---\nx: 1\n---\na\n\n---\n\nb\n...\n", {"x": 1}, "a\n\n---\n\nb\n...\n", 4),
        ("---\nx: a---b\n---\nb", {"x": "a---b"}, "b", 4),
        ("---\nx: |\n  ---\n  y\n---\nb", {"x": "---\ny"}, "b", 6),
    ],
    ids=["plain", "dots", "spaces", "empty", "comment", "rules below", "dashes in", "in a block"],
)
def test_front_matter_and_body_are_parted(text, meta, body, line):
    parts = split_front_matter(text, "a.md")
    assert (dict(parts.meta), parts.body, parts.body_line) == (meta, body, line)


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("", ("front-matter-missing", f"{NAME}:1")),
        ("# Title\n", ("front-matter-missing", f"{NAME}:1")),
        ("\n---\ntitle: x\n---\n", ("front-matter-missing", f"{NAME}:1")),
        ("---", ("front-matter-open", f"{NAME}:1")),
        ("---\ntitle: x\n\nbody --- \n", ("front-matter-open", f"{NAME}:1")),
        ("---\n- a\n---\n", ("front-matter-wrong", f"{NAME}:2")),
        ("---\ntitle\n---\n", ("front-matter-wrong", f"{NAME}:2")),
        ("---\ntitle: a: b\n---\n", ("yaml-unreadable", f"{NAME}:2:9")),
        ("---\nx: 1\ndate: 2026-01-01\ndate: 2026-01-02\n---\n", ("yaml-key-twice", f"{NAME}:4:1")),
        ("---\nx: !!python/name:os.system\n---\n", ("yaml-unreadable", f"{NAME}:2:4")),
        (b"---\ntitle: x\n---\n\nca\xe9\n", ("file-not-utf8", f"{NAME}:5")),
    ],
    ids=[
        "empty file",
        "none",
        "blank line first",
        "three dashes",
        "open",
        "list",
        "word",
        "colon",
        "key twice",
        "python tag",
        "latin-1",
    ],
)
def test_front_matter_that_cannot_be_read(site, source, fault):
    assert faults(site, source) == [fault]


@pytest.mark.parametrize(
    ("source", "fix"),
    [
        ("\n\n---\ntitle: x\n---\n", "take out what stands before"),
        ("+++\ntitle = 1\n+++\n", "TOML is not read"),
        ("# Title\n", "begin it with a line"),
    ],
)
def test_missing_front_matter_is_cured_by_what_stands_there(source, fix):
    with pytest.raises(SiteError) as caught:
        split_front_matter(source, "a.md")
    assert caught.value.problem.code == "front-matter-missing"
    assert fix in caught.value.problem.fix


@given(st.text("-.\n\r \tabc:'\"[]{}&*#|>é\ufeff"))
def test_any_text_has_front_matter_or_a_problem(text):
    try:
        parts = split_front_matter(text, "a.md")
    except SiteError as error:
        assert error.problem.where.file == "a.md"
    else:
        assert text.endswith(parts.body)


def test_one_file_that_cannot_be_read_hides_no_other(site):
    essays, problems = read_essays(
        site({f"content/posts/{NAME}": "", "content/pages/b.md": "---\n---\n"})
    )
    assert [each.source for each in essays] == ["content/pages/b.md"]
    assert len(problems) == 1


def test_windows_file_is_read_as_any_other(site):
    source = "\ufeff---\r\ntitle: x\r\n---\r\nbody {{ nope }}\r\n"
    (found,), problems = read_essays(site({f"content/posts/{NAME}": source}))
    assert problems == ()
    assert found.body.source == "body {{ nope }}\n"
    assert str(found.body.names[0].where).endswith(":4:9")


# --- what front matter says ------------------------------------------------------------------


def test_every_known_key_is_read(site):
    found, problems = essay(
        site,
        "layout: wide\ntitle: T\ndate: 2026-11-21 10:00:00 -0500\nupdated: 2026-11-22\nauthor: A\n"
        "description: D\ntags: [x, y z]\ncategories: a b\npermalink: /p/\nredirect_from: /old/\n"
        "published: no\ndraft: yes\nmath: true\ntoc: on\nreading_time: 7 min\nreferences: [s1]\n"
        "mine: {deep: [1, no]}",
    )
    assert problems == ()
    assert (found.layout, found.title.source, found.author) == ("wide", "T", "A")
    assert found.date.iso == "2026-11-21T10:00:00-05:00"
    assert found.updated.iso == "2026-11-22"
    assert found.tags == ("x", "y z")
    assert found.categories == ("a", "b")
    assert (found.permalink, found.redirect_from[0].name) == ("/p/", "/old/")
    assert (found.is_published, found.is_draft, found.math, found.toc) == (False, True, True, True)
    assert found.reading_time == "7 min"
    assert [use.name for use in found.references] == ["s1"]
    assert found.meta == {"mine": {"deep": [1, "no"]}}


def test_empty_keys_are_as_good_as_absent(site):
    keys = "title date updated author description tags permalink redirect_from draft references"
    found, problems = essay(site, "\n".join(f"{key}:" for key in keys.split()))
    assert problems == ()
    assert found.title.source == "A post"
    assert found.references == found.tags == ()


@pytest.mark.parametrize(
    ("front", "tags"),
    [
        ("tags: one two", ("one", "two")),
        ("tags: [one two, three]", ("one two", "three")),
        ("tags: [2026, 1.5]", ("2026", "1.5")),
        ("tag: one\ntags: [two, one]", ("two", "one")),
        ("tags: [one, one, ' one ']", ("one",)),
        ("tags: ''", ()),
        ("tags: []", ()),
    ],
)
def test_tags_are_text_or_list(site, front, tags):
    found, problems = essay(site, front)
    assert problems == ()
    assert found.tags == tags


def test_several_authors_are_joined(site):
    assert essay(site, "author: [A, B]")[0].author == "A, B"


@pytest.mark.parametrize(
    ("name", "slug", "date"),
    [
        ("2026-01-02-a-post.md", "a-post", "2026-01-02"),
        ("2026-1-2-x.md", "x", "2026-01-02"),
        ("2026-01-02-x.markdown", "x", "2026-01-02"),
        ("2026-01-02-x.MD", "x", "2026-01-02"),
        ("2026-01-02-a.b.md", "a.b", "2026-01-02"),
        ("sub/2026-01-02-x.md", "x", "2026-01-02"),
        ("2026-01-02-中文 é.md", "中文 é", "2026-01-02"),
    ],
)
def test_date_and_slug_come_from_jekylls_file_name(site, name, slug, date):
    found, problems = essay(site, "title: x", name=name)
    assert problems == ()
    assert (found.slug, found.date.iso) == (slug, date)


def test_date_of_the_front_matter_stands_above_that_of_the_name(site):
    assert essay(site, "date: 2025-05-05")[0].date.iso == "2025-05-05"


def test_page_keeps_a_date_in_its_name(site):
    found, _ = essay(site, "title: x", kind="pages")
    assert (found.slug, found.date, found.layout) == ("2026-01-02-a-post", None, "page")


@pytest.mark.parametrize(
    ("name", "front", "fault"),
    [
        ("x.md", "title: x", ("date-missing", "x.md:1")),
        ("2026-01-02.md", "title: x", ("date-missing", "2026-01-02.md:1")),
        ("2026-13-02-x.md", "title: x", ("date-wrong", "2026-13-02-x.md")),
        (NAME, "title: x\ndate: soon", ("date-wrong", f"{NAME}:3:7")),
        (NAME, "updated: 2026-02-30", ("date-wrong", f"{NAME}:2:10")),
        (NAME, "date: {a: b}", ("front-matter-wrong", f"{NAME}:2:7")),
        (NAME, "math: maybe", ("front-matter-wrong", f"{NAME}:2:7")),
        (NAME, "tags: {a: b}", ("front-matter-wrong", f"{NAME}:2:7")),
        (NAME, "references: [a, {b: c}]", ("front-matter-wrong", f"{NAME}:2:17")),
        (NAME, "layout: [a]", ("front-matter-wrong", f"{NAME}:2:9")),
    ],
)
def test_what_is_wrong_names_its_place(site, name, front, fault):
    assert faults(site, f"---\n{front}\n---\n", name) == [fault]


def test_all_faults_of_a_file_come_at_once(site):
    found = faults(
        site, "---\ntitle: '{% set a %}'\ndate: soon\nmath: maybe\n---\n{{ f() }}\n{% nope %}"
    )
    assert len(found) == 5


@pytest.mark.parametrize(
    ("front", "place"),
    [
        ("title: a {{ nope }}", "2:13"),
        ("title: 'a {{ nope }}'", "2:14"),
        ('description: "{{ nope }}"', "2:18"),
        ("title:\n  {{nope}}", None),
    ],
    ids=["plain", "single", "double", "unquoted braces"],
)
def test_names_in_front_matter_know_their_column(site, front, place):
    if place is None:
        assert faults(site, f"---\n{front}\n---\n")
        return
    found, _ = essay(site, front)
    (use,) = found.title.names or found.description.names
    assert str(use.where).endswith(f"{NAME}:{place}")


def test_private_characters_are_taken_out_of_content(site):
    found, _ = essay(site, "title: a\U000f0001b", "x\U00100000y")
    assert (found.title.source, found.body.source) == ("ab", "xy")


def test_essay_that_is_a_link_out_of_the_root_is_not_read(site, tmp_path):
    (tmp_path / "secret.md").write_text("---\n---\n")
    root = site({"content/posts/x.txt": ""})
    (root / "content/posts" / NAME).symlink_to(tmp_path / "secret.md")
    essays, problems = read_essays(root)
    assert essays == ()
    assert [each.code for each in problems] == ["path-outside"]


# --- static files ----------------------------------------------------------------------------


def test_static_files_keep_their_names(site):
    root = site(
        {"content/static/CNAME": "", "content/static/.nojekyll": "", "content/static/a/é b.png": ""}
    )
    files, problems = list_static(root)
    assert problems == ()
    assert [each.url for each in files] == ["/.nojekyll", "/CNAME", "/a/é b.png"]


@pytest.mark.parametrize(
    ("link", "aim", "code"),
    [
        ("out.png", "../../../outside.png", "path-outside"),
        ("folder", "../../../outside", "path-outside"),
        ("dead", "nowhere", "file-unreadable"),
        ("round", "round", "path-outside"),
    ],
    ids=["file", "folder", "dead link", "link to itself"],
)
def test_links_that_cannot_be_copied_are_problems(site, tmp_path, link, aim, code):
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside.png").write_text("x")
    root = site({"content/static/a": ""})
    (root / "content/static" / link).symlink_to(aim)
    files, problems = list_static(root)
    assert [each.url for each in files] == ["/a"]
    assert [(each.code, each.where.file) for each in problems] == [(code, f"content/static/{link}")]


def test_slug_of_front_matter_takes_the_place_of_the_files_name(site):
    read, _ = essay(site, "slug: other\nexcerpt_separator: <!--more-->")
    assert (read.slug, read.excerpt_separator) == ("other", "<!--more-->")
