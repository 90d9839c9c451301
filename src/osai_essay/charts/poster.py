"""A chart's picture as a card that stands alone: title above, source and site below, in one SVG.

It is what a reader downloads and what feeds and link previews show, where no page is around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple
from xml.etree import ElementTree as ET

from osai_essay.charts.engine import is_wide, text_width
from osai_essay.charts.style import FONT, INK, MUTED, ROLES_DARK
from osai_essay.charts.svg import SVG
from osai_essay.model import Picture, Source

# The page's own colours, as templates/assets/style.css has them.
GROUND, GROUND_DARK = "#fcfbf8", "#14171c"
RULE, RULE_DARK = "#dedad2", "#343b46"

MOST_PUBLISHERS = 3
WIDE_FROM_PX = 560  # below: a card for a phone
INSET_PX = 10  # a picture has about so much empty room at its left and right
BALANCE_STEP = 0.97
SHORT_SHARE = 0.3  # a last line shorter than this looks lost

_COLORS = {  # class -> property, light, dark; letters alone: a picture's classes end in digits
    "paper": ("fill", GROUND, GROUND_DARK),
    "rule": ("stroke", RULE, RULE_DARK),
    "ink": ("fill", INK, ROLES_DARK[INK]),
    "muted": ("fill", MUTED, ROLES_DARK[MUTED]),
}
_NOT_XML = re.compile("[^\\t\\n\\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPACES = re.compile(r"[ \t\r\n\f]+")  # not the space that does not break
_AFTER_CUT = "/-–—_.?&=+,;:"  # where a word too long for a line is cut, if it can be
_STARTS_NO_LINE = "、。，．：；？！」』）】》〉〕”’…·々ー,.:;?!)]}%"  # noqa: RUF001
_ENDS_NO_LINE = "「『（【《〈〔“‘([{"  # noqa: RUF001


@dataclass(frozen=True, slots=True, kw_only=True)
class _Type:
    """How one part of a card is set; gap: room above it."""

    size: float
    line: float
    color: str = "muted"
    bold: bool = False
    balanced: bool = False
    gap: float = 0


class _Block(NamedTuple):
    words: str
    type: _Type


_TITLE = _Type(size=22, line=28, color="ink", bold=True, balanced=True)
_SUBTITLE = _Type(size=15, line=21, gap=5)
_NOTE = _Type(size=13, line=18, gap=12)
_SOURCE = _Type(size=12, line=17, gap=6)
_SITE = _Type(size=12, line=17, color="ink", bold=True, gap=4)


def make_poster(
    picture: Picture, *, title: str, subtitle: str, note: str, source: str, site: str
) -> Picture:
    """The picture with its words in it, on the page's ground, in the reader's colour scheme.

    Empty words take no room. source: the whole line as it is to be read. Same words, same bytes.
    """
    inner = _read_plain(picture.svg)
    description = inner.findtext("desc") or _tidy(subtitle)
    is_wide_card = picture.width >= WIDE_FROM_PX
    pad = 24 if is_wide_card else 16
    width = picture.width + 2 * (pad - INSET_PX)
    title_type = _TITLE if is_wide_card else replace(_TITLE, size=18, line=23)
    column = _Column(left=pad, width=width - 2 * pad, y=pad if is_wide_card else pad - 2)

    root = ET.Element("svg")
    paper = ET.SubElement(root, "rect", _painted("paper"))
    root.extend(column.set_blocks(_Block(title, title_type), _Block(subtitle, _SUBTITLE)))
    column.y += 12
    root.append(_place(inner, x=pad - INSET_PX, y=column.y))
    column.y += picture.height + 8
    below = column.rule()
    words = column.set_blocks(_Block(note, _NOTE), _Block(source, _SOURCE), _Block(site, _SITE))
    root.extend([below, *words] if words else [])
    height = round(column.y + pad - 4)

    paper.attrib |= {"width": str(width), "height": str(height)}
    root.attrib = _root_attributes(width, height)
    _add_head(root, _tidy(title), description, inner.findtext("style") or "")
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


def _read_plain(svg: str) -> ET.Element:
    """An SVG of ours, its tags without their namespace."""
    root = ET.fromstring(svg)  # noqa: S314  # clean_svg wrote it
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    return root


def _place(inner: ET.Element, *, x: float, y: float) -> ET.Element:
    """The picture at a place. Not an <svg> of its own: resvg would clip it, 75 ms a PNG."""
    group = ET.Element("g", {"transform": f"translate({_px(x)},{_px(y)})"})
    if "font-family" in inner.attrib:
        group.set("font-family", inner.attrib["font-family"])
    group.extend(child for child in inner if child.tag not in ("title", "desc", "style"))
    return group


def _add_head(root: ET.Element, title: str, description: str, rules: str) -> None:
    dark = "".join(f".{name}{{{what}:{dark}}}" for name, (what, _, dark) in _COLORS.items())
    style = f"{rules}@media (prefers-color-scheme:dark){{{dark}}}"
    heads = [(tag, text) for tag, text in (("title", title), ("desc", description)) if text]
    for place, (tag, text) in enumerate([*heads, ("style", style)]):
        element = ET.Element(tag)
        element.text = text
        root.insert(place, element)


def _painted(name: str) -> dict[str, str]:
    """A colour as an attribute, and the class that changes it in the dark."""
    what, light, _ = _COLORS[name]
    return {what: light, "class": name}


@dataclass(slots=True, kw_only=True)
class _Column:
    """Words set from top to bottom at one left edge; y: where the next line's box begins."""

    left: float
    width: float
    y: float

    def set_blocks(self, *blocks: _Block) -> list[ET.Element]:
        """Those that have words, as <text> elements."""
        return [
            self.set_lines(lines, block.type)
            for block in blocks
            if (lines := break_lines(block.words, self.width, block.type))
        ]

    def set_lines(self, lines: list[str], kind: _Type) -> ET.Element:
        text = ET.Element("text", {"font-size": f"{kind.size:g}"} | _painted(kind.color))
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
        return ET.Element("path", {"d": path, **_painted("rule")})


