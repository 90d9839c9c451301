"""The pictures of a chart whose figure is made, in a child process that has the engine running."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from osai_essay.charts.dark import dark_styles
from osai_essay.charts.describe import describe_chart
from osai_essay.charts.files import figure_files, png_size, rows_html
from osai_essay.charts.narrow import fit_narrow
from osai_essay.charts.order import Order, Painted, PictureError
from osai_essay.charts.picture import draw_svg
from osai_essay.charts.png import PngError, draw_png
from osai_essay.charts.poster import make_poster, source_words
from osai_essay.charts.refusals import check_weight, picture_problem, png_problem
from osai_essay.charts.style import WIDE_PX
from osai_essay.charts.table import table_csv
from osai_essay.model import Chart, Picture, Size
from osai_essay.problem import Problem

NARROW_PX = 360

Figure = Mapping[str, Any]


def paint(order: Order) -> Painted:
    """The chart with its pictures; None where the engine cannot draw its figure."""
    try:
        return _paint(order)
    except PictureError as error:
        return None, (picture_problem(order.spec, error),)


def _paint(order: Order) -> tuple[Chart, tuple[Problem, ...]]:
    """Raises: PictureError."""
    spec, config, figure, say = order.spec, order.config, order.figure, order.say
    words = {"title": say(spec.title), "subtitle": say(spec.subtitle), "note": say(spec.note)}
    fitted = fit_narrow(figure, NARROW_PX, spec.height)
    styles = dark_styles(figure["layout"]["meta"]["dark"], config)
    wide = _picture(figure, WIDE_PX, spec.height, styles)
    source = source_words(order.sources, order.credits)
    poster = make_poster(wide, **words, source=source, site=config.title)
    png, found = _png(order, poster)
    narrow = _picture(fitted, NARROW_PX, fitted["layout"]["height"], styles)
    pictures = {"wide.svg": wide, "narrow.svg": narrow, "svg": poster}
    chart = Chart(
        spec=spec,
        **words,
        alt=say(spec.alt),
        description=_describe(order),
        wide=_size(wide),
        narrow=_size(narrow),
        poster=_size(poster),
        png=png_size(png) if png else None,
        table=order.table,
        columns=order.columns,
        rows=rows_html(order),
        files={
            **{ending: picture.svg.encode() for ending, picture in pictures.items()},
            **({"png": png} if png else {}),
            "csv": table_csv(order.table),
            **figure_files(spec.name, figure, fitted["layout"]),
        },
        datasets=order.datasets,
        sources=order.sources,
        credits=order.credits,
    )
    return chart, (*check_weight(spec, wide), *found)


def _picture(figure: Figure, width: int, height: int, styles: tuple[str, ...]) -> Picture:
    return Picture(svg=draw_svg(figure, width, height, styles), width=width, height=height)


def _size(picture: Picture) -> Size:
    return Size(width=picture.width, height=picture.height)


def _describe(order: Order) -> str:
    """The author's own description, else one written from the rows."""
    if order.spec.description:
        return order.say(order.spec.description)
    return describe_chart(order.spec, order.table, order.columns, config=order.config)


def _png(order: Order, poster: Picture) -> tuple[bytes, tuple[Problem, ...]]:
    """The poster as PNG; a letter the font lacks leaves the chart without one."""
    try:
        return draw_png(poster.svg), ()
    except PngError as error:
        return b"", (png_problem(order.spec, error),)
