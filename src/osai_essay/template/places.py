"""Where the words of a source stand in their file, so that each node of its tree finds its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from jinja2 import nodes

from osai_essay.problem import Where
from osai_essay.template.tags import Tag, Token
from osai_essay.text_lines import TextLines

_KINDS = ("name", "operator", "string", "integer", "float")
_PARTS = (".", "|", "is")


class Places:
    """The places of one source's words; start: that of its first character.

    words: (line in the source, its part and the word) -> offsets that no node has asked for yet.
    The part is the sign before it: `.` of an attribute, `|` of a filter, `is` of a test.
    """

    def __init__(
        self, source: str, start: Where, tokens: Iterable[Token], tags: Iterable[Tag]
    ) -> None:
        self.source = source
        self.start = start
        self.lines = TextLines(source)
        self.words: dict[tuple[int, str], list[int]] = defaultdict(list)
        self._note(tokens, [tag for tag in tags if tag.name == "include"])

    def _note(self, tokens: Iterable[Token], includes: list[Tag]) -> None:
        before = ""
        for token in tokens:
            if token.kind not in _KINDS:
                before = before if token.kind == "whitespace" else ""
                continue
            tag = next((t for t in includes if t.start < token.offset < t.end), None)
            if tag is None or "=" in self.source[tag.name_offset : token.offset]:
                line, _ = self.lines.place(tag.start if tag else token.offset)
                part = before if before in _PARTS else ""
                if tag is None or before in ("=", "."):
                    self.words[line, part + token.value].append(token.offset)
            before = before if before == "is" and token.value == "not" else token.value

    def at(self, offset: int, width: int = 1) -> Where:
        """The place of so many characters of the source."""
        return self.start.within(*self.lines.place(offset), width=width)

    def of_tag(self, tag: Tag) -> Where:
        """The place of a tag's name."""
        return self.at(tag.name_offset, len(tag.name))

    def find(self, node: nodes.Node, word: str, part: str = "") -> Where:
        """The place of a word of a node; the start of the node's line if it is not found.

        Words are asked for in the order of the source, so each use finds its own place.
        """
        offsets = self.words.get((node.lineno, part + word))
        if offsets:
            return self.at(offsets.pop(0) if len(offsets) > 1 else offsets[0], len(word))
        return self.start.within(node.lineno)

    def mark(self, node: nodes.Node, word: str, part: str = "") -> Where:
        """The same, kept on the node for the problems of its evaluation."""
        where = self.find(node, word, part)
        node.place = where  # type: ignore[attr-defined]
        return where
