"""A site's data, numbers, claims and the rows of its charts, as they are in one folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from osai_essay.bind import bind_claims, bind_numbers
from osai_essay.blanks import is_blank
from osai_essay.changes.baseline import BaselineError
from osai_essay.data import read_package
from osai_essay.gather import Gathered, gather_rows
from osai_essay.model import NO_MEMO, Bound, ChartSpec, Claim, Dataset, Memo, Number, Site, Table
from osai_essay.problem import Problem
from osai_essay.query import Queries, QueryError
from osai_essay.struct import Struct


class Snapshot(Struct, frozen=True, kw_only=True):
    """What a site says of its data.

    tables: dataset -> its rows; keys: dataset -> its primary key; unread: datasets without rows,
        for they cannot be read. charts: name -> the rows drawn.
    """

    site: Site
    tables: Mapping[str, Table]
    keys: Mapping[str, tuple[str, ...]]
    unread: tuple[str, ...]
    numbers: Mapping[str, Number]
    claims: tuple[Claim, ...]
    charts: Mapping[str, Table]


def take_earlier(site: Site, folder: Path, memo: Memo = NO_MEMO) -> Snapshot:
    """What a site says of the data in another folder. Raises: BaselineError."""
    datasets, found = read_package(folder, memo)
    snapshot, problems = take_snapshot(site, folder, datasets, memo)
    faults = [each for each in found if each.where.file == site.package and not is_blank(each)]
    faults += problems if snapshot.unread else ()
    first = next((problem for problem in faults if problem.is_error), None)
    if first:
        raise BaselineError(f"{first.where}: {first.message}")
    return snapshot


def take_snapshot(
    site: Site, root: Path, datasets: tuple[Dataset, ...], memo: Memo = NO_MEMO
) -> tuple[Snapshot, tuple[Problem, ...]]:
    """What a site says of the data in a folder, its own or another's, and what is wrong there.

    root: the folder the datasets lie in.
    """
    with Queries(memo) as queries:
        rows, faults = gather_rows(root, datasets, queries, memo)
        numbers, wrong = bind_numbers(site.numbers, rows, queries, language=site.config.language)
        claims, false = bind_claims(site, numbers)
        snapshot = make_snapshot(site, rows, Bound(numbers=numbers, claims=claims), queries)
    return snapshot, (*faults, *wrong, *false)


def make_snapshot(site: Site, rows: Gathered, bound: Bound, queries: Queries) -> Snapshot:
    """The snapshot of data and numbers that are at hand."""
    return Snapshot(
        site=site,
        tables={name: frame.table for name, frame in rows.frames.items()},
        keys={name: dataset.primary_key for name, dataset in rows.datasets.items()},
        unread=rows.broken,
        numbers={name: each for name, each in bound.numbers.items() if each.value is not None},
        claims=bound.claims,
        charts=dict(_charts(site.charts, queries)),
    )


def _charts(specs: Iterable[ChartSpec], queries: Queries) -> Iterator[tuple[str, Table]]:
    """The rows of each chart that can be asked for; a chart in Python draws what it likes."""
    for spec in specs:
        try:
            if spec.sql is not None:
                yield spec.name, queries.select(spec.sql).table
            elif spec.dataset:
                yield spec.name, queries.select_rows(spec.dataset, where=spec.selection).table
        except QueryError:
            continue  # a build says what is wrong with it
