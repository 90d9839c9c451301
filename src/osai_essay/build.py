"""The pipeline in order: the only file that knows every stage."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from osai_essay.assets import Assets
from osai_essay.bind import bind_claims, bind_numbers, find_unused
from osai_essay.changes import (
    Changes,
    Snapshot,
    Values,
    check_accepted,
    make_snapshot,
    read_accepted,
)
from osai_essay.charts.bundle import BUNDLES, ENGINE, bundle_path, check_bundle, chosen_bundle
from osai_essay.charts.painter import Painter
from osai_essay.checks import check_figures, check_pages, check_source, check_unbound
from osai_essay.draw import Studio, draw_charts
from osai_essay.gather import Gathered, gather_rows
from osai_essay.load import load_site
from osai_essay.model import Bound, Chart, OutputFile, Site
from osai_essay.pages import DatasetRows, Inputs, render_site, write_prose
from osai_essay.plan import Plan, make_plan, published
from osai_essay.problem import Problem, SiteError, Where, has_errors, sort_problems
from osai_essay.query import Queries
from osai_essay.report import since_last_build
from osai_essay.template import Theme
from osai_essay.write import Written, write_site

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a build is told; output: None to write nothing.

    strict: figures have to be bound, and moves of numbers accepted.
    """

    today: date
    output: Path | None = None
    drafts: bool = False
    future: bool = False
    allow: frozenset[str] = frozenset()
    strict: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a build found and did."""

    problems: tuple[Problem, ...]
    pages: int = 0
    written: Written | None = None
    changes: Changes | None = None

    @property
    def summary(self) -> str:
        """One line for whoever started the build."""
        if self.written is None:
            return f"Checked {self.pages} pages: no errors."
        counts = {
            "new": len(self.written.added),
            "changed": len(self.written.changed),
            "removed": len(self.written.removed),
        }
        parts = [f"{count} {word}" for word, count in counts.items() if count]
        return f"Built {self.pages} pages: {', '.join(parts) or 'nothing changed'}."


def build_site(root: Path, options: Options) -> Result:
    """Read, check, draw, render and write a site; with errors nothing is written."""
    with Queries() as queries, Painter() as painter:
        queries.start()
        painter.start()
        made = make_files(root, options, queries, painter)
    problems = sort_problems(made.problems)
    pages = sum(file.target.endswith(".html") for file in made.files)
    if has_errors(problems) or options.output is None:
        return Result(problems=problems, pages=pages)
    changes = made.changes_since(options.output, root)
    try:
        written = write_site(made.files, options.output, root=root)
    except SiteError as error:
        return Result(problems=(*problems, error.problem))
    return Result(problems=problems, pages=pages, written=written, changes=changes)


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeSite:
    """Every file of a site, what is wrong with it, and what it says of its data."""

    problems: list[Problem]
    files: tuple[OutputFile, ...] = ()
    snapshot: Snapshot | None = None
    accepted: Values | None = None

    def changes_since(self, output: Path, root: Path) -> Changes | None:
        """What the data changed since the site in the output folder was built."""
        if self.snapshot is None:
            return None
        return since_last_build(self.snapshot, self.accepted, root, output)


def make_files(root: Path, options: Options, queries: Queries, painter: Painter) -> MadeSite:
    """Every file of the site; with errors there are none.

    What does not rest on a fault goes on after it, so that an author sees all of them at once.
    """
    notes = Notes()
    site = notes.keep(load_site(root, options.allow))
    plan = notes.keep(
        make_plan(site, today=options.today, drafts=options.drafts, future=options.future)
    )
    site = published(site, plan.essays)
    rows = notes.keep(gather_rows(root, site.datasets, queries))
    site = replace(site, datasets=tuple(rows.datasets.values()))
    theme = Theme(root)
    notes.keep(((), check_names(site, plan, theme, rows)))
    if not site.knows_numbers:  # any text may hold one of them
        return MadeSite(problems=notes.problems)
    bound = bind(site, rows, queries, theme, notes)
    accepted = notes.keep(read_accepted(root))
    notes.keep(((), check_bundle(site.config, root)))
    studio = Studio(
        root=root, config=site.config, rows=rows, bound=bound, queries=queries, painter=painter
    )
    inputs = make_inputs(root, site, plan, theme, rows, bound)
    essays = notes.keep(write_prose(inputs, without=notes.faulty_files()))
    is_described = site.package not in notes.faulty_files()  # else rows are not what charts expect
    charts = (
        notes.keep(draw_site(studio, site, without=notes.faulty_files())) if is_described else ()
    )
    if options.output is None:  # the house style is for `check`, not for every build
        notes.keep(((), check_figures(charts, allowed=lambda spec: spec.allow)))
    if options.output is None or options.strict:
        without = notes.faulty_files()
        notes.keep(((), check_prose(root, site, plan, bound, without, strict=options.strict)))
    if options.strict and accepted is not None:
        notes.keep(((), check_accepted(bound.numbers, accepted)))
    if has_errors(notes.problems):
        return MadeSite(problems=notes.problems)
    files = notes.keep(render_site(replace(inputs, charts=charts), essays))
    links = [link for essay in essays for link in essay.prose.links]
    if not has_errors(notes.problems):  # a page that failed has no anchors
        notes.keep(((), check_pages(files, links)))
    snapshot = make_snapshot(site, rows, bound, queries)
    return MadeSite(problems=notes.problems, files=files, snapshot=snapshot, accepted=accepted)


def bind(site: Site, rows: Gathered, queries: Queries, theme: Theme, notes: Notes) -> Bound:
    """Every number's value, then every claim."""
    language = site.config.language
    numbers = notes.keep(bind_numbers(site.numbers, rows, queries, language=language))
    claims = notes.keep(bind_claims(site, numbers))
    notes.keep(((), find_unused(site, also=theme.words_used("numbers"))))
    return Bound(numbers=numbers, claims=claims)


