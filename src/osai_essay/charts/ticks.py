"""The words along an axis, as many and as long as there is room for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from math import ceil, floor, log10
from typing import Any

from osai_essay.charts.letters import text_width, widest_line, wrap
from osai_essay.charts.style import FONT_PX

TICK_PX = FONT_PX - 1
GAP_PX = 10  # between two words side by side
LINE_PX = 16
MOST_LINES = 3
LEFT_SHARE = 0.36  # of a picture's width, for the words left of its plot
UPRIGHT_PX = 130
MONTH_PX = 42  # a month above its year, and a gap
MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600)
FEWEST_MONTHS = 2  # below, ticks are days, which Plotly chooses well
FEW = 4  # ticks
MOST = 8
ROOMY_PX = 500  # a plot so wide lets Plotly choose: a reader who zooms in gets new ticks

_DATE = re.compile(r"\d{4}(?:-\d{2}){0,2}(?:[T ].*)?", re.ASCII)
_MONTHS = re.compile(r"M[1-9]\d{0,3}", re.ASCII)


def names_on(axis: Mapping[str, Any]) -> list[str]:
    """The words of an axis of categories as they are shown."""
    return [str(name) for name in axis.get("ticktext") or axis.get("categoryarray") or ()]


def fit_names_left(axis: dict[str, Any], width: float, row_px: float) -> None:
    """Names left of a plot: in lines that leave the plot its room, and no more than fit a row."""
    names, limit = names_on(axis), width * LEFT_SHARE
    if widest_line(names, FONT_PX) > limit:
        most = max(1, min(MOST_LINES, int(row_px // LINE_PX)))
        _show_names(axis, [wrap(name, limit, FONT_PX, most=most) for name in names])
    elif row_px >= LINE_PX - 2 and "tickmode" not in axis:
        axis["dtick"] = 1


def fit_names_below(axis: dict[str, Any], step_px: float) -> float:
    """Names below a plot: in lines as wide as their mark, upright where a word is wider still.

    Returns: the px that upright names need, which Plotly does not reckon with; else 0.
    """
    names = names_on(axis)
    words = [word for name in names for word in name.replace("<br>", " ").split()]
    if widest_line(names, FONT_PX) <= step_px - GAP_PX / 2:
        return 0
    if widest_line(words, FONT_PX) <= step_px - GAP_PX / 2:
        _show_names(axis, [wrap(name, step_px - GAP_PX / 2, FONT_PX) for name in names])
        return 0
    shown = [wrap(name, UPRIGHT_PX, FONT_PX, most=1) for name in names]
    _show_names(axis, shown, every=ceil(LINE_PX / step_px))
    axis["tickangle"] = -90
    return widest_line(shown, FONT_PX) + GAP_PX


def _show_names(axis: dict[str, Any], names: list[str], every: int = 1) -> None:
    values = axis.get("tickvals") or axis.get("categoryarray") or names
    axis.update(tickmode="array", tickvals=list(values)[::every], ticktext=names[::every])
    axis.pop("dtick", None)


def thin_listed(axis: dict[str, Any], plot_px: float) -> None:
    """Of listed ticks as many as have room: two at least, and always the last."""
    values = list(axis.get("tickvals") or ())
    texts = [str(text) for text in axis.get("ticktext") or values]
    if len(values) < 2:
        return
    room = widest_line(texts, TICK_PX) + GAP_PX
    step = max(1, ceil(len(values) * room / plot_px))
    step = min(step, len(values) - 1)
    axis["tickvals"] = values[::-1][::step][::-1]
    if "ticktext" in axis:
        axis["ticktext"] = texts[::-1][::step][::-1]


def thin_powers(axis: dict[str, Any], plot_px: float) -> None:
    """Of the ticks of a log axis the powers of ten alone, where 2 and 5 have no room."""
    pairs = list(zip(axis["tickvals"], axis["ticktext"], strict=False))
    room = widest_line([text for _, text in pairs], TICK_PX) + GAP_PX
    powers = [pair for pair in pairs if round(log10(pair[0]), 6).is_integer()]
    if len(pairs) * room > plot_px and len(powers) > 1:
        pairs = powers
    axis["tickvals"], axis["ticktext"] = ([pair[at] for pair in pairs] for at in (0, 1))
    thin_listed(axis, plot_px)


def thin_numbers(axis: dict[str, Any], values: Sequence[float], plot_px: float) -> None:
    """As many round numbers as have room, yet two of them.

    Plotly counts by a most, which may leave one alone; where there are many, it is let choose, so
    that a reader who zooms gets new ones.
    """
    low, high = min(values), max(values)
    room = plot_px // _number_px(axis, values)
    own = axis.pop("dtick", None)
    if isinstance(own, int | float) and high - low < own * room:
        axis["dtick"] = own
        return
    most = min(MOST, max(2, int(room)))
    if low == high or most > FEW:
        axis["nticks"] = most
        return
    counts = {step: floor(high / step) - ceil(low / step) + 1 for step in _steps(high - low)}
    axis["dtick"] = _best_step(counts, most)


def thin_dates(axis: dict[str, Any], values: Sequence[str], plot_px: float) -> None:
    """The same for the first days of months and years; a step of the author's stays if it fits."""
    dates = [value for value in values if _DATE.fullmatch(value)]
    if not dates:
        return
    most = max(2, int(plot_px // MONTH_PX))
    low, high = _months(min(dates), is_end=False), _months(max(dates), is_end=True)
    own = str(axis.get("dtick", ""))
    if own and (not _MONTHS.fullmatch(own) or high - low < int(own[1:]) * most):
        return
    axis.pop("dtick", None)
    if plot_px >= ROOMY_PX:
        axis["nticks"] = MOST
        return
    if high - low < FEWEST_MONTHS:
        axis["nticks"] = most // 2
        return
    counts = {step: high // step - -(-low // step) + 1 for step in MONTHS}
    step = _best_step(counts, most)
    axis.update(dtick=f"M{step}", tick0="2000-01-01")
    axis["tickformat"] = "%b<br>%Y" if step % 12 else "%Y"


def _best_step(counts: Mapping[Any, int], most: int) -> Any:
    """The step with the most ticks of those that fit; where these are fewer than two, the next."""
    able = {step: count for step, count in counts.items() if count >= 2}
    fitting = {step: count for step, count in able.items() if count <= most}
    return max(fitting, key=fitting.__getitem__) if fitting else max(able, default=min(counts))


def _steps(span: float) -> Iterator[float]:
    """Round numbers from a twentieth of a span to the whole of it."""
    size = floor(log10(span)) - 2
    for exponent in range(size, size + 4):
        for digit in (1, 2, 5):
            step = digit * 10.0**exponent
            if span / 20 <= step <= span:
                yield step


def _months(text: str, *, is_end: bool) -> int:
    """The months from the year 2000 to a date: at its start the next first of a month."""
    year, month, day, *_ = *text[:10].split("-"), "1", "1"
    count = (int(year) - 2000) * 12 + int(month) - 1
    return count if is_end or int(day) == 1 else count + 1


def _number_px(axis: Mapping[str, Any], values: Sequence[float]) -> float:
    shown = f"{axis.get('tickprefix', '')}${max(map(abs, values)):,.3g}{axis.get('ticksuffix', '')}"
    return max(40, text_width(shown, TICK_PX) + 2 * GAP_PX)
