"""The private-use characters that stand for finished HTML while Markdown is read.

U+F0000.. are the caller's slots. U+100000.. are ours: code, formulas and raw HTML taken out before
Markdown sees them. U+10F000.. are ASCII characters an author escaped, which stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from osai_essay.model import Slot
from osai_essay.struct import Struct

FIRST_OWN = 0x100000
FIRST_INERT = 0x10F000
SLOT = re.compile("[\U000f0000-\U0010efff]")
REPLACEMENT = "\ufffd"

_PRIVATE = re.compile("[\U000f0000-\U0010ffff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_INERT = re.compile("[\U0010f000-\U0010f07f]")

Kind = Literal["given", "code", "math", "html", "tag"]  # tag: half of a raw HTML block


class TooManyPiecesError(Exception):
    """There are more pieces of code, formulas and raw HTML than private-use characters."""


class Piece(Struct, frozen=True, kw_only=True):
    """What one private-use character stands for."""

    html: str
    text: str
    anchor: str
    is_block: bool
    kind: Kind


class Pieces:
    """The pieces of one essay: those it was given and those taken out of its Markdown."""

    def __init__(self, slots: Mapping[str, Slot]) -> None:
        self._by_char = {
            char: Piece(
                html=slot.html,
                text=slot.text,
                anchor=slot.anchor or slot.text,
                is_block=slot.is_block,
                kind="given",
            )
            for char, slot in slots.items()
        }
        self.has_html = False  # raw HTML among those taken out
        self._next = FIRST_OWN

    def put(self, html: str, text: str, kind: Kind, *, is_block: bool) -> str:
        """The character that now stands for this HTML."""
        if self._next >= FIRST_INERT:
            raise TooManyPiecesError
        char = chr(self._next)
        self._next += 1
        self.has_html |= kind in ("html", "tag")
        self._by_char[char] = Piece(html=html, text=text, anchor=text, is_block=is_block, kind=kind)
        return char

    def get(self, char: str) -> Piece | None:
        """What a character stands for, None for an ordinary one."""
        return self._by_char.get(char)

    def is_block(self, line: str) -> bool:
        """True if a line is one block piece and nothing else."""
        char = line.strip()
        piece = self._by_char.get(char) if len(char) == 1 else None
        return piece is not None and piece.is_block

    def to_text(self, text: str) -> str:
        """The text with every piece as its words."""
        return SLOT.sub(self._words, text)

    def _words(self, match: re.Match[str]) -> str:
        piece = self._by_char.get(match[0])
        return piece.text if piece else ""

    def clean(self, source: str) -> str:
        """The source without characters that would be mistaken for ours; its length is kept."""
        if _CONTROL.search(source):
            source = _CONTROL.sub(REPLACEMENT, source)
        if source.isascii():
            return source
        return _PRIVATE.sub(lambda m: m[0] if m[0] in self._by_char else REPLACEMENT, source)


def inert(char: str) -> str:
    """A stand-in for an ASCII character that must stay as it is: no smart quote, no dash."""
    return chr(FIRST_INERT + ord(char)) if char.isascii() else char


def restore_inert(text: str) -> str:
    """The text with escaped characters back in place."""
    if text.isascii():
        return text
    return _INERT.sub(lambda m: chr(ord(m[0]) - FIRST_INERT), text)


def drop_private(text: str) -> str:
    """The text without private-use characters, wherever they came from."""
    return text if text.isascii() else _PRIVATE.sub(REPLACEMENT, text)
