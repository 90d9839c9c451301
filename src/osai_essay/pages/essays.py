"""Every essay's prose, spread over the cores where there are many, and what lists show of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from osai_essay.bind import texts_of_essay
from osai_essay.model import Bound, Content, Essay, Heading, LinkUse, read_content
from osai_essay.pages.made import AT_END, BESIDE
from osai_essay.pages.maker import Maker
from osai_essay.pages.marks import Marks
from osai_essay.pages.spread import Kept, write_all
from osai_essay.pages.views import CardView, EssayView, LinkView
from osai_essay.pages.writer import Desk, Writer
from osai_essay.plan import Plan
from osai_essay.problem import Problem, Where
from osai_essay.struct import Struct, replace


class WrittenEssay(Struct, frozen=True, kw_only=True):
    """An essay's prose with marks for its charts, and what lists show of it.

    mark: what stands for its view in keys. html: its prose, footnotes at the end alone; page_html:
        short ones beside the text too. headings, links: as `MadeEssay` has them.
    copies: address -> file beside the essay, for the pictures it shows.
    numbers: the names of those it prints in its text, in order.
    card: the picture its author chose for it.
    """

    essay: Essay
    url: str
    view: EssayView
    mark: str
    html: Content
    page_html: Content
    headings: tuple[Heading, ...]
    links: tuple[LinkUse, ...]
    marks: Marks
    copies: Mapping[str, str]
    numbers: tuple[str, ...] = ()
    card: CardView | None = None

    @property
    def text(self) -> str:
        """Its prose, footnotes at the end alone."""
        return read_content(self.html).decode()

    @property
    def page_text(self) -> str:
        """Its prose, short footnotes beside the text too."""
        return read_content(self.page_html).decode()

    @property
    def layout(self) -> str:
        """The template of its page."""
        return f"{self.essay.layout}.html"

    @property
    def link(self) -> LinkView:
        """Its page, with its title."""
        return LinkView(title=self.view.title, url=self.url)

    @property
    def names(self) -> set[str]:
        """Every name in its texts."""
        return {use.name for text in texts_of_essay(self.essay) for use in text.names}

    @property
    def charts(self) -> tuple[str, ...]:
        """The charts it shows, in order, each once."""
        return tuple(dict.fromkeys(self.marks.names))


def write_essays(
    maker: Maker, root: Path, essays: Iterable[Essay], bound: Bound
) -> tuple[tuple[WrittenEssay, ...], tuple[Problem, ...]]:
    """Every essay's prose; problems of all of them."""
    plan = maker.plan
    desk = Desk(root=root, config=maker.config, plan=plan, mark=maker.memo.mark(_answers(plan)))
    planned = [essay for essay in essays if essay.source in maker.plan.essay_urls]
    writers = [Writer(desk, essay, bound.seen_from(essay.source), maker) for essay in planned]
    made = write_all(writers, maker.memo)
    written = tuple(_written(essay, plan, each) for essay, each in zip(planned, made, strict=True))
    problems = (problem for _, each in made for problem in each.problems)
    return written, (*problems, *check_copies(written))


def _answers(plan: Plan) -> tuple[object, ...]:
    """All of a plan that decides where links lead; where they were declared is no part of it."""
    addresses = [(each.url, each.kind, each.name) for each in plan.addresses.values()]
    return addresses, plan.essay_urls


def _written(essay: Essay, plan: Plan, kept: Kept) -> WrittenEssay:
    files, made = kept
    is_future = essay.source in plan.coming  # no part of what is kept, as the day alone decides
    return WrittenEssay(
        essay=essay,
        url=plan.essay_urls[essay.source],
        view=replace(made.view, is_future=True) if is_future else made.view,
        mark=f"{made.mark}, coming" if is_future else made.mark,
        html=files[AT_END],
        page_html=files[BESIDE],
        headings=made.headings,
        links=made.links,
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
