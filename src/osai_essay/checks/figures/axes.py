"""What is asked of axes: bars begin at 0, and no two scales lie over one another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from osai_essay.charts.traces import BARS, drawn_traces, type_of
from osai_essay.checks.figures.fault import Fault, find_place
from osai_essay.model import Chart


def check_bars(chart: Chart) -> Iterator[Fault]:
    """Bars whose axis leaves out 0, or has none. Bars with a `base` of their own show spans."""
    found: dict[str, Mapping[str, Any]] = {}
    for _, trace in drawn_traces(chart.figure):
        if type_of(trace) in BARS and trace.get("base") is None:
            path = _value_axis(trace)
            axis: Any = chart.figure["layout"]
            for key in path.split("."):
                axis = axis.get(key) or {}
            found[path] = axis
    for path, axis in found.items():
        said = _what_is_cut(axis)
        if said:
            letter = "r" if "." in path else path[0]
            word = "log" if axis.get("type") == "log" else "range"
            mine = f"update_layout.{path}"
            yield Fault(
                where=find_place(
                    chart.spec, f"{mine}.range", f"{mine}.type", mine, f"{mine}_range",
                    f"{mine}_type", f"{word}_{letter}", "kind",
                ),
                message=f"the bars do not begin at 0: {said}",
                cure="let the axis begin at 0, or show dots with `kind: scatter`",
            )  # fmt: skip


def _value_axis(trace: Mapping[str, Any]) -> str:
    """The path in the layout of the axis that bars run along: `xaxis`, `polar.radialaxis`."""
    if type_of(trace) == "barpolar":
        return f"{trace.get('subplot') or 'polar'}.radialaxis"
    letter = "x" if _lies_down(trace) else "y"
    return f"{letter}axis{str(trace.get(f'{letter}axis') or letter)[1:]}"


def _lies_down(trace: Mapping[str, Any]) -> bool:
    if "orientation" in trace:
        return bool(trace["orientation"] == "h")
    return type_of(trace) == "histogram" and not trace.get("x")


def _what_is_cut(axis: Mapping[str, Any]) -> str:
    if axis.get("type") == "log":
        return "their axis is logarithmic and has no 0"
    ends = axis.get("range")
    if axis.get("type") in ("date", "category", "multicategory") or not isinstance(ends, list):
        return ""
    numbers = [end for end in ends if isinstance(end, int | float)]
    if len(numbers) == 2 and (min(numbers) > 0 or max(numbers) < 0):
        return f"their axis runs from {numbers[0]:g} to {numbers[1]:g}"
    if len(ends) == 2 and ends[1] is None and numbers and numbers[0] > 0:
        return f"their axis begins at {numbers[0]:g}"
    if len(ends) == 2 and ends[0] is None and numbers and numbers[0] < 0:
        return f"their axis ends at {numbers[0]:g}"
    return ""


def check_dual(chart: Chart) -> Iterator[Fault]:
    """Two axes over one another, each used by a trace, with scales of their own."""
    layout = chart.figure["layout"]
    used = {
        str(trace.get(f"{letter}axis") or letter)
        for _, trace in drawn_traces(chart.figure)
        for letter in "xy"
    }
    for name, axis in layout.items():
        other = axis.get("overlaying") if name[1:5] == "axis" else None
        own = name.replace("axis", "")
        if other and {own, other} <= used and axis.get("matches") != other:
            under = other.replace(other[0], f"{other[0]}axis", 1)
            yield Fault(
                where=find_place(chart.spec, f"update_layout.{name}", "kind"),
                message=f"two scales lie over one another: `{name}` over `{under}`",
                cure="show one of the two, both as an index, or two charts",
            )
