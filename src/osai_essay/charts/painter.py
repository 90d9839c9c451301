"""Charts drawn in child processes: one makes figures, others draw them, one a core, four at most.

Plotly takes a second to load, the picture engine a fifth of one; making a figure takes a tenth of
the time that drawing its pictures does. So one child has Plotly, and the others the engine.
"""

from __future__ import annotations

import os
import queue
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Any, TypeVar

from osai_essay.charts.order import Order, Painted, PictureError
from osai_essay.charts.programs import Program, Programs, Ran
from osai_essay.child import Child, ChildError

MOST_CHILDREN = 4

Drawn = TypeVar("Drawn")


class Painter:
    """Draws charts and runs those in Python; may be asked from several threads at once."""

    def __init__(self) -> None:
        size = max(1, min(MOST_CHILDREN, os.cpu_count() or 1))
        self._threads = ThreadPoolExecutor(size + 1)  # one more waits for a free child
        self._programs = Programs()
        self._sketcher = Child("osai_essay.charts.worker:open_plotly", seconds=60, memory_mb=2048)
        self._children = [
            Child("osai_essay.charts.worker:open_engine", seconds=60, memory_mb=2048)
            for _ in range(size)
        ]
        self._free: queue.SimpleQueue[Child] = queue.SimpleQueue()
        for child in self._children:
            self._free.put(child)

    def start(self) -> None:
        """Start all without waiting for them."""
        self._sketcher.start()
        for child in self._children:
            child.start()

    def begin(self, make: Callable[[], Drawn]) -> Future[Drawn]:
        """Call this beside what the caller does next, as soon as those begun before are done."""
        return self._threads.submit(make)

    def draw(self, order: Order) -> Painted:
        """A chart with its pictures; None with an error.

        Raises: PictureError where a child gave up on it.
        """
        sketched, found = (order, ()) if order.figure else _ask(self._sketcher, order)
        if sketched is None:
            return None, found
        chart, more = self._paint(sketched)
        return chart, (*found, *more)

    def _paint(self, order: Order) -> Painted:
        child = self._free.get()
        try:
            drawn: Painted = _ask(child, order)
        finally:
            self._free.put(child)
        return drawn

    def run(self, program: Program) -> Ran:
        """What a chart in Python makes."""
        return self._programs.run(program)

    def __enter__(self) -> Painter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._threads.shutdown(cancel_futures=True)
        self._programs.close()
        for child in (self._sketcher, *self._children):
            child.close()


def _ask(child: Child, order: Order) -> Any:
    """Raises: PictureError where the child gave no reply."""
    try:
        return child.call(order)
    except ChildError as error:
        raise PictureError(str(error)) from None
