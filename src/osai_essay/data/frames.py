"""A data file -> Frame: read once, checked by its schema, all problems at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from osai_essay.data.cells import read_column, table_type
from osai_essay.data.csv_rows import read_csv
from osai_essay.data.frame import Frame, Rows
from osai_essay.data.header import find_unseen
from osai_essay.data.infer import infer_columns
from osai_essay.data.keys import check_key
from osai_essay.data.record_rows import read_json_rows, read_parquet_rows, read_yaml_rows
from osai_essay.model import NO_MEMO, Cell, Column, Dataset, Memo, Table, without_errors
from osai_essay.problem import Problem, Where, has_errors, nearest, sort_problems
from osai_essay.struct import replace

MAX_PROBLEMS = 200


def read_frame(
    root: Path, dataset: Dataset, memo: Memo = NO_MEMO
) -> tuple[Frame | None, tuple[Problem, ...]]:
    """A dataset's rows by its schema; None where a cell, a row or the file is wrong.

    Not for derived datasets: see `frame_from_table`.
    """
    if not dataset.digest:  # its entry has said why
        return None, ()
    try:
        content = (root / dataset.path).read_bytes()
    except OSError as error:
        message = f"this file cannot be read: {error.strerror}"
        fix = "see that it may be read."
        where = Where(file=dataset.path)
        problem = Problem(code="dataset-file-missing", where=where, message=message, fix=fix)
        return None, (problem,)
    return memo.get(
        "dataset",
        (dataset, content),
        lambda: _read_frame(dataset, content, memo),
        still=without_errors,
    )


def _read_frame(
    dataset: Dataset, content: bytes, memo: Memo
) -> tuple[Frame | None, tuple[Problem, ...]]:
    rows, problems = read_rows(dataset, content)
    if rows is None:
        return None, limit_problems(problems, dataset.path)
    frame, more = make_frame(dataset, rows, memo)
    found = limit_problems((*problems, *more), dataset.path)
    return (None if has_errors(found) else frame), found


def read_rows(dataset: Dataset, content: bytes) -> tuple[Rows | None, tuple[Problem, ...]]:
    """A file's cells as they stand, before any schema is held against them."""
    if dataset.format == "csv":
        return read_csv(content, dataset.path, delimiter=_delimiter(dataset))
    if dataset.format == "json":
        return read_json_rows(content, dataset.path)
    if dataset.format == "yaml":
        return read_yaml_rows(content, dataset.path)
    return read_parquet_rows(content, dataset.path)


def _delimiter(dataset: Dataset) -> str:
    """`dialect: {delimiter: ";"}`, or the same below `csv:`, as Frictionless has it."""
    dialect = dataset.descriptor.get("dialect")
    for part in (dialect, dialect.get("csv") if isinstance(dialect, Mapping) else None):
        told = part.get("delimiter") if isinstance(part, Mapping) else None
        if isinstance(told, str) and len(told) == 1 and told not in '"\n':
            return told
    return ","


def make_frame(
    dataset: Dataset, rows: Rows, memo: Memo = NO_MEMO
) -> tuple[Frame, tuple[Problem, ...]]:
    """Cells as a Frame, each column read by its type."""
    where = Where(file=dataset.path, line=1)
    columns = dataset.columns or infer_columns(rows.names, rows.rows, where)
    problems = _check_names(dataset, columns, rows) if dataset.columns else _check_own_names(rows)
    values: list[list[Cell]] = []
    for column in columns:
        if column.name in rows.names:
            index = rows.names.index(column.name)
            read, wrong = read_column(dataset, column, rows, index, memo)
        else:
            read, wrong = [None] * len(rows.rows), _check_absent(dataset, column, rows)
        values.append(read)
        problems += wrong
    table = Table(
        names=tuple(column.name for column in columns),
        types=tuple(map(table_type, columns)),
        rows=tuple(zip(*values, strict=True)),
    )
    problems += check_key(dataset, table, rows)
    if not rows.rows:
        problems.append(_no_rows(dataset))
    frame = Frame(
        name=dataset.name,
        source=dataset.path,
        columns=columns,
        table=table,
        lines=tuple(rows.lines),
    )
    return frame, tuple(problems)


