"""Numbers as people write them into data: 1,200 or 1.200,5, beside signs such as $ and %."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence

from osai_essay.formats.languages import currencies
from osai_essay.formats.numbers import PERCENT
from osai_essay.struct import Struct

Words = Mapping[str, str | bool]

# `odd`: a minus that readers of packages pass over, so that the number would lose it.
_CELL = re.compile(
    r"(?P<odd>\(|\u2212|[-+](?=\D))?(?P<before>[^\d.,()+\u2212-]*)"
    r"(?P<number>[-+]?\.?\d[\d.,]*)(?P<after>[^\d()]*)(?(odd)\)?)",
    re.ASCII,
)
_Way = tuple[re.Pattern[str], Words]
_PLAIN: _Way = (re.compile(r"[-+]?\d+(\.\d+)?", re.ASCII), {})
_GROUPED: _Way = (re.compile(r"[-+]?\d{1,3}(,\d{3})*(\.\d+)?", re.ASCII), {"groupChar": ","})
_COMMA: _Way = (re.compile(r"[-+]?\d+(,\d+)?", re.ASCII), {"decimalChar": ","})
_BOTH: _Way = (
    re.compile(r"[-+]?\d{1,3}(\.\d{3})*(,\d+)?", re.ASCII),
    {"groupChar": ".", "decimalChar": ","},
)
_CODE = re.compile(r"[A-Z]{3}")
_SIGN = re.compile(r"[A-Z]{0,3}(?P<sign>\W)")
_NAMES = frozenset("KMTbBm")  # alone these are of names and measures: 7B, 100m
_CODES = {"US$": "USD", "\u20ac": "EUR", "RMB": "CNY"}
_LIKELY = {"$": "USD", "\u00a3": "GBP", "\u00a5": "CNY or JPY"}
_SCALES = {
    "k": "k", "K": "k", "th": "th", "thousand": "k", "m": "mn", "M": "mn", "mn": "mn",
    "million": "mn", "b": "bn", "B": "bn", "bn": "bn", "billion": "bn", "T": "tn", "tn": "tn",
    "trillion": "tn",
}  # fmt: skip


class Written(Struct, frozen=True, kw_only=True):
    """How the numbers of a column are written.

    words: with which a field of type `number` reads them; None where they are not all written in
        one way, or with a minus that would be lost.
    unit: what the signs say: `percent`, `EUR bn`; likely: what they may say: `USD` for a bare $.
    """

    words: Words | None
    unit: str = ""
    likely: str = ""


def read_written(texts: Sequence[str], *, comma: str = "group") -> Written | None:
    """How texts write numbers; None where they are no numbers, or bare ones such as 007 and 2025.

    comma: `group` or `decimal`, whichever a lone comma is more likely to be.
    """
    cells = [_CELL.fullmatch(text.strip()) for text in texts]
    found = [cell for cell in cells if cell]
    marks = {_signs(cell) for cell in found}
    numbers = [cell["number"] for cell in found]
    if not found or len(found) < len(cells) or not all(map(_are_signs, marks)):
        return None
    words = _find_way(numbers, comma)
    if marks == {()} and not (words and any("," in number for number in numbers)):
        return None
    if words is None or len(marks) > 1 or any(cell["odd"] for cell in found):
        return Written(words=None)
    (signs,) = marks
    unit, likely = _read_unit(signs)
    bare: Words = {"bareNumber": False} if signs else {}
    return Written(words={**bare, **words}, unit=unit, likely=likely)


def say_words(words: Words) -> str:
    """The words of a field as an author writes them: `bareNumber: false` and `groupChar: ","`."""
    return " and ".join(f"`{word}: {json.dumps(value)}`" for word, value in words.items())


def plain_number(text: str, words: Words) -> str:
    """A number without signs and groups, with a point: `1200.5`."""
    found = _CELL.fullmatch(text.strip())
    number = found["number"] if found else text
    number = number.replace(str(words["groupChar"]), "") if "groupChar" in words else number
    return number.replace(str(words.get("decimalChar", ".")), ".")


def is_read_whole(text: str, words: Mapping[str, object]) -> bool:
    """False where a reader of packages takes a number for another: (5) and -5, 131,82 and 13182.

    words: of its field; what they allow is passed over wherever it stands.
    """
    group, point = str(words.get("groupChar", "")), str(words.get("decimalChar", "."))
    found = re.search(r"[0-9].*[0-9]|[0-9]", text)
    if found is None:
        return True
    before = text[: found.start()].rstrip("+-")
    grouped = rf"[0-9]{{1,3}}(?:{re.escape(group)}[0-9]{{2,3}})*{re.escape(group)}[0-9]{{3}}"
    whole = found[0].lower().partition("e")[0].partition(point)[0]
    is_grouped = not group or group not in found[0] or re.fullmatch(grouped, whole) is not None
    return is_grouped and not before.rstrip().endswith(("(", "\u2212", point))


def _find_way(numbers: Sequence[str], comma: str) -> Words | None:
    likelier = (_GROUPED, _COMMA, _BOTH) if comma == "group" else (_COMMA, _BOTH, _GROUPED)
    ways = (_PLAIN, *likelier)
    return next((words for way, words in ways if all(map(way.fullmatch, numbers))), None)


def _signs(cell: re.Match[str]) -> tuple[str, ...]:
    """What stands before and behind a number, word by word: ("$", "bn")."""
    return (*cell["before"].split(), *cell["after"].split())


def _are_signs(words: tuple[str, ...]) -> bool:
    if len(words) == 1 and words[0] in _NAMES:
        return False
    return all(word in PERCENT or word in _SCALES or _is_money(word) for word in words)


def _is_money(word: str) -> bool:
    sign = _SIGN.fullmatch(word)
    if sign:
        return unicodedata.category(sign["sign"]) == "Sc"
    return word in _CODES or bool(_CODE.fullmatch(word) and word in currencies())


def _read_unit(signs: Sequence[str]) -> tuple[str, str]:
    """The unit that signs are certain to mean, else the one they may mean."""
    if len(signs) == 1 and signs[0] in PERCENT:
        return "percent", ""
    scale = " ".join(_SCALES[word] for word in signs if word in _SCALES)
    money = [word for word in signs if _is_money(word)]
    if len(money) != 1 or len(scale.split()) > 1:
        return "", ""
    code = _CODES.get(money[0], money[0])
    if _CODE.fullmatch(code):
        return f"{code} {scale}".strip(), ""
    return "", f"{_LIKELY[code]} {scale}".strip() if code in _LIKELY else ""
