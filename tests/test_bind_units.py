"""Units of a site's numbers: those of their columns and rows, and of what is computed from them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from osai_essay.bind import bind_claims, bind_numbers
from osai_essay.gather import gather_rows
from osai_essay.load import load_site
from osai_essay.model import Number
from osai_essay.pages.audit import exact, part_view
from osai_essay.problem import Problem
from osai_essay.query import Queries

Site = Callable[[Mapping[str, str | bytes]], Path]

ROWS = """\
company,usd,native,currency,share,models
Amazon,100,,,0.75,4
Tencent,12.5,90,CNY,0.2,6
Alibaba,10,72,CNY,0.05,8
Sony,1,150,JPY,,
"""
PACKAGE = """\
name: money
resources:
  - name: money
    path: money.csv
    title: Money
    schema:
      fields:
        - {name: company, type: string}
        - {name: usd, type: number, unit: USD bn}
        - {name: native, type: number, unit: bn, unitFrom: currency}
        - {name: currency, type: string}
        - {name: share, type: number, unit: share}
        - {name: models, type: integer, unit: models}
"""
RATE = "rate: {label: Rate, constant: 7.2, source: src-a, unit: CNY per USD}\n"
CN = "cn: {label: CN, from: money, where: currency = 'CNY', value: sum(native)}\n"


def site_of(numbers: str, body: str) -> dict[str, str | bytes]:
    return {
        "content/site.yml": "title: Small\nurl: https://example.org\n",
        "content/posts/2026-11-01-a.md": f"---\ntitle: A\n---\n\n{body}\n",
        "content/numbers.yml": numbers,
        "data/money.csv": ROWS,
        "data/sources.yml": '- {id: src-a, title: Report, url: "https://example.org"}\n',
        "data/datapackage.yaml": PACKAGE,
    }


def bound(root: Path) -> tuple[Mapping[str, Number], tuple[Problem, ...]]:
    """The numbers of a site, and what is wrong with what it says."""
    site, said = load_site(root, frozenset())
    with Queries() as queries:
        rows, found = gather_rows(root, site.datasets, queries)
        numbers, of_numbers = bind_numbers(site.numbers, rows, queries, language="en")
    _, of_claims = bind_claims(site, numbers)
    problems = (*said, *found, *of_numbers, *of_claims)
    return numbers, tuple(each for each in problems if each.is_error)


def printed(root: Path, name: str) -> str:
    """What a number prints, on a site that has no error."""
    numbers, problems = bound(root)
    assert problems == ()
    return numbers[name].text


def wrong(root: Path) -> list[tuple[str, int | None]]:
    """The codes and lines of what is wrong with a site."""
    return [(each.code, each.where.line) for each in bound(root)[1]]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("sum(usd)", "$124 billion"),
        ('SUM("USD")', "$124 billion"),
        ("arg_max(usd, company)", "$12.5 billion"),
        ("max(share)", "75%"),
        ("sum(models)", "18 models"),
        ("max(native) filter (where currency = 'CNY')", "90"),
        ("sum(usd) / 2", "61.8"),
        ("count(*)", "4"),
    ],
)
def test_number_has_the_unit_of_its_column(site: Site, value: str, text: str) -> None:
    declared = json.dumps({"label": "N", "from": "money", "value": value})
    assert printed(site(site_of(f"n: {declared}\n", "{{ n }}")), "n") == text


def test_number_has_the_currency_of_its_rows(site: Site) -> None:
    assert printed(site(site_of(CN, "{{ cn }}")), "cn") == "CN¥162 billion"


def test_row_without_a_value_says_no_currency(site: Site) -> None:
    numbers = CN.replace("currency = 'CNY'", "company <> 'Sony'")
    assert printed(site(site_of(numbers, "{{ cn }}")), "cn") == "CN¥162 billion"


@pytest.mark.parametrize("value", ["sum(native)", "max(native)", "avg(native)"])
def test_rows_of_two_currencies_are_not_added(site: Site, value: str) -> None:
    numbers = f"n: {{label: N, from: money, value: {value}}}\n"
    assert wrong(site(site_of(numbers, "{{ n }}"))) == [("unit-mixed", 1)]


def test_one_row_of_several_currencies_may_be_meant(site: Site) -> None:
    numbers = 'n: {label: N, from: money, value: "arg_max(native, company)"}\n'
    assert printed(site(site_of(numbers, "{{ n }}")), "n") == "90"


def test_rate_converts_one_currency_into_another(site: Site) -> None:
    total = "all: {label: All, formula: us + cn / rate, unit: USD bn}\n"
    us = "us: {label: US, from: money, where: company = 'Amazon', value: sum(usd)}\n"
    body = "{{ all }} {% claim us > cn / rate and us * rate > cn %}more{% endclaim %}"
    assert printed(site(site_of(RATE + CN + us + total, body)), "all") == "$123 billion"


def test_rate_the_wrong_way_round_is_found(site: Site) -> None:
    numbers = RATE + CN + "n: {label: N, formula: cn * rate, unit: USD bn}\n"
    assert wrong(site(site_of(numbers, "{{ n }}"))) == [("unit-differs", 3)]


def test_unit_goes_on_through_formulas_that_declare_none(site: Site) -> None:
    numbers = (
        CN + "double: {label: D, formula: cn * 2}\nus: {label: U, from: money, value: max(usd)}\n"
    )
    body = "{{ double }}\n\n{% claim double < us %}less{% endclaim %}"
    assert wrong(site(site_of(numbers, body))) == [("unit-mixed", 7)]


def test_wrong_unit_is_said_once_and_not_of_what_rests_on_it(site: Site) -> None:
    numbers = (
        "n: {label: N, from: money, value: sum(usd), unit: CNY bn}\n"
        "m: {label: M, from: money, value: max(usd)}\n"
        "both: {label: B, formula: n + m, unit: share}\n"
    )
    assert wrong(site(site_of(numbers, "{{ both }}"))) == [("unit-differs", 1), ("unit-differs", 3)]


@pytest.mark.parametrize("unit", ["USD bn", "USD bn per company"])
def test_average_may_be_said_in_the_unit_of_the_whole(site: Site, unit: str) -> None:
    numbers = (
        "total: {label: T, from: money, value: sum(usd)}\n"
        "firms: {label: F, from: money, value: count(*), unit: firms}\n"
        f"mean: {{label: M, formula: total / firms, unit: {unit}}}\n"
    )
    assert wrong(site(site_of(numbers, "{{ mean }}"))) == []


def test_text_and_dates_have_no_unit_to_mix(site: Site) -> None:
    numbers = "top: {label: T, from: money, value: 'arg_max(company, usd)', unit: share}\n"
    body = "{% claim top == 'Amazon' %}{{ top }}{% endclaim %}"
    assert printed(site(site_of(numbers, body)), "top") == "Amazon"


@pytest.mark.parametrize(
    ("declared", "text", "shown"),
    [
        ("from: money, value: max(share)", "75%", "75%"),
        ("range: [least, most]", "5–75%", "5% to 75%"),
    ],
)
def test_share_is_exact_as_it_is_printed(site: Site, declared: str, text: str, shown: str) -> None:
    numbers = "".join(
        f"{name}: {{label: N, from: money, value: {of}(share)}}\n"
        for name, of in (("least", "min"), ("most", "max"))
    )
    root = site(site_of(f"{numbers}n: {{label: N, {declared}}}\n", "{{ n }}"))
    made = bound(root)[0]["n"]
    assert (made.text, exact(made)) == (text, shown)


@pytest.mark.parametrize(
    ("number", "shown", "value", "unit"),
    [
        ("constant: 1, unit: models", "1 model", "1", "model"),
        ("constant: 8.5671, unit: points, format: '0.0'", "8.6 points", "8.567", "points"),
        (
            "constant: 349, unit: USD bn, format: '0'",
            "349 billion US dollars",
            "349",
            "billion US dollars",
        ),
        ("constant: 12345.0, unit: days", "12,300 days", "12345", "days"),
        ("constant: 0.740157480315, unit: share", "74%", "0.7402 (74.02%)", ""),
        ("constant: 2025, unit: year", "2025", "2025", ""),
        ("constant: Qwen", "Qwen", "Qwen", ""),
        ("constant: 2025-05-23", "23 May 2025", "2025-05-23", ""),
    ],
)
def test_value_has_its_unit_wherever_it_stands(
    site: Site, number: str, shown: str, value: str, unit: str
) -> None:
    numbers = f"n: {{label: N, {number}, source: src-a}}\n"
    made = bound(site(site_of(numbers, "{{ n }}")))[0]["n"]
    part = part_view(made)
    assert (part.amount, part.value, part.unit) == (shown, value, unit)
