"""Raw HTML: kept, made whole, and refused where it would run or style something."""

from __future__ import annotations

import pytest

from prose_case import html, render


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            'a\n\n<ol start="4">\n<li>b</li>\n</ol>\n\n*c*',
            '<p>a</p><ol start="4"><li>b</li></ol><p><em>c</em></p>',
        ),
        ("a\n<div>*raw*</div>\nb", "<p>a</p><div>*raw*</div><p>b</p>"),
        ("<div>a</div> b", "<div>a</div><p>b</p>"),
        ("<div>\n\na\n\n<div>b</div>\n\n</div>\nc", "<div> a <div>b</div></div><p>c</p>"),
        ("a <b>*c*</b><br/>d", "<p>a <b><em>c</em></b><br>d</p>"),
        (
            '<div markdown="1">\n\n*a*\n\n- b\n\n</div>',
            "<div><p><em>a</em></p><ul><li>b</li></ul></div>",
        ),
        (
            "<div markdown='1'>\n  <div>*r*</div>\n  *a*\n</div>",
            "<div><div>*r*</div><p><em>a</em></p></div>",
        ),
        ("<p class='x' markdown='1'>a *b*</p>", '<p class="x">a <em>b</em></p>'),
        ("a <!-- b --> c", "<p>a <!-- b --> c</p>"),
        ("<!-- a\n\n*b* -->\n\nc", "<!-- a *b* --><p>c</p>"),
        ("- a\n  <div>b</div>\n- c", "<ul><li>a<div>b</div></li><li>c</li></ul>"),
        ("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("a <div>b</div> c", "<p>a </p><div>b</div><p> c</p>"),
        (
            "<svg viewBox='0 0 1 1'><path d='M0 0'/></svg>",
            '<svg viewBox="0 0 1 1"><path d="M0 0"/></svg>',
        ),
        ('<a name="x"></a>', '<p><a name="x"></a></p>'),
        ("a <5 <b c", "<p>a &lt;5 &lt;b c</p>"),
        (
            "`<div>`\n\n    <div>",
            '<p><code>&lt;div&gt;</code></p><div class="highlight"><pre tabindex="0"><code>&lt;div&gt; </code></pre></div>',
        ),
        ('<sub>a</sub> <kbd>"b"</kbd>', '<p><sub>a</sub><kbd>"b"</kbd></p>'),
    ],
)
def test_raw_html_is_kept(source: str, expected: str) -> None:
    assert html(source) == expected


def test_raw_table_scrolls_too() -> None:
    table = html("<table><tr><th>A</th></tr><tr><td>1</td></tr></table>")
    assert table.startswith('<div class="table-scroll" tabindex="0" role="region" aria-label="A">')


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "a <script src=x></script> b",
        "<div><script>if (a<b) x()</script></div>",
        "<SCRIPT>x",
        "<iframe src='https://a.org'></iframe>",
        "<style>p { color: red }</style>",
        '<p style="color: red">a</p>',
        "a <b onclick='x'>b</b>",
        "a <img src=a.png alt=a OnError=x>",
        '*a*{: style="x"}',
        "<link rel=stylesheet href=a>",
        "<meta http-equiv=refresh content=0>",
        "<base href=x>",
        "<svg><animate attributeName=href values=javascript:x /></svg>",
        "<form action='https://a.org/'><input name=q></form>",
        "<form><button>a</button></form>",
        "<fencedframe></fencedframe>",
        "<a href='https://a.org/' ping='https://b.org/'>a</a>",
    ],
)
def test_what_runs_or_styles_is_refused(source: str) -> None:
    case = render(f"\n{source}\n\nafter")
    assert "html-not-allowed" in case.codes
    assert case.problems[0].is_error and case.problems[0].where.line == 2
    out = case.html.lower()
    assert not any(
        word in out
        for word in ("<script", "style", "onclick", "onerror", "<iframe", "<form", "ping=")
    )
    assert out.endswith("<p>after</p>") or "<script>x" in source.lower()


def test_html_that_is_granted_stays() -> None:
    script = '<script>if (a<b && c) d = "e--f"</script>'
    source = f"<script src='a.js'></script>\n{script}\n\n<b onclick='x'>a</b>"
    case = render(source, allow_html=True)
    assert case.codes == []
    assert (
        '<script src="a.js"></script>' in case.html
        and script in case.html
        and 'onclick="x"' in case.html
    )


@pytest.mark.parametrize(
    ("source", "line", "column"),
    [
        ("<div>\na\n\n*b*", 1, 1),
        ("a <b>b\n\n*b*", 1, 3),
        ("a\n\nb </i>\n\n*b*", 3, 3),
        ("a <span>*c*</b>\n\n*b*", 1, 3),
    ],
)
def test_tags_that_never_close_do_not_swallow_the_page(source: str, line: int, column: int) -> None:
    case = render(source)
    assert set(case.codes) == {"html-not-closed"}
    assert (case.problems[0].where.line, case.problems[0].where.column) == (line, column)
    assert not case.problems[0].is_error
    assert case.html.endswith("<p><em>b</em></p>")


def test_every_tag_that_opens_closes() -> None:
    case = render("<div><b>a</div>\n\n- <i>b\n- c</i>\n\n<td>x")
    for name in ("div", "b", "i", "li", "ul"):
        assert case.html.count(f"<{name}>") == case.html.count(f"</{name}>")
