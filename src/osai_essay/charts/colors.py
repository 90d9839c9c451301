"""Which colour, dash and marker each group of marks has."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain, cycle, repeat
from typing import Any

from osai_essay.charts.rows import Drawn, plain_cell
from osai_essay.charts.style import (
    DASHES,
    PALETTE,
    QUIET,
    SYMBOLS,
)
from osai_essay.charts.traces import is_filled
from osai_essay.model import Entity
from osai_essay.problem import Problem

_LOOSE = frozenset({"bar", "scatter", "funnel", "barpolar", "scatterpolar", "scatterternary"})


def color_column(drawn: Drawn) -> str | None:
    """The column whose values have colours: `color:`, else the names of slices or of branches."""
    arguments = drawn.spec.arguments
    if "color" in arguments:
        return str(arguments["color"])
    if drawn.spec.kind in ("pie", "funnel_area"):
        return arguments.get("names")
    path = arguments.get("path")
    return str(path[0]) if path else None


def color_map(drawn: Drawn, values: Mapping[str, list[Any]]) -> dict[str, str]:
    """Value of the colour column -> colour; empty where a scale of colours is used instead."""
    name = color_column(drawn)
    if name is None or any(isinstance(it, int | float) for it in values.get(name, ())):
        return {}
    own = {group: color.lower() for group, color in _own(drawn, name, "color").items()}
    loud = {str(plain_cell(drawn.label(name, it))) for it in drawn.spec.highlight}
    groups = list(dict.fromkeys(str(it) for it in values[name]))
    quiet = set(groups) - loud if loud & set(groups) else set()
    free = [color for color in PALETTE if color not in own.values()]
    return _deal(groups, own | dict.fromkeys(quiet, QUIET), free, rest=repeat(QUIET))


def _deal(
    groups: Collection[str], own: Mapping[str, str], choices: Iterable[str], rest: Iterable[str]
) -> dict[str, str]:
    """For each group its own, else the next choice that is none of theirs, then of the rest."""
    taken = {own[group] for group in groups if group in own}
    free = chain((choice for choice in choices if choice not in taken), rest)
    return {group: own[group] if group in own else next(free) for group in groups}


def _looks_by_label(drawn: Drawn, name: str) -> dict[str, Entity]:
    looks = drawn.entities.get(name, {})
    return {str(plain_cell(entity.label)): entity for entity in looks.values()}


def _own(drawn: Drawn, name: str, word: str) -> dict[str, str]:
    """What site.yml says of each value of a column: its `color`, `dash` or `symbol`."""
    looks = _looks_by_label(drawn, name)
    return {group: own for group, look in looks.items() if (own := getattr(look, word))}


def add_cues(figure: dict[str, Any], drawn: Drawn) -> None:
    """A dash or a marker beside the colour, so that the groups can be told apart without it."""
    name = color_column(drawn)
    if name is None or "coloraxis" in figure["layout"]:
        return
    arguments = drawn.spec.arguments
    has_own_dash = "line_dash_map" in arguments or arguments.get("line_dash", name) != name
    has_own_symbol = "symbol_map" in arguments or arguments.get("symbol", name) != name
    groups = list(dict.fromkeys(_group(trace) for trace in figure["data"]))
    dashes = _deal(groups, _own(drawn, name, "dash"), DASHES, rest=cycle(DASHES))
    symbols = _deal(groups, _own(drawn, name, "symbol"), SYMBOLS, rest=cycle(SYMBOLS))
    for trace in figure["data"]:
        mode = str(trace.get("mode", ""))
        if "lines" in mode and not has_own_dash and not is_filled(trace):
            trace.setdefault("line", {})["dash"] = dashes[_group(trace)]
        if "markers" in mode and not has_own_symbol:
            trace.setdefault("marker", {})["symbol"] = symbols[_group(trace)]


def group_order(drawn: Drawn) -> list[str]:
    """The colour column's values in the order of site.yml, for legends that never change."""
    name = color_column(drawn)
    return list(_looks_by_label(drawn, name)) if name in drawn.entities and name else []


def _group(trace: Mapping[str, Any]) -> str:
    return str(trace.get("name", "")).partition(", ")[0]


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
