"""Text without a mark is passed by, and nothing is missed by that."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from osai_essay.prose import inline
from prose_case import html, render

PIECES = [
    *inline.PUNCTUATION,
    *"aB1 \n",
    "www.",
    "http://",
    "a@b.org",
    "  \n",
    "&amp;",
    "](",
    "[^1]",
]
NOTE = "\n\n[^1]: A note."


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a www.example.org b", '<a href="http://www.example.org">'),
        ("see HTTP: http://example.org", '<a href="http://example.org">'),
        ("to a@example.org", '<a href="mailto:a@example.org">'),
        ("one  \ntwo", "<br>"),
        ("one\\\ntwo", "<br>"),
        ("a `b` c", "<code>b</code>"),
        ("a ~~b~~ c", "<del>b</del>"),
        ("a _b_ c", "<em>b</em>"),
        ("a &copy; c", "©"),
        ("*[HTML]: Hypertext\n\nWhat HTML is", '<abbr title="Hypertext">HTML</abbr>'),
    ],
)
def test_each_mark_alone_is_read(source: str, expected: str) -> None:
    assert expected in html(source)


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_what_is_passed_by_would_have_been_left_as_it_is(source: str) -> None:
    passed_by = render(source + NOTE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inline, "_MARK", re.compile(""))  # found everywhere: nothing is passed by
        assert render(source + NOTE) == passed_by


def test_plain_text_is_passed_by(monkeypatch: pytest.MonkeyPatch) -> None:
    def see(self: object, pattern: object, data: str, *rest: int) -> tuple[str, bool, int]:
        seen.append(data)
        return data, False, 0

    seen: list[str] = []
    monkeypatch.setattr(
        type(Markdown().treeprocessors["inline"]), "_InlineProcessor__applyPattern", see
    )
    render("Plain words.\n\n| A | B |\n|--|--|\n| c, d | (e) |\n\nMarked *words*.")
    assert set(seen) == {"Marked *words*."}
