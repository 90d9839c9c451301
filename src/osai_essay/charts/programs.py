"""Charts in Python run in a child process with a clock: a loop without end stops no build.

What one of them does to the libraries it loads reaches none but other charts in Python.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from osai_essay.child import Child, ChildError
from osai_essay.model import Cell, ChartSpec, Config, Table
from osai_essay.problem import Problem, Where
from osai_essay.struct import Struct

SECONDS = 60.0
MEMORY_MB = 4096


class Program(Struct, frozen=True, kw_only=True):
    """A chart in Python and what it is given.

    frames: dataset -> its rows, with a method `to_pandas`. words: as in `Order`.
    """

    path: Path
    spec: ChartSpec
    config: Config
    frames: Mapping[str, Any]
    words: Mapping[Where, str]


class Ran(Struct, frozen=True, kw_only=True):
    """What came of a program; figure: None where a problem is an error. datasets: those it took."""

    figure: Mapping[str, Any] | None = None
    problems: tuple[Problem, ...] = ()
    datasets: tuple[str, ...] = ()


class Programs:
    """Runs charts in Python, one at a time, in a child that is started for the first."""

    def __init__(self, *, seconds: float = SECONDS) -> None:
        target = "osai_essay.charts.running:open_runner"
        self._child = Child(target, seconds=seconds, memory_mb=MEMORY_MB)

    def run(self, program: Program) -> Ran:
        """The figure the program makes. The caller has checked that running it is granted.

        Problems: those of `run_python_chart`, chart-python-slow.
        """
        try:
            ran: Ran = self._child.call(program)
        except ChildError as error:
            return Ran(problems=(_stopped(program.spec, error),))
        return ran

    def close(self) -> None:
        """End the child."""
        self._child.close()


def _stopped(spec: ChartSpec, error: ChildError) -> Problem:
    if error.kind == "slow":
        return Problem(
            code="chart-python-slow",
            where=spec.where,
            message=f"this chart was stopped: {error}",
            fix="end its loops, or let it read and compute less.",
        )
    return Problem(
        code="chart-python-failed",
        where=spec.where,
        message=f"this chart ended the process it ran in: {error}",
        fix="let `figure(data)` return a figure, from less data if memory runs out.",
    )


def figure_rows(figure: Mapping[str, Any]) -> Table:
    """The points of a figure whose rows nobody selected: one row a point, by trace."""
    rows: list[tuple[Cell, ...]] = []
    for trace in figure["data"]:
        axes = [trace.get(name) or [] for name in _axes_of(trace)]
        name = str(trace.get("name") or "")
        rows += [(name, *(_text(cell) for cell in point)) for point in zip(*axes, strict=False)]
    return Table(names=("series", "x", "y"), types=("string",) * 3, rows=tuple(rows))


def _axes_of(trace: Mapping[str, Any]) -> tuple[str, str]:
    return ("labels", "values") if "values" in trace else ("x", "y")


def _text(cell: Any) -> str | None:
    return None if cell is None else str(cell)
