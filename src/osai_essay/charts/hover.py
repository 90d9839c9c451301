"""What a reader sees on pointing at a mark: sentences, each on a line of its own.

A line break is the one tag: any other gives the page a style, which its policy forbids.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from typing import Any

from osai_essay.charts.axis_numbers import is_format_column, number_affixes
from osai_essay.charts.letters import wrap
from osai_essay.charts.rows import NOT_STATED, NUMERIC, Drawn, is_partial_date, is_year
from osai_essay.charts.style import FONT_PX
from osai_essay.formats import (
    PERCENT,
    SHARE,
    format_date,
    format_number,
    money_affixes,
    read_pattern,
)
from osai_essay.model import Column

LINE_PX = 210  # of a value; its name stands before it, and both fit a phone
MOST_LINES = 6
_TAG = re.compile(r"<[^>]*>")
_VARIABLE = re.compile(r"%\{([a-z]+(?:\[\d+\])?)\}")
_CUSTOM = re.compile(r"%\{customdata\[(\d+)\]\}")
_OF = re.compile(r"^(?:sum|avg|min|max) of ")


def add_hover(figure: dict[str, Any], drawn: Drawn, labels: Mapping[str, str]) -> None:
    """Plotly Express's `label=%{x}<br>...` as `Label: $3bn.`, a line each, with the units.

    labels: column -> the words that stand for it in the figure.
    """
    columns = {label: drawn.columns[name] for name, label in labels.items()}
    for trace in figure["data"]:
        template = trace.get("hovertemplate")
        if isinstance(template, str):
            _say_further(trace, template, columns, drawn)
            trace["hovertemplate"] = _sentences(template, columns, drawn)
        if isinstance(trace.get("hovertext"), list):  # it is joined with full stops
            trace["hovertext"] = [_shown(_without_stop(words)) for words in trace["hovertext"]]
        _break_names(trace)
        trace.pop("hoverlabel", None)


def _say_further(
    trace: dict[str, Any], template: str, columns: Mapping[str, Column], drawn: Drawn
) -> None:
    """What `hover_data` adds, as it is read: of a number that is missing, Plotly would say 0."""
    column_at = {
        int(index): columns.get(_OF.sub("", label))
        for label, _, value in (part.partition("=") for part in template.split("<br>"))
        for index in _CUSTOM.findall(value)
    }
    rows = trace.get("customdata")
    if column_at and isinstance(rows, list):
        trace["customdata"] = [
            [_said(value, column_at.get(place), drawn) for place, value in enumerate(row)]
            for row in rows
        ]


def _said(value: Any, column: Column | None, drawn: Drawn) -> Any:
    """A value of a column in words."""
    if column is None:
        return _shown(value)
    if value is None:
        return NOT_STATED.lower()
    if is_partial_date(drawn, column.name):
        return format_date(str(value), drawn.config.language)
    if not isinstance(value, int | float) or is_year(drawn, column.name):
        return _shown(str(value))
    pattern = drawn.spec.format if is_format_column(drawn, column.name) else None
    language = drawn.config.language
    return format_number(value, unit=column.unit, pattern=pattern, language=language, compact=True)


def _break_names(trace: dict[str, Any]) -> None:
    """Names on an axis that are too long for a line: the same words in `hovertext`, broken."""
    for letter in ("x", "y"):
        names = trace.get(letter)
        if "hovertext" in trace or not isinstance(names, list):
            continue
        shown = [_shown(name) for name in names]
        if shown != names:
            trace["hovertext"] = shown
            template = str(trace.get("hovertemplate"))
            trace["hovertemplate"] = template.replace(f"%{{{letter}}}", "%{hovertext}")


def _shown(value: Any) -> Any:
    """Words in lines that a phone has room for."""
    return wrap(value, LINE_PX, FONT_PX, most=MOST_LINES) if isinstance(value, str) else value


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
    return ".<br>".join(said) + "<extra></extra>"


def _without_stop(words: Any) -> Any:
    return words.rstrip(".") if isinstance(words, str) else words


def _with_unit(column: Column, drawn: Drawn, match: re.Match[str]) -> str:
    variable = match[1]
    if variable.startswith("customdata"):  # in words already
        return match[0]
    if is_year(drawn, column.name):
        return f"%{{{variable}:d}}"
    if drawn.type_of(column.name) not in NUMERIC or is_partial_date(drawn, column.name):
        return f"%{{{variable}}}"
    before, after, shape = number_affixes(drawn, column)
    shape = shape.replace(".6~", _digits(column, drawn)).replace(".3~f", ".3~r")
    return f"{before}%{{{variable}:{shape}}}{after or _unit_word(column, drawn)}"


def _unit_word(column: Column, drawn: Drawn) -> str:
    """A unit that is a word, such as days: nothing for money and shares, which have signs."""
    unit = column.unit
    if not unit or unit in (SHARE, *PERCENT, "year") or money_affixes(unit, drawn.config.language):
        return ""
    return f" {unit}"


def _digits(column: Column, drawn: Drawn) -> str:
    """As many decimals as the chart's `format:` has, whole counts in full, else three digits."""
    pattern = read_pattern(drawn.spec.format) if drawn.spec.format else None
    if pattern and is_format_column(drawn, column.name):
        return f".{pattern.decimals}"
    is_count = drawn.type_of(column.name) == "integer"
    return ".6~" if is_count else ".3~"
