"""Posts that list, link and follow one another: what each shows of the others is never stale."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from osai_essay.build import MadeSite, Options, make_files
from osai_essay.cache.memo import open_memo
from osai_essay.cache.stamp import Stamp
from osai_essay.charts.painter import Painter
from osai_essay.content import essays
from osai_essay.model import NO_MEMO, Memo
from osai_essay.problem import has_errors, sort_problems
from osai_essay.query import Queries
from osai_essay.steps import Workshop

TODAY = date(2026, 11, 21)
LATER = date(2026, 12, 24)

ONE = """\
---
title: One
tags: [east, west]
date: 2026-11-01
---

The first words.[^1]

## Of links

[Two](2026-11-02-two.md), [a part of it](2026-11-02-two.md#of-coal), [three](/three/) and [a site](https://example.org).

[^1]: A note.
"""
TWO = """\
---
title: Two
tags: [west]
description: Of coal.
---

## Of coal

{% post_url 2026-11-01-one %} came before. ![A dot](dot.svg)
"""
POSTS = {
    "content/site.yml": "title: Posts\nurl: https://example.org\n",
    "content/posts/2026-11-01-one.md": ONE,
    "content/posts/2026-11-02-two.md": TWO,
    "content/posts/2026-11-03-three.md": "---\ntitle: Three\ntags: [east]\n---\n\nWords of three.\n",
    "content/posts/2026-11-04-four.md": "---\ntitle: Four\n---\n\nWords of four.\n",
    "content/posts/2026-12-24-five.md": "---\ntitle: Five\ntags: [west]\n---\n\nNot yet.\n",
    "content/posts/2026-11-05-six.md": "---\ntitle: Six\ndraft: true\n---\n\nNot done.\n",
    "content/posts/dot.svg": "<svg xmlns='http://www.w3.org/2000/svg' width='5' height='9'></svg>",
    "content/pages/about.md": "---\ntitle: About\ntoc: true\n---\n\n## Us\n\n[Two](../posts/2026-11-02-two.md)\n",
}


def path_of(name: str) -> str:
    (found,) = (file for file in POSTS if file.endswith(f"{name}.md"))
    return found


def edit(name: str, old: str, new: str) -> Callable[[Path], None]:
    """Replace words of an essay, or of site.yml; the other way round where that was done."""
    file = name if "/" in name else path_of(name)

    def change(root: Path) -> None:
        text = (root / file).read_text() if (root / file).exists() else POSTS[file]
        text = text.replace(new, old) if new in text else text.replace(old, new)
        (root / file).write_text(text)

    return change


def rename(old: str, new: str) -> Callable[[Path], None]:
    """Give a file another name, or its old one back."""

    def change(root: Path) -> None:
        one, other = sorted((root / old, root / new), key=Path.exists, reverse=True)
        if one.exists():
            one.rename(other)

    return change


def toggle(file: str, text: str) -> Callable[[Path], None]:
    """Add a file, or take it away."""

    def change(root: Path) -> None:
        path = root / file
        if path.exists():
            path.unlink()
        else:
            path.write_text(text)

    return change


def end_lines(root: Path) -> None:
    """Give a file the line ends of Windows, or take them away: the same words in other bytes."""
    path = root / path_of("three")
    ended = path.read_bytes().replace(b"\n", b"\r\n")
    path.write_bytes(ended.replace(b"\r\r\n", b"\n"))


CHANGES: dict[str, Callable[[Path], None]] = {
    "words": edit("one", "The first words", "Other first words"),
    "words that lists show": edit("three", "Words of three", "Other words"),
    "words nobody lists": edit("two", "came before", "was first"),
    "line ends": end_lines,
    "title of a neighbour": edit("two", "title: Two", "title: The second"),
    "title of the newest": edit("four", "title: Four", "title: The newest"),
    "description": edit("two", "Of coal.\n---", "Of coal and oil.\n---"),
    "order": edit("one", "date: 2026-11-01", "date: 2026-11-10"),
    "order within a day": edit("one", "date: 2026-11-01", "date: 2026-11-03"),
    "tag shared": edit("three", "tags: [east]", "tags: [east, west]"),
    "tag alone": edit("four", "title: Four", "tags: [north]\ntitle: Four"),
    "tag gone": edit("two", "tags: [west]", "tags: []"),
    "renamed": rename("content/posts/2026-11-04-four.md", "content/posts/2026-11-04-fourth.md"),
    "renamed and linked": rename("content/posts/2026-11-02-two.md", "content/posts/2026-11-02-b.md"),
    "dated by its name": rename("content/posts/2026-11-04-four.md", "content/posts/2026-10-04-four.md"),
    "address of one that is linked": edit("two", "tags:", "permalink: /coal/\ntags:"),
    "address of one that links": edit("one", "tags:", "permalink: /deep/down/\ntags:"),
    "address taken": edit("four", "title: Four", "permalink: /three/\ntitle: Four"),
    "old address": edit("four", "title: Four", "redirect_from: /old/\ntitle: Four"),
    "all addresses": edit("content/site.yml", "title: Posts", "permalink: /:year/:title/\ntitle: Posts"),
    "part that is linked": edit("two", "## Of coal", "## Of oil"),
    "table of contents": edit("about", "toc: true", "toc: false"),
    "heading": edit("about", "## Us", "## Ourselves"),
    "author": edit("three", "title: Three", "author: Somebody\ntitle: Three"),
    "front matter of one's own": edit("three", "title: Three", "mood: good\ntitle: Three"),
    "layout": edit("three", "title: Three", "layout: page\ntitle: Three"),
    "draft done": edit("six", "draft: true", "draft: false"),
    "draft again": edit("three", "title: Three", "draft: true\ntitle: Three"),
    "not published": edit("four", "title: Four", "published: false\ntitle: Four"),
    "due sooner": rename("content/posts/2026-12-24-five.md", "content/posts/2026-11-20-five.md"),
    "new post between": toggle("content/posts/2026-11-02-new.md", "---\ntitle: New\n---\n\nNew.\n"),
    "page": toggle("content/pages/more.md", "---\ntitle: More\n---\n\n[Up](/)\n"),
    "picture": edit("content/posts/dot.svg", "width='5'", "width='7'"),
    "picture gone": rename("content/posts/dot.svg", "content/posts/point.svg"),
    "separator": edit("content/site.yml", "title: Posts", "excerpt_separator: '<!--more-->'\ntitle: Posts"),
    "separated": edit("three", "Words of three.", "Words.\n\n<!--more-->\n\nOf three."),
    "baseurl": edit("content/site.yml", "title: Posts", "baseurl: /b\ntitle: Posts"),
    "correction": toggle(
        "content/corrections.yml",
        "- {date: 2026-11-20, wrong: '1', right: '2', why: A slip, essays: [2026-11-03-three.md]}\n",
    ),
    "list without dates": toggle(
        "templates/tag.html", "{% for e in essays %}{{ e.title }}: {{ e.summary }}{% endfor %}"
    ),
}  # fmt: skip

# What leaves a link without an aim, or two posts with one address.
BROKEN = {
    "address taken",
    "all addresses",
    "draft again",
    "part that is linked",
    "picture gone",
    "renamed and linked",
}


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are old enough at once for their times to be believed, as they are a moment later."""
    monkeypatch.setattr("osai_essay.cache.survey.TICK_NS", 0)


def write(root: Path) -> None:
    for name, text in POSTS.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    (root / "templates").mkdir(exist_ok=True)


def make(root: Path, memo: Memo, today: date = TODAY, **flags: bool) -> MadeSite:
    options = Options(today=today, output=root / "build", **flags)
    with Queries(memo) as queries, Painter() as painter:  # of which no post here has use
        return make_files(root, options, Workshop(queries=queries, painter=painter, memo=memo))


def compare(root: Path, said: object, today: date = TODAY, **flags: bool) -> bool:
    """A build with what earlier ones left, and one with nothing; False where there are errors."""
    memo = open_memo(root, version="1", seen=Stamp(root, None, ()).hashes)
    kept = make(root, memo, today, **flags)
    kept_files = {file.target: file.read() for file in kept.files}
    memo.finish(is_whole=not has_errors(kept.problems))
    memo.close()
    clean = make(root, NO_MEMO, today, **flags)
    assert sort_problems(kept.problems) == sort_problems(clean.problems), said
    assert kept_files == {file.target: file.read() for file in clean.files}, said
    return not has_errors(clean.problems)


def test_every_change_of_a_post_gives_the_site_of_a_clean_build(tmp_path):
    """Each by itself, and taken back again."""
    write(tmp_path)
    assert compare(tmp_path, "the first build")
    broken = set()
    for name, change in CHANGES.items():
        change(tmp_path)
        if not compare(tmp_path, name):
            broken.add(name)
        change(tmp_path)
        assert compare(tmp_path, f"{name}, taken back")
    assert broken == BROKEN


@pytest.mark.slow
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(CHANGES)), st.sampled_from([TODAY, LATER]), st.booleans()),
        min_size=1,
        max_size=8,
    )
)
def test_any_course_of_days_and_changes_gives_the_site_of_a_clean_build(tmp_path, course):
    root = tmp_path / "site"
    for folder in ("content", "templates"):
        shutil.rmtree(root / folder, ignore_errors=True)
    write(root)
    for name, today, drafts in course:
        CHANGES[name](root)
        compare(root, course, today, drafts=drafts)


