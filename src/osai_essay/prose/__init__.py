"""An essay's Markdown as HTML, with numbers, claims, charts and formulas in place."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from osai_essay.model import Prose, Slot
from osai_essay.problem import Problem, Where, sort_problems
from osai_essay.prose.code import has_line_numbers, read_language, render_code
from osai_essay.prose.extensions import find_extensions
from osai_essay.prose.finish import Finisher
from osai_essay.prose.formulas import put_formulas
from osai_essay.prose.headings import heading_tree
from osai_essay.prose.html_blocks import put_html_blocks
from osai_essay.prose.links import Links, Resolve
from osai_essay.prose.masks import (
    blank_ranges,
    find_code_blocks,
    find_code_spans,
    find_comments,
)
from osai_essay.prose.pieces import Pieces, TooManyPiecesError
from osai_essay.prose.places import Place, Places
from osai_essay.prose.running import running_text
from osai_essay.prose.sentences import sentence_around
from osai_essay.prose.sidenotes import set_beside
from osai_essay.prose.words import plain_text

__all__ = [
    "find_extensions",
    "heading_tree",
    "plain_text",
    "render_prose",
    "running_text",
    "sentence_around",
]


def render_prose(
    source: str,
    *,
    where: Where,
    slots: Mapping[str, Slot],
    resolve: Resolve,
    math: bool,
    allow_html: bool = False,
    place: Place | None = None,
) -> tuple[Prose, tuple[Problem, ...]]:
    """An essay's Markdown as HTML, its headings, its links into the site and its words.

    source: Markdown in which one private-use character from U+F0000 on stands for each slot.
    where: the place of its first character. resolve: (`link` or `image`, address) -> where it
        leads, or a problem, which gets its place here. math: `$...$` is a formula.
    allow_html: scripts, frames and styles are granted and kept.
    place: offset in source -> its place in the file, where tags of templates made lines longer or
        fewer; without it lines and columns are counted from `where`.
    Problems: link-unsafe, link-reference-unknown, html-not-allowed, html-not-closed,
        image-without-alt, code-not-closed, footnote-unknown, footnote-unused,
        math-unknown-command, math-unreadable, markdown-too-deep, and those of resolve.
    """
    pieces = Pieces(slots)
    source = pieces.clean(source.replace("\r\n", "\n").replace("\r", "\n"))
    places = Places(source, where, place)
    links = Links(resolve, pieces, places)
    try:
        prose = _render(source, pieces, places, links, math=math, allow_html=allow_html)
    except (RecursionError, TooManyPiecesError):
        places.add(
            "markdown-too-deep",
            Where(file=where.file, line=where.line, column=where.column),
            "this essay's Markdown is nested too deeply or has too many pieces to be read",
            "write it with fewer levels of quotes, lists, brackets and tags.",
        )
        plain = f"<pre>{escape(pieces.to_text(source))}</pre>"
        prose = Prose(html=plain, page_html=plain)
    return prose, sort_problems(places.problems)


def _render(
    source: str,
    pieces: Pieces,
    places: Places,
    links: Links,
    *,
    math: bool,
    allow_html: bool,
) -> Prose:
    from osai_essay.prose.markdown import convert_markdown

    text = _take_out(source, pieces, places, math=math)
    html = convert_markdown(text, pieces, places)
    finisher = Finisher(pieces, places, links, allow_html=allow_html)
    at_end, beside = set_beside(finisher.finish(html))
    return Prose(
        html=at_end,
        page_html=beside,
        headings=finisher.headings,
        links=tuple(links.uses),
        words=finisher.words,
    )


def _take_out(source: str, pieces: Pieces, places: Places, *, math: bool) -> str:
    """The Markdown with code blocks, formulas and raw HTML blocks as pieces."""
    fences, indented = find_code_blocks(source)
    code_ranges = sorted([(fence.start, fence.end) for fence in fences] + indented)
    visible = blank_ranges(source, code_ranges)
    visible = blank_ranges(visible, find_code_spans(visible))
    places.visible = blank_ranges(visible, list(find_comments(visible)))
    edits = put_formulas(source, places, pieces) if math else []
    for fence in fences:
        code = pieces.to_text(fence.code)
        html = render_code(
            code, read_language(fence.info), is_numbered=has_line_numbers(fence.info)
        )
        edits.append((fence.start, fence.end, pieces.put(html, code, "code", is_block=True)))
        if not fence.is_closed:
            places.add(
                "code-not-closed",
                places.at(fence.start, 3),
                "this code block never ends",
                "end it with a line of the same marks (```).",
            )
    edits.sort()
    text, visible = _expand_tabs(_apply(source, edits), _apply(visible, edits))
    return put_html_blocks(text, visible, pieces, places)


def _apply(source: str, edits: list[tuple[int, int, str]]) -> str:
    parts: list[str] = []
    last = 0
    for start, end, char in edits:
        parts += [source[last:start], char]
        last = end
    return "".join([*parts, source[last:]])


def _expand_tabs(text: str, visible: str) -> tuple[str, str]:
    """Both texts with spaces for tabs; a tab in code, blank in one of them, is as wide in both."""
    if "\t" not in text:
        return text, visible
    return text.expandtabs(4), _restore_tabs(visible, text).expandtabs(4)


def _restore_tabs(visible: str, text: str) -> str:
    return "".join("\t" if char == "\t" else seen for seen, char in zip(visible, text, strict=True))
