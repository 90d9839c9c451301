"""A unit as its author writes it -> Unit; what looks like money has to be money."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from functools import cache

from osai_essay.formats import PERCENT, SCALES, SHARE, currencies
from osai_essay.model import Unit
from osai_essay.problem import nearest
from osai_essay.struct import replace
from osai_essay.units.arithmetic import TIME, YEAR, divided

SCALE_WORDS = {"thousand": "th", "million": "mn", "billion": "bn", "trillion": "tn"}
SECONDS = {
    "second": 1, "minute": 60, "hour": 3600, "day": 86_400, "week": 604_800,
    "month": 2_629_746, "year": 31_556_952,
}  # fmt: skip
_PLAIN = {
    **dict.fromkeys((SHARE, "times", "ratio"), Fraction(1)),
    **dict.fromkeys((*PERCENT, "percent points", "percentage points"), Fraction(1, 100)),
}
_MEASURE = re.compile(r"(?P<prefix>[kMGTPE]?)(?P<base>Wh|W|FLOP)")
_PREFIXES = {letter: 1000**power for power, letter in enumerate(("", *"kMGTPE"))}
_NOUN_SCALES = ("bn", "mn", "tn")  # beside a noun `m`, `k` and `th` may be anything
_CODE = re.compile(r"[A-Z]{3}")
_OVER = re.compile(r"\s*/\s*|\s+per\s+")


class UnitError(ValueError):
    """A text that looks like a unit with a mistake in it."""

    def __init__(self, message: str, fix: str) -> None:
        super().__init__(message)
        self.message, self.fix = message, fix


@cache
def read_unit(text: str) -> Unit:
    """`USD bn`, `share`, `days`, `CNY per USD`, `GW`, or a noun such as `models`.

    Raises: UnitError, where a currency or the scale of one is not known.
    """
    text = " ".join(text.split())
    if text == "year":
        return _unit(YEAR, text=text)
    unit, *others = (_read_side(side) for side in _OVER.split(text))
    for other in others:
        unit = divided(unit, other)
    return replace(unit, text=text)


def _read_side(text: str) -> Unit:
    if any(unicodedata.category(letter) == "Sc" for letter in text):
        raise UnitError(f'"{text}" has a sign of money where its code is due', _write_code())
    if text.casefold() in _PLAIN:
        return Unit(scale=_PLAIN[text.casefold()])
    code, _, rest = text.partition(" ")
    money = _read_money(code, rest) if _CODE.fullmatch(code) else None
    return money or _read_noun(text)


def _read_money(code: str, rest: str) -> Unit | None:
    """None for three capitals that begin a noun, such as `GPU hours`."""
    is_known, scale = code in currencies(), _near_scale(rest)
    if is_known and rest in SCALES:
        return _unit(code, SCALES[rest])
    if is_known:
        fix = f'did you mean "{code} {scale}"?' if scale else _write_code()
        raise UnitError(f'"{rest}" is no scale of an amount of money', fix)
    if rest and not scale:
        return None
    likely = next((each for each in sorted(currencies()) if sorted(each) == sorted(code)), None)
    meant = f"{likely} {scale or ''}".strip()
    raise UnitError(
        f'there is no currency "{code}"', f'did you mean "{meant}"?' if likely else _write_code()
    )


def _read_noun(text: str) -> Unit:
    scale, noun = _take_scale(text.split())
    if scale and noun.upper() in currencies():
        fix = f'did you mean "{noun.upper()} {scale}"?'
        raise UnitError(f'"{text}" is not how an amount of money is written', fix)
    size = SCALES[scale]
    measure = _MEASURE.fullmatch(noun)
    if measure:
        return _unit(measure["base"], size * _PREFIXES[measure["prefix"]])
    one = _singular(noun.casefold())
    if one in SECONDS:
        return _unit(TIME, size * SECONDS[one])
    return _unit(one, size) if one else Unit(scale=Fraction(size))


def _take_scale(words: list[str]) -> tuple[str, str]:
    """The scale that stands first or last, and the rest: `bn parameters`, `tokens bn`."""
    for index, rest in ((0, words[1:]), (-1, words[:-1])):
        word = words[index].casefold() if words else ""
        if word in _NOUN_SCALES or word in SCALE_WORDS:
            return SCALE_WORDS.get(word, word), " ".join(rest)
    return "", " ".join(words)


def _near_scale(text: str) -> str | None:
    """The scale that a text is, or may be meant to be."""
    near = nearest(text, (*filter(None, SCALES), *SCALE_WORDS), cutoff=0.55) if text else None
    if near is None or near[0] != text[0].casefold():
        return None
    return SCALE_WORDS.get(near, near)


def _write_code() -> str:
    return (
        "write the currency's code of ISO 4217, and behind it nothing or one of "
        f"{', '.join(filter(None, SCALES))}, such as `USD bn`; three capitals are no other noun."
    )


def _unit(base: str, scale: int = 1, text: str = "") -> Unit:
    return Unit(powers=((base, 1),), scale=Fraction(scale), text=text)


def _singular(noun: str) -> str:
    if noun.endswith("ies"):
        return f"{noun[:-3]}y"
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun
