"""The picture engine's side of a child process: figures drawn as SVG, SVG drawn as PNG."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from osai_essay.charts.engine import PictureError, warm_up
from osai_essay.charts.picture import draw_svg
from osai_essay.charts.png import PngError, draw_png

Request = tuple[Mapping[str, Any], int, int, tuple[str, ...]] | str


def open_engine() -> Callable[[Request], str | bytes | PictureError | PngError]:
    """Starts the engine; gives the function that draws a figure, or a picture's SVG as PNG."""
    warm_up()
    return _draw


def _draw(request: Request) -> str | bytes | PictureError | PngError:
    try:
        return draw_png(request) if isinstance(request, str) else draw_svg(*request)
    except (PictureError, PngError) as error:
        return error
