"""What is known of an essay while its Markdown is read."""

from __future__ import annotations

from collections.abc import Callable

from osai_essay.prose.pieces import Pieces
from osai_essay.prose.places import Places
from osai_essay.struct import Struct, field


class Reading(Struct):
    """One essay on its way through Python-Markdown.

    lists: attribute lists by name, of `{:wide: .wide .dark}`. abbreviations: by what they shorten.
    add_footnote: takes a footnote's name and its Markdown.
    """

    pieces: Pieces
    places: Places
    lists: dict[str, str] = field(default_factory=dict)
    abbreviations: dict[str, str] = field(default_factory=dict)
    add_footnote: Callable[[str, str], None] = lambda name, text: None
