"""Units in words, and what to do about two that do not fit."""

from __future__ import annotations

from fractions import Fraction

from osai_essay.formats import SCALES, currencies, short_text
from osai_essay.model import Unit
from osai_essay.struct import replace
from osai_essay.units.arithmetic import TIME, YEAR, fits, told_apart
from osai_essay.units.read import SECONDS

_PLAIN = {None: "plain numbers", Fraction(1): "plain numbers", Fraction(1, 100): "percent"}


def say_unit(unit: Unit) -> str:
    """A unit as its author wrote it, or else would: `USD bn`, `CNY per USD`."""
    if unit.text:
        return unit.text
    if not unit.powers:
        return _PLAIN.get(unit.scale) or f"plain numbers times {_short(unit.scale or 1)}"
    above = [_say_base(unit, base, power) for base, power in unit.powers if power > 0]
    below = [_say_base(unit, base, -power) for base, power in unit.powers if power < 0]
    over = f"per {' '.join(below)}" if below else ""
    return " ".join(filter(None, [" ".join(above) or "1", _say_scale(unit), over]))


def conversion(name: str, unit: Unit, wanted: Unit) -> str:
    """How an amount of one unit is had in another; empty where one does not lead to the other."""
    name = f"({name})" if " " in name else name
    if unit.scale and wanted.scale and fits(replace(unit, scale=None), wanted):
        ratio = unit.scale / wanted.scale
        return f"`{name} * {_short(ratio)}`" if ratio > 1 else f"`{name} / {_short(1 / ratio)}`"
    here, there = told_apart(unit), told_apart(wanted)
    codes = [base for base, power in (*here, *there) if power == 1 and base in currencies()]
    if len(codes) == len(here) + len(there) == 2:
        rate = f"{codes[0]} per {codes[1]}"
        return f"`{name} / rate`, where rate is a constant with its source and `unit: {rate}`"
    return ""


def cure(name: str, unit: Unit, other: Unit) -> str:
    """What to do about an amount beside one of another unit, which it does not fit."""
    how = conversion(name, unit, other)
    if how:
        return f"convert one of the two, such as {how}."
    return "take amounts of one kind, or correct the `unit:` of one."


def _say_base(unit: Unit, base: str, power: int) -> str:
    spans = [f"{word}s" for word, seconds in SECONDS.items() if seconds == unit.scale]
    said = {TIME: (*spans, "time")[0], YEAR: "year"}.get(base, base)
    return said if power == 1 else f"{said}^{power}"


def _say_scale(unit: Unit) -> str:
    if unit.scale is None or any(base == TIME for base, _ in unit.powers):
        return ""
    by_size = {size: word for word, size in reversed(SCALES.items())}
    known = by_size.get(unit.scale.numerator) if unit.scale.denominator == 1 else None
    return known if known is not None else f"times {_short(unit.scale)}"


def _short(number: Fraction | int) -> str:
    return short_text(float(number))
