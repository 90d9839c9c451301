"""Numbers on bars: at their ends, or inside where bars are stacked; then no axis is needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from osai_essay.charts.axes import axis_column, value_letter
from osai_essay.charts.ends import range_of, share_of
from osai_essay.charts.letters import widest_line
from osai_essay.charts.rows import Drawn
from osai_essay.charts.style import FONT_PX

MOST_BARS = 24  # with more, numbers on bars are noise
SIZE_PX = FONT_PX - 1
LEAST_PX = 10
LINE_PX = 18
GAP_PX = 8
NEVER_PX = 1000  # no number fits at this size, so that Plotly shows none of them


def can_label_bars(figure: Mapping[str, Any], drawn: Drawn) -> bool:
    """True where numbers on the bars are asked for, or are the kind's habit and not too many."""
    arguments = drawn.spec.arguments
    bars = [trace for trace in figure["data"] if trace.get("type") == "bar"]
    if not bars or drawn.spec.kind != "bar" or drawn.spec.labels not in (None, "bars"):
        return False
    if any(arguments.get(word) for word in ("text", "text_auto", "base")):
        return False
    is_asked = drawn.spec.labels == "bars"
    return is_asked or sum(len(trace.get("x") or ()) for trace in bars) <= MOST_BARS


def label_bars(figure: dict[str, Any], drawn: Drawn) -> None:
    """The number at the end of each bar, or inside where bars are stacked; the axis goes."""
    layout = figure["layout"]
    letter = value_letter(figure, drawn)
    column = axis_column(drawn, letter)
    is_stacked = has_stacks(figure, "y" if letter == "x" else "x")
    for trace in figure["data"]:
        trace["text"] = [drawn.number(value, column) for value in trace.get(letter) or ()]
        trace["textposition"] = "inside" if is_stacked else "outside"
        trace["textangle"] = 0
        trace["cliponaxis"] = False
        trace["textfont"] = {"size": SIZE_PX}
        trace.pop("texttemplate", None)
        if is_stacked:
            trace["insidetextanchor"] = "middle"
    if is_stacked:
        layout["uniformtext"] = {"minsize": LEAST_PX + 1, "mode": "hide"}
        return
    for axis in _axes(layout, letter):
        axis.update(showgrid=False, showticklabels=False)


def has_stacks(figure: Mapping[str, Any], names: str) -> bool:
    """True if two bars stand at one place: of two groups, or of two rows with one name."""
    if figure["layout"].get("barmode") in ("group", "overlay"):
        return False
    bars = [
        (trace.get("xaxis"), trace.get("yaxis"), item)
        for trace in figure["data"]
        for item in trace.get(names) or ()
    ]
    return len(bars) > len(set(bars))


def _axes(layout: Mapping[str, Any], letter: str) -> Iterator[dict[str, Any]]:
    return (axis for name, axis in layout.items() if name.startswith(f"{letter}axis"))


def fit_numbers(figure: dict[str, Any], width: float, height: float) -> None:
    """Room at the ends of bars for their numbers; where bars are too thin for them, the axis.

    width, height: of all plots together.
    """
    layout = figure["layout"]
    bars = [trace for trace in figure["data"] if _has_numbers_behind(trace)]
    if not bars:
        return
    lies = bars[0].get("orientation") == "h"
    along, across = ("x", "y") if lies else ("y", "x")
    widest = widest_line([text for trace in bars for text in trace["text"]], SIZE_PX)
    along_px, across_px = (widest + GAP_PX, LINE_PX) if lies else (LINE_PX, widest)
    thinnest = _thinnest(figure, across, height if lies else width)
    if across_px * LEAST_PX / SIZE_PX > thinnest:
        layout["uniformtext"] = {"minsize": NEVER_PX, "mode": "hide"}
        for axis in _outer(layout, along):
            axis.update(showgrid=True, showticklabels=True)
        return
    values = [v for trace in bars for v in trace.get(along) or () if isinstance(v, int | float)]
    for axis in _axes(layout, along):
        _make_room(axis, values, (width if lies else height) * share_of(axis), along_px)


def _has_numbers_behind(trace: Mapping[str, Any]) -> bool:
    return trace.get("textposition") == "outside" and isinstance(trace.get("text"), list)


def _outer(layout: Mapping[str, Any], letter: str) -> Iterator[dict[str, Any]]:
    """The axes at the left or the foot of the plots, which alone have ticks."""
    other = "y" if letter == "x" else "x"
    least = min((axis.get("domain") or [0])[0] for axis in _axes(layout, other))
    for name, axis in layout.items():
        if name.startswith(f"{letter}axis"):
            beside = layout.get(str(axis.get("anchor", other)).replace(other, f"{other}axis"), {})
            if (beside.get("domain") or [0])[0] == least:
                yield axis


def _thinnest(figure: Mapping[str, Any], letter: str, px: float) -> float:
    """How thick a bar is, in px."""
    layout = figure["layout"]
    shares = [share_of(axis) for axis in _axes(layout, letter)]
    axis = next(_axes(layout, letter), {})
    names = axis.get("categoryarray") or {it for t in figure["data"] for it in t.get(letter) or ()}
    is_grouped = layout.get("barmode") == "group"
    groups = len({trace.get("name") for trace in figure["data"]}) if is_grouped else 1
    step = px * min(shares, default=1) / max(1, len(names))
    return step * (1 - float(layout.get("bargap", 0.2))) / groups


def _make_room(axis: dict[str, Any], values: list[float], px: float, number_px: float) -> None:
    """An axis from 0 past the longest bar, or below 0, so far that a number has its px.

    Where an author lets it begin stays.
    """
    own = range_of(axis)
    if "range" in axis and (own is None or own[0] > own[1]):
        return
    low, high = min([0, *values]), max([0, *values])
    ends = (low < 0) + (high > 0)
    unit = (high - low) / max(px - ends * number_px, px / 3)
    room = [low - number_px * unit if low < 0 else 0, high + number_px * unit if high > 0 else 0]
    if own:
        room = [min(own[0], room[0]) if own[0] < 0 else own[0], max(own[1], room[1])]
    axis["range"] = room
