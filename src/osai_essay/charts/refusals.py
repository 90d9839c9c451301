"""What Plotly or the picture engine refuses, as problems at the author's words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from osai_essay.charts.arguments import column_uses
from osai_essay.charts.kinds import REFUSED_LAYOUT, TRACES
from osai_essay.charts.rows import Drawn
from osai_essay.charts.style import WIDE_PX
from osai_essay.model import ChartSpec, Picture, Table
from osai_essay.problem import Problem, Where, did_you_mean
from osai_essay.struct import replace

NAME_PX = 14  # of a name beside others
MOST_LETTERS = 300_000  # some 3,000 points
_LOST = frozenset(
    "__proto__ constructor hasOwnProperty isPrototypeOf propertyIsEnumerable toLocaleString"
    " toString valueOf".split()
)
_PROPERTY = re.compile(r"the '(\w+)' property")
_MEANT = {  # a trace's property -> the arguments it comes from
    "color": ("color_discrete_map", "color_discrete_sequence", "color"),
    "colorscale": ("color_continuous_scale",),
    "dash": ("line_dash_map", "line_dash_sequence"),
    "shape": ("pattern_shape_map", "pattern_shape_sequence", "line_shape"),
    "symbol": ("symbol_map", "symbol_sequence"),
}


def check_traces(figure: Mapping[str, Any], where: Where) -> Iterator[Problem]:
    """Traces of a type that the picture engine does not draw right.

    Problems: chart-trace-unknown.
    """
    for kind in dict.fromkeys(str(trace.get("type", "scatter")) for trace in figure["data"]):
        if kind not in TRACES:
            fix = did_you_mean(kind, TRACES, else_say=f"traces may be {', '.join(sorted(TRACES))}.")
            message = f'the picture engine cannot draw traces of type "{kind}"'
            yield Problem(code="chart-trace-unknown", where=where, message=message, fix=fix)


def empty_problem(spec: ChartSpec, rows_in_dataset: int | None) -> Problem:
    """No row is left to draw: chart-empty."""
    where = spec.selection_where or spec.sql_where or spec.dataset_where or spec.where
    of = f' of the {rows_in_dataset} rows of "{spec.dataset}"' if rows_in_dataset else ""
    if spec.selection:
        message = f"no row{of} fulfils `where: {spec.selection.strip()}`"
    elif spec.sql:
        message = "the query of this chart gives no row"
    else:
        message = f'the dataset "{spec.dataset}" has no row'
    fix = "compare the values in the condition with those in the data."
    return Problem(code="chart-empty", where=where, message=message, fix=fix)


def blank_problem(spec: ChartSpec) -> Problem:
    """There are rows, but each lacks a value without which there is no mark: chart-empty."""
    return Problem(
        code="chart-empty",
        where=spec.where,
        message="every row of this chart lacks a value that its mark needs, such as x or y",
        fix="name columns that have values in the same rows.",
    )


def check_logs(drawn: Drawn) -> Iterator[Problem]:
    """A log axis on which some values have no place.

    Problems: chart-log-zero (warning).
    """
    for word in ("x", "y", "r"):
        column = drawn.column_at(word)
        if not column or not drawn.spec.arguments.get(f"log_{word}"):
            continue
        cells = [it for it in drawn.table.values(column.name) if isinstance(it, int | float)]
        lost = sum(cell <= 0 for cell in cells)
        if lost:
            yield Problem(
                code="chart-log-zero",
                where=drawn.spec.places.get(f"log_{word}", drawn.spec.where),
                message=f"a log axis has no place for {lost} of the {len(cells)} values of "
                f'"{column.name}", which are 0 or less',
                fix=f"drop `log_{word}:`, or leave those rows out with `where:`.",
                severity="warning",
            )


def check_names(figure: Mapping[str, Any], spec: ChartSpec) -> Iterator[Problem]:
    """More names along an axis than the picture has room for: some are left out.

    Problems: chart-crowded (warning).
    """
    px = {"x": WIDE_PX, "y": spec.height}
    for word in ("x", "y"):
        axis = figure["layout"].get(f"{word}axis", {})
        names = axis.get("categoryarray") or () if axis.get("type") == "category" else ()
        if len(names) * NAME_PX <= px[word]:
            continue
        tall = f"`height: {len(names) * NAME_PX + 80}`"
        room = tall if word == "y" else "the x and y of bars the other way round"
        yield Problem(
            code="chart-crowded",
            where=spec.places.get(word, spec.where),
            message=f"{len(names)} names on {px[word]} px: some are left out",
            fix=f"give {room}, or keep fewer with `limit:` or `where:`.",
            severity="warning",
        )


def check_weight(spec: ChartSpec, picture: Picture) -> Iterator[Problem]:
    """A picture so large that a page is slow with it.

    Problems: picture-heavy (warning).
    """
    size = len(picture.svg)
    if size > MOST_LETTERS:
        yield Problem(
            code="picture-heavy",
            where=spec.where,
            message=f"the picture of this chart takes {size // 1000} KB",
            fix="draw fewer rows (limit:, where:), or `kind: density_heatmap`.",
            severity="warning",
        )


def picture_problem(spec: ChartSpec, error: Exception) -> Problem:
    """A chart that the engine gives up on."""
    return Problem(
        code="picture-failed",
        where=spec.where,
        message=f"the picture of this chart cannot be drawn: {error}",
        fix="draw fewer rows (limit:, where:) or another kind.",
    )


def png_problem(spec: ChartSpec, error: Exception) -> Problem:
    """A chart whose words have letters that no font at hand has."""
    return Problem(
        code="png-failed",
        where=spec.title.where,
        message=f"this chart has no PNG: {error}",
        fix="nothing, if the SVG is enough; else write the words in other letters.",
        severity="warning",
    )


def wrong_problem(spec: ChartSpec, error: Exception) -> Problem:
    """What Plotly refuses, at the author's word that it is about: chart-wrong."""
    word = _word_at_fault(spec, str(error))
    where = spec.places.get(word, replace(spec.where, width=1))
    message = f"Plotly cannot draw this chart: {_first_line(error)}"
    takes = [line.strip()[2:] for line in str(error).splitlines() if line.strip().startswith("- ")]
    fix = "check the columns and values that this kind of chart is given."
    if takes:
        fix = f"Plotly takes {_lower(takes[0])}{', or other forms' if takes[1:] else ''} here."
    return Problem(code="chart-wrong", where=where, message=message, fix=fix)


