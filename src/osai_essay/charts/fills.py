"""Fills and the words that lie on them: told apart by gaps, read in both schemes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, repeat
from typing import Any

from osai_essay.charts.bars import has_stacks
from osai_essay.charts.style import (
    CLEAR,
    INK,
    LEAST_CONTRAST,
    PALETTE,
    PAPER,
    QUIET,
    WASH,
    WORDS,
    dark_forms,
    words_on,
)
from osai_essay.charts.traces import (
    BARS,
    HEATS,
    POINTS,
    SLICES,
    TREES,
    colors_of,
    has_words,
    inner,
    mode_of,
    opacity_of,
    scale_of,
    type_of,
)
from osai_essay.colors import contrast, read_color
from osai_essay.model import Config

LEAST_PX = 10


def style_fills(figure: dict[str, Any]) -> None:
    """What fills have by themselves: a colour a branch, and the page between neighbours."""
    for trace in figure["data"]:
        kind = trace["type"]
        if kind in SLICES + TREES and not inner(trace, "marker", "colors"):
            trace.setdefault("marker", {})["colors"] = _part_fills(trace)
        if kind in TREES:
            trace["root"] = {"color": CLEAR}
        if gap := _gap_px(trace, figure):
            trace.setdefault("marker", {})["line"] = {"color": PAPER, "width": gap}
        if kind == "parcats" and "coloraxis" not in figure["layout"]:
            trace.setdefault("line", {})["color"] = WASH


def _gap_px(trace: Mapping[str, Any], figure: Mapping[str, Any]) -> float:
    """How far neighbours stand apart: a hair where bars lie on bars, for a thin one is seen too."""
    kind = trace["type"]
    if kind in SLICES + TREES or isinstance(inner(trace, "marker", "size"), list):
        return 1
    is_mixed = len(figure["data"]) > 1 and kind in ("histogram", "barpolar")
    names = "y" if trace.get("orientation") == "h" else "x"
    return 0.5 if is_mixed or (kind == "bar" and has_stacks(figure, names)) else 0


def _part_fills(trace: Mapping[str, Any]) -> list[str]:
    """The colour of each slice, or of the branch that a part of a tree belongs to.

    Plotly would choose some as it draws: then nothing could say which words they bear.
    """
    branches = _branches(trace) if trace["type"] in TREES else _slices(trace)
    names = dict.fromkeys(name for name in branches if name is not None)
    colors = dict(zip(names, chain(PALETTE, repeat(QUIET)), strict=False))
    return [CLEAR if name is None else colors[name] for name in branches]


def _slices(trace: Mapping[str, Any]) -> list[str]:
    names = trace.get("labels") or range(len(trace.get("values") or ()))
    return [str(name) for name in names]


def _branches(trace: Mapping[str, Any]) -> list[str | None]:
    """For each part its ancestor among the branches; None for a root above them all."""
    ids = [str(each) for each in trace.get("ids") or trace["labels"]]
    above = dict(zip(ids, (str(parent or "") for parent in trace["parents"]), strict=False))
    lines = [list(_ancestry(each, above)) for each in ids]
    depth = 2 if len({line[-1] for line in lines}) == 1 else 1
    return [line[-depth] if len(line) >= depth else None for line in lines]


def _ancestry(part: str, above: Mapping[str, str]) -> Iterator[str]:
    """A part, what it is in, and so on; ended where an author's names run in a circle."""
    for _ in above:
        yield part
        part = above.get(part, "")
        if not part:
            return


def set_words(figure: dict[str, Any]) -> None:
    """Words above points and level on bars, none cut at an edge, none too small to be read."""
    for trace in figure["data"]:
        kind = type_of(trace)
        if kind in POINTS and "text" in mode_of(trace):
            trace.update(textposition="top center", cliponaxis=False)
        if kind in BARS and has_words(trace):
            trace.update(textangle=0, cliponaxis=False)
        if kind == "pie":
            trace.update(insidetextorientation="horizontal", automargin=True)
        if kind in BARS + SLICES + TREES:
            figure["layout"].setdefault("uniformtext", {"minsize": LEAST_PX, "mode": "hide"})


def color_words(figure: dict[str, Any], config: Config) -> None:
    """Words on fills: white or black, whichever can be read, in the light and in the dark.

    Those that have a colour keep it. A Python chart's, too, for its fills may change in the dark.
    """
    forms = dark_forms(config)
    layout = figure["layout"]
    for order, trace in enumerate(figure["data"]):
        fonts = _fonts(trace)
        if not fonts or any(inner(trace, font, "color") for font in (*fonts, "textfont")):
            continue
        fills = inner(trace, "marker", "colors") or colors_of(trace, order, layout)
        words = _words(fills, opacity_of(trace), forms) or _words_on_scale(scale_of(trace, layout))
        if words:
            trace.setdefault(fonts[0], {})["color"] = words
        for font in fonts[1:]:
            trace.setdefault(font, {})["color"] = INK


def _fonts(trace: Mapping[str, Any]) -> tuple[str, ...]:
    """The font of the words on a trace's fills, then that of words beside them, if it has any."""
    kind = type_of(trace)
    if kind == "pie" or (kind in BARS and has_words(trace)):
        return "insidetextfont", "outsidetextfont"
    if kind in (*SLICES, *TREES) or (kind in HEATS and has_words(trace)):
        return ("textfont",)
    return ()


def _words(fills: Any, opacity: float, forms: Mapping[str, str]) -> str | list[str] | None:
    """For one colour or a list of them; None where they are numbers on a scale."""
    if isinstance(fills, str):
        return words_on(fills, forms, opacity=opacity)
    if isinstance(fills, list) and all(isinstance(fill, str) for fill in fills):
        return [words_on(fill, forms, opacity=opacity) for fill in fills]
    return None


def _words_on_scale(stops: tuple[str, ...]) -> str | None:
    """Black or white where it can be read on the whole scale, which is the same in the dark."""
    known = [color[0] for stop in stops if (color := read_color(stop))]
    for words, is_white in ((0.0, False), (1.0, True)):
        if known and all(contrast((words,) * 3, stop) >= LEAST_CONTRAST for stop in known):
            return WORDS[is_white, is_white]
    return None
