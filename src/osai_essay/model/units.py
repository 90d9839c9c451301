"""What a number is counted in, taken apart."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit as a product: `CNY bn per USD` is billions, of CNY to the power 1 and USD to -1.

    powers: base -> power, never 0, sorted by base. Capitals stand in bases that are told apart
        (currencies, time, watts); nouns have small letters. Empty for a share or a multiple.
    scale: how much one of it is in its bases; None where a factor such as 1000 may have changed it.
    text: as its author wrote it; empty for one that was worked out.
    """

    powers: tuple[tuple[str, int], ...] = ()
    scale: Fraction | None = Fraction(1)
    text: str = field(default="", compare=False)