def _word_at_fault(spec: ChartSpec, said: str) -> str:
    """The author's word that Plotly's message is about, else `kind`."""
    named = _PROPERTY.search(said)
    words = [named[1], *_MEANT.get(named[1], ())] if named else []
    words += [word for word in spec.arguments if f"`{word}`" in said]
    return next((word for word in words if word in spec.arguments), "kind")


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:].rstrip(".")


def _first_line(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    said = lines[0] if lines else type(error).__name__
    return f'"{said}" is missing' if isinstance(error, KeyError) else said[:200]


def refused_layout_problem(word: str, where: Where) -> Problem:
    """A layout word that the house keeps to itself: chart-layout-wrong."""
    why = REFUSED_LAYOUT[word.partition("_")[0]]
    message = f"`update_layout: {word}` cannot be given: {why}"
    return Problem(code="chart-layout-wrong", where=where, message=message, fix="drop the line.")


def layout_problem(
    spec: ChartSpec, word: str, where: Where, error: Exception, known: list[str]
) -> Problem:
    """A word or value of `update_layout:` that Plotly refuses: chart-layout-wrong."""
    bad, said, valid = word, _first_line(error), []
    text = str(error)
    if "Bad property path" in text or "Invalid property" in text:
        named = _between(text, "'", "'") or word
        bad = named.rpartition(".")[2]
        inner = spec.places.get(f"update_layout.{word}.{bad}")
        where = inner or where
        if inner is None and bad != word and "_" not in word:
            bad = word
        valid = _valid_words(text) or known
        said = f'there is no layout word "{bad}"'
    fix = did_you_mean(
        bad, valid, else_say="plotly.com/python/reference/layout lists words and values."
    )
    message = f"`update_layout:` is not understood: {said}"
    return Problem(code="chart-layout-wrong", where=where, message=message, fix=fix)


def _valid_words(text: str) -> list[str]:
    """The words that Plotly's message lists, each alone on a line with four more spaces."""
    found = []
    for line in text.splitlines():
        words = line.split()
        if len(words) == 1 and line.startswith("        ") and words[0].isidentifier():
            found.append(words[0])
    return found


def _between(text: str, left: str, right: str) -> str:
    return text.partition(left)[2].partition(right)[0]


def check_lost_names(spec: ChartSpec, table: Table) -> Iterator[Problem]:
    """A problem for each name in the data that Plotly takes for one of JavaScript's own, and loses.

    Problems: chart-name-lost.
    """
    for name, word, where in column_uses(spec.arguments, spec.places, spec.where):
        is_category = word in ("x", "y", "theta") and name in table.names
        cells = table.values(name) if is_category else ()
        for cell in sorted({cell for cell in cells if isinstance(cell, str)} & _LOST):
            yield Problem(
                code="chart-name-lost",
                where=where,
                message=f'the column "{name}" of `{word}:` holds "{cell}", which Plotly loses',
                fix=f'write it otherwise in the data, such as "{cell.strip("_").capitalize()}".',
            )
