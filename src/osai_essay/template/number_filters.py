"""Filters that say a number otherwise for one use; one that is bound stays bound."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from osai_essay.formats import PERCENT, format_number, is_english, money_affixes, read_pattern
from osai_essay.model import Number
from osai_essay.struct import replace
from osai_essay.template.number_words import LARGEST, say_in_words
from osai_essay.template.values import FilterError, amount_of, describe, one_text, plain

MAX_DIGITS = 15


def print_by(value: Any, pattern: Any) -> Any:
    """A number printed by a pattern such as `$0.0bn`, for this one use."""
    if read_pattern(one_text(pattern)) is None:
        raise FilterError(
            f'cannot be printed by "{one_text(pattern)}": write it as 0.0, $0bn or 0%'
        )
    return _reshape(value, format=one_text(pattern))


def print_digits(value: Any, digits: Any) -> Any:
    """A number at so many significant digits, for this one use."""
    if not isinstance(digits, int) or not 1 <= digits <= MAX_DIGITS:
        raise FilterError(f"has 1 to {MAX_DIGITS} digits, not {describe(digits)}")
    return _reshape(value, digits=digits)


def _reshape(value: Any, **shape: Any) -> Any:
    if isinstance(value, Number) and value.value is None:
        return value  # it has a problem of its own
    amount = amount_of(plain(value))
    if not isinstance(value, Number):
        return format_number(amount, pattern=shape.get("format"), digits=shape.get("digits", 3))
    spec = replace(value.spec, **{"format": None, **shape})
    words = format_number(
        amount,
        unit=spec.unit,
        pattern=spec.format,
        digits=spec.digits,
        language=value.language,
    )
    return replace(value, spec=spec, text=words)  # still the number, so that it opens its audit


def say_words(value: Any, within: Any = 0) -> Any:
    """A small number in words, for this one use; within: how far off it may be, as a share."""
    if isinstance(value, Number) and value.value is None:
        return value  # it has a problem of its own
    if isinstance(within, bool) or not isinstance(within, int | float) or not 0 <= within < 1:
        raise FilterError(f"may be off by a share from 0 to 1, not by {describe(within)}")
    unit = value.spec.unit if isinstance(value, Number) else None
    if isinstance(value, Number) and not is_english(value.language):
        raise FilterError("is said in words in English alone", "print it in digits.")
    if unit == "year" or money_affixes(unit):
        raise FilterError(f"is in {unit}, which no number word says", "print it in digits.")
    amount = amount_of(plain(value)) / (100 if unit in PERCENT else 1)
    words = say_in_words(amount, within=within, is_times=unit == "times")
    if words is None:
        raise FilterError(
            f"is {amount:.6g}, for which there is no word",
            f"words go to {LARGEST} and are exact: say words(0.05) where it may be off by 5%, or "
            "print it in digits.",
        )
    return replace(value, text=words) if isinstance(value, Number) else words


def reword(change: Callable[[str], str]) -> Callable[[Any], Any]:
    """A change of letters; a number stays bound, and one that is a text changes with its words."""

    def changed(value: Any) -> Any:
        if not isinstance(value, Number):
            return change(one_text(value))
        inner = change(value.value) if isinstance(value.value, str) else value.value
        return replace(value, value=inner, text=change(value.text))

    return changed
