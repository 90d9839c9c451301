"""Markdown as blogs have it: blocks, lists, tables, footnotes, attribute lists, typography."""

from __future__ import annotations

import re

import pytest

from prose_case import html, render

NESTED = "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li><li>d</li></ul>"


@pytest.mark.parametrize("step", [2, 3, 4])
def test_lists_nest_by_two_three_or_four_spaces(step: int) -> None:
    assert html(f"- a\n{' ' * step}- b\n{' ' * 2 * step}- c\n- d") == NESTED


def test_lists_nest_by_tabs() -> None:
    assert html("- a\n\t- b\n\t\t- c\n- d") == NESTED


@pytest.mark.parametrize("step", [2, 3, 4])
def test_bullets_nest_under_numbers(step: int) -> None:
    nested = html(f"1. a\n{' ' * step}- b\n{' ' * 2 * step}- c\n2. d")
    assert nested == "<ol><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li><li>d</li></ol>"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("text\n- a\n- b", "<p>text</p><ul><li>a</li><li>b</li></ul>"),
        ("text\n1. a\n2. b", "<p>text</p><ol><li>a</li><li>b</li></ol>"),
        ("It was\n1990. A year.", "<p>It was 1990. A year.</p>"),
        ("4. a\n5. b", '<ol start="4"><li>a</li><li>b</li></ol>'),
        ("1) a\n2) b", "<ol><li>a</li><li>b</li></ol>"),
        ("- a\n\n- b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
        ("- a\n\n  b", "<ul><li><p>a</p><p>b</p></li></ul>"),
        ("- a\n\n    b", "<ul><li><p>a</p><p>b</p></li></ul>"),
        ("1. a\n\n  b", "<ol><li><p>a</p><p>b</p></li></ol>"),
        ("- a\nlazy\n\nafter", "<ul><li>a lazy</li></ul><p>after</p>"),
        ("- a\n\n1. b", "<ul><li>a</li></ul><ol><li>b</li></ol>"),
        ("- a\n+ b\n* c", "<ul><li>a</li><li>b</li><li>c</li></ul>"),
        ("- a\n***\n- b", "<ul><li>a</li></ul><hr><ul><li>b</li></ul>"),
        ("- a\n# H", '<ul><li>a</li></ul><h1 id="h">H</h1>'),
        ("- > q", "<ul><li><blockquote><p>q</p></blockquote></li></ul>"),
        ("- - a", "<ul><li><ul><li>a</li></ul></li></ul>"),
        ("-\n- b", "<ul><li></li><li>b</li></ul>"),
        ("-no list", "<p>-no list</p>"),
    ],
)
def test_list(source: str, expected: str) -> None:
    assert html(source) == expected


