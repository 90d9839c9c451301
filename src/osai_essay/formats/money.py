"""Amounts of money: in English by the house's letters and words, elsewhere as CLDR has it."""

from __future__ import annotations

import re
from typing import Literal

from osai_essay.formats.digits import round_half_up, significant, with_decimals
from osai_essay.formats.languages import is_english, locale_of

SCALES = {"": 1, "k": 10**3, "th": 10**3, "mn": 10**6, "m": 10**6, "bn": 10**9, "tn": 10**12}
_ENGLISH_WORDS = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))
_ENGLISH_LETTERS = ((10**12, "tn"), (10**9, "bn"), (10**6, "m"))
_UNIT_WORDS = {"bn": "billion", "mn": "million", "m": "million", "tn": "trillion", "k": "thousand"}
_CURRENCY_WORDS = {"USD": "US dollars", "CNY": "yuan", "EUR": "euros", "GBP": "pounds"}
_SYMBOLS = {"USD": "$", "EUR": "\u20ac", "GBP": "\u00a3"}  # CNY and others: babel's, told apart
_MONEY = re.compile(r"(?P<currency>[A-Z]{3})(?: (?P<scale>k|th|mn|m|bn|tn))?")


def read_money(unit: str | None) -> tuple[str, str] | None:
    """The currency and the scale of a unit: ("USD", "bn") for `USD bn`; None where it is none."""
    found = _MONEY.fullmatch(unit or "")
    return (found["currency"], found["scale"] or "") if found else None


def money_affixes(unit: str | None, language: str = "en") -> tuple[str, str] | None:
    """What an axis prints before and after its numbers: ("$", "bn") for `USD bn`."""
    money = read_money(unit)
    if not money:
        return None
    currency, scale = money
    if not is_english(language):
        word = _compact(SCALES[scale], language, 0, is_short=True).lstrip("1")
        return "", f"{word}\u00a0{_symbol(currency, language)}"
    return _symbol(currency, "en"), {"mn": "m", "th": "k"}.get(scale, scale)


def money_words(money: tuple[str, str]) -> str:
    """What it is counted in, for an axis or a table's head: billion US dollars."""
    currency, scale = money
    return f"{_UNIT_WORDS.get(scale, '')} {_CURRENCY_WORDS.get(currency, currency)}".strip()


def say_money(
    value: float, money: tuple[str, str], language: str, digits: int, *, compact: bool
) -> str:
    """An amount for a reader: `$349 billion`, compact `$349bn`."""
    currency, unit_scale = money
    value = round_half_up(value * SCALES[unit_scale], digits)
    if not is_english(language):
        return _money_elsewhere(value, currency, language, digits, compact=compact)
    sign, size = ("\u2212" if value < 0 else ""), abs(value)
    for scale, word in _ENGLISH_LETTERS if compact else _ENGLISH_WORDS:
        if size >= scale:
            number = significant(size / scale, language, digits)
            gap = "" if compact else " "
            return f"{sign}{_symbol(currency, language)}{number}{gap}{word}"
    return f"{sign}{_symbol(currency, language)}{significant(size, language, digits)}"


def _money_elsewhere(
    value: float, currency: str, language: str, digits: int, *, compact: bool
) -> str:
    from babel.numbers import get_decimal_symbol

    separator = re.escape(get_decimal_symbol(locale_of(language)))
    number = ""
    for decimals in range(digits):  # babel knows where its words change, not how many digits stand
        number = _compact(value, language, decimals, is_short=compact)
        if sum(letter.isdigit() for letter in number.lstrip("-0.,")) >= digits:
            break
    number = re.sub(rf"({separator}\d*?)0+(?!\d)", r"\1", number)
    number = re.sub(rf"{separator}(?!\d)", "", number)
    return f"{number}\u00a0{_symbol(currency, language)}"


def _compact(value: float, language: str, decimals: int, *, is_short: bool) -> str:
    from babel.numbers import format_compact_decimal

    locale = locale_of(language)
    shapes: tuple[Literal["long", "short"], ...] = ("short",) if is_short else ("long", "short")
    for shape in shapes:
        try:
            return str(
                format_compact_decimal(
                    value, format_type=shape, locale=locale, fraction_digits=decimals
                )
            )
        except KeyError:  # a language without long forms
            continue
    return with_decimals(value, language, 0, grouped=True)


def _symbol(currency: str, language: str) -> str:
    if currency in _SYMBOLS:
        return _SYMBOLS[currency]
    from babel.numbers import get_currency_symbol

    return str(get_currency_symbol(currency, locale=locale_of(language)))
