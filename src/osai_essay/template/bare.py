"""What an author wrote in bare words: not computed, not claimed, not marked as meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from osai_essay.model import Text
from osai_essay.template.jekyll import BLOCK_TAGS
from osai_essay.template.parse import lex_text
from osai_essay.template.tags import CLAIM, UNBOUND, Token, find_tags, pair_tags

FILLER = "\ufffc"  # stands for what is left out; neither space nor letter, so no words join over it
_NOT_NEWLINE = re.compile(r"[^\n]")


def bare_words(text: Text) -> str:
    """The text's source, of the same length, with filler for all that is not bare words.

    Left out are `{{ }}` and tags, the words of claims and of figures marked as meant, and raw. What
    `{{ }}` prints without a name, such as `{{ 349 }}`, is bare too.
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
    pairs = pair_tags(find_tags(tokens), (CLAIM, UNBOUND, *BLOCK_TAGS))
    taken = [(first.end, last.start) for first, last in pairs]
    for start, end in _words_and_constants(tokens):
        if not any(first <= start < last for first, last in taken):
            yield start, end


def _words_and_constants(tokens: tuple[Token, ...]) -> Iterator[tuple[int, int]]:
    is_raw = False
    printed: list[Token] | None = None
    for token in tokens:
        if token.kind in ("raw_begin", "raw_end"):
            is_raw = token.kind == "raw_begin"
        elif token.kind == "variable_begin":
            printed = []
        elif token.kind == "variable_end":
            yield from _constants(printed or [])
            printed = None
        elif printed is not None:
            printed.append(token)
        elif token.kind == "data" and not is_raw:
            yield token.offset, token.offset + len(token.value)


def _constants(tokens: list[Token]) -> Iterator[tuple[int, int]]:
    """Where constants stand before the filters of an expression that names nothing."""
    before = list(takewhile(lambda token: token.value != "|", tokens))
    if any(token.kind == "name" for token in before):
        return
    for token in before:
        if token.kind in ("integer", "float"):
            yield token.offset, token.offset + len(token.value)
        elif token.kind == "string":
            yield token.offset + 1, token.offset + len(token.value) - 1
