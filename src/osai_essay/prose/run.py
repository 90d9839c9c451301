"""The words of one block while its HTML is written: they become smart once all are known."""

from __future__ import annotations

from osai_essay.prose.pieces import restore_inert
from osai_essay.prose.tags import escape_text
from osai_essay.prose.words import count_words
from osai_essay.punctuation import set_dashes, set_quotes
from osai_essay.struct import Struct


class _Part(Struct):
    """Words; `index` is where in the output they go, None if they stand there already.

    anchor: what stands for them in the anchor of a heading; None: they themselves.
    """

    text: str
    index: int | None
    is_prose: bool
    anchor: str | None = None


class Run:
    """The words of one block, from markup to markup.

    A quote mark must see the letter beside it though a tag stands between, so the words are
    gathered and written when the block ends.
    """

    def __init__(self, out: list[str]) -> None:
        self.words = 0
        self._out = out
        self._parts: list[_Part] = []

    @property
    def has_words(self) -> bool:
        """True if there are words to write."""
        return bool(self._parts)

    def add(self, text: str, anchor: str | None = None) -> None:
        """Words of prose, to be written in the place that is next in the output."""
        if not self._parts and text.isspace():  # between two blocks
            self._out.append(text)
            return
        self._parts.append(_Part(set_dashes(text), len(self._out), True, anchor))
        self._out.append("")

    def pass_by(self, text: str, *, is_prose: bool, anchor: str | None = None) -> None:
        """Words that are in the output already: code, a formula, a number."""
        if text:
            self._parts.append(_Part(text, None, is_prose, anchor))

    def flush(self) -> tuple[str, str]:
        """Write the words; gives back all of them as plain text, and as an anchor has them."""
        parts, self._parts = self._parts, []
        if not parts:
            return "", ""
        joined = set_quotes("".join(part.text for part in parts))
        start = 0
        prose: list[str] = []
        anchors: list[str] = []
        for part in parts:
            text = joined[start : start + len(part.text)]
            start += len(part.text)
            prose.append(text if part.is_prose else " ")
            anchors.append(text if part.anchor is None else part.anchor)
            if part.index is not None:
                self._out[part.index] = escape_text(restore_inert(text))
        self.words += count_words("".join(prose))
        return restore_inert(joined), restore_inert("".join(anchors))