TO_DO, DONE = (f'<label><input {each}disabled type="checkbox"> ' for each in ("", "checked "))
TASK = '<li class="task-list-item">'


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("- [ ] a", f"<ul>{TASK}{TO_DO}a</label></li></ul>"),
        ("1. [x] a *b*", f"<ol>{TASK}{DONE}a <em>b</em></label></li></ol>"),
        ("- [X] a\n  - b", f"<ul>{TASK}{DONE}a</label><ul><li>b</li></ul></li></ul>"),
        ("- [ ] a\n\n  b", f"<ul>{TASK}<p>{TO_DO}a</label></p><p>b</p></li></ul>"),
        ("- {:.k} [ ] a", f'<ul><li class="k task-list-item">{TO_DO}a</label></li></ul>'),
        ("- [ ]a", "<ul><li>[ ]a</li></ul>"),
        ("- [ ]", "<ul><li>[ ]</li></ul>"),
        ("- [-] a", "<ul><li>[-] a</li></ul>"),
        ("- \\[ ] a", "<ul><li>[ ] a</li></ul>"),
        ("- [ ] # H", "<ul><li>[ ] # H</li></ul>"),
        ("[ ] a", "<p>[ ] a</p>"),
        ("- a [x] b", "<ul><li>a [x] b</li></ul>"),
    ],
)
def test_item_of_a_task_list_has_a_box_with_its_words_as_label(source: str, expected: str) -> None:
    assert html(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a\nb", "<p>a b</p>"),
        ("a  \nb", "<p>a<br> b</p>"),
        ("a\\\nb", "<p>a<br> b</p>"),
        ("> a\nlazy\n\nb", "<blockquote><p>a lazy</p></blockquote><p>b</p>"),
        ("text\n> q", "<p>text</p><blockquote><p>q</p></blockquote>"),
        ("> - a\n>   - b", "<blockquote><ul><li>a<ul><li>b</li></ul></li></ul></blockquote>"),
        ("a\n\n---\n\nb", "<p>a</p><hr><p>b</p>"),
        ("~~gone~~ and a~b~c", "<p><del>gone</del> and a~b~c</p>"),
        (
            "**bold** *em* __b__ _e_",
            "<p><strong>bold</strong><em>em</em><strong>b</strong><em>e</em></p>",
        ),
        ("snake_case_name", "<p>snake_case_name</p>"),
        (r"\*no\* \_no\_ \# \$ \~", "<p>*no* _no_ # $ ~</p>"),
        ("5 < 6 & 7 &copy; &lt;b&gt;", "<p>5 &lt; 6 &amp; 7 © &lt;b&gt;</p>"),
        ("Term\n: one\n: two", "<dl><dt>Term</dt><dd>one</dd><dd>two</dd></dl>"),
        ("A\nB\n: one", "<dl><dt>A</dt><dt>B</dt><dd>one</dd></dl>"),
        ("A\n: x\n\nB\n: y", "<dl><dt>A</dt><dd>x</dd><dt>B</dt><dd>y</dd></dl>"),
        ("A\n\n: x", "<dl><dt>A</dt><dd><p>x</p></dd></dl>"),
        ('HTML.\n\n*[HTML]: a "markup"', '<p><abbr title="a &quot;markup&quot;">HTML</abbr>.</p>'),
        ("", ""),
    ],
)
def test_block_and_span(source: str, expected: str) -> None:
    assert html(source) == expected


@pytest.mark.parametrize("mark", ["```", "~~~"])
def test_fenced_code_is_coloured_by_classes(mark: str) -> None:
    code = html(f"{mark}python\ndef f(): pass\n{mark}")
    assert '<div class="highlight"><pre tabindex="0"><code class="language-python">' in code
    assert '<span class="k">def</span>' in code
    assert "style=" not in code


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("```nosuch\na < b\n```", '<code class="language-nosuch">a &lt; b </code>'),
        ('```\n*a* "b" -- $x$\n```', '<code>*a* "b" -- $x$ </code>'),
        ("    indented *a*", "<code>indented *a* </code>"),
        ("``` {.python .wide}\n1\n```", '<code class="language-python"><span class="mi">1</span>'),
        ("````\n```\n````", "<code>``` </code>"),
        (
            "text\n```\nx\n```\nmore",
            '<p>text</p><div class="highlight"><pre tabindex="0"><code>x </code></pre></div><p>more</p>',
        ),
        (
            "> ```\n> x\n> ```",
            '<blockquote><div class="highlight"><pre tabindex="0"><code>x </code></pre></div></blockquote>',
        ),
        ('`<b> "q" -- [x](y)`', '<code>&lt;b&gt; "q" -- [x](y)</code>'),
        ("`` a`b ``", "<code>a`b</code>"),
    ],
)
def test_code_is_left_as_it_is(source: str, expected: str) -> None:
    assert expected in html(source, math=True)


def test_fence_in_a_list_keeps_its_blank_lines_and_indentation() -> None:
    case = render("- a\n\n  ```\n  x\n\n    y\n  ```\n- b")
    assert "<code>x\n\n  y\n</code>" in case.html
    assert case.html.count("<li>") == 2


def test_fence_deeper_than_its_list_is_code() -> None:
    assert "<li><p>a</p><div" in html("- a\n\n      ```\n      x\n      ```")


def test_fence_in_a_nested_list() -> None:
    assert "<li>b<div" in html("- a\n    - b\n        ```\n        x\n        ```\n    - c")


def test_a_fence_that_never_ends_is_a_problem_at_its_line() -> None:
    case = render("a\n\n```\nx")
    assert case.codes == ["code-not-closed"]
    assert str(case.problems[0].where) == "content/posts/a.md:3:1"


TABLE = "| A | B |\n|:--|--:|\n| 1 | `x|y` |\n| *2* | c \\| d |"


def test_table_scrolls_in_a_named_region() -> None:
    assert html(TABLE).startswith(
        '<div class="table-scroll" tabindex="0" role="region" aria-label="A, B"><table>'
    )


