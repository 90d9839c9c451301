"""`annotate:` and `lines:` of a chart file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from osai_essay.located import YamlList, YamlMap
from osai_essay.model import Annotation, Cell, ReferenceLine, Text
from osai_essay.problem import Where, did_you_mean
from osai_essay.struct import replace

Parse = Callable[[str, Where], Text]
Add = Callable[[str, Where, str, str], None]  # code, where, message, fix
Wrong = Callable[[str, Where, str], None]  # word, where, what it must be
WORDS = ("x", "y", "text")


class Marks:
    """Reads the two lists; add and wrong note a problem."""

    def __init__(self, data: YamlMap, parse: Parse, add: Add, wrong: Wrong) -> None:
        self.data = data
        self.parse = parse
        self._add = add
        self._wrong = wrong

    def annotations(self) -> tuple[Annotation, ...]:
        """Words at points: each needs x, y and text."""
        found = []
        for item in self._items("annotate"):
            text = self._text(item)
            if text is None or item.get("x") is None or item.get("y") is None:
                self._wrong("annotate", item.place, "a list of {x: ..., y: ..., text: ...}")
            else:
                found.append(Annotation(text=text, x=_cell(item["x"]), y=_cell(item["y"])))
        return tuple(found)

    def lines(self) -> tuple[ReferenceLine, ...]:
        """Lines across the chart: each needs x or y, not both."""
        found = []
        for item in self._items("lines"):
            if (item.get("x") is None) == (item.get("y") is None):
                wanted = "a list of {x: ...} or {y: ...}, with text: or not"
                self._wrong("lines", item.place, wanted)
            else:
                x, y = _cell(item.get("x")), _cell(item.get("y"))
                found.append(ReferenceLine(text=self._text(item), x=x, y=y))
        return tuple(found)

    def _items(self, word: str) -> Iterator[YamlMap]:
        value = self.data.get(word)
        if word not in self.data:
            return
        if not isinstance(value, YamlList):
            self._wrong(word, self.data.where(word), "a list")
            return
        for index, item in enumerate(value):
            if isinstance(item, YamlMap):
                self._check_keys(word, item)
                yield item
            else:
                self._wrong(word, value.where(index), "a list of mappings with x, y and text")

    def _check_keys(self, word: str, item: YamlMap) -> None:
        for key in item:
            if key not in WORDS:
                where = replace(item.key_where(key), width=len(key))
                message = f'an item of `{word}:` has no word "{key}"'
                fix = did_you_mean(key, WORDS, else_say="it knows x, y and text.")
                self._add("chart-word-unknown", where, message, fix)
            elif isinstance(item[key], YamlMap | YamlList):
                self._wrong(f"{word}: {key}", item.where(key), "one value")

    def _text(self, item: YamlMap) -> Text | None:
        value = item.get("text")
        return None if value is None else self.parse(str(value), item.where("text"))


def _cell(value: Any) -> Cell:
    return value if isinstance(value, str | int | float) else None
