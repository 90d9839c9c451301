"""Charts written in Python."""

from __future__ import annotations

from pathlib import Path

import pytest

from chart_samples import CONFIG, parse, say
from osai_essay.charts.programs import Program, Programs, Ran
from osai_essay.charts.python import read_python_chart
from osai_essay.charts.running import run_python_chart
from osai_essay.problem import Problem
from waiting import WAIT_S

FILE = "content/charts/c.py"
GOOD = """title = "A title"
alt = "Words"
height = 300


def figure(data):
    import plotly.graph_objects as go

    return go.Figure(go.Bar(x=list(data["d"]["x"]), y=[1, 2]))
"""


def read(source: str) -> tuple[Problem, ...]:
    return read_python_chart(source, FILE, "c", parse=parse)[1]


def run(source: str, tmp_path: Path) -> tuple[object, tuple[Problem, ...]]:
    pd = pytest.importorskip("pandas")
    path = tmp_path / "c.py"
    path.write_text(source, encoding="utf-8")
    spec, problems = read_python_chart(source, FILE, "c", parse=parse)
    assert spec is not None, problems
    return run_python_chart(
        path, {"d": pd.DataFrame({"x": ["a", "b"]})}, spec, config=CONFIG, say=say
    )


def test_words_are_read_without_running_the_file() -> None:
    spec, problems = read_python_chart("raise SystemExit\n" + GOOD, FILE, "c", parse=parse)

    assert problems == ()
    assert spec is not None
    assert (spec.kind, spec.title.source, spec.title.where.line, spec.height) == (
        "python",
        "A title",
        2,
        300,
    )


def test_a_figure_is_plain_and_styled(tmp_path: Path) -> None:
    figure, problems = run(GOOD, tmp_path)

    assert problems == ()
    assert figure["data"][0]["x"] == ["a", "b"]  # type: ignore[index]
    assert figure["layout"]["paper_bgcolor"] == "rgba(0,0,0,0)"  # type: ignore[index]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("def figure(data:\n", "not valid Python"),
        ('title = "T"\nalt = "A"\n', "no function"),
        ('title = "T"\ndef figure(data): ...\n', "no `alt`"),
        ('title = 3\nalt = "A"\ndef figure(data): ...\n', "`title` must be"),
        (GOOD.replace("300", "3"), "`height` must be"),
    ],
)
def test_a_wrong_file_is_a_problem(source: str, said: str) -> None:
    problem = read(source)[0]

    assert problem.code == "chart-python-wrong"
    assert said in problem.message


def test_an_error_in_the_authors_code_has_its_line(tmp_path: Path) -> None:
    problem = run(GOOD.replace('"d"', '"q"'), tmp_path)[1][0]

    assert (problem.code, problem.where.file, problem.where.line) == (
        "chart-python-failed",
        FILE,
        9,
    )
    assert problem.message.startswith("KeyError")


def test_a_trace_the_engine_draws_wrong_is_a_problem(tmp_path: Path) -> None:
    problem = run(GOOD.replace("go.Bar(", "go.Scattergl("), tmp_path)[1][0]

    assert problem.code == "chart-trace-unknown"


def program(figure: str, folder: Path) -> Program:
    """A chart in Python with this body of `figure(data)`."""
    source = f'title = "A title"\nalt = "Words"\n\n\ndef figure(data):\n    {figure}\n'
    path = folder / "c.py"
    path.write_text(source, encoding="utf-8")
    spec, _ = read_python_chart(source, FILE, "c", parse=parse)
    assert spec is not None
    words = {text.where: text.source for text in (spec.title, spec.alt)}
    return Program(path=path, spec=spec, config=CONFIG, frames={}, words=words)


def first_problem(ran: Ran) -> tuple[str, str]:
    assert ran.figure is None
    return ran.problems[0].code, ran.problems[0].where.file


def test_a_loop_without_end_is_stopped_and_the_next_chart_runs(tmp_path: Path) -> None:
    programs = Programs(seconds=0.5)
    try:
        endless = programs.run(program("while True: pass", tmp_path))
        programs._child.seconds = WAIT_S  # the next one has an end
        next_one = programs.run(program("return 1 / 0", tmp_path))
    finally:
        programs.close()

    assert first_problem(endless) == ("chart-python-slow", FILE)
    assert "0.5 seconds" in endless.problems[0].message
    assert next_one.problems[0].message.startswith("ZeroDivisionError")


def test_a_chart_that_ends_its_process_is_a_problem(tmp_path: Path) -> None:
    programs = Programs()
    try:
        ran = programs.run(program("import os; os._exit(3)", tmp_path))
    finally:
        programs.close()

    assert first_problem(ran) == ("chart-python-failed", FILE)
