"""Writes the finished HTML tag by tag, so that every tag that opens also closes."""

from __future__ import annotations

import re

from osai_essay.model import Heading
from osai_essay.prose.elements import (
    BREAKING,
    CLOSED_BY,
    HEADINGS,
    HOLDS_PARAGRAPHS,
    MAY_STAY_OPEN,
    PIECE_TAG,
)
from osai_essay.prose.headings import Anchors
from osai_essay.prose.html_blocks import add_not_closed
from osai_essay.prose.places import Places
from osai_essay.prose.run import Run
from osai_essay.prose.tags import Attributes, escape_text, escape_value, write_tag
from osai_essay.struct import Struct

_TABLE_END = "</table></div>"
# a tag that shows nothing by itself; one with an id or a name may be linked to
_MARKS_ONLY = re.compile(
    r"</(?:a|b|em|i|span|strong|del)>|<(?:a|b|em|i|span|strong|del)(?: (?:href|class)=\"[^\"]*\")*>"
)


class Opened(Struct):
    """A tag that is open: where it stands in the output, how it ends, what it said so far.

    anchor: what it said, as the anchor of a heading has it.
    source: as it stood in the HTML, None for one that is written in its author's place.
    resumes: true if it broke a paragraph that goes on behind it.
    """

    name: str
    index: int
    attributes: Attributes
    closing: str
    source: str | None = None
    words: str = ""
    anchor: str = ""
    resumes: bool = False


class Writer:
    """The output so far, and the tags that are open in it."""

    def __init__(self, anchors: Anchors, places: Places) -> None:
        self.out: list[str] = []
        self.run = Run(self.out)
        self.stack: list[Opened] = []
        self.open: dict[str, int] = {}  # name -> how many of it are open, never 0
        self.headings: list[Heading] = []
        self._anchors = anchors
        self._places = places
        self._labels: list[str] = []  # the header cells of the table in hand

    def is_in(self, names: frozenset[str] | dict[str, int]) -> bool:
        """True if one of these tags is open."""
        return not self.open.keys().isdisjoint(names)

    def put(self, html: str) -> None:
        """Finished HTML, as it is."""
        self.out.append(html)

    def put_block(self, html: str) -> None:
        """A finished block; in a paragraph it parts it, and what was open goes on behind it."""
        depth = self.find("p") if "p" in self.open else None
        if depth is None:
            self.flush()
            self.out.append(html)
            return
        reopened = [opened for opened in self.stack[depth:] if opened.closing]
        while len(self.stack) > depth:
            self.close_last()
        self.out.append(html)
        for opened in reopened:
            kept = {key: value for key, value in opened.attributes.items() if key != "id"}
            self.push(opened.name, {} if opened.name == "p" else kept, opened.source)

    def push(self, name: str, attributes: Attributes, source: str | None = None) -> Opened:
        """Open a tag."""
        if name in BREAKING:
            self.flush()
        shown = attributes
        closing = f"</{name}>"
        if name == PIECE_TAG:
            closing = "</div>" if attributes else ""
        elif name == "table" and "table" not in self.open:
            self._labels, closing = [], _TABLE_END
        elif name == "th" and "thead" in self.open:
            shown = {**attributes, "scope": attributes.get("scope", "col")}
        tag = write_tag("div" if name == PIECE_TAG else name, shown) if closing else ""
        return self._open(Opened(name, len(self.out), attributes, closing, source), tag)

    def push_foreign(self, name: str, attributes: Attributes, *, is_closed: bool) -> None:
        """A tag of SVG or MathML: its letters keep their case, and it may end in itself."""
        tag = write_tag(name, attributes)
        if is_closed:
            self.out.append(f"{tag[:-1]}/>")
        else:
            self._open(Opened(name.lower(), len(self.out), attributes, f"</{name}>"), tag)

    def _open(self, opened: Opened, tag: str) -> Opened:
        self.stack.append(opened)
        self.open[opened.name] = self.open.get(opened.name, 0) + 1
        self.out.append(tag)
        return opened

    def find(self, *names: str) -> int | None:
        """How deep the innermost open tag of one of these names is."""
        for depth in range(len(self.stack) - 1, -1, -1):
            if self.stack[depth].name in names:
                return depth
        return None

    def end_implied(self, name: str) -> bool:
        """Close what ends where this tag begins; true if that was a paragraph."""
        depth = None
        if "p" in self.open and name in BREAKING and name != PIECE_TAG:
            depth = self.find(*HOLDS_PARAGRAPHS)
            if depth is not None and self.stack[depth].name == "p":
                self.close_to(depth)
            else:
                depth = None
        ended = CLOSED_BY.get(name)
        while ended and self.stack and self.stack[-1].name in ended:
            self.close_last()
        return depth is not None and name != "p"

    def close_to(self, depth: int) -> None:
        """Close down to this depth; tags in between were never closed by their author."""
        while len(self.stack) > depth + 1:
            opened = self.stack[-1]
            self.close_last()
            if opened.name not in MAY_STAY_OPEN and opened.source:
                add_not_closed(self._places, opened.name, opened.source)
        resumes = self.stack[-1].resumes
        self.close_last()
        if resumes:
            self.push("p", {})

    def close_last(self) -> None:
        """Close the innermost tag; a paragraph with nothing in it is taken back."""
        opened = self.stack.pop()
        if self.open[opened.name] == 1:
            del self.open[opened.name]
        else:
            self.open[opened.name] -= 1
        if self.run.has_words and opened.name in BREAKING:
            self._hear(opened)
        if opened.name == "p" and self._is_empty(opened.index):
            del self.out[opened.index :]
            return
        self.out.append(opened.closing)
        if opened.name in HEADINGS:
            self._end_heading(opened)
        elif opened.name == "th" and len(self._labels) < 8:
            self._labels.append(" ".join(opened.words.split()))
        elif opened.closing == _TABLE_END:
            self._end_table(opened)

    def flush(self) -> None:
        """End the words in hand: a block begins or ends here."""
        if not self.run.has_words:
            return
        inner = next((each for each in reversed(self.stack) if each.name in BREAKING), None)
        self._hear(inner if inner and (inner.name in HEADINGS or inner.name == "th") else None)

    def _hear(self, opened: Opened | None) -> None:
        """Write the words in hand; the tag they stand in, if any, keeps them."""
        words, anchor = self.run.flush()
        if opened:
            opened.words += words
            opened.anchor += anchor

    def _is_empty(self, index: int) -> bool:
        return not any(
            part and not part.isspace() and not _MARKS_ONLY.fullmatch(part)
            for part in self.out[index + 1 :]
        )

    def _end_heading(self, opened: Opened) -> None:
        text = " ".join(opened.words.split())
        anchor = opened.attributes.get("id") or self._anchors.make(opened.anchor)
        self.out[opened.index] = write_tag(opened.name, {**opened.attributes, "id": anchor})
        is_listed = "no_toc" not in (opened.attributes.get("class") or "").split()
        self.headings.append(
            Heading(level=HEADINGS[opened.name], id=anchor, text=text, in_contents=is_listed)
        )

    def _end_table(self, opened: Opened) -> None:
        """A wide table scrolls in its own region, whose name is its header row."""
        label = ", ".join(label for label in self._labels if label) or "Table"
        self.out[opened.index] = (
            '<div class="table-scroll" tabindex="0" role="region"'
            f' aria-label="{escape_value(label)}">{self.out[opened.index]}'
        )

    def put_words(self, text: str) -> None:
        """Words that are not prose and stay as they are."""
        self.out.append(escape_text(text))
