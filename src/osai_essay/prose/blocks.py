"""The block structure of Markdown as kramdown and GitHub have it, for Python-Markdown.

Python-Markdown's own block parser wants nested lists at four spaces, a blank line before a list
and no fence inside one; this one takes its place. Inline markup, tables, footnotes and
link references stay the library's.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor, ReferenceProcessor
from markdown.extensions.tables import TableProcessor
from markdown.util import AtomicString

from osai_essay.prose import lines as read
from osai_essay.prose.attributes import read_list, set_list
from osai_essay.prose.code import render_code
from osai_essay.prose.elements import CONTENTS_TAG, PIECE_TAG
from osai_essay.prose.lists import read_definitions, read_items
from osai_essay.prose.reading import Reading

DEEPEST = 40

_CLOSING_HASHES = re.compile(r"(?:^| +)#+ *$")
_HEADING_ID = re.compile(r" *\{#([^\s{}]+)\} *$")
_HEADING_LIST = re.compile(r" *\{:(?![:/])([^}\n]*)\} *$")
_BY_FIRST = {
    "#": "heading",
    ">": "quote",
    "{": "attributes",
    "[": "reference",
    "|": "table",
    **dict.fromkeys("-*+", "list"),
    **dict.fromkeys("0123456789", "list"),
    "_": "rule",
}


class Blocks(BlockProcessor):
    """The one block processor: it takes all there is."""

    def __init__(self, md: Markdown, reading: Reading) -> None:
        super().__init__(md.parser)
        self.md = md
        self.reading = reading
        self.table = TableProcessor(md.parser, {"use_align_attribute": True})
        self.depth = 0
        self.waiting: str | None = None  # attributes written above their block

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002
        """It takes every block."""
        return True

    def run(self, parent: Element, blocks: list[str]) -> bool:
        """Parse all blocks; the library's cuts at blank lines are mended first."""
        text = "\n\n".join(blocks)
        blocks.clear()
        self.parse(parent, text.split("\n"))
        return True

    def parse(self, parent: Element, lines: list[str]) -> bool:
        """Add the blocks of these lines to an element; true if blank lines part them."""
        if self.depth >= DEEPEST:
            self._refuse(parent, lines)
            return False
        self.depth += 1
        index, has_gap = 0, False
        while index < len(lines):
            if read.is_blank(lines[index]):
                index += 1
                continue
            count = len(parent)
            after = self._read(parent, lines, index)
            if len(parent) > count:
                has_gap |= count > 0 and index > 0 and read.is_blank(lines[index - 1])
                self._apply_waiting(parent[count])
            index = after
        self.depth -= 1
        return has_gap

    def _refuse(self, parent: Element, lines: list[str]) -> None:
        text = "\n".join(lines)
        SubElement(parent, "p").text = AtomicString(text)
        self.reading.places.add(
            "markdown-too-deep",
            self.reading.places.find(text[:40].split("\n")[0].strip()),
            "lists and quotes are nested too deeply here",
            f"keep them under {DEEPEST} levels.",
        )

    def _read(self, parent: Element, lines: list[str], index: int) -> int:
        """Read the block that begins on this line; gives back the line after it."""
        line = lines[index]
        first = line.lstrip(" ")[0]
        if not first.isascii() and self.reading.pieces.is_block(line):
            SubElement(parent, PIECE_TAG).text = AtomicString(line.strip())
            return index + 1
        if read.indent_of(line) >= 4:
            return self._read_code(parent, lines, index)
        kind = _BY_FIRST.get(first)
        if kind:
            after: int | None = getattr(self, f"_read_{kind}")(parent, lines, index)
            if after is not None:
                return after
        if "|" in line and read.is_table(lines, index):
            after = self._read_table(parent, lines, index)
            if after is not None:
                return after
        return self._read_paragraph(parent, lines, index)

    def _read_code(self, parent: Element, lines: list[str], index: int) -> int:
        found: list[str] = []
        while index < len(lines) and (read.is_blank(lines[index]) or lines[index][:4] == "    "):
            found.append(lines[index][4:])
            index += 1
        code = self.reading.pieces.to_text("\n".join(found).rstrip())
        char = self.reading.pieces.put(render_code(code), code, "code", is_block=True)
        SubElement(parent, PIECE_TAG).text = AtomicString(char)
        while read.is_blank(lines[index - 1]):
            index -= 1  # blank lines after it part it from what follows
        return index

    def _read_heading(self, parent: Element, lines: list[str], index: int) -> int | None:
        match = read.HEADING.match(lines[index])
        if not match:
            return None
        self._add_heading(parent, len(match[1]), match[2])
        return index + 1

    def _add_heading(self, parent: Element, level: int, text: str) -> None:
        element = SubElement(parent, f"h{level}")
        if found := _HEADING_ID.search(text):
            element.set("id", found[1])
            text = text[: found.start()]
        elif found := _HEADING_LIST.search(text):
            self.set_attributes(element, found[1])
            text = text[: found.start()]
        element.text = _CLOSING_HASHES.sub("", text).strip()

    def _read_quote(self, parent: Element, lines: list[str], index: int) -> int | None:
        found, after = read.read_quote(lines, index)
        if not found:
            return None
        self.parse_into(SubElement(parent, "blockquote"), found)
        return after

    def parse_into(self, element: Element, lines: list[str]) -> bool:
        """Parse nested lines; attributes that wait outside are not for them."""
        waiting, self.waiting = self.waiting, None
        has_gap = self.parse(element, lines)
        self.waiting = waiting
        return has_gap

    def _read_rule(self, parent: Element, lines: list[str], index: int) -> int | None:
        if not read.RULE.match(lines[index]):
            return None
        SubElement(parent, "hr")
        return index + 1

    def _read_list(self, parent: Element, lines: list[str], index: int) -> int | None:
        if match := read.ABBREVIATION.match(lines[index]):
            self.reading.abbreviations[match[1].strip()] = match[2].strip()
            return index + 1
        if read.RULE.match(lines[index]):
            return self._read_rule(parent, lines, index)
        if lines[index].lstrip(" ")[0] in "-:" and read.is_table(lines, index):
            return None
        marker = read.MARKER.match(lines[index])
        return read_items(self, parent, lines, index, marker) if marker else None

    def _read_attributes(self, parent: Element, lines: list[str], index: int) -> int | None:
        """`{: .wide}` below a block is for that block, above one for the next."""
        if read.ATTRIBUTE_NAME.match(lines[index]):
            return index + 1  # gathered before
        match = read.ATTRIBUTES.match(lines[index])
        if not match:
            return None
        has_block_above = index > 0 and not read.is_blank(lines[index - 1]) and len(parent) > 0
        if not has_block_above:
            self.waiting = match[1]
        elif "toc" in match[1].split() and parent[-1].tag in ("ul", "ol"):
            parent.remove(parent[-1])
            SubElement(parent, CONTENTS_TAG).text = ""
        else:
            self.set_attributes(parent[-1], match[1])
        return index + 1

    def _apply_waiting(self, element: Element) -> None:
        if self.waiting is not None:
            waiting, self.waiting = self.waiting, None
            self.set_attributes(element, waiting)

    def set_attributes(self, element: Element, source: str) -> None:
        """Give an element an attribute list; half a raw HTML block takes none."""
        piece = self.reading.pieces.get(element.text or "") if element.tag == PIECE_TAG else None
        if piece and piece.kind == "tag":
            return
        set_list(element, read_list(source, self.reading.lists))

    def _read_table(self, parent: Element, lines: list[str], index: int) -> int | None:
        if not read.is_table(lines, index):
            return None
        after = index + 2
        while after < len(lines) and "|" in lines[after] and not read.is_blank(lines[after]):
            after += 1
        block = "\n".join(lines[index:after])
        if not self.table.test(parent, block):
            return None
        self.table.run(parent, [block])
        return after

    def _read_reference(self, _parent: Element, lines: list[str], index: int) -> int | None:
        if match := read.FOOTNOTE.match(lines[index]):
            found = read.gather(lines, index, lines[index][match.end() :], start=0, width=4)
            self.reading.add_footnote(match[1], "\n".join(found.lines))
            return found.next
        block = "\n".join(lines[index : index + 3])
        reference = ReferenceProcessor.RE.match(block)
        if not reference:
            return None
        address = reference[2].lstrip("<").rstrip(">")
        title = reference[5] or reference[6]
        self.md.references[reference[1].strip().lower()] = (address, title)
        return index + reference[0].count("\n") + 1

    def _read_paragraph(self, parent: Element, lines: list[str], index: int) -> int:
        found = [lines[index].lstrip(" ")]
        at = index + 1
        while at < len(lines):
            line = lines[at]
            underline = read.UNDERLINE.match(line)
            if underline:
                self._add_heading(parent, 1 if underline[1][0] == "=" else 2, "\n".join(found))
                return at + 1
            if read.DEFINITION.match(line):
                return read_definitions(self, parent, found, lines, at, is_loose=False)
            if read.is_blank(line) or self.reading.pieces.is_block(line):
                break
            if read.interrupts(lines, at):
                break
            found.append(line)
            at += 1
        if (
            at + 1 < len(lines)
            and read.is_blank(lines[at])
            and read.DEFINITION.match(lines[at + 1])
        ):
            return read_definitions(self, parent, found, lines, at + 1, is_loose=True)
        SubElement(parent, "p").text = "\n".join(found).rstrip()
        return at
