"""`osai-essay serve`: the site in a browser while it is written."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from osai_essay.cli.collector import uncollected
from osai_essay.cli.options import read_grants, read_today, root_options
from osai_essay.cli.progress import Progress
from osai_essay.cli.report import print_problems
from osai_essay.problem import has_errors

if TYPE_CHECKING:
    from osai_essay.serve import Built

PORT = 8000
SHOWN = 3  # changed files that a line names
STILL = "The last good site is still shown."
NONE_YET = "There is no site to show yet; it comes when this is mended."
POLLING = (
    "The system has no more watches to give, so changes are found by reading the folders again and "
    "again; on Linux, a greater fs.inotify.max_user_watches brings the watches back."
)


@click.command()
@root_options
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=PORT,
    show_default=True,
    help="Where it listens; if it is taken, the next that is free. 0: any.",
)
@click.option("--open", "opens", is_flag=True, help="Open it in the browser.")
def serve(root: Path, allow: str, port: int, *, opens: bool) -> None:
    """Show the site on this machine, and refresh it when a file is saved.

    Drafts and posts of days to come are shown, and marked. Nothing is written into build/.
    """
    with uncollected():
        from osai_essay.build import Options
        from osai_essay.serve import PortError, Preview
        from osai_essay.serve import serve as serve_site

    grants = read_grants(allow)

    def options() -> Options:
        # An output, though nothing is written: this is a build, not a check of the house style.
        return Options(
            output=root / "build", allow=grants, today=read_today(), drafts=True, future=True
        )

    def start(address: str) -> None:
        taken = f" (port {port} is taken)" if port and f":{port}/" not in address else ""
        click.echo(f"{address}{taken}  Ctrl-C ends it.")
        if opens:
            click.launch(address)

    options()
    printer = Printer(root)
    preview = Preview(
        root=root,
        options=options,
        on_start=start,
        on_step=printer.progress,
        on_build=printer,
        on_poll=lambda: click.echo(POLLING, err=True),
        on_end=printer.end,
    )
    try:
        serve_site(preview, port)
    except PortError as error:
        raise click.UsageError(f"--port: {error}") from None


class Printer:
    """Prints each build, and knows whether there is a site to look at meanwhile."""

    def __init__(self, root: Path) -> None:
        self.progress = Progress()
        self._root = root
        self._has_site = False

    def __call__(self, built: Built) -> None:
        """Say what came of a build."""
        self.progress.end()
        click.echo(f"{time.strftime('%H:%M:%S')}  {say_built(built)}")
        if built.fault:
            click.echo(f"osai-essay broke off at {built.fault}", err=True)
        self._has_site |= built.site is not None
        closing = STILL if self._has_site else NONE_YET
        print_problems(self._root, built.problems, "text", closing=closing)

    def end(self) -> None:
        """Leave a terminal as it was, on a line of its own: its last one may end in `^C`."""
        self.progress.end()
        click.echo("\nPreview ended.")


def say_built(built: Built) -> str:
    """One line: what changed, how long the build took, what it made again."""
    took = f"{built.seconds:.2f} s"
    parts = [_names(built.changed) or "first build", took]
    if built.site:
        made = (f"{count} x {kind}" for kind, count in sorted(built.made.items()))
        parts += [built.moved] if built.moved else []
        parts.append(f"{built.pages} pages, made anew: {', '.join(made) or 'nothing'}")
    elif not built.fault and has_errors(built.problems):
        parts.append("errors")
    return "; ".join(parts)


def _names(changed: Iterable[str]) -> str:
    names = list(changed)
    more = [f"and {len(names) - SHOWN} more"] if len(names) > SHOWN else []
    return ", ".join([*names[:SHOWN], *more])
