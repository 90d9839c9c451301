"""The picture engine's side of a child process: figure, width, height -> SVG, or why not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from osai_essay.charts.engine import PictureError, warm_up
from osai_essay.charts.picture import draw_svg

Request = tuple[Mapping[str, Any], int, int]


def open_engine() -> Callable[[Request], str | PictureError]:
    """Starts the engine; gives the function that draws."""
    warm_up()
    return _draw


def _draw(request: Request) -> str | PictureError:
    figure, width, height = request
    try:
        return draw_svg(figure, width, height)
    except PictureError as error:
        return error
