"""The pipeline in order: the only file that knows every stage."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from osai_essay.assets import Assets
from osai_essay.charts.bundle import bundle_path
from osai_essay.charts.painter import Painter
from osai_essay.checks import check_figures, check_pages, check_source
from osai_essay.draw import Studio, draw_charts
from osai_essay.gather import Gathered, gather_rows
from osai_essay.load import load_site
from osai_essay.model import Chart, OutputFile, Site
from osai_essay.pages import DatasetRows, Inputs, render_site, write_prose
from osai_essay.plan import Plan, make_plan
from osai_essay.problem import Problem, SiteError, Where, has_errors, sort_problems
from osai_essay.query import Queries
from osai_essay.template import Theme
from osai_essay.write import Written, write_site

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a build is told; output: None to write nothing."""

    today: date
    output: Path | None = None
    drafts: bool = False
    future: bool = False
    allow: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a build found and did."""

    problems: tuple[Problem, ...]
    pages: int = 0
    written: Written | None = None

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
        files, found = make_files(root, options, queries, painter)
    problems = sort_problems(found)
    pages = sum(file.target.endswith(".html") for file in files)
    if has_errors(problems) or options.output is None:
        return Result(problems=problems, pages=pages)
    try:
        written = write_site(files, options.output, root=root)
    except SiteError as error:
        return Result(problems=(*problems, error.problem))
    return Result(problems=problems, pages=pages, written=written)


def make_files(
    root: Path, options: Options, queries: Queries, painter: Painter
) -> tuple[tuple[OutputFile, ...], list[Problem]]:
    """Every file of the site; with errors there are none.

    What does not rest on a fault goes on after it, so that an author sees all of them at once.
    """
    notes = Notes()
    site = notes.keep(load_site(root, options.allow))
    plan = notes.keep(
        make_plan(site, today=options.today, drafts=options.drafts, future=options.future)
    )
    rows = notes.keep(gather_rows(root, site.datasets, queries))
    site = replace(site, datasets=tuple(rows.datasets.values()))
    theme = Theme(root)
    notes.keep(((), check_names(site, plan, theme, rows)))
    studio = Studio(root=root, config=site.config, rows=rows, queries=queries, painter=painter)
    inputs = make_inputs(root, site, plan, theme, rows)
    essays = notes.keep(write_prose(inputs, without=notes.faulty_files()))
    is_described = site.package not in notes.faulty_files()  # else rows are not what charts expect
    charts = (
        notes.keep(draw_site(studio, site, without=notes.faulty_files())) if is_described else ()
    )
    if options.output is None:  # the house style is for `check`, not for every build
        notes.keep(((), check_figures(charts, allowed=lambda spec: spec.allow)))
    if has_errors(notes.problems):
        return (), notes.problems
    files = notes.keep(render_site(replace(inputs, charts=charts), essays))
    links = [link for essay in essays for link in essay.prose.links]
    if not has_errors(notes.problems):  # a page that failed has no anchors
        notes.keep(((), check_pages(files, links)))
    return files, notes.problems


def draw_site(
    studio: Studio, site: Site, *, without: frozenset[str]
) -> tuple[tuple[Chart, ...], tuple[Problem, ...]]:
    """Every chart of the site, or the one problem of an installation that cannot draw."""
    if bundle_path() or not site.charts:
        return draw_charts(studio, site.charts, without=without)
    problem = Problem(
        code="picture-engine-missing",
        where=Where(file="content/charts"),
        message="charts cannot be drawn: plotly-mirage is not installed",
        fix="run pip install --no-deps 'plotly-mirage>=0.2,<0.3'; docs/install.md says why.",
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


def make_inputs(root: Path, site: Site, plan: Plan, theme: Theme, rows: Gathered) -> Inputs:
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
        plotly=bundle_path() if site.charts else None,
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
    )
