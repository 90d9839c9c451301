"""The entry of a dataset in data/datapackage.yaml, as a draft in YAML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from osai_essay.blanks import blank
from osai_essay.data.fields import ENTITIES
from osai_essay.located import NO_TEXT
from osai_essay.model import Dataset
from osai_essay.scaffold.fields import Guess
from osai_essay.scaffold.words import scalar

MOST_CHOICES = 8
_ANY_UNIT = "what it counts, such as USD bn, share or models"


def draft_entry(
    dataset: Dataset,
    guesses: Sequence[Guess],
    *,
    key: Sequence[str],
    missing: Sequence[str],
    delimiter: str,
) -> str:
    """The entry as an item of a list that stands at the left margin."""
    lines = [*_head(dataset, _dialect(dataset, guesses, delimiter)), "  schema:"]
    if key:
        lines.append(f"    primaryKey: {scalar(key)}")
    if missing:
        lines.append(f"    missingValues: {scalar(['', *missing])}")
    lines.append("    fields:")
    for guess in guesses:
        lines += _field(guess, key)
    return "\n".join(lines) + "\n"


def _dialect(dataset: Dataset, guesses: Sequence[Guess], delimiter: str) -> dict[str, Any]:
    """What other readers of the package need to know: a delimiter; keys that a record may lack."""
    if dataset.format in ("json", "yaml"):
        return {dataset.format: {"keys": [guess.name for guess in guesses]}}
    return {"csv": {"delimiter": delimiter}} if delimiter != "," else {}


def _head(dataset: Dataset, dialect: dict[str, Any]) -> Iterator[str]:
    yield f"- name: {scalar(dataset.name)}"
    yield f"  path: {scalar(dataset.path.removeprefix('data/'))}"
    yield "  type: table"
    if dataset.format != "csv":
        yield f"  format: {dataset.format}"
    yield f"  title: {scalar(blank('what this data is, in a few words'))}"
    yield f"  description: {scalar(blank('what one row is, and what to beware of'))}"
    if dialect:
        yield f"  dialect: {scalar(dialect)}"
    if not dataset.licences:
        yield f"  licenses: [{{name: {scalar(blank('its licence, such as CC-BY-4.0'))}}}]"
    yield "  sources:"
    yield f"    - title: {scalar(blank('who published it, and under which name'))}"
    yield f"      path: {scalar(blank('the address where it was read'))}"


def _field(guess: Guess, key: Sequence[str]) -> Iterator[str]:
    yield f"      - name: {scalar(guess.name)}{_remark(guess)}"
    for word, value in _words(guess, key).items():
        yield f"        {word}: {scalar(value)}"


def _remark(guess: Guess) -> str:
    if guess.is_mixed:
        return "  # text: its numbers are written in several ways; make them one"
    return "" if guess.low is None else f"  # {guess.low} to {guess.high} in these rows"


def _words(guess: Guess, key: Sequence[str]) -> dict[str, Any]:
    title = guess.name.replace("_", " ").strip()
    words: dict[str, Any] = {**guess.words, "title": title[:1].upper() + title[1:]}
    if guess.name in ENTITIES and guess.type == "string":
        words["entity"] = guess.name
    if guess.counts and guess.name not in key:
        likely = f"what it counts: {guess.likely}?" if guess.likely else _ANY_UNIT
        words["unit"] = guess.unit or blank(likely)
    rules = _rules(guess, key)
    if rules:
        words["constraints"] = rules
    return words


def _rules(guess: Guess, key: Sequence[str]) -> dict[str, Any]:
    rules: dict[str, Any] = {"required": True} if guess.is_full else {}
    if guess.counts and guess.low is not None and guess.name not in key:
        rules |= _bounds(guess)
    if guess.words == {"type": "string"} and list(key) != [guess.name]:
        choices = sorted({cell for cell in guess.present if isinstance(cell, str)})
        is_text = not NO_TEXT.search("".join(choices))  # else the build names the cells
        if is_text and 1 < len(choices) <= MOST_CHOICES and len(guess.present) >= 2 * len(choices):
            rules["enum"] = choices
    return rules


def _bounds(guess: Guess) -> dict[str, int]:
    """Wide enough for the data to grow, narrow enough for a slip of units to be seen."""
    most = max(abs(guess.low), abs(guess.high))
    is_share = guess.type == "number" and most <= 1
    bound = 1 if is_share else 10 ** max(1, Decimal(most * 2).adjusted() + 1)
    return {"minimum": 0 if guess.low >= 0 else -bound, "maximum": bound}
