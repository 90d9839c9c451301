"""The command: arguments -> one call -> printed problems -> exit code. The one door to click."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from osai_essay import __version__
from osai_essay.problem import Problem, count_problems, format_problem, has_errors, problems_to_json

FORMATS = ("text", "json")
CHANGE_FORMATS = ("text", "json", "html", "markdown")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="osai-essay")
def cli() -> None:
    """Data essays from Markdown and CSV to a static site."""


def _root_options(function: click.decorators.FC) -> click.decorators.FC:
    """The options that every command on a site has."""
    options = [
        click.option(
            "--root",
            type=click.Path(path_type=Path, exists=True, file_okay=False),
            default=Path(),
            show_default="this folder",
            help="The site's folder.",
        ),
        click.option(
            "--allow",
            default="",
            metavar="WORDS",
            help="Grant content what it may not do by itself: python, html, or both (python,html).",
        ),
    ]
    return _with(function, options)


def _site_options(function: click.decorators.FC) -> click.decorators.FC:
    """Those, and the options of a command that builds it."""
    options = [
        click.option("--drafts", is_flag=True, help="With essays that are marked as drafts."),
        click.option("--future", is_flag=True, help="With posts of days to come."),
        click.option(
            "--strict",
            is_flag=True,
            help="Figures bound to no number, and moves that nobody accepted, stop it.",
        ),
        click.option(
            "--format",
            "style",
            type=click.Choice(FORMATS),
            default="text",
            show_default=True,
            help="How problems are printed.",
        ),
    ]
    return _root_options(_with(function, options))


def _with(
    function: click.decorators.FC,
    options: Sequence[Callable[[click.decorators.FC], click.decorators.FC]],
) -> click.decorators.FC:
    for option in reversed(options):
        function = option(function)
    return function


@cli.command()
@_site_options
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    default=None,
    show_default="build in the site's folder",
    help="Where the site goes.",
)
def build(root: Path, output: Path | None, **settings: Any) -> None:
    """Write the site into its output folder, whole or not at all."""
    _run(root, output=output or root / "build", **settings)


@cli.command()
@_site_options
def check(root: Path, **settings: Any) -> None:
    """Look for problems as a build would, and write nothing."""
    _run(root, output=None, **settings)


@cli.command()
@_root_options
@click.option(
    "--against",
    metavar="REV|DIR",
    help="A commit, or a site's folder: compare with its data, numbers too.",
)
@click.option(
    "--format",
    "style",
    type=click.Choice(CHANGE_FORMATS),
    default="text",
    show_default=True,
    help="How the changes are printed; markdown fits a pull request.",
)
def diff(root: Path, allow: str, against: str | None, style: str) -> None:
    """Say what changed: rows, numbers, sentences, claims, charts, pages.

    Numbers are compared with the accepted ones, rows and charts with the last commit.
    """
    from osai_essay.changes import BaselineError, say_changes
    from osai_essay.report import find_changes

    try:
        changes, problems = find_changes(root, _grants(allow), against=against)
    except BaselineError as error:
        raise click.UsageError(f"--against: {error}") from None
    if changes is None:
        _report(root, problems, "text")
        sys.exit(1)
    click.echo(say_changes(changes, style), nl=False)


@cli.command()
@_root_options
def accept(root: Path, allow: str) -> None:
    """Keep the present values of all numbers in content/accepted.yml."""
    from osai_essay.report import accept as accept_values

    is_other, problems = accept_values(root, _grants(allow))
    if is_other is None:
        _report(root, problems, "text")
        sys.exit(1)
    click.echo(
        "content/accepted.yml is written." if is_other else "These values were accepted already."
    )


def _run(root: Path, *, output: Path | None, allow: str, style: str, **flags: bool) -> None:
    """flags: drafts, future and strict, as Options has them."""
    from osai_essay.build import Options, build_site
    from osai_essay.changes import say_changes

    options = Options(output=output, allow=_grants(allow), today=read_today(), **flags)
    result = build_site(root, options)
    _report(root, result.problems, style)
    if has_errors(result.problems):
        sys.exit(1)
    if style == "text":
        click.echo(result.summary)
        if result.changes:
            click.echo(f"\n{say_changes(result.changes, style).rstrip()}")
            click.echo("\nosai-essay accept takes the present values over.")


def _grants(allow: str) -> frozenset[str]:
    from osai_essay.config import check_allow

    words = [word for word in allow.replace(",", " ").split() if word]
    wrong = check_allow(words)
    if wrong:
        raise click.UsageError(f"--allow: {wrong}")
    return frozenset(words)


def read_today() -> date:
    """SOURCE_DATE_EPOCH where it is set, else today in UTC."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date() if epoch else datetime.now(UTC).date()
    except (ValueError, OverflowError, OSError):
        raise click.UsageError(f"SOURCE_DATE_EPOCH is no number of seconds: {epoch}") from None


def _report(root: Path, problems: tuple[Problem, ...], style: str) -> None:
    """Problems go to stderr as text, or to stdout as JSON."""
    if style == "json":
        click.echo(problems_to_json(problems))
        return

    def read_lines(file: str) -> list[str] | None:
        try:
            return (root / file).read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError, ValueError):
            return None

    for problem in problems:
        click.echo(format_problem(problem, read_lines), err=True)
        click.echo(err=True)
    if problems:
        click.echo(count_problems(problems), err=True)
        if has_errors(problems):
            click.echo("Nothing was written; the last good site is as it was.", err=True)


def main() -> None:
    """Run the command."""
    cli(prog_name="osai-essay")
