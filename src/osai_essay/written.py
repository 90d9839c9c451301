"""Where a text stands in its file that YAML has set in, broken or written with escapes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from osai_essay.problem import TextWhere, Where
from osai_essay.text_lines import TextLines

_WORD = re.compile(r"\S+")


def where_text(place: Where, style: str | None, text: str, written: str) -> Where:
    """The place of a scalar's text, and by it that of each word within.

    place: of what is written. style: its quote, `|` or `>`; None for plain words.
    """
    begin, *first = _begin(style, text, written)
    start = place.within(*first)
    if "\n" not in written and written.startswith(text, begin):
        return start
    lines = TextLines(written)
    runs = [(at, place.within(*lines.place(found))) for at, found in _runs(text, written, begin)]
    return TextWhere(
        file=start.file,
        line=start.line,
        column=start.column,
        lines=TextLines(text).starts,
        runs=tuple((at, where.line or 1, where.begin) for at, where in runs),
    )


def _begin(style: str | None, text: str, written: str) -> tuple[int, int, int]:
    """Where in what is written of a scalar its text begins: offset, line and column."""
    if style not in ("|", ">"):
        return (1, 1, 2) if style else (0, 1, 1)
    below = written.find("\n") + 1 or len(written)  # without a line there is no text
    indent = _blanks(written[below:]) - _blanks(text)  # what is set in further is the text's own
    return below + indent, 2, 1 + indent


def _blanks(text: str) -> int:
    """The blanks at the beginning of the first line that has more than blanks."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    return len(first) - len(first.lstrip(" "))


def _runs(text: str, written: str, begin: int) -> Iterator[tuple[int, int]]:
    """Where the pieces of a text begin, in it and as it is written, but for the first at `begin`.

    Between its words what is written may have more: breaks, blanks, escapes. A word that holds an
    escape is found nowhere, and counts to the piece before it.
    """
    shift, at = begin, begin
    for word in _WORD.finditer(text):
        found = written.find(word[0], at)
        if found < 0:
            continue
        if found - word.start() != shift:
            shift = found - word.start()
            yield word.start(), found
        at = found + len(word[0])