def test_table_cells() -> None:
    table = html(TABLE)
    assert '<th align="left" scope="col">A</th><th align="right" scope="col">B</th>' in table
    assert '<td align="right"><code>x|y</code></td>' in table
    assert '<td align="left"><em>2</em></td><td align="right">c | d</td>' in table
    assert "style=" not in table


def test_table_straight_after_text_and_with_text_straight_after() -> None:
    table = html(f"before\n{TABLE}\nafter")
    assert table.startswith("<p>before</p><div") and table.endswith("</div><p>after</p>")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# A & B: 2025!", ["a--b-2025"]),
        ("# A\n\n# A\n\n# A", ["a", "a-1", "a-2"]),
        ("# A {#mine}\n\n# mine", ["mine", "mine-1"]),
        ("# A {: #mine .big}", ["mine"]),
        ("# A\n{: #mine}", ["mine"]),
        ("# Don't -- *stop* `now`", ["dont--stop-now"]),
        ("# 中国 and 2025", ["中国-and-2025"]),
        ("# Straße_x", ["straße_x"]),
        ("# !!!", ["section"]),
        ("A\n=\n\nB\n-", ["a", "b"]),
        ("#hashtag", []),
        ("## Closed ##", ["closed"]),
        ('<h2>Raw <em>one</em></h2>\n\n<p id="x">y</p>\n\n## X', ["raw-one", "x-1"]),
        ("# Note[^1]\n\n[^1]: n", ["note"]),
    ],
)
def test_heading_anchors(source: str, expected: list[str]) -> None:
    case = render(source)
    assert [heading.id for heading in case.prose.headings] == expected
    assert all(f'id="{anchor}"' in case.html for anchor in expected)


def test_heading_text_is_plain_and_typeset() -> None:
    (heading,) = render('## The "*big*" `x` [link](a.md)').prose.headings
    assert (heading.level, heading.text) == (2, "The “big” x link")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a\n{: .c #i}", '<p class="c" id="i">a</p>'),
        ("{: .c}\na", '<p class="c">a</p>'),
        ("{: .c}\n# A", '<h1 class="c" id="a">A</h1>'),
        ("- a\n- b\n{: .c}", '<ul class="c"><li>a</li><li>b</li></ul>'),
        ("- {: .c} a\n- b", '<ul><li class="c">a</li><li>b</li></ul>'),
        ("> a\n{: .c}", '<blockquote class="c"><p>a</p></blockquote>'),
        ('*a*{: .c lang="zh"} b', '<p><em class="c" lang="zh">a</em> b</p>'),
        ("[a](b){: rel='x'}", '<p><a href="b" rel="x">a</a></p>'),
        ("{:wide: .c}\na\n{: wide}", '<p class="c">a</p>'),
        ("a {not} b{c}", "<p>a {not} b{c}</p>"),
        ("```\nx\n```\n{: .c}", '<div class="c"><div class="highlight">'),
    ],
)
def test_attribute_lists(source: str, expected: str) -> None:
    assert html(source).startswith(expected)


def test_attribute_list_behind_a_table_is_for_the_table() -> None:
    assert '<table class="c">' in html(f"{TABLE}\n{{: .c}}")


def test_toc_mark_becomes_the_contents() -> None:
    contents = html("* x\n{:toc}\n\n# A\n\n## B")
    assert '<nav class="toc" aria-label="Contents"><ul><li><a href="#a">A</a><ul>' in contents


def test_heading_that_wants_none_of_it_is_left_out_of_the_contents() -> None:
    contents = html("# A\n{: .no_toc}\n\n1. x\n{:toc .quiet}\n\n# B").partition("</nav>")[0]
    assert '<h1 class="no_toc" id="a">A</h1>' in contents
    assert "#b" in contents
    assert "#a" not in contents


def test_lines_of_code_are_numbered_where_that_is_asked_for() -> None:
    assert '<span data-line="1"></span>a <span data-line="2"></span>b ' in html(
        "~~~ text linenos=table\na\nb\n~~~"
    )
    assert "data-line" not in html("~~~ text\na\nb\n~~~")


