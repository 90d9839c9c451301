"""What a reader is told of a number: its SQL in plain words, its dates, a small one as a word."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path

import pytest

from osai_essay.bind import say_range, say_value
from osai_essay.bind.plain_sql import say_condition_sql, say_value_sql
from osai_essay.model import Column, NumberSpec
from osai_essay.problem import Where
from osai_essay.template.number_words import say_in_words
from test_bind import CN, MONEY, US, build, page_of, said, small

HERE = Where(file="data/datapackage.yaml")
COLUMNS = {
    column.name: column
    for column in (
        Column(name="amount_usd_bn", title="Capital expenditure", type="number", where=HERE),
        Column(name="country", title="Country", where=HERE),
        Column(name="open_weights", type="boolean", where=HERE),
        Column(name="released", title="Released", type="date", where=HERE),
    )
}


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("sum(amount_usd_bn)", "the sum of Capital expenditure"),
        ("amount_usd_bn", "Capital expenditure"),
        ("COUNT(*)", "the number of rows"),
        ("count(distinct country)", "the number of different values of Country"),
        ("min(released)", "the earliest Released"),
        ("max(amount_usd_bn)", "the largest Capital expenditure"),
        ("arg_max(country, released)", "Country of the row with the latest Released"),
        (
            "count(*) filter (where open_weights) / count(*)",
            "the number of rows where Open weights is yes ÷ the number of rows",
        ),
        ("2 * (avg(amount_usd_bn) - 1)", "2 × (the mean of Capital expenditure − 1)"),
    ],
)
def test_value_in_plain_words(sql: str, words: str) -> None:
    assert say_value_sql(sql, COLUMNS) == words


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("country = 'O''Neil'", "Country is “O'Neil”"),
        ("country in ('US', 'CN', 'UK')", "Country is “US”, “CN” or “UK”"),
        ("country not in ('US')", "Country is not “US”"),
        ("country is not null and not open_weights", "Country is not empty and Open weights is no"),
        ("released <= '2025-07-23'", "Released is on or before 23 July 2025"),
        ("year(released) >= 2025", "the year of Released is at least 2025"),
        ("amount_usd_bn between 1 and -2", "Capital expenditure is from 1 to −2"),
        ("country like 'A%b%'", "Country begins with “A”, then has “b”"),
        (
            "(country = 'US' or open_weights) and amount_usd_bn <> 2",
            "(Country is “US” or Open weights is yes) and Capital expenditure is not 2",
        ),
        (
            "country = 'US' and open_weights or country = 'CN'",
            "Country is “US” and Open weights is yes, or Country is “CN”",
        ),
    ],
)
def test_condition_in_plain_words(sql: str, words: str) -> None:
    assert say_condition_sql(sql, COLUMNS) == words


@pytest.mark.parametrize(
    "sql",
    ["", "country", "nope = 1", "country = upper('us')", "country = 'US' collate nocase",
     "country = 'US", "country like 'a_b'", "country = (select 'US')", "(" * 3000],
)  # fmt: skip
def test_condition_without_plain_words_is_left_as_sql(sql: str) -> None:
    assert say_condition_sql(sql, COLUMNS) is None


@pytest.mark.parametrize(
    "sql", ["sum(a)", "sum(amount_usd_bn) over ()", "round(amount_usd_bn)", "1 +", "'a"]
)
def test_value_without_plain_words_is_left_as_sql(sql: str) -> None:
    assert say_value_sql(sql, COLUMNS) is None


@pytest.mark.parametrize(
    ("value", "within", "word"),
    [
        (0, 0, "zero"),
        (12, 0, "twelve"),
        (13, 0, None),
        (13, 0.08, "twelve"),
        (0.1 + 0.2 + 0.2, 0, "half"),
        (1 / 3, 0, "a third"),
        (2 / 3, 0, "two thirds"),
        (0.125, 0, "an eighth"),
        (0.146, 0, None),
        (0.146, 0.05, "a seventh"),
        (6.8, 0, None),
        (6.8, 0.05, "seven"),
        (-1, 0, None),
    ],
)
def test_small_numbers_have_words(value: float, within: float, word: str | None) -> None:
    assert say_in_words(value, within=within) == word


@pytest.mark.parametrize(("value", "words"), [(1, "once"), (2, "twice"), (3, "three times"),
                                              (0.5, "half")])  # fmt: skip
def test_times_have_words_of_their_own(value: float, words: str) -> None:
    assert say_in_words(value, is_times=True) == words


Site = Callable[[Mapping[str, str | bytes]], Path]
FIRMS = "firms: {label: Firms, from: money, value: count(distinct company), unit: firms}\n"


def test_number_as_a_word_stays_a_link_and_follows_its_data(site: Site) -> None:
    root = site(small(FIRMS, "{{ firms | words | capitalize }} firms, {{ firms | words }}."))
    assert said(page_of(root)) == ["Three", "three"]
    site({"data/money.csv": MONEY + MONEY.splitlines()[-1].replace("Tencent", "Baidu") + "\n"})
    assert said(page_of(root)) == ["Four", "four"]


@pytest.mark.parametrize(
    ("use", "language", "message"),
    [
        ("us | words", "en", "which no number word says"),
        ("r | words", "en", "for which there is no word"),
        ("firms | words", "de", "in English alone"),
        ("firms | words(7)", "en", "a share from 0 to 1"),
    ],
)
def test_what_has_no_word_is_a_problem(site: Site, use: str, language: str, message: str) -> None:
    numbers = US + CN + FIRMS + "r: {label: R, formula: us / cn}\n"
    files = small(numbers, f"{{{{ us }}}} {{{{ r }}}} {{{{ firms }}}} {{{{ {use} }}}}")
    files["content/site.yml"] = f"title: S\nlanguage: {language}\n"
    problems = build(site(files)).problems
    assert [problem.code for problem in problems if message in problem.message] == ["value-wrong"]


# Dates


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        ("5 May 2025", "23 May 2025", "5–23 May 2025"),
        ("5 May 2025", "1 June 2025", "5 May – 1 June 2025"),
        ("5 May 2025", "5 May 2026", "5 May 2025 – 5 May 2026"),
        ("5. Mai 2025", "23. Mai 2025", "5.–23. Mai 2025"),
    ],
)
def test_range_of_days_says_month_and_year_once(low: str, high: str, words: str) -> None:
    assert say_range(low, high) == words


def test_moment_prints_its_time_where_it_has_one() -> None:
    spec = NumberSpec(name="x", where=HERE, label="X")
    assert say_value(datetime(2025, 5, 1, 9, 30), spec, "en") == "1 May 2025, 09:30"  # noqa: DTZ001
    assert say_value(datetime(2025, 5, 1), spec, "en") == "1 May 2025"  # noqa: DTZ001
    assert say_value(date(2025, 5, 1), spec, "en") == "1 May 2025"


DAYS = (
    "first: {label: First, sql: \"SELECT DATE '2025-05-05' FROM money LIMIT 1\"}\n"
    "last: {label: Last, sql: \"SELECT DATE '2025-05-23' FROM money LIMIT 1\"}\n"
    "span: {label: Span, range: [first, last]}\n"
    "days: {label: Days, formula: last - first, unit: days}\n"
)


def test_dates_have_a_difference_a_range_and_an_order(site: Site) -> None:
    rule = "first < last and first >= '2025-05-05' and last - first == days"
    body = f"{{{{ days }}}} in {{{{ span }}}}, {{% claim {rule} %}}in May{{% endclaim %}}."
    assert said(page_of(site(small(DAYS, body)))) == ["18 days", "5–23 May 2025"]


def test_range_of_dates_the_wrong_way_round_is_a_problem(site: Site) -> None:
    numbers = DAYS.replace("[first, last]", "[last, first]")
    problems = build(site(small(numbers, "{{ span }} {{ days }}"))).problems
    assert [problem.code for problem in problems] == ["number-wrong"]


# A query's own words


def how_of(root: Path) -> str:
    return page_of(root).partition("<dt>How</dt>")[2].partition("</dd>")[0].strip()


@pytest.mark.parametrize(
    "query",
    ["sql: select sqrt(sum(amount_usd_bn)) from money", "from: money, value: sqrt(count(*))"],
)
def test_query_is_said_in_its_authors_words(site: Site, query: str) -> None:
    root = site(small(f"x: {{label: X, {query}, how: The root of the firms' sum.}}", "{{ x }}"))
    assert how_of(root) == "<dd>The root of the firms’ sum."
    assert "sqrt" in page_of(root)  # the SQL stands beside it


def test_query_without_words_of_its_own_is_said_as_it_is(site: Site) -> None:
    root = site(small("x: {label: X, from: money, value: sqrt(count(*))}", "{{ x }}"))
    assert how_of(root) == "<dd>Sqrt(count(*)), over 3 rows of “Money of companies”."


# Plain texts, claims, tables of the audit


def test_plain_texts_have_the_quotes_of_prose(site: Site) -> None:
    numbers = US.replace("label: US money", "label: The US firms' money, note: It's \"core\".")
    html = page_of(site(small(numbers, "It's {{ us }}.", front='description: "What\'s planned"\n')))
    assert "The US firms’ money" in html
    assert "It’s “core”." in html
    assert 'content="What’s planned"' in html


def test_claim_shows_the_sentence_it_stands_in(site: Site) -> None:
    body = (
        "Before it. China, at *{{ cn }}*, has {% claim cn < us %}less{% endclaim %} than that.[^1] "
        "{% claim us > cn %}More there{% endclaim %}.\n\n[^1]: A {% claim cn > 1 %}note{% endclaim %}, e.g."
    )
    html = page_of(site(small(US + CN, body)))
    entries = html.partition("Claims that were checked")[2]
    heads = re.findall(r'<p class="audit-head"><a href="#claim-\d">(.*?)</a>', entries)
    assert heads == [
        "China, at $12.5 billion, has <mark>less</mark> than that.",
        "<mark>More there</mark>.",
        "A <mark>note</mark>, e.g.",
    ]
