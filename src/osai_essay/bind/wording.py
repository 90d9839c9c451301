"""How a number was computed, in plain words and as SQL, for a reader who checks it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from osai_essay.model import Dataset, Number

_CALL = re.compile(r"(?P<name>\w+)\((?P<distinct>distinct\s+)?(?P<of>[^()]*)\)", re.IGNORECASE)
_CALLS = {
    "sum": "the sum of",
    "avg": "the mean of",
    "mean": "the mean of",
    "median": "the median of",
    "min": "the smallest",
    "max": "the largest",
    "count": "the number of",
}
_SIGNS = {"*": "×", "/": "÷", "-": "−", "+": "+"}  # signs as readers know them
_NAME_OR_SIGN = re.compile(r"[a-z_][a-z0-9_]*|[*/+-]|\|")


def explain_number(
    number: Number, numbers: Mapping[str, Number], datasets: Mapping[str, Dataset]
) -> str:
    """One sentence without its full stop: `The sum of “amount” over 5 rows of “Spending”`."""
    spec = number.spec
    if spec.formula:
        return _say_formula(spec.formula.source, numbers)
    if spec.span:
        low, high = (numbers[use.name] for use in spec.span)
        return f"From “{low.spec.label}” to “{high.spec.label}”"
    if spec.constant is not None:
        return "Taken from its source as it stands there"
    if spec.sql:
        return f"Computed by a query over {_titles(number, datasets)}"
    condition = f", where {' '.join(spec.selection.split())}" if spec.selection else ""
    words = _say_value(number, datasets, _rows(number))
    return f"{words}{condition}"


def number_sql(number: Number) -> str:
    """The query of a number as SQL; empty for one without a query of its own."""
    spec = number.spec
    if spec.sql:
        return spec.sql.strip()
    if not spec.dataset:
        return ""
    name = spec.dataset if spec.dataset.isidentifier() else f'"{spec.dataset}"'
    condition = f"\nWHERE {spec.selection}" if spec.selection else ""
    return f"SELECT {spec.value}\nFROM {name}{condition}"


def _rows(number: Number) -> str:
    count = len(number.table.rows) if number.table else 0
    return f"{count:,} row{'s' if count != 1 else ''}"


def _say_value(number: Number, datasets: Mapping[str, Dataset], rows: str) -> str:
    spec = number.spec
    value = " ".join((spec.value or "").split())
    of = f"of {_titles(number, datasets)}"
    call = _CALL.fullmatch(value)
    verb = _CALLS.get(call["name"].lower()) if call else None
    if not call or not verb:
        return f"{value}, over {rows} {of}"
    if call["of"].strip() in ("*", ""):
        return f"The number of rows {of}"
    column = next((c for c in number.columns if c.name == call["of"].strip()), None)
    what = (column.title if column and column.title else call["of"].strip()).lower()
    different = "different values of " if call["distinct"] else ""
    return f"{verb[:1].upper()}{verb[1:]} {different}“{what}” over {rows} {of}"


def _titles(number: Number, datasets: Mapping[str, Dataset]) -> str:
    titles = [datasets[n].title or n if n in datasets else n for n in number.datasets]
    return " and ".join(f"“{title}”" for title in titles)


def _say_formula(source: str, numbers: Mapping[str, Number]) -> str:
    """`us / cn` as `“Plans of US firms” ÷ “Plans of Chinese firms”`."""
    is_plain = "|" not in source

    def say(match: re.Match[str]) -> str:
        word = match[0]
        if word in numbers:
            return f"“{numbers[word].spec.label}”"
        return _SIGNS.get(word, word) if is_plain else word

    return _NAME_OR_SIGN.sub(say, source)
