"""The pipeline in order: the only file that knows every stage."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from osai_essay.assets import Assets
from osai_essay.bind import bind_claims, bind_numbers, find_unused
from osai_essay.changes import (
    Accepted,
    Changes,
    Snapshot,
    check_accepted,
    find_close,
    find_stale,
    make_snapshot,
    read_accepted,
    say_close,
)
from osai_essay.charts.bundle import BUNDLES, ENGINE, bundle_path, check_bundle, chosen_bundle
from osai_essay.charts.figure import load_libraries
from osai_essay.charts.painter import Painter
from osai_essay.checks import (
    check_figures,
    check_pages,
    check_slips,
    check_source,
    check_unbound,
)
from osai_essay.draw import Studio, Tell, draw_charts
from osai_essay.gather import Gathered, gather_rows
from osai_essay.load import load_site
from osai_essay.model import NO_MEMO, Bound, Chart, Memo, OutputFile, Site
from osai_essay.pages import DatasetRows, Inputs, WrittenEssay, render_site, write_prose
from osai_essay.plan import Plan, make_plan, next_due, published
from osai_essay.problem import Problem, SiteError, Where, has_errors, sort_problems
from osai_essay.query import Queries
from osai_essay.report import since_last_build
from osai_essay.template import Theme
from osai_essay.write import Written, write_site

Made = TypeVar("Made")


def tell_nobody(step: str, done: int, total: int) -> None:
    """For a build that nobody watches."""


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
    """What a build found and did.

    notes: claims that hold by little, where nothing is written. until: the day on which the same
        files give another site. is_settled: the same files give it again, without a word more.
    """

    problems: tuple[Problem, ...]
    pages: int = 0
    notes: str = ""
    written: Written | None = None
    changes: Changes | None = None
    until: date | None = None
    is_settled: bool = False

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


def build_site(
    root: Path,
    options: Options,
    memo: Memo = NO_MEMO,
    *,
    is_cold: bool = True,
    tell: Tell = tell_nobody,
) -> Result:
    """Read, check, draw, render and write a site; with errors nothing is written."""
    with Queries(memo) as queries, Painter() as painter:
        if is_cold:  # while this thread waits for rows and numbers
            queries.start()
            painter.start()
            threading.Thread(target=load_libraries, daemon=True).start()
        made = make_files(root, options, queries, painter, memo, tell)
    problems = sort_problems(made.problems)
    pages = sum(file.target.endswith(".html") for file in made.files)
    if has_errors(problems) or options.output is None:
        return Result(problems=problems, pages=pages, notes=made.notes)
    changes = made.changes_since(options.output, root, memo)
    tell("Writing files", 0, 0)
    try:
        written = write_site(made.files, options.output, root=root)
    except SiteError as error:
        return Result(problems=(*problems, error.problem))
    return Result(
        problems=problems,
        pages=pages,
        written=written,
        changes=changes,
        until=made.until,
        is_settled=changes is None and not made.runs_programs,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeSite:
    """Every file of a site, what is wrong with it, and what it says of its data."""

    problems: list[Problem]
    files: tuple[OutputFile, ...] = ()
    snapshot: Snapshot | None = None
    accepted: Accepted | None = None
    until: date | None = None

    @property
    def notes(self) -> str:
        """The claims that a small change of the data would make false."""
        if self.snapshot is None:
            return ""
        config = self.snapshot.site.config
        close = find_close(self.snapshot.claims, config.claim_margin, {})
        return say_close(close, config.language)

    @property
    def runs_programs(self) -> bool:
        """True with charts in Python, of which nobody knows what they read."""
        charts = self.snapshot.site.charts if self.snapshot else ()
        return any(spec.kind == "python" for spec in charts)

    def changes_since(self, output: Path, root: Path, memo: Memo) -> Changes | None:
        """What the data changed since the site in the output folder was built."""
        if self.snapshot is None:
            return None
        return since_last_build(self.snapshot, self.accepted, root, output, memo)


@contextmanager
def open_workshop(memo: Memo) -> Iterator[Callable[[Path, Options], MadeSite]]:
    """A function that makes every file of a site, as often as it is called, with warm engines."""
    with Queries(memo) as queries, Painter() as painter:
        queries.start()
        painter.start()

        def make(root: Path, options: Options) -> MadeSite:
            queries.clear()
            return make_files(root, options, queries, painter, memo)

        yield make


def make_files(
    root: Path,
    options: Options,
    queries: Queries,
    painter: Painter,
    memo: Memo = NO_MEMO,
    tell: Tell = tell_nobody,
) -> MadeSite:
    """Every file of the site; with errors there are none.

    What does not rest on a fault goes on after it, so that an author sees all of them at once.
    tell: hears of each step, and how many of its parts are done.
    """
    notes = Notes()
    tell("Reading content", 0, 0)
    site = notes.keep(load_site(root, options.allow, memo))
    plan = notes.keep(
        make_plan(site, today=options.today, drafts=options.drafts, future=options.future)
    )
    until = None if options.future else next_due(site, today=options.today, drafts=options.drafts)
    site = published(site, plan.essays)
    tell("Reading data", 0, 0)
    rows = notes.keep(gather_rows(root, site.datasets, queries, memo))
    site = replace(site, datasets=tuple(rows.datasets.values()))
    theme = Theme(root)
    is_described = site.package not in notes.faulty_files()  # else rows are not what is expected
    notes.keep(((), check_names(site, plan, theme, rows, knows_datasets=is_described)))
    if not site.knows_numbers:  # any text may hold one of them
        return MadeSite(problems=notes.problems)
    tell("Computing numbers", 0, 0)
    bound = bind(site, rows, queries, theme, notes, memo)
    accepted = notes.keep(read_accepted(root))
    notes.keep(((), check_bundle(site.config, root)))
    studio = Studio(
        root=root,
        config=site.config,
        rows=rows,
        bound=bound,
        queries=queries,
        painter=painter,
        memo=memo,
    )
    inputs = replace(make_inputs(root, site, plan, theme, rows, bound), memo=memo)
    tell("Writing essays", 0, 0)
    essays = notes.keep(write_prose(inputs, without=notes.faulty_files()))
    charts: tuple[Chart, ...] = ()
    if is_described:
        charts = notes.keep(draw_site(studio, site, without=notes.faulty_files(), tell=tell))
    if options.output is None:  # the house style is for `check`, not for every build
        notes.keep(((), check_figures(charts, allowed=lambda spec: spec.allow)))
    if options.output is None or options.strict:
        without = notes.faulty_files()
        notes.keep(((), check_prose(root, site, plan, bound, without, strict=options.strict)))
    if options.strict and accepted is not None:
        notes.keep(((), check_accepted(bound.numbers, accepted)))
    if has_errors(notes.problems):
        return MadeSite(problems=notes.problems)
    if accepted is not None:  # an essay that cannot be read would take its numbers with it
        notes.keep(((), find_stale(site, accepted, strict=options.strict)))
    if options.output is None:
        notes.keep(((), find_slips(site, plan, theme, rows, bound, charts, essays)))
    tell("Making pages", 0, 0)
    files = notes.keep(render_site(replace(inputs, charts=charts), essays))
    links = [link for essay in essays for link in essay.prose.links]
    if not has_errors(notes.problems):  # a page that failed has no anchors
        notes.keep(((), check_pages(files, links)))
    snapshot = make_snapshot(site, rows, bound, queries)
    return MadeSite(
        problems=notes.problems, files=files, snapshot=snapshot, accepted=accepted, until=until
    )


def bind(
    site: Site, rows: Gathered, queries: Queries, theme: Theme, notes: Notes, memo: Memo
) -> Bound:
    """Every number's value, then every claim."""
    language = site.config.language
    tables = {name: memo.mark(frame.table) for name, frame in rows.frames.items()}
    key = (memo.mark(site.numbers), memo.mark(site.datasets), tables, rows.reads, language)
    numbers = notes.keep(
        memo.get(
            "numbers bound",
            key,
            lambda: bind_numbers(site.numbers, rows, queries, language=language),
        )
    )
    claims = notes.keep(bind_claims(site, numbers))
    if not has_errors(notes.problems):  # what cannot be read may use any of them
        notes.keep(((), find_unused(site, also=theme.words_used("numbers"))))
    return Bound(numbers=numbers, claims=claims)


def draw_site(
    studio: Studio, site: Site, *, without: frozenset[str], tell: Tell
) -> tuple[tuple[Chart, ...], tuple[Problem, ...]]:
    """Every chart of the site, or the one problem of an installation that cannot draw."""
    if bundle_path(ENGINE, studio.root) or not site.charts:
        return draw_charts(studio, site.charts, without=without, tell=tell)
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


def check_names(
    site: Site, plan: Plan, theme: Theme, rows: Gathered, *, knows_datasets: bool
) -> tuple[Problem, ...]:
    """Names in essays and charts that stand for nothing."""
    prefix = "includes/"
    return check_source(
        site,
        plan,
        includes=[name.removeprefix(prefix) for name in theme.names(f"{prefix}**/*")],
        layouts=[name.removesuffix(".html") for name in theme.names("*.html")],
        sources=rows.sources,
        knows_datasets=knows_datasets,
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
    shown = {name for essay in essays for name in essay.charts} | theme.words_used("chart")
    read = [*(chart.datasets for chart in charts), *map(bound.datasets_of, bound.numbers)]
    used = rows.origins(name for names in read for name in names)
    return check_slips(site, plan, shown=shown, used={dataset.name for dataset in used})


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
