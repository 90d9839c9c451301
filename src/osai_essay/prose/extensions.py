"""Kramdown's extensions, `{::name}`, none of which content has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from osai_essay.prose.masks import (
    blank_ranges,
    find_code_blocks,
    find_code_spans,
    find_comments,
)

INSTEAD: Mapping[str, str] = {
    "comment": "write an HTML comment: <!-- ... -->.",
    "nomarkdown": "write the HTML by itself: it is kept as it is.",
    "options": "take it out: content has no such options.",
}  # extension -> what stands in its place here

MARK = "{::"
_EXTENSION = re.compile(r"\{::([a-z]+)")


def find_extensions(source: str) -> Iterator[tuple[int, str]]:
    """The offset and the name of each that stands in a Markdown source, outside of code."""
    if MARK not in source:
        return
    fences, indented = find_code_blocks(source)
    code = sorted([(fence.start, fence.end) for fence in fences] + indented)
    seen = blank_ranges(source, code)
    seen = blank_ranges(seen, find_code_spans(seen))
    seen = blank_ranges(seen, list(find_comments(seen)))
    for found in _EXTENSION.finditer(seen):
        yield found.start(), found[1]
