"""The picture that stands for a page elsewhere: in a chat, in a network, in a search."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote

from osai_essay.links import Linker
from osai_essay.model import CardImage
from osai_essay.pages.views import CardView, ChartView
from osai_essay.problem import Problem
from osai_essay.struct import replace
from osai_essay.urls import target_of

SHOWN = (".png", ".jpg", ".jpeg", ".gif", ".webp")  # networks show these; none shows SVG


def chart_card(chart: ChartView) -> CardView | None:
    """The picture of a chart with its title and source in it, where there is one as PNG."""
    if chart.png is None:
        return None
    png, alt = chart.png, f"{chart.title}. {chart.alt}"
    return CardView(url=png.url, width=png.width, height=png.height, alt=alt)


def essay_card(image: CardImage, linker: Linker) -> CardView | Problem:
    """The picture an author chose, resolved as any picture of the essay.

    One on the web is named as it is: no reader of the page fetches it.
    """
    if image.path.startswith(("https://", "http://")):
        return CardView(url=image.path, alt=image.alt)
    found = linker.resolve("image", image.path)
    if isinstance(found, Problem):
        return replace(found, where=image.where)
    folder = posixpath.dirname("/" + target_of(linker.url))
    url = posixpath.normpath(posixpath.join(folder, unquote(found.href)))
    if not url.lower().endswith(SHOWN):
        return _no_picture(image)
    return CardView(url=url, width=found.width, height=found.height, alt=image.alt)


def _no_picture(image: CardImage) -> Problem:
    return Problem(
        code="front-matter-wrong",
        where=image.where,
        message=f'"image" must be a picture that networks show, not "{image.path[:60]}"',
        fix=f"name a file that ends in {', '.join(SHOWN[:-1])} or {SHOWN[-1]}.",
    )
