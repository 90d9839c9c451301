"""Where words of a text stand in its file, which YAML may have broken into other lines."""

from __future__ import annotations

from collections.abc import Sequence

from osai_essay.model import Text
from osai_essay.problem import Where
from osai_essay.struct import replace
from osai_essay.text_lines import TextLines


class FilePlaces:
    """A text laid beside the file it was read from; lines: of that file."""

    def __init__(self, text: Text, lines: Sequence[str]) -> None:
        self._text = text
        self._first = text.where.line or 1
        self._rest = "\n".join(lines[self._first - 1 :])
        self._offsets = _align(text.source, self._rest, (text.where.column or 1) - 1)
        self._lines = TextLines(self._rest)

    def at(self, offset: int, words: str) -> Where:
        """The place of words that begin at an offset; the text's own where it cannot be told.

        Its width is that of their first line.
        """
        span = self._offsets[offset : offset + len(words)]
        found = self._rest[span[0] : span[-1] + 1] if span else ""
        if found.split() != words.split():
            return self._text.where
        line, column = self._lines.place(span[0])
        width = len(found.partition("\n")[0].rstrip())
        return replace(self._text.where, line=self._first + line - 1, column=column, width=width)


def _align(source: str, rest: str, at: int) -> list[int]:
    """Where each character of a source stands behind `at`; shorter where one is not found.

    They stand there in the same order, with nothing between them but what YAML takes out: breaks,
    indentation, escapes.
    """
    offsets: list[int] = []
    for char in source:
        if char.isspace():
            offsets.append(at)
            continue
        at = rest.find(char, at)
        if at < 0:
            break
        offsets.append(at)
        at += 1
    return offsets
