"""Contexts -> files, through the theme: every page of the finished site."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from osai_essay.assets import PLOTLY, Assets
from osai_essay.files import read_bytes
from osai_essay.model import Chart, OutputFile, Site, Source
from osai_essay.pages.chart_pages import chart_pages, chart_view
from osai_essay.pages.dataset_pages import DatasetRows, dataset_pages, dataset_view
from osai_essay.pages.essays import WrittenEssay, write_essays
from osai_essay.pages.feeds import feed_pages, is_listed
from osai_essay.pages.make import as_html, link_views, source_view, toc_entries
from osai_essay.pages.maker import Maker
from osai_essay.pages.views import DatasetView, LinkView, TagView
from osai_essay.plan import GENERATED, Plan, chart_url, tag_url
from osai_essay.problem import Problem, SiteError
from osai_essay.template import Theme, ThemeError

__all__ = ["DatasetRows", "Inputs", "WrittenEssay", "render_site", "write_prose"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """All that pages are made of."""

    root: Path
    site: Site
    plan: Plan
    theme: Theme
    assets: Assets
    charts: tuple[Chart, ...]
    datasets: tuple[DatasetRows, ...]
    sources: Mapping[str, Source]


def write_prose(
    inputs: Inputs, *, without: Container[str] = ()
) -> tuple[tuple[WrittenEssay, ...], tuple[Problem, ...]]:
    """The prose of every essay, charts left as marks; `inputs.charts` need not be drawn yet.

    without: sources of essays that cannot be read.
    """
    essays = [essay for essay in inputs.plan.essays if essay.source not in without]
    return write_essays(_maker(inputs), inputs.root, essays)


def render_site(
    inputs: Inputs, essays: tuple[WrittenEssay, ...]
) -> tuple[tuple[OutputFile, ...], tuple[Problem, ...]]:
    """Every page and file; with errors the files are not whole and must not be written."""
    return _collect(_Pages(inputs, _maker(inputs), essays).all())


def _maker(inputs: Inputs) -> Maker:
    plotly = inputs.assets.urls.get(PLOTLY, "")
    by_name = {dataset.name: dataset for dataset in inputs.site.datasets}
    views = {
        chart.spec.name: chart_view(chart, inputs.site.config, by_name, plotly=plotly)
        for chart in inputs.charts
    }
    return Maker(
        site=inputs.site, plan=inputs.plan, theme=inputs.theme, assets=inputs.assets, charts=views
    )


Making = Iterator[Iterable[OutputFile]]


def _collect(groups: Making) -> tuple[tuple[OutputFile, ...], tuple[Problem, ...]]:
    """The files of every group; a group whose template fails is one problem."""
    files: list[OutputFile] = []
    problems: list[Problem] = []
    for group in groups:
        try:
            files += group
        except (ThemeError, SiteError) as error:
            problems.append(error.problem)
    return tuple(files), tuple(problems)


class _Pages:
    """The pages of one site, group by group."""

    def __init__(self, inputs: Inputs, maker: Maker, essays: tuple[WrittenEssay, ...]) -> None:
        self.inputs = inputs
        self.maker = maker
        self.plan = inputs.plan
        self.essays = essays
        self.by_source = {written.essay.source: written for written in essays}
        self.posts = tuple(self.by_source[post.source] for post in inputs.plan.posts)
        self.positions = {post.essay.source: index for index, post in enumerate(self.posts)}
        self.datasets = self.dataset_views()

    def all(self) -> Making:
        """Every group of files."""
        for written in self.essays:
            yield self.essay(written)
        yield self.lists()
        for tag, posts in self.plan.tags.items():
            yield self.tag(tag, tuple(self.by_source[post.source] for post in posts))
        yield chart_pages(self.maker, self.inputs.charts, self.chart_users())
        yield dataset_pages(self.maker, self.inputs.datasets, self.datasets)
        yield self.redirects()
        yield self.copies()
        yield self.inputs.assets.files()
        yield feed_pages(self.maker, self.posts, self.listed())

    def essay(self, written: WrittenEssay) -> Iterator[OutputFile]:
        layout = f"{written.essay.layout}.html"
        page = self.maker.page_view(layout, written.url, written.view.title, written.view.summary)
        content = written.marks.fill(
            written.prose.html, lambda name, time: self.maker.figure(name, page, time)
        )
        newer, older = self.neighbours(written)
        yield self.maker.page(
            layout,
            written.url,
            title=written.view.title,
            description=written.view.summary,
            essay=written.view,
            content=as_html(content),
            toc=toc_entries(written.prose.headings) if written.essay.toc else (),
            references=tuple(
                source_view(self.inputs.sources[use.name])
                for use in written.essay.references
                if use.name in self.inputs.sources
            ),
            datasets=self.datasets_of(written),
            newer=newer,
            older=older,
        )

    def neighbours(self, written: WrittenEssay) -> tuple[LinkView | None, LinkView | None]:
        at = self.positions.get(written.essay.source)
        if at is None:
            return None, None
        newer = _link(self.posts[at - 1]) if at > 0 else None
        older = _link(self.posts[at + 1]) if at + 1 < len(self.posts) else None
        return newer, older

    def datasets_of(self, written: WrittenEssay) -> tuple[LinkView, ...]:
        links = [link for name in written.charts for link in self.maker.charts[name].datasets]
        return tuple(dict.fromkeys(links))

    def chart_users(self) -> dict[str, tuple[LinkView, ...]]:
        return {
            name: tuple(_link(each) for each in self.essays if name in each.charts)
            for name in self.maker.charts
        }

    def dataset_views(self) -> dict[str, DatasetView]:
        views = {}
        for rows in self.inputs.datasets:
            name = rows.dataset.name
            charts = [chart for chart in self.inputs.charts if name in chart.datasets]
            names = {chart.spec.name for chart in charts}
            views[name] = dataset_view(
                rows,
                self.inputs.site.config,
                charts=link_views((chart.title, chart_url(chart.spec.name)) for chart in charts),
                essays=tuple(_link(each) for each in self.essays if names & set(each.charts)),
            )
        return views

    def lists(self) -> Iterator[OutputFile]:
        views = tuple(post.view for post in self.posts)
        tags = tuple(
            TagView(name=tag, url=tag_url(tag), count=len(posts))
            for tag, posts in self.plan.tags.items()
        )
        values: dict[str, tuple[str, dict[str, Any]]] = {
            "index": (self.inputs.site.config.title, {"essays": views}),
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
        url = tag_url(tag)
        view = TagView(name=tag, url=url, count=len(posts))
        yield self.maker.page(
            "tag.html", url, title=f"Essays on {tag}", tag=view, essays=tuple(p.view for p in posts)
        )

    def redirects(self) -> Iterator[OutputFile]:
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

    def listed(self) -> tuple[str, ...]:
        kinds = {"essay", "chart", "dataset", "tag", "index", "datasets", "charts", "tags"}
        return tuple(
            address.url
            for address in self.plan.addresses.values()
            if address.kind in kinds and is_listed(address.target)
        )


def _link(written: WrittenEssay) -> LinkView:
    return LinkView(title=written.view.title, url=written.url)
