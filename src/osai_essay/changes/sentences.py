"""The sentences in which a number stands, as they read before and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from osai_essay.bind import say_range, say_value, texts_of_chart, texts_of_essay
from osai_essay.changes.reading import FIRST_MARK, MARK, bare, cut
from osai_essay.changes.values import Sentence
from osai_essay.model import Bound, Cell, Number, Site, Text
from osai_essay.names import page_names, site_names
from osai_essay.struct import Struct, replace
from osai_essay.template import Said, render_with_places
from osai_essay.template.values import to_text

Value = Cell | tuple[float, float]  # of a number, or of a range


class _Read(Struct, frozen=True):
    """A sentence as a reader sees it, where it begins in what is said, its numbers' names."""

    words: str
    said: Said
    at: int
    names: tuple[str, ...]


def find_sentences(
    site: Site, numbers: Mapping[str, Number], before: Mapping[str, Value]
) -> tuple[Sentence, ...]:
    """The sentences that read differently, in the order of the site; before: name -> its value."""
    old = {
        name: take_back(numbers[name], value, numbers)
        for name, value in before.items()
        if name in numbers
    }
    bound = Bound(numbers=numbers)
    found: list[Sentence] = []
    for file, page, text in _texts(site):
        moved = {use.name: old[use.name] for use in text.names if use.name in old}
        if moved:
            names = {"site": site_names(site.config), **page, **bound.seen_from(file)}
            found += _compare(text, names, moved)
    return tuple(dict.fromkeys(found))


def take_back(number: Number, value: Value, numbers: Mapping[str, Number]) -> Number:
    """A number with the value it had, printed as it is printed now."""
    value = _as_date(value) if isinstance(number.value, date) else value
    return replace(number, value=value, text=_say(number, value, numbers))


def _as_date(value: Any) -> Any:
    """A date that was kept as text; other text as it is."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return value


def _say(number: Number, value: Value, numbers: Mapping[str, Number]) -> str:
    spec, language = number.spec, number.language
    if not isinstance(value, tuple):
        return say_value(value, spec, language)
    specs = [numbers[use.name].spec for use in spec.span] or [spec, spec]  # it was a range then
    low, high = (say_value(_as_date(value[at]), specs[at], language) for at in (0, 1))
    return say_range(low, high)


def _texts(site: Site) -> Iterator[tuple[str, dict[str, Any], Text]]:
    for essay in site.essays:
        for text in texts_of_essay(essay):
            yield essay.source, {"page": page_names(essay, "")}, text
    for spec in site.charts:
        for text in texts_of_chart(spec):
            yield spec.source, {}, text


def _compare(
    text: Text, names: Mapping[str, Any], moved: Mapping[str, Number]
) -> Iterator[Sentence]:
    """The sentences of a text that differ, with the numbers they differ by.

    These are the moved ones printed in a sentence; where none is printed, as in a difference of
    two, the first moved one that the text names.
    """
    then, now = _read(text, {**names, **moved}), _read(text, names)
    if then is None or now is None:
        return
    for old, new in _pairs(then, now):
        one = new or old
        place = one.said.place(one.at)
        printed = [each for side in (new, old) if side for each in side.names if each in moved]
        yield Sentence(
            file=place.file,
            line=place.line or 1,
            before=old.words if old else "",
            after=new.words if new else "",
            numbers=tuple(dict.fromkeys(printed or [next(iter(moved))])),
        )


def _pairs(then: list[_Read], now: list[_Read]) -> Iterator[tuple[Any, Any]]:
    """Sentences that were replaced, in order; None on the side where there is none."""
    old, new = ([each.words for each in side] for side in (then, now))
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, start, end, first, last in matcher.get_opcodes():
        if tag != "equal":
            yield from zip_longest(then[start:end], now[first:last])


def _read(text: Text, names: Mapping[str, Any]) -> list[_Read] | None:
    """The sentences of a text, None where it breaks off at a fault, such as a range in a sum.

    Marks stand for its numbers until it is cut into sentences.
    """
    shown: list[Number] = []

    def show(value: object) -> str:
        if not isinstance(value, Number):
            return MARK.sub("\ufffd", to_text(value))  # such a sign is ours alone
        shown.append(value)
        return chr(FIRST_MARK + len(shown) - 1)

    if MARK.search(text.source):
        return None
    said = render_with_places(text, names, show=show, chart=_nothing, include=_nothing)
    if said.problems:
        return None
    return [_sentence(said, start, end, shown) for start, end in cut(said.words)]


def _sentence(said: Said, start: int, end: int, shown: list[Number]) -> _Read:
    """The sentence between two places; it stands where its first number does."""
    piece = said.words[start:end]
    marks = list(MARK.finditer(piece))
    first = marks[0].start() if marks else len(piece) - len(piece.lstrip())
    here = tuple(shown[ord(mark[0]) - FIRST_MARK].name for mark in marks)
    words = MARK.sub(lambda mark: shown[ord(mark[0]) - FIRST_MARK].text, bare(piece))
    return _Read(" ".join(words.split()), said, start + first, here)


def _nothing(*_: object) -> str:
    return ""
