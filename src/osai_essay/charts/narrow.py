"""A figure laid out again for a phone: labels in shorter lines, room for numbers, fewer ticks."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from typing import Any

from osai_essay.charts.labels import LETTER_PX, is_end_label, range_of, wrap

END_LABEL_LETTERS = 16
NOTE_LETTERS = 20
TICK_PX = 55
YEAR_PX = 42
SLACK = 1.08  # a reader's own font may be wider than the one measured with
SECOND_LINE_PX = 14
_TAG = re.compile(r"<[^>]*>")


def fit_narrow(figure: Mapping[str, Any], width: int) -> dict[str, Any]:
    """The same figure for a picture so many px wide; the figure given stays as it is."""
    narrow: dict[str, Any] = copy.deepcopy(dict(figure))
    layout = narrow["layout"]
    _shorten_notes(layout)
    plot_px = max(80.0, width - layout.get("margin", {}).get("r", 16) - _left_px(narrow))
    _make_room_for_numbers(narrow, plot_px)
    for name, axis in layout.items():
        if name.startswith("xaxis"):
            _thin_ticks(axis, plot_px / _columns(layout))
    return narrow


def _shorten_notes(layout: dict[str, Any]) -> None:
    """Labels at line ends in two lines, with a margin to match; notes of the author likewise."""
    widest = 0
    for note in layout.get("annotations", ()):
        if note.get("showarrow"):
            note["text"] = _rewrap(note.get("text", ""), NOTE_LETTERS)
        elif is_end_label(note):
            note["text"] = _rewrap(note["text"], END_LABEL_LETTERS)
            widest = max(widest, _longest_line(note["text"]))
    if widest:
        layout["margin"]["r"] = round(widest * LETTER_PX * SLACK) + 14
    if any(note.get("showarrow") for note in layout.get("annotations", ())):
        layout["margin"]["t"] += SECOND_LINE_PX


def _rewrap(text: str, letters: int) -> str:
    return wrap(str(text).replace("<br>", " "), letters)


def _longest_line(text: str) -> int:
    return max(len(_TAG.sub("", line)) for line in text.split("<br>"))


def _left_px(figure: Mapping[str, Any]) -> float:
    """About how wide the words left of the plot are."""
    axis = figure["layout"].get("yaxis", {})
    if axis.get("type") != "category":
        return 8 * LETTER_PX
    names = {str(item) for trace in figure["data"] for item in trace.get("y") or ()}
    return max((_longest_line(name) for name in names), default=0) * LETTER_PX + 14


def _columns(layout: Mapping[str, Any]) -> int:
    """How many plots stand side by side."""
    starts = {
        round(axis.get("domain", [0])[0], 2)
        for name, axis in layout.items()
        if name.startswith("xaxis")
    }
    return max(1, len(starts))


def _make_room_for_numbers(figure: dict[str, Any], plot_px: float) -> None:
    """Bars that lie down end early enough for the numbers behind them."""
    bars = [trace for trace in figure["data"] if _has_numbers_behind(trace)]
    if not bars:
        return
    longest = max(_longest_line(text) for trace in bars for text in trace["text"] or [""])
    taken = min(0.6, (longest * LETTER_PX + 8) / plot_px)
    for name, axis in figure["layout"].items():
        if name.startswith("xaxis") and (ends := range_of(axis)):
            top = max((v for t in bars for v in t["x"] if isinstance(v, int | float)), default=0)
            axis["range"] = [ends[0], max(ends[1], top / (1 - taken))]


def _has_numbers_behind(trace: Mapping[str, Any]) -> bool:
    is_outside = trace.get("textposition") == "outside" and trace.get("orientation") == "h"
    return is_outside and isinstance(trace.get("text"), list)


def _thin_ticks(axis: dict[str, Any], plot_px: float) -> None:
    """As many ticks as have room; the last of listed years always stays."""
    if axis.get("tickmode") == "array":
        values = list(axis.get("tickvals") or ())
        step = max(1, -(-len(values) * YEAR_PX // int(plot_px)))
        axis["tickvals"] = values[::-1][::step][::-1]
    elif axis.get("type") == "log":
        axis["dtick"] = 2 if axis.get("dtick") == 1 else axis.get("dtick")
    elif axis.get("type") != "category":
        axis["nticks"] = max(2, int(plot_px // TICK_PX))
