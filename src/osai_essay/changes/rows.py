"""Rows of a dataset and marks of a chart, before and after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from osai_essay.changes.values import CellChange, ChartMove, DatasetChange, MarkMove, RowChange
from osai_essay.charts.arguments import column_uses
from osai_essay.model import Cell, ChartSpec, Table

NUMERIC = ("integer", "number")
AMOUNTS = ("values", "y", "x", "r", "z", "size")  # the argument that holds a mark's amount
EMPTY = Table(names=(), types=(), rows=())


def compare_rows(
    name: str, before: Table, after: Table, key: tuple[str, ...]
) -> DatasetChange | None:
    """What differs between two states of a dataset; None where nothing does."""
    if before == after:
        return None
    is_keyed = bool(key) and all(word in t.names for t in (before, after) for word in key)
    if not is_keyed:
        old, new = (Counter(_whole(table)) for table in (before, after))
        added, removed = tuple((new - old).elements()), tuple((old - new).elements())
        return DatasetChange(name=name, added=added, removed=removed)
    old_rows, new_rows = _by_key(before, key), _by_key(after, key)
    changed = (
        RowChange(key=each, cells=tuple(_cells(old_rows[each], new_rows[each])))
        for each in new_rows
        if each in old_rows
    )
    return DatasetChange(
        name=name,
        added=tuple(each for each in new_rows if each not in old_rows),
        removed=tuple(each for each in old_rows if each not in new_rows),
        changed=tuple(row for row in changed if row.cells),
    )


def _whole(table: Table) -> Iterator[str]:
    return (", ".join(_text(cell) for cell in row) for row in table.rows)


def _by_key(table: Table, key: tuple[str, ...]) -> dict[str, dict[str, Cell]]:
    places = [table.names.index(word) for word in key]
    return {
        ", ".join(_text(row[at]) for at in places): dict(zip(table.names, row, strict=True))
        for row in table.rows
    }


def _cells(before: Mapping[str, Cell], after: Mapping[str, Cell]) -> Iterator[CellChange]:
    for column in dict.fromkeys((*before, *after)):
        old, new = before.get(column), after.get(column)
        if old != new:
            yield CellChange(column=column, before=old, after=new)


def compare_chart(spec: ChartSpec, title: str, before: Table, after: Table) -> ChartMove | None:
    """The marks of a chart that moved, the largest moves first; None where none did."""
    if before == after:
        return None
    old, new = marks_of(spec, before), marks_of(spec, after)
    moves = [
        MarkMove(label=label, before=old.get(label), after=new.get(label))
        for label in dict.fromkeys((*new, *old))
        if old.get(label) != new.get(label)
    ]
    moves.sort(key=lambda move: -abs((move.after or 0) - (move.before or 0)))
    return ChartMove(name=spec.name, title=title, marks=tuple(moves))


def marks_of(spec: ChartSpec, table: Table) -> dict[str, float]:
    """The amount of each mark by its labels; of marks with the same labels their sum."""
    used = [name for name, *_ in column_uses(spec.arguments, spec.places, spec.where)]
    columns = [name for name in dict.fromkeys(used) if name in table.names]
    amount = _amount_column(spec, table)
    if amount is None:
        return {}
    labels = [table.names.index(name) for name in columns if name != amount]
    at = table.names.index(amount)
    marks: dict[str, float] = {}
    for row in table.rows:
        label = ", ".join(_text(row[index]) for index in labels if row[index] is not None)
        value = row[at]
        if isinstance(value, int | float):
            marks[label] = marks.get(label, 0) + value
    return marks


def _amount_column(spec: ChartSpec, table: Table) -> str | None:
    types = dict(zip(table.names, table.types, strict=True))
    named = (spec.arguments.get(word) for word in AMOUNTS)
    return next(
        (name for name in named if isinstance(name, str) and types.get(name) in NUMERIC), None
    )


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell)
