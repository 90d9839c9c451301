"""The columns of a chart as values that can be compared and said."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from osai_essay.charts.axis_numbers import is_format_column
from osai_essay.charts.describe.words import cut
from osai_essay.charts.rows import NOT_STATED, Drawn, is_partial_date, is_year
from osai_essay.charts.table import cell_text, column_words
from osai_essay.formats import format_date, format_number, format_unit
from osai_essay.model import Cell

LABEL_LETTERS = 60
TOO_LARGE = 1e100  # beyond any chart, and where sums end in infinity
PARTS = ("pie", "funnel_area", "treemap", "sunburst", "icicle")


class Key(NamedTuple):
    """What can be compared and said: a number, or the text of a date (in ISO form) or a label."""

    number: float = 0
    text: str = ""


def names_of(drawn: Drawn, *words: str) -> tuple[str, ...]:
    """The columns that arguments name."""
    given = [drawn.spec.arguments.get(word) for word in words]
    lists = [each if isinstance(each, list | tuple) else [each] for each in given]
    return tuple(dict.fromkeys(n for names in lists for n in names if n in drawn.table.names))


def log_columns(drawn: Drawn) -> tuple[str, ...]:
    """The columns on logarithmic axes, where nothing of 0 or less is drawn."""
    given = drawn.spec.arguments
    return names_of(drawn, *(axis for axis in "xyr" if given.get(f"log_{axis}") is True))


def is_ordered(drawn: Drawn, name: str) -> bool:
    """True for a column of numbers, years or dates."""
    kind = drawn.table.types[drawn.table.names.index(name)]
    return kind in ("integer", "number") or is_partial_date(drawn, name)


def keys_of(drawn: Drawn, name: str) -> list[Key | None]:
    """A column's cells as what can be compared; None where nothing is drawn."""
    cells = drawn.table.values(name)
    if is_partial_date(drawn, name):
        return [_date_key(cell) for cell in cells]
    if is_ordered(drawn, name):
        low = 0 if name in log_columns(drawn) else -TOO_LARGE
        return [
            Key(cell) if isinstance(cell, int | float) and low < cell < TOO_LARGE else None
            for cell in cells
        ]
    has_all = drawn.spec.kind in PARTS  # there what is not stated has a slice
    return [
        Key(text=label) if has_all or cell is not None else None
        for cell, label in zip(cells, labels_of(drawn, name), strict=True)
    ]


def _date_key(cell: Cell) -> Key | None:
    """A date as ISO text, whole or partial; None for text that is none."""
    text = cell.isoformat() if isinstance(cell, date) else str(cell).strip()
    try:
        date.fromisoformat(f"{text[:10]}{'0000-01-01'[len(text) :]}")
    except ValueError:
        return None
    return Key(text=text)


def labels_of(drawn: Drawn, name: str) -> list[str]:
    """A column's cells as readers know them."""
    cells = drawn.table.values(name)
    if is_partial_date(drawn, name):
        return [NOT_STATED if cell is None else _say_date(drawn, str(cell)) for cell in cells]
    return [
        NOT_STATED if cell is None else cut(cell_text(drawn.label(name, cell)), LABEL_LETTERS)
        for cell in cells
    ]


def say_key(drawn: Drawn, name: str | None, key: Key) -> str:
    """A number, date or label of a column in words; of no column, a count of rows."""
    if key.text:
        is_date = name is not None and is_partial_date(drawn, name)
        return _say_date(drawn, key.text) if is_date else key.text
    if name and is_year(drawn, name):
        return f"{key.number:.0f}"
    unit = drawn.columns[name].unit if name else None
    pattern = drawn.spec.format if name and is_format_column(drawn, name) else None
    language = drawn.config.language
    try:
        return format_number(
            key.number, unit=unit, pattern=pattern, language=language, compact=True
        )
    except ArithmeticError:  # more digits than decimal arithmetic holds
        return f"{key.number:.3g}"


def _say_date(drawn: Drawn, text: str) -> str:
    return format_date(text[:10], drawn.config.language)


def words_of(drawn: Drawn, name: str, *, has_unit: bool = False) -> str:
    """What a column is called in mid-sentence: `amount`, or `amount in billion US dollars`."""
    column = drawn.columns[name]
    words = cut(column_words(name, column), LABEL_LETTERS)
    first = words.partition(" ")[0]
    proper = {
        look.label.partition(" ")[0] for looks in drawn.entities.values() for look in looks.values()
    }
    if first[1:].islower() and first not in proper:
        words = first.lower() + words[len(first) :]
    unit = format_unit(column.unit)
    is_said = not unit or unit in ("share", "percent") or unit.lower() in words.lower()
    return words if is_said or not has_unit else f"{words} in {unit}"
