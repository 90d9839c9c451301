"""The last pass over an essay's HTML: pieces put in, links resolved, words set, tags made whole."""

from __future__ import annotations

import re

from osai_essay.model import Heading
from osai_essay.prose.elements import (
    BARE_LINK,
    BREAKING,
    CONTENTS_TAG,
    HEADINGS,
    MAY_STAY_OPEN,
    NOT_PROSE,
    OURS,
    PIECE_TAG,
    REFUSED,
    REFUSED_WHOLE,
    VOID,
)
from osai_essay.prose.headings import Anchors, render_contents
from osai_essay.prose.links import Links
from osai_essay.prose.pieces import Pieces, drop_private, restore_inert
from osai_essay.prose.places import Places
from osai_essay.prose.sidenotes import MARK, WITHIN
from osai_essay.prose.tags import TOKEN, Attributes, decode_text, read_attributes, write_tag
from osai_essay.prose.writer import Writer

_CONTENTS = "\x00contents\x00"
_NAMES = re.compile(r"[^\s\"'=<>/]+")
_PIECE = re.compile(
    rf"<{PIECE_TAG}>([\U00100000-\U0010efff])</{PIECE_TAG}>|[\U00100000-\U0010efff]"
)
_NOTE = "doc-noteref"
_FIXES = {
    "style": "give it a class, and move the styles to a stylesheet in content/static/assets.",
    "script": "move the script to a file in content/static/assets; the theme's templates load it.",
    "iframe": "link to the page, or show a picture of it that links there.",
    "object": "link to the file instead.",
    "embed": "link to the file instead.",
    "form": "link to a page that holds the form: one here could send nothing.",
    "ping": "take it out.",
}


