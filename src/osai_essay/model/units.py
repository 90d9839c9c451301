"""What a number is counted in, taken apart."""

from __future__ import annotations

from fractions import Fraction

from osai_essay.struct import Struct


class Unit(Struct, frozen=True, kw_only=True, eq=False):
    """A unit as a product: `CNY bn per USD` is billions, of CNY to the power 1 and USD to -1.

    powers: base -> power, never 0, sorted by base. Capitals stand in bases that are told apart
        (currencies, time, watts); nouns have small letters. Empty for a share or a multiple.
    scale: how much one of it is in its bases; None where a factor such as 1000 may have changed it.
    text: as its author wrote it; empty for one that was worked out.
    """

    powers: tuple[tuple[str, int], ...] = ()
    scale: Fraction | None = Fraction(1)
    text: str = ""

    def __eq__(self, other: object) -> bool:
        """Two words for the same product are the same unit."""
        return isinstance(other, Unit) and self._product == other._product

    def __hash__(self) -> int:
        return hash(self._product)

    @property
    def _product(self) -> tuple[object, ...]:
        return self.powers, self.scale