def test_footnotes_are_numbered_by_their_order_in_the_text() -> None:
    notes = html("a[^x] b[^y]\n\n[^y]: Why\n[^x]: Ex\n\n    more")
    assert (
        '<sup id="fnref:x"><a class="footnote-ref" href="#fn:x" role="doc-noteref">1</a></sup>'
        in notes
    )
    assert notes.index("Ex") < notes.index("Why")
    assert "<p>Ex</p><p>more <a" in notes


def test_footnotes_of_quotes_and_lists_are_numbered_where_they_stand() -> None:
    notes = html("> a[^q]\n\n- b[^l]\n\n# c[^h]\n\n[^h]: H\n[^l]: L\n[^q]: Q[^n]\n[^n]: N")
    found = re.findall(r'href="#fn:(\w)" role="doc-noteref">(\d)', notes)
    assert found == [("q", "1"), ("l", "2"), ("h", "3"), ("n", "4")]
    assert re.findall(r'<li id="fn:(\w)', notes) == ["q", "l", "h", "n"]
    assert re.findall(r'aria-label="Back to reference (\d)" \S+ href="#fnref:(\w)', notes) == [
        ("1", "q"), ("2", "l"), ("3", "h"), ("4", "n"),
    ]  # fmt: skip


def test_footnote_backlinks_have_names() -> None:
    assert 'aria-label="Back to reference 1"' in html("a[^1]\n\n[^1]: b")


def test_a_footnote_used_twice_has_two_backlinks_and_no_id_twice() -> None:
    notes = html("a[^1] b[^1]\n\n[^1]: c")
    assert 'href="#fnref:1"' in notes and 'href="#fnref2:1"' in notes
    assert notes.count('id="fnref:1"') == notes.count('id="fnref2:1"') == 1
    assert "reference 1, place 2" in notes


def test_unknown_footnote_names_the_nearest() -> None:
    case = render("a[^capx]\n\nb[^capex]\n\n[^capex]: c")
    (problem,) = case.problems
    assert (problem.code, problem.where.line, problem.where.column) == ("footnote-unknown", 1, 2)
    assert "capex" in problem.fix


def test_footnote_nobody_refers_to_is_not_shown() -> None:
    case = render("a\n\n[^1]: lost")
    assert case.codes == ["footnote-unused"]
    assert not case.problems[0].is_error
    assert "lost" not in case.html and "footnotes" not in case.html


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("\"a\" 'b'", "“a” ‘b’"),
        ("\"'a' b\"", "“‘a’ b”"),
        ("'\"a\" b'", "‘“a” b’"),
        ("don't, the authors' 5'10\"", "don’t, the authors’ 5’10”"),
        ("'90s, the '60s, 'tis, rock 'n' roll", "’90s, the ’60s, ’tis, rock ’n’ roll"),
        ('"*a*" *"b"*', "“<em>a</em>” <em>“b”</em>"),
        ('("a") "b"-"c" x—"y"', "(“a”) “b”-“c” x—“y”"),
        ("a -- b --- c ---- d", "a – b — c ---- d"),
        ("wait...", "wait…"),
        (r"\"a\" \-- \...", '"a" -- ...'),
        ("&quot;a&quot;", '"a"'),
        ('["a"](b) "[c](d)"', '<a href="b">“a”</a> “<a href="d">c</a>”'),
        ('"`a`"', "“<code>a</code>”"),
        ('<span title="a \'b\'">"c"</span>', "<span title=\"a 'b'\">“c”</span>"),
    ],
)
def test_typography(source: str, expected: str) -> None:
    assert html(source) == f"<p>{expected}</p>"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("one two-fold it's $349.5 US$1bn", 5),
        ("one `two` $x^2$ **three**", 2),
        ("```\nno words\n```\n\nyes", 1),
        ("<div class='a b'>two words</div>", 2),
        ("中国的人工智能", 4),
        ("中国 AI 2025", 3),
        ("한국어 단어", 2),
        ("- a\n- b\n\nc", 3),
        ("", 0),
    ],
)
def test_words_are_those_of_prose(source: str, words: int) -> None:
    assert render(source, math=True).prose.words == words


def test_the_same_source_gives_the_same_html() -> None:
    source = f"# A\n\na[^1] [b](c.md)\n\n{TABLE}\n\n[^1]: d"
    assert render(source) == render(source)


def test_line_ends_of_windows_are_lines() -> None:
    assert html("a\r\n\r\n- b\r\n- c\r\n") == "<p>a</p><ul><li>b</li><li>c</li></ul>"
