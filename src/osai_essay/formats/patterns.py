"""A number's `format:` as an author writes it, such as `$0.0bn`."""

from __future__ import annotations

import re

from osai_essay.struct import Struct

_PATTERN = re.compile(r"(?P<before>[^0-9.,]*)(?P<digits>0(?:,0)?(?:\.0{1,6})?)(?P<after>[^0-9]*)")


class Pattern(Struct, frozen=True, kw_only=True):
    """A number format such as `$0.0bn`: what stands before and after, and the digits' shape.

    decimals: how many. is_grouped: 1,234 for `0,0`. factor: 100 where `%` follows the digits.
    """

    before: str
    after: str
    decimals: int = 0
    is_grouped: bool = False
    factor: int = 1


def read_pattern(text: str) -> Pattern | None:
    """A chart's `format:` as values, or None where it is none.

    One 0 stands for the number: `0` whole, `0.00` with decimals, `0,0` with thousands set apart;
    what is around it is printed as it is; `%` right after the digits multiplies by 100.
    """
    match = _PATTERN.fullmatch(text.strip())
    if not match:
        return None
    digits, after = match["digits"], match["after"]
    return Pattern(
        before=match["before"],
        after=after,
        decimals=len(digits.partition(".")[2]),
        is_grouped="," in digits,
        factor=100 if after.startswith("%") else 1,
    )
