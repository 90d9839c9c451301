"""Changes as titled lists of lines, which every format of the report prints alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from osai_essay.changes.values import (
    Changes,
    ChartMove,
    ClaimMove,
    DatasetChange,
    MarkMove,
    NumberMove,
    Sentence,
)
from osai_essay.charts.table import cell_text
from osai_essay.formats import format_number
from osai_essay.model import Cell

MOST = 5  # rows and marks of one thing that are listed
EMPTY = "nothing"  # what is said of a cell or mark without a value

Entry = tuple[str, list[str]]  # a line, and those that belong to it


def list_entries(changes: Changes) -> Iterator[tuple[str, list[Entry]]]:
    """(title, entries), the most weighty first; empty sections left out."""
    language = changes.language
    flipped = [move for move in changes.claims if not move.only_holds]
    close = [move for move in changes.claims if move.only_holds]
    sections: dict[str, Iterable[Entry]] = {
        "Claims that changed": [say_claim(move, language) for move in flipped],
        "Numbers": [(say_number(move, language), []) for move in changes.numbers],
        "Sentences": [_sentence(each) for each in changes.sentences],
        "Claims that hold by little": [say_claim(move, language) for move in close],
        "Charts": [_chart(move, language) for move in changes.charts],
        "Data": [_dataset(each) for each in changes.datasets],
        "Pages": [(page, []) for page in changes.pages],
    }
    for title, entries in sections.items():
        if entries:
            yield (
                title,
                [(as_line(head), [as_line(each) for each in more]) for head, more in entries],
            )


def as_line(words: str) -> str:
    """Words of data as one line, without signs that would steer a terminal."""
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())


def say_claim(move: ClaimMove, language: str) -> Entry:
    """A claim, what became of it, and below that its rule and place."""
    words = f'"{move.words}"' if move.words else "a claim of the front matter"
    rule = [f"{move.rule}, {move.shown}", f"{move.file}:{move.line}"]
    if not move.is_true:
        return f"{words} is {'no longer' if move.was_true else 'not'} true", rule
    if not move.was_true:
        return f"{words} is true again", rule
    before = move.margin_before
    was = f", before by {_percent(before, language)}" if before not in (None, move.margin) else ""
    return f"{words} holds by {_percent(move.margin, language)} only{was}", rule


def say_number(move: NumberMove, language: str) -> str:
    """`us: $150 billion -> $180 billion (+20%)`."""
    if not move.before:
        return f"{move.name} is new: {move.after}"
    if not move.after:
        return f"{move.name} is gone; it was {move.before}"
    sign = "+" if move.share and move.share > 0 else ""
    share = "" if move.share is None else f" ({sign}{_percent(move.share, language)})"
    return f"{move.name}: {move.before} -> {move.after}{share}"


def _sentence(each: Sentence) -> Entry:
    sides = (("-", each.before), ("+", each.after))
    shown = [f"{sign} {words}" for sign, words in sides if words]
    return f"{each.file}:{each.line} ({', '.join(each.numbers)})", shown


def _chart(move: ChartMove, language: str) -> Entry:
    marks = [_mark(mark, language) for mark in move.marks]
    return f"{move.name}: {move.title}", _most(marks, "mark")


def _mark(mark: MarkMove, language: str) -> str:
    before, after = (
        EMPTY if value is None else format_number(value, digits=4, language=language)
        for value in (mark.before, mark.after)
    )
    return f"{mark.label or 'the mark'}: {before} -> {after}"


def _dataset(change: DatasetChange) -> Entry:
    columns = {"added": len(change.columns_added), "removed": len(change.columns_removed)}
    rows = {
        "added": len(change.added),
        "removed": len(change.removed),
        "changed": len(change.changed),
    }
    said = "; ".join(filter(None, (_counts("column", columns), _counts("row", rows))))
    lines = [f"+ column {column}" for column in change.columns_added]
    lines += [f"- column {column}" for column in change.columns_removed]
    head = f"{change.name}: {said or 'rows in another order, or columns'}"
    return head, [*lines, *_most(list(_rows(change)), "row")]


def _counts(what: str, counts: Mapping[str, int]) -> str:
    """`1 row added, 2 removed`; empty where there are none."""
    found = [(count, word) for word, count in counts.items() if count]
    if not found:
        return ""
    (count, word), *others = found
    first = f"{count} {what}{'s' if count != 1 else ''} {word}"
    return ", ".join([first, *(f"{count} {word}" for count, word in others)])


def _rows(change: DatasetChange) -> Iterator[str]:
    yield from (f"+ {key}" for key in change.added)
    yield from (f"- {key}" for key in change.removed)
    for row in change.changed:
        cells = (f"{c.column} {_cell(c.before)} -> {_cell(c.after)}" for c in row.cells)
        yield f"{row.key}: {'; '.join(cells)}"


def _cell(cell: Cell) -> str:
    return cell_text(cell) or EMPTY


def _most(lines: list[str], what: str) -> list[str]:
    left = len(lines) - MOST
    more = f"and {left} more {what}{'s' if left != 1 else ''}"
    return [*lines[:MOST], more] if left > 0 else lines


def _percent(share: float | None, language: str) -> str:
    return format_number(share or 0, unit="share", digits=2, language=language)
