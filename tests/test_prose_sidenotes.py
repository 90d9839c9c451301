"""Footnotes beside the text: which notes stand there, and what a page without room for them holds."""

from __future__ import annotations

import re

import pytest

from prose_case import render

SIDE = re.compile(r'<span class="sidenote".*?</span></span>', re.DOTALL)


def page(source: str) -> str:
    return " ".join(render(source).prose.page_html.split()).replace("> <", "><")


def test_short_note_stands_beside_its_mark_and_at_the_end() -> None:
    assert page("a[^x] b\n\n[^x]: Why *so*").startswith(
        '<p>a<sup id="fnref:x"><a class="footnote-ref" href="#fn:x" role="doc-noteref">1</a>'
        '<a class="footnote-ref" href="#side-fn:x" role="doc-noteref" hidden>1</a></sup>'
        '<span class="sidenote" id="side-fn:x" role="note" hidden><sup>1</sup><span>Why <em>so</em>'
        '<a aria-label="Back to reference 1" class="footnote-backref" href="#fnref:x"'
        ' role="doc-backlink">\u21a9\ufe0e</a></span></span> b</p>'
        '<section aria-label="Footnotes" class="footnotes" role="doc-endnotes"><ol>'
        '<li class="beside" id="fn:x"><p>Why <em>so</em>'
    )


def test_elsewhere_notes_stand_at_the_end_alone() -> None:
    case = render("a[^1]\n\n[^1]: Why")
    assert "side-fn" not in case.prose.html and "hidden" not in case.prose.html
    assert "\x00" not in case.prose.html + case.prose.page_html
    assert case.prose.words == 2


def test_paragraphs_of_a_note_are_spans() -> None:
    assert "<span>One</span><span>two" in page("a[^1]\n\n[^1]: One\n\n    two")


@pytest.mark.parametrize(
    "source",
    [
        "a[^1]\n\n[^1]: b\n\n    - list",
        "a[^1]\n\n[^1]: b\n\n    ```\n    code\n    ```",
        'a[^1]\n\n[^1]: <span id="here">b</span>',
        "a[^1]\n\n[^1]: " + "long " * 300,
        "# a[^1]\n\n[^1]: b",
        "| a[^1] |\n|---|\n| b |\n\n[^1]: c",
        '<div class="wide" markdown="1">\n\na[^1]\n\n</div>\n\n[^1]: b',
    ],
    ids=["list", "code", "id", "long", "heading", "table", "box"],
)
def test_other_notes_stand_at_the_end_alone(source: str) -> None:
    prose = render(source).prose
    assert 'href="#fn:1"' in prose.html
    assert prose.page_html == prose.html


@pytest.mark.parametrize("source", ["- a[^1]", "> a[^1]", "1. a\n   - *b[^1]*", "x\n: a[^1]"])
def test_note_of_a_list_or_a_quote_stands_beside_it(source: str) -> None:
    assert page(f"{source}\n\n[^1]: b").count('class="sidenote"') == 1


def test_note_referred_to_twice_stands_beside_the_first_place_that_has_room() -> None:
    found = page("# a[^1]\n\nb[^1] c[^1]\n\n[^1]: d")
    assert found.count('class="sidenote"') == 1
    assert found.index('class="sidenote"') > found.index("<p>b")
    assert found.count('href="#side-fn:1"') == 3


def test_notes_at_the_end_alone_keep_their_numbers() -> None:
    found = page("a[^1] b[^2]\n\n[^1]: c\n[^2]: d\n\n    - e")
    assert '<li class="beside" id="fn:1">' in found
    assert '<li value="2" id="fn:2">' in found
    assert len(SIDE.findall(found)) == 1


def test_note_that_refers_to_another_keeps_ids_single() -> None:
    found = page("a[^1]\n\n[^1]: b[^2]\n[^2]: c")
    ids = re.findall(r' id="([^"]*)"', found)
    assert len(ids) == len(set(ids))
    assert 'id="side-fn:1"' not in found


def test_link_of_a_note_is_checked_once() -> None:
    case = render("a[^1]\n\n[^1]: [b](other.md)")
    assert [use.href for use in case.prose.links] == ["other.md"]
    assert case.prose.page_html.count('href="../other/index.html"') == 2
