"""Small numbers in English words: five, half, two thirds, twice."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

LARGEST = 12  # beyond it the house writes digits
EXACT = 1e-9  # what arithmetic on floats may lose

_WHOLE = "zero one two three four five six seven eight nine ten eleven twelve".split()
_PARTS = "half third quarter fifth sixth seventh eighth ninth tenth".split()
_TIMES: Mapping[float, str] = MappingProxyType({1.0: "once", 2.0: "twice"})


def _say_part(part: Fraction) -> str:
    """1/2 is `half`, 1/3 `a third`, 2/3 `two thirds`."""
    name = _PARTS[part.denominator - 2]
    if part.numerator > 1:
        return f"{_WHOLE[part.numerator]} {name}s"
    return name if name == "half" else f"{'an' if name == 'eighth' else 'a'} {name}"


def _words() -> Mapping[float, str]:
    """Every value that has a word."""
    parts = [Fraction(1, below) for below in range(2, 11)]
    parts += [Fraction(above, below) for below in (3, 4, 5) for above in range(2, below)]
    said = {float(part): _say_part(part) for part in parts}
    return MappingProxyType(said | {float(at): word for at, word in enumerate(_WHOLE)})


WORDS = _words()


def say_in_words(value: float, *, within: float = 0, is_times: bool = False) -> str | None:
    """The word of a value; None where the nearest one is further off than a share of the value.

    within: that share. is_times: the value says how many times.
    """
    nearest = min(WORDS, key=lambda known: abs(known - value))
    if abs(nearest - value) > max(within * abs(value), EXACT):
        return None
    if not is_times:
        return WORDS[nearest]
    return _TIMES.get(nearest, f"{WORDS[nearest]} times") if nearest >= 1 else WORDS[nearest]
