"""Whatever the text, there is an end, a result, and nothing in it that runs."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from osai_essay.model import Heading
from osai_essay.prose import heading_tree, plain_text
from prose_case import CHART, NUMBER, html, render

MANY = 100_000


HARD = {
    **{mark: mark * MANY for mark in '[*_~`<>$"\\|#-&!'},
    "quotes": ">" * 1000 + " a",
    "lists": "\n".join(f"{'  ' * depth}- a" for depth in range(1000)),
    "links": "[" * 1000 + "a" + "](b)" * 1000,
    "stars": "*a **b " * 20_000,
    "blocks": "<div>\n" * 20_000,
    "tags": "<b>" * 20_000,
    "comments": "<!-- " * 20_000,
    "fences": "- ```\n" * 5_000,
    "braces": "$" + "{" * 5_000 + "}" * 5_000 + "$",
    "definitions": "a\n: b\n" * 5_000,
    "footnotes": "[^1]" * 10_000,
    "spaces": " " * MANY + "```",
    "addresses": "www." * 20_000,
}


@pytest.mark.parametrize("name", HARD)
def test_hard_text_ends_soon(name: str) -> None:
    case = render(HARD[name], math=True)
    assert isinstance(case.html, str)


def test_nesting_without_end_is_a_problem_with_its_place() -> None:
    case = render("ok\n\n" + ">" * 1000 + " a")
    assert case.codes == ["markdown-too-deep"]
    assert case.problems[0].where.line == 3


def test_a_paragraph_of_marks_is_left_as_text() -> None:
    case = render("*a " * 2000)
    assert case.codes == ["markdown-too-deep"]
    assert case.html.startswith("<p>*a *a")


def test_problems_of_one_kind_are_not_without_end() -> None:
    assert len(render("[a](missing)\n\n" * 200).problems) == 50


PARTS = st.sampled_from(
    [
        *"*_`~[]()<>!#$|\\-+:\"'&{}^.=1 \n\t",
        NUMBER,
        CHART,
        "\U000f0077",
        "\U00100000",
        "\x02",
        "\x03",
        "\x00",
        "\n\n",
        "    ",
        "```",
        "$$",
        "<div>",
        "</div>",
        "<script>",
        "</script>",
        "<p>",
        "<b",
        "<a href='",
        "javascript:",
        "](",
        "[^1]",
        "\n[^1]: ",
        "\n| a | b |\n|---|---|\n",
        "\n- ",
        "\n1. ",
        "\n> ",
        "{: .a}",
        "&lt;script&gt;",
        "<!--",
        "-->",
        r"\frac",
        "word",
        "中",
        "<x-piece>",
        "\x02klzzwxh:0001\x03",
        "\x02wzxhzdk:0\x03",
    ]
)


class _Balance(HTMLParser):
    """Fails on a tag that closes what is not open."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        if tag not in {"img", "br", "hr", "input", "wbr"}:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, _attrs: object) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open.pop() == tag


@settings(max_examples=300)
@given(st.one_of(st.text(), st.lists(PARTS, max_size=60).map("".join)), st.booleans())
def test_any_text_gives_whole_html_that_runs_nothing(source: str, math: bool) -> None:
    case = render(source, math=math)
    out = case.html
    assert not any(0xF0000 <= ord(char) <= 0x10FFFF for char in out)
    assert "<script" not in out.lower() and 'href="javascript' not in out.lower()
    assert "\x02" not in out and "\x03" not in out and "<x-piece" not in out
    balance = _Balance()
    balance.feed(out)
    assert balance.open == []
    assert all(problem.where.line is not None for problem in case.problems)


def test_headings_as_a_tree() -> None:
    def heading(level: int, anchor: str) -> Heading:
        return Heading(level=level, id=anchor, text=anchor.upper())

    tree = heading_tree([heading(2, "a"), heading(3, "b"), heading(4, "c"), heading(2, "d")])
    assert [(entry["id"], [child["id"] for child in entry["children"]]) for entry in tree] == [
        ("a", ["b"]),
        ("d", []),
    ]


def test_plain_text_of_html() -> None:
    assert plain_text("<p>a <b>b</b>&amp;c</p><p>d</p><script>e</script>") == "a b&c d"


def test_table_markup_in_code_is_code() -> None:
    assert "<table" not in html("```\n| a | b |\n|---|---|\n```")
