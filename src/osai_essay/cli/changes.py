"""`osai-essay diff` and `osai-essay accept`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from osai_essay.cli.options import (
    output_option,
    preview_options,
    read_grants,
    read_today,
    root_options,
)
from osai_essay.cli.report import print_problems

if TYPE_CHECKING:
    from osai_essay.report import Asked, Taken

CHANGE_FORMATS = ("text", "json", "html", "markdown")
FILE = "content/accepted.yml"


@click.command()
@root_options
@preview_options
@output_option
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
def diff(output: Path | None, against: str | None, style: str, **settings: Any) -> None:
    """Say what changed: rows, numbers, sentences, claims, charts, pages.

    Numbers are compared with the accepted ones, rows and charts with the last commit, or where
    there is none with the site in the output folder.
    """
    from osai_essay.changes import BaselineError, say_changes
    from osai_essay.report import find_changes

    with _ask(**settings) as asked:
        try:
            changes, problems = find_changes(asked, against=against, output=output)
        except BaselineError as error:
            raise click.UsageError(f"--against: {error}") from None
    if changes is None:
        said = "json" if style == "json" else "text"  # what reads JSON gets it, whatever comes
        print_problems(asked.root, problems, said, closing="Nothing was compared.")
        sys.exit(1)
    click.echo(say_changes(changes, style), nl=False)


@click.command()
@root_options
@preview_options
def accept(**settings: Any) -> None:
    """Keep the present values of all numbers in content/accepted.yml.

    While a claim is false nothing is accepted.
    """
    from osai_essay.report import accept as accept_values

    with _ask(**settings) as asked:
        taken, problems = accept_values(asked)
    if taken is None:
        print_problems(asked.root, problems, "text", closing="Nothing was accepted.")
        sys.exit(1)
    _print_taken(taken)


@contextmanager
def _ask(root: Path, allow: str, *, drafts: bool, future: bool) -> Iterator[Asked]:
    """The site as builds see it, with what they have made of it."""
    from osai_essay.cache.memo import open_memo
    from osai_essay.cache.stamp import code_version
    from osai_essay.report import Asked

    memo = open_memo(root, version=code_version())
    try:
        yield Asked(
            root=root,
            allow=read_grants(allow),
            today=read_today(),
            drafts=drafts,
            future=future,
            memo=memo,
        )
        memo.finish(is_whole=False)
    finally:
        memo.close()


def _print_taken(taken: Taken) -> None:
    """Each number before and after; the first time their count alone."""
    from osai_essay.changes import say_accepted

    if not taken.is_written:
        click.echo("These values were accepted already.")
        return
    for line in say_accepted(() if taken.is_first else taken.moves, taken.language):
        click.echo(line)
    count = len(taken.moves)
    click.echo(f"{count} number{'s' if count != 1 else ''} taken over into {FILE}; commit it.")
