"""Numbers and dates as text for readers: the one door to babel."""

from osai_essay.formats.dates import format_date
from osai_essay.formats.digits import short_text, short_value
from osai_essay.formats.languages import (
    currencies,
    is_english,
    month_names,
    plotly_words,
    separators,
)
from osai_essay.formats.money import SCALES, money_affixes
from osai_essay.formats.numbers import PERCENT, SHARE, format_number, format_unit
from osai_essay.formats.patterns import Pattern, read_pattern

__all__ = [
    "PERCENT",
    "SCALES",
    "SHARE",
    "Pattern",
    "currencies",
    "format_date",
    "format_number",
    "format_unit",
    "is_english",
    "money_affixes",
    "month_names",
    "plotly_words",
    "read_pattern",
    "separators",
    "short_text",
    "short_value",
]
