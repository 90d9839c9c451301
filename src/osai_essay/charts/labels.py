"""Words on marks: direct labels at line ends, on bars and slices; else a legend."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from math import log10
from typing import Any

from osai_essay.charts.axes import axis_column, value_letter
from osai_essay.charts.rows import Drawn
from osai_essay.charts.style import CLEAR, FONT_PX, INK, words_on
from osai_essay.formats import format_number
from osai_essay.model import Column

MOST_BARS = 24  # with more, numbers on bars are noise
MOST_LINES = 7
LETTER_PX = 7.2
LINE_PX = 17
WRAP_AT = 24
END_SHIFT_PX = 8


def add_labels(figure: dict[str, Any], drawn: Drawn) -> None:
    """Direct labels as asked for, or as the kind has them; then a legend if still needed."""
    wanted = drawn.spec.labels
    traces = figure["data"]
    if wanted in (None, "bars") and _can_label_bars(traces, drawn, is_asked=wanted == "bars"):
        _label_bars(figure, drawn)
    is_line = drawn.spec.kind in ("line", "area", "ecdf") and _has_one_plot(figure)
    is_few = 1 < len(traces) <= MOST_LINES and drawn.spec.kind == "line"
    if is_line and (wanted == "ends" or (wanted is None and is_few)) and traces[0].get("name"):
        _label_ends(figure, drawn)
        figure["layout"]["showlegend"] = False
    _place_legend(figure, drawn)


def _has_one_plot(figure: Mapping[str, Any]) -> bool:
    return all(trace.get("xaxis", "x") == "x" for trace in figure["data"])


def _can_label_bars(traces: list[dict[str, Any]], drawn: Drawn, *, is_asked: bool) -> bool:
    bars = [trace for trace in traces if trace.get("type") == "bar"]
    if not bars or drawn.spec.kind != "bar" or "text" in drawn.spec.arguments:
        return False
    if drawn.spec.arguments.get("text_auto") or drawn.spec.arguments.get("base"):
        return False
    return is_asked or sum(len(trace.get("x") or ()) for trace in bars) <= MOST_BARS


def _label_bars(figure: dict[str, Any], drawn: Drawn) -> None:
    """The number at the end of each bar, or inside where bars are stacked; the axis goes."""
    layout = figure["layout"]
    letter = value_letter(figure, drawn)
    column = axis_column(drawn, letter)
    is_stacked = _is_stacked(figure, "y" if letter == "x" else "x")
    for trace in figure["data"]:
        trace["text"] = [_number(value, column, drawn) for value in trace.get(letter) or ()]
        trace["textposition"] = "inside" if is_stacked else "outside"
        trace["textangle"] = 0
        trace["cliponaxis"] = False
        trace["textfont"] = {"size": FONT_PX - 1, "color": INK}
        trace.pop("texttemplate", None)
        if is_stacked:
            fill = trace.get("marker", {}).get("color")
            trace["insidetextanchor"] = "middle"
            trace["textfont"]["color"] = words_on(fill) if isinstance(fill, str) else INK
    if is_stacked:
        layout["uniformtext"] = {"minsize": FONT_PX - 2, "mode": "hide"}
        return
    for name, axis in layout.items():
        if name.startswith(f"{letter}axis"):
            axis.update(showgrid=False, showticklabels=False)
            axis.setdefault("range", _room_for_numbers(figure, letter))


def _number(value: Any, column: Column | None, drawn: Drawn) -> str:
    if not isinstance(value, int | float):
        return ""
    unit = column.unit if column else None
    language = drawn.config.language
    return format_number(
        value, unit=unit, pattern=drawn.spec.format, language=language, compact=True
    )


def _is_stacked(figure: Mapping[str, Any], names: str) -> bool:
    if figure["layout"].get("barmode") in ("group", "overlay"):
        return False
    seen: set[Any] = set()
    for trace in figure["data"]:
        here = {(trace.get("xaxis"), trace.get("yaxis"), item) for item in trace.get(names) or ()}
        if seen & here:
            return True
        seen |= here
    return False


def _room_for_numbers(figure: Mapping[str, Any], letter: str) -> list[float]:
    values = [
        value
        for trace in figure["data"]
        for value in trace.get(letter) or ()
        if isinstance(value, int | float)
    ]
    low, high = min([0, *values]), max([0, *values])
    longest = max((len(text) for trace in figure["data"] for text in trace["text"]), default=0)
    room = (0.035 + 0.014 * longest if letter == "x" else 0.09) * ((high - low) or 1)
    return [low - room if low < 0 else 0, high + room if high > 0 else 0]


def _label_ends(figure: dict[str, Any], drawn: Drawn) -> None:
    """Each line's name and last value beside its end, moved apart where they would touch."""
    layout, axis = figure["layout"], figure["layout"].get("yaxis", {})
    is_log = axis.get("type") == "log"
    ends = []
    for trace in figure["data"]:
        points = [
            (x, y)
            for x, y in zip(trace["x"], trace["y"], strict=False)
            if isinstance(y, int | float)
        ]
        if points and trace.get("name") and (not is_log or points[-1][1] > 0):
            ends.append((trace, *points[-1]))
    shifts = _spread([_height(y, figure, drawn, is_log=is_log) for _, _, y in ends])
    column = axis_column(drawn, "y")
    widest = 0
    for (trace, x, y), shift in zip(ends, shifts, strict=True):
        words = wrap(str(trace["name"]))
        if drawn.spec.labels == "ends":
            words += f" {_number(y, column, drawn)}"
        widest = max(widest, *(len(line) for line in words.split("<br>")))
        layout.setdefault("annotations", []).append({
            "text": words, "x": x, "y": log10(y) if is_log else y, "xanchor": "left",
            "yanchor": "middle", "align": "left", "xshift": END_SHIFT_PX, "yshift": shift,
            "showarrow": False,
            "font": {"size": FONT_PX, "color": trace.get("line", {}).get("color", INK)},
        })  # fmt: skip
    layout["margin"]["r"] = round(widest * LETTER_PX) + 20
    _end_with_the_lines(figure)


