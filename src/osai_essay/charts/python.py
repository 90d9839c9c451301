"""content/charts/NAME.py: figure(data) -> a Plotly figure, run only where that is granted.

The words about the chart are names at the top of the file (title, alt, subtitle, note, height),
read without running it.
"""

from __future__ import annotations

import ast
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from osai_essay.charts.axes import style_layout
from osai_essay.charts.figure import finish
from osai_essay.charts.marks import Say
from osai_essay.charts.plain import plain_figure
from osai_essay.charts.spec import DEFAULT_HEIGHT, HEIGHTS
from osai_essay.charts.spec_marks import Parse
from osai_essay.model import ChartSpec, Config, Text
from osai_essay.problem import Problem, Where, has_errors

WORDS = ("title", "alt", "subtitle", "note")
NEEDED = ("title", "alt")
FUNCTION = "figure"


def read_python_chart(
    source: str, file: str, name: str, *, parse: Parse
) -> tuple[ChartSpec | None, tuple[Problem, ...]]:
    """The words of a Python chart and its places, without running it.

    Problems: chart-python-wrong.
    """
    try:
        tree = ast.parse(source, filename=file)
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        where = Where(file=file, line=line, column=getattr(error, "offset", None) or 1)
        return None, (_wrong(where, f"this is not valid Python: {error}", "mend the code here."),)
    values = _top_values(tree)
    problems = list(_check_words(values, file))
    if not any(isinstance(node, ast.FunctionDef) and node.name == FUNCTION for node in tree.body):
        fix = f"define `def {FUNCTION}(data):`, which returns a Plotly figure."
        where = Where(file=file, line=1, column=1)
        problems.append(_wrong(where, f"this file has no function `{FUNCTION}`", fix))
    if has_errors(problems):
        return None, tuple(problems)
    texts: dict[str, Text | None] = {word: _text(values.get(word), file, parse) for word in WORDS}
    height = values["height"].value if "height" in values else DEFAULT_HEIGHT
    title, alt = texts["title"], texts["alt"]
    if title is None or alt is None:
        return None, tuple(problems)
    spec = ChartSpec(
        name=name,
        source=file,
        where=Where(file=file, line=1, column=1),
        kind="python",
        title=title,
        alt=alt,
        subtitle=texts["subtitle"],
        note=texts["note"],
        height=height if isinstance(height, int) else DEFAULT_HEIGHT,
    )
    return spec, ()


def _top_values(tree: ast.Module) -> dict[str, ast.Constant]:
    """Names at the top of the file that are given a plain value: `title = "..."`."""
    return {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name) and target.id in (*WORDS, "height")
    }


def _check_words(values: Mapping[str, ast.Constant], file: str) -> list[Problem]:
    problems = []
    for word in NEEDED:
        if word not in values:
            where = Where(file=file, line=1, column=1)
            fix = f'write `{word} = "..."` at the top of the file.'
            problems.append(_wrong(where, f"this chart has no `{word}`", fix))
    for word, node in values.items():
        where = Where(file=file, line=node.lineno, column=node.col_offset + 1)
        is_right = isinstance(node.value, str) and bool(node.value.strip())
        if word == "height":
            is_right = isinstance(node.value, int) and node.value in HEIGHTS
        if not is_right:
            wanted = f"a number from {HEIGHTS.start} to {HEIGHTS.stop - 1}"
            wanted = wanted if word == "height" else "words, and not empty"
            problems.append(_wrong(where, f"`{word}` must be {wanted}", "change the value."))
    return problems


def _text(node: ast.Constant | None, file: str, parse: Parse) -> Text | None:
    if node is None:
        return None
    where = Where(file=file, line=node.lineno, column=node.col_offset + 2)
    return parse(str(node.value), where)


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


def _wrong(where: Where, message: str, fix: str) -> Problem:
    return Problem(code="chart-python-wrong", where=where, message=message, fix=fix)
