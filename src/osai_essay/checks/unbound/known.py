"""Numbers of the site that print what a figure says."""

from __future__ import annotations

import re
from collections.abc import Iterable

from osai_essay.checks.unbound.english import NUMBER_WORDS
from osai_essay.model import Number

_DIGITS = re.compile(r"\d+(?:[^\w\s]\d+)*")
_SIGN = re.compile(r"[$€£¥%]")
_ZEROS = re.compile(r"\D0+$")


def find_known(words: str, numbers: Iterable[Number]) -> Number | None:
    """The number that prints these words; else the first that prints the same digits.

    "three" counts as 3, and 98.0 as 98; $98 is not 98%.
    """
    known = tuple(numbers)
    exact = (each for each in known if each.text == " ".join(words.split()))
    alike = (each for each in known if _is_alike(words, each.text))
    return next(exact, None) or next(alike, None)


def _is_alike(words: str, text: str) -> bool:
    words = NUMBER_WORDS.get(words.lower(), words)
    digits, others = _DIGITS.findall(words), _DIGITS.findall(text)
    if len(digits) != 1 or len(others) != 1:  # a range, or no digits at all
        return False
    sign, other = _SIGN.search(words), _DIGITS.sub("", text).strip()
    return _ZEROS.sub("", digits[0]) == _ZEROS.sub("", others[0]) and (
        not sign or not other or sign[0] in other
    )
