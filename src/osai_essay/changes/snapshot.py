"""A site's data, numbers, claims and the rows of its charts, as they are in one folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from osai_essay.bind import bind_claims, bind_numbers
from osai_essay.gather import Gathered, gather_rows
from osai_essay.model import Bound, ChartSpec, Claim, Dataset, Number, Site, Table
from osai_essay.problem import Problem
from osai_essay.query import Queries, QueryError

MAY_STAND = "claim-false"  # what is no longer true is what a comparison is for


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What a site says of its data.

    tables: dataset -> its rows; keys: dataset -> its primary key. charts: name -> the rows drawn.
    """

    site: Site
    tables: Mapping[str, Table]
    keys: Mapping[str, tuple[str, ...]]
    numbers: Mapping[str, Number]
    claims: tuple[Claim, ...]
    charts: Mapping[str, Table]


def take_snapshot(
    site: Site, root: Path, datasets: tuple[Dataset, ...]
) -> tuple[Snapshot, tuple[Problem, ...]]:
    """What a site says of the data in a folder, its own or another's.

    root: the folder the datasets lie in. Problems: all but claims that are false.
    """
    with Queries() as queries:
        queries.start()
        rows, faults = gather_rows(root, datasets, queries)
        numbers, wrong = bind_numbers(site.numbers, rows, queries, language=site.config.language)
        claims, false = bind_claims(site, numbers)
        snapshot = make_snapshot(site, rows, Bound(numbers=numbers, claims=claims), queries)
    problems = (*faults, *wrong, *false)
    return snapshot, tuple(problem for problem in problems if problem.code != MAY_STAND)


def make_snapshot(site: Site, rows: Gathered, bound: Bound, queries: Queries) -> Snapshot:
    """The snapshot of data and numbers that are at hand."""
    return Snapshot(
        site=site,
        tables={name: frame.table for name, frame in rows.frames.items()},
        keys={name: dataset.primary_key for name, dataset in rows.datasets.items()},
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
