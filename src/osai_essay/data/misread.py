"""A CSV whose first line, as it was read, is no header: another sign parts the cells, or none."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

_DECIMAL = re.compile(r"[-+]?[0-9.]*[0-9],[0-9]+")


def find_misread(
    header: Sequence[str], rows: Sequence[Sequence[str]], delimiter: str
) -> tuple[str, str, str] | None:
    """Code, message and cure; None for a line that may be a header."""
    if header[0].startswith("sep="):
        fix = "take the line out; which sign parts the cells stands in the entry, as `dialect:`."
        return "csv-header", "this line is for Excel, and no header", fix
    other = _find_other(header, rows)
    if other:
        said = f"this file has {other!r} between its cells, and is read by {delimiter!r}"
        return "csv-delimiter", said, _say_other(other, rows)
    wide = [row for row in rows if len(row) > 1]
    if len(header) == 1 and len(wide) > len(rows) / 2:
        said = f"this line has 1 cell, and most below it have {len(wide[0])}: it is no header"
        return "csv-header", said, "take out what stands above the names of the columns."
    return None


def _find_other(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str | None:
    """What splits a file into columns that is one column as it was read."""
    if len(header) > 1 or not rows:
        return None
    due = {sign: header[0].count(sign) for sign in ";\t|"}
    return next(
        (
            sign
            for sign, count in due.items()
            if count and all(",".join(row).count(sign) >= count for row in rows)  # in a cell too
        ),
        None,
    )


def _say_other(delimiter: str, rows: Sequence[Sequence[str]]) -> str:
    """What to add to the entry, for numbers with a decimal comma too."""
    dialect = f"dialect: {{csv: {{delimiter: {json.dumps(delimiter)}}}}}"
    cells = (cell for row in rows for cell in ",".join(row).split(delimiter))
    number = next(filter(_DECIMAL.fullmatch, cells), None)
    also = f' and `decimalChar: ","` into the fields of numbers such as {number}' if number else ""
    points = " between cells and points in numbers" if number else ""
    return (
        f"write `{dialect}` into its entry in data/datapackage.yaml{also}, "
        f"or save it with commas{points}."
    )
