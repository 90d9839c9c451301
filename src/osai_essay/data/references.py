"""Values that name rows of another dataset: `references:` and foreign keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from osai_essay.data.frame import Frame
from osai_essay.data.frames import MAX_PROBLEMS, limit_problems
from osai_essay.model import Cell, Column, Dataset
from osai_essay.problem import Problem, did_you_mean


def check_references(
    datasets: Iterable[Dataset], frames: Mapping[str, Frame]
) -> tuple[Problem, ...]:
    """Every value that names no row of the dataset it refers to, with its line.

    frames: by dataset; one that is absent (it could not be read) is not checked against.
    """
    by_name = {dataset.name: dataset for dataset in datasets}
    problems: list[Problem] = []
    for dataset in by_name.values():
        frame = frames.get(dataset.name)
        if frame is None:
            continue
        found: list[Problem] = []
        for column in dataset.columns:
            target = by_name.get(column.references or "")
            if target and target.name in frames:
                found += _check_column(frame, column, target, frames[target.name])
        for key in _foreign_keys(dataset):
            found += _check_foreign_key(dataset, frame, key, frames)
        problems += limit_problems(found, dataset.path)
    return tuple(problems)


def _check_column(
    frame: Frame, column: Column, target: Dataset, theirs: Frame
) -> Iterator[Problem]:
    """`references:`: each id of a list, or the one value."""
    if len(target.primary_key) != 1 or column.name not in frame.table.names:
        return
    known = {str(value) for value in theirs.table.values(target.primary_key[0])}
    lost = (
        (row, str(item))
        for row, cell in enumerate(frame.table.values(column.name))
        for item in (cell if isinstance(cell, tuple) else () if cell is None else (cell,))
        if str(item) not in known
    )
    for count, (row, value) in enumerate(lost):
        yield _unknown(frame, row, column.name, value, target, _offered(known, count))


def _offered(known: set[Any], count: int) -> set[Any]:
    """What a problem may offer: nothing once there are more than are shown, as to look is slow."""
    return known if count < MAX_PROBLEMS else set()


def _unknown(
    frame: Frame, row: int, name: str, value: str, target: Dataset, known: set[str]
) -> Problem:
    where = frame.where(row)
    at = "" if where.line else f"row {row + 1}: "
    return Problem(
        code="reference-unknown",
        where=where,
        message=f'{at}{name} names "{value}", and no row of "{target.name}" has that key',
        fix=did_you_mean(value, known, else_say=f"add it to {target.path}, or correct it here."),
    )


def _foreign_keys(dataset: Dataset) -> Iterator[Mapping[str, Any]]:
    schema = dataset.descriptor.get("schema")
    keys = schema.get("foreignKeys") if isinstance(schema, Mapping) else None
    for key in keys if isinstance(keys, list) else ():
        if isinstance(key, Mapping) and isinstance(key.get("reference"), Mapping):
            yield key


def _names(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(map(str, value or ()))


def _check_foreign_key(
    dataset: Dataset, frame: Frame, key: Mapping[str, Any], frames: Mapping[str, Frame]
) -> Iterator[Problem]:
    """A standard foreign key; a row with an empty cell in it refers to nothing."""
    target = str(key["reference"].get("resource") or dataset.name)
    ours, theirs = _names(key.get("fields")), _names(key["reference"].get("fields"))
    there = frames.get(target)
    if there is None or len(ours) != len(theirs) or not ours:
        return
    if set(ours) - set(frame.table.names) or set(theirs) - set(there.table.names):
        return
    known = set(zip(*(there.table.values(name) for name in theirs), strict=True))
    rows = enumerate(zip(*(frame.table.values(name) for name in ours), strict=True))
    lost = ((row, cells) for row, cells in rows if None not in cells and cells not in known)
    for count, (row, cells) in enumerate(lost):
        yield _unmatched(frame, row, ours, cells, target, _offered(known, count))


def _unmatched(
    frame: Frame,
    row: int,
    names: tuple[str, ...],
    cells: tuple[Cell, ...],
    target: str,
    known: set[tuple[Cell, ...]],
) -> Problem:
    where = frame.where(row)
    at = "" if where.line else f"row {row + 1}: "
    shown = " / ".join(map(str, cells))
    words = [" / ".join(map(str, each)) for each in known]
    return Problem(
        code="reference-unknown",
        where=where,
        message=f'{at}{", ".join(names)} is "{shown}", which no row of "{target}" has',
        fix=did_you_mean(shown, words, else_say=f'add such a row to "{target}", or correct it.'),
    )
