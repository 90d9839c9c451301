"""Small multiples: a name above each plot, the plots in as many columns as there is room for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any, NamedTuple

from osai_essay.charts.axes import lift_title
from osai_essay.charts.letters import wrap
from osai_essay.charts.style import FONT_PX, INK

FACET = "facet"  # Plotly's `name` of the annotations that head a plot
LINE_PX = 17
GAP_PX = 20  # between two plots side by side
ROW_GAP_PX = 14  # above the name of a plot
MOST_LINES = 2
NEAR = 0.02


class Cell(NamedTuple):
    """A plot of several: its axes, as the layout calls them, and its name."""

    x: str
    y: str
    name: str


def name_facets(figure: dict[str, Any], labels: Sequence[str]) -> None:
    """Plotly's `Country=China` beside a row or above a column as `China` above each plot.

    labels: the words that stand for columns in the figure.
    """
    layout = figure["layout"]
    notes = layout.get("annotations", [])
    heads = [note for note in notes if _is_head(note, labels)]
    if not heads:
        return
    rest = [note for note in notes if note not in heads]
    cells = [_name_cell(layout, x, y, heads) for x, y in _pairs(figure)]
    layout["annotations"] = rest + [_head(cell, layout) for cell in cells]
    layout["margin"]["t"] += LINE_PX + 4


def _is_head(note: Mapping[str, Any], labels: Sequence[str]) -> bool:
    label, equals, _ = str(note.get("text", "")).partition("=")
    return bool(equals) and label in labels and note.get("xref") == "paper"


def _pairs(figure: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The axes of each plot that holds marks, in the order one reads."""
    layout = figure["layout"]
    pairs = dict.fromkeys(
        (_long(trace.get("xaxis", "x")), _long(trace.get("yaxis", "y"))) for trace in figure["data"]
    )
    return sorted(pairs, key=lambda it: (-_domain(layout, it[1])[0], _domain(layout, it[0])[0]))


def _long(name: str) -> str:
    return f"{name[0]}axis{name[1:]}"


def _domain(layout: Mapping[str, Any], axis: str) -> tuple[float, float]:
    low, high = layout[axis].get("domain", (0, 1))
    return round(low, 4), round(high, 4)


def _name_cell(
    layout: Mapping[str, Any], x: str, y: str, heads: Sequence[Mapping[str, Any]]
) -> Cell:
    """A plot with the name of its column and that of its row, each of which Plotly gives once."""
    (left, right), (foot, top) = _domain(layout, x), _domain(layout, y)
    has_rows = any(note.get("textangle") for note in heads)
    names = []
    for note in heads:
        if note.get("textangle"):
            is_here = foot < note["y"] < top
        else:
            is_here = left < note["x"] < right and (has_rows or abs(note["y"] - top) < NEAR)
        if is_here:
            names.append(str(note["text"]).partition("=")[2])
    return Cell(x, y, ", ".join(names))


def _head(cell: Cell, layout: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": FACET, "text": cell.name, "showarrow": False, "xref": "paper", "yref": "paper",
        "x": _domain(layout, cell.x)[0], "y": _domain(layout, cell.y)[1], "xanchor": "left",
        "yanchor": "bottom", "align": "left", "yshift": 2, "font": {"size": FONT_PX, "color": INK},
    }  # fmt: skip


def find_cells(figure: Mapping[str, Any]) -> list[Cell]:
    """The plots of small multiples; none in any other figure."""
    layout = figure["layout"]
    heads = [note for note in layout.get("annotations", ()) if note.get("name") == FACET]
    if not heads:
        return []
    return [Cell(x, y, head["text"]) for (x, y), head in zip(_pairs(figure), heads, strict=False)]


def count_columns(layout: Mapping[str, Any], cells: Sequence[Cell]) -> int:
    """In how many columns the plots stand now."""
    return len({_domain(layout, cell.x)[0] for cell in cells})


def place_facets(figure: dict[str, Any], columns: int, width: float, height: float) -> None:
    """The plots in so many columns on so many px, each with its name above it."""
    layout, cells = figure["layout"], find_cells(figure)
    column_px = (width - GAP_PX * (columns - 1)) / columns
    names = [wrap(cell.name, column_px, FONT_PX, most=MOST_LINES) for cell in cells]
    layout["margin"]["t"] += _name_px(names) - _name_px([cell.name for cell in cells])
    between_px = _name_px(names) + ROW_GAP_PX
    rows = ceil(len(cells) / columns)
    row_px = (height - between_px * (rows - 1)) / rows
    _tick_outer_axes(layout, cells, columns)
    heads = [note for note in layout["annotations"] if note.get("name") == FACET]
    for place, (cell, name, head) in enumerate(zip(cells, names, heads, strict=True)):
        row, column = divmod(place, columns)
        left = column * (column_px + GAP_PX) / width
        top = 1 - row * (row_px + between_px) / height
        layout[cell.x]["domain"] = _shares(left, left + column_px / width)
        layout[cell.y]["domain"] = _shares(top - row_px / height, top)
        head |= _head(cell, layout) | {"text": name}


def _shares(low: float, high: float) -> list[float]:
    return [round(max(0.0, low), 4), round(min(1.0, high), 4)]


def _tick_outer_axes(layout: dict[str, Any], cells: Sequence[Cell], columns: int) -> None:
    """Ticks at the left of a row and below the last plot of a column; each title once."""
    has_ticks = {
        letter: any(layout[cell[at]].get("showticklabels") is not False for cell in cells)
        for at, letter in enumerate("xy")
    }
    if "title" not in layout:
        lift_title(layout, [layout[cell.x] for cell in cells])
    first_of_last_row = (len(cells) - 1) // columns * columns
    titles = [axis["title"] for cell in cells if (axis := layout[cell.x]).get("title")]
    for place, cell in enumerate(cells):
        is_last = place + columns >= len(cells)
        layout[cell.x]["showticklabels"] = is_last and has_ticks["x"]
        layout[cell.y]["showticklabels"] = place % columns == 0 and has_ticks["y"]
        if place == first_of_last_row and titles:
            layout[cell.x]["title"] = titles[0]
        else:
            layout[cell.x].pop("title", None)


def facets_height(cells: Sequence[Cell], rows: int, row_px: float) -> float:
    """The px from the top of the first plot to the foot of the last."""
    return rows * row_px + (rows - 1) * (_name_px([cell.name for cell in cells]) + ROW_GAP_PX)


def _name_px(names: Sequence[str]) -> int:
    return LINE_PX * max((name.count("<br>") + 1 for name in names), default=1) + 4
