"""Which colour, dash and marker each group of marks has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from osai_essay.charts.rows import Drawn, plain_cell
from osai_essay.charts.style import (
    DASHES,
    INK,
    PALETTE,
    PAPER,
    QUIET,
    SYMBOLS,
    words_on,
)
from osai_essay.model import Entity
from osai_essay.problem import Problem

TREES = ("treemap", "sunburst", "icicle")
SLICES = ("pie", "funnelarea")
_LOOSE = frozenset({"bar", "scatter", "funnel", "barpolar", "scatterpolar", "scatterternary"})


def color_column(drawn: Drawn) -> str | None:
    """The column whose values have colours: `color:`, else the names of slices and branches."""
    arguments = drawn.spec.arguments
    if "color" in arguments:
        return str(arguments["color"])
    if drawn.spec.kind in ("pie", "funnel_area"):
        return arguments.get("names")
    path = arguments.get("path")
    if path and path[0] in drawn.entities:
        return str(path[0])
    return None


def color_map(drawn: Drawn, values: Mapping[str, list[Any]]) -> dict[str, str]:
    """Value of the colour column -> colour; empty where a scale of colours is used instead."""
    name = color_column(drawn)
    if name is None or any(isinstance(it, int | float) for it in values.get(name, ())):
        return {}
    looks = _looks_by_label(drawn, name)
    loud = {str(plain_cell(drawn.label(name, it))) for it in drawn.spec.highlight}
    groups = list(dict.fromkeys(str(it) for it in values[name]))
    is_lit = bool(loud & set(groups))
    taken = {look.color.lower() for look in looks.values() if look.color}
    free = [color for color in PALETTE if color not in taken]
    colors: dict[str, str] = {}
    for group in groups:
        entity = looks.get(group)
        if is_lit and group not in loud:
            colors[group] = QUIET
        elif entity and entity.color:
            colors[group] = entity.color.lower()
        else:
            colors[group] = free.pop(0) if free else QUIET
    return colors


def _looks_by_label(drawn: Drawn, name: str) -> dict[str, Entity]:
    looks = drawn.entities.get(name, {})
    return {str(plain_cell(entity.label)): entity for entity in looks.values()}


def add_cues(figure: dict[str, Any], drawn: Drawn) -> None:
    """A dash or a marker beside the colour, so that the groups can be told apart without it."""
    name = color_column(drawn)
    if name is None or "coloraxis" in figure["layout"]:
        return
    arguments = drawn.spec.arguments
    has_own_dash = "line_dash_map" in arguments or arguments.get("line_dash", name) != name
    has_own_symbol = "symbol_map" in arguments or arguments.get("symbol", name) != name
    looks = _looks_by_label(drawn, name)
    order: dict[str, int] = {}
    for trace in figure["data"]:
        group = _group(trace)
        place = order.setdefault(group, len(order)) % len(DASHES)
        entity = looks.get(group)
        mode = str(trace.get("mode", ""))
        if "lines" in mode and not has_own_dash and not _is_filled(trace):
            trace.setdefault("line", {})["dash"] = (entity and entity.dash) or DASHES[place]
        if "markers" in mode and not has_own_symbol:
            symbol = (entity and entity.symbol) or SYMBOLS[place]
            trace.setdefault("marker", {})["symbol"] = symbol


def group_order(drawn: Drawn) -> list[str]:
    """The colour column's values in the order of site.yml, for legends that never change."""
    name = color_column(drawn)
    return list(_looks_by_label(drawn, name)) if name in drawn.entities and name else []


def _group(trace: Mapping[str, Any]) -> str:
    return str(trace.get("name", "")).partition(", ")[0]


def _is_filled(trace: Mapping[str, Any]) -> bool:
    return "fill" in trace or "stackgroup" in trace


def add_highlight(figure: dict[str, Any], drawn: Drawn) -> None:
    """Where the highlight names single marks rather than a colour's group: the rest turn grey."""
    if not drawn.spec.highlight or "coloraxis" in figure["layout"]:
        return
    loud = _all_labels(drawn)
    if any(_group(trace) in loud for trace in figure["data"]):
        return
    named = {name for trace in figure["data"] for names in _mark_names(trace) for name in names}
    for trace in figure["data"] if named & loud else ():
        marks = _mark_names(trace)
        if trace.get("type") not in _LOOSE or not any(set(names) & loud for names in marks):
            if trace.get("type") in _LOOSE and not str(trace.get("mode", "")).startswith("lines"):
                trace.setdefault("marker", {})["color"] = QUIET
            continue
        marker = trace.setdefault("marker", {})
        own = marker.get("color") if isinstance(marker.get("color"), str) else PALETTE[0]
        marker["color"] = [own if set(names) & loud else QUIET for names in marks]


def _all_labels(drawn: Drawn) -> set[str]:
    loud = set(drawn.spec.highlight)
    for name in drawn.entities:
        loud |= {str(plain_cell(drawn.label(name, it))) for it in drawn.spec.highlight}
    return loud


def _mark_names(trace: Mapping[str, Any]) -> list[tuple[str, ...]]:
    lists = [trace[key] for key in ("x", "y", "text", "hovertext") if _is_list(trace.get(key))]
    return [tuple(str(item) for item in items) for items in zip(*lists, strict=False)]


def _is_list(value: Any) -> bool:
    return isinstance(value, list)


def add_words_on_fills(figure: dict[str, Any]) -> None:
    """Words inside slices, branches and stacked bars: dark or light, whichever can be read."""
    for trace in figure["data"]:
        fills = trace.get("marker", {}).get("colors")
        if trace.get("type") in TREES + SLICES:
            trace.setdefault("marker", {})["line"] = {"color": PAPER, "width": 1}
            if isinstance(fills, list) and all(isinstance(it, str) for it in fills):
                words = [words_on(fill) for fill in fills]
                font = "insidetextfont" if trace["type"] in SLICES else "textfont"
                if trace["type"] == "funnelarea":
                    font = "textfont"
                trace[font] = {"color": words}
        if trace.get("type") == "pie":
            trace["outsidetextfont"] = {"color": INK}


def has_words_on_fills(figure: Mapping[str, Any]) -> bool:
    """True if some fill has words on it: such fills keep their colour in the dark."""
    return any(
        trace.get("type") in TREES + SLICES + ("funnel",) or trace.get("textposition") == "inside"
        for trace in figure["data"]
    )


def check_highlight(drawn: Drawn) -> Iterator[Problem]:
    """Highlighted values that no row has.

    Problems: chart-highlight-unknown (warning).
    """
    from osai_essay.problem import did_you_mean

    cells = {str(cell) for row in drawn.table.rows for cell in row if cell is not None}
    cells |= {
        str(drawn.label(name, it)) for name in drawn.entities for it in drawn.table.values(name)
    }
    for index, value in enumerate(drawn.spec.highlight):
        if value not in cells:
            places = drawn.spec.places
            where = places.get(f"highlight.{index}", places.get("highlight", drawn.spec.where))
            yield Problem(
                code="chart-highlight-unknown",
                where=where,
                message=f'`highlight:` names "{value}", which no row of this chart has',
                fix=did_you_mean(value, cells, else_say="name a value of the rows, or drop it."),
                severity="warning",
            )
