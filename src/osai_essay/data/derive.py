"""Datasets computed by SQL: in which order, and their rows checked like any file's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from osai_essay.data.frame import Frame, Rows
from osai_essay.data.frames import limit_problems, make_frame
from osai_essay.model import NO_MEMO, Column, Dataset, Memo, Table
from osai_essay.problem import Problem, Where, has_errors


def derive_order(
    datasets: Iterable[Dataset], uses: Mapping[str, Iterable[str]]
) -> tuple[tuple[Dataset, ...], tuple[Problem, ...]]:
    """The derived datasets, each after those it reads; those in a loop are left out.

    uses: the tables that each derived dataset's SQL names, capitals aside.
    """
    derived = {each.name: each for each in datasets if each.is_derived}
    graph = {
        name: {table.casefold() for table in uses.get(name, ())} & set(derived)
        for name in sorted(derived)
    }
    problems = []
    while True:
        try:
            order = tuple(TopologicalSorter(graph).static_order())
        except CycleError as error:
            loop: list[str] = list(error.args[1])
            problems.append(_loop_problem(loop, derived))
            graph = _without(graph, set(loop))
        else:
            return tuple(derived[name] for name in order), tuple(problems)


def _without(graph: Mapping[str, set[str]], names: set[str]) -> dict[str, set[str]]:
    """The graph without some names and all that reads them."""
    lost = set(names)
    while more := {name for name, reads in graph.items() if reads & lost} - lost:
        lost |= more
    return {name: reads for name, reads in graph.items() if name not in lost}


def _loop_problem(loop: list[str], derived: Mapping[str, Dataset]) -> Problem:
    """Graphlib names each dataset before the one that reads it, so the loop is told backwards."""
    told = loop[::-1]
    start = told.index(min(told))
    ring = told[start:-1] + told[:start]
    shown = " -> ".join([*ring, ring[0]]) if len(ring) > 1 else f"{ring[0]} -> {ring[0]}"
    return Problem(
        code="dataset-loop",
        where=Where(file=derived[ring[0]].path, line=1),
        message=f"these datasets are computed from one another: {shown}",
        fix="let one of them read files alone.",
    )


def frame_from_table(
    dataset: Dataset, table: Table, memo: Memo = NO_MEMO
) -> tuple[Frame | None, tuple[Problem, ...]]:
    """Computed rows as a Frame, checked by the schema; None where they break it."""
    if not dataset.columns:
        return _frame_as_computed(dataset, table), ()
    place = Where(file=dataset.path, line=1)
    rows = Rows(
        source=dataset.path,
        names=table.names,
        rows=table.rows,
        lines=[None] * len(table.rows),
        place=lambda _row, _column: Where(file=dataset.path),
    )
    frame, problems = make_frame(dataset, rows, memo)
    found = limit_problems(problems, place.file)
    return (None if has_errors(found) else frame), found


def _frame_as_computed(dataset: Dataset, table: Table) -> Frame:
    """The query's own types, where nobody described others."""
    where = Where(file=dataset.path, line=1)
    columns = tuple(
        Column(name=name, type=kind, where=where)
        for name, kind in zip(table.names, table.types, strict=True)
    )
    return Frame(
        name=dataset.name,
        source=dataset.path,
        columns=columns,
        table=table,
        lines=(None,) * len(table.rows),
    )
