"""Content's small template language: what it says, what it refuses and where, what it costs."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from osai_essay.model import Moment, Text
from osai_essay.problem import Where
from osai_essay.template import parse_text, render_text

START = Where(file="a.md", line=10, column=5)
NAMES = {
    "x": "abc",
    "n": 5,
    "f": 1.5,
    "l": [1, 2, 3],
    "m": {"a": 1, "b c": 2},
    "yes": True,
    "none_": None,
    "empty": [],
    "day": Moment(value=datetime(2026, 11, 21, 10, tzinfo=UTC)),
    "later": Moment(value=datetime(2026, 11, 22, tzinfo=UTC)),
    "big": "y" * 1000,
}


def parse(source: str) -> Text:
    text, problems = parse_text(source, START)
    assert problems == ()
    return text


def say(source: str, **more) -> str:
    words, problems = render_text(parse(source), NAMES, **more)
    assert problems == ()
    return words


def refused(source: str):
    text, problems = parse_text(source, START)
    assert text.tree is None
    assert problems
    return [
        (each.code, str(each.where).removeprefix("a.md:"), each.where.width) for each in problems
    ]


def failed(source: str, names=NAMES):
    """What goes wrong when a text is worked out."""
    (problem,) = render_text(parse(source), names)[1]
    return problem


# --- what it says ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("plain", "plain"),
        ("{{ x }}", "abc"),
        ("{{x}}{{ n }}", "abc5"),
        ("{{ m.a }}{{ m['a'] }}{{ m['b c'] }}", "112"),
        ("{{ l[0] }}{{ l[-1] }}{{ l.0 }}{{ x[1] }}", "131b"),
        ("{{ 'a' }}{{ 1 }}{{ 1.5 }}{{ true }}{{ none }}", "a11.5true"),
        ("{{ [1, 'a'] }} {{ (1, 2) }} {{ l }}", "1, a 1, 2 1, 2, 3"),
        ("{{ x ~ n ~ yes }}", "abc5true"),
        ("{{ 1 + 2 * 3 - 4 / 2 }}", "5.0"),
        ("{{ 7 // 2 }} {{ 7 % 3 }} {{ -n }} {{ +n }}", "3 1 -5 5"),
        (
            "{{ 1 < 2 < 3 }} {{ n == 5 }} {{ n != 5 }} {{ n >= 5 }} {{ n <= 4 }}",
            "true true false true false",
        ),
        ("{{ 2 in l }} {{ 9 not in l }} {{ 'b' in x }} {{ 'a' in m }}", "true true true true"),
        ("{{ day < later }} {{ day == day }}", "true true"),
        ("{{ yes and n }} {{ none_ or empty }} {{ not yes }}", "true false false"),
        ("{{ 'a' if yes else 'b' }}{{ 'a' if none_ }}", "a"),
        ("{{ 1_000 }} {{ 0x1F }}", "1000 31"),
        ("{{ day }}", "2026-11-21"),
        ("{% raw %}{{ nope }}{% set %}{% endraw %}", "{{ nope }}{% set %}"),
        ("# for x\n% if\n{ { x } }", "# for x\n% if\n{ { x } }"),
        ("a  {{- x -}}  b", "aabcb"),
        ("a\n{%- if yes -%}\n b \n{%- endif %}\n", "ab\n"),
        ("{{ '{{ x }}' }}", "{{ x }}"),
        ("a\r\n{{ x }}\r\n", "a\nabc\n"),
        ("{{ '<b>' }}", "<b>"),
        ("## {{ x }} {#part}\n{# b #}", "## abc {#part}\n{# b #}"),  # kramdown's ids, no comments
    ],
)
def test_expressions(source, words):
    assert say(source) == words


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("{% if yes %}a{% endif %}", "a"),
        ("{% if none_ %}a{% elif n > 4 %}b{% else %}c{% endif %}", "b"),
        ("{% if empty %}a{% else %}c{% endif %}", "c"),
        ("{% if nope %}a{% else %}b{% endif %}", "b"),
        ("{% if nope.deep and n %}a{% endif %}", ""),
        ("{% for i in l %}{{ loop.index }}{{ loop.index0 }}{{ i }} {% endfor %}", "101 212 323 "),
        ("{% for i in l %}{{ i }}{% if not loop.last %}, {% endif %}{% endfor %}", "1, 2, 3"),
        ("{% for i in l %}{{ loop.first }}{{ loop.length }}{% endfor %}", "true3false3false3"),
        ("{% for i in l if i > 1 %}{{ loop.index }}{{ i }}{% endfor %}", "1223"),
        ("{% for i in empty %}a{% else %}none{% endfor %}", "none"),
        ("{% for k in m %}{{ k }}={{ m[k] }};{% endfor %}", "a=1;b c=2;"),
        ("{% for a, b in [[1, 2], [3, 4]] %}{{ b }}{{ a }}{% endfor %}", "2143"),
        ("{% for (a, (b, c)) in [[1, [2, 3]]] %}{{ a }}{{ b }}{{ c }}{% endfor %}", "123"),
        ("{% for x in l %}{{ x }}{% endfor %}{{ x }}", "123abc"),
    ],
)
def test_branches_and_loops(source, words):
    assert say(source) == words


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("{{ n|abs }}{{ (-3)|abs }}", "53"),
        (
            "{{ 'éa b'|capitalize }} {{ 'a b'|title }} {{ x|upper }} {{ 'A'|lower }}",
            "Éa b A B ABC a",
        ),
        (
            "{{ day|date }} {{ day|date('%d.%m.%Y') }} {{ '2026-01-02'|date('%Y') }}",
            "2026-11-21 21.11.2026 2026",
        ),
        ("{{ l|first }}{{ l|last }}{{ x|first }}{{ empty|first }}", "13a"),
        ("{{ l|join('-') }} {{ l|join }} {{ l|length }} {{ x|size }}", "1-2-3 123 3 3"),
        ("{{ l|reverse }} {{ x|reverse }} {{ [3, 1]|sort }}", "3, 2, 1 cba 1, 3"),
        ("{{ x|replace('b', '--') }} {{ ' a '|trim }}", "a--c a"),
        ("{{ f|round }} {{ 2.345|round(2) }} {{ 1234|round(-2) }}", "2 2.35 1200"),
        ("{{ '5'|int + 1 }} {{ '1.5'|float }} {{ '2.9'|int }}", "6 1.5 2"),
        ("{{ x|truncate(2) }} {{ x|truncate(3) }}", "a… abc"),
        ("{{ x|upper|lower|reverse }}", "cba"),
    ],
)
def test_filters(source, words):
    assert say(source) == words


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("{{ nope|default('d') }}", "d"),
        ("{{ nope.deep.er|default('d') }}", "d"),
        ("{{ m.nope|default('d') }}{{ l[9]|default('d') }}", "dd"),
        ("{{ none_|default('d') }}{{ nope|default }}", "d"),
        ("{{ ''|default('d') }}{{ 0|default('d') }}", "0"),
        ("{{ nope is defined }} {{ nope.x is undefined }} {{ x is defined }}", "false true true"),
        ("{{ x is not defined }} {{ none_ is defined }}", "false true"),
        (
            "{{ none_ is none }} {{ x is string }} {{ n is number }} {{ yes is number }}",
            "true true true false",
        ),
        ("{{ n is odd }} {{ n is even }} {{ n is divisibleby(5) }}", "true false true"),
    ],
)
def test_missing_values_and_tests(source, words):
    assert say(source) == words


# --- charts and includes ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "name", "arguments"),
    [
        ("{% include a.html %}", "a.html", {}),
        ("{%include a.html%}", "a.html", {}),
        ('{% include "a.html" %}', "a.html", {}),
        ("{% include 'a b.html' %}", "a b.html", {}),
        ("{% include sub/a-b_c.html %}", "sub/a-b_c.html", {}),
        ("{% include é.html %}", "é.html", {}),
        ("{% include 2.html %}", "2.html", {}),
        ("{% include capex %}", "capex", {}),
        ('{% include a.html k="v" %}', "a.html", {"k": "v"}),
        ("{% include a.html k='v' j=\"w\" %}", "a.html", {"k": "v", "j": "w"}),
        ('{% include a.html k="it\'s" j=\'"q"\' %}', "a.html", {"k": "it's", "j": '"q"'}),
        (r'{% include a.html k="a \" b" %}', "a.html", {"k": 'a " b'}),
        (
            '{% include a.html my-key="v" class="c" if="i" %}',
            "a.html",
            {"my-key": "v", "class": "c", "if": "i"},
        ),
        ("{% include a.html k = x j= n %}", "a.html", {"k": "abc", "j": 5}),
        (
            "{% include a.html k=m.a j=5 i=1.5 h=true %}",
            "a.html",
            {"k": 1, "j": 5, "i": 1.5, "h": True},
        ),
        ('{% include a.html k="{{ x }} %}" %}', "a.html", {"k": "{{ x }} %}"}),
        ("{% include a.html\n  k='v'\n\n  j=x\n%}", "a.html", {"k": "v", "j": "abc"}),
        ('{% include a.html k="a\nb" %}', "a.html", {"k": "a\nb"}),
        ('{% include a.html k="" %}', "a.html", {"k": ""}),
    ],
)
def test_includes_are_written_as_in_jekyll(source, name, arguments):
    seen = []
    say(source, include=lambda *call: str(seen.append(call[:2])))
    assert seen == [(name, arguments)]
    assert [use.name for use in parse(source).includes] == [name]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("a  {% include i.html %}  b", "a  <i>  b"),
        ("a  {%- include i.html %}  b", "a<i>  b"),
        ("a  {% include i.html -%}  b", "a  <i>b"),
        ("a \n\n {%- include i.html -%} \n b", "a<i>b"),
        ("  {%- if yes %}\n{% include i.html %}{{ x }}{% endif %}", "\n<i>abc"),
        ("{% for i in l %}{%- include i.html -%}{% endfor %}", "<i><i><i>"),
        ("{% raw %}{% include i.html %}{% endraw %}", "{% include i.html %}"),
    ],
)
def test_white_space_around_an_include_goes_as_asked(source, words):
    assert say(source, include=lambda name, arguments, where: "<i>") == words


@pytest.mark.parametrize(
    ("source", "words", "fix"),
    [
        ("{% if x %}a", 'the tag "if" is never closed', "write {% endif %} where it ends."),
        ("{% for i in l %}a", 'the tag "for" is never closed', "write {% endfor %} where it ends."),
        ("{{ x }", '"}" cannot stand here', "close every {{ with }}"),
        ("{{ x y }}", '"y" cannot stand here', "close every {{ with }}"),
        ("{% if x == %}a{% endif %}", "the tag ends too early", "close every {{ with }}"),
        ("{% if x = 1 %}a{% endif %}", '"=" cannot stand here', "write =="),
    ],
)
def test_what_cannot_be_read_is_said_in_plain_words(source, words, fix):
    _, (problem,) = parse_text(source, START)
    assert problem.message == f"this cannot be read: {words}"
    assert problem.fix.startswith(fix)


@pytest.mark.parametrize(
    "rest",
    [
        "",
        "a b",
        'a.html k="v"z="w"',
        '"a.html" ignore missing',
        "['a']",
        "{{ x }}",
        "a.html k=",
        "a.html =x",
        "a.html k",
    ],
)
def test_include_that_cannot_be_read(rest):
    assert refused(f"\n a {{% include {rest} %}}") == [("include-syntax", "11:7", 7)]


def test_chart_is_drawn_where_it_stands():
    words = say(
        "{% if yes %}{{ chart('capex') }}{% endif %}", chart=lambda name, where: f"<{name} {where}>"
    )
    assert words == "<capex a.md:10:20>"
    assert [str(use.where) for use in parse("{{ x }} {{ chart('capex') }}").charts] == [
        "a.md:10:16"
    ]


@pytest.mark.parametrize(
    "call",
    [
        "chart()",
        "chart(x)",
        "chart('a', 1)",
        "chart(1)",
        "chart(*l)",
        "chart(name='a')",
        "chart(['a'])",
    ],
)
def test_chart_takes_one_name_in_quotes(call):
    assert refused(f"{{{{ {call} }}}}") == [("chart-syntax", "10:8", 5)]


@pytest.mark.parametrize(
    "source",
    [
        "{{ chart('a')|upper }}",
        "{{ chart('a') ~ 'b' }}",
        "{% if chart('a') %}{% endif %}",
        "{{ [chart('a')] }}",
    ],
)
def test_chart_is_no_value(source):
    assert failed(source).code == "value-wrong"


@pytest.mark.parametrize("source", ["{{ chart('a') }}", "{% include a.html %}"])
def test_title_can_hold_no_chart_and_no_include(source):
    assert failed(source).code == "text-no-place"


# --- what is refused -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "width"),
    [
        ("set a = 1", 3),
        ("set a", 3),
        ("macro f()", 5),
        ("import 'a' as b", 6),
        ("from 'a' import b", 4),
        ("call f()", 4),
        ("block a", 5),
        ("extends 'a'", 7),
        ("filter upper", 6),
        ("with a = 1", 4),
        ("autoescape true", 10),
        ("do x", 2),
        ("trans", 5),
    ],
)
def test_tags_of_themes_are_not_for_content(tag, width):
    assert refused(f"one\n  two {{% {tag} %}}") == [("tag-not-allowed", "11:10", width)]


@pytest.mark.parametrize(
    "tag", ["nope", "assign x = 1", "unless x", "youtube x", "break", "debug", "endset x"]
)
def test_unknown_tag_names_its_place(tag):
    name = tag.split()[0]
    code = "tag-not-allowed" if name == "endset" else "tag-unknown"
    assert refused(f"a\n{{% {tag} %}}") == [(code, "11:4", len(name))]


def test_unknown_tag_offers_the_nearest():
    assert parse_text("{% esle %}", START)[1][0].fix == 'did you mean "else"?'


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("a {{ f() }}", ("call-not-allowed", "10:10", 1)),
        ("{{ x.upper() }}", ("call-not-allowed", "10:10", 5)),
        ("a\nb {{ range(9) }}", ("call-not-allowed", "11:6", 5)),
        ("{{ cahrt('a') }}", ("call-not-allowed", "10:8", 5)),
        ("{{ loop.cycle('a') }}", ("call-not-allowed", "10:13", 5)),
        ("{% for i in range(9) %}{% endfor %}", ("call-not-allowed", "10:17", 5)),
        ("{% if f() %}{% endif %}", ("call-not-allowed", "10:11", 1)),
        ("{% for i in l %}\n  {{ f(i) }}\n{% endfor %}", ("call-not-allowed", "11:6", 1)),
        ("{{ 2 ** 9 }}", ("expression-not-allowed", "10:10", 2)),
        ("{{ {'a': 1} }}", ("expression-not-allowed", "10:8", 1)),
        ("{{ l[1:2] }}", ("expression-not-allowed", "10:11", 1)),
        ("{{ x|upper(*l) }}", ("expression-not-allowed", "10:10", 5)),
        ("{{ x|upper(**m) }}", ("expression-not-allowed", "10:10", 5)),
        ("{{ x|replace(old='a', new='b') }}", ("expression-not-allowed", "10:10", 7)),
        ("{{ n is divisibleby(num=2) }}", ("expression-not-allowed", "10:13", 11)),
        ("{% for i in l recursive %}{% endfor %}", ("expression-not-allowed", "10:8", 3)),
        ("{{ x|nope }}", ("filter-unknown", "10:10", 4)),
        ("{{ x | upper | nope }}", ("filter-unknown", "10:20", 4)),
        ("{{ x|map('upper') }}", ("filter-unknown", "10:10", 3)),
        ("{{ x|attr('upper') }}", ("filter-unknown", "10:10", 4)),
        ("{{ x|safe }}", ("filter-unknown", "10:10", 4)),
        ("{{ x is nope }}", ("test-unknown", "10:13", 4)),
        ("{{ x is not nope }}", ("test-unknown", "10:17", 4)),
        ("{{ x is sameas(x) }}", ("test-unknown", "10:13", 6)),
        ("{{ nope|nope }}", ("filter-unknown", "10:13", 4)),
        ("{{ _x }}", ("expression-not-allowed", "10:8", 2)),
        ("{{ x.__class__ }}", ("expression-not-allowed", "10:10", 9)),
        ("{{ ''.__class__ }}", ("expression-not-allowed", "10:11", 9)),
        ("{{ __include('a', x) }}", ("expression-not-allowed", "10:8", 9)),
        ("{% include a.html k=__class__ %}", ("expression-not-allowed", "10:25", 9)),
        ("   {%- if yes %}{{ f() }}{% endif %}", ("call-not-allowed", "10:24", 1)),
        ("{% raw %}{{ f() }}{% endraw %}{{ f() }}", ("call-not-allowed", "10:38", 1)),
        ("é 中 😀 {{ f() }}", ("call-not-allowed", "10:14", 1)),
    ],
)
def test_what_content_may_not_use_names_its_place(source, fault):
    assert refused(source) == [fault]


def test_everything_refused_comes_at_once():
    source = "{{ f() }} {{ g() }}\n{{ x|nope }} {{ 2 ** 3 }}"
    assert refused(source) == [
        ("call-not-allowed", "10:8", 1),
        ("call-not-allowed", "10:18", 1),
        ("filter-unknown", "11:6", 4),
        ("expression-not-allowed", "11:19", 2),
    ]


def test_four_loops_in_one_another_are_too_many():
    three = (
        "{% for a in l %}{% for b in l %}{% for c in l %}{body}{% endfor %}{% endfor %}{% endfor %}"
    )
    assert parse(three.replace("{body}", "x"))
    assert (
        refused(three.replace("{body}", "{% for d in l %}{% endfor %}"))[0][0]
        == "expression-not-allowed"
    )


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("{{ x", 10),
        ("{{ x }", 10),
        ("a\nb {{ x\n", 11),
        ("a\n{% if x %}\n\n", 11),
        ("a\n{% endif %}", 11),
        ("{{ }}", 10),
        ("{{ x y }}", 10),
        ("a\n\n{{ 'open }}", 12),
        ("{{ (1 }}", 10),
        ("{% raw %}x", 10),
        ("{% for %}{% endfor %}", 10),
        ("{% for true in l %}{% endfor %}", 10),
        ("{% if x = 1 %}{% endif %}", 10),
        ("{{ x | default: }}", 10),
        ("{{ " + "9" * 5000 + " }}", 10),
        ("\n{{ x && y }}", 11),
    ],
)
def test_syntax_that_cannot_be_read_names_its_line(source, line):
    assert refused(source) == [("template-syntax", str(line), 1)]


@pytest.mark.parametrize("line", ["{% else %}", "{% elif x %}", "{% endfor %}"])
def test_end_without_a_beginning_is_no_syntax(line):
    assert refused(line)[0][0] == "template-syntax"


# --- names and their places ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "places"),
    [
        ("{{ nope }}", ["10:8 nope"]),
        ("nope {{ nope }} nope {{ nope }}", ["10:13 nope", "10:29 nope"]),
        ("{{ m.nope }} {{ nope }}", ["10:8 m", "10:21 nope"]),
        ("{{ nope.nope }}", ["10:8 nope"]),
        ("{{ upper|upper }}{{ x is none }}", ["10:8 upper", "10:25 x"]),
        ("{{ 'nope' }}{{ nope }}", ["10:20 nope"]),
        ("{% for i in l %}{{ i }}{% endfor %}{{ i }}", ["10:17 l", "10:43 i"]),
        ("{% for x in x %}{% endfor %}", ["10:17 x"]),
        ("{% for x in l %}{{ x }}{% else %}{{ x }}{% endfor %}", ["10:17 l", "10:41 x"]),
        ("{% for i in l if i > nope %}{{ i }}{% endfor %}", ["10:17 l", "10:26 nope"]),
        ("{{ a if b else c }}", ["10:8 a", "10:13 b", "10:20 c"]),
        ("{{ a ~ b|default(c) }}", ["10:8 a", "10:12 b", "10:22 c"]),
        ("{% include nope.html nope=nope k=m.nope %}", ["10:31 nope", "10:38 m"]),
        ("{% include a.html\n  k='v'\n  j=nope %}\n{{ nope }}", ["12:5 nope", "13:4 nope"]),
        ('{% include a.html k="\n" %}{{ nope }}', ["11:8 nope"]),
        ("   {%- if yes %}{{ nope }}{% endif %}", ["10:15 yes", "10:24 nope"]),
        ("{% raw %}\n\n{% endraw %}{{ nope }}", ["12:16 nope"]),
        (
            "{% if a %}\n\n{{ b }}\n{% elif c %}\n{{ d }}{% endif %}",
            ["10:11 a", "12:4 b", "13:9 c", "14:4 d"],
        ),
        ("a\rb {{ nope }}", ["11:6 nope"]),
        ("a\r\nb {{ nope }}", ["11:6 nope"]),
        ("a\u2028b\x0cc\x85d {{ nope }}", ["10:16 nope"]),
        ("{{ loop }} {{ chart }} {{ self }}", ["10:8 loop", "10:19 chart", "10:31 self"]),
    ],
)
def test_every_name_is_known_with_its_place(source, places):
    uses = parse(source).names
    assert [f"{str(use.where).removeprefix('a.md:')} {use.name}" for use in uses] == places


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("nope {{ m.nope }}", "10:15"),
        ("{{ m.a }} {{ m.nope.deep }}", "10:25"),
        ("nope\n nope {{ nope }}", "11:10"),
        ("x\nupper {{ n + x|upper }}", "11"),
        ("abs\n abs {{ x|abs }}", "11:11"),
    ],
)
def test_fault_of_a_value_names_its_own_place(source, place):
    assert str(failed(source).where) == f"a.md:{place}"


def test_missing_part_offers_the_nearest():
    assert failed("{{ m.aa }}", {"m": {"aab": 1}}).fix == 'did you mean "aab"?'


# --- values that do not fit ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{{ nope }}", 'no "nope"'),
        ("{{ nope.a.b }}", 'no "nope.a.b"'),
        ("{{ nope|upper }}", 'no "nope"'),
        ("{{ nope == 1 }}", 'no "nope"'),
        ("{{ m.a.b }}", 'no "b"'),
        ("{{ l[9] }}", 'no "9"'),
        ("{{ m[l] }}", 'no "a list of 3"'),
        ("{{ l[true] }}", 'no "True"'),
        ("{{ x['upper'] }}", 'no "upper"'),
        ("{{ 1 / 0 }}", "divides by zero"),
        ("{{ 1 % 0 }}", "divides by zero"),
        ("{{ 'a' * 9 }}", "needs numbers"),
        ("{{ x + 1 }}", "needs numbers"),
        ("{{ true + 1 }}", "needs numbers"),
        ("{{ -x }}", "needs a number"),
        ("{{ n < x }}", '5 and the text "abc" cannot be compared'),
        ("{{ 5 in n }}", "cannot be compared"),
        ("{{ m in m }}", "cannot be compared"),
        ("{{ x|abs }}", "needs a number"),
        ("{{ x|join }}", "needs a list"),
        ("{{ n|length }}", "needs a list"),
        ("{{ [1, 'a']|sort }}", "values of one kind"),
        ("{{ [m, m]|sort }}", "values of one kind"),
        ("{{ x|date }}", "needs a date"),
        ("{{ day|date(5) }}", "cannot work on"),
        ("{{ x|int }}", "needs a number"),
        ("{{ '1e400'|float }}", "needs a number"),
        ("{{ 'nan'|float }}", "needs a number"),
        ("{{ x|replace('a') }}", "cannot work on"),
        ("{{ x|upper(1) }}", "cannot work on"),
        ("{{ x|truncate('a') }}", "cannot work on"),
        ("{{ f|round('a') }}", "rounds to"),
        ("{{ n|round(-99999999999) }}", "rounds to"),
        ("{{ n is divisibleby(0) }}", "cannot work on"),
        ("{% for i in x %}{% endfor %}", "needs a list"),
        ("{% for i in n %}{% endfor %}", "needs a list"),
        ("{% for a, b in l %}{% endfor %}", "needs 2 values"),
        (r'{{ "\ud800" }}', "half of a character"),
        ("{{ 1e999 }}", "far too large"),
        ("{{ 1e308 * 10 }}", "far too large"),
        ("{{ " + "9" * 4000 + " * " + "9" * 4000 + " }}", "far too large"),
    ],
)
def test_value_that_does_not_fit_is_a_problem(source, said):
    problem = failed(source)
    assert said in problem.message
    assert problem.where.line == 10


@pytest.mark.parametrize(
    "source",
    [
        "{{ x['__class__'] }}",
        "{{ x['_' ~ '_class_' ~ '_'] }}",
        "{{ m['__class__']['__mro__'] }}",
        "{{ l['append'] }}",
        "{{ day.value }}",
        "{{ m.items }}",
        "{{ m.keys }}",
        "{{ x.format }}",
        "{{ cycler }}",
        "{{ config }}",
        "{{ lipsum }}",
        "{{ self }}",
        "{{ namespace }}",
        "{{ x|first|first['__class__'] }}",
    ],
)
def test_nothing_of_python_is_reached(source):
    text, problems = parse_text(source, START)
    if not problems:
        words, problems = render_text(text, NAMES)
        assert words == ""
    assert problems


def test_words_before_a_fault_are_kept():
    words, problems = render_text(parse("a {{ x }} {{ 1 / 0 }} b"), NAMES)
    assert words == "a abc "
    assert len(problems) == 1


def test_each_value_that_is_not_there_is_named_once():
    source = "a {{ x }} {{ nope }} b {% for each in [1, 2] %}{{ nor }}{% endfor %}"
    words, problems = render_text(parse(source), NAMES)
    assert words == "a abc  b "
    assert [problem.code for problem in problems] == ["value-unknown", "value-unknown"]


# --- what it costs ---------------------------------------------------------------------------

GROWTH = "'aaaaaaaaaa'" + "|replace('a', 'aaaaaaaaaa')" * 12
MANY = "big|replace('y', big)"  # a million characters


@pytest.mark.parametrize(
    "source",
    [
        "{{ " + GROWTH + "|length }}",
        "{{ big|replace('', " + MANY + ")|length }}",
        "{{ [" + "big, " * 500 + "]|join(" + MANY + ") }}",
        "{{ " + " ~ ".join([MANY] * 50) + " }}",
        "{{ [" + ", ".join([MANY] * 50) + "] }}",
        "{% for a in w %}{% for b in w %}{% for c in w %}{% endfor %}{% endfor %}{% endfor %}",
        "{% for a in w %}{% for b in w %}{{ big }}{% endfor %}{% endfor %}",
        "{% for a in w %}{% for b in w %}{% if "
        + MANY
        + "|upper|lower == 'a' %}{% endif %}{% endfor %}{% endfor %}",
        "{% for a in w %}{% for b in w %}{{ w|sort|reverse|length }}{% endfor %}{% endfor %}",
    ],
    ids=["growth", "replace", "join", "concat", "list", "loops", "prints", "strings", "lists"],
)
def test_template_that_would_not_end_is_stopped(source):
    problem = failed(source, {**NAMES, "w": list(range(300))})
    assert problem.code in ("value-wrong", "template-too-long")


@pytest.mark.parametrize(
    "inner",
    [
        "(" * 3000 + "1" + ")" * 3000,
        "[" * 3000 + "]" * 3000,
        "not " * 5000 + "x",
        "-" * 5000 + "1",
        "x" + ".a" * 5000,
        "x" + "|upper" * 5000,
        "1+" * 5000 + "1",
    ],
    ids=["brackets", "lists", "not", "minus", "dots", "filters", "sums"],
)
def test_deep_expression_is_a_problem_not_a_crash(inner):
    assert refused("{{ " + inner + " }}") == [("template-too-deep", "10:5", 1)]


def test_deep_ifs_are_a_problem_not_a_crash():
    assert refused("{% if x %}" * 2000 + "{% endif %}" * 2000) == [("template-too-deep", "10:5", 1)]


def test_every_name_of_a_long_text_is_known():
    assert len(parse("a line of prose with {{ x }} in it\n" * 3000).names) == 3000


# --- anything at all -------------------------------------------------------------------------

PIECES = st.sampled_from(
    "{{ }} {% %} {# #} {{- -}} {%- -%} if for in else elif endif endfor include raw endraw set "
    "x n l m nope loop chart a.html k=x k='v' ( ) [ ] { } . , : | ~ + - * / % ** == < = is not and "
    "or 'a' \" ' 1 0 1.5 upper default replace join round defined _x __class__ é 😀 \\".split()
    + list(" \n\r\t\0")
)


@given(
    st.lists(PIECES, max_size=25).map("".join)
    | st.lists(PIECES, max_size=25).map(" ".join)
    | st.text()
)
@example('{% include a.html k="\n" -%}\n{{ nope }}')
@example("\x85{%- include a\u2028 -%}")
@example("{{ m[[]] }}")
def test_any_text_is_read_and_said_without_a_fault(source):
    text, problems = parse_text(source, START)
    for use in (*text.names, *text.charts, *text.includes):
        assert use.where.line >= 10
    if problems:
        assert all(each.where.line >= 10 and each.fix for each in problems)
        return
    words, problems = render_text(
        text, NAMES, chart=lambda name, where: name, include=lambda name, arguments, where: name
    )
    assert isinstance(words, str)
    assert len(problems) <= 1


ODD = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.just(NAMES["day"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner, max_size=2)
    ),
    max_leaves=5,
)
OPERATIONS = (
    [f"a|{name}" for name in "abs capitalize date first float int join last length lower".split()]
    + [f"a|{name}" for name in "reverse round size sort title trim truncate upper default".split()]
    + [f"a|{name}(b)" for name in "date default join round truncate".split()]
    + [
        "a|replace(b, c)",
        "a[b]",
        "a ~ b",
        "a + b",
        "a * b",
        "a // b",
        "a % b",
        "-a",
        "a < b",
        "a == b",
    ]
    + [
        "a in b",
        "a is divisibleby(b)",
        "a is even",
        "a is odd",
        "a if b else c",
        "[a, b]|sort",
        "a and b",
    ]
)


@given(st.sampled_from(OPERATIONS), ODD, ODD, ODD)
def test_any_operation_takes_any_value(operation, a, b, c):
    words, problems = render_text(parse(f"{{{{ {operation} }}}}"), {"a": a, "b": b, "c": c})
    assert isinstance(words, str)
    assert all(each.code in ("value-wrong", "value-unknown") for each in problems)
    text = parse(f"{{% for i in ({operation}) %}}{{{{ i }}}}{{% endfor %}}")
    assert isinstance(render_text(text, {"a": a, "b": b, "c": c})[0], str)
