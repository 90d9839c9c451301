"""What an author lays over a chart: annotations and reference lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import log10
from typing import Any

from osai_essay.charts.axes import axis_column
from osai_essay.charts.ends import is_end_label
from osai_essay.charts.letters import wrap
from osai_essay.charts.rows import Drawn, is_year, show_tags
from osai_essay.charts.style import FONT_PX, INK, MUTED, PAPER
from osai_essay.charts.traces import is_filled
from osai_essay.model import Cell, Text

Say = Callable[[Text], str]
NumberOf = Callable[[str], float | None]

WORDS_PX = 18  # room above the plot for the words of lines that stand upright
NOTE_PX = 240  # of the author's words in one line
_DOTS = {"color": MUTED, "width": 1, "dash": "dot"}
_BAND = {"color": PAPER, "width": 3}  # below the dots, where they cross fills of any colour


def add_annotations(figure: dict[str, Any], drawn: Drawn, say: Say, number_of: NumberOf) -> None:
    """The author's words at points of the chart."""
    notes = figure["layout"].setdefault("annotations", [])
    ground = _ground(figure)
    anchor = "right" if any(is_end_label(note) for note in notes) else "auto"
    for mark in drawn.spec.annotations:
        x, y = (_on_axis(figure, drawn, axis, mark, number_of) for axis in ("x", "y"))
        notes.append({
            "text": wrap(show_tags(say(mark.text)), NOTE_PX, FONT_PX - 1),
            "x": x, "y": y, "showarrow": True, "arrowhead": 0, "arrowwidth": 1,
            "arrowcolor": MUTED, "ax": 0, "ay": -26, "standoff": 4, "align": "left",
            "xanchor": anchor,
            "font": {"size": FONT_PX - 1, "color": INK}, **ground,
        })  # fmt: skip


def add_lines(figure: dict[str, Any], drawn: Drawn, say: Say, number_of: NumberOf) -> None:
    """The author's reference lines, each across the whole plot, its words at the far end."""
    layout = figure["layout"]
    ground = _ground(figure)
    strokes = (_BAND, _DOTS) if ground else (_DOTS,)
    if any(mark.text is not None and mark.x is not None for mark in drawn.spec.lines):
        layout["margin"]["t"] += WORDS_PX  # once: they stand beside one another
    for mark in drawn.spec.lines:
        axis = "x" if mark.x is not None else "y"
        at = _on_axis(figure, drawn, axis, mark, number_of)
        along, across = ("y", "x") if axis == "x" else ("x", "y")
        place = {
            "type": "line", f"{axis}0": at, f"{axis}1": at, f"{along}0": 0, f"{along}1": 1,
            f"{along}ref": "paper", "layer": "above",
        }  # fmt: skip
        layout.setdefault("shapes", []).extend({**place, "line": line} for line in strokes)
        if mark.text is None:
            continue
        layout.setdefault("annotations", []).append({
            "text": wrap(show_tags(say(mark.text)), NOTE_PX, FONT_PX - 1), across: at, along: 1,
            f"{along}ref": "paper", "showarrow": False, "align": "left",
            "xanchor": "center" if axis == "x" else "right",
            "yanchor": "bottom",
            "font": {"size": FONT_PX - 1, "color": MUTED}, **ground,
        })  # fmt: skip


def _ground(figure: Mapping[str, Any]) -> dict[str, Any]:
    """What lies below the author's words: the page, where else they might lie on a fill."""
    has_fills = any(is_filled(trace) for trace in figure["data"])
    return {"bgcolor": PAPER, "borderpad": 1} if has_fills else {}


def _on_axis(
    figure: Mapping[str, Any], drawn: Drawn, letter: str, mark: Any, number_of: NumberOf
) -> Any:
    """A mark's value as Plotly wants it there: a number by its name, a logarithm on a log axis."""
    value: Cell = getattr(mark, letter)
    column = axis_column(drawn, letter)
    if isinstance(value, str):
        number = number_of(value)
        value = value if number is None else number
    if isinstance(value, str) and column:
        value = str(drawn.label(column.name, value))
        if is_year(drawn, column.name) and value.isdigit():
            value = int(value)
    is_log = figure["layout"].get(f"{letter}axis", {}).get("type") == "log"
    shape = mark.__class__.__name__
    if is_log and isinstance(value, int | float) and value > 0 and shape == "Annotation":
        return log10(value)
    return value
