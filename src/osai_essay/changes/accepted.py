"""content/accepted.yml: the values of numbers that the author has seen and accepted."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from osai_essay.files import is_inside, outside, read_text
from osai_essay.located import YamlList, YamlMap, read_yaml
from osai_essay.model import Number
from osai_essay.problem import Problem, SiteError, Where

FILE = "content/accepted.yml"
HEAD = "# Values that were accepted, by osai-essay accept; a build names those that moved since.\n"

Values = Mapping[str, Any]  # name -> number, text, or (low, high)


def value_of(number: Number) -> Any:
    """A number's value as it is kept and compared: at twelve digits, a date as text."""
    return _plain(number.value)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_plain(each) for each in value)
    if isinstance(value, float):
        short = float(f"{value:.12g}")
        return int(short) if short.is_integer() and abs(short) < 1e15 else short
    return value if isinstance(value, int | str) or value is None else value.isoformat()


def read_accepted(root: Path) -> tuple[Values | None, tuple[Problem, ...]]:
    """The accepted values by name; None where the author has accepted none yet."""
    path = root / FILE
    if not path.exists():
        return None, ()
    if not is_inside(root, path):
        return None, (outside(Where(file=FILE), FILE),)
    try:
        data = read_yaml(read_text(root, path), FILE)
    except SiteError as error:
        return None, (error.problem,)
    if data is None:
        return {}, ()
    if not isinstance(data, YamlMap):
        return None, (_wrong(Where(file=FILE, line=1), "this file"),)
    values, problems = {}, []
    for name, value in data.items():
        kept = tuple(value) if isinstance(value, YamlList) else value
        parts = kept if isinstance(kept, tuple) else (kept,)
        if not all(_is_value(part) for part in parts):
            problems.append(_wrong(data.where(name), f'"{name}"'))
        else:
            values[name] = _plain(kept)
    return values, tuple(problems)


def _is_value(value: Any) -> bool:
    return isinstance(value, int | float | str) and not isinstance(value, bool)


def accept_numbers(root: Path, numbers: Mapping[str, Number]) -> bool:
    """Write the present values, sorted, one a line; True if the file is another now."""
    lines = [
        f"{name}: {json.dumps(value_of(numbers[name]), ensure_ascii=False)}\n"
        for name in sorted(numbers)
    ]
    text = HEAD + "".join(lines)
    path = root / FILE
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    beside = path.with_suffix(".yml.new")
    beside.write_text(text, encoding="utf-8", newline="\n")
    beside.replace(path)
    return True


def moved_since(numbers: Mapping[str, Number], accepted: Values) -> dict[str, Any]:
    """The numbers whose value is another than the accepted one: name -> the accepted value."""
    return {
        name: accepted[name]
        for name, number in numbers.items()
        if name in accepted and accepted[name] != value_of(number)
    }


def check_accepted(numbers: Mapping[str, Number], accepted: Values) -> Iterator[Problem]:
    """A problem for each number that moved or came since the author accepted, for --strict."""
    for name, number in numbers.items():
        if number.value is None or accepted.get(name) == value_of(number):
            continue
        known = name in accepted
        was = f"was {_say(accepted[name])} when it was accepted, and is" if known else "is new:"
        yield Problem(
            code="number-moved" if known else "number-new",
            where=number.spec.where,
            message=f'"{name}" {was} {_say(value_of(number))}',
            fix="read what changed with osai-essay diff; then osai-essay accept.",
        )


def _say(value: Any) -> str:
    return " to ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _wrong(where: Where, what: str) -> Problem:
    return Problem(
        code="accepted-wrong",
        where=where,
        message=f"{what} holds no accepted values",
        fix="let osai-essay accept write it; in git, take it back to a commit where it was whole.",
    )
