"""Numbers for readers, by their unit or their author's pattern."""

from __future__ import annotations

import math

from osai_essay.formats.digits import significant, with_decimals
from osai_essay.formats.languages import is_english
from osai_essay.formats.money import money_words, read_money, say_money
from osai_essay.formats.patterns import Pattern, read_pattern

SHARE = "share"  # the unit of numbers from 0 to 1
PERCENT = ("percent", "%", "pct")  # units of numbers from 0 to 100


def format_number(
    value: float,
    *,
    unit: str | None = None,
    pattern: str | None = None,
    language: str = "en",
    digits: int = 3,
    compact: bool = False,
) -> str:
    """A number for a reader: `$349 billion`, on a mark (compact) `$349bn`.

    unit: of the data: `USD bn`, `percent` (0 to 100), `share` (0 to 1), `year`, or a word such as
        `days`. pattern: a `format:`, which wins over the unit. digits: significant ones; whole
        counts without a unit are printed in full.
    """
    if not math.isfinite(value):
        return "\u2013"
    shape = read_pattern(pattern) if pattern else None
    if shape:
        return _by_pattern(value, shape, language)
    if unit == "year":
        return str(round(value))
    if unit == SHARE:
        return _percent(value * 100, language, digits)
    if unit in PERCENT:
        return _percent(value, language, digits)
    money = read_money(unit)
    if money:
        return say_money(value, money, language, digits, compact=compact)
    number = significant(value, language, digits)
    return number if compact or not unit else f"{number} {_count(unit, number, language)}"


def _count(unit: str, number: str, language: str) -> str:
    """A unit as it goes with the number: 1 day, 2 days."""
    if number != "1" or unit == "times" or not is_english(language) or not unit.endswith("s"):
        return unit
    return f"{unit[:-3]}y" if unit.endswith("ies") else unit[:-1]


def format_unit(unit: str | None, *, number: str = "", language: str = "en") -> str:
    """A unit in words, for an axis or a table's head: `USD bn` is "billion US dollars".

    number: the one it stands behind: 1 model, 2 models.
    """
    money = read_money(unit)
    if money:
        return money_words(money)
    if unit in PERCENT:
        return "percent"
    return "" if unit is None or unit == "year" else _count(unit, number, language)


def _by_pattern(value: float, shape: Pattern, language: str) -> str:
    number = with_decimals(value * shape.factor, language, shape.decimals, grouped=shape.is_grouped)
    if number.startswith("-"):
        return f"\u2212{shape.before}{number[1:]}{shape.after}"
    return f"{shape.before}{number}{shape.after}"


def _percent(value: float, language: str, digits: int) -> str:
    number = significant(value, language, digits)
    return f"{number}%" if is_english(language) else f"{number}\u00a0%"
