"""Dates in a language, as precise as they are known."""

from __future__ import annotations

from datetime import UTC, date, datetime

from osai_essay.dates import read_partial_date
from osai_essay.formats.languages import is_english, locale_of


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
    locale = locale_of(language)
    if precision == "year":
        return str(day.year)
    if precision == "month":
        return str(
            format_skeleton("yMMMM", datetime(day.year, day.month, 1, tzinfo=UTC), locale=locale)
        )
    shape = "d MMMM y" if is_english(language) else "long"
    return str(babel_date(day, format=shape, locale=locale))
