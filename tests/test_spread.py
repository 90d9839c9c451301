"""Many essays written by several processes are the essays that one writes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from osai_essay.build import Options, build_site
from osai_essay.cache.memo import open_memo
from osai_essay.child import Child, ChildError, ChildFault
from osai_essay.model import NO_MEMO, Memo
from osai_essay.pages import spread
from osai_essay.pages.made import MadeEssay
from osai_essay.pages.writer import Writer
from waiting import wait_until

POSTS = 60
NUMBERS = "us: {constant: 5, unit: USD bn, label: Five, source: s}\n"
ASIDE = "<aside>{{ include.text }}</aside>\n"

Site = Callable[[Mapping[str, str | bytes]], Path]


@pytest.fixture
def root(site: Site) -> Path:
    """Posts with links to one another, numbers, footnotes, and in some an include of the theme."""
    files: dict[str, str | bytes] = {
        "content/site.yml": "title: Many\n",
        "content/numbers.yml": NUMBERS,
        "data/sources.csv": "id,title\ns,One\n",
        "templates/includes/aside.html": ASIDE,
    }
    for number in range(POSTS):
        other = f"2026-01-01-post-{(number * 7) % POSTS:02}.md"
        include = "{% include aside.html text='a' %}" if number % 9 == 0 else ""
        files[f"content/posts/2026-01-01-post-{number:02}.md"] = (
            f"---\ntitle: Post {number}\n---\n\n## Of {{{{ us }}}}\n\n[that]({other}) and"
            f" {{{{ us }}}}.[^1]\n\n{include}\n\n[^1]: A note.\n"
        )
    return site(files)


def build(root: Path, memo: Memo = NO_MEMO) -> dict[str, bytes]:
    output = root / "build"
    result = build_site(root, Options(today=date(2026, 11, 21), output=output), memo)
    assert [str(each) for each in result.problems if each.is_error] == []
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in output.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[spread.Hand]:
    """What children were asked to write."""
    requests: list[spread.Hand] = []
    call = Child.call

    def watched(child: Child, request: Any, **more: float | None) -> object:
        if child.target.startswith(spread.__name__):
            requests.append(request)
        return call(child, request, **more)

    monkeypatch.setattr(Child, "call", watched)
    return requests


@pytest.fixture
def slow_here(monkeypatch: pytest.MonkeyPatch, asked: list[spread.Hand]) -> None:
    """This process writes nothing before the children were asked to write, where they are to."""
    write = Writer.write

    def slowly(writer: Writer) -> MadeEssay:
        if any("help" in each.name for each in threading.enumerate()):
            wait_until(lambda: len(asked) > 1)
        return write(writer)

    monkeypatch.setattr(Writer, "write", slowly)


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine of three cores, on which these are many posts."""
    monkeypatch.setattr("os.cpu_count", lambda: 3)
    monkeypatch.setattr(spread, "PAYS_FROM", POSTS // 2)


@pytest.mark.usefixtures("slow_here", "many")
def test_children_write_what_one_process_writes(root, asked, monkeypatch):
    spread_out = build(root)
    assert len(asked) > 1
    assert max(map(len, asked)) > 1
    monkeypatch.setattr(spread, "PAYS_FROM", POSTS + 1)
    asked.clear()
    assert build(root) == spread_out
    assert asked == []


@pytest.mark.usefixtures("slow_here", "many")
def test_problems_keep_their_order_and_places(root):
    for number in (1, 30, 58):
        post = root / f"content/posts/2026-01-01-post-{number:02}.md"
        post.write_text(post.read_text() + "\n[gone](nowhere.md)\n")
    result = build_site(root, Options(today=date(2026, 11, 21), output=root / "build"))
    assert [
        (each.where.file[-5:-3], each.where.line) for each in result.problems if each.is_error
    ] == [
        ("01", 13),
        ("30", 13),
        ("58", 13),
    ]


@pytest.mark.usefixtures("slow_here", "many")
def test_what_an_earlier_build_made_is_not_asked_for_again(root, asked):
    memo = open_memo(root, version="1")
    spread_out = build(root, memo)
    assert asked
    asked.clear()
    assert build(root, memo) == spread_out
    assert asked == []
    changed = root / "content/posts/2026-01-01-post-07.md"
    changed.write_text(changed.read_text() + "\nMore.\n")
    assert build(root, memo)["post-07/index.html"] != spread_out["post-07/index.html"]
    assert asked == []
    memo.close()


@pytest.mark.parametrize("error", [ChildError("slow", "no more"), ChildFault("KeyError: 'a'")])
def test_what_a_child_cannot_write_is_written_here(root, monkeypatch, request, error):
    whole = build(root)
    request.getfixturevalue("many")
    failed: list[object] = []

    def fail(child: Child, hand: object, **_: object) -> object:
        failed.append(hand)
        raise error

    monkeypatch.setattr(spread.Child, "call", fail)
    assert build(root) == whole
    assert failed


@pytest.mark.usefixtures("many")
def test_nobody_goes_on_where_this_process_fails(root, asked, monkeypatch):
    def fail(writer: Writer) -> MadeEssay:
        raise ZeroDivisionError(writer.essay.source)

    monkeypatch.setattr(Writer, "write", fail)
    with pytest.raises(ZeroDivisionError):
        build(root)
    assert sum(map(len, asked)) < POSTS * 2 / 3  # the hands they had
    assert not [each for each in threading.enumerate() if "help" in each.name]
