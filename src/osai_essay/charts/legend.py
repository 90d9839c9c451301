"""The legend, where labels cannot name the groups: above the plot, at the left edge."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from osai_essay.charts.axes import TITLE_DROP_PX
from osai_essay.charts.axes_other import BAR_ROOM_PX
from osai_essay.charts.letters import text_width, wrap
from osai_essay.charts.rows import Drawn
from osai_essay.charts.style import CLEAR, FONT_PX, INK

ROW_PX = 20
BELOW_PX = 8
SYMBOL_PX = 46  # Plotly's symbol and the gaps around it
NAME_PX = 280  # of a name in one line; fits a phone
NAMED_BY_ITSELF = frozenset({"pie", "funnelarea", "treemap", "sunburst", "icicle"})


def place_legend(figure: dict[str, Any], drawn: Drawn) -> None:
    """In rows above the plot; none where the axes or the names of facets say it already."""
    layout = figure["layout"]
    if layout.get("showlegend") is False or not _is_needed(figure, drawn):
        layout["showlegend"] = False
        return
    layout["showlegend"] = True
    layout["legend"] = {
        "orientation": "h", "xref": "container", "yref": "container", "x": 0, "y": 1,
        "xanchor": "left", "yanchor": "top", "title": {"text": ""}, "bgcolor": CLEAR,
        "font": {"size": FONT_PX, "color": INK}, "traceorder": "normal", "itemsizing": "constant",
    }  # fmt: skip
    for trace in figure["data"]:
        if trace.get("name"):
            trace["name"] = wrap(str(trace["name"]), NAME_PX, FONT_PX, most=2)


def _is_needed(figure: Mapping[str, Any], drawn: Drawn) -> bool:
    arguments = drawn.spec.arguments
    places = [arguments.get(word) for word in ("x", "y", "facet_col", "facet_row")]
    is_said = "color" in arguments and arguments["color"] in places
    kinds = {trace.get("type") for trace in figure["data"]}
    return not is_said and not kinds & NAMED_BY_ITSELF and len(_names(figure)) > 1


def _names(figure: Mapping[str, Any]) -> list[str]:
    """What stands in the legend, each once."""
    traces = (trace for trace in figure["data"] if trace.get("showlegend", True))
    return list(dict.fromkeys(str(trace["name"]) for trace in traces if trace.get("name")))


def legend_height(figure: Mapping[str, Any], width: float) -> int:
    """The px that the legend takes above a plot of that width: as Plotly lays its rows."""
    layout = figure["layout"]
    is_ours = layout.get("legend", {}).get("yref") == "container"
    names = _names(figure)
    if not layout.get("showlegend") or not is_ours or not names:
        return 0
    sizes = [SYMBOL_PX + max(text_width(s, FONT_PX) for s in it.split("<br>")) for it in names]
    in_a_row = len(names) if sum(sizes) <= width else max(1, int(width // max(sizes)))
    lines = [name.count("<br>") + 1 for name in names]
    rows = (lines[start : start + in_a_row] for start in range(0, len(names), in_a_row))
    return sum(max(row) * ROW_PX for row in rows) + BELOW_PX


def fit_legend(figure: dict[str, Any], width: float) -> None:
    """The words above the y axis below the legend's rows, however many these are."""
    layout = figure["layout"]
    if "title" in layout:
        above = legend_height(figure, width) + (BAR_ROOM_PX if "coloraxis" in layout else 0)
        layout["title"]["pad"] = {"t": above + TITLE_DROP_PX}
