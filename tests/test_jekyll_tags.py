"""Jekyll's Liquid in content: what it says, where it stands, and what cannot be read."""

from __future__ import annotations

import gc
import sys
import time
from collections import Counter
from types import FrameType
from typing import Any

import pytest

from osai_essay.dates import read_date
from osai_essay.problem import Where
from osai_essay.template import bare_words, parse_text, render_with_places

PAGE = {"title": "A <b>", "tags": ["a", "b", "c"], "date": read_date("2008-11-07 13:07:54 -0800")}
NAMES = {"site": {"url": "https://x.example", "baseurl": "/notes"}, "page": PAGE}


def says(source: str) -> str:
    text, problems = parse_text(source, Where(file="a.md", line=10, column=1))
    assert problems == ()
    said = render_with_places(text, NAMES, link=lambda name: f"/to/{name}/")
    assert said.problems == ()
    return said.words


def refused(source: str) -> list[tuple[str, str]]:
    _, problems = parse_text(source, Where(file="a.md", line=10, column=1))
    return [(each.code, f"{each.where.line}:{each.where.column}") for each in problems]


# --- filters -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("page.date | date: '%Y'", "2008"),
        ("page.date | date_to_string", "07 Nov 2008"),
        ("page.date | date_to_string: 'ordinal', 'US'", "Nov 7th, 2008"),
        ("page.date | date_to_long_string", "07 November 2008"),
        ("page.date | date_to_long_string: 'ordinal'", "7th November 2008"),
        ("page.date | date_to_xmlschema", "2008-11-07T13:07:54-08:00"),
        ("page.date | xmlschema", "2008-11-07T13:07:54-08:00"),
        ("page.date | date_to_rfc822", "Fri, 07 Nov 2008 13:07:54 -0800"),
        ("'2008-11-12 01:02:03 +0100' | date_to_xmlschema", "2008-11-12T01:02:03+01:00"),
        ("'2008-11-12' | date_to_string: 'ordinal'", "12th Nov 2008"),
        ("'2008-11-22' | date_to_string: 'ordinal'", "22nd Nov 2008"),
        ("'/a.png' | relative_url", "/notes/a.png"),
        ("'a.png' | relative_url", "/notes/a.png"),
        ("'https://y.example/a' | relative_url", "https://y.example/a"),
        ("'/a.png' | absolute_url", "https://x.example/notes/a.png"),
        ("'https://y.example/a' | absolute_url", "https://y.example/a"),
        ("'/a' | prepend: site.baseurl | prepend: site.url", "https://x.example/notes/a"),
        ("'a' | append: '|: b'", "a|: b"),
        ("'a b c' | truncatewords: 2", "a b..."),
        ("'a b c' | truncatewords: 2, '!'", "a b!"),
        ("'a b' | truncatewords: 2", "a b"),
        ("'<p>a <!-- b --><i>c</i></p><script>d</script>' | strip_html", "a c"),
        ("'a<style>b<b>c</style>d<script>e' | strip_html", "ade"),
        ("'<!--a--><!--b' | strip_html", "<!--b"),
        ("page.title | escape", "A <b>"),  # escaped where it is printed
        ("'Half Moon, Low_Water!' | slugify", "half-moon-low-water"),
        ("'a.b C' | slugify: 'pretty'", "a.b-c"),
        ("page.tags | jsonify", '["a", "b", "c"]'),
        ("page.tags | array_to_sentence_string", "a, b, and c"),
        ("'a b' | number_of_words", "2"),
        ("'aba' | remove: 'a'", "b"),
        ("' A ' | strip | downcase | upcase", "A"),
        ("x | default: -1", "-1"),
        ("'a' | append: ('b' | upcase)", "aB"),
        ("page['title'] | replace: 'A', \"B\" | upcase", "B <B>"),
    ],
)
def test_filters_say_what_they_do_in_jekyll(expression: str, words: str) -> None:
    assert says(f"{{{{ {expression} }}}}") == words


@pytest.mark.parametrize("expression", ["'x' | date_to_string", "'x' | slugify: 'latin'"])
def test_value_a_filter_cannot_work_on_is_a_problem(expression: str) -> None:
    text, problems = parse_text(f"{{{{ {expression} }}}}", Where(file="a.md", line=1))
    assert problems == ()
    assert [each.code for each in render_with_places(text, NAMES).problems] == ["value-wrong"]


def test_filter_without_its_words_cannot_be_read() -> None:
    assert refused("{{ page.title | append: }}") == [("template-syntax", "10:None")]


