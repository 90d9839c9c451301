"""The value of a number that is asked of the datasets, and the rows that it rests on."""

from __future__ import annotations

import math
from collections.abc import Iterator

from osai_essay.bind.cells import NumberError, one_cell, say_rows, say_selection, value_place
from osai_essay.bind.misses import find_near_values
from osai_essay.model import Cell, NumberSpec
from osai_essay.query import Answer, Queries, Request, rows_request, select_request
from osai_essay.struct import replace


def requests_of(spec: NumberSpec) -> Iterator[Request]:
    """What `ask` will ask for a number."""
    for sql in (spec.sql, spec.rows):
        if sql:
            yield select_request(sql)
    if spec.dataset:
        yield rows_request(spec.dataset, spec.selection)
        yield rows_request(spec.dataset, spec.selection, spec.value)


def ask(spec: NumberSpec, queries: Queries) -> tuple[Cell, Answer]:
    """The value, and the rows behind it, of which there is at least one.

    Raises: NumberError, QueryError.
    """
    answer, behind = _ask_sql(spec, queries) if spec.sql else _ask_dataset(spec, queries)
    if not behind.table.rows:
        raise NumberError(
            "number-empty",
            spec.places.get("where", spec.places.get("rows", value_place(spec))),
            f'"{spec.name}" rests on no row: none fits {say_selection(spec)}',
            _near_rows(spec, queries) or "mend the condition, or take the number out.",
        )
    value = one_cell(spec, answer.table)
    _check_there(spec, value, behind)
    return value, behind


def _ask_sql(spec: NumberSpec, queries: Queries) -> tuple[Answer, Answer]:
    answer = queries.select(spec.sql or "")
    behind = queries.select(spec.rows) if spec.rows else answer
    both = dict.fromkeys((*answer.datasets, *behind.datasets))
    return answer, replace(behind, datasets=tuple(both))


def _ask_dataset(spec: NumberSpec, queries: Queries) -> tuple[Answer, Answer]:
    name, where = spec.dataset or "", spec.selection
    answer = queries.select_rows(name, where=where, value=spec.value)  # first: it has all faults
    behind = queries.select_rows(name, where=where)
    _check_credit(spec, answer, behind)
    return answer, behind


def _check_credit(spec: NumberSpec, answer: Answer, behind: Answer) -> None:
    """A value may not reach for rows that its audit would not show. Raises: NumberError."""
    others = [name for name in answer.datasets if name not in behind.datasets]
    if others:
        raise NumberError(
            "number-source-wrong",
            value_place(spec),
            f'`value:` reads "{others[0]}" too, whose rows nobody would see',
            "write the whole as sql:, with rows: for the rows behind it.",
        )


def _check_there(spec: NumberSpec, value: Cell, behind: Answer) -> None:
    """Raises: NumberError for a value that is empty or has no end."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        shown = "nothing" if value is None else str(value)
        raise NumberError(
            "number-missing",
            value_place(spec),
            f'"{spec.name}" comes to {shown}, '
            f"over {say_rows(behind.table)} of {say_selection(spec)}",
            "choose other rows, or another value; look whether cells are empty.",
        )


def _near_rows(spec: NumberSpec, queries: Queries) -> str:
    """What the columns hold that a condition which fits no row compares; empty if unknown."""
    if not spec.dataset or not spec.selection:
        return ""
    return find_near_values(spec.selection, queries.select_rows(spec.dataset).table)
