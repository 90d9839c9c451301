"""The sentences in which a number stands, as they read before and after."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from osai_essay.bind import say_range, say_value, texts_of_chart, texts_of_essay
from osai_essay.changes.values import Sentence
from osai_essay.model import Cell, Number, Site, Text
from osai_essay.names import page_names, site_names
from osai_essay.template import render_with_places
from osai_essay.template.filters import to_text

Value = Cell | tuple[float, float]  # of a number, or of a range

FIRST_MARK = 0x100000
_MARK = re.compile("[\U00100000-\U0010fffd]")
# a full stop, question or exclamation mark and what closes it, then something new; or a new block
_END = re.compile(
    r"(?<=[.!?])[\"'”’)*_]*\s+(?=[\"'“‘(*_A-Z\U00100000-\U0010fffd])|\n\s*\n|\n(?=[-*|>#]|\d+\. )"
)
_SIGNS = re.compile(r"^[#>*|\s-]+|\{:?[^}]*\}|\*\*|__|`|[*](?=\w)|(?<=\w)[*]|[|\s]+$")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_SPACE = re.compile(r"\s+")


def find_sentences(
    site: Site, numbers: Mapping[str, Number], before: Mapping[str, Value]
) -> dict[str, tuple[Sentence, ...]]:
    """Number -> the sentences in which it reads differently; before: name -> its value then."""
    config = site.config
    moved = {name: value for name, value in before.items() if name in numbers}
    found: dict[str, list[Sentence]] = {}
    for file, page, text in _texts(site):
        names = {"site": site_names(config), **page}
        seen = {n: each for n, each in numbers.items() if each.spec.essay in ("", file)}
        for name, sentence in _read(text, {**names, **seen}, moved):
            found.setdefault(name, []).append(sentence)
    return {name: tuple(dict.fromkeys(each)) for name, each in found.items()}


def restate(number: Number, value: Any, numbers: Mapping[str, Number]) -> str:
    """How a number reads with another value, printed as it is printed here."""
    if isinstance(value, tuple):
        low, high = (
            say_value(each, numbers[use.name].spec, number.language)
            for use, each in zip(number.spec.span, value, strict=True)
        )
        return say_range(low, high)
    return say_value(value, number.spec, number.language)


def _texts(site: Site) -> Iterator[tuple[str, dict[str, Any], Text]]:
    for essay in site.essays:
        for text in texts_of_essay(essay):
            yield essay.source, {"page": page_names(essay, "")}, text
    for spec in site.charts:
        for text in texts_of_chart(spec):
            yield spec.source, {}, text


def _read(
    text: Text, names: Mapping[str, Any], old: Mapping[str, Value]
) -> Iterator[tuple[str, Sentence]]:
    """The sentences of a text in which one of the old numbers stands, with its name."""
    if not any(use.name in old for use in text.names):
        return
    shown: list[Number] = []

    def show(value: object) -> str:
        if not isinstance(value, Number):
            return to_text(value)
        shown.append(value)
        return chr(FIRST_MARK + len(shown) - 1)

    said = render_with_places(text, names, show=show, chart=_nothing, include=_nothing)
    for start, end in _sentences(said.words):
        piece = said.words[start:end]
        here = [shown[ord(mark) - FIRST_MARK] for mark in _MARK.findall(piece)]
        moved = dict.fromkeys(each.name for each in here if each.name in old)
        if not moved:
            continue
        first = _MARK.search(piece)
        place = said.place(start + (first.start() if first else 0))
        now = _fill(piece, [number.text for number in shown])
        texts = [
            restate(each, old[each.name], names) if each.name in old else each.text
            for each in shown
        ]
        then = _fill(piece, texts)
        if now != then:
            sentence = Sentence(file=place.file, line=place.line or 1, before=then, after=now)
            yield from ((name, sentence) for name in moved)


def _nothing(*_: object) -> str:
    return ""


def _sentences(words: str) -> Iterator[tuple[int, int]]:
    cuts = [0, *(match.end() for match in _END.finditer(words)), len(words)]
    return ((start, end) for start, end in pairwise(cuts) if words[start:end].strip())


def _fill(piece: str, texts: list[str]) -> str:
    """A sentence with its numbers' texts, without Markdown's signs."""
    bare = _SIGNS.sub("", _LINK.sub(r"\1", piece.strip()))
    filled = _MARK.sub(lambda mark: texts[ord(mark[0]) - FIRST_MARK], bare)
    return _SPACE.sub(" ", filled).strip()
