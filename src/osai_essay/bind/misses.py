"""Why no row fits a condition: a text that a column never holds."""

from __future__ import annotations

import re

from osai_essay.model import Table
from osai_essay.problem import nearest

MOST = 6  # values that are named where none is near
_EQUALS = re.compile(r"""["']?\b(?P<column>\w+)["']?\s*=\s*'(?P<text>(?:[^']|'')*)'""")


def find_near_values(condition: str, table: Table) -> str:
    """A fix that says what a column holds instead of a text; empty where that is not the cause."""
    for match in _EQUALS.finditer(condition):
        name, text = match["column"], match["text"].replace("''", "'")
        if name not in table.names or table.types[table.names.index(name)] != "string":
            continue
        held = dict.fromkeys(str(cell) for cell in table.values(name) if cell is not None)
        if text not in held:
            near = nearest(text, held)
            return f'{name} is never "{text}": ' + (
                f'did you mean "{near}"?' if near else f"it is {_some(list(held))}."
            )
    return ""


def _some(values: list[str]) -> str:
    shown = [f'"{value[:40]}"' for value in values[:MOST]]
    return ", ".join([*shown, *(["..."] if len(values) > MOST else [])]) or "always empty"
