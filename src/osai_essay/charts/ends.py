"""The names of lines at their ends, a line of text apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import log10
from typing import Any

from osai_essay.charts.axes import axis_column
from osai_essay.charts.letters import widest_line, wrap
from osai_essay.charts.rows import Drawn
from osai_essay.charts.style import FONT_PX, INK, dark_forms, words_like

SHIFT_PX = 8
LINE_PX = 17
SHARE = 0.3  # of a picture's width
MOST_LINES = 4
ROUNDS = 200


def label_ends(figure: dict[str, Any], drawn: Drawn) -> None:
    """Each line's name beside its end, and its last value where that is asked for."""
    layout = figure["layout"]
    is_log = layout.get("yaxis", {}).get("type") == "log"
    column = axis_column(drawn, "y")
    for trace in figure["data"]:
        end = _end(trace, is_log=is_log)
        if end is None or not trace.get("name"):
            continue
        x, y = end
        value = f" {drawn.number(y, column)}" if drawn.spec.labels == "ends" else ""
        layout.setdefault("annotations", []).append({
            "text": f"{trace['name']}{value}", "x": x, "y": log10(y) if is_log else y,
            "xanchor": "left", "yanchor": "middle", "align": "left", "xshift": SHIFT_PX,
            "showarrow": False, "font": {"size": FONT_PX, "color": _end_color(trace, drawn)},
        })  # fmt: skip
    _end_with_the_lines(figure)


def _end(trace: Mapping[str, Any], *, is_log: bool) -> tuple[Any, float] | None:
    """The last point that a line has."""
    points = [
        (x, y)
        for x, y in zip(trace["x"], trace["y"], strict=False)
        if x is not None and isinstance(y, int | float) and (y > 0 or not is_log)
    ]
    return points[-1] if points else None


def _end_color(trace: Mapping[str, Any], drawn: Drawn) -> str:
    """The line's own colour, if words of it can be read on the page."""
    return words_like(str(trace.get("line", {}).get("color", INK)), dark_forms(drawn.config))


def is_end_label(note: Mapping[str, Any]) -> bool:
    """True for an annotation that names a line at its end."""
    return note.get("xshift") == SHIFT_PX and not note.get("showarrow")


def _end_with_the_lines(figure: dict[str, Any]) -> None:
    """The x axis from the first point to the last: Plotly would make room for the labels twice."""
    axis = figure["layout"].get("xaxis", {})
    values = [item for trace in figure["data"] for item in trace["x"] if item is not None]
    if axis.get("type") in ("category", "log") or "range" in axis or len(set(values)) < 2:
        return
    if all(isinstance(item, int | float) for item in values):
        pad = (max(values) - min(values)) * 0.015
        axis["range"] = [min(values) - pad, max(values) + pad]
    elif all(isinstance(item, str) for item in values):
        axis["range"] = [min(values), max(values)]


def place_ends(figure: dict[str, Any], width: float, plot_px: float) -> None:
    """The names in lines that fit, the margin as wide as they are, none upon another.

    width: of the picture. plot_px: how high the plot is.
    """
    layout = figure["layout"]
    notes = [note for note in layout.get("annotations", ()) if is_end_label(note)]
    if not notes:
        return
    for note in notes:
        note["text"] = wrap(note["text"], width * SHARE, FONT_PX, most=MOST_LINES)
    layout["margin"]["r"] = round(widest_line([n["text"] for n in notes], FONT_PX)) + SHIFT_PX + 4
    low, high = _span(figure)
    placed = [note for note in notes if isinstance(note.get("y"), int | float)]
    heights = [(note["y"] - low) / ((high - low) or 1) * plot_px for note in placed]
    sizes = [LINE_PX * (note["text"].count("<br>") + 1) for note in placed]
    for note, shift in zip(placed, _spread(heights, sizes), strict=True):
        note["yshift"] = shift


def _span(figure: Mapping[str, Any]) -> tuple[float, float]:
    """From where to where the y axis reaches, about; in powers of ten on a log axis."""
    axis = figure["layout"].get("yaxis", {})
    is_log = axis.get("type") == "log"
    values = [
        log10(item) if is_log else item
        for trace in figure["data"]
        for item in trace.get("y") or ()
        if isinstance(item, int | float) and (not is_log or item > 0)
    ]
    return range_of(axis) or (min(values, default=0), max(values, default=1))


def range_of(axis: Mapping[str, Any]) -> tuple[float, float] | None:
    """The two numbers between which an axis lies; an author may have left one out: then None."""
    match axis.get("range"):
        case [int() | float() as low, int() | float() as high]:
            return low, high
    return None


def share_of(axis: Mapping[str, Any]) -> float:
    """How much of the room for all plots an axis has."""
    match axis.get("domain"):
        case [int() | float() as low, int() | float() as high]:
            return float(high - low)
    return 1.0


def _spread(heights: Sequence[float], sizes: Sequence[float]) -> list[float]:
    """Upward shifts in px, so that no label lies on its neighbour, each near its own place.

    heights: of the middles of the labels. sizes: how high each label is.
    """
    order = sorted(range(len(heights)), key=lambda at: heights[at])
    placed = list(heights)
    for _ in range(ROUNDS):
        moved = False
        for low, high in pairwise(order):
            gap = (sizes[low] + sizes[high]) / 2 - (placed[high] - placed[low])
            if gap > 0.01:
                placed[low] -= gap / 2
                placed[high] += gap / 2
                moved = True
        if not moved:
            break
    return [round(now - before, 1) for now, before in zip(placed, heights, strict=True)]
