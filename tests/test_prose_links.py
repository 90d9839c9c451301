"""Links and pictures: resolved, placed in the file, safe; bare addresses."""

from __future__ import annotations

import pytest

from osai_essay.problem import Where
from osai_essay.prose import render_prose
from prose_case import html, render, resolve


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[a](b.md#c)", '<a href="../b/index.html#c">'),
        ("[a](b.md)", '<a href="../b/index.html">'),
        ("[a][r]\n\n[r]: b.md", '<a href="../b/index.html">'),
        ("[R]\n\n[r]: b.md 'T'", '<a href="../b/index.html" title="T">'),
        ('<a href="b.md">a</a>', '<a href="../b/index.html">'),
        ("<div><a href=b.md>a</a></div>", '<a href="../b/index.html">'),
        ("[a](https://x.org/?a=1&b=2)", '<a href="https://x.org/?a=1&amp;b=2">'),
        ("[a](mailto:a@b.org)", '<a href="mailto:a@b.org">'),
        ("[a](#part)", '<a href="#part">'),
    ],
)
def test_links_are_resolved(source: str, expected: str) -> None:
    assert expected.replace("index.html#c", "index.html") in html(source)


def test_links_into_the_site_are_gathered_with_their_place() -> None:
    case = render("x\n\n[a](b.md#c) [d](https://x.org) <a href='e.md'>f</a>")
    uses = [(use.href, use.url, use.fragment, str(use.where)) for use in case.prose.links]
    assert uses == [
        ("b.md#c", "/b/", "c", "content/posts/a.md:3:5"),
        ("e.md", "/e/", "", "content/posts/a.md:3:41"),
    ]


def test_the_same_address_several_times_has_a_place_each_time() -> None:
    case = render("`a.md` [a.md](a.md)\n[x](a.md) a.md")
    places = [(use.where.line, use.where.column) for use in case.prose.links]
    assert places == [(1, 15), (2, 5)]


def test_two_uses_of_one_reference_share_its_place() -> None:
    case = render("[a][r] [b][r]\n\n[r]: c.md")
    assert [use.where.line for use in case.prose.links] == [3, 3]


def test_a_reference_nobody_declares_names_the_nearest() -> None:
    (problem,) = render("[a][epohc]\n\n[epoch]: https://a.org").problems
    assert (problem.code, problem.where.column) == ("link-reference-unknown", 5)
    assert '"epoch"' in problem.fix and not problem.is_error


def test_a_broken_link_gets_file_line_and_column() -> None:
    case = render("[a](missing.md)", where=Where(file="p.md", line=7, column=3))
    (problem,) = case.problems
    assert str(problem.where) == "p.md:7:7"
    assert problem.where.width == len("missing.md")


def test_a_caller_may_tell_the_place_of_each_character() -> None:
    _, problems = render_prose(
        "a [b](missing.md)",
        where=Where(file="p.md", line=1, column=1),
        slots={},
        resolve=resolve,
        math=False,
        place=lambda offset: Where(file="p.md", line=40, column=100 + offset),
    )
    assert str(problems[0].where) == "p.md:40:106"


def test_pictures_get_their_size_and_load_late() -> None:
    assert html('![A "b"](c.png "t")') == (
        '<p><img alt="A &quot;b&quot;" src="c.png" title="t" width="640" height="480"'
        ' loading="lazy" decoding="async"></p>'
    )


def test_what_the_author_said_of_a_picture_stands() -> None:
    image = html('<img src="c.png" alt="" width="10" loading="eager">')
    assert 'width="10"' in image and "height" not in image and 'loading="eager"' in image


def test_pictures_of_raw_html_and_srcset_are_resolved() -> None:
    assert render('<img src="missing.png" srcset="missing-2.png 2x" alt="a">').codes == [
        "link-broken",
        "link-broken",
    ]


