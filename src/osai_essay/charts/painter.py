"""Pictures drawn in child processes that keep the engine warm, as many as there are cores."""

from __future__ import annotations

import os
import queue
from collections.abc import Mapping
from types import TracebackType
from typing import Any

from osai_essay.charts.engine import PictureError
from osai_essay.charts.png import PngError
from osai_essay.child import Child, ChildError
from osai_essay.model import Picture

MOST_CHILDREN = 4


class Painter:
    """Draws figures and PNGs; may be asked from several threads at once."""

    def __init__(self) -> None:
        self.size = max(1, min(MOST_CHILDREN, os.cpu_count() or 1))
        self._children = [
            Child("osai_essay.charts.worker:open_engine", seconds=60, memory_mb=2048)
            for _ in range(self.size)
        ]
        self._free: queue.SimpleQueue[Child] = queue.SimpleQueue()
        for child in self._children:
            self._free.put(child)

    def start(self) -> None:
        """Start the engines without waiting for them."""
        for child in self._children:
            child.start()

    def draw(
        self, figure: Mapping[str, Any], width: int, height: int, styles: tuple[str, ...]
    ) -> Picture:
        """A figure drawn at a size in px, with these <style> texts. Raises: PictureError."""
        svg = str(self._ask((figure, width, height, styles)))
        return Picture(svg=svg, width=width, height=height)

    def draw_png(self, picture: Picture) -> bytes:
        """A picture as PNG, twice as large. Raises: PictureError, PngError."""
        return bytes(self._ask(picture.svg))

    def _ask(self, request: Any) -> Any:
        child = self._free.get()
        try:
            drawn = child.call(request)
        except ChildError as error:
            if error.kind == "failed":
                raise  # a bug of ours keeps its traceback
            raise PictureError(str(error)) from None
        finally:
            self._free.put(child)
        if isinstance(drawn, PictureError | PngError):
            raise drawn
        return drawn

    def __enter__(self) -> Painter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for child in self._children:
            child.close()
