"""Values of Plotly Express arguments: their types, and which of them name columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from osai_essay.charts.kinds import (
    CHOICES,
    KINDS,
    LISTS,
    MAPPINGS,
    NUMBERS,
    ONE_COLUMN,
    PAIRS,
    SEVERAL_COLUMNS,
    SWITCHES,
)
from osai_essay.located import YamlList, YamlMap
from osai_essay.problem import Problem, Where, did_you_mean
from osai_essay.struct import replace

WIDE_WORDS = ("x", "y")


def check_argument(kind: str, word: str, data: YamlMap) -> Iterator[Problem]:
    """What is wrong with one argument's value, without knowing the data.

    Problems: chart-value-wrong.
    """
    value = data[word]
    wanted = _wanted(kind, word, value)
    if not wanted:
        return
    fix = "change the value."
    if word in CHOICES:
        words = [str(choice) for choice in CHOICES[word] if isinstance(choice, str)]
        fix = did_you_mean(str(value), words, else_say="choose one of them.")
    width = 1 if isinstance(value, YamlMap | YamlList) else max(1, len(str(value)))
    where = replace(data.where(word), width=width)
    message = f"`{word}:` must be {wanted}"
    yield Problem(code="chart-value-wrong", where=where, message=message, fix=fix)


def _wanted(kind: str, word: str, value: Any) -> str:
    """What the value ought to be, or nothing where it is that."""
    if word in ONE_COLUMN:
        if isinstance(value, str) and value:
            return ""
        is_wide = KINDS[kind].wide and word in WIDE_WORDS
        if is_wide and _is_list_of(value, str):
            return ""
        return "a column, or a list of columns" if is_wide else "a column's name"
    if word in SEVERAL_COLUMNS:
        return "" if _names_columns(word, value) else "a list of columns"
    if word in CHOICES:
        choices = CHOICES[word]
        shown = ", ".join(str(choice).lower() for choice in choices)
        return "" if _is_choice(value, choices) else f"one of {shown}"
    return _wanted_plain(word, value)


def _wanted_plain(word: str, value: Any) -> str:
    if word in NUMBERS:
        return "" if _is_number(value) else "a number"
    if word == "text_auto" and isinstance(value, str):
        return ""
    if word in SWITCHES:
        return "" if isinstance(value, bool) else "true or false"
    if word in PAIRS:
        is_pair = isinstance(value, YamlList) and len(value) == 2
        return "" if is_pair else "a list of two values, such as [0, 100]"
    if word in LISTS:
        return "" if _is_list_of(value, str) else "a list of words"
    if word in MAPPINGS:
        return "" if isinstance(value, YamlMap) and len(value) else "a mapping"
    return "" if isinstance(value, str | YamlList) else "a name or a list"


def _is_choice(value: Any, choices: tuple[str | bool, ...]) -> bool:
    return any(value is choice or (value == choice != 0) for choice in choices)


def _names_columns(word: str, value: Any) -> bool:
    if _is_list_of(value, str):
        return True
    if word == "hover_data":  # column -> shown or not
        return isinstance(value, YamlMap) and all(isinstance(it, bool) for it in value.values())
    return False


def _is_list_of(value: Any, kind: type) -> bool:
    return isinstance(value, YamlList) and bool(value) and all(isinstance(i, kind) for i in value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def column_uses(
    arguments: Mapping[str, Any], places: Mapping[str, Where], default: Where
) -> Iterator[tuple[str, str, Where]]:
    """Each column an argument names: its name, the argument, the place."""
    for word, value in arguments.items():
        if word not in ONE_COLUMN | SEVERAL_COLUMNS:
            continue
        if isinstance(value, str):
            yield value, word, places.get(word, default)
        else:
            keys = value if isinstance(value, dict) else range(len(value))
            for key, name in zip(keys, value, strict=True):  # a mapping yields its keys twice
                yield str(name), word, places.get(f"{word}.{key}", places.get(word, default))
