"""`osai-essay build` and `osai-essay check`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from osai_essay.cache.stamp import Kept, Stamp
from osai_essay.cli.collector import uncollected
from osai_essay.cli.options import output_option, read_grants, read_today, site_options
from osai_essay.cli.progress import Progress
from osai_essay.cli.report import NOT_WRITTEN, STILL_THERE, print_problems
from osai_essay.cli.why import say_inputs, say_made
from osai_essay.problem import Problem, Where, has_errors
from osai_essay.struct import to_plain

if TYPE_CHECKING:
    from osai_essay.build import Options, Result


@click.command()
@site_options
@output_option
@click.option("-v", "--verbose", is_flag=True, help="Say what was made again, and why.")
def build(root: Path, output: Path | None, *, verbose: bool, **settings: Any) -> None:
    """Write the site into its output folder, whole or not at all.

    What was made from the same as last time is not made again; .cache/ holds it.
    """
    _run(root, output=output or root / "build", is_verbose=verbose, **settings)


@click.command()
@site_options
def check(root: Path, **settings: Any) -> None:
    """Look for problems as a build would, and write nothing."""
    _run(root, output=None, **settings)


def _run(
    root: Path,
    *,
    output: Path | None,
    allow: str,
    style: str,
    is_verbose: bool = False,
    **flags: bool,
) -> None:
    """flags: drafts, future and strict, as Options has them."""
    today = read_today()
    settings = [allow, *(name for name in sorted(flags) if flags[name])]
    stamp = Stamp(root, output, settings)
    kept = stamp.kept(today)
    if kept:
        _print_kept(root, kept, style)
        return
    with uncollected():
        from osai_essay.build import Options

    options = Options(output=output, allow=read_grants(allow), today=today, **flags)
    if is_verbose:
        click.echo(say_inputs(root, output, stamp.changes), err=True)
    result, made = _build(root, options, stamp)
    if is_verbose:
        pages = result.written.changed if result.written else ()
        click.echo(say_made(made, pages), err=True)
    _print_result(root, result, style, output)


def _build(root: Path, options: Options, stamp: Stamp) -> tuple[Result, dict[str, int]]:
    """A build with the memo of earlier ones, and how many of each kind it made anew."""
    from osai_essay.build import build_site
    from osai_essay.cache.memo import open_memo

    memo = open_memo(root, version=stamp.version, seen=stamp.hashes)
    with Progress() as progress:
        result = build_site(root, options, memo, is_cold=stamp.is_cold, tell=progress)
    made = dict(memo.made)
    memo.finish(is_whole=not has_errors(result.problems))
    memo.close()
    if result.is_settled:
        warnings = to_plain(result.problems)
        stamp.write(today=options.today, until=result.until, pages=result.pages, problems=warnings)
    return result, made


def _print_kept(root: Path, kept: Kept, style: str) -> None:
    problems = tuple(Problem(**{**each, "where": Where(**each["where"])}) for each in kept.problems)
    print_problems(root, problems, style)
    if style == "text":
        click.echo(f"Built {kept.pages} pages: nothing changed.")


def _print_result(root: Path, result: Result, style: str, output: Path | None) -> None:
    is_there = output is not None and (output / "index.html").is_file()
    closing = STILL_THERE if is_there else NOT_WRITTEN
    print_problems(root, result.problems, style, closing=closing)
    if has_errors(result.problems):
        sys.exit(1)
    if style != "text":
        return
    click.echo(result.summary)
    if result.notes:
        click.echo(f"\n{result.notes}")
    if result.changes:
        from osai_essay.changes import say_changes

        click.echo(f"\n{say_changes(result.changes, style).rstrip()}")
        if result.changes.numbers:
            click.echo("\nosai-essay accept takes the present values over.")