def draw_site(
    studio: Studio, site: Site, *, without: frozenset[str]
) -> tuple[tuple[Chart, ...], tuple[Problem, ...]]:
    """Every chart of the site, or the one problem of an installation that cannot draw."""
    if bundle_path(ENGINE, studio.root) or not site.charts:
        return draw_charts(studio, site.charts, without=without)
    problem = Problem(
        code="picture-engine-missing",
        where=Where(file="content/charts"),
        message="charts cannot be drawn: plotly-mirage is not installed",
        fix=f"run {BUNDLES[ENGINE].install}; docs/install.md says why.",
    )
    return (), (problem,)


@dataclass
class Notes:
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


def check_names(site: Site, plan: Plan, theme: Theme, rows: Gathered) -> tuple[Problem, ...]:
    """Names in essays and charts that stand for nothing."""
    prefix = "includes/"
    return check_source(
        site,
        plan,
        includes=[name.removeprefix(prefix) for name in theme.names(f"{prefix}**/*")],
        layouts=[name.removesuffix(".html") for name in theme.names("*.html")],
        sources=rows.sources,
    )


def check_prose(
    root: Path, site: Site, plan: Plan, bound: Bound, without: frozenset[str], *, strict: bool
) -> Iterable[Problem]:
    """Figures in prose that are bound to no number; without: files with errors of their own."""
    return check_unbound(
        [essay for essay in plan.essays if essay.source not in without],
        [spec for spec in site.charts if spec.source not in without],
        bound,
        language=site.config.language,
        read_lines=lambda file: (root / file).read_text("utf-8-sig").split("\n"),
        severity="error" if strict else "warning",
    )


def make_inputs(
    root: Path, site: Site, plan: Plan, theme: Theme, rows: Gathered, bound: Bound
) -> Inputs:
    """What pages are made of, but for the charts, which are not drawn yet."""
    datasets = tuple(
        DatasetRows(
            dataset=dataset,
            table=rows.frames[dataset.name].table,
            content=(root / dataset.path).read_bytes(),
        )
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
    )