def test_a_post_that_falls_due_is_listed_linked_and_followed(tmp_path):
    write(tmp_path)
    for today in (TODAY, LATER, TODAY):
        assert compare(tmp_path, today, today)
        assert compare(tmp_path, today, today, drafts=True)
        assert compare(tmp_path, today, today, future=True)  # where it is marked as coming


def test_a_link_to_what_is_left_out_says_why_today(tmp_path):
    """The addresses of the site stay the same while the reason is another."""
    write(tmp_path)
    edit("four", "Words of four", "[Six](2026-11-05-six.md)")(tmp_path)
    assert not compare(tmp_path, "a draft")
    edit("six", "draft: true", "published: false")(tmp_path)
    assert not compare(tmp_path, "not published")


@pytest.mark.parametrize(
    ("change", "essays", "proses", "pages"),
    [
        ("words", 1, 1, 5),  # its own page; index, feed and two tags show its first words
        ("words nobody lists", 1, 1, 2),
        ("line ends", 1, 1, 0),
        ("title of the newest", 1, 1, 4),  # its own, its neighbour's, the index, the feed
        ("tag alone", 1, 1, 6),
        ("draft done", 1, 1, 5),
    ],
)
def test_only_what_shows_a_change_is_made_again(tmp_path, change, essays, proses, pages):
    write(tmp_path)
    compare(tmp_path, "the first build")
    CHANGES[change](tmp_path)
    memo = open_memo(tmp_path, version="1", seen=Stamp(tmp_path, None, ()).hashes)
    make(tmp_path, memo)
    made = memo.made
    assert (made.get("essay"), made.get("prose"), made.get("page", 0)) == (essays, proses, pages)


def test_what_was_seen_of_a_file_names_nothing_that_is_made(tmp_path):
    """A file may be another by the time it is read: that one is not kept as the first."""
    write(tmp_path)
    seen = Stamp(tmp_path, None, ()).hashes
    CHANGES["title of a neighbour"](tmp_path)
    memo = open_memo(tmp_path, version="1", seen=seen)
    make(tmp_path, memo)
    memo.finish(is_whole=True)
    memo.close()
    CHANGES["title of a neighbour"](tmp_path)
    assert compare(tmp_path, "the files as they were seen")


def test_an_essay_is_not_read_where_its_bytes_are_known(tmp_path, monkeypatch):
    write(tmp_path)
    compare(tmp_path, "the first build")
    read: list[str] = []
    read_bytes = essays.read_bytes
    monkeypatch.setattr(
        essays, "read_bytes", lambda root, file: read.append(file) or read_bytes(root, file)
    )
    CHANGES["words"](tmp_path)
    memo = open_memo(tmp_path, version="1", seen=Stamp(tmp_path, None, ()).hashes)
    make(tmp_path, memo)
    assert read == [path_of("one")]
