"""How numbers are printed along an axis: with their unit, whatever their size."""

from __future__ import annotations

from math import ceil, floor, log10
from typing import Any

from osai_essay.charts.rows import NUMERIC, Drawn, is_year
from osai_essay.formats import PERCENT, format_number, money_affixes, read_pattern
from osai_essay.model import Column

NUMBER = ",.6~f"
SHARE = ",.6~%"
SMALL, LARGE = 1e-4, 1e15  # beyond, nobody counts the zeros
FEW_POWERS = 2.5


def is_amount(drawn: Drawn, name: str) -> bool:
    """True for a column of numbers that are not years."""
    return drawn.type_of(name) in NUMERIC and not is_year(drawn, name)


def print_numbers(axis: dict[str, Any], drawn: Drawn, column: Column | None) -> None:
    """The unit beside each number of an axis; as 2.5e-7 where they would be too long."""
    before, after, shape = number_affixes(drawn, column)
    axis.update(tickprefix=before, ticksuffix=after, tickformat=shape)
    sizes = [abs(cell) for cell in _numbers(drawn, column) if cell]
    if sizes and not SMALL <= max(sizes) < LARGE:
        axis.update(tickformat="", exponentformat="e")


def list_powers(axis: dict[str, Any], drawn: Drawn, column: Column | None) -> None:
    """The ticks of a log axis: 1, 10, 100, with 2 and 5 between them where these are few.

    Listed, since Plotly would leave the unit off some of them.
    """
    sizes = [cell for cell in _numbers(drawn, column) if cell > 0]
    if not sizes:
        return
    low, high = log10(min(sizes)), log10(max(sizes))
    digits = (1, 2, 5) if high - low < FEW_POWERS else (1,)
    powers = range(floor(low), ceil(high) + 1)
    values = [float(f"{digit}e{power}") for power in powers for digit in digits]
    inside = [value for value in values if min(sizes) <= value <= max(sizes)]
    values = inside if len(inside) > 1 else values
    before, after, shape = _affixes(drawn, column)
    factor, sign = (100, "%") if shape == SHARE else (1, "")
    language = drawn.config.language
    texts = [format_number(value * factor, language=language) for value in values]
    axis.update(tickmode="array", tickvals=values)
    axis["ticktext"] = [f"{before}{text}{sign}{after}" for text in texts]


def _numbers(drawn: Drawn, column: Column | None) -> list[float]:
    cells = drawn.table.values(column.name) if column else ()
    return [cell for cell in cells if isinstance(cell, int | float)]


def number_affixes(drawn: Drawn, column: Column | None) -> tuple[str, str, str]:
    """What stands before and after a column's numbers on an axis, and d3's format for them.

    A dollar sign is part of the format, so that a minus stands before it.
    """
    before, after, shape = _affixes(drawn, column)
    return ("", after, f"${shape}") if before == "$" else (before, after, shape)


def _affixes(drawn: Drawn, column: Column | None) -> tuple[str, str, str]:
    pattern = read_pattern(drawn.spec.format) if drawn.spec.format else None
    if pattern and column and is_format_column(drawn, column.name):
        if pattern.factor == 100:
            return pattern.before, pattern.after.removeprefix("%"), SHARE
        return pattern.before, pattern.after, NUMBER
    unit = column.unit if column else None
    if unit == "share":
        return "", "", SHARE
    if unit in PERCENT:
        return "", "%", NUMBER
    return *(money_affixes(unit, drawn.config.language) or ("", "")), NUMBER


def is_format_column(drawn: Drawn, name: str) -> bool:
    """True if the chart's `format:` is meant for this column: the first amount of y and x."""
    words = ["values", "z", "r"]
    words[:0] = ["x", "y"] if drawn.spec.arguments.get("orientation") == "h" else ["y", "x"]
    for word in words:
        value = drawn.spec.arguments.get(word)
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, str) and each in drawn.table.names and is_amount(drawn, each):
                return name in (value if isinstance(value, list) else [each])
    return False
