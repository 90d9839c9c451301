"""What numbers are counted in: their column's unit, their rows' currency, or their parts' units."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from osai_essay.model import Column, Dataset, Formula, Number, NumberSpec, Table, Unit
from osai_essay.problem import Problem, Where
from osai_essay.template import measure
from osai_essay.units import UnitError, conversion, cure, fits, read_unit, say_unit

# Aggregates whose value is counted in what their column is: those over all of the rows, and those
# that take the value of one.
_OVER_ALL = (
    "sum fsum avg mean median min max quantile_cont quantile_disc stddev stddev_pop stddev_samp"
)
_OF_ONE = "arg_min arg_max min_by max_by first last any_value mode"
_OF_COLUMN = re.compile(
    rf"""(?:(?P<aggregate>{"|".join(f"{_OVER_ALL} {_OF_ONE}".split())})\s*\(\s*)?
    (?P<column>"[^"]+"|[^\W\d]\w*)
    (?(aggregate)\s*(?:,[^()]*)?\))
    (?P<filter>\s*filter\s*\([^()]*\))?""",
    re.VERBOSE | re.IGNORECASE,
)


def unit_of_rows(
    spec: NumberSpec, dataset: Dataset | None, rows: Table
) -> tuple[str | None, tuple[Problem, ...]]:
    """The unit of `agg(column)` over these rows, as text; None for any other SQL."""
    found = _OF_COLUMN.fullmatch((spec.value or "").strip())
    column = _column(dataset, found["column"]) if dataset and found else None
    if found is None or column is None:
        return None, ()
    if not column.unit_from:
        return column.unit, ()
    units = sorted(_units_in(column, rows))
    if len(units) == 1:
        return units[0], ()
    is_sure = (found["aggregate"] or "").lower() in _OVER_ALL.split() and not found["filter"]
    return None, (_several(spec, column, units),) if is_sure and units else ()


def declared_unit(
    spec: NumberSpec, found: str | None, where: Where
) -> tuple[Unit | None, tuple[Problem, ...]]:
    """The unit of a number as declared, held against the one its rows have.

    where: of what the rows' unit comes from.
    """
    declared = read_unit(spec.unit) if spec.unit else None
    if found is None:
        return declared, ()
    try:
        unit = read_unit(found)
    except UnitError as error:  # of a row: columns were checked where they are described
        message = f'"{spec.name}" rests on rows in {found}: {error.message}'
        problem = Problem(code="unit-unknown", where=where, message=message, fix=error.fix)
        return declared, (problem,)
    return _agreed(spec, declared, unit)


def unit_of_formula(
    spec: NumberSpec, formula: Formula, numbers: Mapping[str, Number]
) -> tuple[Unit | None, tuple[Problem, ...]]:
    """The unit of a formula as declared, held against the one worked out from its parts."""
    declared = read_unit(spec.unit) if spec.unit else None
    unit, problems = measure(formula, units_of(numbers))
    return (None, problems) if problems else _agreed(spec, declared, unit)


def check_range(spec: NumberSpec, low: Number, high: Number) -> Iterable[Problem]:
    """A range goes from one amount to another of its kind."""
    if low.unit is None or high.unit is None or fits(low.unit, high.unit):
        return
    yield Problem(
        code="unit-mixed",
        where=spec.places["range"],
        message=f'"{spec.name}" mixes units: {low.name} ({say_unit(low.unit)}) '
        f"and {high.name} ({say_unit(high.unit)})",
        fix=cure(low.name, low.unit, high.unit),
    )


def units_of(numbers: Mapping[str, Number]) -> dict[str, Unit | None]:
    """What formulas and rules know of the units of the numbers in them."""
    return {name: number.unit for name, number in numbers.items()}


def _agreed(
    spec: NumberSpec, declared: Unit | None, found: Unit | None
) -> tuple[Unit | None, tuple[Problem, ...]]:
    """The declared unit, else the one found; where they differ neither, for more would follow."""
    if declared is None or found is None or fits(declared, found):
        return declared or found, ()
    amount = spec.formula.source if spec.formula else spec.name
    how = conversion(amount, found, declared)
    problem = Problem(
        code="unit-differs",
        where=spec.places["unit"],
        message=f'"{spec.name}" is said to be in {say_unit(declared)}, '
        f"but comes to {say_unit(found)}",
        fix="correct the unit, or "
        + (f"convert the amount in a formula: {how}." if how else "what it is computed from."),
    )
    return None, (problem,)


def _column(dataset: Dataset, name: str) -> Column | None:
    """SQL knows no capitals in names."""
    columns = {column.name.casefold(): column for column in dataset.columns}
    return columns.get(name.strip('"').casefold())


def _units_in(column: Column, rows: Table) -> set[str]:
    """The units of the cells that have a value and say which it is."""
    pairs = zip(rows.values(column.name), rows.values(column.unit_from or ""), strict=True)
    return {
        f"{each} {column.unit or ''}".strip()
        for cell, each in pairs
        if cell is not None and each is not None
    }


def _several(spec: NumberSpec, column: Column, units: list[str]) -> Problem:
    first = units[0].split()[0]
    return Problem(
        code="unit-mixed",
        where=spec.places["value"],
        message=f'"{spec.name}" mixes units: its rows of {column.name} are in '
        f"{' and '.join(units)}",
        fix=f"keep to rows of one, such as where: {column.unit_from} = '{first}', or take a column "
        "that has all amounts in one unit.",
    )
