"""Axes in the house style: units, whole years, bare dates, horizontal words, a quiet grid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from osai_essay.charts.axis_numbers import is_amount, list_powers, print_numbers
from osai_essay.charts.rows import Drawn, is_partial_date, is_year, show_tags
from osai_essay.charts.style import CLEAR, FONT, FONT_PX, GRID, INK, MUTED
from osai_essay.formats import format_unit, separators
from osai_essay.model import Column

NORMS = ("groupnorm", "barnorm", "histnorm", "ecdfnorm")
MOST_YEAR_TICKS = 14
TITLE_PX = 24
TITLE_DROP_PX = 10  # Plotly hangs a title half above its place
FEW_ROWS = 30  # categories: beyond this, Plotly leaves some labels out
COUNT_WORDS = {
    "count": "Number of rows",
    "probability": "Share of rows",
    "percent": "Per cent",
    "value": "",
}


def style_layout(figure: dict[str, Any], language: str) -> None:
    """What every figure has: fonts, clear ground, narrow margins, number signs."""
    layout = figure["layout"]
    layout.pop("template", None)
    layout.update(
        font={"family": FONT, "size": FONT_PX, "color": INK},
        paper_bgcolor=CLEAR,
        plot_bgcolor=CLEAR,
        margin={"l": 0, "r": 20, "t": 8, "b": 0, "pad": 0},
        separators=separators(language),
        hoverlabel={"font": {"family": FONT, "size": FONT_PX}, "align": "left"},
        bargap=layout.get("bargap", 0.28),
    )
    for trace in figure["data"]:
        if trace.get("type") == "scatter" and "lines" in str(trace.get("mode")):
            trace.setdefault("line", {})["width"] = 2.5


def style_axes(figure: dict[str, Any], drawn: Drawn) -> None:
    """Each axis by the column that lies on it."""
    for name, axis in _axes(figure["layout"]):
        letter = name[0]
        column = axis_column(drawn, letter)
        axis.update(_plain_axis(letter))
        words = str((axis.get("title") or {}).get("text") or "")
        is_date = drawn.spec.kind == "timeline" and letter == "x"
        if column and is_year(drawn, column.name):
            _year_axis(axis, drawn, column.name)
        elif is_date or (column and is_partial_date(drawn, column.name)):
            axis["type"] = "date"
            axis.pop("title", None)
            axis["hoverformat"] = "%-d %B %Y"
        elif _is_share(figure, drawn, letter):
            _number_axis(axis, drawn, None, _share_words(drawn))
        elif column and _is_words(drawn, column.name) and not _is_counted(figure, letter):
            _category_axis(axis, figure, drawn, letter, column.name)
        else:
            _number_axis(axis, drawn, column, words)
        if not words:  # of several axes that match, one has the title
            axis.pop("title", None)
        is_value = letter == value_letter(figure, drawn) and axis.get("type") != "date"
        if is_value and _has_bars(figure, name):
            axis["rangemode"] = "tozero"
    lift_y_title(figure["layout"])


def _axes(layout: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name in sorted(layout):
        if name.startswith(("xaxis", "yaxis")):
            yield name, layout[name]


def axis_column(drawn: Drawn, letter: str) -> Column | None:
    """The column on the x or y axis; of several in wide form the first, for its unit."""
    word = "x_start" if drawn.spec.kind == "timeline" and letter == "x" else letter
    value = drawn.spec.arguments.get(word)
    if isinstance(value, list):
        return drawn.columns.get(value[0])
    return drawn.column_at(word)


def value_letter(figure: dict[str, Any], drawn: Drawn) -> str:
    """The axis on which amounts lie: `x` for bars that lie down, else as the columns say."""
    if drawn.spec.kind == "ecdf":
        return "x" if drawn.spec.arguments.get("orientation") == "h" else "y"
    if any(trace.get("orientation") == "h" for trace in figure["data"]):
        return "x"
    for letter in ("y", "x"):
        column = axis_column(drawn, letter)
        if column and is_amount(drawn, column.name):
            return letter
    return "y"


def _is_words(drawn: Drawn, name: str) -> bool:
    return drawn.type_of(name) in ("string", "boolean", "list")


def _has_bars(figure: dict[str, Any], axis: str) -> bool:
    letter, own = axis[0], axis.replace("axis", "")
    return any(
        trace.get("type") in ("bar", "histogram", "funnel")
        and trace.get(f"{letter}axis", letter) == own
        for trace in figure["data"]
    )


def _is_counted(figure: dict[str, Any], letter: str) -> bool:
    """True if the axis holds what Plotly counts rather than the column itself."""
    return any(
        trace.get("type") == "histogram"
        and ("y" if trace.get("orientation") != "h" else "x") == letter
        for trace in figure["data"]
    )


def _is_share(figure: dict[str, Any], drawn: Drawn, letter: str) -> bool:
    """True if the axis holds parts of a whole that Plotly works out."""
    is_asked = drawn.spec.kind == "ecdf" or any(word in drawn.spec.arguments for word in NORMS)
    return is_asked and letter == value_letter(figure, drawn)


def _share_words(drawn: Drawn) -> str:
    norms = {drawn.spec.arguments.get(word) for word in NORMS}
    return "Per cent" if "percent" in norms else "Density" if "density" in norms else "Share"


def _plain_axis(letter: str) -> dict[str, Any]:
    return {
        "automargin": True,
        "showgrid": True,
        "gridcolor": GRID,
        "zeroline": False,
        "showline": False,
        "ticks": "",
        "tickangle": 0,
        "tickfont": {"size": FONT_PX - 1, "color": MUTED},
        "ticklabelstandoff": 6 if letter == "y" else 4,
    }


def _year_axis(axis: dict[str, Any], drawn: Drawn, name: str) -> None:
    years = [int(cell) for cell in drawn.table.values(name) if isinstance(cell, int | float)]
    axis.pop("title", None)
    axis.update(tickformat="d", hoverformat="d")
    if years and max(years) - min(years) < MOST_YEAR_TICKS:
        axis.update(tickmode="array", tickvals=list(range(min(years), max(years) + 1)))


def _category_axis(
    axis: dict[str, Any], figure: dict[str, Any], drawn: Drawn, letter: str, name: str
) -> None:
    """Rows in the order of the data, the first one on top; no grid between words."""
    axis.pop("title", None)
    axis.update(showgrid=False, type="category")
    axis.update(tickfont={"size": FONT_PX, "color": INK}, categoryorder="array")
    seen = dict.fromkeys(
        item for trace in figure["data"] for item in trace.get(letter) or () if item is not None
    )
    orders = drawn.spec.arguments.get("category_orders", {})
    if name not in orders:
        axis["categoryarray"] = _in_order_of_rows(drawn, name, list(seen))
    else:
        asked = [show_tags(str(drawn.label(name, it))) for it in orders[name]]
        axis["categoryarray"] = [it for it in asked if it in seen] + [
            it for it in seen if it not in asked
        ]
    if letter == "y":
        axis["autorange"] = "reversed"
    if len(seen) <= FEW_ROWS:
        axis["dtick"] = 1
    if drawn.spec.kind == "scatter":
        axis["showgrid"] = True


def _in_order_of_rows(drawn: Drawn, name: str, seen: list[Any]) -> list[Any]:
    order = {
        show_tags(str(drawn.label(name, cell))): place
        for place, cell in reversed(list(enumerate(drawn.table.values(name))))
    }
    return sorted(seen, key=lambda item: order.get(str(item), len(order)))


def _number_axis(axis: dict[str, Any], drawn: Drawn, column: Column | None, words: str) -> None:
    axis.update(exponentformat="none", separatethousands=True)
    words = COUNT_WORDS.get(words, words[:1].upper() + words[1:])
    unit = format_unit(column.unit) if column and words != "Number of rows" else ""
    if words != "Number of rows":
        print_numbers(axis, drawn, column)
    if unit in ("share", "percent"):
        unit = ""
    title = f"{words}, {unit}" if unit and words else words or unit
    axis["title"] = {"text": title, "font": {"size": FONT_PX - 1, "color": MUTED}, "standoff": 10}
    if axis.get("type") == "log":
        list_powers(axis, drawn, column)
        axis["minor"] = {"showgrid": False}


def lift_y_title(layout: dict[str, Any]) -> None:
    """The title of the y axis lies flat above the plot, at the picture's left edge.

    The figure has no other use for Plotly's title, which alone can stand at that edge.
    """
    axes = [axis for name, axis in _axes(layout) if name[0] == "y"]
    lift_title(layout, axes)


def lift_title(layout: dict[str, Any], axes: Sequence[dict[str, Any]]) -> None:
    """The title that some axes have, to where a y axis has it."""
    words = [text for axis in axes if (text := (axis.get("title") or {}).get("text"))]
    if not words:
        return
    for axis in axes:  # an empty title would still be given room beside the ticks
        axis.pop("title", None)
    if "title" not in layout:
        layout.setdefault("margin", {}).setdefault("t", 0)
        layout["margin"]["t"] += TITLE_PX
    layout["title"] = {"pad": {"t": TITLE_DROP_PX}} | layout.get("title", {}) | {
        "text": words[0], "xref": "container", "x": 0, "xanchor": "left", "yref": "container",
        "y": 1, "yanchor": "top", "font": {"size": FONT_PX - 1, "color": MUTED},
    }  # fmt: skip
