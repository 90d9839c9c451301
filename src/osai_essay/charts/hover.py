"""What a reader sees on pointing at a mark: sentences, without tags."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from typing import Any

from osai_essay.charts.axes import is_format_column, number_affixes
from osai_essay.charts.rows import NUMERIC, Drawn, is_partial_date, is_year
from osai_essay.formats import read_pattern
from osai_essay.model import Column

_TAG = re.compile(r"<[^>]*>")
_VARIABLE = re.compile(r"%\{([a-z]+(?:\[\d+\])?)\}")
_OF = re.compile(r"^(?:sum|avg|min|max) of ")


def add_hover(figure: dict[str, Any], drawn: Drawn, labels: Mapping[str, str]) -> None:
    """Plotly Express's `label=%{x}<br>...` as `Label: $3bn. Label: ...`, with the units.

    labels: column -> the words that stand for it in the figure.
    """
    columns = {label: drawn.columns[name] for name, label in labels.items()}
    for trace in figure["data"]:
        template = trace.get("hovertemplate")
        if isinstance(template, str):
            trace["hovertemplate"] = _sentences(template, columns, drawn)
        if isinstance(trace.get("hovertext"), list):  # it is joined with full stops
            trace["hovertext"] = [_without_stop(words) for words in trace["hovertext"]]
        trace.pop("hoverlabel", None)


def _sentences(template: str, columns: Mapping[str, Column], drawn: Drawn) -> str:
    said = []
    for part in template.replace("<extra></extra>", "").split("<br>"):
        words = _TAG.sub("", part).strip()
        label, equals, value = words.partition("=")
        column = columns.get(_OF.sub("", label))
        if equals and column:
            value = _VARIABLE.sub(partial(_with_unit, column, drawn), value)
        if words:
            said.append(f"{label}: {value}" if equals else words)
    return ". ".join(said) + "<extra></extra>"


def _without_stop(words: Any) -> Any:
    return words.rstrip(".") if isinstance(words, str) else words


def _with_unit(column: Column, drawn: Drawn, match: re.Match[str]) -> str:
    variable = match[1]
    if is_year(drawn, column.name):
        return f"%{{{variable}:d}}"
    if drawn.type_of(column.name) not in NUMERIC or is_partial_date(drawn, column.name):
        return f"%{{{variable}}}"
    before, after, shape = number_affixes(drawn, column)
    shape = shape.replace(".6~", _digits(column, drawn)).replace(".3~f", ".3~r")
    return f"{before}%{{{variable}:{shape}}}{after}"


def _digits(column: Column, drawn: Drawn) -> str:
    """As many decimals as the chart's `format:` has, whole counts in full, else three digits."""
    pattern = read_pattern(drawn.spec.format) if drawn.spec.format else None
    if pattern and is_format_column(drawn, column.name):
        return f".{pattern.decimals}"
    is_count = drawn.type_of(column.name) == "integer"
    return ".6~" if is_count else ".3~"
