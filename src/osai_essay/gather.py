"""Every dataset's rows: files read, derived ones computed, and where each row comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from osai_essay.data import Frame, check_references, derive_order, frame_from_table, read_frame
from osai_essay.model import NO_MEMO, Column, Dataset, Memo, Source, Table, without_errors
from osai_essay.problem import Problem, Where, has_errors
from osai_essay.query import Queries, QueryError
from osai_essay.struct import Struct, field, replace

SOURCES = "sources"


class Gathered(Struct, frozen=True, kw_only=True):
    """The rows of all datasets that could be read.

    datasets: by name, their columns known even where nobody described them.
    reads: derived dataset -> the datasets its SQL reads.
    sources: the records of the dataset `sources`, by id; None where the site has no such dataset.
    """

    datasets: Mapping[str, Dataset] = field(default_factory=dict)
    frames: Mapping[str, Frame] = field(default_factory=dict)
    reads: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sources: Mapping[str, Source] | None = None

    @property
    def broken(self) -> tuple[str, ...]:
        """Datasets the site has, but whose rows could not be read."""
        return tuple(name for name in self.datasets if name not in self.frames)

    def origins(self, names: Iterable[str]) -> tuple[Dataset, ...]:
        """Datasets by name, and all that the derived ones among them are computed from."""
        found: dict[str, Dataset] = {}
        todo = list(names)
        while todo:
            name = todo.pop(0)
            if name in self.datasets and name not in found:
                found[name] = self.datasets[name]
                todo += self.reads.get(name, ())
        return tuple(found.values())

    def count(self, name: str | None) -> int | None:
        """How many rows a dataset has."""
        frame = self.frames.get(name or "")
        return len(frame.table.rows) if frame else None

    def columns_of(self, table: Table, datasets: Iterable[str]) -> tuple[Column, ...]:
        """What is known of a result's columns, by their names in the datasets it was made from."""
        used = [self.datasets[name] for name in datasets if name in self.datasets]
        return tuple(
            _column(name, kind, used) for name, kind in zip(table.names, table.types, strict=True)
        )

    def sources_of(
        self, table: Table, columns: Iterable[Column], datasets: Iterable[str]
    ) -> tuple[Source, ...]:
        """Where rows come from: the sources they name, else those of their datasets."""
        named = [column.name for column in columns if column.references == SOURCES]
        ids = dict.fromkeys(
            each for name in named for cell in table.values(name) for each in _ids(cell)
        )
        known = self.sources or {}
        found = [known[each] for each in ids if each in known]
        used = self.origins(datasets)
        return tuple(found or dict.fromkeys(s for dataset in used for s in dataset.sources))

    def credits_of(self, datasets: Iterable[str]) -> tuple[str, ...]:
        """The words of credit that the datasets ask for, each once."""
        found = (dataset.credit for dataset in self.origins(datasets))
        return tuple(dict.fromkeys(credit for credit in found if credit))


def _ids(cell: object) -> tuple[str, ...]:
    return cell if isinstance(cell, tuple) else (str(cell),) if cell else ()


def _column(name: str, kind: str, used: Iterable[Dataset]) -> Column:
    for dataset in used:
        column = dataset.column(name)
        if column:
            return column
    return Column(name=name, type=kind, where=Where(file=""))


def gather_rows(
    root: Path, datasets: tuple[Dataset, ...], queries: Queries, memo: Memo = NO_MEMO
) -> tuple[Gathered, tuple[Problem, ...]]:
    """Read every file by its schema, then compute the derived datasets from them."""
    frames: dict[str, Frame] = {}
    problems: list[Problem] = []
    for dataset in datasets:
        if not dataset.is_derived:
            frame, found = read_frame(root, dataset, memo)
            problems += found
            if frame and not has_errors(found):
                frames[dataset.name] = frame
                queries.add_table(dataset.name, frame.table)
    problems += check_references(datasets, frames)
    reads, faults = _derive(datasets, frames, queries, memo)
    problems += faults
    known = {
        dataset.name: replace(dataset, columns=frames[dataset.name].columns)
        if dataset.name in frames
        else dataset
        for dataset in datasets
    }
    rows = Gathered(datasets=known, frames=frames, reads=reads, sources=_read_sources(frames))
    return rows, tuple(problems)


def _derive(
    datasets: tuple[Dataset, ...], frames: dict[str, Frame], queries: Queries, memo: Memo
) -> tuple[dict[str, tuple[str, ...]], list[Problem]]:
    """Compute the derived datasets in order; one whose own datasets failed is passed over.

    Returns: what each of them reads, and the problems.
    """
    problems: list[Problem] = []
    uses: dict[str, tuple[str, ...]] = {}
    for dataset in datasets:
        if dataset.sql:
            try:
                uses[dataset.name] = queries.tables_of(dataset.sql.source)
            except QueryError as error:
                problems += [place_error(each, dataset.sql.where) for each in error.all]
    ready = [dataset for dataset in datasets if not dataset.is_derived or dataset.name in uses]
    order, loops = derive_order(ready, uses)
    known = {dataset.name for dataset in datasets}
    for dataset in order:
        if all(name in frames for name in uses[dataset.name] if name in known):
            problems += _derive_one(dataset, frames, queries, memo)
    return uses, [*problems, *loops]


def _derive_one(
    dataset: Dataset, frames: dict[str, Frame], queries: Queries, memo: Memo
) -> tuple[Problem, ...]:
    if dataset.sql is None:
        return ()
    try:
        answer = queries.select(dataset.sql.source)
    except QueryError as error:
        return tuple(place_error(each, dataset.sql.where) for each in error.all)
    key = dataset, answer.table
    frame, problems = memo.get(
        "derived dataset",
        key,
        lambda: frame_from_table(dataset, answer.table, memo),
        still=without_errors,
    )
    if frame:
        frames[dataset.name] = frame
        queries.add_table(dataset.name, frame.table)
    return problems


def place_error(error: QueryError, start: Where) -> Problem:
    """A query's fault at its place in the file; start: where the author's SQL begins there."""
    where = start.within(error.line or 1, error.column or 1, width=error.width)
    return Problem(
        code=error.code,
        where=where,
        message=error.message,
        fix=error.fix,
    )


def _read_sources(frames: Mapping[str, Frame]) -> dict[str, Source] | None:
    frame = frames.get(SOURCES)
    if frame is None or "id" not in frame.table.names:
        return None
    records = [dict(zip(frame.table.names, row, strict=True)) for row in frame.table.rows]
    return {str(record["id"]): _source(record) for record in records}


def _source(record: Mapping[str, object]) -> Source:
    def text(name: str) -> str:
        return str(record.get(name) or "")

    return Source(
        id=text("id"),
        title=text("title") or text("id"),
        path=text("url") or None,
        publisher=text("publisher"),
        published=text("published"),
        accessed=text("accessed"),
    )