# --- tags --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("{% highlight ruby %}\na\n{% endhighlight %}", "~~~ruby\na\n~~~"),
        ("{% highlight c# linenos=table %}\na\n{% endhighlight %}", "~~~c# linenos=table\na\n~~~"),
        ("x {% highlight js %}a{% endhighlight %} y", "x \n~~~js\na\n~~~\n y"),
        ("- {% highlight js %}\n  a\n  {% endhighlight %}", "- ~~~js\n  a\n  ~~~"),
        ("{% highlight md %}\n~~~\n{% endhighlight %}", "~~~~md\n~~~\n~~~~"),
        ("{%- highlight a -%}\nb\n{%- endhighlight -%}\nc", "\n~~~a\nb\n~~~\nc"),
        (
            "{% highlight a %}{% raw %}\n{{ b }}\n{% endraw %}{% endhighlight %}",
            "~~~a\n{{ b }}\n~~~",
        ),
        ("{% highlight a %}\n{{ 1 + 1 }}\n{% endhighlight %}", "~~~a\n2\n~~~"),
        ("a{% comment %} {{ b ' }} {% nope %}\n{% raw %} {% endcomment %}c", "ac"),
        ("{% if page.nope %}a{% elsif page.tags %}b{% endif %}", "b"),
        ("[a]({% post_url 2020-01-01-b %}#c)", "[a](/to/2020-01-01-b/#c)"),
        ("[a]({% link _posts/2020-01-01-b.md -%} )", "[a](/to/_posts/2020-01-01-b.md/)"),
        ("{{ '{% gist a?b %}' }}", "{% gist a?b %}"),
        ("{% raw %}{% youtube a?b %}{% endraw %}", "{% youtube a?b %}"),
    ],
)
def test_tags_say_what_they_do_in_jekyll(source: str, words: str) -> None:
    assert says(source) == words


def test_what_stands_behind_a_tag_of_many_lines_keeps_its_place() -> None:
    source = (
        "{% comment %}\n\n{% endcomment %}\n{% highlight a %}\nb\n{% endhighlight %}\n{{ nope }}"
    )
    text, _ = parse_text(source, Where(file="a.md", line=10, column=1))
    [problem] = render_with_places(text, NAMES).problems
    assert (problem.where.line, problem.where.column) == (16, 4)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("{% gist a?b %}\n{{ x | nope }}", [("tag-unknown", "10:4"), ("filter-unknown", "11:8")]),
        ("{% youtube 'a %} {% vimeo %}", [("tag-unknown", "10:4"), ("tag-unknown", "10:21")]),
        ("{% unless a %}b{% endunless %}", [("tag-unknown", "10:4")]),
        ("{% case a %}{% else %}{% endcase %}", [("tag-unknown", "10:4")]),
        ("{% highlight a b %}\n{% endhighlight %}", [("highlight-wrong", "10:4")]),
        ("{% highlight a %}", [("tag-open", "10:4")]),
        ("{% endcomment %}", [("tag-open", "10:4")]),
        ("{% comment %}{% highlight %}", [("tag-open", "10:4"), ("tag-open", "10:17")]),
        ("{% link %}", [("link-syntax", "10:4")]),
    ],
)
def test_what_cannot_be_read_is_named_with_all_else(
    source: str, found: list[tuple[str, str]]
) -> None:
    assert sorted(refused(source)) == sorted(found)


@pytest.mark.parametrize(
    ("source", "fix"),
    [
        ("{% if page.tags contains 'a' %}{% endif %}", "'ai' in page.tags"),
        ("{% for x in page.tags reversed %}{% endfor %}", "| reverse"),
        ("{% for x in page.tags limit:2 %}{% endfor %}", "loop.index"),
        ("{% assign a = 1 %}", "front matter"),
        ("{% include_relative a.md %}", "templates/includes"),
    ],
)
def test_problem_says_what_to_write_instead(source: str, fix: str) -> None:
    _, [problem] = parse_text(source, Where(file="a.md", line=1))
    assert fix in problem.fix


def test_figures_in_highlighted_code_are_no_prose() -> None:
    source = "1 {% highlight a %}2{% endhighlight %} 3 {% comment %}4{% endcomment %}"
    text, _ = parse_text(source, Where(file="a.md", line=1))
    assert [char for char in bare_words(text) if char.isdigit()] == ["1", "3"]


PIECES = (
    "{% raw %}", "{% comment %}", "{% x ", "{% nope %}", "{% highlight a %}b{% endhighlight %}",
)  # fmt: skip


@pytest.mark.parametrize("piece", PIECES)
def test_many_tags_are_read_in_steps_that_grow_with_their_number(piece: str) -> None:
    """Ten times as many take ten times as many lines of Python, not a hundred times."""

    def steps(count: int) -> int:
        taken: Counter[str] = Counter()

        def step(frame: FrameType, event: str, _: object) -> Any:
            taken[event] += 1
            return step

        before = sys.gettrace()
        sys.settrace(step)
        try:
            parse_text(piece * count, Where(file="a.md", line=1))
        finally:
            sys.settrace(before)
        return taken["line"]

    assert 0 < steps(400) < 15 * steps(40)


@pytest.mark.slow
@pytest.mark.parametrize("piece", PIECES)
def test_many_tags_are_read_in_time_that_grows_with_their_number(piece: str) -> None:
    """40 times as many take about 40 times as long, not 1,600 times; this sees what C does too."""

    def taken(count: int) -> float:
        start = time.thread_time()
        parse_text(piece * count, Where(file="a.md", line=1))
        return time.thread_time() - start

    gc.disable()  # else what other tests left behind may be swept up within one of the two
    try:
        many, few = (min(taken(count) for _ in range(4)) for count in (8000, 200))
    finally:
        gc.enable()
    assert many < 250 * max(few, 0.0005)
