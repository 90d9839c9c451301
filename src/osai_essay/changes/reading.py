"""Words as a reader sees them: cut into sentences, without Markdown's signs."""

from __future__ import annotations

import re
from collections.abc import Iterator

# private signs stand for a text's numbers until it is cut; whoever reads it puts them there
FIRST_MARK = 0x100000
MARK = re.compile("[\U00100000-\U0010fffd]")

# a line that begins a block of its own
_OPENS = re.compile(r"\s*(?:[-*+>]\s|#{1,6}\s|\||\d{1,3}[.)]\s|\[\^[^\]\n]+\]:|\{:)")
_HEADING = re.compile(r"\s*#{1,6}\s")
_BETWEEN_CELLS = re.compile(r"(?<!\\)\|")
# what ends a sentence, and the quotation marks, brackets and notes that belong to it
_END = re.compile(r"[.!?…](?:[\"'”’»)*_]|\[\^[^\]\n]+\])*\s+")
_OPENING = "\"'“‘«(*_["
# a full stop behind these ends a word alone: U.S., e.g., J., Mr.; and before a figure No., Fig.
_SHORT = re.compile(
    r"(?<!\w)(?:(?:[^\W\d_]\.\s?)*[^\W\d_]|Mr|Mrs|Ms|Dr|Prof|Gen|Gov|Sen|St|vs|cf|al|approx|ca)$"
)
_COUNTS = re.compile(
    r"(?<!\w)(?:Nos?|Nr|Figs?|pp|vol|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)$", re.IGNORECASE
)
_LONGEST = 12  # characters that an abbreviation has at most

_LEAD = re.compile(r"^\s*(?:(?:>\s?|[-*+]\s+|#{1,6}\s+|\d{1,3}[.)]\s+|\[\^[^\]\n]+\]:\s*))+")
_LINK = re.compile(r"!?\[([^\[\]\n]*)\](?:\([^()\n]*\)|\[[^\[\]\n]*\])")
_SIGNS = re.compile(
    r"\\([^\w\s])"  # an escaped sign is itself
    r"|\[\^[^\]\n]+\]|\{[:#.][^{}\n]*\}|`+|\s#+\s*$"
    r"|(?<!\w)[*_]+(?=\S)|(?<=\S)[*_]+(?!\w)"
)
_SPACE = re.compile(r"\s+")


def cut(words: str) -> Iterator[tuple[int, int]]:
    """Where each sentence begins and ends; a row of a table and a heading are one each."""
    for start, end in _blocks(words):
        block = words[start:end]
        for first, last in _ends(block):
            if block[first:last].strip():
                yield start + first, start + last


def _blocks(words: str) -> Iterator[tuple[int, int]]:
    """Paragraphs, items, rows and headings."""
    start = at = 0
    is_whole = False  # whether the line before was a block of its own
    for line in words.split("\n"):
        is_alone = not line.strip() or _is_row(line) or bool(_HEADING.match(line))
        if is_whole or is_alone or _OPENS.match(line):
            yield start, at
            start = at
        is_whole = is_alone
        at += len(line) + 1
    yield start, at


def _is_row(line: str) -> bool:
    return line.lstrip().startswith("|") or " | " in line


def _ends(block: str) -> Iterator[tuple[int, int]]:
    start = 0
    lead = _LEAD.match(block)  # the full stop of an item's number ends nothing
    found = _END.finditer(block, lead.end() if lead else 0)
    for match in () if _is_row(block) else found:
        if _is_end(block, match):
            yield start, match.end()
            start = match.end()
    yield start, len(block)


def _is_end(block: str, match: re.Match[str]) -> bool:
    """False behind an abbreviation, and before what goes on in small letters or with a digit."""
    after = block[match.end() : match.end() + 1]
    if not (after in _OPENING or after.isupper() or MARK.match(after)):
        return False
    before = block[max(0, match.start() - _LONGEST) : match.start()]
    if match[0][0] != "." or not match[0][1:].isspace():
        return True
    return not (_SHORT.search(before) or (MARK.match(after) and _COUNTS.search(before)))


def bare(piece: str) -> str:
    """A sentence without Markdown's signs; the cells of a row side by side."""
    piece = _LEAD.sub("", piece).strip()
    if _is_row(piece):
        cells = _BETWEEN_CELLS.split(piece.removeprefix("|").removesuffix("|"))
        return " · ".join(map(_clean, cells))
    return _clean(piece)


def _clean(words: str) -> str:
    shown = _SIGNS.sub(lambda sign: sign[1] or "", _LINK.sub(r"\1", words))
    return _SPACE.sub(" ", shown).strip()
