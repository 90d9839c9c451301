"""Numbers and dates for readers."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from osai_essay.formats import (
    Pattern,
    Written,
    format_date,
    format_number,
    format_unit,
    is_read_whole,
    money_affixes,
    plain_number,
    read_pattern,
    read_written,
    short_text,
)


@pytest.mark.parametrize(
    ("value", "options", "text"),
    [
        (349.0, {"unit": "USD bn"}, "$349 billion"),
        (349.0, {"unit": "USD bn", "compact": True}, "$349bn"),
        (20.94, {"unit": "USD bn"}, "$20.9 billion"),
        (0.355, {"unit": "USD bn", "compact": True}, "$355m"),
        (999.6, {"unit": "USD bn"}, "$1 trillion"),
        (-3.2, {"unit": "USD bn"}, "−$3.2 billion"),
        (12, {"unit": "USD bn"}, "$12 billion"),
        (17.68, {"unit": "CNY bn"}, "CN¥17.7 billion"),
        (20.94, {"unit": "USD bn", "digits": 2}, "$21 billion"),
        (0.812, {"unit": "share"}, "81.2%"),
        (81.2, {"unit": "percent"}, "81.2%"),
        (2025, {"unit": "year"}, "2025"),
        (2025, {}, "2,025"),
        (554, {"unit": "days"}, "554 days"),
        (554, {"unit": "days", "compact": True}, "554"),
        (1, {"unit": "days"}, "1 day"),
        (1, {"unit": "companies"}, "1 company"),
        (1, {"unit": "times"}, "1 times"),
        (1, {"unit": "jours", "language": "fr"}, "1 jours"),
        (6.8231, {}, "6.82"),
        (1234567.0, {}, "1,230,000"),
        (0.0, {"unit": "USD bn"}, "$0"),
        (float("nan"), {}, "–"),
        (1e30, {}, f"1{',000' * 10}"),
        (1e45, {"unit": "USD bn"}, f"$1{',000' * 14} trillion"),
        (2e299, {"unit": "days", "compact": True}, f"200{',000' * 99}"),
    ],
)
def test_a_number_by_its_unit(value: float, options: dict[str, Any], text: str) -> None:
    assert format_number(value, **options) == text


@pytest.mark.parametrize(
    ("value", "pattern", "text"),
    [
        (100.0, "$0bn", "$100bn"),
        (20.94, "$0.0bn", "$20.9bn"),
        (0.125, "0%", "13%"),
        (0.815, "0.0%", "81.5%"),
        (1234.5, "0,0", "1,235"),
        (1234.5, "0", "1235"),
        (-2.5, "$0.0bn", "−$2.5bn"),
        (152.73, "0.0 points", "152.7 points"),
    ],
)
def test_a_number_by_a_pattern(value: float, pattern: str, text: str) -> None:
    assert format_number(value, pattern=pattern, unit="USD bn") == text


@pytest.mark.parametrize("text", ["", "12", "$bn", "0.0.0", "00", "0bn0"])
def test_what_is_no_pattern(text: str) -> None:
    assert read_pattern(text) is None


def test_a_pattern_in_parts() -> None:
    assert read_pattern("$0,0.00 m") == Pattern(before="$", after=" m", decimals=2, is_grouped=True)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "349 Milliarden $"),
        ("fr", "349 milliards $"),
        ("zh-Hans", "3490亿 $"),
        ("xx", "349 billion $"),
    ],
)
def test_other_languages_have_their_words(language: str, text: str) -> None:
    shown = format_number(349.0, unit="USD bn", language=language)

    assert shown.replace("\u00a0", " ") == text


def test_a_unit_in_words() -> None:
    assert format_unit("USD bn") == "billion US dollars"
    assert format_unit("CNY") == "yuan"
    assert format_unit("days") == "days"
    assert format_unit(None) == ""


def test_what_an_axis_prints_around_its_numbers() -> None:
    assert money_affixes("USD bn") == ("$", "bn")
    assert money_affixes("days") is None


@pytest.mark.parametrize(
    ("value", "language", "text"),
    [
        (date(2026, 11, 21), "en", "21 November 2026"),
        (date(2026, 11, 21), "de", "21. November 2026"),
        ("2019-07", "en", "July 2019"),
        ("2019", "en", "2019"),
        ("2023-01-23", "en", "23 January 2023"),
        ("soon", "en", "soon"),
    ],
)
def test_a_date_as_far_as_it_is_known(value: date | str, language: str, text: str) -> None:
    assert format_date(value, language) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (378.65999999999997, "378.66"),
        (0.1 + 0.2, "0.3"),
        (4.0, "4"),
        (-0.0, "0"),
        (1e-5, "0.00001"),
        (1e-25, f"0.{'0' * 24}1"),
        (123456789012345.0, "123456789012345"),
        (3.8e25, f"38{'0' * 24}"),
        (2025, "2025"),
    ],
)
def test_a_number_in_plain_digits_has_twelve_at_most(value: float, text: str) -> None:
    assert short_text(value) == text


# --- numbers as data has them ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("texts", "words", "unit"),
    [
        (["$1,200", "$900"], {"bareNumber": False, "groupChar": ","}, ""),
        (["EUR 3,20", "EUR 1,00"], {"bareNumber": False, "decimalChar": ","}, "EUR"),
        (["\u20ac1.200,50", "\u20ac3"],
         {"bareNumber": False, "groupChar": ".", "decimalChar": ","}, "EUR"),
        (["+3.5\u00a0%", "-2\u00a0%"], {"bareNumber": False}, "percent"),
        (["1,234", "5"], {"groupChar": ","}, ""),
        (["131,82", "1"], {"decimalChar": ","}, ""),
        # what a reader of packages would lose or mix up: a minus, a scale, a sign
        (["-$5"], None, ""),
        (["(5%)"], None, ""),
        (["\u22125%"], None, ""),
        ([".5%"], None, ""),
        (["$1.2bn", "$300mn"], None, ""),
        (["5%", "5"], None, ""),
        (["$1.2.3"], None, ""),
    ],
)  # fmt: skip
def test_numbers_with_signs_are_known(
    texts: list[str], words: dict[str, object] | None, unit: str
) -> None:
    written = read_written(texts)
    assert written is not None
    assert (written.words, written.unit) == (words, unit)


@pytest.mark.parametrize(
    "texts",
    [["007"], ["2019", "2020"], ["1.5"], ["1,2,3"], ["7B", "70B"], ["GPT 4"], ["Llama 3"], ["H100"],
     ["2025-01"], ["a"], ["", "5%"], ["$"], []],
)  # fmt: skip
def test_names_and_bare_numbers_are_not(texts: list[str]) -> None:
    assert read_written(texts) is None


def test_lone_comma_is_what_it_is_likelier_to_be() -> None:
    assert read_written(["1,234"], comma="decimal") == Written(words={"decimalChar": ","})


def test_number_without_its_writing() -> None:
    both = {"bareNumber": False, "groupChar": ".", "decimalChar": ","}
    assert plain_number("\u20ac -1.200,50", both) == "-1200.50"


GROUPS = {"groupChar": ",", "bareNumber": False}


@pytest.mark.parametrize(
    ("text", "is_whole"),
    [
        ("$1,200.5", True),
        ("-1,234,567 %", True),
        ("12,34,567", True),  # in India
        ("about 1200", True),
        ("+5e3", True),
        ("$-5 (estimate)", True),
        ("131,82", False),
        ("1,2345", False),
        (",200", True),
        ("(5%)", False),
        ("\u22125%", False),
        ("$ \u22125", False),
        (".5%", False),
    ],
)
def test_number_that_would_be_taken_for_another_is_known(text: str, is_whole: bool) -> None:
    assert is_read_whole(text, GROUPS) is is_whole
