"""Products and quotients of units, and which amounts can be added or compared."""

from __future__ import annotations

from decimal import Decimal

from osai_essay.model import Unit
from osai_essay.struct import replace

TIME = "TIME"
YEAR = "YEAR"  # of the calendar: 2025 is no length of time


def multiplied(left: Unit, right: Unit) -> Unit:
    """The unit of a product."""
    powers = dict(left.powers)
    for base, power in right.powers:
        powers[base] = powers.get(base, 0) + power
    return Unit(
        powers=tuple(sorted((base, power) for base, power in powers.items() if power)),
        scale=None if left.scale is None or right.scale is None else left.scale * right.scale,
    )


def divided(left: Unit, right: Unit) -> Unit:
    """The unit of a quotient: of like by like a plain number."""
    return multiplied(left, _inverse(right))


def scaled(unit: Unit, factor: float) -> Unit:
    """The unit of something times or by a bare factor.

    A power of ten may turn billions into millions, and seven weeks into days: which of the two an
    author meant, the amount or its scale, nobody can tell.
    """
    is_open = _is_power_of_ten(factor) or any(base == TIME for base, _ in unit.powers)
    return replace(unit, scale=None, text="") if is_open else unit


def difference(unit: Unit) -> Unit | None:
    """The unit of one amount less another, not known for years of the calendar."""
    return None if any(base == YEAR for base, _ in unit.powers) else unit


def fits(left: Unit, right: Unit) -> bool:
    """Whether amounts can be added or compared: False only where that is certainly wrong.

    Nouns are alike, since firms may be companies; what falls to each of something is often given in
    its own unit, such as days a model in days.
    """
    if not same_scale(left, right) or told_apart(left) != told_apart(right):
        return False
    return bool(told_apart(left)) or bool(_kinds(left) & _kinds(right))


def same_scale(left: Unit, right: Unit) -> bool:
    """Whether both have one scale, as far as it is known."""
    return left.scale is None or right.scale is None or left.scale == right.scale


def told_apart(unit: Unit) -> tuple[tuple[str, int], ...]:
    """A unit's bases that fit nothing but themselves, with their powers: all but nouns."""
    return tuple((base, power) for base, power in unit.powers if base != base.lower())


def _inverse(unit: Unit) -> Unit:
    powers = tuple((base, -power) for base, power in unit.powers)
    return Unit(powers=powers, scale=None if unit.scale is None else 1 / unit.scale)


def _is_power_of_ten(factor: float) -> bool:
    digits = Decimal(str(abs(factor))).normalize().as_tuple()
    return digits.digits == (1,) and digits.exponent != 0


def _kinds(unit: Unit) -> frozenset[str]:
    """What nouns come to: models by firms may be a ratio, or models for each firm."""
    if not unit.powers:
        return frozenset({"plain"})
    is_quotient = any(power < 0 for _, power in unit.powers)
    return frozenset({"plain", "count"} if is_quotient else {"count"})
