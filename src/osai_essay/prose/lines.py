"""What a line of Markdown begins, and which lines belong to a list item, a quote, a footnote."""

from __future__ import annotations

import re

from osai_essay.struct import Struct

MARKER = re.compile(r"( *)([-*+]|\d{1,9}[.)])(?:( +)(?=\S)|( *)$)")
HEADING = re.compile(r" {0,3}(#{1,6})(?: +|$)(.*)$")
RULE = re.compile(r" {0,3}([-*_])(?: *\1){2,} *$")
QUOTE = re.compile(r" {0,3}> ?")
UNDERLINE = re.compile(r" {0,3}(=+|-+) *$")
DEFINITION = re.compile(r"( {0,3}):( +)(?=\S)")
FOOTNOTE = re.compile(r" {0,3}\[\^([^\]\s]+)\]: *")
ABBREVIATION = re.compile(r" {0,3}\*\[([^\]]+)\]: *(.*)$")
ATTRIBUTES = re.compile(r" {0,3}\{:(?![:/])([^}\n]*)\} *$")
ATTRIBUTE_NAME = re.compile(r" {0,3}\{:([A-Za-z][\w-]*): ([^}\n]*)\} *$")
_DELIMITERS = re.compile(r" {0,3}\|?(?: *:?-+:? *\|)+(?: *:?-+:? *)?$")
_INTERRUPTING = re.compile(r" {0,3}(?:[-*+]|\d{1,2}[.)]) +\S")

_STARTS = frozenset("#>-*+_[{|0123456789")  # no other character begins a block in a paragraph


def indent_of(line: str) -> int:
    """How many spaces a line begins with."""
    return len(line) - len(line.lstrip(" "))


def is_blank(line: str) -> bool:
    """True if there is nothing on the line."""
    return not line or line.isspace()


def is_table(lines: list[str], index: int) -> bool:
    """True if a table begins here: a row with a bar, then a row of dashes."""
    if index + 1 >= len(lines) or "|" not in lines[index] or "-" not in lines[index + 1]:
        return False
    return bool(_DELIMITERS.match(lines[index + 1]))


def interrupts(lines: list[str], index: int) -> bool:
    """True if this line ends the paragraph above without a blank line between.

    An ordered list does so up to 99, so that a year at a line's start stays in its sentence.
    """
    line = lines[index]
    first = line.lstrip(" ")[:1]
    if first not in _STARTS:
        return is_table(lines, index)
    if indent_of(line) > 3:
        return False
    if first in "#>":
        return bool(HEADING.match(line) if first == "#" else QUOTE.match(line))
    if first in "[{":
        return bool(FOOTNOTE.match(line) if first == "[" else ATTRIBUTES.match(line))
    return bool(
        RULE.match(line)
        or _INTERRUPTING.match(line)
        or ABBREVIATION.match(line)
        or is_table(lines, index)
    )


class Gathered(Struct, frozen=True):
    """The lines of one item, its indentation taken off, and the line after it."""

    lines: list[str]
    next: int
    ends_blank: bool


def gather(lines: list[str], index: int, first: str, *, start: int, width: int) -> Gathered:
    """The lines of a list item, definition or footnote that begins on a line.

    first: what stands behind the marker. start: the marker's column. width: the column of the
    item's text. Lines by two columns or more to the right of the marker belong to it, so nesting
    by 2, 3 or 4 spaces works under any marker; an unindented line continues a paragraph.
    """
    found: list[tuple[int, str]] = [(-1, first)]
    low, blanks, at = width, 0, index + 1
    while at < len(lines):
        line = lines[at]
        if is_blank(line):
            blanks += 1
            at += 1
            continue
        indent = indent_of(line)
        if indent < min(start + 2, width):
            if blanks or is_blank(found[-1][1]) or _begins(lines, at):
                break
            indent, line = -1, line.lstrip(" ")
        else:
            low = min(low, indent)
        found += [(-1, "")] * blanks
        found.append((indent, line))
        blanks, at = 0, at + 1
    kept = [line[min(low, indent) :] if indent >= 0 else line for indent, line in found]
    return Gathered(kept, at, blanks > 0)


def _begins(lines: list[str], index: int) -> bool:
    return bool(MARKER.match(lines[index]) or DEFINITION.match(lines[index])) or interrupts(
        lines, index
    )


def read_quote(lines: list[str], index: int) -> tuple[list[str], int]:
    """The lines of a quote without their marks, and the line after it."""
    found: list[str] = []
    while index < len(lines):
        line = lines[index]
        match = QUOTE.match(line)
        if match:
            found.append(line[match.end() :])
        elif is_blank(line) or not found or is_blank(found[-1]) or _begins(lines, index):
            break
        else:
            found.append(line.lstrip(" "))
        index += 1
    return found, index
