"""Headings: their anchors, as kramdown and GitHub make them, and the table of contents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from osai_essay.model import Heading
from osai_essay.prose.tags import escape_text, escape_value

_EXPLICIT = re.compile(r"""<[A-Za-z][^<>]*?\sid\s*=\s*["']?([^"'\s>]+)""")


class Anchors:
    """Gives each heading an id that is not taken on this page."""

    def __init__(self, html: str) -> None:
        self._taken = set(_EXPLICIT.findall(html))
        self._counts: dict[str, int] = {}

    def make(self, text: str) -> str:
        """`Costs: 2025 & after` -> `costs-2025--after`; a second one gets `-1`.

        text: of the heading, with a number's name for its value, so that links last.
        """
        base = _slug(" ".join(text.split())) or "section"
        count = self._counts.get(base, 0)
        anchor = f"{base}-{count}" if count else base
        while anchor in self._taken:
            count += 1
            anchor = f"{base}-{count}"
        self._counts[base] = count + 1
        self._taken.add(anchor)
        return anchor


def _slug(text: str) -> str:
    lowered = text.strip().lower()
    if lowered.isascii():
        kept = re.sub(r"[^\w\- ]", "", lowered)
    else:
        kept = "".join(char for char in lowered if _is_kept(char))
    return kept.replace(" ", "-")


def _is_kept(char: str) -> bool:
    return char in "-_ " or char.isalnum() or unicodedata.category(char)[0] == "M"


def heading_tree(
    headings: Iterable[Heading], *, levels: Sequence[int] = (2, 3)
) -> list[dict[str, Any]]:
    """The headings of these levels, nested: `{"id", "text", "level", "children"}`.

    A heading that skips a level hangs under the last higher one.
    """
    roots: list[dict[str, Any]] = []
    open_entries: list[dict[str, Any]] = []
    for heading in headings:
        if heading.level not in levels or not heading.in_contents:
            continue
        entry = {"id": heading.id, "text": heading.text, "level": heading.level, "children": []}
        while open_entries and open_entries[-1]["level"] >= heading.level:
            open_entries.pop()
        (open_entries[-1]["children"] if open_entries else roots).append(entry)
        open_entries.append(entry)
    return roots


def render_contents(headings: Iterable[Heading]) -> str:
    """The table of contents that `{:toc}` asks for."""
    tree = heading_tree(headings, levels=(1, 2, 3, 4, 5, 6))
    return f'<nav class="toc" aria-label="Contents">{_render_list(tree)}</nav>' if tree else ""


def _render_list(entries: list[dict[str, Any]]) -> str:
    items = "".join(
        f'<li><a href="#{escape_value(entry["id"])}">{escape_text(entry["text"])}</a>'
        f"{_render_list(entry['children']) if entry['children'] else ''}</li>\n"
        for entry in entries
    )
    return f"<ul>\n{items}</ul>"
