"""The page of an essay: its text with all that stands around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup

from osai_essay.model import OutputFile, content_mark
from osai_essay.pages.audit import Audit
from osai_essay.pages.audit_views import ClaimView, NumberView
from osai_essay.pages.cards import chart_card
from osai_essay.pages.essays import WrittenEssay
from osai_essay.pages.inputs import Inputs
from osai_essay.pages.make import as_html, source_view, toc_entries
from osai_essay.pages.maker import ByMark, Maker
from osai_essay.pages.views import CardView, DatasetView, LinkView
from osai_essay.pages.watched import Taken
from osai_essay.struct import Struct

Neighbours = tuple[LinkView | None, LinkView | None]  # the next newer post, the next older one


class EssayPages(Struct, frozen=True, kw_only=True):
    """The pages of a site's essays.

    audit_mark: what stands for the audit in keys. claims: by the essay's address. neighbours: by
        the post's address.
    """

    inputs: Inputs
    maker: Maker
    audit: Audit
    audit_mark: str
    claims: Mapping[str, tuple[ClaimView, ...]]
    datasets: Mapping[str, DatasetView]
    neighbours: Mapping[str, Neighbours]

    def page(self, written: WrittenEssay) -> Iterator[OutputFile]:
        """The page of one of them, its charts in their places."""
        newer, older = self.neighbours.get(written.url, (None, None))
        yield self.maker.page(
            written.layout,
            written.url,
            title=written.view.title,
            description=written.view.summary,
            card=self.card(written),
            essay=ByMark(mark=written.mark, make=lambda _: written.view),
            content=ByMark(
                mark=content_mark(written.page_html),
                make=lambda taken: self.content(written, taken),
            ),
            toc=toc_entries(written.headings),
            references=tuple(
                source_view(self.inputs.sources[use.name])
                for use in written.essay.references
                if use.name in self.inputs.sources
            ),
            datasets=self.datasets_of(written),
            numbers_used=self.numbers_of(written),
            claims=self.claims[written.url],
            corrections_here=tuple(
                each
                for each in self.maker.corrections
                if any(essay.url == written.url for essay in each.essays)
            ),
            newer=newer,
            older=older,
        )

    def content(self, written: WrittenEssay, taken: Taken) -> Markup:
        """An essay's text, its charts in their places."""
        view, maker = written.view, self.maker
        page = maker.page_view(written.layout, written.url, view.title, view.summary)
        filled = written.marks.fill(
            written.page_text, lambda name, time: maker.figure(name, page, taken, time)
        )
        return as_html(filled)

    def numbers_of(self, written: WrittenEssay) -> tuple[NumberView, ...]:
        """The numbers of an essay's text, in the order in which they come up."""
        names, here = written.numbers, written.url
        if not names:
            return ()
        uses = [self.audit.uses.get(name) for name in names]
        return self.maker.memo.get(
            "numbers of an essay",
            (self.audit_mark, names, here, uses),
            lambda: tuple(self.audit.number(name, here=here) for name in names),
        )

    def card(self, written: WrittenEssay) -> CardView | None:
        """The picture its author chose, else its first chart that has one."""
        charts = (chart_card(self.maker.charts[name]) for name in written.charts)
        return written.card or next(filter(None, charts), None)

    def datasets_of(self, written: WrittenEssay) -> tuple[LinkView, ...]:
        """The datasets that an essay's charts, numbers and claims draw on."""
        links = [link for name in written.charts for link in self.maker.charts[name].datasets]
        bound, source = self.inputs.bound, written.essay.source
        numbers = written.names & bound.numbers.keys()
        numbers |= {name for claim in bound.claims if claim.file == source for name in claim.values}
        used = {dataset for name in numbers for dataset in bound.datasets_of(name)}
        links += [
            LinkView(title=view.title, url=view.url)
            for name, view in self.datasets.items()
            if name in used
        ]
        return tuple(dict.fromkeys(links))


def find_neighbours(posts: Sequence[WrittenEssay]) -> dict[str, Neighbours]:
    """What stands before and after each post, by its address; posts: newest first."""
    links = [post.link for post in posts]
    in_threes = zip(links, [None, *links], [*links[1:], None], strict=False)
    return {link.url: (newer, older) for link, newer, older in in_threes}
