"""Raw HTML blocks: taken out of Markdown whole, from a tag at a line's start to its closing tag."""

from __future__ import annotations

import re
from typing import Literal

from osai_essay.prose.elements import BLOCK, MAY_STAY_OPEN, OF_WORDS, VOID
from osai_essay.prose.pieces import Pieces
from osai_essay.prose.places import Places
from osai_essay.prose.tags import TAG

_START = re.compile(r"^[ ]*(?:<(/?)([A-Za-z][A-Za-z0-9]*)(?=[\s/>]|$)|<!--)", re.MULTILINE)
_BLANK_LINE = re.compile(r"\n[ \t]*(?=\n|$)")
_MARKDOWN = re.compile(r"""\s+markdown\s*=\s*(?:"(\w*)"|'(\w*)'|(\w+))""")
_DEEPEST = 20


def put_html_blocks(text: str, visible: str, pieces: Pieces, places: Places) -> str:
    """The text with each raw HTML block as one piece on a line of its own.

    visible: the text with code blanked, of the same length.
    """
    if "<" not in visible:
        return text
    return _Blocks(pieces, places).replace(text, visible, depth=0)


class _Blocks:
    def __init__(self, pieces: Pieces, places: Places) -> None:
        self.pieces = pieces
        self.places = places

    def replace(self, text: str, visible: str, *, depth: int) -> str:
        closings = _pair_tags(visible)
        parts: list[str] = []
        last = 0
        for match in _START.finditer(visible):
            start = visible.index("<", match.start())
            if start < last or (match[2] and match[2].lower() not in BLOCK):
                continue
            found = self._read(text, visible, match, start, closings, depth)
            if found:
                end, shown = found
                parts += [text[last:start], shown]
                last = self._skip_spaces(visible, end)
                if visible[last : last + 1] not in ("", "\n"):
                    parts.append("\n" + " " * (start - match.start()))
        return "".join([*parts, text[last:]])

    def _skip_spaces(self, visible: str, end: int) -> int:
        while visible[end : end + 1] == " ":
            end += 1
        return end

    def _read(
        self,
        text: str,
        visible: str,
        match: re.Match[str],
        start: int,
        closings: dict[int, tuple[int, int]],
        depth: int,
    ) -> tuple[int, str] | None:
        """Where the block that begins here ends, and what stands in its place."""
        if match[2] is None:
            return self._read_comment(text, visible, start)
        name = match[2].lower()
        tag = TAG.match(visible, start)
        if not tag:
            return None
        if match[1]:
            return None  # a closing tag without its opening: the last pass over the page tells
        if name in VOID:
            return tag.end(), self._put(text[start : tag.end()])
        if start not in closings:
            return self._read_open(text, visible, start, tag, name)
        inner_end, end = closings[start]
        markdown = _MARKDOWN.search(tag[0])
        if markdown and depth < _DEEPEST and markdown[markdown.lastindex or 1] != "0":
            inside = slice(tag.end(), inner_end)
            opening = _MARKDOWN.sub("", text[start : tag.end()])
            if name in OF_WORDS:
                return end, opening + " ".join(text[inside].split()) + text[inner_end:end]
            return end, self._put_around(
                opening,
                text[inside],
                visible[inside],
                text[inner_end:end],
                start - match.start(),
                depth,
            )
        return end, self._put(text[start:end])

    def _put(self, html: str, kind: Literal["html", "tag"] = "html") -> str:
        return self.pieces.put(html, "", kind, is_block=True)

    def _put_around(
        self, opening: str, text: str, visible: str, closing: str, indent: int, depth: int
    ) -> str:
        """Markdown between an opening and a closing tag: `<div markdown="1">`."""
        widths = [len(li) - len(li.lstrip(" ")) for li in text.split("\n")[1:] if li.strip()]
        cut = min(widths, default=0)
        inner = self.replace(_cut(text, cut), _cut(visible, cut), depth=depth + 1).strip("\n")
        lines = [self._put(opening, "tag"), "", *inner.split("\n"), "", self._put(closing, "tag")]
        return f"\n{' ' * indent}".join(lines)

    def _read_comment(self, text: str, visible: str, start: int) -> tuple[int, str] | None:
        end = visible.find("-->", start)
        return (end + 3, self._put(text[start : end + 3])) if end >= 0 else None

    def _read_open(
        self, text: str, visible: str, start: int, tag: re.Match[str], name: str
    ) -> tuple[int, str]:
        """A block whose tag never closes: it ends at the next blank line."""
        if tag[0].endswith("/>"):
            return tag.end(), self._put(text[start : tag.end()])
        blank = _BLANK_LINE.search(visible, tag.end())
        end = blank.start() if blank else len(text)
        if name not in MAY_STAY_OPEN:
            add_not_closed(self.places, name, tag[0])
        return end, self._put(f"{text[start:end]}</{name}>")


def add_not_closed(places: Places, name: str, tag: str) -> None:
    """Note that a raw tag is never closed."""
    places.add(
        "html-not-closed",
        places.find(tag, f"<{name}"),
        f"<{name}> is never closed",
        f"write </{name}> where it ends; here it was ended with its block.",
        "warning",
    )


def _cut(text: str, width: int) -> str:
    first, *rest = text.split("\n")
    return "\n".join([first.lstrip(" ") if width else first, *(line[width:] for line in rest)])


def _pair_tags(visible: str) -> dict[int, tuple[int, int]]:
    """Start of an opening tag -> start and end of the closing tag that belongs to it."""
    open_by_name: dict[str, list[int]] = {}
    closings: dict[int, tuple[int, int]] = {}
    for match in TAG.finditer(visible):
        name = match["name"].lower()
        if match["slash"]:
            opened = open_by_name.get(name)
            if opened:
                closings[opened.pop()] = match.span()
        elif name not in VOID and not match[0].endswith("/>"):
            open_by_name.setdefault(name, []).append(match.start())
    return closings
