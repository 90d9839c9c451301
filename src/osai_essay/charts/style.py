"""The house style's colours: named roles, six fallbacks, and what each becomes in the dark."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from osai_essay.colors import RGB, contrast, lay_over, read_color
from osai_essay.model import Column, Config, Entity

# The theme's list for headings and labels, so that pictures and page look alike.
FONT = "-apple-system, Segoe UI, Roboto, Noto Sans, Helvetica Neue, Arial, sans-serif"
FONT_PX = 13
WIDE_PX = 720  # of the pictures of a page wide enough
CLEAR = "rgba(0,0,0,0)"

INK = "#1d2129"  # words
MUTED = "#5a6270"  # ticks, notes
QUIET = "#8d95a3"  # marks that are not the point
WASH = "#b4d3dc"  # wide bands with words on them
GRID = "#e3e6ea"
RULE = "#dedad2"  # between the parts of a card, as between those of the page
PAPER = "#fcfbf8"  # the page: gaps between fills, the ground of words upon marks

ROLES_DARK = {
    INK: "#e8eaed",
    MUTED: "#a3abb8",
    QUIET: "#6f7886",
    WASH: "#2c4c57",
    GRID: "#343b46",
    RULE: "#343b46",
    PAPER: "#14171c",
}

# Petrol, brown, violet, moss, wine, slate; in the dark their light forms. Found by a search: 4.5:1
# on the page, told apart without red cones or green ones, and never taken for China or the States.
PALETTE_DARK = {
    "#087b95": "#74c8ec",
    "#985400": "#e6a43f",
    "#5f2f8c": "#a07cca",
    "#4b7c58": "#8fd3a6",
    "#742a3c": "#be777f",
    "#525d66": "#a0aab2",
}
PALETTE = tuple(PALETTE_DARK)
SCALE = ("#c9e6ee", "#9fd5e5", "#67bbd5", "#36a0c0", "#1e85a4")  # all bear black words
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
SYMBOLS = ("circle", "diamond", "square", "triangle-up", "x", "cross")

# Words on a fill, by whether they are white in the light and in the dark. Each has a colour that
# nothing else has, so that it changes with its fill, or stays.
WORDS = {
    (True, True): "#fffffe",
    (True, False): "#fefeff",
    (False, False): "#000001",
    (False, True): "#010100",
}
WORDS_DARK = {WORDS[True, False]: WORDS[False, False], WORDS[False, True]: WORDS[True, True]}
LEAST_CONTRAST = 4.5  # WCAG AA for words of any size


def find_entities(column: Column | None, config: Config) -> Mapping[str, Entity]:
    """The looks of a column's values: by its `entity`, else by its name, such as `country`."""
    if column is None:
        return {}
    return config.entities.get(column.entity or column.name, {})


def dark_forms(config: Config) -> dict[str, str]:
    """Colour -> its form in the dark, for every colour that has one."""
    known = ROLES_DARK | WORDS_DARK | PALETTE_DARK
    for looks in config.entities.values():
        for entity in looks.values():
            if entity.color:
                color = entity.color.lower()
                known[color] = entity.color_dark or known.get(color) or lighten(color)
    return known


def dark_colors(figure: Any, config: Config) -> dict[str, str]:
    """Colour -> its form in the dark, for the colours that the figure uses."""
    used = set(_strings(figure))
    return {light: dark for light, dark in dark_forms(config).items() if light in used}


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value.lower()
    elif isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)


def lighten(color: str) -> str:
    """A colour mixed with white until words of it can be read in the dark."""
    mixed = [lay_over((1.0, 1.0, 1.0), share, _rgb(color)) for share in (0.45, 0.6, 0.75)]
    night = _rgb(ROLES_DARK[PAPER])
    seen = next((one for one in mixed if contrast(one, night) >= LEAST_CONTRAST), mixed[-1])
    return "#" + "".join(f"{round(part * 255):02x}" for part in seen)


def words_on(fill: str, forms: Mapping[str, str], *, opacity: float = 1) -> str:
    """The colour of words on a fill: white where that can be read, else black.

    forms: as `dark_forms` gives them. opacity: of the fill, on the page.
    """
    night = forms.get(fill.lower(), fill)
    return WORDS[
        _bears_white(fill, PAPER, opacity), _bears_white(night, ROLES_DARK[PAPER], opacity)
    ]


def _bears_white(fill: str, paper: str, opacity: float) -> bool:
    color, own_opacity = read_color(fill) or (_rgb(QUIET), 1.0)
    seen = lay_over(color, own_opacity * opacity, _rgb(paper))
    return contrast((1.0, 1.0, 1.0), seen) >= LEAST_CONTRAST


def words_like(color: str, forms: Mapping[str, str]) -> str:
    """The colour of words that name marks of this one: the same if it can be read on the page."""
    sides = ((color, PAPER), (forms.get(color.lower(), color), ROLES_DARK[PAPER]))
    is_read = all(contrast(_rgb(one), _rgb(paper)) >= LEAST_CONTRAST for one, paper in sides)
    return color if is_read else MUTED


def _rgb(color: str) -> RGB:
    """A colour's parts, 0 to 1; black's for a form that is not known."""
    known = read_color(color)
    return known[0] if known else (0.0, 0.0, 0.0)
