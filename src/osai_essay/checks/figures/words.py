"""What a figure says: its words, with what lies between them and the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from osai_essay.charts.traces import (
    BARS,
    HEATS,
    POINTS,
    SLICES,
    TREES,
    Layout,
    Trace,
    colors_of,
    drawn_traces,
    has_words,
    inner,
    mode_of,
    notes_of,
    opacity_of,
    parts_of,
    scale_of,
    type_of,
)
from osai_essay.colors import lay_over, read_color
from osai_essay.struct import Struct

Layers = tuple[tuple[str, float], ...]  # colours from the bottom up, each with its opacity

_INK, _PAPER = "#444444", "#ffffff"  # Plotly's own, where a figure names none


class Words(Struct, frozen=True, kw_only=True):
    """Words of one colour. what: for a message. layers: what lies between them and the page."""

    what: str
    color: str
    layers: Layers


def read_words(figure: Mapping[str, Any]) -> Iterator[Words]:
    """Words on axes, in legends and notes, on marks; on a scale of colours, at each stop."""
    layout = figure["layout"]
    ink = str(inner(layout, "font", "color") or _INK)
    paper: Layers = ((str(layout.get("paper_bgcolor") or _PAPER), 1.0),)
    plot: Layers = (*paper, (str(layout.get("plot_bgcolor") or _PAPER), 1.0))
    yield from _axis_words(layout, ink, paper)
    if layout.get("showlegend", len(figure["data"]) > 1):
        yield _boxed("the legend", layout.get("legend"), ink, paper)
    for words, note in notes_of(layout):
        yield _boxed(f'the words "{words}"', note, ink, plot)
    for order, trace in drawn_traces(figure):
        if type_of(trace) in SLICES + TREES:
            yield from _words_on_parts(trace, layout, ink, paper)
        elif type_of(trace) in BARS + HEATS and has_words(trace):
            fills = colors_of(trace, order, layout) or list(scale_of(trace, layout))
            yield from _words_on_bars(trace, fills, ink, plot)
        elif type_of(trace) in POINTS and "text" in mode_of(trace):
            yield from _words_at_points(trace, colors_of(trace, order, layout), ink, plot)


def _boxed(what: str, box: Any, ink: str, below: Layers) -> Words:
    """Words in a box that may have a ground of its own."""
    color = str(inner(box, "font", "color") or ink)
    ground = inner(box, "bgcolor")
    return Words(what=what, color=color, layers=(*below, (ground, 1.0)) if ground else below)


def _axis_words(layout: Layout, ink: str, paper: Layers) -> Iterator[Words]:
    for what, axis in _axes(layout):
        if axis.get("visible", True) and axis.get("showticklabels", True):
            color = str(inner(axis, "tickfont", "color") or ink)
            yield Words(what=f"the tick labels of {what}", color=color, layers=paper)
        if axis.get("visible", True) and inner(axis, "title", "text"):
            color = str(inner(axis, "title", "font", "color") or ink)
            yield Words(what=f"the title of {what}", color=color, layers=paper)


def _axes(layout: Layout) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name, axis in layout.items():
        if name.startswith(("xaxis", "yaxis")):
            yield f"the {name[0]} axis", axis
    for name in ("polar", "ternary"):
        for key, axis in (layout.get(name) or {}).items():
            if key.endswith("axis"):
                yield f"the {name} axes", axis
    bar = inner(layout, "coloraxis", "colorbar")
    if bar:
        yield "the colour scale", bar


def _words_at_points(
    trace: Trace, fills: str | list[str] | None, ink: str, plot: Layers
) -> Iterator[Words]:
    """Words beside points; those in the middle, Plotly's habit, lie on page and marker both."""
    is_on_marker = (trace.get("textposition") or "middle center") == "middle center"
    for color in _each(inner(trace, "textfont", "color") or ink):
        yield Words(what=_on(trace), color=color, layers=plot)
        if is_on_marker and "markers" in mode_of(trace) and fills:
            for fill in _each(fills):
                yield _inside(_on(trace), color, fill, opacity_of(trace), plot)


def _words_on_bars(trace: Trace, fills: str | list[str], ink: str, plot: Layers) -> Iterator[Words]:
    """Words on bars or cells; fills: one colour, or one a bar, or the stops of a scale."""
    position = "inside" if type_of(trace) in HEATS else trace.get("textposition") or "auto"
    font = inner(trace, "textfont", "color")
    if position != "inside":
        for color in _each(inner(trace, "outsidetextfont", "color") or font or ink):
            yield Words(what=_on(trace), color=color, layers=plot)
    if position != "outside" and fills:
        chosen = inner(trace, "insidetextfont", "color") or font
        each_fill = [fills] if isinstance(fills, str) else fills
        fonts = chosen if isinstance(chosen, list) else [chosen] * len(each_fill)
        for color, fill in dict.fromkeys(zip(fonts, each_fill, strict=False)):
            yield _inside(_on(trace), color, fill, opacity_of(trace), plot)


def _words_on_parts(trace: Trace, layout: Layout, ink: str, paper: Layers) -> Iterator[Words]:
    position = trace.get("textposition") or "auto"
    if trace.get("textinfo") == "none" or position == "none":
        return
    font = inner(trace, "textfont", "color")
    if type_of(trace) == "pie" and position != "inside":
        for color in _each(inner(trace, "outsidetextfont", "color") or font or ink):
            yield Words(what="the words beside the slices", color=color, layers=paper)
    if type_of(trace) == "pie" and position == "outside":
        return
    chosen = inner(trace, "insidetextfont", "color") or font
    stops = [("the scale", stop) for stop in scale_of(trace, layout)]
    for at, (name, fill) in enumerate(parts_of(trace, layout) or stops):
        color = chosen[at] if isinstance(chosen, list) and at < len(chosen) else chosen
        yield _inside(f'the words on "{name}"', color, fill, opacity_of(trace), paper)


def _inside(what: str, color: Any, fill: str, opacity: float, below: Layers) -> Words:
    """Words on a fill; those without a colour have the one Plotly takes by itself."""
    chosen = color if isinstance(color, str) else _plotlys_choice(fill)
    return Words(what=what, color=chosen, layers=(*below, (fill, opacity)))


def _plotlys_choice(fill: str) -> str:
    """White on a dark fill, else its dark grey."""
    known = read_color(fill)
    if known is None:
        return _INK
    red, green, blue = lay_over(*known, (1.0, 1.0, 1.0))
    return "#ffffff" if 0.299 * red + 0.587 * green + 0.114 * blue < 128 / 255 else _INK


def _each(fonts: str | list[str]) -> list[str]:
    """A font's colour, or the colours of a list, each once."""
    return [fonts] if isinstance(fonts, str) else list(dict.fromkeys(map(str, fonts)))


def _on(trace: Trace) -> str:
    name = trace.get("name")
    return f'the words on "{name}"' if name else f"the words on the {type_of(trace)} marks"
