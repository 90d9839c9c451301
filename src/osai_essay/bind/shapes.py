"""Values of numbers as readers see them."""

from __future__ import annotations

import re
from datetime import date

from osai_essay.formats import format_date, format_number
from osai_essay.model import Cell, NumberSpec

_MINUS = ("-", "\u2212")
_PARTS = re.compile(r"(?P<before>\D*)(?P<digits>\d(?:[\d.,\s]*\d)?)(?P<after>\D*)")


def say_value(value: Cell, spec: NumberSpec, language: str) -> str:
    """`$349 billion`, `15%`, `21 November 2026`, or the text it is."""
    if isinstance(value, int | float):
        return format_number(
            value, unit=spec.unit, pattern=spec.format, language=language, digits=spec.digits
        )
    if isinstance(value, date):
        return format_date(value, language)
    return "" if value is None else str(value)


def say_range(low: str, high: str) -> str:
    """Two numbers as one range; what both have before or behind them stands once."""
    first, last = _PARTS.fullmatch(low), _PARTS.fullmatch(high)
    is_negative = low.startswith(_MINUS)
    if not is_negative and first and last and _around(first) == _around(last):
        return f"{first['before']}{first['digits']}–{last['digits']}{first['after']}"
    return f"{low} – {high}"


def _around(parts: re.Match[str]) -> tuple[str, str]:
    return parts["before"], parts["after"]
