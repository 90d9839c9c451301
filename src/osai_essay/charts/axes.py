"""Axes in the house style: units, whole years, bare dates, horizontal words, a quiet grid."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from osai_essay.charts.rows import NUMERIC, Drawn, is_partial_date, is_year, show_tags
from osai_essay.charts.style import CLEAR, FONT, FONT_PX, GRID, INK, MUTED
from osai_essay.formats import PERCENT, format_unit, money_affixes, read_pattern
from osai_essay.model import Column

NUMBER = ",.6~f"
SHARE = ",.6~%"
NORMS = ("groupnorm", "barnorm", "histnorm", "ecdfnorm")
MOST_YEAR_TICKS = 14
FEW_ROWS = 30  # categories: beyond this, Plotly leaves some labels out
COUNT_WORDS = {
    "count": "Number of rows",
    "probability": "Share of rows",
    "percent": "Per cent",
    "value": "",
}


def style_layout(figure: dict[str, Any]) -> None:
    """What every figure has: fonts, clear ground, narrow margins, number signs."""
    layout = figure["layout"]
    layout.pop("template", None)
    layout.update(
        font={"family": FONT, "size": FONT_PX, "color": INK},
        paper_bgcolor=CLEAR,
        plot_bgcolor=CLEAR,
        margin={"l": 8, "r": 16, "t": 16, "b": 8, "pad": 0},
        separators=".,",
        hoverlabel={"font": {"family": FONT, "size": FONT_PX}, "align": "left"},
        bargap=layout.get("bargap", 0.28),
    )
    for trace in figure["data"]:
        if trace.get("type") == "scatter" and "lines" in str(trace.get("mode")):
            trace.setdefault("line", {})["width"] = 2.5


def style_axes(figure: dict[str, Any], drawn: Drawn) -> None:
    """Each axis by the column that lies on it."""
    for letter, axis in _axes(figure["layout"]):
        column = axis_column(drawn, letter)
        axis.update(_plain_axis(letter))
        if axis.get("matches") and axis.get("showticklabels") is False:
            axis["title"] = {"text": ""}
            continue
        words = str((axis.get("title") or {}).get("text") or "")
        name = column.name if column else ""
        if column and is_year(drawn, name):
            _year_axis(axis, drawn, name)
        elif column and is_partial_date(drawn, name):
            axis["type"] = "date"
            axis["title"] = {"text": ""}
            axis["hoverformat"] = "%-d %B %Y"
        elif _is_share(figure, drawn, letter):
            _number_axis(axis, drawn, None, _share_words(drawn))
        elif column and _is_words(drawn, name) and not _is_counted(figure, letter):
            _category_axis(axis, figure, drawn, letter, name)
        else:
            _number_axis(axis, drawn, column, words)
        is_value = letter == value_letter(figure, drawn) and axis.get("type") != "date"
        if is_value and _has_bars(figure):
            axis["rangemode"] = "tozero"
    _lift_y_title(figure)


def _axes(layout: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name in sorted(layout):
        if name.startswith(("xaxis", "yaxis")):
            yield name[0], layout[name]


def axis_column(drawn: Drawn, letter: str) -> Column | None:
    """The column on the x or y axis; of several in wide form the first, for its unit."""
    word = "x_start" if drawn.spec.kind == "timeline" and letter == "x" else letter
    value = drawn.spec.arguments.get(word)
    if isinstance(value, list):
        return drawn.columns.get(value[0])
    return drawn.column_at(word)


def value_letter(figure: dict[str, Any], drawn: Drawn) -> str:
    """The axis on which amounts lie: `x` for bars that lie down, else as the columns say."""
    if any(trace.get("orientation") == "h" for trace in figure["data"]):
        return "x"
    for letter in ("y", "x"):
        column = axis_column(drawn, letter)
        if column and is_amount(drawn, column.name):
            return letter
    return "y"


def is_amount(drawn: Drawn, name: str) -> bool:
    """True for a column of numbers that are not years."""
    return drawn.type_of(name) in NUMERIC and not is_year(drawn, name)


def _is_words(drawn: Drawn, name: str) -> bool:
    return drawn.type_of(name) in ("string", "boolean", "list")


def _has_bars(figure: dict[str, Any]) -> bool:
    return any(trace.get("type") in ("bar", "histogram", "funnel") for trace in figure["data"])


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
    axis.update(tickformat="d", hoverformat="d", title={"text": ""})
    if years and max(years) - min(years) < MOST_YEAR_TICKS:
        axis.update(tickmode="array", tickvals=list(range(min(years), max(years) + 1)))


def _category_axis(
    axis: dict[str, Any], figure: dict[str, Any], drawn: Drawn, letter: str, name: str
) -> None:
    """Rows in the order of the data, the first one on top; no grid between words."""
    axis.update(showgrid=False, type="category", title={"text": ""})
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
    before, after, shape = number_affixes(drawn, column)
    if words != "Number of rows":
        axis.update(tickprefix=before, ticksuffix=after, tickformat=shape)
    if unit in ("share", "percent"):
        unit = ""
    title = f"{words}, {unit}" if unit and words else words or unit
    axis["title"] = {"text": title, "font": {"size": FONT_PX - 1, "color": MUTED}, "standoff": 10}
    if axis.get("type") == "log":
        axis["dtick"] = "D2" if _decades(drawn, column) < 2.5 else 1
        axis["minor"] = {"showgrid": False}


def _decades(drawn: Drawn, column: Column | None) -> float:
    from math import log10

    cells = drawn.table.values(column.name) if column else ()
    positive = [cell for cell in cells if isinstance(cell, int | float) and cell > 0]
    return log10(max(positive) / min(positive)) if positive else 0


def number_affixes(drawn: Drawn, column: Column | None) -> tuple[str, str, str]:
    """What stands before and after a column's numbers on an axis, and d3's format for them.

    A dollar sign is part of the format, so that a minus stands before it.
    """
    before, after, shape = _affixes(drawn, column)
    return ("", after, f"${shape}") if before == "$" else (before, after, shape)


def _affixes(drawn: Drawn, column: Column | None) -> tuple[str, str, str]:
    pattern = read_pattern(drawn.spec.format) if drawn.spec.format else None
    if pattern and column and is_format_column(drawn, column.name):
        if pattern.factor == 100:
            return pattern.before, pattern.after.removeprefix("%"), SHARE
        return pattern.before, pattern.after, NUMBER
    unit = column.unit if column else None
    if unit == "share":
        return "", "", SHARE
    if unit in PERCENT:
        return "", "%", NUMBER
    return *(money_affixes(unit) or ("", "")), NUMBER


def is_format_column(drawn: Drawn, name: str) -> bool:
    """True if the chart's `format:` is meant for this column: the first amount of y and x."""
    words = ["values", "z", "r"]
    words[:0] = ["x", "y"] if drawn.spec.arguments.get("orientation") == "h" else ["y", "x"]
    for word in words:
        value = drawn.spec.arguments.get(word)
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, str) and each in drawn.table.names and is_amount(drawn, each):
                return name in (value if isinstance(value, list) else [each])
    return False


def _lift_y_title(figure: dict[str, Any]) -> None:
    """The title of the y axis lies flat above it, where it can be read."""
    layout = figure["layout"]
    title = (layout.get("yaxis", {}).get("title") or {}).get("text")
    for letter, axis in _axes(layout):
        if letter == "y" and axis.get("title"):
            axis["title"] = {"text": ""}
    if not title:
        return
    has_heads = any(note.get("yref") == "paper" for note in layout.get("annotations", ()))
    room = 18 if has_heads else 0  # the names of facets stand there already
    layout.setdefault("annotations", []).append({
        "text": title, "xref": "paper", "yref": "paper", "x": 0, "y": 1,
        "xanchor": "left", "yanchor": "bottom", "yshift": 8 + room, "showarrow": False,
        "font": {"size": FONT_PX - 1, "color": MUTED},
    })  # fmt: skip
    layout["margin"]["t"] += 20 + room
