"""The digits of a number: how many are kept, and how a language sets them."""

from __future__ import annotations

import math
from typing import Any

from osai_essay.formats.languages import locale_of

MOST_EXACT = 10**15  # whole numbers below it are kept as they are
MOST_DIGITS = 400  # of a number printed in full: floats have up to 309, Decimal gives up at 28


def short_value(value: Any) -> Any:
    """A value as files keep it: 378.66 for 378.65999999999997, a date as text, ends of a range."""
    from decimal import Decimal

    if isinstance(value, tuple):
        return tuple(short_value(each) for each in value)
    if isinstance(value, float) and value.is_integer() and abs(value) < MOST_EXACT:
        return int(value)
    if isinstance(value, float) or (isinstance(value, int) and abs(value) >= MOST_EXACT):
        short = float(f"{Decimal(value):.12g}")  # a whole number can be too large for a float
        return int(short) if short.is_integer() and abs(short) < MOST_EXACT else short
    return value if isinstance(value, int | str) or value is None else value.isoformat()


def short_text(value: float) -> str:
    """The same in plain digits, never in powers of ten: 378.66, 0.00001."""
    from decimal import Decimal

    return f"{Decimal(str(short_value(value))):f}"


def significant(value: float, language: str, digits: int) -> str:
    """The number at so many significant digits, no trailing zeros; whole counts in full."""
    if isinstance(value, int):
        return with_decimals(value, language, 0, grouped=True).replace("-", "\u2212")
    rounded = round_half_up(value, digits)
    decimals = max(0, digits - 1 - _exponent(rounded)) if rounded else 0
    shown = with_decimals(rounded, language, decimals, grouped=True, keep_zeros=False)
    return shown.replace("-", "\u2212")


def round_half_up(value: float, digits: int) -> float:
    """Half away from zero, as readers round: 0.125 at two digits is 0.13."""
    from decimal import ROUND_HALF_UP, Decimal

    if value == 0:
        return value
    step = Decimal(1).scaleb(_exponent(value) - digits + 1)
    return float(Decimal(repr(float(value))).quantize(step, rounding=ROUND_HALF_UP))


def _exponent(value: float) -> int:
    return math.floor(math.log10(abs(value)))


def with_decimals(
    value: float, language: str, decimals: int, *, grouped: bool, keep_zeros: bool = True
) -> str:
    """The number with so many decimals, in the signs of a language."""
    from decimal import ROUND_HALF_UP, Decimal, localcontext

    from babel.numbers import format_decimal

    zeros = "0" if keep_zeros else "#"
    shape = "#,##0" if grouped else "0"
    pattern = f"{shape}.{zeros * decimals}" if decimals else shape
    with localcontext(prec=MOST_DIGITS):
        exact = Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
        return str(format_decimal(exact + 0, format=pattern, locale=locale_of(language)))
