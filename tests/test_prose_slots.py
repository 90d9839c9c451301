"""Slots: numbers, claims and charts put into the finished HTML, each as its place wants it."""

from __future__ import annotations

import pytest

from osai_essay.struct import replace
from prose_case import CHART, CLOSE_CLAIM, NUMBER, OPEN_CLAIM, SLOTS, html, render

LINK = '<a href="#n1">$349 billion</a>'


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (f"It was {NUMBER}.", f"<p>It was {LINK}.</p>"),
        (f"*{NUMBER}*", f"<p><em>{LINK}</em></p>"),
        (f'"{NUMBER}" and {NUMBER}\'s', f"<p>“{LINK}” and {LINK}’s</p>"),
        (f"- {NUMBER}", f"<ul><li>{LINK}</li></ul>"),
        (f"`{NUMBER}`", "<p><code>$349 billion</code></p>"),
        (f"[{NUMBER} more](a.md)", '<p><a href="../a/index.html">$349 billion more</a></p>'),
        (f"[a]({NUMBER})", '<p><a href="$349 billion">a</a></p>'),
        (f'[a](b "of {NUMBER}")', '<p><a href="b" title="of $349 billion">a</a></p>'),
        (f'<b title="{NUMBER}">{NUMBER}</b>', f'<p><b title="$349 billion">{LINK}</b></p>'),
        (f"<div>{NUMBER}</div>", f"<div>{LINK}</div>"),
        (f"<!-- {NUMBER} -->", "<!-- $349 billion -->"),
        (
            f"{OPEN_CLAIM}less *than*{CLOSE_CLAIM}",
            '<p><span class="claim">less <em>than</em></span></p>',
        ),
        (f"[{OPEN_CLAIM}a{CLOSE_CLAIM}](b)", '<p><a href="b">a</a></p>'),
        (f"A\n: {NUMBER}", f"<dl><dt>A</dt><dd>{LINK}</dd></dl>"),
    ],
)
def test_slot_in_its_place(source: str, expected: str) -> None:
    assert html(source) == expected


def test_slot_in_code_is_escaped_text() -> None:
    assert "<code>$349 billion\n</code>" in render(f"```\n{NUMBER}\n```").html


def test_slot_in_a_pictures_words() -> None:
    assert 'alt="Plans of $349 billion"' in html(f"![Plans of {NUMBER}](a.png)")


def test_slot_in_a_table_and_its_label() -> None:
    table = html(f"| {NUMBER} | b |\n|---|---|\n| c | {NUMBER} |")
    assert 'aria-label="$349 billion, b"' in table
    assert f"<td>{LINK}</td>" in table


def test_slot_in_a_footnote() -> None:
    assert f"<p>of {LINK}<a" in html(f"a[^1]\n\n[^1]: of {NUMBER}")


def test_slot_in_a_heading_links_in_the_page_and_is_words_elsewhere() -> None:
    case = render(f"## Over {NUMBER}")
    assert case.html == f'<h2 id="over-349-billion">Over {LINK}</h2>'
    assert case.prose.headings[0].text == "Over $349 billion"


def test_anchor_of_a_heading_has_the_name_of_a_number_and_not_its_value() -> None:
    slot = replace(SLOTS[NUMBER], anchor="us capex")
    headings = f"## {NUMBER} in *{NUMBER}'s* year\n\n### `{NUMBER}`\n\n## [{NUMBER}](b)\n\n{{:toc}}"
    case = render(headings, slots={**SLOTS, NUMBER: slot})
    ids = ["us-capex-in-us-capexs-year", "us-capex", "us-capex-1"]
    assert [heading.id for heading in case.prose.headings] == ids
    assert case.prose.headings[0].text == "$349 billion in $349 billion’s year"


def test_words_of_a_number_count() -> None:
    assert render(f"It was {NUMBER}").prose.words == 4


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (CHART, "<figure>bars</figure>"),
        (f"a\n{CHART}\nb", "<p>a</p><figure>bars</figure><p>b</p>"),
        (f"a {CHART} b", "<p>a </p><figure>bars</figure><p> b</p>"),
        (f"a *b {CHART} c*", "<p>a <em>b </em></p><figure>bars</figure><p><em> c</em></p>"),
        (f"**{CHART}**", "<figure>bars</figure>"),
        (f"- {CHART}", "<ul><li><figure>bars</figure></li></ul>"),
        (f"> {CHART}", "<blockquote><figure>bars</figure></blockquote>"),
        (f"# A {CHART}", '<h1 id="a-bars">A bars</h1>'),
        (f"{CHART}\n{{: .wide}}", '<div class="wide"><figure>bars</figure></div>'),
    ],
)
def test_block_slot_never_stands_in_a_paragraph(source: str, expected: str) -> None:
    assert html(source) == expected


def test_private_characters_that_stand_for_nothing_are_replaced() -> None:
    case = render("a \U000f0099 \U00100000 \U0010ffff &#xF0000; b `\U000f0099`")
    assert not any(ord(char) >= 0xF0000 for char in case.html)
