"""What lies between two stages: values taken out of one and put into the next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeVar

from osai_essay.assets import Assets
from osai_essay.bind import bind_claims, bind_numbers, find_unused, names_in_chart
from osai_essay.charts.bundle import BUNDLES, ENGINE, bundle_path, chosen_bundle
from osai_essay.charts.painter import Painter
from osai_essay.charts.table import table_csv
from osai_essay.checks.source import check_source
from osai_essay.draw import Studio
from osai_essay.gather import Gathered
from osai_essay.model import (
    NO_MEMO,
    Bound,
    Chart,
    ChartSpec,
    Dataset,
    Memo,
    Number,
    Site,
    Table,
    Tell,
    tell_nobody,
    without_errors,
)
from osai_essay.pages import DatasetRows, Inputs, WrittenEssay, part_view
from osai_essay.plan import Plan
from osai_essay.problem import Problem, Where, has_errors
from osai_essay.query import Queries
from osai_essay.struct import Struct, field
from osai_essay.template import Theme

Made = TypeVar("Made")


class Workshop(Struct, frozen=True, kw_only=True):
    """What a site is made with.

    memo: what earlier builds made. tell: hears of each step, and how many of its parts are done.
    """

    queries: Queries
    painter: Painter
    memo: Memo = NO_MEMO
    tell: Tell = tell_nobody


class Notes(Struct):
    """The problems of all stages so far."""

    problems: list[Problem] = field(default_factory=list)

    def keep(self, outcome: tuple[Made, Iterable[Problem]]) -> Made:
        """Note a stage's problems and hand on what it made."""
        made, found = outcome
        self.problems += found
        return made

    def faulty_files(self) -> frozenset[str]:
        """Files with an error: what is made of them would only repeat it."""
        return frozenset(problem.where.file for problem in self.problems if problem.is_error)


def bind(site: Site, rows: Gathered, theme: Theme, notes: Notes, workshop: Workshop) -> Bound:
    """Every number's value, then every claim."""
    language, memo, marks = site.config.language, workshop.memo, workshop.queries.marks
    key = (memo.mark(site.numbers), memo.mark(site.datasets), marks, rows.reads, language)

    def make() -> tuple[Mapping[str, Number], tuple[Problem, ...], str]:
        numbers, found = bind_numbers(site.numbers, rows, workshop.queries, language=language)
        return numbers, found, memo.mark(numbers)

    numbers, found, mark = memo.get("numbers", key, make, still=without_errors)
    notes.keep((numbers, found))
    claims = notes.keep(bind_claims(site, numbers, memo, mark=mark))
    if not has_errors(notes.problems):  # what cannot be read may use any of them
        notes.keep(((), find_unused(site, also=theme.words_used("numbers"))))
    return Bound(numbers=numbers, claims=claims, mark=mark)


def open_studio(root: Path, site: Site, rows: Gathered, workshop: Workshop) -> Studio:
    """What the charts of the site are drawn with."""
    return Studio(
        root=root,
        config=site.config,
        rows=rows,
        queries=workshop.queries,
        painter=workshop.painter,
        memo=workshop.memo,
    )


def drawable(root: Path, site: Site) -> tuple[tuple[ChartSpec, ...], tuple[Problem, ...]]:
    """The charts of the site; none where the installation cannot draw, which is one problem."""
    if bundle_path(ENGINE, root) or not site.charts:
        return site.charts, ()
    problem = Problem(
        code="picture-engine-missing",
        where=Where(file="content/charts"),
        message="charts cannot be drawn: plotly-mirage is not installed",
        fix=f"run {BUNDLES[ENGINE].install}: it draws the pictures that stand in pages.",
    )
    return (), (problem,)


def part_charts(
    site: Site, specs: tuple[ChartSpec, ...]
) -> tuple[tuple[ChartSpec, ...], tuple[ChartSpec, ...]]:
    """Charts that can be drawn while numbers are still asked for, and those that show some."""
    numbers = {spec.name for spec in site.numbers}
    showing = tuple(spec for spec in specs if names_in_chart(spec) & numbers)
    return tuple(spec for spec in specs if spec not in showing), showing


