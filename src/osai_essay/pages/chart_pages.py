"""What a chart has in the finished site: its view, its page, its picture, its rows, its figure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from osai_essay.charts.rows import NUMERIC
from osai_essay.charts.table import table_csv, table_html
from osai_essay.model import Chart, Config, Dataset, OutputFile, Picture
from osai_essay.pages.make import as_html, link_views, source_view
from osai_essay.pages.maker import Maker
from osai_essay.pages.views import ChartView, LinkView, PictureView
from osai_essay.plan import chart_file, chart_url, dataset_url


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
        table=as_html(_table(chart, config)),
        datasets=link_views((each.title or each.name, dataset_url(each.name)) for each in used),
        sources=tuple(source_view(source) for source in chart.sources),
        credits=chart.credits,
        poster=_picture(chart_file(name, "svg"), chart.poster),
        png=chart_file(name, "png") if chart.png else "",
        csv=chart_file(name, "csv"),
        script=chart_file(name, "js"),
        plotly=plotly,
    )


def chart_pages(
    maker: Maker, charts: Iterable[Chart], users: Mapping[str, tuple[LinkView, ...]]
) -> Iterable[OutputFile]:
    """The page and files of each chart. Raises: ThemeError.

    users: chart -> links to the essays that show it.
    """
    for chart in charts:
        name = chart.spec.name
        view = maker.charts[name]
        yield maker.page(
            "chart.html",
            view.url,
            title=view.title,
            description=view.subtitle,
            chart=view,
            essays=users.get(name, ()),
        )
        files = {
            "wide.svg": chart.wide.svg.encode(),
            "narrow.svg": chart.narrow.svg.encode(),
            "svg": chart.poster.svg.encode(),
            "png": chart.png,
            "csv": table_csv(chart.table),
            "js": figure_script(chart),
        }
        for ending, content in files.items():
            if content:
                yield OutputFile(target=chart_file(name, ending).lstrip("/"), content=content)


def _table(chart: Chart, config: Config) -> str:
    """The chart's rows, the columns it draws first: names before numbers."""
    words = [word for word in chart.spec.arguments.values() if isinstance(word, str)]
    kinds = dict(zip(chart.table.names, chart.table.types, strict=True))
    drawn = sorted((w for w in words if w in kinds), key=lambda word: kinds[word] in NUMERIC)
    return table_html(chart.table, chart.columns, caption=chart.title, config=config, first=drawn)


def _picture(url: str, picture: Picture) -> PictureView:
    return PictureView(url=url, width=picture.width, height=picture.height)


def figure_script(chart: Chart) -> bytes:
    """A figure as a classic script, since fetch and modules fail on `file://`."""
    name = chart.spec.name
    figure = {**chart.figure, "narrow": chart.narrow_layout}
    plain = json.dumps(figure, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    safe = plain.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    holder = "window.osaiFigures=window.osaiFigures||{}"
    return f"{holder};window.osaiFigures[{json.dumps(name)}]={safe};\n".encode()
