"""A figure laid out again for a phone: shorter lines of words, fewer ticks, as high as it needs."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from math import ceil
from typing import Any

from osai_essay.charts.ends import is_end_label
from osai_essay.charts.facets import (
    FACET,
    GAP_PX,
    count_columns,
    facets_height,
    find_cells,
)
from osai_essay.charts.fit import (
    FOOT_PX,
    axes_of,
    fit_figure,
    head_room,
    plot_height,
    plot_width,
)
from osai_essay.charts.letters import widest_line, wrap
from osai_essay.charts.style import FONT_PX, WIDE_PX
from osai_essay.charts.ticks import LEFT_SHARE, LINE_PX, MOST_LINES, names_on

DEFAULT_HEIGHT_PX = 420
NOTE_SHARE = 0.38  # of the picture's width
MOST_NOTE_LINES = 4
MOST_COLUMNS = 2
LEAST_COLUMN_PX = 110
ROW_PX = (110, 180)  # a plot of several is no lower and no higher
BAR_PX = 26  # a bar that lies down, with its name


def fit_narrow(
    figure: Mapping[str, Any], width: int, height: int = DEFAULT_HEIGHT_PX
) -> dict[str, Any]:
    """The same figure for a picture so many px wide; the figure given stays as it is.

    height: of the wide picture. The layout's own `height` says how high this one is.
    """
    narrow: dict[str, Any] = copy.deepcopy(dict(figure))
    layout = narrow["layout"]
    layout.setdefault("margin", {}).setdefault("t", 0)
    given_px = head_room(narrow, plot_width(narrow, WIDE_PX), plot_height(layout, height))
    _shorten_notes(layout, width)
    columns = _count_columns(narrow, width)
    layout["height"] = _tall_enough(narrow, width, height, columns)
    fit_figure(narrow, width, layout["height"], columns=columns, given_px=given_px)
    return narrow


def _shorten_notes(layout: dict[str, Any], width: int) -> None:
    """The author's words in shorter lines."""
    for note in layout.get("annotations", ()):
        if not note.get("text") or note.get("name") == FACET or is_end_label(note):
            continue
        note["text"] = wrap(note["text"], width * NOTE_SHARE, FONT_PX - 1, most=MOST_NOTE_LINES)


def _count_columns(figure: Mapping[str, Any], width: int) -> int | None:
    """How many plots stand side by side; None where there is but one."""
    cells = find_cells(figure)
    if not cells:
        return None
    most = min(MOST_COLUMNS, count_columns(figure["layout"], cells))
    column_px = (plot_width(figure, width) - GAP_PX * (most - 1)) / most
    return most if column_px >= LEAST_COLUMN_PX else 1


def _tall_enough(figure: Mapping[str, Any], width: int, height: int, columns: int | None) -> int:
    """The height as it is, or more for plots in more rows or names in more lines."""
    layout = figure["layout"]
    if columns is not None:
        return _height_of_facets(figure, height, columns)
    rows = [_row_px(axis, width) * len(names_on(axis)) for _, axis in axes_of(layout, "y")]
    return max(height, round(max(rows, default=0) + float(layout["margin"]["t"]) + FOOT_PX))


def _row_px(axis: Mapping[str, Any], width: int) -> int:
    """What a row's name needs in its lines; nothing where it has one."""
    limit = width * LEFT_SHARE
    if axis.get("type") != "category" or widest_line(names_on(axis), FONT_PX) <= limit:
        return 0
    names = [wrap(name, limit, FONT_PX, most=MOST_LINES) for name in names_on(axis)]
    return max(name.count("<br>") + 1 for name in names) * LINE_PX + LINE_PX // 2


def _height_of_facets(figure: Mapping[str, Any], height: int, columns: int) -> int:
    layout, cells = figure["layout"], find_cells(figure)
    rows_before = ceil(len(cells) / count_columns(layout, cells))
    low, high = ROW_PX
    row_px = min(high, max(low, plot_height(layout, height) / rows_before))
    bars = max(len(names_on(layout[cell.y])) for cell in cells)
    rows = ceil(len(cells) / columns)
    total = facets_height(cells, rows, max(row_px, bars * BAR_PX))
    return round(total + height - plot_height(layout, height))
