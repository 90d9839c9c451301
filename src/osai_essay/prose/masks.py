"""Code in a Markdown source: where it stands, so that nothing in it is taken for anything else."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from osai_essay.struct import Struct

_MARKER = re.compile(r"(?:[-+*]|\d{1,9}[.)])(?=[ \t])")
_OPENS_CONTAINER = re.compile(r"[ \t]*(?:[-+*]|\d{1,9}[.)]|\[\^[^\]]+\]:|:)(?:[ \t]|$)")
_FENCE = re.compile(r"(`{3,})([^`\n]*)$|(~{3,})([^\n]*)$")
_NOT_NEWLINE = re.compile(r"[^\n]")
# An escaped sign, backticks, or a line's end before another block. Each begins with one of three
# signs, which are sought much faster than the alternatives one by one.
_SPAN_TOKEN = re.compile(
    r"[\\`\n](?:(?<=\\)[^\n]|(?<=(`))`*|(?<=\n)(?=[ \t]*\n|[ \t]*(?:[-+*#>|]|\d{1,9}[.)])[ \t]))"
)


class Fence(Struct, frozen=True):
    """A fenced code block: its range in the source from the first mark on, and what it holds."""

    start: int
    end: int
    info: str
    code: str
    is_closed: bool


class _Line(Struct):
    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def blank(text: str) -> str:
    """The same text as spaces, its lines kept."""
    return _NOT_NEWLINE.sub(" ", text)


def blank_ranges(source: str, ranges: list[tuple[int, int]]) -> str:
    """The source with these ranges (in order, apart from one another) as spaces."""
    parts: list[str] = []
    last = 0
    for start, end in ranges:
        parts += [source[last:start], blank(source[start:end])]
        last = end
    return "".join([*parts, source[last:]])


def find_code_blocks(source: str) -> tuple[list[Fence], list[tuple[int, int]]]:
    """Fenced blocks wherever they stand, and the ranges of indented code outside lists."""
    lines = list(_lines(source))
    fences: list[Fence] = []
    indented: list[tuple[int, int]] = []
    in_container, after_blank, index = False, True, 0
    while index < len(lines):
        line = lines[index]
        stripped = line.text.strip()
        width = _indent(line.text)
        is_code = bool(stripped) and width >= 4 and not in_container and after_blank
        fence = None
        if stripped and not is_code and ("```" in stripped or "~~~" in stripped):
            fence, index = _read_fence(lines, index)
        if fence:
            fences.append(fence)
        elif is_code:
            indented.append((line.start, line.end))
        if stripped and not is_code:
            if _OPENS_CONTAINER.match(line.text) and (in_container or width < 4):
                in_container = True
            elif after_blank and width < 2:
                in_container = False
        after_blank = not stripped or is_code
        index += 1
    return fences, indented


def _lines(source: str) -> Iterator[_Line]:
    start = 0
    for text in source.split("\n"):
        yield _Line(start, text)
        start += len(text) + 1


def _indent(text: str) -> int:
    """Columns of white space a line begins with."""
    space = text[: len(text) - len(text.lstrip(" \t"))]
    return len(space.expandtabs(4))


def _read_fence(lines: list[_Line], index: int) -> tuple[Fence | None, int]:
    """The fence that opens on this line, and the line it ends on."""
    line = lines[index]
    offset, quotes = _skip_prefix(line.text)
    match = _FENCE.match(line.text, offset)
    if not match:
        return None, index
    mark, info = (match[1], match[2]) if match[1] else (match[3], match[4])
    width = len(line.text[:offset].rpartition(">")[2].expandtabs(4))
    code: list[str] = []
    for last in range(index + 1, len(lines)):
        text = _unquote(lines[last].text, quotes)
        if text is None:
            return _make_fence(line, offset, lines[last - 1], info, code, is_closed=False), last - 1
        closing = text.strip()
        if len(closing) >= len(mark) and not closing.strip(mark[0]):
            return _make_fence(line, offset, lines[last], info, code, is_closed=True), last
        code.append(_dedent(text, width))
    last = len(lines) - 1
    return _make_fence(line, offset, lines[last], info, code, is_closed=False), last


def _make_fence(
    first: _Line, offset: int, last: _Line, info: str, code: list[str], *, is_closed: bool
) -> Fence:
    return Fence(first.start + offset, last.end, info.strip(), "\n".join(code), is_closed)


def _skip_prefix(text: str) -> tuple[int, int]:
    """How long the list and quote marks at a line's start are, and how many quotes they hold."""
    offset = quotes = 0
    while offset < len(text):
        if text[offset] in " \t>":
            quotes += text[offset] == ">"
            offset += 1
        elif match := _MARKER.match(text, offset):
            offset = match.end()
        else:
            break
    return offset, quotes


def _unquote(text: str, quotes: int) -> str | None:
    """A line without its quote marks; None if it has too few of them."""
    for _ in range(quotes):
        stripped = text.lstrip(" ")
        if not stripped.startswith(">"):
            return None
        text = stripped[1:].removeprefix(" ")
    return text


def _dedent(text: str, width: int) -> str:
    """A line without its first `width` columns of white space."""
    if not width:
        return text
    column = index = 0
    while index < len(text) and column < width and text[index] in " \t":
        column += 1 if text[index] == " " else 4 - column % 4
        index += 1
    return " " * max(0, column - width) + text[index:]


def find_code_spans(visible: str) -> list[tuple[int, int]]:
    """The ranges of `code` within lines: a run of backticks to the next run of that length."""
    if "`" not in visible:
        return []
    spans: list[tuple[int, int]] = []
    runs: list[tuple[int, int]] = []
    for match in _SPAN_TOKEN.finditer(visible):
        if match[1]:
            runs.append(match.span())
        elif match[0] == "\n":
            spans += _pair_runs(runs)
            runs = []
    return [*spans, *_pair_runs(runs)]


def _pair_runs(runs: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    by_length: dict[int, list[int]] = {}
    for index, (start, end) in enumerate(runs):
        by_length.setdefault(end - start, []).append(index)
    index = 0
    while index < len(runs):
        start, end = runs[index]
        same = by_length[end - start]
        following = bisect_right(same, index)
        if following < len(same):
            index = same[following]
            yield start, runs[index][1]
        index += 1


def find_comments(visible: str) -> Iterator[tuple[int, int]]:
    """The ranges of HTML comments."""
    start = visible.find("<!--")
    while start >= 0:
        end = visible.find("-->", start + 4)
        if end < 0:
            return
        yield start, end + 3
        start = visible.find("<!--", end + 3)
