"""What numbers are computed from, and the order in which that lets them be worked out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from osai_essay.model import NumberSpec, Use
from osai_essay.problem import Problem, did_you_mean


def parts_of(spec: NumberSpec) -> tuple[str, ...]:
    """The names of the numbers that a number is computed from, each once."""
    return tuple(dict.fromkeys(use.name for use in _uses(spec)))


def _uses(spec: NumberSpec) -> tuple[Use, ...]:
    return spec.span or (spec.formula.names if spec.formula else ())


def find_unknown(spec: NumberSpec, specs: Mapping[str, NumberSpec]) -> Iterator[Problem]:
    """A problem for each name that a number is computed from and that is none it may use."""
    for use in {use.name: use for use in reversed(_uses(spec))}.values():
        if use.name not in specs or not specs[use.name].is_seen_from(spec.essay):
            known = (each.name for each in specs.values() if each.is_seen_from(spec.essay))
            yield Problem(
                code="number-unknown",
                where=use.where,
                message=f'there is no number "{use.name}"',
                fix=did_you_mean(
                    use.name, known, else_say="declare it in content/numbers.yml first."
                ),
            )


def order_of(
    specs: Mapping[str, NumberSpec],
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The names so that each comes after its parts, and the loops that had to be cut for it."""
    graph = {
        name: [part for part in parts_of(spec) if part in specs] for name, spec in specs.items()
    }
    loops: list[tuple[str, ...]] = []
    while True:
        try:
            return tuple(TopologicalSorter(graph).static_order()), tuple(loops)
        except CycleError as error:
            loops.append(tuple(error.args[1]))
            graph |= {name: [] for name in loops[-1]}


def loop_problem(specs: Mapping[str, NumberSpec], loop: tuple[str, ...]) -> Problem:
    """Numbers that are computed from one another."""
    spec = specs[loop[0]]
    return Problem(
        code="number-loop",
        where=spec.places.get("formula", spec.places.get("range", spec.where)),
        message=f"these numbers are computed from one another: {' -> '.join(loop)}",
        fix="give one of them a value of its own.",
    )
