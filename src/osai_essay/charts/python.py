"""content/charts/NAME.py -> ChartSpec, without running it.

The words about the chart are names at the top of the file: title, alt, subtitle, note, height.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping

from osai_essay.charts.spec import DEFAULT_HEIGHT, HEIGHTS
from osai_essay.charts.spec_marks import Parse
from osai_essay.model import ChartSpec, Text
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


def _wrong(where: Where, message: str, fix: str) -> Problem:
    return Problem(code="chart-python-wrong", where=where, message=message, fix=fix)
