"""What a chart has in the finished site: its view, its page, its picture, its rows, its figure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from osai_essay.model import Chart, Config, Dataset, OutputFile, Size
from osai_essay.pages.cards import chart_card
from osai_essay.pages.make import as_html, link_views, source_view
from osai_essay.pages.maker import Maker
from osai_essay.pages.views import ChartView, EmbedView, EssayView, PictureView
from osai_essay.plan import CHART_FILES, chart_file, chart_url, dataset_url, embed_url
from osai_essay.urls import canonical

# A frame as it was measured: px beside the picture, and below it for button and space; px that a
# letter takes and px from line to line, for title, subtitle, note, and sources with what they have.
EMBED_SIDES, EMBED_REST = 32, 140
EMBED_LETTERS = ((10, 26), (7.5, 22), (6.5, 19), (6.5, 19))


def chart_view(
    chart: Chart, config: Config, datasets: Mapping[str, Dataset], *, plotly: str
) -> ChartView:
    """A chart as templates show it; plotly: the address of the bundle."""
    name = chart.spec.name
    used = [datasets[each] for each in chart.datasets if each in datasets]
    return ChartView(
        name=name,
        id=f"chart-{name}",
        url=chart_url(name),
        title=chart.title,
        subtitle=chart.subtitle,
        alt=chart.alt,
        note=chart.note,
        description=chart.description,
        picture=_picture(chart_file(name, "wide.svg"), chart.wide),
        narrow=_picture(chart_file(name, "narrow.svg"), chart.narrow),
        table=as_html(chart.rows),
        datasets=link_views((each.title or each.name, dataset_url(each.name)) for each in used),
        sources=tuple(source_view(source) for source in chart.sources),
        credits=chart.credits,
        poster=_picture(chart_file(name, "svg"), chart.poster),
        png=_picture(chart_file(name, "png"), chart.png) if chart.png else None,
        embed=EmbedView(
            url=embed_url(name),
            canonical=canonical(config, embed_url(name)),
            height=frame_height(chart),
        ),
        csv=chart_file(name, "csv"),
        script=chart_file(name, "js"),
        plotly=plotly,
    )


def chart_pages(
    maker: Maker, charts: Iterable[Chart], users: Mapping[str, tuple[EssayView, ...]]
) -> Iterable[OutputFile]:
    """The two pages and the files of each chart. Raises: ThemeError.

    users: chart -> the essays that show it. It was published with the first of them.
    """
    for chart in charts:
        name = chart.spec.name
        view = maker.charts[name]
        essays = users.get(name, ())
        dates = [essay.date for essay in essays if essay.date]
        yield maker.page(
            "chart.html",
            view.url,
            title=view.title,
            description=view.subtitle,
            card=chart_card(view),
            chart=view,
            essays=essays,
            published=min(dates, key=lambda each: each.iso, default=None),
        )
        yield maker.page(
            "embed.html",
            view.embed.url,
            title=view.title,
            chart=view,
            canonical=canonical(maker.config, view.url),
        )
        for ending in CHART_FILES:
            if ending in chart.files:
                target = chart_file(name, ending).lstrip("/")
                yield OutputFile(target=target, content=chart.files[ending])


def _picture(url: str, size: Size) -> PictureView:
    return PictureView(url=url, width=size.width, height=size.height)


def frame_height(chart: Chart) -> int:
    """About how high an embedded chart is, 360 or 720 px wide, whichever is more; px.

    Where it is more still, the frame scrolls.
    """
    sources = (source.title for source in chart.sources[:2])  # of more, publishers: as long
    below = " ".join((*sources, *chart.datasets, *chart.credits))
    texts = (chart.title, chart.subtitle, chart.note, below)

    def height(width: int, picture: Size) -> int:
        room = width - EMBED_SIDES
        lines = zip(texts, EMBED_LETTERS, strict=True)
        words = sum(math.ceil(len(text) * letter / room) * line for text, (letter, line) in lines)
        return round(picture.height * room / picture.width) + words + EMBED_REST

    return max(height(360, chart.narrow), height(720, chart.wide))
