"""What an author wrote in bare words: not computed, not claimed, not marked as meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from osai_essay.model import Text
from osai_essay.template.parse import lex_text
from osai_essay.template.tags import CLAIM, UNBOUND, Token, find_tags

FILLER = "\ufffc"  # stands for what is left out; neither space nor letter, so no words join over it
_NOT_NEWLINE = re.compile(r"[^\n]")


def bare_words(text: Text) -> str:
    """The text's source, of the same length, with filler for all that is not bare words.

    Left out are `{{ }}` and tags, the words of claims and of figures marked as meant, and raw.
    """
    if text.tree is None:
        return text.source
    tokens = lex_text(text.source)
    out, done = [], 0
    for start, end in _bare_ranges(tokens):
        out += [_NOT_NEWLINE.sub(FILLER, text.source[done:start]), text.source[start:end]]
        done = end
    return "".join([*out, _NOT_NEWLINE.sub(FILLER, text.source[done:])])


def _bare_ranges(tokens: tuple[Token, ...]) -> Iterator[tuple[int, int]]:
    """Where data stands that is neither raw nor within one of our tags, which nest in nothing."""
    house = [tag for tag in find_tags(tokens) if tag.name.removeprefix("end") in (CLAIM, UNBOUND)]
    taken = [(first.end, last.start) for first, last in zip(house[::2], house[1::2], strict=True)]
    is_raw = False
    for token in tokens:
        if token.kind in ("raw_begin", "raw_end"):
            is_raw = token.kind == "raw_begin"
        is_bare = token.kind == "data" and not is_raw
        if is_bare and not any(start <= token.offset < end for start, end in taken):
            yield token.offset, token.offset + len(token.value)
