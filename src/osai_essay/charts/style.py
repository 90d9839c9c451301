"""The house style's colours: named roles, six fallbacks, and what each becomes in the dark."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from osai_essay.model import Column, Config, Entity

# The theme's list for headings and labels, so that pictures and page look alike.
FONT = "-apple-system, Segoe UI, Roboto, Noto Sans, Helvetica Neue, Arial, sans-serif"
FONT_PX = 13
CLEAR = "rgba(0,0,0,0)"

INK = "#1d2129"  # words
MUTED = "#5a6270"  # ticks, notes
QUIET = "#8d95a3"  # marks that are not the point
GRID = "#e3e6ea"
PAPER = "#ffffff"  # gaps between fills
ON_DARK_FILL = "#fefefe"  # words on a fill; not roles, for a fill keeps its colour in the dark
ON_LIGHT_FILL = "#17191e"

ROLES_DARK = {
    INK: "#e8eaed",
    MUTED: "#a3abb8",
    QUIET: "#6f7886",
    GRID: "#343b46",
    PAPER: "#14171c",
}

# Okabe and Ito's hues, darkened to 4.5:1 on white; in the dark their light forms.
PALETTE_DARK = {
    "#0067a5": "#5cb3ec",
    "#bd4f00": "#f29154",
    "#00775a": "#40c69e",
    "#a84a85": "#e49ac6",
    "#866400": "#dfb73c",
    "#566575": "#a9b7c5",
}
PALETTE = tuple(PALETTE_DARK)
SCALE = ("#cfe1f2", "#9dc3e3", "#649fd1", "#2f79b5", "#0f5795")  # seen on light and on dark
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
SYMBOLS = ("circle", "diamond", "square", "triangle-up", "x", "cross")


def find_entities(column: Column | None, config: Config) -> Mapping[str, Entity]:
    """The looks of a column's values: by its `entity`, else by its name, such as `country`."""
    if column is None:
        return {}
    return config.entities.get(column.entity or column.name, {})


def dark_colors(figure: Any, config: Config) -> dict[str, str]:
    """Colour -> its form in the dark, for the colours that the figure uses."""
    known = dict(ROLES_DARK) | PALETTE_DARK
    for looks in config.entities.values():
        for entity in looks.values():
            if entity.color:
                color = entity.color.lower()
                known[color] = entity.color_dark or known.get(color) or lighten(color)
    used = set(_strings(figure))
    return {light: dark for light, dark in known.items() if light in used}


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value.lower()
    elif isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)


def lighten(color: str, share: float = 0.45) -> str:
    """A `#rrggbb` colour mixed with so much white; any other form as it is."""
    parts = _channels(color)
    if parts is None:
        return color
    return "#" + "".join(f"{round(part + (255 - part) * share):02x}" for part in parts)


def words_on(fill: str) -> str:
    """The colour of words on a fill: whichever of the two stands out more."""
    parts = _channels(fill)
    if parts is None:
        return ON_LIGHT_FILL
    light = _luminance(parts)
    on_white_words, on_black_words = 1.05 / (light + 0.05), (light + 0.05) / 0.06
    return ON_DARK_FILL if on_white_words >= min(4.5, on_black_words) else ON_LIGHT_FILL


def contrast(one: str, other: str) -> float:
    """WCAG's contrast of two `#rrggbb` colours, 1 to 21."""
    lights = sorted(_luminance(_channels(color) or (0, 0, 0)) for color in (one, other))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _channels(color: str) -> tuple[int, ...] | None:
    digits = color.removeprefix("#")
    if len(digits) != 6 or not color.startswith("#"):
        return None
    try:
        return tuple(int(digits[at : at + 2], 16) for at in (0, 2, 4))
    except ValueError:
        return None


def _luminance(parts: Iterable[int]) -> float:
    linear = [
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
        for share in (part / 255 for part in parts)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