@pytest.mark.parametrize(
    "source",
    [
        '<video src="missing.mp4" controls></video>',
        '<video poster="missing.png"></video>',
        '<audio><source src="missing.mp3"></audio>',
        '<video><track src="missing.vtt"></video>',
        '<picture><source srcset="missing.png 2x"><img src="a.png" alt="a"></picture>',
        '<input type="image" src="missing.png" alt="a">',
        '<image src="missing.png" />',
        '<table background="missing.png"><tr><td>a</td></tr></table>',
        '<svg><image href="missing.png"/></svg>',
        '<svg><image xlink:href="missing.png"/></svg>',
        '<svg><use href="missing.svg#a"/></svg>',
        '<svg><filter id="f"><feImage href="missing.png"/></filter></svg>',
        "<svg><rect fill=\"url('missing.svg#a')\"/></svg>",
        '<svg><g mask="URL( missing.svg )"></g></svg>',
    ],
)
def test_whatever_a_browser_fetches_by_itself_is_resolved(source: str) -> None:
    (problem,) = (each for each in render(f"a\n\n{source}").problems if each.is_error)
    assert problem.code == "link-broken"
    assert problem.where.line == 3


def test_what_a_drawing_holds_itself_is_no_address() -> None:
    drawing = '<svg><g fill="url(#a)" mask="none"><use href="#b"/></g></svg>'
    assert html(drawing).replace("></use>", "/>") == drawing


@pytest.mark.parametrize("source", ["![](a.png)", '<img src="a.png">', "x ![ ](a.png)"])
def test_a_picture_without_words_is_a_warning(source: str) -> None:
    (problem,) = render(source).problems
    assert (problem.code, problem.severity) == ("image-without-alt", "warning")
    assert problem.where.line == 1


@pytest.mark.parametrize(
    "source",
    [
        "[a](javascript:alert(1))",
        "[a](JaVaScript:x)",
        "<a href='java&#115;cript:x'>a</a>",
        "<a href=' javascript:x'>a</a>",
        '<div><a href="vbscript:x">a</a></div>',
        "[a](data:text/html,x)",
        "[a][r]\n\n[r]: javascript:x",
        "![a](javascript:x)",
        "<svg><a xlink:href='javascript:x'>a</a></svg>",
        '[a](b){: formaction="javascript:x"}',
    ],
)
def test_an_address_may_not_run_a_script(source: str) -> None:
    case = render(source)
    assert case.codes == ["link-unsafe"]
    assert "script:" not in case.html and "data:" not in case.html


@pytest.mark.parametrize(
    ("source", "address", "rest"),
    [
        ("see https://a.org/b_c_d.", "https://a.org/b_c_d", "."),
        ("(https://a.org/b_(c))", "https://a.org/b_(c)", ")"),
        ("https://a.org/x*y*z, b", "https://a.org/x*y*z", ", b"),
        ("http://a.org?b=1&c=2", "http://a.org?b=1&amp;c=2", ""),
        ("<https://a.org>", "https://a.org", ""),
    ],
)
def test_bare_addresses_become_links(source: str, address: str, rest: str) -> None:
    assert f'<a href="{address}">{address}</a>{rest}' in html(source)


def test_bare_www_and_mail_become_links() -> None:
    assert '<a href="http://www.a.org">www.a.org</a>' in html("www.a.org")
    assert '<a href="mailto:a@b.org">a@b.org</a>' in html("write to a@b.org.")
    assert '<a href="mailto:a@b.org">a@b.org</a>' in html("<a@b.org>")


@pytest.mark.parametrize(
    "source",
    ["`https://a.org`", "[https://a.org](b)", '<a href="b">https://a.org</a>', "    https://a.org"],
)
def test_no_link_in_code_or_in_a_link(source: str) -> None:
    assert 'href="https' not in html(source)


def test_raw_html_cannot_pass_for_a_link_of_our_own() -> None:
    for mark in ("data-own\U0010fffd", "data-prose-own"):
        case = render(f'<a href="javascript:x()" {mark}="">a</a> <a href="missing.md" {mark}>b</a>')
        assert [problem.code for problem in case.problems] == ["link-unsafe", "link-broken"]
