"""Points of a line that have no neighbour: a line draws nothing of them, so they get a marker."""

from __future__ import annotations

from typing import Any

SIZE_PX = 7


def mark_lone_points(figure: dict[str, Any]) -> None:
    """A marker on each point that stands alone between gaps, or is all that a line has."""
    for trace in figure["data"]:
        if trace.get("type") != "scatter" or trace.get("mode") != "lines":
            continue
        is_lone = _find_lone(trace)
        if any(is_lone):
            trace["mode"] = "lines+markers"
            sizes = [SIZE_PX if lone else 0 for lone in is_lone]
            trace["marker"] = {**trace.get("marker", {}), "size": sizes, "opacity": 1}
            trace["marker"].setdefault("color", trace.get("line", {}).get("color"))


def _find_lone(trace: dict[str, Any]) -> list[bool]:
    points = zip(trace.get("x") or (), trace.get("y") or (), strict=False)
    is_there = [False, *(None not in point for point in points), False]
    if "stackgroup" in trace and sum(is_there) > 1:  # Plotly bridges the gaps of an area
        return []
    triples = zip(is_there, is_there[1:], is_there[2:], strict=False)
    return [here and not before and not after for before, here, after in triples]
