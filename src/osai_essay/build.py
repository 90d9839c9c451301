"""The pipeline in order: the only file that knows every stage."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from osai_essay.blanks import set_aside
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
from osai_essay.charts.bundle import check_bundle
from osai_essay.charts.painter import Painter
from osai_essay.checks.pages import check_pages
from osai_essay.draw import begin_charts, check_undrawn, finish_charts
from osai_essay.gather import gather_rows
from osai_essay.load import has_charts, load_site
from osai_essay.model import NO_MEMO, Bound, Memo, OutputFile, Tell, tell_nobody
from osai_essay.pages import render_site, write_prose
from osai_essay.plan import DRAFT, choose, make_plan, next_due, published
from osai_essay.problem import Problem, SiteError, has_errors, sort_problems
from osai_essay.query import Queries
from osai_essay.report import since_last_build
from osai_essay.steps import (
    Notes,
    Workshop,
    bind,
    check_looks,
    check_names,
    check_prose,
    drawable,
    find_leftovers,
    find_slips,
    make_inputs,
    open_studio,
    part_charts,
)
from osai_essay.struct import Struct, replace
from osai_essay.template import Theme
from osai_essay.write import Written, write_site


class Options(Struct, frozen=True, kw_only=True):
    """What a build is told; output: None to write nothing.

    strict: figures have to be bound, and moves of numbers accepted.
    """

    today: date
    output: Path | None = None
    drafts: bool = False
    future: bool = False
    allow: frozenset[str] = frozenset()
    strict: bool = False


class Result(Struct, frozen=True, kw_only=True):
    """What a build found and did.

    notes: claims that hold by little, where nothing is written. until: the day on which the same
        files give another site. is_settled: the same files give it again, without a word more.
    drafts: how many are left out.
    """

    problems: tuple[Problem, ...]
    pages: int = 0
    notes: str = ""
    written: Written | None = None
    changes: Changes | None = None
    until: date | None = None
    is_settled: bool = False
    drafts: int = 0

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
        said = f"Built {self.pages} pages: {', '.join(parts) or 'nothing changed'}."
        shows = "them" if self.drafts > 1 else "it"
        drafts = f"{self.drafts} draft{'s' if self.drafts > 1 else ''} left out"
        return f"{said} {drafts} (--drafts shows {shows})." if self.drafts else said


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
        if is_cold and has_charts(root):  # while this thread waits for rows and numbers
            queries.start()
            painter.start()
        workshop = Workshop(queries=queries, painter=painter, memo=memo, tell=tell)
        made = make_files(root, options, workshop)
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
        drafts=made.drafts,
    )


class MadeSite(Struct, frozen=True, kw_only=True):
    """Every file of a site, what is wrong with it, and what it says of its data."""

    problems: list[Problem]
    files: tuple[OutputFile, ...] = ()
    snapshot: Snapshot | None = None
    accepted: Accepted | None = None
    until: date | None = None
    drafts: int = 0

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
def open_workshop(
    memo: Memo, tell: Tell = tell_nobody
) -> Iterator[Callable[[Path, Options], MadeSite]]:
    """A function that makes every file of a site, as often as it is called, with warm engines."""
    with Queries(memo) as queries, Painter() as painter:
        queries.start()
        painter.start()

        def make(root: Path, options: Options) -> MadeSite:
            queries.clear()
            workshop = Workshop(queries=queries, painter=painter, memo=memo, tell=tell)
            return make_files(root, options, workshop)

        yield make


def make_files(root: Path, options: Options, workshop: Workshop) -> MadeSite:
    """Every file of the site; with errors there are none.

    What does not rest on a fault goes on after it, so that an author sees all of them at once.
    """
    notes, memo, tell = Notes(), workshop.memo, workshop.tell
    tell("Reading content", 0, 0)
    today, drafts, future = options.today, options.drafts, options.future
    site, found = load_site(root, options.allow, memo)
    chosen = choose(site.essays, today=today, drafts=drafts, future=future)
    site = notes.keep(set_aside(site, found, chosen, drafts=drafts))
    plan = notes.keep(make_plan(site, today=today, drafts=drafts, future=future))
    until = next_due(site, today=today, drafts=drafts)
    site = published(site, plan.essays)
    tell("Reading data", 0, 0)
    rows = notes.keep(gather_rows(root, site.datasets, workshop.queries, memo))
    site = replace(site, datasets=tuple(rows.datasets.values()))
    theme = Theme(root, memo)
    is_described = site.package not in notes.faulty_files()  # else rows are not what is expected
    notes.keep(((), check_names(site, plan, theme, rows, knows_datasets=is_described)))
    if not site.knows_numbers:  # any text may hold one of them
        return MadeSite(problems=notes.problems)
    specs = notes.keep(drawable(root, site)) if is_described else ()
    plain, others = part_charts(site, specs)
    studio = open_studio(root, site, rows, workshop)
    begun = begin_charts(studio, plain, Bound(), without=notes.faulty_files())
    tell("Computing numbers", 0, 0)
    bound = bind(site, rows, theme, notes, workshop)
    begun |= begin_charts(studio, others, bound, without=notes.faulty_files())
    accepted = notes.keep(read_accepted(root, memo))
    notes.keep(((), check_bundle(site.config, root)))
    inputs = make_inputs(root, site, plan, theme, rows, bound, memo)
    tell("Writing essays", 0, 0)
    essays = notes.keep(write_prose(inputs, without=notes.faulty_files()))
    without = notes.faulty_files()
    charts = notes.keep(finish_charts(specs, begun, without=without, tell=tell))
    if options.output is None:  # the house style is for `check`, not for every build
        notes.keep(((), check_looks(charts)))
    if options.output is None or options.strict:
        without = notes.faulty_files()
        notes.keep(((), check_prose(root, site, plan, bound, without, strict=options.strict)))
    if options.strict and accepted is not None:
        notes.keep(((), check_accepted(bound.numbers, accepted)))
    if has_errors(notes.problems):
        notes.keep(((), check_undrawn(studio, specs, without=notes.faulty_files())))
        return MadeSite(problems=notes.problems)
    if accepted is not None:  # an essay that cannot be read would take its numbers with it
        notes.keep(((), find_stale(site, accepted, strict=options.strict)))
    if options.output is None:
        notes.keep(((), find_slips(site, plan, theme, rows, bound, charts, essays)))
        notes.keep(((), find_leftovers(root, theme, plan, essays, notes)))
    tell("Making pages", 0, 0)
    files = notes.keep(render_site(replace(inputs, charts=charts), essays))
    links = [link for essay in essays for link in essay.links]
    if not has_errors(notes.problems):  # a page that failed has no anchors
        notes.keep(((), check_pages(files, links)))
    snapshot = make_snapshot(site, rows, bound, workshop.queries)
    return MadeSite(
        problems=notes.problems,
        files=files,
        snapshot=snapshot,
        accepted=accepted,
        until=until,
        drafts=sum(why == DRAFT for why in plan.left_out.values()),
    )