class Finisher:
    """Walks over the HTML once, token by token."""

    def __init__(self, pieces: Pieces, places: Places, links: Links, *, allow_html: bool) -> None:
        self.words = 0
        self.headings: tuple[Heading, ...] = ()
        self._pieces = pieces
        self._places = places
        self._links = links
        self._allow_html = allow_html

    def finish(self, html: str) -> str:
        """The finished HTML, marks for notes in it; afterwards `headings` and `words` are known."""
        self._html = _expand(html, self._pieces)
        self._writer = writer = Writer(Anchors(self._html), self._places)
        position = 0
        while match := TOKEN.match(self._html, position):
            position = max(self._take(match), match.end())
        while writer.stack:
            writer.close_to(0)
        writer.flush()
        self.words, self.headings = writer.run.words, tuple(writer.headings)
        finished = "".join(writer.out).strip()
        if _CONTENTS in finished:
            finished = finished.replace(_CONTENTS, render_contents(self.headings))
        return drop_private(finished)

    def _take(self, match: re.Match[str]) -> int:
        """Handle one token; gives back where to go on if further than its end."""
        kind = match.lastgroup
        if kind == "text":
            self._take_text(match[0])
        elif kind == "piece":
            self._take_piece(match[0])
        elif kind == "comment":
            words = self._pieces.to_text(match[0][4:-3]).replace("--", "- -")
            self._writer.put(f"<!--{words.replace('<', '&lt;')}-->")
        elif match["slash"]:
            self._take_closing(match["name"].lower(), match[0])
        else:
            return self._take_opening(match)
        return 0

    def _take_text(self, source: str) -> None:
        text = decode_text(source)
        writer = self._writer
        if writer.stack and writer.stack[-1].attributes.get("role") == _NOTE:
            writer.put_words(text)  # the number of a footnote is no word of the heading
        elif writer.is_in(NOT_PROSE):
            writer.run.pass_by(restore_inert(text), is_prose=False)
            writer.put_words(restore_inert(text))
        else:
            writer.run.add(text)

    def _take_piece(self, char: str) -> None:
        piece = self._pieces.get(char)
        if piece is None:
            return
        writer = self._writer
        in_heading = writer.is_in(HEADINGS)
        if writer.is_in(NOT_PROSE):
            writer.run.pass_by(piece.text, is_prose=False, anchor=piece.anchor)
            writer.put_words(piece.text)
        elif piece.is_block and not in_heading:
            writer.put_block(piece.html)
        elif piece.is_block or (piece.kind == "given" and "a" in writer.open):
            writer.run.add(piece.text, piece.anchor)
        else:
            is_prose = piece.kind == "given"
            writer.run.pass_by(piece.text, is_prose=is_prose, anchor=piece.anchor)
            writer.put(piece.html)

    def _take_opening(self, match: re.Match[str]) -> int:
        name = match["name"].lower()
        if name in REFUSED and not self._allow_html:
            return self._refuse(name, match)
        if name == CONTENTS_TAG:
            self._writer.put(_CONTENTS)
            return 0
        attributes = self._read_attributes(match, name) if match["attributes"] else {}
        if attributes is None:
            return 0
        if name in ("script", "style"):
            return self._write_code(match, name, attributes)
        self._write_opening(match, name, attributes)
        return 0

    def _read_attributes(self, match: re.Match[str], name: str) -> Attributes | None:
        """A tag's attributes, addresses resolved; None for a bare link within a link."""
        attributes = read_attributes(match["attributes"])
        if not self._allow_html:
            self._drop_refused(match[0], attributes)
        is_bare = attributes.pop(BARE_LINK, None) is not None
        if is_bare and "a" in self._writer.open:
            return None
        self._links.set(name, attributes)
        for key, value in attributes.items():
            if value and not value.isascii():
                attributes[key] = drop_private(self._pieces.to_text(value))
        return attributes

    def _write_code(self, match: re.Match[str], name: str, attributes: Attributes) -> int:
        """A script or style that is granted; what stands in it is no HTML."""
        closing = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(self._html, match.end())
        code = self._html[match.end() : closing.start()] if closing else ""
        self._writer.put(f"{write_tag(name, attributes)}{self._pieces.to_text(code)}</{name}>")
        return closing.end() if closing else 0

    def _write_opening(self, match: re.Match[str], name: str, attributes: Attributes) -> None:
        writer = self._writer
        is_closed = match[0].endswith("/>")
        if name == "svg" or "svg" in writer.open or "math" in writer.open:
            cased = {each.lower(): each for each in _NAMES.findall(match["attributes"])}
            kept = {cased.get(key, key): value for key, value in attributes.items()}
            writer.push_foreign(match["name"], kept, is_closed=is_closed)
            return
        breaks_paragraph = writer.end_implied(name)
        if name in VOID:
            self._write_void(name, attributes)
            if breaks_paragraph:
                writer.push("p", {})
            return
        writer.push(name, attributes, match[0]).resumes = breaks_paragraph
        if is_closed:
            writer.close_to(len(writer.stack) - 1)

    def _write_void(self, name: str, attributes: Attributes) -> None:
        if name in BREAKING:
            self._writer.flush()
        elif name == "br":
            self._writer.run.pass_by("\n", is_prose=True)
        self._writer.put(write_tag(name, attributes))

    def _take_closing(self, name: str, source: str) -> None:
        writer = self._writer
        if name == CONTENTS_TAG or (name in REFUSED and not self._allow_html):
            return
        depth = writer.find(name) if name in writer.open else None
        if depth is not None:
            is_note = writer.stack[depth].attributes.get("role") == _NOTE
            writer.close_to(depth)
            if is_note and writer.open.keys() <= WITHIN:
                writer.put(MARK)
        elif name not in MAY_STAY_OPEN and name not in VOID and name != "a":
            self._places.add(
                "html-not-closed",
                self._places.find(source, f"</{name}"),
                f"</{name}> closes nothing",
                f"write <{name}> where it begins, or take this out.",
                "warning",
            )

    def _refuse(self, name: str, match: re.Match[str]) -> int:
        """A tag an essay may not have; what a script or style holds goes with it."""
        self._places.add(
            "html-not-allowed",
            self._places.find(match[0], f"<{match['name']}"),
            f"<{name}> may not stand in an essay",
            _FIXES.get(name, "take it out; pages get their frame from the theme in templates/."),
        )
        if name not in REFUSED_WHOLE:
            return 0
        closing = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(self._html, match.end())
        return closing.end() if closing else 0

    def _drop_refused(self, source: str, attributes: Attributes) -> None:
        for key in [key for key in attributes if key in OURS or key.startswith("on")]:
            del attributes[key]
            self._places.add(
                "html-not-allowed",
                self._places.find(source, f"{key}="),
                f"the attribute {key} may not stand in an essay",
                _FIXES.get(key, _FIXES["script"]),
            )


def _expand(html: str, pieces: Pieces) -> str:
    """The HTML with raw HTML blocks in the place of their pieces."""

    def put(match: re.Match[str]) -> str:
        piece = pieces.get(match[1] or match[0])
        return piece.html if piece and piece.kind in ("html", "tag") else match[0]

    expanded = _PIECE.sub(put, html) if pieces.has_html else html
    last = expanded.rfind("-->") + 3 if "-->" in expanded else 0
    # a comment that never ends would be sought to the page's end, each time
    return expanded[:last] + expanded[last:].replace("<!--", "&lt;!--")
