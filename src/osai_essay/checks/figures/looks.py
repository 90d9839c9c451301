"""What is asked of colours: few, told apart by every reader, words that stand out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from math import floor
from operator import itemgetter
from types import MappingProxyType
from typing import Any

from osai_essay.charts.style import LEAST_CONTRAST, PAPER, ROLES_DARK
from osai_essay.checks.figures.fault import Fault, find_place
from osai_essay.checks.figures.marks import Mark, read_marks
from osai_essay.checks.figures.words import Layers, Words, read_words
from osai_essay.colors import RGB, SIGHTS, contrast, difference, lay_over, read_color, to_hex
from osai_essay.model import Chart, ChartSpec
from osai_essay.problem import Where

MOST_COLORS = 6
# CIEDE2000. Okabe and Ito's eight colours stay 11.6 apart for either sight, Tol's bright seven
# 14.2; in Plotly's own palette the red and the green come to 4.6.
LEAST_DIFFERENCE = 10.0
PAGE = MappingProxyType({"light": PAPER, "dark": ROLES_DARK[PAPER]})  # --paper of assets/style.css


def check_colors_many(chart: Chart) -> Iterator[Fault]:
    """More colours than a reader keeps apart; the grey beside a highlight is one of them."""
    colors = {to_hex(mark.color) for mark in read_marks(chart.figure)}
    if len(colors) > MOST_COLORS:
        yield Fault(
            where=_color_place(chart.spec),
            message=f"the chart has {len(colors)} colours, more than {MOST_COLORS}",
            cure="keep the groups that matter with `highlight:`, `where:` or `limit:`, or give each"
            " its own plot with `facet_col:`",
        )


def _color_place(spec: ChartSpec, *colors: str) -> Where:
    """Where one of these colours is written, else the word that the colours follow."""
    written = _written_colors({**spec.arguments, "update_layout": spec.update_layout})
    for path, value in written:
        if to_hex(value) in {to_hex(color) for color in colors}:
            return find_place(spec, path, path.rpartition(".")[0])
    return find_place(spec, "color", "names", "path", "kind")


def _written_colors(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        if read_color(value):
            yield path, value
        return
    pairs: Iterable[tuple[Any, Any]] = ()
    if isinstance(value, Mapping):
        pairs = value.items()
    elif isinstance(value, list):
        pairs = enumerate(value)
    for key, item in pairs:
        yield from _written_colors(item, f"{path}.{key}" if path else str(key))


def check_colors_alike(chart: Chart) -> Iterator[Fault]:
    """Pairs of colours that only their colour tells apart, and for some readers does not.

    Told apart otherwise: by dash, symbol or pattern; by their names, where both have them beside
    or upon the marks; by their place, where the colour says again what an axis or a facet says.
    """
    arguments = chart.spec.arguments
    placed = {str(arguments.get(word)) for word in ("x", "y", "facet_col", "facet_row")}
    groups: dict[str, list[Mark]] = {}
    for mark in read_marks(chart.figure):
        groups.setdefault(to_hex(mark.color), []).append(mark)
    if str(arguments.get("color", "")) in placed or len(groups) > 2 * MOST_COLORS:
        return
    for ours, theirs in combinations(groups.values(), 2):
        pairs = ((one, two) for one in ours for two in theirs if _need_color(one, two))
        pair = next(pairs, None)
        if pair:
            yield from _check_pair(chart, *pair)


def _need_color(one: Mark, two: Mark) -> bool:
    is_one_group = bool(one.name) and one.name == two.name
    return not is_one_group and not one.is_told_from(two)


def _check_pair(chart: Chart, one: Mark, two: Mark) -> Iterator[Fault]:
    """The scheme and the sight in which the two are nearest, where that is too near."""
    found = []
    for scheme in PAGE:
        seen = [_seen(((mark.color, mark.opacity),), chart, scheme) for mark in (one, two)]
        if seen[0] is not None and seen[1] is not None:
            found += [
                (difference(seen[0], seen[1], sight=sight), sight, scheme) for sight in SIGHTS
            ]
    apart, sight, scheme = min(found, key=itemgetter(0), default=(LEAST_DIFFERENCE, "", ""))
    if apart < LEAST_DIFFERENCE:
        names = " and ".join(_named(mark, chart, scheme) for mark in (one, two))
        yield Fault(
            where=_color_place(chart.spec, one.color, two.color),
            message=f"{names} look alike to a {sight} in {scheme} colours: {_cut(apart, 1)} apart,"
            f" {LEAST_DIFFERENCE:.0f} is the least (CIEDE2000)",
            cure="make one of them lighter or of another hue (`entities` in content/site.yml, or"
            " `color_discrete_map:`), or add a second cue or direct labels",
        )


def _named(mark: Mark, chart: Chart, scheme: str) -> str:
    color = _in_scheme(mark.color, chart, scheme)
    return f'"{mark.name}" ({color})' if mark.name else color


def check_contrast(chart: Chart) -> Iterator[Fault]:
    """Each pair of colours once, in the scheme in which its words stand out least."""
    pairs: dict[tuple[str, Layers], list[Words]] = {}
    for words in read_words(chart.figure):
        pairs.setdefault((to_hex(words.color), words.layers), []).append(words)
    for group in pairs.values():
        ratios = _contrasts(group[0], chart)
        ratio, scheme = min(ratios, key=itemgetter(0), default=(LEAST_CONTRAST, ""))
        if ratio < LEAST_CONTRAST:
            yield _contrast_fault(group, ratio, chart, scheme)


def _contrast_fault(group: list[Words], ratio: float, chart: Chart, scheme: str) -> Fault:
    words = group[0]
    below = _seen(words.layers, chart, scheme)
    color = _in_scheme(words.color, chart, scheme)
    more = f" (and {len(group) - 1} more)" if len(group) > 1 else ""
    return Fault(
        where=_color_place(chart.spec, words.color, words.layers[-1][0]),
        message=f"{words.what}{more}: {color} on {_to_text(below)} has a contrast of"
        f" {_cut(ratio, 2)} in {scheme} colours; {LEAST_CONTRAST} is the least",
        cure="make the words or what lies below them darker or lighter, or leave them out with"
        " `labels: none`",
    )


def _contrasts(words: Words, chart: Chart) -> Iterator[tuple[float, str]]:
    for scheme in PAGE:
        below = _seen(words.layers, chart, scheme)
        color = _seen((*words.layers, (words.color, 1.0)), chart, scheme)
        if below is not None and color is not None:
            yield contrast(color, below), scheme


def _seen(layers: Layers, chart: Chart, scheme: str) -> RGB | None:
    """What is seen of colours one upon the other on the page; None where one is not known."""
    known = read_color(PAGE[scheme])
    seen = known[0] if known else (1.0, 1.0, 1.0)
    for color, opacity in layers:
        read = read_color(_in_scheme(color, chart, scheme))
        if read is None:
            return None
        seen = lay_over(read[0], read[1] * opacity, seen)
    return seen


def _in_scheme(color: str, chart: Chart, scheme: str) -> str:
    """A colour of the figure as a reader of that scheme is given it."""
    shown = to_hex(color)
    dark = (chart.figure["layout"].get("meta") or {}).get("dark") or {}
    return str(dark.get(shown, shown)) if scheme == "dark" else shown


def _to_text(color: RGB | None) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in color or ())


def _cut(value: float, digits: int) -> str:
    """A number that is too small, never rounded up to the limit."""
    return f"{floor(value * 10**digits) / 10**digits:.{digits}f}"
