"""`osai-essay diff` and `osai-essay accept`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from osai_essay.cli.options import read_grants, root_options
from osai_essay.cli.report import print_problems

CHANGE_FORMATS = ("text", "json", "html", "markdown")


@click.command()
@root_options
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
        changes, problems = find_changes(root, read_grants(allow), against=against)
    except BaselineError as error:
        raise click.UsageError(f"--against: {error}") from None
    if changes is None:
        print_problems(root, problems, "text")
        sys.exit(1)
    click.echo(say_changes(changes, style), nl=False)


@click.command()
@root_options
def accept(root: Path, allow: str) -> None:
    """Keep the present values of all numbers in content/accepted.yml."""
    from osai_essay.report import accept as accept_values

    is_other, problems = accept_values(root, read_grants(allow))
    if is_other is None:
        print_problems(root, problems, "text")
        sys.exit(1)
    click.echo(
        "content/accepted.yml is written." if is_other else "These values were accepted already."
    )
