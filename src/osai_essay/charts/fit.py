"""A figure fitted to a width: what depends on how many px there are, for a desk and for a phone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from osai_essay.charts.bars import fit_numbers
from osai_essay.charts.ends import place_ends, range_of, share_of
from osai_essay.charts.facets import count_columns, find_cells, place_facets
from osai_essay.charts.legend import fit_legend, legend_height
from osai_essay.charts.letters import text_width, widest_line, wrap
from osai_essay.charts.notes import place_notes, room_above
from osai_essay.charts.style import FONT_PX
from osai_essay.charts.ticks import (
    fit_names_below,
    fit_names_left,
    names_on,
    thin_dates,
    thin_listed,
    thin_numbers,
    thin_powers,
)

FOOT_PX = 26  # ticks below a plot
TITLE_PX = 20
NUMBER_PX = FONT_PX - 1
LEAST_PLOT_PX = 80.0
TEXT_GAP_PX = 8
LINE_PX = 16


def fit_figure(
    figure: dict[str, Any],
    width: int,
    height: int,
    *,
    columns: int | None = None,
    given_px: int = 0,
) -> None:
    """Lay the figure out for a picture so many px wide and high.

    columns: of small multiples; as they are, where it is None.
    given_px: the room that the margin has already for the legend and for notes.
    """
    layout = figure["layout"]
    for _, axis in axes_of(layout, "y"):
        if axis.get("type") == "category":
            row_px = plot_height(layout, height) * share_of(axis) / _steps(axis)
            fit_names_left(axis, width, row_px)
    place_ends(figure, width, plot_height(layout, height))
    plot_px = plot_width(figure, width)
    fit_title(layout, width)
    fit_legend(figure, plot_px)
    layout["margin"]["t"] += head_room(figure, plot_px, plot_height(layout, height)) - given_px
    if cells := find_cells(figure):
        columns = columns or count_columns(layout, cells)
        place_facets(figure, columns, plot_px, plot_height(layout, height))
    fit_numbers(figure, plot_px, plot_height(layout, height))
    right_px = layout["margin"].get("r", 0)
    place_notes(figure, width - plot_px - right_px, plot_px, right_px)
    for name, axis in axes_of(layout, "x"):
        _fit_ticks(figure, name, axis, plot_px * share_of(axis))


def head_room(figure: Mapping[str, Any], plot_px: float, height: float) -> int:
    """The px above all plots, so wide and high together, for the legend and for notes."""
    return legend_height(figure, plot_px) + room_above(figure, height)


def fit_title(layout: dict[str, Any], width: float) -> None:
    """The words above the y axis, in two lines at most."""
    title = layout.get("title") or {}
    if before := title.get("text"):
        title["text"] = wrap(before, width, NUMBER_PX, most=2)
        more = title["text"].count("<br>") - before.count("<br>")
        layout["margin"]["t"] += more * LINE_PX


def axes_of(layout: Mapping[str, Any], letter: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The x or the y axes, in order."""
    for name in sorted(layout):
        if name.startswith(f"{letter}axis"):
            yield name, layout[name]


def plot_height(layout: Mapping[str, Any], height: float) -> float:
    """About how many px high all plots are together."""
    has_title = any(_title(axis) for _, axis in axes_of(layout, "x"))
    return height - float(layout["margin"]["t"]) - FOOT_PX - (TITLE_PX if has_title else 0)


def plot_width(figure: Mapping[str, Any], width: float) -> float:
    """About how many px wide all plots are together."""
    layout = figure["layout"]
    left = max((_left_px(figure, name, axis) for name, axis in axes_of(layout, "y")), default=0)
    margin = layout["margin"]
    right = float(margin.get("r", 0))
    return max(LEAST_PLOT_PX, width - max(left, float(margin.get("l", 0))) - right)


def _left_px(figure: Mapping[str, Any], name: str, axis: Mapping[str, Any]) -> float:
    """About how wide the words left of an axis are."""
    if axis.get("showticklabels") is False:
        return 0
    if axis.get("type") == "category":
        return widest_line(names_on(axis), FONT_PX) + TEXT_GAP_PX
    numbers = _numbers(figure, name)
    high = max(map(abs, numbers), default=0)
    return text_width(f"${high:,.0f}{axis.get('ticksuffix', '')}", NUMBER_PX) + TEXT_GAP_PX


def _steps(axis: Mapping[str, Any]) -> int:
    return max(1, len(axis.get("categoryarray") or ()))


def _title(axis: Mapping[str, Any]) -> str:
    return str((axis.get("title") or {}).get("text") or "")


def _values(figure: Mapping[str, Any], name: str) -> list[Any]:
    """What lies on an axis, or on the one that it matches."""
    letter, own = name[0], name.replace("axis", "")
    is_shared = bool(figure["layout"][name].get("matches"))
    return [
        item
        for trace in figure["data"]
        if is_shared or trace.get(f"{letter}axis", letter) == own
        for item in _items(trace, letter)
        if item is not None
    ]


def _items(trace: Mapping[str, Any], letter: str) -> list[Any]:
    """A trace's values on an axis; of spans of time, where they begin and end."""
    items, starts = trace.get(letter), trace.get("base")
    if not isinstance(items, list):
        return []
    if letter == "y" or not isinstance(starts, list) or isinstance(starts[0], int | float):
        return items
    ends = (_later(*span) for span in zip(starts, items, strict=False))
    return [*starts, *ends]


def _later(start: str, milliseconds: Any) -> str:
    try:
        return (datetime.fromisoformat(start) + timedelta(milliseconds=milliseconds)).isoformat()
    except (TypeError, ValueError, OverflowError):  # no span of time
        return start


def _numbers(figure: Mapping[str, Any], name: str) -> list[float]:
    return [it for it in _values(figure, name) if isinstance(it, int | float)]


def _fit_ticks(figure: Mapping[str, Any], name: str, axis: dict[str, Any], plot_px: float) -> None:
    """The ticks of an x axis, and its title in lines that are as wide as the plot."""
    if words := _title(axis):
        axis["title"]["text"] = wrap(words, plot_px, NUMBER_PX)
    values = _values(figure, name)
    numbers = [it for it in values if isinstance(it, int | float)]
    if axis.get("type") == "category":
        if names_on(axis):
            need_px = fit_names_below(axis, plot_px / _steps(axis))
            margin = figure["layout"]["margin"]
            margin["b"] = max(round(need_px), margin.get("b", 0))
    elif axis.get("tickmode") == "array":
        is_log = axis.get("type") == "log" and "ticktext" in axis
        (thin_powers if is_log else thin_listed)(axis, plot_px)
    elif axis.get("type") == "log":
        return
    elif axis.get("type") == "date" and values:
        thin_dates(axis, [str(it) for it in values], plot_px)
    elif numbers:
        thin_numbers(axis, [*numbers, *(range_of(axis) or ())], plot_px)
