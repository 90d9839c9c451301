"""The pages of one site, group by group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from functools import cached_property
from typing import Any

from osai_essay.bind import texts_of_chart
from osai_essay.files import read_bytes
from osai_essay.model import OutputFile, Text, content_mark
from osai_essay.pages.audit import Audit, number_pages
from osai_essay.pages.audit_views import ClaimView
from osai_essay.pages.chart_pages import chart_pages
from osai_essay.pages.dataset_pages import dataset_pages, dataset_view
from osai_essay.pages.essay_pages import EssayPages, find_neighbours
from osai_essay.pages.essays import WrittenEssay
from osai_essay.pages.feeds import feed_pages, is_listed
from osai_essay.pages.headers import headers_file
from osai_essay.pages.inputs import Inputs
from osai_essay.pages.make import link_views
from osai_essay.pages.maker import ByMark, Maker
from osai_essay.pages.views import DatasetView, EssayView, LinkView, TagView
from osai_essay.plan import GENERATED, chart_url, tag_url

Making = Iterator[Iterable[OutputFile]]


class EveryPage:
    """The pages of one site, group by group."""

    def __init__(self, inputs: Inputs, maker: Maker, essays: tuple[WrittenEssay, ...]) -> None:
        self.inputs = inputs
        self.maker = maker
        self.plan = inputs.plan
        self.essays = essays
        self.by_source = {written.essay.source: written for written in essays}
        self.posts = tuple(self.by_source[post.source] for post in inputs.plan.posts)
        self.audit = Audit(
            bound=inputs.bound,
            config=inputs.site.config,
            datasets={rows.dataset.name: rows.dataset for rows in inputs.datasets},
            uses=self.number_uses(),
        )
        self.claims = {written.url: self.claims_of(written) for written in essays}
        self.datasets = self.dataset_views()

    def all(self) -> Making:
        """Every group of files."""
        pages = self.essay_pages()
        for written in self.essays:
            yield pages.page(written)
        yield self.lists()
        for tag, posts in self.plan.tags.items():
            yield self.tag(tag, tuple(self.by_source[post.source] for post in posts))
        yield chart_pages(self.maker, self.inputs.charts, self.chart_users())
        yield dataset_pages(self.maker, self.inputs.datasets, self.datasets)
        yield self.numbers()
        yield self.redirects()
        yield self.copies()
        yield self.inputs.assets.files()
        yield feed_pages(self.maker, self.posts, self.listed())
        yield self.headers()

    def essay_pages(self) -> EssayPages:
        """What makes the pages of essays."""
        return EssayPages(
            inputs=self.inputs,
            maker=self.maker,
            audit=self.audit,
            audit_mark=self.audit_mark,
            claims=self.claims,
            datasets=self.datasets,
            neighbours=find_neighbours(self.posts),
        )

    @cached_property
    def audit_mark(self) -> str:
        """What stands for every number, and for the words in which its audit is said."""
        site = self.inputs.site
        return self.maker.memo.mark((self.inputs.bound.mark, site.datasets, site.config))

    def claims_of(self, written: WrittenEssay) -> tuple[ClaimView, ...]:
        """The claims of an essay's text; those of its title and front matter are checked too."""
        specs = {id(spec): index for index, spec in enumerate(written.essay.body.claims)}
        claims = [claim for claim in self.inputs.bound.claims if id(claim.spec) in specs]
        if not claims:
            return ()
        told = [(specs[id(each.spec)], each.spec, each.margin) for each in claims]

        def make() -> tuple[ClaimView, ...]:
            html = written.text
            return tuple(self.audit.claim(each, specs[id(each.spec)], html) for each in claims)

        key = self.audit_mark, content_mark(written.html), told
        return self.maker.memo.get("claims of an essay", key, make)

    def claim_links(self, numbers: Set[str]) -> Iterator[LinkView]:
        """The claims of essays' texts in which one of these numbers stands."""
        for written in self.essays:
            for claim in self.claims[written.url]:
                if numbers & set(claim.names):
                    yield LinkView(title=claim.sentence, url=f"{written.url}#{claim.id}")

    def number_uses(self) -> dict[str, tuple[LinkView, ...]]:
        """The essays and charts that print each number, by name."""
        uses: dict[str, dict[LinkView, None]] = {}
        for written in self.essays:
            for name in written.names:
                uses.setdefault(name, {})[written.link] = None
        for chart in self.inputs.charts:
            link = LinkView(title=chart.title, url=chart_url(chart.spec.name))
            for name in _names_in(texts_of_chart(chart.spec)):
                uses.setdefault(name, {})[link] = None
        return {name: tuple(links) for name, links in uses.items()}

    def chart_users(self) -> dict[str, tuple[EssayView, ...]]:
        """The essays that show each chart, by its name."""
        return {
            name: tuple(each.view for each in self.essays if name in each.charts)
            for name in self.maker.charts
        }

    def dataset_views(self) -> dict[str, DatasetView]:
        """Every dataset as templates show it, with what uses it."""
        views, bound = {}, self.inputs.bound
        for rows in self.inputs.datasets:
            name = rows.dataset.name
            charts = [chart for chart in self.inputs.charts if name in chart.datasets]
            names = {chart.spec.name for chart in charts}
            numbers = {n: None for n in bound.numbers if name in bound.datasets_of(n)}.keys()
            views[name] = dataset_view(
                rows,
                self.inputs.site.config,
                charts=link_views((chart.title, chart_url(chart.spec.name)) for chart in charts),
                numbers=tuple(self.maker.numbers[each] for each in numbers),
                claims=tuple(self.claim_links(numbers)),
                essays=tuple(
                    each.link
                    for each in self.essays
                    if names & set(each.charts) or numbers & set(each.numbers)
                ),
            )
        return views

    def lists(self) -> Iterator[OutputFile]:
        """The pages that list essays, datasets, charts and tags."""
        tags = tuple(
            TagView(name=tag, url=tag_url(tag), count=len(posts))
            for tag, posts in self.plan.tags.items()
        )
        values: dict[str, tuple[str, dict[str, Any]]] = {
            "index": (self.inputs.site.config.title, {"essays": _views(self.posts)}),
            "datasets": ("Data", {"datasets": tuple(self.datasets.values())}),
            "charts": ("Charts", {"charts": tuple(self.maker.charts.values())}),
            "tags": ("Tags", {"tags": tags}),
            "404": ("Page not found", {}),
        }
        for kind, (title, more) in values.items():
            if self.plan.has(kind):
                summary = self.inputs.site.config.description if kind == "index" else ""
                template = f"{kind}.html"
                yield self.maker.page(
                    template, GENERATED[kind], title=title, description=summary, **more
                )

    def tag(self, tag: str, posts: tuple[WrittenEssay, ...]) -> Iterator[OutputFile]:
        """The page of one tag."""
        url = tag_url(tag)
        view = TagView(name=tag, url=url, count=len(posts))
        yield self.maker.page(
            "tag.html", url, title=f"Essays on {tag}", tag=view, essays=_views(posts)
        )

    def numbers(self) -> Iterator[OutputFile]:
        """The pages of numbers: all those of an earlier build, where no number has changed."""
        bound, maker = self.inputs.bound, self.maker
        key = (
            maker.mark,
            self.audit_mark,
            [
                (
                    each.file,
                    each.spec.rule.source,
                    each.spec.words.source,
                    each.is_true,
                    each.margin,
                )
                for each in bound.claims  # but not their places, which any edit above them moves
            ],
            sorted(self.audit.uses.items()),
            maker.plan.has("numbers"),
            [maker.mark_of("chart", name) for name in maker.charts],
        )

        def make() -> tuple[dict[str, bytes], None]:
            return {file.target: file.read() for file in number_pages(maker, self.audit)}, None

        contents, _ = maker.memo.get_files("number pages", key, make)
        for target, content in contents.items():
            yield OutputFile(target=target, content=content)

    def redirects(self) -> Iterator[OutputFile]:
        """A page at each old address that leads to the new one."""
        for address in self.plan.addresses.values():
            if address.kind == "redirect":
                yield self.maker.page(
                    "redirect.html", address.url, title="Moved", target=address.name
                )

    def copies(self) -> Iterator[OutputFile]:
        """Static files, pictures beside essays, the data package."""
        sources = {each.url: each.source for each in self.inputs.site.static}
        for written in self.essays:
            sources |= written.copies
        if self.inputs.site.package:
            sources["/" + self.inputs.site.package] = self.inputs.site.package
        for url, source in sources.items():
            yield OutputFile(target=url.lstrip("/"), content=read_bytes(self.inputs.root, source))

    def headers(self) -> Iterator[OutputFile]:
        """What a host is told to send with the pages."""
        if self.plan.has("headers"):
            text = headers_file(self.inputs.site.config, self.inputs.assets.urls.values())
            yield OutputFile(target=GENERATED["headers"].lstrip("/"), content=text.encode())

    def listed(self) -> tuple[str, ...]:
        """The addresses that the sitemap names."""
        kinds = {
            "essay",
            "chart",
            "dataset",
            "number",
            "tag",
            "index",
            "datasets",
            "charts",
            "tags",
            "numbers",
        }
        return tuple(
            address.url
            for address in self.plan.addresses.values()
            if address.kind in kinds and is_listed(address.target)
        )


def _views(essays: tuple[WrittenEssay, ...]) -> ByMark:
    """What a list shows of essays."""
    return ByMark(
        mark=[each.mark for each in essays], make=lambda _: tuple(each.view for each in essays)
    )


def _names_in(texts: Iterable[Text]) -> set[str]:
    return {use.name for text in texts for use in text.names}