def break_lines(words: str, width: float, kind: _Type) -> list[str]:
    """Words in lines no wider than so many px; the last not left with a word alone.

    A balanced type's lines are all of about one length.
    """
    pieces = list(_pieces(_tidy(words)))
    lines = _fill_lines(pieces, width, kind)
    while len(lines) > 1 and (kind.balanced or _fits(lines[-1], width * SHORT_SHARE, kind)):
        width *= BALANCE_STEP
        if not all(_fits(piece, width, kind) for _, piece in pieces):
            break
        tighter = _fill_lines(pieces, width, kind)
        if len(tighter) > len(lines):
            break
        lines = tighter
    return lines


def _fill_lines(pieces: list[tuple[str, str]], width: float, kind: _Type) -> list[str]:
    lines: list[str] = []
    for gap, piece in pieces:
        if lines and _fits(lines[-1] + gap + piece, width, kind):
            lines[-1] += gap + piece
            continue
        *full, rest = _cut(piece, width, kind)
        lines += [*full, rest]
    return lines


def _fits(words: str, width: float, kind: _Type) -> bool:
    return text_width(words, kind.size, bold=kind.bold) <= width


def _pieces(words: str) -> Iterator[tuple[str, str]]:
    """What may stand alone on a line, each with the space before it: words, single wide letters."""
    for number, word in enumerate(_SPACES.split(words) if words else []):
        gap = " " if number else ""
        start = 0
        for at in range(1, len(word) + 1):
            if at == len(word) or _may_break(word[at - 1], word[at]):
                yield gap, word[start:at]
                gap, start = "", at


def _may_break(before: str, after: str) -> bool:
    if after in _STARTS_NO_LINE or before in _ENDS_NO_LINE:
        return False
    return is_wide(before) or is_wide(after)


def _cut(word: str, width: float, kind: _Type) -> list[str]:
    """A word in parts that fit; after a slash or the like in a part's second half, if any."""
    parts: list[str] = []
    while not _fits(word, width, kind) and len(word) > 1:
        most = _count_fitting(word, width, kind)
        good = (n for n in range(most, most // 2, -1) if word[n - 1] in _AFTER_CUT)
        end = next(good, most)
        parts.append(word[:end])
        word = word[end:]
    return [*parts, word]


def _count_fitting(word: str, width: float, kind: _Type) -> int:
    """How many of a word's first letters fit; one at least."""
    count = 1
    while count < len(word) and _fits(word[: count + 1], width, kind):
        count += 1
    return count


def _tidy(words: str) -> str:
    """Words in one line, without what XML cannot hold."""
    return _SPACES.sub(" ", _NOT_XML.sub("", words)).strip(" ")


def _px(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