def _check_names(dataset: Dataset, columns: Sequence[Column], rows: Rows) -> list[Problem]:
    """The file's columns against the schema's: unknown, missing, or in another order."""
    due = [column.name for column in columns]
    missing = [name for name in due if name not in rows.names]
    # Of records each has its own keys, but a name that a table's header has is no typing error.
    free = due if dataset.format in ("json", "yaml") else missing
    problems = []
    for index, name in enumerate(rows.names):
        if name not in due:
            near = nearest(name, free)
            fix = f'did you mean "{near}"? Or ' if near else ""
            problems.append(
                Problem(
                    code="column-undescribed",
                    where=_name_place(dataset, rows, index),
                    message=f'the schema of "{dataset.name}" has no field "{name}"',
                    fix=f"{fix}add the field to its entry ({dataset.where}).",
                )
            )
    if problems or missing or dataset.format != "csv" or list(rows.names) == due:
        return problems
    message = f"the columns stand in another order than the fields: {', '.join(due)}"
    fix = f"put the columns, or the fields of its entry ({dataset.where}), in the same order."
    where = Where(file=dataset.path, line=1)
    return [Problem(code="column-order", where=where, message=message, fix=fix)]


def _check_own_names(rows: Rows) -> list[Problem]:
    """Names in a file nobody described that no table can have; a CSV's header was looked at."""
    seen: set[str] = set()
    problems = []
    for name in rows.names:
        wrong = ""
        if not name.strip():
            wrong = f"a column is called {name!r}"
        elif find_unseen(name):
            wrong = f"a column is called {name!r}, with {find_unseen(name)}"
        elif name.casefold() in seen:
            wrong = f'two columns are called "{name}", capitals aside'
        seen.add(name.casefold())
        if wrong:
            where = Where(file=rows.source, line=rows.lines[0] if rows.lines else None)
            fix = "rename it, in every row that has it."
            code = "dataset-unreadable"
            problems.append(Problem(code=code, where=where, message=wrong, fix=fix))
    return problems


def _name_place(dataset: Dataset, rows: Rows, index: int) -> Where:
    """A header's place; of a record's key, the first record that has it."""
    if dataset.format in ("csv", "sql", "parquet"):
        return Where(file=rows.source, line=None if dataset.format == "parquet" else 1)
    first = next((row for row, cells in enumerate(rows.rows) if cells[index] is not None), 0)
    return rows.place(first, index)


def _check_absent(dataset: Dataset, column: Column, rows: Rows) -> list[Problem]:
    """A field without a column: records may leave out what is not required."""
    is_record = dataset.format in ("json", "yaml")
    if is_record and (not column.constraints.get("required") or not rows.rows):
        return []
    line = None if dataset.format == "parquet" else 1
    return [
        Problem(
            code="column-missing",
            where=Where(file=dataset.path, line=line),
            message=f'there is no column "{column.name}"',
            fix=f"add it, or take the field out of the schema ({column.where}).",
        )
    ]


def _no_rows(dataset: Dataset) -> Problem:
    return Problem(
        code="dataset-no-rows",
        where=Where(file=dataset.path, line=1),
        message=f'the dataset "{dataset.name}" has no rows',
        fix="add rows; what is drawn from it is empty.",
        severity="warning",
    )


def limit_problems(problems: Sequence[Problem], source: str) -> tuple[Problem, ...]:
    """The first problems of a file; a last one counts the others."""
    found = sort_problems(problems)
    if len(found) <= MAX_PROBLEMS:
        return found
    kept, last = found[:MAX_PROBLEMS], found[MAX_PROBLEMS - 1]
    more = Problem(
        code="dataset-more-problems",
        where=replace(last.where, column=None, width=1),
        message=f"{len(found) - MAX_PROBLEMS:,} more problems in {source} are not shown",
        fix="mend those above first; often one cause makes many.",
    )
    return (*kept, more)
