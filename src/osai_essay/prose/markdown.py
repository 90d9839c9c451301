"""Markdown to HTML, pieces still in it: the door to Python-Markdown."""

from __future__ import annotations

import re

from markdown import Markdown
from markdown.extensions.abbr import AbbrTreeprocessor
from markdown.util import Registry

from osai_essay.problem import did_you_mean
from osai_essay.prose.attributes import find_named_lists
from osai_essay.prose.blocks import Blocks
from osai_essay.prose.elements import CONTENTS_TAG, PIECE_TAG
from osai_essay.prose.footnotes import Footnotes, check_footnotes
from osai_essay.prose.inline import add_inline
from osai_essay.prose.pieces import Pieces
from osai_essay.prose.places import Places
from osai_essay.prose.reading import Reading

_REFERENCE = re.compile(r"\[(?<![\\\w]\[)[^\[\]\n]+\]\[([^\[\]\n^]+)\]")


def convert_markdown(text: str, pieces: Pieces, places: Places) -> str:
    """The HTML of Markdown from which code, formulas and raw HTML are taken out.

    A new Markdown instance each time costs 0.3 ms and leaves nothing behind for the next essay.
    """
    reading = Reading(pieces=pieces, places=places, lists=find_named_lists(text))
    footnotes = Footnotes()
    md = Markdown(extensions=[footnotes], output_format="html")
    md.block_level_elements += [PIECE_TAG, CONTENTS_TAG, "section"]
    md.preprocessors.deregister("html_block")
    md.parser.blockprocessors = Registry()
    md.parser.blockprocessors.register(Blocks(md, reading), "kramdown", 1)
    md.treeprocessors.register(AbbrTreeprocessor(md, reading.abbreviations), "abbr", 7)
    reading.add_footnote = footnotes.setFootnote
    add_inline(md, reading, text)
    html = md.convert(text)
    check_footnotes(reading, set(footnotes.footnotes))
    check_references(reading, set(md.references))
    return html


def check_references(reading: Reading, known: set[str]) -> None:
    """`[words][name]` where no line says `[name]: address`: it would stand there in brackets."""
    for match in _REFERENCE.finditer(reading.places.visible):
        name = match[1]
        if " ".join(name.split()).lower() not in known:
            reading.places.add(
                "link-reference-unknown",
                reading.places.at(match.start(1), len(name)),
                f'no line says where the link "{name}" leads',
                did_you_mean(name, known, else_say=f"write a line [{name}]: and its address."),
                "warning",
            )
