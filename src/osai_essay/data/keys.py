"""Values that may stand once only, and what is said of a wrong cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from osai_essay.data.frame import Rows
from osai_essay.formats import plain_number, read_written, say_words
from osai_essay.model import Cell, Column, Dataset, Table
from osai_essay.problem import Problem, Where, nearest


def check_unique(column: Column, rows: Rows, values: Sequence[Cell], index: int) -> list[Problem]:
    """Each value that stood before, where the field says `unique`."""
    first: dict[Cell, int] = {}
    problems = []
    for row, value in enumerate(values):
        if value is not None and first.setdefault(value, row) != row:
            before = describe_row(rows.lines[first[value]], first[value])
            wrong = f"stood before, on {before}, and must be unique"
            problems.append(
                cell_problem(rows.place(row, index), row, column, value, wrong, "cell-twice")
            )
    return problems


def describe_row(line: int | None, row: int) -> str:
    """`line 12`, or `row 12` (from 1) where a file has no lines."""
    return f"line {line}" if line else f"row {row + 1}"


def check_key(dataset: Dataset, table: Table, rows: Rows) -> list[Problem]:
    """Each row whose primary key is incomplete, or stood before."""
    if not dataset.primary_key or any(name not in table.names for name in dataset.primary_key):
        return []
    indexes = [table.names.index(name) for name in dataset.primary_key]
    first: dict[tuple[Cell, ...], int] = {}
    problems = []
    for row, cells in enumerate(table.rows):
        key = tuple(cells[index] for index in indexes)
        if None in key:
            if not _is_empty(dataset, rows, row):
                continue  # the cell's own problem says more
            wrong = "is incomplete"
        elif first.setdefault(key, row) != row:
            wrong = f"stood before, on {describe_row(rows.lines[first[key]], first[key])}"
        else:
            continue
        problems.append(_key_problem(dataset, rows, row, key, wrong))
    return problems


def _is_empty(dataset: Dataset, rows: Rows, row: int) -> bool:
    """True if a cell of a row's key holds nothing."""
    named = (name for name in dataset.primary_key if name in rows.names)
    return any(rows.rows[row][rows.names.index(name)] in (None, "") for name in named)


def _key_problem(
    dataset: Dataset, rows: Rows, row: int, key: tuple[Cell, ...], wrong: str
) -> Problem:
    where = Where(file=rows.source, line=rows.lines[row])
    at = "" if where.line else f"row {row + 1}: "
    pairs = zip(dataset.primary_key, key, strict=True)
    shown = ", ".join(name if cell is None else f"{name} {cell}" for name, cell in pairs)
    return Problem(
        code="key-twice",
        where=where,
        message=f"{at}the primary key {wrong}: {shown}",
        fix=f"correct the row or take it out; `primaryKey` is set in {dataset.where}.",
    )


def cell_problem(
    where: Where,
    row: int,
    column: Column,
    cell: Any,
    wrong: str,
    code: str = "cell-wrong",
) -> Problem:
    """A cell that breaks a rule, in words; row: from 0."""
    at = "" if where.line else f"row {row + 1}: "
    text = repr(cell[:60]) if isinstance(cell, str) else str(cell)[:60]
    shown = "" if cell in (None, "") else f" {text}"
    return Problem(
        code=code,
        where=where,
        message=f"{at}{column.name}{shown} {wrong}",
        fix=_fix(column, cell, code),
    )


def _fix(column: Column, cell: Any, code: str) -> str:
    entry = f"the field's entry ({column.where})"
    allowed = column.constraints.get("enum")
    near = nearest(str(cell), map(str, allowed)) if isinstance(allowed, list) and cell else None
    if near:
        return f'did you mean "{near}"? Or change {entry}.'
    written = read_written([cell]) if isinstance(cell, str) and column.type == "number" else None
    if code == "cell-wrong" and written and written.words is not None:
        number = plain_number(str(cell), written.words)
        return f"write {number}, or add {say_words(written.words)} to {entry}."
    return f"correct the value, or {entry}."
