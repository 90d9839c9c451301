"""Blanks that a draft leaves for its author: no site is built while a text is `TODO`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from osai_essay.located import Value, YamlList, YamlMap
from osai_essay.problem import Problem, Where

_BLANK = re.compile(r"\s*TODO(?::\s*(?P<words>.*\S)\s*)?", re.DOTALL)


def blank(words: str) -> str:
    """A blank that says what belongs there."""
    return f"TODO: {words}"


def find_blanks(value: Value) -> Iterator[Problem]:
    """A problem for each blank in a YAML file. Problems: blank-left."""
    for key, item, where in _items(value):
        found = _BLANK.fullmatch(item) if isinstance(item, str) else None
        if found:
            yield _left(key, where, found["words"])
        else:
            yield from find_blanks(item)


def _items(value: Value) -> Iterator[tuple[str, Value, Where]]:
    """The parts of a mapping or a list, each with its name and place."""
    if isinstance(value, YamlMap):
        yield from ((key, value[key], value.where(key)) for key in value)
    elif isinstance(value, YamlList):
        yield from (("item", item, value.where(index)) for index, item in enumerate(value))


def _left(key: str, where: Where, words: str | None) -> Problem:
    return Problem(
        code="blank-left",
        where=where,
        message=f"`{key}` is still to be filled in",
        fix=f"write {words or 'it'}.",
    )
