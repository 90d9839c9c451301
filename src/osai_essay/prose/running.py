"""The running text of a Markdown source: what its author says, in his own words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from osai_essay.prose.elements import NOT_PROSE
from osai_essay.prose.formulas import find_formulas
from osai_essay.prose.masks import (
    blank,
    blank_ranges,
    find_code_blocks,
    find_code_spans,
    find_comments,
)

_ELEMENTS = "|".join(sorted(NOT_PROSE | {"script", "style", "blockquote", "q"}))
_MARK = r"[ \t]*(?:[-*+][ \t]+|\d{1,9}[.)][ \t]+)*"  # what a line may begin with before its words


def _between(opening: str, closing: str) -> str:
    """Words from one mark of a set to one of another, within one paragraph."""
    words = rf"(?=\S)(?:[^{opening}{closing}\n]|\n(?![ \t]*\n))*"
    return rf"(?<![A-Za-z0-9])[{opening}]{words}[{closing}](?![A-Za-z0-9])"


# In this order: a quotation is looked for in what is left once addresses and tags are gone.
_NOT_RUNNING: Mapping[str, re.Pattern[str]] = MappingProxyType({
    name: re.compile(pattern, flags)
    for name, pattern, flags in (
        ("element", rf"<({_ELEMENTS})\b[^<>]*>(?:(?!<\1\b).)*?</\1\s*>", re.DOTALL | re.IGNORECASE),
        ("tag or <address>", r"</?[A-Za-z][^<>]*>", 0),
        ("[name]: address", r"^ {0,3}\[(?!\^)[^\]\n]+\]:.*$", re.MULTILINE),
        ("](address)", r"\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)", 0),
        ("][name]", r"\]\[[^\]\n]*\]", 0),
        ("bare address", r"\b(?:https?://|www\.)[^\s<>]+|[\w.+-]{1,64}@[\w-]+\.[\w.-]+", 0),
        ("footnote's mark", r"\[\^[^\[\]\n]+\]:?", 0),
        ("attribute list", r"\{[:#.][^{}\n]*\}", 0),
        ("character reference", r"&#?\w{1,31};", 0),
        ("block quote", rf"^{_MARK}>.*(?:\n(?![ \t]*$).+)*", re.MULTILINE),
        ("number of an item", r"^[ \t]*\d{1,9}[.)](?=[ \t])", re.MULTILINE),
        ("number of a section", r"^#{1,6}[ \t]+\d+(?:[.)]|(?:\.\d+)+\.?)(?=[ \t])", re.MULTILINE),
        ('"words"', _between('"', '"'), 0),
        ("“words”", _between("“„", "“”"), 0),
        ("‘words’", _between("‘", "’"), 0),
        ("«words»", _between("«»", "«»"), 0),
        ("「words」", _between("「『", "」』"), 0),
    )
})  # fmt: skip


def running_text(source: str, *, math: bool = False) -> str:
    """The source, of the same length, with spaces for all that is not its author's own prose.

    Left out are code, formulas, comments, tags, addresses, quotations, marks of footnotes and the
    numbers of items and sections. math: `$...$` is a formula.
    """
    fences, indented = find_code_blocks(source)
    code = sorted([(fence.start, fence.end) for fence in fences] + indented)
    seen = blank_ranges(source, code)
    seen = blank_ranges(seen, find_code_spans(seen))
    seen = blank_ranges(seen, list(find_comments(seen)))
    if math:
        seen = blank_ranges(seen, [(each.start, each.end) for each in find_formulas(seen, seen)])
    for pattern in _NOT_RUNNING.values():
        seen = pattern.sub(lambda match: blank(match[0]), seen)
    return seen
