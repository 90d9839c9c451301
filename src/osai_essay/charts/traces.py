"""What the traces of a Plotly figure hold, with what Plotly takes where they are silent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from osai_essay.colors import read_color

Trace = Mapping[str, Any]
Layout = Mapping[str, Any]

SLICES = ("pie", "funnelarea")
TREES = ("treemap", "sunburst", "icicle")
BARS = ("bar", "histogram", "funnel", "barpolar", "waterfall")
POINTS = ("scatter", "scatterpolar", "scatterternary")
HEATS = ("heatmap", "histogram2d")
_SCALED = ("heatmap", "histogram2d", "contour", "histogram2dcontour", "parcats", "sankey")
_DATA = ("x", "y", "z", "r", "a", "values", "labels", "dimensions")
_COLORWAY = (  # Plotly's own
    "#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd",
    "#8c564b", "#e377c2", "#7f7f7f", "#bcbd22", "#17becf",
)  # fmt: skip


def drawn_traces(figure: Mapping[str, Any]) -> Iterator[tuple[int, Trace]]:
    """The traces that are seen and have points, with their places in the figure."""
    for order, trace in enumerate(figure["data"]):
        points = (trace.get(word) or () for word in _DATA)
        if trace.get("visible", True) is True and any(
            item is not None for items in points for item in items
        ):
            yield order, trace


def type_of(trace: Trace) -> str:
    """A trace's type."""
    return str(trace.get("type") or "scatter")


def mode_of(trace: Trace) -> str:
    """Lines, markers, text, or several of them."""
    return str(trace.get("mode") or "lines")


def is_filled(trace: Trace) -> bool:
    """True if a trace's marks cover an area, on which other things may come to lie."""
    is_area = bool(trace.get("stackgroup")) or (trace.get("fill") or "none") != "none"
    return is_area or type_of(trace) not in POINTS


def opacity_of(trace: Trace) -> float:
    """How far marks hide what lies below: the trace's opacity times its markers'."""
    product = 1.0
    for part in (trace.get("opacity"), inner(trace, "marker", "opacity")):
        product *= part if isinstance(part, int | float) else 1
    return product


def inner(value: Any, *path: str) -> Any:
    """What stands at a path of keys; None where nothing does."""
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def colors_of(trace: Trace, order: int, layout: Layout) -> str | list[str] | None:
    """The colour of a trace's marks, or one a mark; None for a scale of colours."""
    if type_of(trace) in _SCALED:
        color = inner(trace, "line", "color")
        return color if isinstance(color, str) else None
    places = [("marker", "color"), ("line", "color"), ("fillcolor",)]
    if type_of(trace) in POINTS and "lines" in mode_of(trace):
        places[:2] = reversed(places[:2])
    for place in places:
        color = inner(trace, *place)
        if isinstance(color, list):
            return color if all(isinstance(item, str) for item in color) else None
        if isinstance(color, str) and not _is_clear(color):
            return color
    if inner(trace, "marker", "coloraxis"):
        return None
    colorway = layout.get("colorway") or _COLORWAY
    return str(colorway[order % len(colorway)])


def scale_of(trace: Trace, layout: Layout) -> tuple[str, ...]:
    """The colours of the scale that a trace's marks lie on; empty where there is none."""
    places = (inner(layout, "coloraxis"), trace, trace.get("marker"))
    stops = next((found for place in places if (found := inner(place, "colorscale"))), ())
    return tuple(str(color) for _, color in stops) if isinstance(stops, list) else ()


def has_words(trace: Trace) -> bool:
    """True if a trace of bars or cells has words on or beside them."""
    is_said = trace.get("text") or trace.get("texttemplate") or type_of(trace) == "funnel"
    is_shown = trace.get("textposition") != "none" and type_of(trace) != "barpolar"
    return bool(is_said) and is_shown


def _is_clear(color: str) -> bool:
    known = read_color(color)
    return known is not None and known[1] == 0


def parts_of(trace: Trace, layout: Layout) -> list[tuple[str, str]]:
    """Slices or branches by name, each with its colour."""
    labels = [str(label) for label in trace.get("labels") or ()]
    colors = inner(trace, "marker", "colors")
    if isinstance(colors, list) and colors:
        pairs = zip(labels, colors, strict=False)
        return [(label, color) for label, color in pairs if isinstance(color, str)]
    names = _branches(trace, labels) if type_of(trace) in TREES else list(dict.fromkeys(labels))
    colorway = list(layout.get("colorway") or _COLORWAY)
    # Past the last, Plotly goes on with lighter forms, then darker ones: here by name alone.
    forms = ("", " lighter", " darker")
    many = [f"{color}{form}" for form in forms for color in colorway]
    return [(name, many[at % len(many)]) for at, name in enumerate(names)]


def _branches(trace: Trace, labels: list[str]) -> list[str]:
    """The parts of a tree that Plotly gives colours: those below the root."""
    parents = [str(parent or "") for parent in trace.get("parents") or ()]
    ids = [str(each) for each in trace.get("ids") or labels]
    roots = [each for each, parent in zip(ids, parents, strict=False) if not parent]
    above = roots[0] if len(roots) == 1 else ""
    return [label for label, parent in zip(labels, parents, strict=False) if parent == above]


def notes_of(layout: Layout) -> list[tuple[str, Mapping[str, Any]]]:
    """The annotations that are seen, each with its words in one line."""
    notes = [note for note in layout.get("annotations") or () if note.get("visible", True)]
    said = [" ".join(str(note.get("text") or "").replace("<br>", " ").split()) for note in notes]
    return [(words, note) for words, note in zip(said, notes, strict=True) if words]
