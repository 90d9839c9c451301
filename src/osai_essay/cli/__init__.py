"""The command: arguments -> one call -> printed problems -> exit code. The one door to click."""

from __future__ import annotations

import click

from osai_essay import __version__
from osai_essay.cli.build import build, check
from osai_essay.cli.changes import accept, diff
from osai_essay.cli.new import describe, new
from osai_essay.cli.serve import serve


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="osai-essay")
def cli() -> None:
    """Data essays from Markdown and CSV to a static site."""


for command in (build, check, diff, accept, new, describe, serve):
    cli.add_command(command)


def main() -> None:
    """Run the command."""
    cli(prog_name="osai-essay")
