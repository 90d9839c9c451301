"""Attribute lists as kramdown has them: `{: .wide #costs lang="zh"}`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from osai_essay.prose.lines import ATTRIBUTE_NAME

_ITEM = re.compile(
    r"""\.([^\s.#}]+)|\#([^\s.#}]+)|([A-Za-z_:][\w:.-]*)=(?:"([^"]*)"|'([^']*)'|(\S+))|(\S+)"""
)

Pairs = list[tuple[str, str]]


def read_list(source: str, named: Mapping[str, str], *, depth: int = 0) -> Pairs:
    """The pairs of an attribute list; a bare word brings in the list of that name."""
    pairs: Pairs = []
    for match in _ITEM.finditer(source):
        if match[1]:
            pairs.append(("class", match[1]))
        elif match[2]:
            pairs.append(("id", match[2]))
        elif match[3]:
            value = next((match[index] for index in (4, 5, 6) if match[index] is not None), "")
            pairs.append((match[3].lower(), value))
        elif match[7] in named and depth < 5:
            pairs += read_list(named[match[7]], named, depth=depth + 1)
    return pairs


def set_list(element: Element, pairs: Pairs) -> None:
    """Give an element these attributes; classes add up."""
    for name, value in pairs:
        if name == "class" and element.get("class"):
            value = f"{element.get('class')} {value}"
        element.set(name, value)


def find_named_lists(text: str) -> dict[str, str]:
    """`{:wide: .wide .dark}` anywhere in the text -> {"wide": ".wide .dark"}."""
    if "{:" not in text:
        return {}
    matches = (ATTRIBUTE_NAME.match(line) for line in text.split("\n"))
    return {match[1]: match[2] for match in matches if match}
