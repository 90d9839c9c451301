"""Values of numbers as readers see them."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from osai_essay.formats import format_date, format_number
from osai_essay.model import Cell, NumberSpec

_MINUS = ("-", "\u2212")
_DAY = re.compile(r"\d{1,2}\.? \D+ \d{4}")
_PARTS = re.compile(r"(?P<before>\D*)(?P<digits>\d(?:[\d.,\s]*\d)?)(?P<after>\D*)")


def say_value(value: Cell, spec: NumberSpec, language: str) -> str:
    """`$349 billion`, `15%`, `21 November 2026`, or the text it is."""
    if isinstance(value, int | float):
        return format_number(
            value, unit=spec.unit, pattern=spec.format, language=language, digits=spec.digits
        )
    if isinstance(value, datetime) and value.time() != time():
        return f"{format_date(value, language)}, {value:%H:%M}"
    if isinstance(value, date):
        return format_date(value, language)
    return "" if value is None else str(value)


def say_range(low: str, high: str) -> str:
    """Two numbers as one range; what both have before or behind them stands once."""
    first, last = _PARTS.fullmatch(low), _PARTS.fullmatch(high)
    is_negative = low.startswith(_MINUS)
    if not is_negative and first and last and _around(first) == _around(last):
        return f"{first['before']}{first['digits']}–{last['digits']}{first['after']}"
    return _say_days(low, high) or f"{low} – {high}"


def _say_days(low: str, high: str) -> str | None:
    """`5–23 May 2025`, `5 May – 1 June 2025`; None where the two are no days of one year."""
    if not (_DAY.fullmatch(low) and _DAY.fullmatch(high)):
        return None
    first, last = low.split(" "), high.split(" ")
    while len(first) > 1 and first[-1] == last[-1]:
        del first[-1], last[-1]
    behind = high.split(" ")[len(last) :]
    between = "–" if len(first) == len(last) == 1 else " – "
    return " ".join([f"{' '.join(first)}{between}{' '.join(last)}", *behind])


def _around(parts: re.Match[str]) -> tuple[str, str]:
    return parts["before"], parts["after"]
