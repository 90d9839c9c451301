"""The child's side of a chart in Python: figure(data) -> a Plotly figure, where that is granted."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from osai_essay.charts.axes import style_layout
from osai_essay.charts.figure import finish
from osai_essay.charts.marks import Say
from osai_essay.charts.plain import plain_figure
from osai_essay.charts.programs import Program, Ran
from osai_essay.charts.python import FUNCTION
from osai_essay.model import ChartSpec, Config
from osai_essay.problem import Problem, Where


class Handed(Mapping[str, Any]):
    """The datasets as a program is given them; `used` are those it took."""

    def __init__(self, frames: Mapping[str, Any]) -> None:
        self._frames = frames
        self.used: dict[str, None] = {}

    def __getitem__(self, name: str) -> Any:
        """A dataset's rows as a DataFrame."""
        frame = self._frames[name]
        self.used[name] = None
        return frame.to_pandas()

    def __iter__(self) -> Iterator[str]:
        """The names of the datasets."""
        return iter(self._frames)

    def __len__(self) -> int:
        """How many datasets there are."""
        return len(self._frames)


def open_runner() -> Callable[[Program], Ran]:
    """The child's side."""
    return _run


def _run(program: Program) -> Ran:
    data = Handed(program.frames)
    figure, problems = run_python_chart(
        program.path,
        data,
        program.spec,
        config=program.config,
        say=lambda text: program.words[text.where],
    )
    return Ran(figure=figure, problems=problems, datasets=tuple(data.used))


def run_python_chart(
    path: Path,
    data: Mapping[str, Any],
    spec: ChartSpec,
    *,
    config: Config,
    say: Say,
) -> tuple[dict[str, Any] | None, tuple[Problem, ...]]:
    """The figure a Python chart makes. The caller has checked that running it is granted.

    data: dataset -> DataFrame.
    Problems: chart-python-failed, chart-trace-unknown.
    """
    space: dict[str, Any] = {"__name__": f"chart_{spec.name}", "__file__": str(path)}
    try:
        code = compile(path.read_text(encoding="utf-8"), str(path), "exec")
        exec(code, space)  # noqa: S102  # granted outside content
        made = space[FUNCTION](data)
        figure = plain_figure(made.to_plotly_json())
    except (Exception, SystemExit) as error:  # noqa: BLE001  # whatever the author's code raises
        return None, (_failed(error, path, spec),)
    figure["layout"].pop("title", None)
    style_layout(figure, config.language)
    figure["layout"]["margin"] = {"l": 8, "r": 16, "t": 40, "b": 8, "pad": 0}
    return finish(figure, spec, config, say)


def _failed(error: BaseException, path: Path, spec: ChartSpec) -> Problem:
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == str(path)]
    line = lines[-1] if lines else getattr(error, "lineno", None) or 1
    said = str(error).strip().splitlines()
    message = f"{type(error).__name__}: {said[0] if said else 'no message'}"
    where = Where(file=spec.source, line=line, column=1)
    fix = f"mend the code; `{FUNCTION}(data)` gets {{dataset: DataFrame}} and returns a figure."
    return Problem(code="chart-python-failed", where=where, message=message, fix=fix)
