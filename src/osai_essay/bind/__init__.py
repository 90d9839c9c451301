"""Numbers, then claims: their values, the rows behind them, and whether what is said is true."""

from osai_essay.bind.claims import bind_claims
from osai_essay.bind.numbers import bind_numbers
from osai_essay.bind.shapes import say_range, say_value
from osai_essay.bind.sources import unknown_source
from osai_essay.bind.uses import (
    find_unused,
    names_in_chart,
    points_of_chart,
    texts_of_chart,
    texts_of_essay,
)
from osai_essay.bind.wording import explain_number, number_sql

__all__ = [
    "bind_claims",
    "bind_numbers",
    "explain_number",
    "find_unused",
    "names_in_chart",
    "number_sql",
    "points_of_chart",
    "say_range",
    "say_value",
    "texts_of_chart",
    "texts_of_essay",
    "unknown_source",
]
