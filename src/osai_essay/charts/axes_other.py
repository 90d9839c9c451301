"""Axes that are not x or y: polar, ternary, and the bar of a colour scale."""

from __future__ import annotations

from typing import Any

from osai_essay.charts.axes import COUNT_WORDS
from osai_essay.charts.style import CLEAR, FONT_PX, GRID, MUTED, QUIET

BAR_TOP_PX = 8
BAR_ROOM_PX = 36


def style_other_axes(figure: dict[str, Any], height: int) -> None:
    """Polar and ternary axes, those of parallel categories, colour bars."""
    layout = figure["layout"]
    line = {"gridcolor": GRID, "linecolor": QUIET, "tickfont": {"color": MUTED}}
    polar = layout.get("polar")
    if polar is not None:
        polar["bgcolor"] = CLEAR
        for name in ("radialaxis", "angularaxis"):
            polar.setdefault(name, {}).update(line)
        polar["radialaxis"].update(angle=90, tickangle=90, showline=False, ticks="")
        layout["margin"].update(l=48, r=48, t=36, b=36)
    ternary = layout.get("ternary")
    if ternary is not None:
        ternary["bgcolor"] = CLEAR
        for name in ("aaxis", "baxis", "caxis"):
            ternary.setdefault(name, {}).update(line)
        layout["margin"].update(l=56, r=56, t=40, b=48)
    if any(trace.get("type") == "parcats" for trace in figure["data"]):
        layout["margin"].update(t=28)
    if "coloraxis" in layout:
        _style_scale(layout, height)


def _style_scale(layout: dict[str, Any], height: int) -> None:
    """The bar lies above the plot, its name beside it.

    Plotly would lift the x axis title for a bar placed by the plot, and lay the name over one
    placed by the picture: so the name is an annotation.
    """
    bar = layout["coloraxis"].setdefault("colorbar", {})
    words = COUNT_WORDS.get(_title_of(bar), _title_of(bar))
    bar.update(
        orientation="h", x=0, xanchor="left", xpad=0, len=0.5, thickness=10, ypad=0,
        yref="container", y=1 - BAR_TOP_PX / height, yanchor="top", outlinewidth=0, ticks="",
        exponentformat="none", tickfont={"size": FONT_PX - 1, "color": MUTED}, title={"text": ""},
    )  # fmt: skip
    layout["margin"]["t"] += BAR_ROOM_PX
    layout.setdefault("annotations", []).append({
        "text": words, "xref": "paper", "yref": "paper", "x": 0.5, "y": 1, "xanchor": "left",
        "yanchor": "top", "xshift": 12, "yshift": layout["margin"]["t"] - BAR_TOP_PX + 6,
        "showarrow": False, "font": {"size": FONT_PX - 1, "color": MUTED},
    })  # fmt: skip


def _title_of(bar: dict[str, Any]) -> str:
    return str((bar.get("title") or {}).get("text") or "")
