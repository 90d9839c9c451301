"""The figures in running text."""

from __future__ import annotations

from collections.abc import Iterator

from osai_essay.checks.unbound.patterns import FIGURES, read_patterns
from osai_essay.formats import is_english, month_names
from osai_essay.struct import Struct


class Figure(Struct, frozen=True):
    """A figure as it is written, and where it begins."""

    offset: int
    words: str


def find_figures(running: str, language: str) -> Iterator[Figure]:
    """Amounts, and in English number words from three up, parts and changes.

    running: text in which all that is no prose is blank. Years, dates, ordinals and names such as
    GPT-4 are none.
    """
    patterns = read_patterns(month_names(language), is_english=is_english(language))
    for match in patterns.finditer(running):
        if match.lastgroup in FIGURES:
            yield Figure(match.start(), match[0])
