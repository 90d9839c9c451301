"""A CSV whose cells are separated by another sign than it is read by."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

_DECIMAL = re.compile(r"[-+]?[0-9.]*[0-9],[0-9]+")


def find_other(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str | None:
    """What splits a file into columns that is one column as it was read."""
    if len(header) > 1 or not rows:
        return None
    due = {sign: header[0].count(sign) for sign in ";\t|"}
    return next(
        (
            sign
            for sign, count in due.items()
            if count and all(",".join(row).count(sign) == count for row in rows)
        ),
        None,
    )


def say_other(delimiter: str, rows: Sequence[Sequence[str]]) -> str:
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
