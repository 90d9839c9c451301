"""What a figure shows: its marks, each with its colour and what else tells it from others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from osai_essay.charts.traces import (
    BARS,
    POINTS,
    SLICES,
    TREES,
    Layout,
    Trace,
    colors_of,
    drawn_traces,
    inner,
    is_filled,
    mode_of,
    notes_of,
    opacity_of,
    parts_of,
    type_of,
)
from osai_essay.struct import Struct


class Mark(Struct, frozen=True, kw_only=True):
    """Marks of one name and colour.

    cues: what tells them from others without the colour, such as ("dash", "dot").
    is_named: words beside or upon them say the name.
    """

    name: str
    color: str
    opacity: float = 1.0
    cues: tuple[tuple[str, str], ...] = ()
    is_named: bool = False

    def is_told_from(self, other: Mark) -> bool:
        """True if something beside the colour tells the two apart."""
        cues = dict(other.cues)
        has_cue = any(cues.get(kind, which) != which for kind, which in self.cues)
        return has_cue or (self.is_named and other.is_named)


def read_marks(figure: Mapping[str, Any]) -> tuple[Mark, ...]:
    """Every mark drawn, once; those coloured along a scale are left out."""
    found: dict[Mark, None] = {}
    for order, trace in drawn_traces(figure):
        for mark in _marks(trace, order, figure["layout"]):
            found.setdefault(mark)
    return tuple(found)


def _marks(trace: Trace, order: int, layout: Layout) -> Iterator[Mark]:
    opacity = opacity_of(trace)
    if type_of(trace) in SLICES + TREES:
        default = "percent" if type_of(trace) in SLICES else "label"
        is_named = "label" in str(trace.get("textinfo", default))
        for name, color in parts_of(trace, layout):
            yield Mark(name=name, color=color, opacity=opacity, is_named=is_named)
        return
    name, colors = str(trace.get("name") or ""), colors_of(trace, order, layout)
    if isinstance(colors, str):
        is_named = bool(name) and any(words.startswith(name) for words, _ in notes_of(layout))
        cues = tuple(_cues(trace))
        yield Mark(name=name, color=colors, opacity=opacity, cues=cues, is_named=is_named)
    for color, names in _names_by_color(trace, colors).items():
        said = names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"
        yield Mark(name=said, color=color, opacity=opacity)


def _names_by_color(trace: Trace, colors: str | list[str] | None) -> dict[str, list[str]]:
    """Where each mark of a trace has its own colour: that colour -> the marks' names."""
    words = trace.get("hovertext") or trace.get("text") if type_of(trace) in POINTS else None
    along = trace.get("y" if trace.get("orientation") == "h" else "x")
    names = words if isinstance(words, list) else along or ()
    found: dict[str, list[str]] = {}
    for color, name in zip(colors if isinstance(colors, list) else (), names, strict=False):
        found.setdefault(color, []).append(str(name))
    return found


def _cues(trace: Trace) -> Iterator[tuple[str, str]]:
    """Dash, symbol and pattern; the edge of a filled area is no cue."""
    if type_of(trace) in POINTS:
        if "lines" in mode_of(trace) and not is_filled(trace):
            yield "dash", str(inner(trace, "line", "dash") or "solid")
        if "markers" in mode_of(trace):
            yield "symbol", str(inner(trace, "marker", "symbol") or "circle")
    elif type_of(trace) in BARS:
        yield "pattern", str(inner(trace, "marker", "pattern", "shape") or "")
