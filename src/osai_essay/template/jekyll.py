"""Jekyll's Liquid in content's own language: what Jinja cannot read is hidden or said in its words.

No line of a source ever moves, so that places found in either are places in the author's file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from osai_essay.template.tags import (
    Edit,
    Tag,
    Token,
    apply_edits,
    call_edit,
    include_edits,
    pair_tags,
)

VERBATIM_CALL = "__verbatim"  # prints its words as if the author had written them there
LINK_CALL = "__link"

LINK_TAGS = ("link", "post_url")
BLOCK_TAGS = ("comment", "highlight")
JEKYLL_TAGS = (
    *(word for tag in BLOCK_TAGS for word in (tag, f"end{tag}")), *LINK_TAGS, "elsif",
)  # fmt: skip

_READ_BY_JINJA = frozenset("if elif elsif for include claim unbound".split())
_TAG = re.compile(r"\{%[-+]?\s*+(?P<name>\w*+)(?P<rest>(?:[^%{]|%(?!\})|\{(?!%))*+)%\}")
_NOT_NEWLINE = re.compile(r"[^\n]")
_BEGINS_LINE = re.compile(  # marks of lists and quotes alone
    r"(?:[\s>]|[-*+] |\d+[.)] )*+(?:\{%-?\s*endraw\s*-?%\})?"
)
_LINE_IS_OVER = re.compile(r"(?:\{%-?\s*raw\s*-?%\})?[ \t]*(?:\n|$)")


def hide(source: str) -> str:
    """The source, of the same length, without what Jinja's lexer might stumble over.

    That is what a comment says, and what stands behind the name of a tag that Jinja does not read.
    """
    tags = tuple(_TAG.finditer(source))
    last = {tag["name"]: index for index, tag in enumerate(tags)}
    edits: list[Edit] = []
    opened: re.Match[str] | None = None  # a comment or raw, within which no tag counts
    for index, tag in enumerate(tags):
        if opened:
            if tag["name"] == "endcomment" and opened["name"] == "comment":
                edits.append(_blank(source, opened.end(), tag.start()))
            opened = None if tag["name"] == f"end{opened['name']}" else opened
        elif tag["name"] in ("comment", "raw") and last.get(f"end{tag['name']}", -1) > index:
            opened = tag
        elif tag["name"] not in _READ_BY_JINJA:
            rest = tag["rest"].rstrip("-+")
            edits.append(_blank(source, tag.start("rest"), tag.start("rest") + len(rest)))
    return apply_edits(source, edits)


def _blank(source: str, start: int, end: int) -> Edit:
    return start, end, _NOT_NEWLINE.sub(" ", source[start:end])


def words_behind(tag: Tag, source: str) -> str:
    """What stands behind a tag's name, of tags too whose words are hidden from Jinja."""
    behind = source[tag.name_offset + len(tag.name) : tag.end]
    return behind[: behind.rindex("%}")].rstrip("-+").strip()


def translate(
    source: str, tokens: tuple[Token, ...], tags: tuple[Tag, ...], without: Iterable[Tag] = ()
) -> str:
    """The source in words that Jinja can parse.

    without: the tags that nobody can read, left out so that the rest can be.
    """
    left_out = {tag.start: tag for tag in without}
    kept = tuple(tag for tag in tags if tag.start not in left_out)
    edits = [_verbatim(source, tag.start, tag.end, "") for tag in left_out.values()]
    edits += [*include_edits(source, kept), *_tag_edits(source, kept), *_filter_edits(tokens)]
    return apply_edits(source, edits)


def _verbatim(source: str, start: int, end: int, words: str) -> Edit:
    return call_edit(source, start, end, f"{VERBATIM_CALL}({json.dumps(words)})")


def _tag_edits(source: str, tags: tuple[Tag, ...]) -> Iterator[Edit]:
    pairs = {first.start: last for first, last in pair_tags(tags, BLOCK_TAGS)}
    for tag in tags:
        if tag.name == "elsif":
            yield tag.name_offset, tag.name_offset + len(tag.name), "elif"
        elif tag.name in LINK_TAGS:
            call = f"{LINK_CALL}({json.dumps(words_behind(tag, source), ensure_ascii=False)})"
            yield call_edit(source, tag.start, tag.end, call)
        elif tag.name == "comment" and tag.start in pairs:
            yield _verbatim(source, tag.start, pairs[tag.start].end, "")
        elif tag.name == "highlight" and tag.start in pairs:
            yield from _fence_edits(source, tag, pairs[tag.start])


def _fence_edits(source: str, opening: Tag, closing: Tag) -> Iterator[Edit]:
    """`{% highlight ruby linenos %}` as a fence, which begins and ends on lines of its own."""
    longest = max(map(len, re.findall("~+", source[opening.end : closing.start])), default=0)
    fence = "~" * max(3, longest + 1)
    for tag, words in ((opening, words_behind(opening, source)), (closing, "")):
        line = source.rfind("\n", 0, tag.start) + 1
        joins = source.startswith("{%-", tag.start)  # the line above
        begin = "" if not joins and _BEGINS_LINE.fullmatch(source, line, tag.start) else "\n"
        end = "" if _LINE_IS_OVER.match(source, tag.end) else "\n"
        yield _verbatim(source, tag.start, tag.end, f"{begin}{fence}{words}{end}")


def _filter_edits(tokens: tuple[Token, ...]) -> Iterator[Edit]:
    """`| date: "%Y"` as `| date("%Y")`, within {{ }}."""
    said = [token for token in tokens if token.kind != "whitespace"]
    is_open, depth = False, 0
    for index, token in enumerate(said):
        is_last = token.kind == "variable_end" or (token.value == "|" and depth == 0)
        if token.kind == "variable_begin":
            depth = 0
        elif token.kind == "operator":
            depth += (token.value in "([{") - (token.value in ")]}")
        if is_open and is_last:
            yield token.offset, token.offset, ")"
            is_open = False
        elif token.value == ":" and depth == 0 and _has_arguments(said, index):
            yield token.offset, token.offset + 1, "("
            is_open = True


def _has_arguments(tokens: list[Token], colon: int) -> bool:
    """True if a colon stands between a filter's name and something to give it."""
    follows = tokens[colon + 1 : colon + 2]
    is_given = bool(follows) and follows[0].kind != "variable_end" and follows[0].value != "|"
    return is_given and colon > 1 and tokens[colon - 2].value == "|"
