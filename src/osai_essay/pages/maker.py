"""One page: a template, what every template is given, and what this one is given besides."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup

from osai_essay.assets import Assets
from osai_essay.model import NO_MEMO, Config, Memo, OutputFile, Site
from osai_essay.pages.audit_views import CorrectionView
from osai_essay.pages.make import as_html, site_view
from osai_essay.pages.marks import Marks
from osai_essay.pages.views import CardView, ChartView, PageView, PartView
from osai_essay.pages.watched import Taken, Watched
from osai_essay.plan import GENERATED, Plan
from osai_essay.problem import did_you_mean
from osai_essay.struct import Struct, replace
from osai_essay.template import Theme
from osai_essay.template.tags import INCLUDE_CALL
from osai_essay.urls import absolute_link, canonical, relative_link, target_of

_WEB = re.compile(r"https?://|mailto:|#")
FIGURE = "includes/figure.html"

Marked = dict[tuple[str, str], str]  # what a template took by name -> its mark


class ByMark(Struct, frozen=True, kw_only=True):
    """A value of a page that is looked at only where the page is made anew.

    mark: what stands for it in keys. make: gives it, and notes what it takes by name.
    """

    mark: object
    make: Callable[[Taken], Any]


class Maker:
    """Renders templates for pages of one site."""

    def __init__(
        self,
        *,
        site: Site,
        plan: Plan,
        theme: Theme,
        assets: Assets,
        charts: Mapping[str, ChartView],
        numbers: Mapping[str, PartView],
        corrections: tuple[CorrectionView, ...],
        memo: Memo = NO_MEMO,
    ) -> None:
        self.site = site
        self.plan = plan
        self.theme = theme
        self.assets = assets
        self.charts = charts
        self.numbers = numbers
        self.corrections = corrections
        self.chart_names = site.chart_names
        self.plotly_style_id = assets.plotly_style_id
        self.memo = memo
        self.mark = memo.mark(
            (theme.contents, site.config, plan.has("feed"), corrections, assets.urls,
             assets.plotly_style_id, site.static, self.chart_names)
        )  # fmt: skip
        self._marks: dict[tuple[str, str], str] = {}

    @property
    def config(self) -> Config:
        """The site's configuration."""
        return self.site.config

    def page(
        self,
        template: str,
        url: str,
        *,
        title: str = "",
        description: str = "",
        card: CardView | None = None,
        **values: Any,
    ) -> OutputFile:
        """A finished page; values: as they are, or `ByMark`. Raises: ThemeError."""
        page = self.page_view(template, url, title, description, card)
        target = target_of(url)

        def make() -> tuple[dict[str, bytes], Marked]:
            text, taken = self.rendered(template, page, values)
            return {target: text.encode("utf-8", "replace")}, taken

        marks = {
            name: each.mark if isinstance(each, ByMark) else each for name, each in values.items()
        }
        key = self.mark, template, page, marks
        contents, _ = self.memo.get_files("page", key, make, still=self.is_still)
        return OutputFile(target=target, content=contents[target])

    def render(
        self, template: str, page: PageView, values: Mapping[str, Any]
    ) -> tuple[str, Marked]:
        """As `rendered`, of an earlier build where all it is made of is the same.

        Raises: ThemeError.
        """
        return self.memo.get(
            "part of a page",
            (self.mark, template, page, values),
            lambda: self.rendered(template, page, values),
            still=lambda kept: self.is_still(kept[1]),
        )

    def is_still(self, taken: Marked) -> bool:
        """True while the charts and numbers that a template took are what they were."""
        return all(self.mark_of(*each) == mark for each, mark in taken.items())

    def rendered(
        self, template: str, page: PageView, values: Mapping[str, Any]
    ) -> tuple[str, Marked]:
        """A template's text, and the charts and numbers it took by itself, each with its mark."""
        taken: Taken = {}
        given = {
            name: each.make(taken) if isinstance(each, ByMark) else each
            for name, each in values.items()
        }
        text = self.theme.render(template, {**self.common(page, taken), **given})
        return text, {each: self.mark_of(*each) for each in taken}

    def mark_of(self, kind: str, name: str) -> str:
        """What stands for a chart or number, as templates see it, in keys of the memo."""
        holder: Mapping[str, object] = self.charts if kind == "chart" else self.numbers
        if (kind, name) not in self._marks:
            self._marks[kind, name] = self.memo.mark(holder.get(name))
        return self._marks[kind, name]

    def page_view(
        self, template: str, url: str, title: str, description: str, card: CardView | None = None
    ) -> PageView:
        """`page` of a template; card: its address may begin at the root."""
        return PageView(
            kind=template.rsplit(".", 1)[0],
            url=url,
            title=title,
            description=description,
            canonical=canonical(self.config, url),
            card=self.full_card(card) if card and self.config.url else None,
        )

    def full_card(self, card: CardView) -> CardView:
        """A card's picture by its full address, as elsewhere has no use for another."""
        is_ours = card.url.startswith("/")
        return replace(card, url=canonical(self.config, card.url)) if is_ours else card

    def common(self, page: PageView, taken: Taken, marks: Marks | None = None) -> dict[str, Any]:
        """What every template is given.

        taken: notes the charts and numbers that it takes by name.
        marks: where given, a chart leaves its mark and is drawn in later.
        """
        feed = GENERATED["feed"] if self.plan.has("feed") else ""
        return {
            "site": site_view(
                self.config, current=page.url, feed=feed, plotly_style_id=self.plotly_style_id
            ),
            "page": page,
            "numbers": Watched("number", self.numbers, taken),
            "corrections": self.corrections,
            "link": self.linker(page.url),
            "asset": self.asset_linker(page.url),
            "chart": lambda name: self.chart_html(name, page, taken, marks),
            INCLUDE_CALL: lambda name, args: self.included(name, args, page, taken, marks),
        }

    def linker(self, from_url: str) -> Callable[[str], str]:
        """`link` of a page: relative, but absolute on 404.html, which any address may show."""

        def link(url: str) -> str:
            path, _, fragment = str(url).partition("#")
            if not path.startswith("/") or path.startswith("//"):
                return str(url) if _WEB.match(str(url)) else "#"
            if from_url == GENERATED["404"]:
                return absolute_link(self.config, path)
            return relative_link(from_url, path, fragment)

        return link

    def asset_linker(self, from_url: str) -> Callable[[str], str]:
        """`asset` of a page."""
        link = self.linker(from_url)
        return lambda name: link(self.assets.url(name))

    def chart_html(self, name: str, page: PageView, taken: Taken, marks: Marks | None) -> Markup:
        """A chart in a template: its figure, or its mark."""
        if name not in self.chart_names:
            fix = did_you_mean(name, self.chart_names, else_say="content/charts has none of it.")
            raise ValueError(f'there is no chart "{name}": {fix}')
        if marks:
            return as_html(marks.add(name))
        return as_html(self.figure(name, page, taken))

    def figure(self, name: str, page: PageView, taken: Taken, time: int = 1) -> str:
        """The figure of a chart as one page shows it, each time by an id of its own.

        Raises: ThemeError.
        """
        chart = self.charts[name]
        shown = chart if time == 1 else replace(chart, id=f"{chart.id}-{time}")
        text, within = self.render(FIGURE, page, {"chart": shown})
        taken.update(dict.fromkeys([("chart", name), *within]))
        return text

    def has_include(self, name: str) -> bool:
        """True if the theme holds an include of that name."""
        return self.theme.has(f"includes/{name}")

    def include(
        self, name: str, arguments: Mapping[str, Any], page: PageView, marks: Marks
    ) -> Markup:
        """An include of an essay's text. Raises: ThemeError."""
        return self.included(name, arguments, page, {}, marks)

    def included(
        self,
        name: str,
        arguments: Mapping[str, Any],
        page: PageView,
        taken: Taken,
        marks: Marks | None,
    ) -> Markup:
        """Jekyll's include: the theme's file, else the chart of that name. Raises: ThemeError."""
        if self.has_include(name):
            values = {**self.common(page, taken, marks), "include": arguments}
            return as_html(self.theme.render(f"includes/{name}", values))
        return self.chart_html(name.removesuffix(".html"), page, taken, marks)
