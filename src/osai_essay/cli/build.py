"""`osai-essay build` and `osai-essay check`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from osai_essay.cli.options import output_option, read_grants, read_today, site_options
from osai_essay.cli.report import print_problems
from osai_essay.problem import has_errors


@click.command()
@site_options
@output_option
def build(root: Path, output: Path | None, **settings: Any) -> None:
    """Write the site into its output folder, whole or not at all."""
    _run(root, output=output or root / "build", **settings)


@click.command()
@site_options
def check(root: Path, **settings: Any) -> None:
    """Look for problems as a build would, and write nothing."""
    _run(root, output=None, **settings)


def _run(root: Path, *, output: Path | None, allow: str, style: str, **flags: bool) -> None:
    """flags: drafts, future and strict, as Options has them."""
    from osai_essay.build import Options, build_site
    from osai_essay.changes import say_changes

    options = Options(output=output, allow=read_grants(allow), today=read_today(), **flags)
    result = build_site(root, options)
    print_problems(root, result.problems, style)
    if has_errors(result.problems):
        sys.exit(1)
    if style == "text":
        click.echo(result.summary)
        if result.changes:
            click.echo(f"\n{say_changes(result.changes, style).rstrip()}")
            click.echo("\nosai-essay accept takes the present values over.")
