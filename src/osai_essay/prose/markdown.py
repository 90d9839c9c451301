"""Markdown to HTML, pieces still in it: the door to Python-Markdown."""

from __future__ import annotations

from markdown import Markdown
from markdown.extensions.abbr import AbbrTreeprocessor
from markdown.util import Registry

from osai_essay.prose.attributes import find_named_lists
from osai_essay.prose.blocks import Blocks, Essay
from osai_essay.prose.elements import CONTENTS_TAG, PIECE_TAG
from osai_essay.prose.footnotes import Footnotes, check_footnotes
from osai_essay.prose.inline import add_inline
from osai_essay.prose.pieces import Pieces
from osai_essay.prose.places import Places


def convert_markdown(text: str, pieces: Pieces, places: Places) -> str:
    """The HTML of Markdown from which code, formulas and raw HTML are taken out.

    A new Markdown instance each time costs 0.3 ms and leaves nothing behind for the next essay.
    """
    essay = Essay(pieces=pieces, places=places, lists=find_named_lists(text))
    footnotes = Footnotes()
    md = Markdown(extensions=[footnotes], output_format="html")
    md.block_level_elements += [PIECE_TAG, CONTENTS_TAG, "section"]
    md.preprocessors.deregister("html_block")
    md.parser.blockprocessors = Registry()
    md.parser.blockprocessors.register(Blocks(md, essay), "kramdown", 1)
    md.treeprocessors.register(AbbrTreeprocessor(md, essay.abbreviations), "abbr", 7)
    essay.footnotes = footnotes.setFootnote
    add_inline(md, essay)
    html = md.convert(text)
    check_footnotes(essay, set(footnotes.footnotes))
    return html
