"""How a number was computed, in plain words and as SQL, for a reader who checks it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from osai_essay.bind.plain_sql import say_condition_sql, say_value_sql
from osai_essay.model import Dataset, Number

_SIGNS = {"*": "×", "/": "÷", "-": "−", "+": "+"}  # signs as readers know them
_NAME_OR_SIGN = re.compile(r"[a-z_][a-z0-9_]*|[*/+-]|\|")


def explain_number(
    number: Number, numbers: Mapping[str, Number], datasets: Mapping[str, Dataset]
) -> str:
    """One sentence without its full stop: `The sum of Amount, over 5 rows of “Spending”`.

    The author's own words come first: most SQL that is more than one sum has none here.
    """
    spec = number.spec
    if spec.how:
        return spec.how
    if spec.formula:
        return _say_formula(spec.formula.source, numbers)
    if spec.span:
        low, high = (numbers[use.name] for use in spec.span)
        return f"From “{low.spec.label}” to “{high.spec.label}”"
    if spec.constant is not None:
        return "Taken from its source as it stands there"
    if spec.sql:
        return f"Computed by a query over {_titles(number, datasets)}"
    return _say_query(number, datasets)


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


def _say_query(number: Number, datasets: Mapping[str, Dataset]) -> str:
    """What a value is of which rows; SQL that has no plain words stands as it is."""
    columns = {column.name: column for column in number.columns}
    sql = " ".join((number.spec.value or "").split())
    what = say_value_sql(sql, columns) or sql
    over = "" if what == "the number of rows" else f", over {_rows(number)}"
    over = f" in {_rows(number)}" if sql in columns else over
    of = _titles(number, datasets)
    return f"{what[:1].upper()}{what[1:]}{over} of {of}{_where(number)}"


def _where(number: Number) -> str:
    selection = " ".join((number.spec.selection or "").split())
    if not selection:
        return ""
    columns = {column.name: column for column in number.columns}
    return f", where {say_condition_sql(selection, columns) or selection}"


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
