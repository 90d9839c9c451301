"""What a build is doing, on a line of a terminal that goes away when it is done."""

from __future__ import annotations

import sys
import threading
from types import TracebackType

import click

PATIENCE_S = 0.5  # a build that is done before shows nothing
WIDTH = 24  # of the bar, in letters
_CLEAR = "\r\x1b[K"


class Progress:
    """Call it with each step of a build: `progress("charts", 5, 16)`; the first begins it.

    Only a person at a terminal sees it, on stderr: nothing of it is in a pipe, a file or a log.
    """

    def __init__(self, *, patience_s: float = PATIENCE_S) -> None:
        self._is_watched = sys.stderr.isatty()
        self._patience_s = patience_s
        self._line = ""
        self._is_shown = False
        self._lock = threading.Lock()  # the clock has a thread of its own
        self._clock: threading.Timer | None = None  # while there is a build

    def __call__(self, step: str, done: int = 0, total: int = 0) -> None:
        """The build is at a step, and has done so many parts of it; total: 0 where it has none."""
        with self._lock:
            self._line = say_step(step, done, total)
            if self._is_shown:
                self._draw(self._line)
            elif self._is_watched and self._clock is None:
                self._start()

    def end(self) -> None:
        """The build is done, or broken off; there may be another."""
        with self._lock:
            if self._clock:
                self._clock.cancel()
            if self._is_shown:
                self._draw("")
            self._clock, self._is_shown = None, False

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.end()

    def _start(self) -> None:
        self._clock = threading.Timer(self._patience_s, self._show)
        self._clock.daemon = True
        self._clock.start()

    def _show(self) -> None:
        with self._lock:
            if self._clock is threading.current_thread():  # else its build has ended meanwhile
                self._is_shown = True
                self._draw(self._line)

    def _draw(self, line: str) -> None:
        click.echo(f"{_CLEAR}{line}", nl=False, err=True)


def say_step(step: str, done: int, total: int) -> str:
    """A step as it is shown, with a bar where it has parts."""
    if not total:
        return f"{step} ..."
    filled = WIDTH * done // total
    return f"{step} {'█' * filled}{'░' * (WIDTH - filled)} {done}/{total}"
