"""The sentence around a piece of finished HTML."""

from __future__ import annotations

import re

from osai_essay.prose.elements import BREAKING
from osai_essay.prose.words import plain_text

_BLOCK = re.compile(rf"</?(?:{'|'.join(sorted(BREAKING))})\b[^<>]*>", re.IGNORECASE)
_NOTE = re.compile(r"<sup\b.*?</sup>|<a\b[^<>]*doc-backlink.*?</a>", re.DOTALL)
_END = re.compile(r"(?<=[.!?])[”’)]*\s+(?=[“‘(\x01]?[A-Z\d“‘\x01])")
_FAR = 4000  # letters of HTML; no sentence is so long
_MARK = "\x01"  # no finished HTML holds it


def sentence_around(html: str, start: int, end: int) -> tuple[str, str, str]:
    """The sentence, or sentences, in which html[start:end] stands in its block, as plain text.

    Returns: what is before it, its own words, what is behind it.
    """
    near = max(0, start - _FAR)
    before = max((match.end() for match in _BLOCK.finditer(html, near, start)), default=near)
    behind = _BLOCK.search(html, end)
    after = behind.start() if behind else len(html)
    block = _MARK.join((html[before:start], html[start:end], html[end:after]))
    words = plain_text(_NOTE.sub("", block))
    first, last = words.find(_MARK), words.rfind(_MARK)
    cuts = [match.end() for match in _END.finditer(words)]
    begin = max((cut for cut in cuts if cut <= first), default=0)
    stop = min((cut for cut in cuts if cut > last), default=len(words))
    return words[begin:first].lstrip(), words[first + 1 : last], words[last + 1 : stop].rstrip()
