"""Lists and definition lists as elements, nested by two, three or four spaces."""

from __future__ import annotations

import re
from typing import Protocol
from xml.etree.ElementTree import Element, SubElement

from osai_essay.prose import lines as read

_ITEM_LIST = re.compile(r"\{:(?![:/])([^}\n]*)\} *")
_TASK = re.compile(r"\[([ xX])\][ \t]+(?=[^\s#>])")


class BlockParser(Protocol):
    """What lists need of the parser they stand in."""

    def parse_into(self, element: Element, lines: list[str]) -> bool:
        """Parse nested lines; true if blank lines part their blocks."""

    def set_attributes(self, element: Element, source: str) -> None:
        """Give an element an attribute list."""


def read_items(
    blocks: BlockParser, parent: Element, lines: list[str], index: int, marker: re.Match[str]
) -> int:
    """A list from its first marker on; gives back the line after it."""
    is_ordered = marker[2][0].isdigit()
    element = SubElement(parent, "ol" if is_ordered else "ul")
    if is_ordered and int(marker[2][:-1]) != 1:
        element.set("start", str(int(marker[2][:-1])))
    is_loose = ends_blank = False
    tasks: dict[Element, bool] = {}
    match: re.Match[str] | None = marker
    while match and match[2][0].isdigit() == is_ordered:
        is_loose |= ends_blank
        first = lines[index][match.end() :]
        start = len(match[1])
        spaces = len(match[3] or " ")
        width = start + len(match[2]) + (spaces if spaces < 5 else 1)
        if spaces >= 5:
            first = " " * (spaces - 1) + first
        found = read.gather(lines, index, first, start=start, width=width)
        is_loose |= _add_item(blocks, element, found.lines, tasks)
        index, ends_blank = found.next, found.ends_blank
        is_next = index < len(lines) and not read.RULE.match(lines[index])
        match = read.MARKER.match(lines[index]) if is_next else None
    if not is_loose:
        for item in element:
            _unwrap(item)
    for item, is_done in tasks.items():
        _set_task(item, is_done=is_done)
    return index


def _add_item(
    blocks: BlockParser, parent: Element, lines: list[str], tasks: dict[Element, bool]
) -> bool:
    """An item, noted among the tasks if it is one: `[ ] to do` or `[x] done`."""
    item = SubElement(parent, "li")
    if match := _ITEM_LIST.match(lines[0]):
        blocks.set_attributes(item, match[1])
        lines[0] = lines[0][match.end() :]
    if match := _TASK.match(lines[0]):
        tasks[item] = match[1] != " "
        lines[0] = lines[0][match.end() :]
    return blocks.parse_into(item, lines)


def _set_task(item: Element, *, is_done: bool) -> None:
    """A box before the words, which are its label; nobody can tick it."""
    item.set("class", " ".join(filter(None, [item.get("class"), "task-list-item"])))
    holder = item[0] if len(item) and item[0].tag == "p" else item
    label = Element("label")
    box = SubElement(label, "input", type="checkbox", disabled="disabled")
    if is_done:
        box.set("checked", "checked")
    box.tail, holder.text = f" {holder.text or ''}", None
    holder.insert(0, label)


def read_definitions(
    blocks: BlockParser,
    parent: Element,
    terms: list[str],
    lines: list[str],
    index: int,
    *,
    is_loose: bool,
) -> int:
    """`term` and `: what it means`, to the list above if there is one."""
    is_more = len(parent) > 0 and parent[-1].tag == "dl"
    element = parent[-1] if is_more else SubElement(parent, "dl")
    for term in terms:
        SubElement(element, "dt").text = term.strip()
    match = read.DEFINITION.match(lines[index])
    while match:
        first = lines[index][match.end() :]
        width = len(match[1]) + 1 + min(len(match[2]), 4)
        found = read.gather(lines, index, first, start=len(match[1]), width=width)
        item = SubElement(element, "dd")
        has_gap = blocks.parse_into(item, found.lines)
        if not (is_loose or has_gap):
            _unwrap(item)
        index = found.next
        match = read.DEFINITION.match(lines[index]) if index < len(lines) else None
    return index


def _unwrap(item: Element) -> None:
    """Take the paragraphs of a tight item out of their <p>."""
    for child in [child for child in item if child.tag == "p"]:
        position = list(item).index(child)
        for name, value in child.items():
            item.set(name, value)
        text = child.text or ""
        item.remove(child)
        if position:
            item[position - 1].tail = f"\n{text}"
        else:
            item.text = text
