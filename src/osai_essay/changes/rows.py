"""Rows of a dataset and marks of a chart, before and after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from osai_essay.changes.values import CellChange, ChartMove, DatasetChange, MarkMove, RowChange
from osai_essay.charts.arguments import column_uses
from osai_essay.charts.table import cell_text
from osai_essay.model import Cell, ChartSpec, Table

NUMERIC = ("integer", "number")
AMOUNTS = ("values", "y", "x", "r", "z", "size")  # the argument that holds a mark's amount
EMPTY = Table(names=(), types=(), rows=())

Row = tuple[Cell, ...]
Compared = tuple[tuple[Row, ...], tuple[Row, ...], tuple[RowChange, ...]]  # added, removed, changed


def compare_rows(
    name: str, before: Table, after: Table, key: tuple[str, ...]
) -> DatasetChange | None:
    """What differs between two states of a dataset; None where nothing does."""
    if before == after:
        return None
    old_names = before.names or after.names  # a dataset that came or went changes rows alone
    new_names = after.names or before.names
    common = tuple(column for column in new_names if column in old_names)
    is_keyed = bool(key) and set(key) <= set(common)
    compared = _keyed(before, after, key, common) if is_keyed else _whole(before, after, common)
    added, removed, changed = compared
    return DatasetChange(
        name=name,
        added=tuple(map(_show, added)),
        removed=tuple(map(_show, removed)),
        changed=tuple(changed),
        columns_added=tuple(column for column in new_names if column not in common),
        columns_removed=tuple(column for column in old_names if column not in common),
    )


def _whole(before: Table, after: Table, columns: tuple[str, ...]) -> Compared:
    old, new = (Counter(_pick(table, columns)) for table in (before, after))
    return tuple((new - old).elements()), tuple((old - new).elements()), ()


def _keyed(before: Table, after: Table, key: tuple[str, ...], columns: tuple[str, ...]) -> Compared:
    old, new = (
        dict(zip(_pick(table, key), _pick(table, columns), strict=True))
        for table in (before, after)
    )
    changed = (
        RowChange(key=_show(each), cells=tuple(_cells(columns, old[each], row)))
        for each, row in new.items()
        if each in old
    )
    return (
        tuple(each for each in new if each not in old),
        tuple(each for each in old if each not in new),
        tuple(row for row in changed if row.cells),
    )


def _pick(table: Table, columns: tuple[str, ...]) -> list[Row]:
    """The rows of a table, of them these columns."""
    places = [table.names.index(column) for column in columns if column in table.names]
    return [tuple(row[at] for at in places) for row in table.rows]


def _cells(columns: tuple[str, ...], before: Row, after: Row) -> Iterator[CellChange]:
    for column, old, new in zip(columns, before, after, strict=True):
        if old != new:
            yield CellChange(column=column, before=old, after=new)


def compare_chart(spec: ChartSpec, title: str, before: Table, after: Table) -> ChartMove | None:
    """The marks of a chart that moved, the largest moves first; None where it draws the same."""
    if _drawn(spec, before) == _drawn(spec, after):
        return None
    old, new = marks_of(spec, before), marks_of(spec, after)
    moves = [
        MarkMove(label=_show(label), before=old.get(label), after=new.get(label))
        for label in dict.fromkeys((*new, *old))
        if old.get(label) != new.get(label)
    ]
    moves.sort(key=lambda move: -abs((move.after or 0) - (move.before or 0)))
    return ChartMove(name=spec.name, title=title, marks=tuple(moves))


def _drawn(spec: ChartSpec, table: Table) -> tuple[Row, list[Row]]:
    """The columns of a table that a chart draws or is sorted by, and their rows."""
    columns = [*_columns(spec), *([spec.sort.removeprefix("-")] if spec.sort else [])]
    used = tuple(column for column in dict.fromkeys(columns) if column in table.names)
    return used, _pick(table, used)


def _columns(spec: ChartSpec) -> Iterator[str]:
    uses = column_uses(spec.arguments, spec.places, spec.where)
    return (name for name, *_ in uses)


def marks_of(spec: ChartSpec, table: Table) -> dict[Row, float]:
    """The amount of each mark by its labels; of marks with the same labels their sum."""
    amounts = _amounts(spec, table)
    used = dict.fromkeys(_columns(spec))
    columns = tuple(name for name in used if name in table.names and name not in amounts)
    labels = _pick(table, columns)
    marks: dict[Row, float] = {}
    for amount in amounts:
        series = (amount,) if len(amounts) > 1 else ()
        for cells, value in zip(labels, table.values(amount), strict=True):
            label = (*(cell for cell in cells if cell is not None), *series)
            if isinstance(value, int | float):
                marks[label] = marks.get(label, 0) + value
    return marks


def _amounts(spec: ChartSpec, table: Table) -> list[str]:
    """The columns that hold the marks' amounts: one, or those of a list."""
    types = dict(zip(table.names, table.types, strict=True))
    lies = spec.arguments.get("orientation") == "h"
    for word in ("x", *AMOUNTS) if lies else AMOUNTS:
        value = spec.arguments.get(word)
        names = [value] if isinstance(value, str) else list(value or ())
        if names and all(types.get(name) in NUMERIC for name in names):
            return names
    return []


def _show(cells: Row) -> str:
    return ", ".join(map(cell_text, cells))
