"""Straight quotes, double hyphens and three dots as a printer sets them."""

from __future__ import annotations

import re

_DASHES = re.compile(r"(?<!-)(---?)(?!-)")
_OPEN_BEFORE = frozenset("([{<-\u2013\u2014/\u201c\u2018\u00ab|=\u00a1\u00bf")
_QUOTE = re.compile("[\"']")
_DECADE = re.compile(r"'\d\d(s?)(?!\w)")
_CONTRACTION = re.compile(r"'(?:tis|twas|twere|twill|em|til|till|cause|bout|round|n)\b", re.I)
_LATER_CLOSE = re.compile(r"[^\s(\[{]'(?!\w)")


def typeset(text: str) -> str:
    """A plain text, such as a title, as prose is set."""
    return set_quotes(set_dashes(text))


def set_dashes(text: str) -> str:
    """Text with `--`, `---` and `...` as dashes and an ellipsis."""
    if "--" in text:
        text = _DASHES.sub(lambda m: "\u2014" if len(m[1]) == 3 else "\u2013", text)
    return text.replace("...", "\u2026") if "..." in text else text


def set_quotes(text: str) -> str:
    """Text with curly quotes and apostrophes, as long as before.

    text: a whole block's words, markup left out, so that each quote sees its neighbours.
    """
    if '"' not in text and "'" not in text:
        return text
    chars = list(text)
    for match in _QUOTE.finditer(text):
        index = match.start()
        before = chars[index - 1] if index else ""
        after = text[index + 1 : index + 2]
        is_open = _may_open(before) and bool(after) and not after.isspace()
        if match[0] == '"':
            chars[index] = "\u201c" if is_open else "\u201d"
        else:
            is_open = is_open and not _is_apostrophe(text, index)
            chars[index] = "\u2018" if is_open else "\u2019"
    return "".join(chars)


def _may_open(before: str) -> bool:
    return not before or before.isspace() or before in _OPEN_BEFORE


def _is_apostrophe(text: str, index: int) -> bool:
    """True for the mark of what was left out: 'tis, the '90s."""
    if _CONTRACTION.match(text, index):
        return True
    decade = _DECADE.match(text, index)
    if not decade:
        return False
    return bool(decade[1]) or not _LATER_CLOSE.search(text, index + 1, index + 200)
