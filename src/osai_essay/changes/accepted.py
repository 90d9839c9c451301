"""content/accepted.yml: the values of numbers that the author has seen and accepted."""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from osai_essay.files import is_inside, is_there, outside, read_text
from osai_essay.formats import short_value
from osai_essay.located import YamlList, YamlMap, read_yaml
from osai_essay.model import NO_MEMO, Memo, Number, Site
from osai_essay.problem import Problem, SiteError, Where
from osai_essay.struct import Struct, field

FILE = "content/accepted.yml"
HEAD = "# Values that were accepted, by osai-essay accept; a build names those that moved since.\n"

_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")

Values = Mapping[str, Any]  # name -> number, text, or (low, high)


class Accepted(Struct, frozen=True, kw_only=True):
    """The values that the author has accepted, and where each name stands in the file."""

    values: Values = field(default_factory=dict)
    places: Mapping[str, Where] = field(default_factory=dict)


def value_of(number: Number) -> Any:
    """A number's value as it is kept and compared."""
    return short_value(number.value)


def read_accepted(root: Path, memo: Memo = NO_MEMO) -> tuple[Accepted | None, tuple[Problem, ...]]:
    """What is accepted; None where the author has accepted nothing yet."""
    path = root / FILE
    if not is_there(path):
        return None, ()
    if not is_inside(root, path):
        return None, (outside(Where(file=FILE), FILE),)
    try:
        source = read_text(root, path)
        data = memo.get("accepted.yml", source, lambda: read_yaml(source, FILE))
    except SiteError as error:
        return None, (error.problem,)
    if data is None:
        return Accepted(), ()
    if not isinstance(data, YamlMap):
        return None, (
            _wrong(
                data.place if isinstance(data, YamlList) else Where(file=FILE, line=1), "this file"
            ),
        )
    values, problems = {}, []
    for name, value in data.items():
        kept = tuple(value) if isinstance(value, YamlList) else value
        if _is_range(kept) or _is_amount(kept) or isinstance(kept, str):
            values[name] = short_value(kept)
        else:
            problems.append(_wrong(data.where(name), f'"{name}"'))
    return Accepted(values=values, places=data.key_places), tuple(problems)


def _is_range(value: Any) -> bool:
    return isinstance(value, tuple) and len(value) == 2 and all(map(_is_amount, value))


def _is_amount(value: Any) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and Decimal(value).is_finite()


def write_accepted(root: Path, values: Values) -> bool:
    """Write accepted values, sorted, one a line; True if the file is another now.

    Raises: SiteError with accepted-unwritable.
    """
    lines = [f"{name}: {_as_yaml(values[name])}\n" for name in sorted(values)]
    path = root / FILE
    if not is_inside(root, path.parent) or not is_inside(root, path):
        raise SiteError(outside(Where(file=FILE), FILE))
    try:
        return _put(path, (HEAD + "".join(lines)).encode())
    except OSError as error:
        raise SiteError(_unwritable(error)) from None


def _as_yaml(value: Any) -> str:
    """A value in YAML's quotes, with signs escaped that YAML would fold or refuse."""
    written = json.dumps(value, ensure_ascii=False)
    return _UNSAFE.sub(lambda sign: f"\\u{ord(sign[0]):04x}", written)


def _put(path: Path, data: bytes) -> bool:
    """Write a file whole or not at all, through no link; False where it holds this already."""
    if is_there(path) and path.read_bytes() == data:
        return False
    handle, beside = tempfile.mkstemp(prefix=".accepted-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
        Path(beside).chmod(0o644)
        Path(beside).replace(path)
    except OSError:
        Path(beside).unlink(missing_ok=True)
        raise
    return True


def moved_since(numbers: Mapping[str, Number], accepted: Values) -> dict[str, Any]:
    """The numbers whose value is another than the accepted one: name -> the accepted value."""
    return {
        name: accepted[name]
        for name, number in numbers.items()
        if name in accepted and accepted[name] != value_of(number)
    }


def check_accepted(numbers: Mapping[str, Number], accepted: Accepted) -> Iterator[Problem]:
    """A problem for each number that moved or came since the author accepted, for --strict."""
    for name, number in numbers.items():
        if number.value is None or accepted.values.get(name) == value_of(number):
            continue
        known = name in accepted.values
        was = (
            f"was {say_plain(accepted.values[name])} when it was accepted, and is"
            if known
            else "is new:"
        )
        yield Problem(
            code="number-moved" if known else "number-new",
            where=number.spec.where,
            message=f'"{name}" {was} {say_plain(value_of(number))}',
            fix="read what changed with osai-essay diff; then osai-essay accept.",
        )


def find_stale(site: Site, accepted: Accepted, *, strict: bool) -> Iterator[Problem]:
    """A problem for each accepted value whose number is gone; an error for --strict."""
    known = {spec.name for spec in site.numbers} | site.hidden
    for name in accepted.values.keys() - known:
        yield Problem(
            code="accepted-unknown",
            where=accepted.places[name],
            message=f'"{name}" is no number of this site',
            fix="write its new name here if it has one; else osai-essay accept takes it out.",
            severity="error" if strict else "warning",
        )


def say_plain(value: Any) -> str:
    """A value as it is kept, without its unit; a range as two."""
    return " to ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _wrong(where: Where, what: str) -> Problem:
    return Problem(
        code="accepted-wrong",
        where=where,
        message=f"{what} holds no accepted values: a line is `name: 5`, a text or [low, high]",
        fix="let osai-essay accept write it; in git, take it back to a commit where it was whole.",
    )


def _unwritable(error: OSError) -> Problem:
    return Problem(
        code="accepted-unwritable",
        where=Where(file=FILE),
        message=f"this file cannot be written: {error.strerror or error}",
        fix="see that content/ is there, that you may write to it, and that this is no folder.",
    )
