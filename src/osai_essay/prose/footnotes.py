"""Footnotes: the library's own, with the list that stands at the end made anew."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension
from markdown.treeprocessors import Treeprocessor

from osai_essay.problem import did_you_mean
from osai_essay.prose.elements import OWN_LINK
from osai_essay.prose.reading import Reading

_BACK = "\u21a9\ufe0e"  # the arrow as text: without the second character phones draw a button
_REFERENCE = re.compile(r"\[\^([^\]\s]+)\](?!:)")


class Footnotes(FootnoteExtension):
    """Footnotes numbered by their order in the text, with names for who listens to the page."""

    def __init__(self) -> None:
        super().__init__(USE_DEFINITION_ORDER=False, PLACE_MARKER="\U0010fffe")

    def makeFootnotesDiv(self, root: Element) -> Element | None:  # noqa: ARG002, N802
        """The list of footnotes; one may hold the words of another, and one may be empty."""
        if not self.footnotes:
            return None
        section = Element("div", {"class": "footnote"})
        items = SubElement(section, "ol")
        done: set[str] = set()
        while waiting := [name for name in self.footnotes if name not in done]:
            for name in waiting:
                done.add(name)
                item = SubElement(items, "li", {"id": self.makeFootnoteId(name)})
                self.parser.parseChunk(item, self.footnotes[name])
                self._add_backlink(item, name)
        return section

    def _add_backlink(self, item: Element, name: str) -> None:
        last = item[-1] if len(item) else None
        paragraph = last if last is not None and last.tag == "p" else SubElement(item, "p")
        if paragraph.text:
            paragraph.text = f"{paragraph.text}\u00a0"
        link = SubElement(paragraph, "a", {"class": "footnote-backref"})
        link.set("href", f"#{self.makeFootnoteRefId(name)}")
        link.text = _BACK

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register what the library's extension has, and the last touch."""
        super().extendMarkdown(md)
        md.treeprocessors.register(_FootnoteTouch(self), "footnote-touch", 10)


class _FootnoteTouch(Treeprocessor):
    def __init__(self, footnotes: Footnotes) -> None:
        super().__init__()
        self.footnotes = footnotes

    def run(self, root: Element) -> None:
        if not self.footnotes.footnotes:
            return
        links = [link for link in root.iter("a") if link.get("class") == "footnote-ref"]
        # The library numbers what stands in a quote or a list after all that does not.
        order = dict.fromkeys(link.get("href", "") for link in links)
        numbers = {href[1:]: number for number, href in enumerate(order, start=1)}
        for link in links:
            link.text = str(numbers[link.get("href", "")[1:]])
            link.attrib.update({"role": "doc-noteref", OWN_LINK: ""})
        for section in [each for each in root if each.get("class") == "footnote"]:
            self._touch_section(root, section, numbers)

    def _touch_section(self, root: Element, section: Element, numbers: Mapping[str, int]) -> None:
        section.tag = "section"
        section.attrib.update(
            {"class": "footnotes", "role": "doc-endnotes", "aria-label": "Footnotes"}
        )
        items: Any = section.find("ol")
        used = [item for item in items if item.get("id") in numbers]
        items[:] = sorted(used, key=lambda item: numbers[item.get("id")])
        if not len(items):
            root.remove(section)
        for number, item in enumerate(items, start=1):
            _name_backlinks(item, number)


def _name_backlinks(item: Element, number: int) -> None:
    links = [link for link in item.iter("a") if link.get("class") == "footnote-backref"]
    for turn, link in enumerate(links, start=1):
        again = f", place {turn}" if len(links) > 1 else ""
        link.attrib.pop("title", None)
        link.attrib.update(
            {
                "aria-label": f"Back to reference {number}{again}",
                "role": "doc-backlink",
                OWN_LINK: "",
            }
        )


def check_footnotes(reading: Reading, defined: set[str]) -> None:
    """Footnotes that are used and not written, or written and not used."""
    used: set[str] = set()
    for match in _REFERENCE.finditer(reading.places.visible):
        name = match[1]
        used.add(name)
        if name not in defined:
            reading.places.add(
                "footnote-unknown",
                reading.places.at(match.start(), len(match[0])),
                f'there is no footnote "{name}"',
                did_you_mean(name, defined, else_say=f"write a line [^{name}]: and its words."),
            )
    for name in sorted(defined - used):
        reading.places.add(
            "footnote-unused",
            reading.places.find(f"[^{name}]:"),
            f'nothing refers to the footnote "{name}"; it is not shown',
            f"put [^{name}] where it belongs, or take the footnote out.",
            "warning",
        )
