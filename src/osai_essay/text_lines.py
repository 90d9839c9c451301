"""Offsets in a text as lines and columns, looked up rather than counted each time."""

from __future__ import annotations

from bisect import bisect_right


class TextLines:
    """Where each line of a text begins."""

    def __init__(self, text: str) -> None:
        self._starts = [0]
        at = text.find("\n")
        while at >= 0:
            self._starts.append(at + 1)
            at = text.find("\n", at + 1)

    @property
    def starts(self) -> tuple[int, ...]:
        """The offset at which each line begins."""
        return tuple(self._starts)

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of a character, both from 1."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1
