"""A chart's picture as a card that stands alone: title above, source and site below, in one SVG.

It is what a reader downloads and what feeds and link previews show, where no page is around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from xml.etree import ElementTree as ET

from osai_essay.charts.letters import break_lines
from osai_essay.charts.style import FONT, INK, MUTED, PAPER, RULE
from osai_essay.charts.svg import SVG, read_plain
from osai_essay.model import Picture, Source
from osai_essay.struct import Struct, replace

MOST_PUBLISHERS = 3
WIDE_FROM_PX = 560  # below: a card for a phone

_NOT_XML = re.compile("[^\\t\\n\\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPACES = re.compile(r"[ \t\r\n\f]+")  # not the space that does not break


class _Type(Struct, frozen=True, kw_only=True):
    """How one part of a card is set; gap: room above it."""

    size: float
    line: float
    color: str = MUTED
    bold: bool = False
    balanced: bool = False
    gap: float = 0


class _Block(NamedTuple):
    words: str
    type: _Type


_TITLE = _Type(size=22, line=28, color=INK, bold=True, balanced=True)
_SUBTITLE = _Type(size=15, line=21, gap=5)
_NOTE = _Type(size=13, line=18, gap=12)
_SOURCE = _Type(size=12, line=17, gap=6)
_SITE = _Type(size=12, line=17, color=INK, bold=True, gap=4)


def make_poster(
    picture: Picture, *, title: str, subtitle: str, note: str, source: str, site: str
) -> Picture:
    """The picture with its words in it, on the page's ground, in the reader's colour scheme.

    Empty words take no room. source: the whole line as it is to be read. Same words, same bytes.
    """
    inner = read_plain(picture.svg)
    description = inner.findtext("desc") or _tidy(subtitle)
    is_wide_card = picture.width >= WIDE_FROM_PX
    pad = 24 if is_wide_card else 16
    width = picture.width + 2 * pad
    title_type = _TITLE if is_wide_card else replace(_TITLE, size=18, line=23)
    column = _Column(left=pad, width=width - 2 * pad, y=pad if is_wide_card else pad - 2)

    root = ET.Element("svg")
    paper = ET.SubElement(root, "rect", {"fill": PAPER})
    root.extend(column.set_blocks(_Block(title, title_type), _Block(subtitle, _SUBTITLE)))
    column.y += 12
    root.append(_place(inner, x=pad, y=column.y))
    column.y += picture.height + 8
    below = column.rule()
    words = column.set_blocks(_Block(note, _NOTE), _Block(source, _SOURCE), _Block(site, _SITE))
    root.extend([below, *words] if words else [])
    height = round(column.y + pad - 4)

    paper.attrib |= {"width": str(width), "height": str(height)}
    root.attrib = _root_attributes(width, height)
    _add_head(root, _tidy(title), description, inner.findall("style"))
    return Picture(svg=ET.tostring(root, encoding="unicode") + "\n", width=width, height=height)


def source_words(sources: Sequence[Source], credits: Sequence[str]) -> str:
    """Where a chart's rows come from, in a line: two sources by title, more by publisher."""
    if len(sources) <= 2:
        named = [", ".join(part for part in (s.title, s.publisher) if part) for s in sources]
    else:
        publishers = list(dict.fromkeys(s.publisher or s.title for s in sources))
        more = len(publishers) - MOST_PUBLISHERS
        named = publishers[:MOST_PUBLISHERS]
        named[-1] += f" and {more} more" if more > 0 else ""
    label = "Source" if len(sources) == 1 else "Sources"
    said = [f"{label}: {'; '.join(named)}"] if named else []
    return ". ".join([*said, *credits])


def _root_attributes(width: int, height: int) -> dict[str, str]:
    size = {"width": str(width), "height": str(height)}
    look = {"role": "img", "font-family": FONT}
    return {"xmlns": SVG, "viewBox": f"0 0 {width} {height}"} | size | look


def _place(inner: ET.Element, *, x: float, y: float) -> ET.Element:
    """The picture at a place. Not an <svg> of its own: resvg would clip it, 75 ms a PNG."""
    group = ET.Element("g", {"transform": f"translate({_px(x)},{_px(y)})"})
    if "font-family" in inner.attrib:
        group.set("font-family", inner.attrib["font-family"])
    group.extend(child for child in inner if child.tag not in ("title", "desc", "style"))
    return group


def _add_head(root: ET.Element, title: str, description: str, styles: Iterable[ET.Element]) -> None:
    heads = []
    for tag, text in (("title", title), ("desc", description)):
        element = ET.Element(tag)
        element.text = text
        heads += [element] if text else []
    root[:0] = [*heads, *styles]


class _Column(Struct, kw_only=True):
    """Words set from top to bottom at one left edge; y: where the next line's box begins."""

    left: float
    width: float
    y: float

    def set_blocks(self, *blocks: _Block) -> list[ET.Element]:
        """Those that have words, as <text> elements."""
        return [
            self.set_lines(lines, block.type)
            for block in blocks
            if (lines := self.break_lines(block))
        ]

    def break_lines(self, block: _Block) -> list[str]:
        """A block's words in lines as wide as the column."""
        kind = block.type
        words = _tidy(block.words)
        return break_lines(words, self.width, kind.size, bold=kind.bold, balanced=kind.balanced)

    def set_lines(self, lines: list[str], kind: _Type) -> ET.Element:
        text = ET.Element("text", {"font-size": f"{kind.size:g}", "fill": kind.color})
        if kind.bold:
            text.set("font-weight", "700")
        self.y += kind.gap
        for words in lines:
            baseline = self.y + (kind.line - kind.size) / 2 + 0.82 * kind.size
            line = ET.SubElement(text, "tspan", {"x": _px(self.left), "y": _px(baseline)})
            line.text = words
            self.y += kind.line
        return text

    def rule(self) -> ET.Element:
        """A hair line across the column."""
        path = f"M{_px(self.left)},{_px(self.y + 0.5)}H{_px(self.left + self.width)}"
        return ET.Element("path", {"d": path, "stroke": RULE})


def _tidy(words: str) -> str:
    """Words in one line, without what XML cannot hold."""
    return _SPACES.sub(" ", _NOT_XML.sub("", words)).strip(" ")


def _px(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
