"""`osai-essay new site | post | chart` and `osai-essay describe`."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click

from osai_essay.cli.options import read_today, root_option
from osai_essay.cli.report import print_problems
from osai_essay.problem import Problem, has_errors

UNTIL_THEN = "Until then, osai-essay build --drafts and osai-essay serve show it."


@click.group()
def new() -> None:
    """Begin a site, a post or a chart; nothing that is there is overwritten."""


@new.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def site(folder: Path) -> None:
    """Make a small complete site in a new folder: an essay, a chart, a dataset."""
    from osai_essay.scaffold import new_site

    with _refusals():
        files = new_site(folder)
    click.echo(f"{folder} is a site, with an essay, a chart and its data in {len(files)} files.")
    click.echo(f"Next: osai-essay build --root {folder}, then open {folder / 'build/index.html'}.")


@new.command()
@click.argument("title")
@click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    default=None,
    show_default="today",
    help="The day of the post.",
)
@root_option
def post(title: str, day: datetime | None, root: Path) -> None:
    """Begin a post with this title: a draft in content/posts."""
    from osai_essay.scaffold import new_post

    _check_site(root)
    with _refusals():
        file = new_post(root, title, day.date() if day else read_today())
    click.echo(f"{file} is a draft: osai-essay build --drafts shows it.")


@new.command()
@click.argument("name")
@click.option("--from", "dataset", required=True, metavar="DATASET", help="What it draws.")
@root_option
def chart(name: str, dataset: str, root: Path) -> None:
    """Draft the chart content/charts/NAME.yml from the columns of a dataset."""
    from osai_essay.scaffold import new_chart

    _check_site(root)
    with _refusals():
        file, problems = new_chart(root, name, dataset)
    _stop_at(root, problems)
    click.echo(f"{file} is a draft: write what its lines with TODO ask for. {UNTIL_THEN}")
    click.echo(f"An essay shows it with {{% include {name}.html %}}.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--write", is_flag=True, help="Put it at the end of data/datapackage.yaml.")
@root_option
def describe(file: Path, write: bool, root: Path) -> None:
    """Draft the entry of a data file in data/datapackage.yaml, and print it."""
    from osai_essay.scaffold import describe_file

    _check_site(root)
    with _refusals():
        entry, problems = describe_file(root, file, write=write)
    _stop_at(root, problems)
    click.echo(textwrap.indent(entry or "", "  "), nl=False)
    click.echo(
        "\ndata/datapackage.yaml has it now: write what its TODOs ask for, and correct the rest.\n"
        f"{UNTIL_THEN}"
        if write
        else "\nPaste it below `resources:` in data/datapackage.yaml, or let --write do it.",
        err=True,
    )


@contextmanager
def _refusals() -> Iterator[None]:
    """What cannot be made ends the command as a wrong command line does."""
    from osai_essay.scaffold import ScaffoldError

    try:
        yield
    except ScaffoldError as error:
        raise click.UsageError(str(error)) from None


def _check_site(root: Path) -> None:
    from osai_essay.load import check_root

    _stop_at(root, check_root(root))


def _stop_at(root: Path, problems: tuple[Problem, ...]) -> None:
    """Print problems; errors among them end the command."""
    print_problems(root, problems, "text")
    if has_errors(problems):
        sys.exit(1)
