"""Numbers and dates as text for readers: the one door to babel."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, Literal

from osai_essay.dates import read_partial_date

SCALES = {"": 1, "k": 10**3, "th": 10**3, "mn": 10**6, "m": 10**6, "bn": 10**9, "tn": 10**12}
SHARE = "share"  # the unit of numbers from 0 to 1
PERCENT = ("percent", "%", "pct")  # units of numbers from 0 to 100
_ENGLISH_WORDS = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))
_ENGLISH_LETTERS = ((10**12, "tn"), (10**9, "bn"), (10**6, "m"))
_UNIT_WORDS = {"bn": "billion", "mn": "million", "m": "million", "tn": "trillion", "k": "thousand"}
_CURRENCY_WORDS = {"USD": "US dollars", "CNY": "yuan", "EUR": "euros", "GBP": "pounds"}
_SYMBOLS = {"USD": "$", "EUR": "\u20ac", "GBP": "\u00a3"}  # CNY and others: babel's, told apart

MOST_DIGITS = 400  # of a number printed in full: floats have up to 309, Decimal gives up at 28

_PATTERN = re.compile(r"(?P<before>[^0-9.,]*)(?P<digits>0(?:,0)?(?:\.0{1,6})?)(?P<after>[^0-9]*)")
_MONEY = re.compile(r"(?P<currency>[A-Z]{3})(?: (?P<scale>k|th|mn|m|bn|tn))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A number format such as `$0.0bn`: what stands before and after, and the digits' shape.

    decimals: how many. is_grouped: 1,234 for `0,0`. factor: 100 where `%` follows the digits.
    """

    before: str
    after: str
    decimals: int = 0
    is_grouped: bool = False
    factor: int = 1


def read_pattern(text: str) -> Pattern | None:
    """A chart's `format:` as values, or None where it is none.

    One 0 stands for the number: `0` whole, `0.00` with decimals, `0,0` with thousands set apart;
    what is around it is printed as it is; `%` right after the digits multiplies by 100.
    """
    match = _PATTERN.fullmatch(text.strip())
    if not match:
        return None
    digits, after = match["digits"], match["after"]
    return Pattern(
        before=match["before"],
        after=after,
        decimals=len(digits.partition(".")[2]),
        is_grouped="," in digits,
        factor=100 if after.startswith("%") else 1,
    )


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
    money = _MONEY.fullmatch(unit or "")
    if money:
        amount = value * SCALES[money["scale"] or ""]
        return _money(amount, money["currency"], language, digits, compact=compact)
    number = _significant(value, language, digits)
    return number if compact or not unit else f"{number} {_count(unit, number, language)}"


def _count(unit: str, number: str, language: str) -> str:
    """A unit as it goes with the number: 1 day, 2 days."""
    if number != "1" or unit == "times" or not is_english(language) or not unit.endswith("s"):
        return unit
    return f"{unit[:-3]}y" if unit.endswith("ies") else unit[:-1]


def format_unit(unit: str | None) -> str:
    """A unit in words, for an axis or a table's head: `USD bn` is "billion US dollars"."""
    money = _MONEY.fullmatch(unit or "")
    if money:
        currency = _CURRENCY_WORDS.get(money["currency"], money["currency"])
        scale = _UNIT_WORDS.get(money["scale"] or "", "")
        return f"{scale} {currency}".strip()
    if unit in PERCENT:
        return "percent"
    return "" if unit in (None, "year") else str(unit)


def money_affixes(unit: str | None, language: str = "en") -> tuple[str, str] | None:
    """What an axis prints before and after its numbers: ("$", "bn") for `USD bn`."""
    money = _MONEY.fullmatch(unit or "")
    if not money:
        return None
    if not is_english(language):
        scale = _compact(SCALES[money["scale"] or ""], language, 0, is_short=True).lstrip("1")
        return "", f"{scale}\u00a0{_symbol(money['currency'], language)}"
    scale = {"mn": "m", "th": "k"}.get(money["scale"] or "", money["scale"] or "")
    return _symbol(money["currency"], "en"), scale


def _by_pattern(value: float, shape: Pattern, language: str) -> str:
    number = _decimal(value * shape.factor, language, shape.decimals, grouped=shape.is_grouped)
    if number.startswith("-"):
        return f"\u2212{shape.before}{number[1:]}{shape.after}"
    return f"{shape.before}{number}{shape.after}"


def _percent(value: float, language: str, digits: int) -> str:
    number = _significant(value, language, digits)
    return f"{number}%" if is_english(language) else f"{number}\u00a0%"


def _money(value: float, currency: str, language: str, digits: int, *, compact: bool) -> str:
    """English by the house's letters and words; another language as CLDR has it."""
    value = _round(value, digits)
    if not is_english(language):
        return _money_elsewhere(value, currency, language, digits, compact=compact)
    sign, size = ("\u2212" if value < 0 else ""), abs(value)
    for scale, word in _ENGLISH_LETTERS if compact else _ENGLISH_WORDS:
        if size >= scale:
            number = _significant(size / scale, language, digits)
            gap = "" if compact else " "
            return f"{sign}{_symbol(currency, language)}{number}{gap}{word}"
    return f"{sign}{_symbol(currency, language)}{_significant(size, language, digits)}"


