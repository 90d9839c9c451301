"""What babel knows of languages: their signs, the names of their months, all currencies."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal


def is_english(language: str) -> bool:
    """True for English of any country."""
    return language.lower().replace("_", "-").partition("-")[0] == "en"


@cache
def locale_of(language: str) -> str:
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


def separators(language: str) -> str:
    """The sign before decimals, then the one between thousands: `.,`, in German `,.`."""
    from babel.numbers import get_decimal_symbol, get_group_symbol

    locale = locale_of(language)
    return get_decimal_symbol(locale) + get_group_symbol(locale)


@cache
def currencies() -> frozenset[str]:
    """The codes of ISO 4217, those out of use too."""
    from babel.core import get_global

    return frozenset(get_global("all_currencies"))


@cache
def month_names(language: str) -> frozenset[str]:
    """The months in a language as dates have them, in full and short, without full stops."""
    from babel.dates import get_month_names

    widths: tuple[Literal["wide", "abbreviated"], ...] = ("wide", "abbreviated")
    names = {
        name
        for width in widths
        for name in get_month_names(width, locale=locale_of(language)).values()
    }
    return frozenset(name.rstrip(".") for name in names)


def plotly_words(language: str) -> dict[str, Any]:
    """Plotly's configuration for a language: the names of its months and days; none for English."""
    if is_english(language):
        return {}
    from babel.dates import get_day_names, get_month_names

    locale = locale_of(language)
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