def check_names(
    site: Site, plan: Plan, theme: Theme, rows: Gathered, *, knows_datasets: bool
) -> tuple[Problem, ...]:
    """Names in essays and charts that stand for nothing."""
    prefix = "includes/"
    return check_source(
        site,
        plan,
        includes=[name.removeprefix(prefix) for name in theme.names(prefix)],
        layouts=[
            name.removesuffix(".html")
            for name in theme.names()
            if name.endswith(".html") and "/" not in name
        ],
        sources=rows.sources,
        knows_datasets=knows_datasets,
    )


def check_prose(
    root: Path, site: Site, plan: Plan, bound: Bound, without: frozenset[str], *, strict: bool
) -> Iterable[Problem]:
    """Figures in prose that are bound to no number; without: files with errors of their own."""
    from osai_essay.checks.unbound import check_unbound  # few builds need it, or those below

    return check_unbound(
        [essay for essay in plan.essays if essay.source not in without],
        [spec for spec in site.charts if spec.source not in without],
        bound,
        language=site.config.language,
        read_lines=lambda file: (root / file).read_text("utf-8-sig").split("\n"),
        severity="error" if strict else "warning",
    )


def check_looks(charts: Iterable[Chart]) -> Iterable[Problem]:
    """Charts against the house style."""
    from osai_essay.checks.figures import check_figures

    return check_figures(charts, allowed=lambda spec: spec.allow)


def find_slips(
    site: Site,
    plan: Plan,
    theme: Theme,
    rows: Gathered,
    bound: Bound,
    charts: tuple[Chart, ...],
    essays: tuple[WrittenEssay, ...],
) -> tuple[Problem, ...]:
    """What nobody uses, and other slips that break nothing."""
    from osai_essay.checks.slips import check_slips

    shown = {name for essay in essays for name in essay.charts} | theme.words_used("chart")
    read = [*(chart.datasets for chart in charts), *map(bound.datasets_of, bound.numbers)]
    used = rows.origins(name for names in read for name in names)
    return check_slips(site, plan, shown=shown, used={dataset.name for dataset in used})


def find_leftovers(
    root: Path, theme: Theme, plan: Plan, essays: tuple[WrittenEssay, ...], notes: Notes
) -> Iterable[Problem]:
    """Files of which no page is made."""
    from osai_essay.checks.leftovers import check_leftovers

    copies = {file for essay in essays for file in essay.copies.values()}
    known = {problem.where.file for problem in notes.problems}
    return check_leftovers(root, theme, plan.essays, copies=copies, known=known)


def make_inputs(
    root: Path, site: Site, plan: Plan, theme: Theme, rows: Gathered, bound: Bound, memo: Memo
) -> Inputs:
    """What pages are made of, but for the charts, which are not drawn yet."""
    datasets = tuple(
        _dataset_rows(root, dataset, rows.frames[dataset.name].table, memo)
        for dataset in site.datasets
        if dataset.name in rows.frames
    )
    assets = Assets(
        theme,
        static_urls=frozenset(each.url for each in site.static),
        plotly=bundle_path(chosen_bundle(site.config), root) if site.charts else None,
    )
    return Inputs(
        root=root,
        site=site,
        plan=plan,
        theme=theme,
        assets=assets,
        charts=(),
        datasets=datasets,
        sources=rows.sources or {},
        bound=bound,
        parts={name: part_view(number) for name, number in bound.numbers.items()},
        memo=memo,
    )


def _dataset_rows(root: Path, dataset: Dataset, table: Table, memo: Memo) -> DatasetRows:
    content = (root / dataset.path).read_bytes()
    if dataset.format == "csv":
        return DatasetRows(dataset=dataset, table=table, content=content, csv=content)
    csv = memo.get("csv", memo.mark(table), lambda: table_csv(table))
    return DatasetRows(dataset=dataset, table=table, content=content, csv=csv)
