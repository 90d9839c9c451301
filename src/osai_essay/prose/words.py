"""Words: how many an essay has, and what HTML says without its markup."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from osai_essay.prose.elements import BREAKING

# Han and kana are written without spaces; Hangul is not among them
_CJK = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_WORD = re.compile(r"[^\W_]++(?:['\u2019.,:@/_$\u00a3\u00a5\u20ac\u2010-\u2014-][^\W_]++)*+")
_ASCII_WORD = re.compile(r"[A-Za-z0-9]++(?:['.,:@/_$-][A-Za-z0-9]++)*+")  # in half of the time


def count_words(text: str) -> int:
    """The words of a text; two characters of Chinese or Japanese count as one word."""
    if text.isascii():
        return len(_ASCII_WORD.findall(text))
    spaced, characters = _CJK.subn(" ", text)
    return len(_WORD.findall(spaced)) + (characters + 1) // 2


def plain_text(html: str) -> str:
    """The words of a piece of HTML, white space made single; scripts and styles left out."""
    reader = _TextReader()
    reader.feed(html)
    reader.close()
    return " ".join("".join(reader.parts).split())


class _TextReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.hidden += tag in ("script", "style")
        self._space(tag)

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= bool(self.hidden) and tag in ("script", "style")
        self._space(tag)

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(data)

    def _space(self, tag: str) -> None:
        if tag in BREAKING or tag == "br":
            self.parts.append(" ")
