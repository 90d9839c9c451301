"""What a column of an undescribed file holds, guessed from all of its cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from math import isnan
from typing import Any

from osai_essay.data import infer_columns
from osai_essay.data.cells import LIMIT
from osai_essay.formats import Words, plain_number, read_written
from osai_essay.problem import Where
from osai_essay.struct import Struct

MISSING = ("NA", "N/A", "n/a", "#N/A", "NaN", "nan", "null", "NULL", "None", "-", "–", "—", "..")
_DATES = ("%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%Y/%m/%d", "%d-%m-%Y")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z?", re.ASCII)


class Guess(Struct, frozen=True, kw_only=True):
    """A column: the words of its type as a schema has them, and its lowest and highest value.

    unit: what signs such as % say of it; likely: what they may say; is_mixed: text, for its
        numbers are written in several ways.
    """

    name: str
    words: Words
    present: tuple[Any, ...]
    is_full: bool
    low: Any = None
    high: Any = None
    unit: str = ""
    likely: str = ""
    is_mixed: bool = False

    @property
    def type(self) -> str:
        """Its Table Schema type."""
        return str(self.words["type"])

    @property
    def counts(self) -> bool:
        """True for amounts and counts, which have a unit."""
        return self.type in ("integer", "number")


def guess_field(
    name: str, cells: Sequence[Any], *, delimiter: str, missing: Sequence[str]
) -> Guess:
    """delimiter: of the file; where it is no comma, commas are decimal ones."""
    absent = ("", None, *missing)
    present = tuple(cell for cell in cells if cell not in absent and not _is_nan(cell))
    words = _guess_type(name, present)
    written = None
    if words == {"type": "string"} and present:
        comma = "group" if delimiter == "," else "decimal"
        written = read_written([str(cell) for cell in present], comma=comma)
    if written and written.words is not None:
        words = {"type": "number", **written.words}
    low, high = _range(words, present)
    return Guess(
        name=name,
        words=words,
        present=present,
        is_full=bool(present) and len(present) == len(cells),
        low=low,
        high=high,
        unit=written.unit if written else "",
        likely=written.likely if written else "",
        is_mixed=written is not None and written.words is None,
    )


def find_missing(columns: Sequence[Sequence[Any]], *, delimiter: str) -> tuple[str, ...]:
    """Words such as NA that stand for no value: but for them a column would not be text.

    A word that some text column holds too may mean something there, and is none.
    """
    found: set[str] = set()
    texts: set[str] = set()
    for cells in columns:
        guess = guess_field("", cells, delimiter=delimiter, missing=())
        if guess.type == "string" and "dates" not in guess.words:
            without = guess_field("", cells, delimiter=delimiter, missing=MISSING)
            is_text = without.words == {"type": "string"}
            (texts if is_text else found).update(map(str, guess.present))
    return tuple(word for word in MISSING if word in found - texts)


def _is_nan(cell: Any) -> bool:
    return isinstance(cell, float) and isnan(cell)


def _guess_type(name: str, present: Sequence[Any]) -> Words:
    column = infer_columns([name], [(cell,) for cell in present], Where(file=""))[0]
    if column.type == "partial-date":
        return {"type": "string", "dates": "partial"}
    if column.type == "integer" and present and are_years(name, present):
        return {"type": "year"}
    if column.type == "list":
        return {"type": "list"}
    if column.type == "string" and present:
        return _guess_day([str(cell) for cell in present])
    return {"type": column.type}


def are_years(name: str, present: Sequence[Any]) -> bool:
    """True for whole numbers of these centuries, or of any where the name says year."""
    first, last = (1000, 2999) if "year" in name.casefold() else (1900, 2100)
    return all(first <= int(cell) <= last for cell in present)


def _guess_day(texts: Sequence[str]) -> Words:
    """Text that is a moment, or a day in another country's writing; else text."""
    if all(map(_MOMENT.fullmatch, texts)):
        return {"type": "datetime"}
    formats = [way for way in _DATES if all(_is_day(text, way) for text in texts)]
    # 01/02/2026 is a day in January or in February: what could be either stays text.
    return {"type": "date", "format": formats[0]} if len(formats) == 1 else {"type": "string"}


def _is_day(text: str, way: str) -> bool:
    try:
        return bool(datetime.strptime(text, way))  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return False


def _range(words: Words, present: Sequence[Any]) -> tuple[Any, Any]:
    """The lowest and the highest value; None for what has no order."""
    if not present or words["type"] not in ("integer", "number", "year", "date"):
        return None, None
    if words["type"] == "date":
        ordered = sorted(map(str, present)) if "format" not in words else [None]
        return ordered[0], ordered[-1]
    numbers = [Decimal(plain_number(str(cell), words)) for cell in present]
    numbers = [each for each in numbers if abs(each) < LIMIT]  # the build names the others
    return min(numbers, default=None), max(numbers, default=None)
