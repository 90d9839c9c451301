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
from osai_essay.formats.written import (
    Words,
    Written,
    is_read_whole,
    plain_number,
    read_written,
    say_words,
)

__all__ = [
    "PERCENT",
    "SCALES",
    "SHARE",
    "Pattern",
    "Words",
    "Written",
    "currencies",
    "format_date",
    "format_number",
    "format_unit",
    "is_english",
    "is_read_whole",
    "money_affixes",
    "month_names",
    "plain_number",
    "plotly_words",
    "read_pattern",
    "read_written",
    "say_words",
    "separators",
    "short_text",
    "short_value",
]
