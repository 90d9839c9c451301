"""Words on marks: direct labels at line ends, on bars and slices; else a legend."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from osai_essay.charts.bars import can_label_bars, label_bars
from osai_essay.charts.ends import label_ends
from osai_essay.charts.legend import place_legend
from osai_essay.charts.rows import Drawn

MOST_LINES = 7
LEAST_PX = 10  # smaller words on marks are left out
BRANCHED = ("treemap", "sunburst", "icicle")


def add_labels(figure: dict[str, Any], drawn: Drawn) -> None:
    """Direct labels as asked for, or as the kind has them; then a legend if still needed."""
    wanted = drawn.spec.labels
    traces = figure["data"]
    if can_label_bars(figure, drawn):
        label_bars(figure, drawn)
    is_line = drawn.spec.kind in ("line", "area", "ecdf") and _has_one_plot(figure)
    is_few = 1 < len(traces) <= MOST_LINES and drawn.spec.kind == "line"
    if is_line and (wanted == "ends" or (wanted is None and is_few)) and traces[0].get("name"):
        label_ends(figure, drawn)
        figure["layout"]["showlegend"] = False
    place_legend(figure, drawn)


def _has_one_plot(figure: Mapping[str, Any]) -> bool:
    return all(trace.get("xaxis", "x") == "x" for trace in figure["data"])


def style_slices(figure: dict[str, Any], drawn: Drawn) -> None:
    """Names and values on slices and branches; leaves as strong as their branches."""
    column = drawn.column_at("values")
    for trace in figure["data"]:
        kind = trace.get("type")
        if kind in ("pie", "funnelarea"):
            trace.setdefault("textinfo", "label+percent")
        if kind == "pie":
            trace.update(sort=False, direction="clockwise")
        if kind == "funnel":
            axis = "x" if trace.get("orientation", "h") == "h" else "y"
            numbers = [drawn.number(value, drawn.column_at(axis)) for value in trace[axis]]
            trace.update(text=numbers, textinfo="text")
        if kind in BRANCHED:
            figure["layout"]["uniformtext"] = {"minsize": LEAST_PX, "mode": "hide"}
        if kind == "treemap":  # an empty band in a picture
            trace["pathbar"] = {"visible": False}
        if kind in ("sunburst", "icicle"):
            trace["leaf"] = {"opacity": 1}
        if kind in BRANCHED and column and "values" in trace:
            trace["text"] = [drawn.number(value, column) for value in trace["values"]]
            trace["textinfo"] = "label+text"
