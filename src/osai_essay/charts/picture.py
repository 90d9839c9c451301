"""A figure as a picture: one pure function, for a child process to call."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from osai_essay.charts.engine import run_engine
from osai_essay.charts.svg import clean_svg


def draw_svg(figure: Mapping[str, Any], width: int, height: int, styles: Iterable[str] = ()) -> str:
    """The picture of a figure of plain values at width x height px; same figure, same bytes.

    figure: as `make_figure` gives it; `layout.meta` may hold title and alt.
    styles: what changes its colours in the dark, see `dark`.
    Raises: PictureError where the engine cannot draw it.
    """
    drawn = run_engine(figure, width, height)
    meta = figure["layout"].get("meta")
    return clean_svg(drawn, meta if isinstance(meta, Mapping) else {}, width, height, styles)
