"""What a list says of an essay in its own words."""

from __future__ import annotations

import re

from osai_essay.model import Prose
from osai_essay.pages.slots import without_marks
from osai_essay.prose import plain_text

_NOT_SAID = re.compile(r"<(nav|h[1-6])\b(?:(?!<\1\b).)*?</\1>", re.DOTALL)  # in the words of a list


def excerpt(prose: Prose, separator: str) -> str:
    """What stands before the separator, where there is one; else the essay's first words."""
    before, found, _ = prose.html.partition(separator) if separator else ("", "", "")
    return _words(_NOT_SAID.sub("", before)) if found else first_words(prose)


def first_words(prose: Prose, most: int = 200) -> str:
    """The beginning of an essay's first paragraph, for where it has no description."""
    found = re.search(r"<p>(.*?)</p>", prose.html, re.DOTALL)
    words = _words(found[1]) if found else ""
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def _words(html: str) -> str:
    """The words of HTML without its notes' numbers and what stands for charts."""
    return without_marks(plain_text(re.sub(r"<sup.*?</sup>", "", html, flags=re.DOTALL)))
