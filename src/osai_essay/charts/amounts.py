"""Text where a chart draws amounts: without a word, Plotly would take it for names."""

from __future__ import annotations

from collections.abc import Iterator

from osai_essay.charts.arguments import column_uses
from osai_essay.formats import read_written, say_words
from osai_essay.model import ChartSpec, Table
from osai_essay.problem import Problem, Where

OF_AMOUNTS = ("area", "bar", "funnel", "line")
MEASURES = ("x", "y", "z", "r", "values", "size")  # arguments that place or size a mark


def check_numbers(spec: ChartSpec, table: Table) -> Iterator[Problem]:
    """Text where a chart draws amounts: Plotly takes it for names, one place beside the other.

    Problems: chart-column-text.
    """
    kinds = dict(zip(table.names, table.types, strict=True))
    uses = column_uses(spec.arguments, spec.places, spec.where)
    texts = [use for use in uses if use[1] in MEASURES and kinds.get(use[0]) == "string"]
    written = list(filter(None, (_written_problem(table, *use) for use in texts)))
    axes = {word: where for _, word, where in texts}
    if spec.kind in OF_AMOUNTS and axes.keys() >= {"x", "y"} and not written:
        yield _no_amount_problem(spec, table)
    yield from written


def _written_problem(table: Table, name: str, word: str, where: Where) -> Problem | None:
    """A column whose numbers are text, for the signs in them."""
    cells = [str(cell) for cell in table.values(name) if cell]
    written = read_written(cells)
    if written is None:
        return None
    fix = "write them all in one way and one unit, and a minus first, such as -1200.5."
    if written.words is not None:
        fix = f"describe the field as a `number`, with {say_words(written.words)}."
    return Problem(
        code="chart-column-text",
        where=where,
        message=f'the numbers of "{name}" (`{word}:`) are text, such as "{cells[0]}", and would '
        "stand side by side like names",
        fix=fix,
    )


def _no_amount_problem(spec: ChartSpec, table: Table) -> Problem:
    """A chart of amounts with names on both axes."""
    named = [str(spec.arguments[axis]) for axis in ("x", "y")]
    samples = [next((cell for cell in table.values(name) if cell), "") for name in named]
    return Problem(
        code="chart-column-text",
        where=spec.places.get("x", spec.where),
        message=f'"{named[0]}" and "{named[1]}" both hold text, such as "{samples[0]}" and '
        f'"{samples[1]}"; a {spec.kind} chart needs numbers on one axis',
        fix="name a column of numbers.",
    )