def _money_elsewhere(
    value: float, currency: str, language: str, digits: int, *, compact: bool
) -> str:
    from babel.numbers import get_decimal_symbol

    separator = re.escape(get_decimal_symbol(_locale(language)))
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

    locale = _locale(language)
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
    return _decimal(value, language, 0, grouped=True)


def _symbol(currency: str, language: str) -> str:
    if currency in _SYMBOLS:
        return _SYMBOLS[currency]
    from babel.numbers import get_currency_symbol

    return str(get_currency_symbol(currency, locale=_locale(language)))


def _significant(value: float, language: str, digits: int) -> str:
    """The number at so many significant digits, no trailing zeros; whole counts in full."""
    if isinstance(value, int):
        return _decimal(value, language, 0, grouped=True).replace("-", "\u2212")
    rounded = _round(value, digits)
    decimals = max(0, digits - 1 - _exponent(rounded)) if rounded else 0
    shown = _decimal(rounded, language, decimals, grouped=True, keep_zeros=False)
    return shown.replace("-", "\u2212")


def _round(value: float, digits: int) -> float:
    """Half away from zero, as readers round: 0.125 at two digits is 0.13."""
    from decimal import ROUND_HALF_UP, Decimal

    if value == 0:
        return value
    step = Decimal(1).scaleb(_exponent(value) - digits + 1)
    return float(Decimal(repr(float(value))).quantize(step, rounding=ROUND_HALF_UP))


def _exponent(value: float) -> int:
    return math.floor(math.log10(abs(value)))


def _decimal(
    value: float, language: str, decimals: int, *, grouped: bool, keep_zeros: bool = True
) -> str:
    from decimal import ROUND_HALF_UP, Decimal, localcontext

    from babel.numbers import format_decimal

    zeros = "0" if keep_zeros else "#"
    shape = "#,##0" if grouped else "0"
    pattern = f"{shape}.{zeros * decimals}" if decimals else shape
    with localcontext(prec=MOST_DIGITS):
        exact = Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
        return str(format_decimal(exact + 0, format=pattern, locale=_locale(language)))


def format_date(value: date | datetime | str, language: str = "en") -> str:
    """`21 November 2026`; of a partial date what is known: `July 2019`, `2019`.

    Text that is no date comes back as it is.
    """
    from babel.dates import format_date as babel_date
    from babel.dates import format_skeleton

    read = read_partial_date(value) if isinstance(value, str) else (value, "day")
    if read is None:
        return str(value)
    day, precision = read
    locale = _locale(language)
    if precision == "year":
        return str(day.year)
    if precision == "month":
        return str(
            format_skeleton("yMMMM", datetime(day.year, day.month, 1, tzinfo=UTC), locale=locale)
        )
    shape = "d MMMM y" if is_english(language) else "long"
    return str(babel_date(day, format=shape, locale=locale))


def plotly_words(language: str) -> dict[str, Any]:
    """Plotly's configuration for a language: the names of its months and days; none for English."""
    if is_english(language):
        return {}
    from babel.dates import get_day_names, get_month_names

    locale = _locale(language)
    months = [
        [str(name) for _, name in sorted(get_month_names(width, "stand-alone", locale).items())]
        for width in ("wide", "abbreviated")
    ]
    days = [  # babel's week begins on a Monday, Plotly's on a Sunday
        [str(get_day_names(width, "stand-alone", locale)[day]) for day in (6, *range(6))]
        for width in ("wide", "abbreviated")
    ]
    words = {"months": months[0], "shortMonths": months[1], "days": days[0], "shortDays": days[1]}
    shapes = {"dayMonth": "%-d %b", "dayMonthYear": "%-d %b %Y"}
    return {"locale": language, "locales": {language: {"format": words | shapes}}}


def separators(language: str) -> str:
    """The sign before decimals, then the one between thousands: `.,`, in German `,.`."""
    from babel.numbers import get_decimal_symbol, get_group_symbol

    locale = _locale(language)
    return get_decimal_symbol(locale) + get_group_symbol(locale)


@cache
def month_names(language: str) -> frozenset[str]:
    """The months in a language as dates have them, in full and short, without full stops."""
    from babel.dates import get_month_names

    widths: tuple[Literal["wide", "abbreviated"], ...] = ("wide", "abbreviated")
    names = {
        name
        for width in widths
        for name in get_month_names(width, locale=_locale(language)).values()
    }
    return frozenset(name.rstrip(".") for name in names)


def is_english(language: str) -> bool:
    """True for English of any country."""
    return language.lower().replace("_", "-").partition("-")[0] == "en"


@cache
def _locale(language: str) -> str:
    """A locale babel knows: the language as given, without its region, or English."""
    from babel.core import UnknownLocaleError, parse_locale
    from babel.localedata import exists

    tag = language.replace("-", "_")
    for each in (tag, tag.partition("_")[0]):
        try:
            parse_locale(each)
        except (UnknownLocaleError, ValueError):
            continue
        if exists(each):
            return each
    return "en"