def is_end_label(note: Mapping[str, Any]) -> bool:
    """True for an annotation that names a line at its end."""
    return note.get("xshift") == END_SHIFT_PX and not note.get("showarrow")


def _end_with_the_lines(figure: dict[str, Any]) -> None:
    """The x axis from the first point to the last: Plotly would make room for the labels twice."""
    axis = figure["layout"].get("xaxis", {})
    values = [item for trace in figure["data"] for item in trace["x"] if item is not None]
    if axis.get("type") in ("category", "log") or "range" in axis or not values:
        return
    if all(isinstance(item, int | float) for item in values):
        pad = (max(values) - min(values)) * 0.015
        axis["range"] = [min(values) - pad, max(values) + pad]
    elif all(isinstance(item, str) for item in values):
        axis["range"] = [min(values), max(values)]


def _height(value: float, figure: Mapping[str, Any], drawn: Drawn, *, is_log: bool) -> float:
    """About how many px above the foot of the plot a value lies."""
    values = [
        log10(item) if is_log else item
        for trace in figure["data"]
        for item in trace["y"]
        if isinstance(item, int | float) and (not is_log or item > 0)
    ]
    asked = range_of(figure["layout"].get("yaxis", {}))
    low, high = asked or (min(values), max(values))
    shown = log10(value) if is_log else value
    return (shown - low) / ((high - low) or 1) * (drawn.spec.height - 70)


def range_of(axis: Mapping[str, Any]) -> tuple[float, float] | None:
    """The two numbers between which an axis lies; an author may have left one out: then None."""
    match axis.get("range"):
        case [int() | float() as low, int() | float() as high]:
            return low, high
    return None


def _spread(heights: list[float]) -> list[float]:
    """Upward shifts in px, so that neighbours are a line apart, each near its own place."""
    order = sorted(range(len(heights)), key=lambda at: heights[at])
    placed = list(heights)
    for _ in range(60):
        moved = False
        for low, high in pairwise(order):
            gap = LINE_PX - (placed[high] - placed[low])
            if gap > 0.01:
                placed[low] -= gap / 2
                placed[high] += gap / 2
                moved = True
        if not moved:
            break
    return [round(now - before, 1) for now, before in zip(placed, heights, strict=True)]


def wrap(words: str, at: int = WRAP_AT) -> str:
    """Words in lines of about so many letters."""
    lines = [""]
    for word in words.split():
        if lines[-1] and len(lines[-1]) + len(word) >= at:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "<br>".join(lines)


def style_slices(figure: dict[str, Any], drawn: Drawn) -> None:
    """Names and values on slices and branches; leaves as strong as their branches."""
    column = drawn.column_at("values")
    for trace in figure["data"]:
        kind = trace.get("type")
        if kind in ("pie", "funnelarea"):
            trace.setdefault("textinfo", "label+percent")
        if kind == "pie":
            trace.update(sort=False, direction="clockwise")
        if kind in ("sunburst", "icicle"):
            trace["leaf"] = {"opacity": 1}
        if kind in ("treemap", "sunburst", "icicle") and column and "values" in trace:
            trace["text"] = [_number(value, column, drawn) for value in trace["values"]]
            trace["textinfo"] = "label+text"


def _place_legend(figure: dict[str, Any], drawn: Drawn) -> None:
    """Where direct labels do not name the groups: above the plot, at its left, in one row."""
    layout = figure["layout"]
    names = {trace.get("name") for trace in figure["data"] if trace.get("showlegend", True)}
    kinds = {trace.get("type") for trace in figure["data"]}
    arguments = drawn.spec.arguments
    is_on_axis = arguments.get("color") in (arguments.get("x"), arguments.get("y"))
    if "color" in arguments and is_on_axis:
        layout["showlegend"] = False
    if kinds & {"pie", "funnelarea", "treemap", "sunburst", "icicle"}:
        layout["showlegend"] = False
    if layout.get("showlegend") is False or len(names - {"", None}) < 2:
        layout["showlegend"] = False
        return
    layout["showlegend"] = True
    layout["legend"] = {
        "orientation": "h", "xref": "container", "yref": "container", "x": 0, "y": 1,
        "xanchor": "left", "yanchor": "top", "title": {"text": ""}, "bgcolor": CLEAR,
        "font": {"size": FONT_PX, "color": INK}, "traceorder": "normal", "itemsizing": "constant",
    }  # fmt: skip
    layout["margin"]["t"] += 28
