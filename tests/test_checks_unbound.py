"""Figures in prose that are bound to no number, and what only looks like one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from time import process_time

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from osai_essay import cli
from osai_essay.charts.spec import read_chart
from osai_essay.checks.unbound import check_unbound
from osai_essay.checks.unbound.figures import find_figures
from osai_essay.checks.unbound.places import FilePlaces
from osai_essay.content import read_essays
from osai_essay.located import read_yaml
from osai_essay.model import Bound, Number, NumberSpec, Text
from osai_essay.problem import Problem, Where
from osai_essay.prose import running_text
from osai_essay.template import bare_words, parse_text

FILE = "content/posts/2026-11-01-a.md"
CHART = "content/charts/c.yml"
Site = Callable[[Mapping[str, str | bytes]], Path]


def figures(prose: str, language: str = "en") -> list[str]:
    return [figure.words for figure in find_figures(running_text(prose), language)]


def number(name: str, text: str, essay: str = "") -> Number:
    spec = NumberSpec(name=name, where=Where(file="content/numbers.yml"), label=name, essay=essay)
    return Number(spec=spec, value=None, text=text)


BOUND = Bound(
    numbers={
        each.name: each
        for each in (
            number("days", "349 days"),
            number("us_capex", "$349 billion"),
            number("firms", "5"),
            number("raised", "$98 billion"),
            number("share", "59%"),
            number("own", "17 times", essay=FILE),
        )
    }
)


# Figures


@pytest.mark.parametrize(
    "figure",
    [
        "$349 billion", "$349bn", "US$349bn", "$336B", "EUR 5m", "USD 349 billion", "¥7", "380 billion",
        "5.1", "1,234", "1.234.567", "59%", "12.5 per cent", "6.8 times", "3×", "80GB", "7nm", "-5%", "±2",
        "½", "5½", "1/3", "1850",
        "three", "Twelve", "twenty-six", "three hundred", "two million", "a hundred", "a dozen", "dozen",
        "half", "Halves", "two thirds", "two-thirds", "one third", "three quarters",
        "doubled", "tripling", "halved", "twice", "tenfold", "an order of magnitude", "orders of magnitude",
    ],
)  # fmt: skip
def test_a_figure_is_found_whole(figure: str) -> None:
    assert figures(f"they had {figure} by then") == [figure]


@pytest.mark.parametrize(
    ("prose", "found"),
    [
        ("26 of its 29 models", ["26", "29"]),
        ("from 23% to 45%, or 10–20", ["23%", "45%", "10", "20"]),
        ("$5-$10 each", ["$5", "$10"]),
        ("a three-year plan, 10-fold", ["three", "10"]),
        ("**336** and _three_ and _5_", ["336", "three", "5"]),
        ("| Amazon | 100 |", ["100"]),
        ("Early 2025 had (21) of them.", ["21"]),
        ("In 2025 50 firms spent 30 of March's money.", ["50", "30"]),
        ("less than a third. A third of it, about a quarter", ["a third", "A third", "a quarter"]),
        ("Meta's 26 models, Meta 26 of 29, Meta 65%", ["26", "26", "29", "65%"]),
        ("About 50 firms. With 13 left. Five US firms", ["50", "13", "Five"]),
        ("[5 marks](a.md) ![6 bars](a.png)", ["5", "6"]),
        ("A note.[^1]\n\n[^1]: It has 7 words.", ["7"]),
        ("Term\n: with 8 things\n\n- 9 pears\n\n<b>10</b>", ["8", "9", "10"]),
        ("three\nhundred", ["three\nhundred"]),
        ('5" wide and 6" high', ["5", "6"]),
    ],
)
def test_figures_of_a_sentence(prose: str, found: list[str]) -> None:
    assert figures(prose) == found


@pytest.mark.parametrize(
    "prose",
    [
        # years, dates, times of day
        "in 2025, the 2010s, fiscal 2025, FY25, mid-2025, 2023-24, 2024/25, 2013–2025, 2024 to 2026",
        "21 November 2026, July 2025, July 23, 2025, 23–25 July, 14 and 15 January, 3rd of July",
        "2026-11-21, 2026-11, 2026-11-21T10:00:00Z, 21.11.2026, Q3 2025, H1 2025",
        "at 10:30, 5 pm and 11 a.m.",
        # ordinals and what counts too little to be a figure
        "the 1st, 2nd and 23rd, the third, a third premise, a third-party tool, twenty-first, tenth",
        "one or two of both; the first half of 2025; billions of dollars; a half-open, double-checked box",
        # names, versions, identifiers
        "GPT-4, GPT-4o, GPT-5 Pro, H100, A800, MI300X, Llama 3.1, Llama 4 Maverick, Claude 3.5 Sonnet",
        "DeepSeek-V3, Qwen2.5-72B, Muse Glimmer 30B, gpt-oss-120b, o3-pro, 5G, 01.AI, Ascend 910C, G20",
        "CC BY 4.0, Apache 2.0, ISO 8601, RFC 9110, Windows 11, v1.2, 1.2.3, Magnificent Seven, 10-K",
        "+1 555 0100 200, 555-0100, 978-3-16-148410-0, arXiv:2401.12345",
        "section 3, Table 4, figures 2–5, § 5, No. 5, p. 12, #7",
        # what an author does not say in prose of his own
        '"upwards of $336B", “less than\na third”, ‘5 of 6’, «7», „8“',
        "> About 5 firms\nand 6 more",
        "- > About 5 firms",
        "`349` and ``5 ` 6``",
        "```\n349\n```\n",
        "    349\n",
        "1. First\n2) Second\n",
        "## 2. Head\n\n### 2.1 Head\n",
        "[x](https://example.org/5_(6)) [x](a.md \"7\") [x][8] <https://example.org/9> https://x.org/5",
        "[ref]: https://example.org/5",
        "a note[^1] and mail to a5@b6.org",
        '<ol start="4"><li data-n="5">x</li></ol> <!-- 6 --> <code>7</code> <blockquote>8</blockquote>',
        '{: width="5"}\n\n&#8217; &frac12;',
    ],
)  # fmt: skip
def test_what_is_no_figure(prose: str) -> None:
    assert figures(prose) == []


@pytest.mark.parametrize(
    ("prose", "language", "found"),
    [
        ("Am 21. November 2026 waren es 349 Mrd. und drei", "de", ["349"]),
        ("Le 21 novembre 2026 : 5,3 milliards, 10\u202f000 puces", "fr", ["5,3", "10\u202f000"]),
        ("El 21 de noviembre de 2026, 12 empresas", "es", ["12"]),
        ("2025年7月23日投入349亿美元", "zh", ["349"]),
        ("three, half, doubled and 7", "de", ["7"]),
        ("three and 7", "en-GB", ["three", "7"]),
    ],
)
def test_digits_count_in_every_language_and_words_in_english(
    prose: str, language: str, found: list[str]
) -> None:
    assert figures(prose, language) == found


def test_formulas_are_none_where_math_is_on() -> None:
    prose = "It is $x = 5$, and $349 billion."

    assert figures(running_text(prose, math=True)) == ["$349 billion"]
    assert figures(prose) == ["5", "$349 billion"]


@pytest.mark.parametrize(
    "mark",
    ["5, 6 and ", "[^", "“", '"', "<code>", '<a href="', "[x](", "1.", "1-", "5x", "twenty-", "Llama ", "a.a@"],
)  # fmt: skip
def test_hard_text_ends_soon(mark: str) -> None:
    started = process_time()

    figures(mark * (40_000 // len(mark)))

    assert process_time() - started < 3


# What is bound, claimed or marked


def text(source: str) -> Text:
    parsed, problems = parse_text(source, Where(file=FILE, line=1, column=1))
    assert problems == ()
    return parsed


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("{{ us }} of 5", ["5"]),
        ("{{ 5 | round(2) }} {{ us | format('0.0') }}", ["5"]),
        ("{{ 349 }} and {{ '$336B' }} and {{ -7 | format('0') }}", ["349", "$336B", "7"]),
        ("{{ 5 if us > 3 else 'few' }} {{ us - 5 }}", []),
        ("{% claim us > 3 %}{{ 5 }}{% endclaim %} {% raw %}{{ 5 }}{% endraw %}", []),
        ("{% claim cn < us / 3 %}less than a third{% endclaim %} of 6", ["6"]),
        ("{% claim a < 3 %}5 {{ a }}{% endclaim %} 6 {% claim b < 3 %}7{% endclaim %}", ["6"]),
        ("{% unbound 'of 1992' %}$336B{% endunbound %}, 7", ["7"]),
        ("{% raw %}{{ 5 }} of 6{% endraw %} 7", ["7"]),
        ("{% include a.html k=5 %} 8", ["8"]),
        ("{% if us > 5 %}9{% else %}10{% endif %}", ["9", "10"]),
        ("{%- for x in y -%} 11 {%- endfor -%} 12", ["11", "12"]),
        ('"{{ us }} of 5" said it', []),
    ],
)
def test_only_bare_words_hold_figures(source: str, found: list[str]) -> None:
    assert figures(bare_words(text(source))) == found


# Problems


def check(site: Site, essay: str = "---\n---\n", chart: str = "") -> list[Problem]:
    yaml = f"title: A chart\nalt: Words\nkind: bar\nfrom: money\nx: amount\n{chart}"
    root = site({FILE: essay, CHART: yaml})
    essays, problems = read_essays(root)
    spec, found = read_chart(
        read_yaml(yaml, CHART), CHART, "c", parse=lambda words, at: parse_text(words, at)[0]
    )
    assert (*problems, *found) == ()
    assert spec is not None

    def read_lines(file: str) -> list[str]:
        return (root / file).read_text("utf-8").split("\n")

    return list(check_unbound(essays, [spec], BOUND, language="en", read_lines=read_lines))


def places(problems: list[Problem]) -> list[tuple[str, int]]:
    return [(str(problem.where), problem.where.width) for problem in problems]


def test_a_problem_says_where_what_and_how_to_bind_it(site: Site) -> None:
    (problem,) = check(site, "---\ntitle: A\n---\n\nSome words.\nThey spent $408 billion.\n")

    assert (problem.code, problem.severity) == ("number-unbound", "warning")
    assert places([problem]) == [(f"{FILE}:6:12", 12)]
    assert problem.message == 'the figure "$408 billion" is bound to no number'
    assert problem.fix == (
        "declare a number and write its {{ name }}, put it into a {% claim %}, or mark it as meant: "
        '{% unbound "why" %}$408 billion{% endunbound %}.'
    )


@pytest.mark.parametrize(
    ("figure", "offer"),
    [
        ("$349 billion", "{{ us_capex }} ($349 billion)"),
        ("349", "{{ days }} (349 days)"),
        ("$349bn", "{{ us_capex }} ($349 billion)"),
        ("five", "{{ firms }} (5)"),
        ("$98.0 billion", "{{ raised }} ($98 billion)"),
        ("59%", "{{ share }} (59%)"),
        ("17", "{{ own }} (17 times)"),
        ("$59", None),
        ("60", None),
    ],
)
def test_a_number_that_prints_the_same_is_offered(
    site: Site, figure: str, offer: str | None
) -> None:
    (problem,) = check(site, f"---\n---\nIt was {figure} then.\n")

    if offer:
        assert problem.fix.startswith(f"did you mean {offer}? Else mark it as meant: ")
    else:
        assert "did you mean" not in problem.fix


def test_a_chart_is_not_offered_the_number_of_an_essay(site: Site) -> None:
    (problem,) = check(site, chart="note: It was 17 then.\n")

    assert "did you mean" not in problem.fix


def test_front_matter_and_body_of_an_essay_are_read(site: Site) -> None:
    essay = (
        '---\ntitle: "Of 5"\ndescription: >-\n  They spent 6\n  and raised 7 in 2025.\n'
        "tags: [8]\n---\nA {% unbound 'x' %}9{% endunbound %}, 10\r\n\r\n> 11\r\n\r\nand 12.\r\n"
    )

    found = [(f"{FILE}:2:12", 1), (f"{FILE}:4:14", 1), (f"{FILE}:5:14", 1)]
    found += [(f"{FILE}:8:39", 2), (f"{FILE}:12:5", 2)]
    assert places(check(site, essay)) == found


def test_every_text_of_a_chart_is_read(site: Site) -> None:
    chart = (
        "subtitle: Over 3 years\n"
        "note: >-\n  It was three\n  hundred, and\n\n  4 more.\n"
        'description: "A line of 6\n  rows and \\t(7) \\u00bd 8"\n'
        "annotate:\n  - {x: 1, y: 2, text: '9 firms'' plans'}\n"
        "lines:\n  - {y: 5, text: 10}\n"
    )

    found = check(site, chart=chart)

    assert places(found) == [
        (f"{CHART}:6:16", 1),
        (f"{CHART}:8:10", 5),
        (f"{CHART}:11:3", 1),
        (f"{CHART}:12:25", 1),
        (f"{CHART}:13:15", 1),
        (f"{CHART}:12:15", 1),  # written as an escape, it cannot be found: the text's own place
        (f"{CHART}:12:15", 1),
        (f"{CHART}:15:25", 1),
        (f"{CHART}:17:18", 2),
    ]


# Properties

WORDS = st.sampled_from(
    ["$349 billion", "5", "a third of", "three", "26", "59%", "in 2025", "GPT-4", "and", "Meta", "x's"]
)  # fmt: skip
SIGNS = st.sampled_from(
    [
        *(
            " ",
            "\n",
            "\n\n",
            "> ",
            "- ",
            "1. ",
            '"',
            "“",
            "”",
            "*",
            "_",
            "`",
            "```\n",
            "(",
            "](",
            ")",
        ),
        *(
            "<b>",
            "</b>",
            "<!--",
            "-->",
            "|",
            "$",
            "    ",
            "<q>",
            "{:",
            "}",
            "&amp;",
            "http://",
            "\t",
        ),
    ]
)
TAGS = st.sampled_from(
    ["{{ us }}", "{% raw %}5{% endraw %}", "{% claim us < 6 %}7{% endclaim %}", "{% if us %}8{% endif %}"]
)  # fmt: skip
MARKDOWN = st.lists(WORDS | SIGNS | TAGS | st.text(max_size=5)).map("".join)


@given(MARKDOWN)
def test_what_is_left_of_any_text_stands_where_it_stood(source: str) -> None:
    parsed, _ = parse_text(source, Where(file=FILE, line=1, column=1))
    bare = bare_words(parsed)
    for math in (False, True):
        running = running_text(bare, math=math)

        assert len(running) == len(bare) == len(parsed.source)
        assert running.count("\n") == parsed.source.count("\n")
        for figure in find_figures(running, "en"):
            end = figure.offset + len(figure.words)
            assert parsed.source[figure.offset : end] == figure.words


@given(st.lists(WORDS | st.just("\n"), min_size=1), st.sampled_from(["|", ">", ">-", '"', "'", ""]))
def test_places_in_yaml_point_at_the_words(words: list[str], style: str) -> None:
    source = " ".join(words).strip() or "x"
    if style in ("|", ">", ">-"):
        yaml = f"note: {style}\n" + "".join(f"  {line.strip()}\n" for line in source.split("\n"))
    else:
        value = source.replace("\n", "\n  ").replace("'", "''" if style == "'" else "'")
        yaml = f"a: 5\nnote: {style}{value}{style}\n"
    data, lines = read_yaml(yaml, CHART), yaml.split("\n")
    read = Text(source=str(data["note"]), where=data.where("note"))
    at = FilePlaces(read, lines)

    for figure in find_figures(read.source, "en"):
        where = at.at(figure.offset, figure.words)

        assert where.line is not None
        assert where.column is not None
        shown = lines[where.line - 1][where.column - 1 :][: where.width]
        assert shown
        assert figure.words.startswith(shown)


def test_a_text_that_its_file_does_not_hold_keeps_its_own_place() -> None:
    where = Where(file=FILE, line=2, column=3)

    assert FilePlaces(Text(source="of 5", where=where), ["---", "title: other"]).at(3, "5") == where


# The command


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli.cli, [arguments[0], "--root", str(root), *arguments[1:]])


def test_check_warns_and_a_build_says_nothing(site: Site) -> None:
    root = site({"content/site.yml": "title: S\n", FILE: "---\ntitle: A\n---\n\nOf 5.\n"})

    checked, built = run(root, "check"), run(root, "build")

    assert checked.exit_code == built.exit_code == 0
    assert f"{FILE}:5:4: warning[number-unbound]" in checked.stderr
    assert "number-unbound" not in built.stderr


@pytest.mark.parametrize("command", ["check", "build"])
def test_strict_stops_on_a_figure_that_is_not_bound(site: Site, command: str) -> None:
    root = site({"content/site.yml": "title: S\n", FILE: "---\ntitle: A\n---\n\nOf 5.\n"})

    result = run(root, command, "--strict")

    assert result.exit_code == 1
    assert f"{FILE}:5:4: error[number-unbound]" in result.stderr
    assert not (root / "build").exists()


def test_strict_lets_pass_what_is_marked(site: Site) -> None:
    body = 'Of {% unbound "a joke" %}5{% endunbound %}.'
    root = site({"content/site.yml": "title: S\n", FILE: f"---\ntitle: A\n---\n\n{body}\n"})

    assert run(root, "build", "--strict").exit_code == 0


def test_site_in_another_language_is_read_in_it(site: Site) -> None:
    body = "---\ntitle: A\n---\n\nAm 3. Juli drei, three und 5.\n"
    root = site({"content/site.yml": "title: S\nlanguage: de\n", FILE: body})

    assert run(root, "check").stderr.count("number-unbound") == 1


def test_draft_and_faulty_file_are_left_out(site: Site) -> None:
    root = site({
        "content/site.yml": "title: S\n",
        FILE: "---\ntitle: A\ndraft: true\n---\n\nOf 5.\n",
        "content/pages/b.md": "---\ntitle: B\n---\n\nOf 6 {{ nope }}.\n",
    })  # fmt: skip

    assert "number-unbound" not in run(root, "check").stderr
    assert "number-unbound" in run(root, "check", "--drafts").stderr
