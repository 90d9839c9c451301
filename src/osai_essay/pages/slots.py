"""Signs that stand in an essay's Markdown for what is put in after it has run."""

from __future__ import annotations

import html
import re

from osai_essay.model import Number, Slot
from osai_essay.pages.marks import Marks
from osai_essay.struct import Struct, field

FIRST_SLOT = 0xF0000
_PRIVATE = re.compile("[\U000f0000-\U0010ffff]")
_NEEDS_SLOT = re.compile(r"[&<>*_\[\]`\\$~\"'|{}#!\n]")


def without_marks(text: str) -> str:
    """A text without the private-use characters that stand for slots and charts."""
    return _PRIVATE.sub("", text)


class Slots(Struct):
    """The slots of one essay; marks: of its charts; numbers: the names of those it prints."""

    marks: Marks
    by_mark: dict[str, Slot] = field(default_factory=dict)
    numbers: dict[str, None] = field(default_factory=dict)
    is_in_claim: bool = False

    def add(self, slot: Slot) -> str:
        """The private-use character that stands for what is put in."""
        mark = chr(FIRST_SLOT + len(self.by_mark))
        self.by_mark[mark] = slot
        return mark

    def text(self, text: str) -> str:
        """A text as it is, or as a slot where Markdown would read signs in it."""
        text = without_marks(text)
        if not _NEEDS_SLOT.search(text):
            return text
        return self.add(Slot(html=html.escape(text, quote=False), text=text))

    def number(self, number: Number) -> str:
        """A number as a link to its audit; bare within a claim, which is a link itself."""
        self.numbers[number.name] = None
        text = without_marks(number.text)
        words = html.escape(text, quote=False)
        link = f'<a class="number" href="#number-{number.name}">{words}</a>'
        anchor = number.name.replace("_", " ")
        return self.add(Slot(html=words if self.is_in_claim else link, text=text, anchor=anchor))

    def bracket(self, claim: int | None, is_start: bool) -> str:
        """What stands before and after the words of a claim."""
        if claim is None:
            return ""
        self.is_in_claim = is_start
        link = f'<a class="claim" href="#claim-{claim + 1}">' if is_start else "</a>"
        return self.add(Slot(html=link))

    def chart(self, name: str) -> str:
        """The mark of a chart."""
        return self.add(Slot(html=self.marks.add(name), is_block=True))
