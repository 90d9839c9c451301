"""The command: arguments -> one call -> printed problems -> exit code. The one door to click."""

from __future__ import annotations

import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import click

from osai_essay import __version__
from osai_essay.problem import Problem, count_problems, format_problem, has_errors, problems_to_json

FORMATS = ("text", "json")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="osai-essay")
def cli() -> None:
    """Data essays from Markdown and CSV to a static site."""


def _site_options(function: click.decorators.FC) -> click.decorators.FC:
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
        click.option("--drafts", is_flag=True, help="With essays that are marked as drafts."),
        click.option("--future", is_flag=True, help="With posts of days to come."),
        click.option(
            "--format",
            "style",
            type=click.Choice(FORMATS),
            default="text",
            show_default=True,
            help="How problems are printed.",
        ),
    ]
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
def build(
    root: Path, allow: str, drafts: bool, future: bool, style: str, output: Path | None
) -> None:
    """Write the site into its output folder, whole or not at all."""
    _run(root, allow, drafts=drafts, future=future, style=style, output=output or root / "build")


@cli.command()
@_site_options
def check(root: Path, allow: str, drafts: bool, future: bool, style: str) -> None:
    """Look for problems as a build would, and write nothing."""
    _run(root, allow, drafts=drafts, future=future, style=style, output=None)


def _run(
    root: Path, allow: str, *, drafts: bool, future: bool, style: str, output: Path | None
) -> None:
    from osai_essay.build import Options, build_site
    from osai_essay.config import check_allow

    words = [word for word in allow.replace(",", " ").split() if word]
    wrong = check_allow(words)
    if wrong:
        raise click.UsageError(f"--allow: {wrong}")
    options = Options(
        output=output, drafts=drafts, future=future, allow=frozenset(words), today=read_today()
    )
    result = build_site(root, options)
    _report(root, result.problems, style)
    if has_errors(result.problems):
        sys.exit(1)
    if style == "text":
        click.echo(result.summary)


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
