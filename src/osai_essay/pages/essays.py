"""Every essay's prose, spread over the cores where there are many, and what lists show of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from osai_essay.model import Bound, Essay, Prose
from osai_essay.pages.maker import Maker, Marks
from osai_essay.pages.spread import write_all
from osai_essay.pages.views import CardView, EssayView
from osai_essay.pages.writer import Desk, MadeEssay, Writer
from osai_essay.plan import Plan
from osai_essay.problem import Problem, Where
from osai_essay.struct import Struct, replace


class WrittenEssay(Struct, frozen=True, kw_only=True):
    """An essay's prose with marks for its charts, and what lists show of it.

    copies: address -> file beside the essay, for the pictures it shows.
    numbers: the names of those it prints in its text, in order.
    card: the picture its author chose for it.
    """

    essay: Essay
    url: str
    view: EssayView
    prose: Prose
    marks: Marks
    copies: Mapping[str, str]
    numbers: tuple[str, ...] = ()
    card: CardView | None = None

    @property
    def charts(self) -> tuple[str, ...]:
        """The charts it shows, in order, each once."""
        return tuple(dict.fromkeys(self.marks.names))


def write_essays(
    maker: Maker, root: Path, essays: Iterable[Essay], bound: Bound
) -> tuple[tuple[WrittenEssay, ...], tuple[Problem, ...]]:
    """Every essay's prose; problems of all of them."""
    plan = maker.plan
    mark = maker.memo.mark((plan.addresses, plan.essay_urls))
    desk = Desk(root=root, config=maker.config, plan=plan, mark=mark)
    planned = [essay for essay in essays if essay.source in maker.plan.essay_urls]
    writers = [Writer(desk, essay, bound.seen_from(essay.source), maker) for essay in planned]
    made = write_all(writers, maker.memo)
    written = tuple(_written(essay, plan, each) for essay, each in zip(planned, made, strict=True))
    problems = (problem for each in made for problem in each.problems)
    return written, (*problems, *check_copies(written))


def _written(essay: Essay, plan: Plan, made: MadeEssay) -> WrittenEssay:
    is_future = essay.source in plan.coming  # no part of what is kept, as the day alone decides
    return WrittenEssay(
        essay=essay,
        url=plan.essay_urls[essay.source],
        view=replace(made.view, is_future=True) if is_future else made.view,
        prose=made.prose,
        marks=made.marks,
        copies=made.copies,
        numbers=made.numbers,
        card=made.card,
    )


def check_copies(essays: Iterable[WrittenEssay]) -> Iterator[Problem]:
    """A problem for each file beside an essay that would overwrite another essay's."""
    first: dict[str, tuple[str, str]] = {}  # address -> its file, and the essay that brought it
    for written in essays:
        for url, file in written.copies.items():
            other, essay = first.setdefault(url, (file, written.essay.source))
            if other != file:
                yield Problem(
                    code="url-taken",
                    where=Where(file=written.essay.source),
                    message=f"{file} would stand at {url}, where {other} of {essay} stands",
                    fix="rename one of the two files.",
                )
