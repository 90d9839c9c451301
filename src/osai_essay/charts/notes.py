"""The author's words at points of a plot, kept inside the picture."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from math import log10
from typing import Any

from osai_essay.charts.ends import is_end_label
from osai_essay.charts.letters import widest_line
from osai_essay.charts.style import FONT_PX

ARROW_PX = 22  # from a point to its note
LINE_PX = 16

# How much of a note lies left and right of its point, by its anchor.
SHARES = {"auto": (0.5, 0.5), "center": (0.5, 0.5), "left": (0.0, 1.0), "right": (1.0, 0.0)}


def room_above(figure: Mapping[str, Any], plot_px: float) -> int:
    """The px that notes need above a plot so many px high, where nothing else may stand."""
    notes = figure["layout"].get("annotations", ())
    return max((_above(figure, note, plot_px) for note in notes), default=0)


def _above(figure: Mapping[str, Any], note: Mapping[str, Any], plot_px: float) -> int:
    if not note.get("showarrow") or not note.get("text"):
        return 0
    height: int = ARROW_PX + LINE_PX * (str(note["text"]).count("<br>") + 1)
    share = _share_along(figure, note, "y")
    below_top = 0.0 if share is None else 1 - share
    if share is not None and figure["layout"].get("yaxis", {}).get("autorange") == "reversed":
        below_top = 1 - below_top
    return max(0, round(height - below_top * plot_px))


def place_notes(figure: dict[str, Any], left_px: float, plot_px: float, right_px: float) -> None:
    """Turn a note that would leave the picture to the other side of its point.

    left_px, right_px: the room beside the plot.
    """
    for note in figure["layout"].get("annotations", ()):
        at = _share_along(figure, note, "x")
        if at is None or is_end_label(note) or not note.get("text"):
            continue
        size = widest_line([note["text"]], note.get("font", {}).get("size", FONT_PX))
        rooms = left_px + at * plot_px, (1 - at) * plot_px + right_px
        wanted = note.get("xanchor", "auto")
        note["xanchor"] = min((wanted, *SHARES), key=lambda anchor: _outside(anchor, size, rooms))


def _outside(anchor: str, size: float, rooms: tuple[float, float]) -> float:
    """How many px of a note lie outside the picture."""
    parts = zip(SHARES.get(anchor, (0.5, 0.5)), rooms, strict=True)
    return sum(max(0.0, share * size - room) for share, room in parts)


def _share_along(figure: Mapping[str, Any], note: Mapping[str, Any], letter: str) -> float | None:
    """How far along an axis of its plot a note stands, 0 to 1; None where that cannot be told."""
    if note.get(f"{letter}ref", letter) != letter or note.get(letter) is None:
        return None
    axis, at = figure["layout"].get(f"{letter}axis", {}), note[letter]
    if axis.get("type") == "category":
        names = list(axis.get("categoryarray") or ())
        return _share_of_name(figure, names.index(at), len(names)) if at in names else None
    items = axis.get("range") or _items(figure, letter)
    places = [place for item in items if (place := _number(item)) is not None]
    if axis.get("type") == "log" and "range" not in axis:
        places = [log10(place) for place in places if place > 0]
    here = _number(at)
    if here is None or not places or max(places) == min(places):
        return None
    return min(1.0, max(0.0, (here - min(places)) / (max(places) - min(places))))


def _share_of_name(figure: Mapping[str, Any], place: int, count: int) -> float:
    """Where a name lies on its axis: points begin near the edges, other marks half a step in."""
    if count > 1 and all(trace.get("type") == "scatter" for trace in figure["data"]):
        return 0.06 + 0.88 * place / (count - 1)
    return (place + 0.5) / count


def _items(figure: Mapping[str, Any], letter: str) -> list[Any]:
    found = (trace.get(letter) for trace in figure["data"])
    return [item for items in found if isinstance(items, list) for item in items]


def _number(value: Any) -> float | None:
    """A number, or a date as a count of days; None for anything else."""
    if isinstance(value, int | float):
        return float(value)
    year, month, day, *_ = *str(value)[:10].split("-"), "1", "1"
    try:
        return float(date(int(year), int(month), int(day)).toordinal())
    except ValueError:
        return None
