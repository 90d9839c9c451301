"""Printing problems: as text with colour on a terminal, for machines, for GitHub."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

import click

from osai_essay.files import read_lines
from osai_essay.problem import (
    Problem,
    count_problems,
    format_problem,
    has_errors,
    problems_to_github,
    problems_to_json,
)

COLOURS = {"error": "red", "warning": "yellow"}
NOT_WRITTEN = "Nothing was written."
STILL_THERE = "Nothing was written; the last good site is as it was."


def print_problems(
    root: Path, problems: tuple[Problem, ...], style: str, *, closing: str = NOT_WRITTEN
) -> None:
    """Problems go to stderr as text, or to stdout for machines (json, github).

    closing: what an error kept from being done.
    """
    if style == "json":
        click.echo(problems_to_json(problems))
    elif style == "github":
        click.echo(problems_to_github(problems), nl=False)
    else:
        _print_text(root, problems, closing)


def _print_text(root: Path, problems: tuple[Problem, ...], closing: str) -> None:
    for problem in problems:
        text = format_problem(problem, partial(read_lines, root))
        click.echo(f"{_coloured(problem, text)}\n", err=True)
    if problems:
        click.echo(count_problems(problems), err=True)
        if has_errors(problems):
            click.echo(closing, err=True)


def _coloured(problem: Problem, text: str) -> str:
    """Click drops the colour again where nobody sees it: in a pipe, in a file."""
    color = COLOURS[problem.severity]
    heading, *rest = text.split("\n")
    *snippet, fix = rest
    return "\n".join(
        [
            _mark(heading, f"{problem.severity}[{problem.code}]", color),
            *_underlined(snippet, color),
            _mark(fix, "fix:", "green"),
        ]
    )


def _mark(line: str, word: str, color: str) -> str:
    return line.replace(word, click.style(word, fg=color, bold=True), 1)


def _underlined(lines: Iterable[str], color: str) -> list[str]:
    return [click.style(line, fg=color) if _is_underline(line) else line for line in lines]


def _is_underline(line: str) -> bool:
    return not line.partition("|")[0].strip() and line.rstrip().endswith("^")
