"""Options that several commands share, and what their words mean."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import click

FORMATS = ("text", "json", "github")


def with_options(
    function: click.decorators.FC,
    options: Sequence[Callable[[click.decorators.FC], click.decorators.FC]],
) -> click.decorators.FC:
    """A command with more options, in the order in which its help lists them."""
    for option in reversed(options):
        function = option(function)
    return function


def root_option(function: click.decorators.FC) -> click.decorators.FC:
    """Where the site is."""
    option = click.option(
        "--root",
        type=click.Path(path_type=Path, exists=True, file_okay=False),
        default=Path(),
        show_default="this folder",
        help="The site's folder.",
    )
    return option(function)


def root_options(function: click.decorators.FC) -> click.decorators.FC:
    """The options that every command on a site has which reads its content."""
    allow = click.option(
        "--allow",
        default="",
        metavar="WORDS",
        help="Grant content what it may not do by itself: python, html, or both (python,html).",
    )
    return with_options(function, [root_option, allow])


def output_option(function: click.decorators.FC) -> click.decorators.FC:
    """Where the site is, or goes."""
    option = click.option(
        "--output",
        type=click.Path(path_type=Path),
        default=None,
        show_default="build in the site's folder",
        help="Where the site goes.",
    )
    return option(function)


def format_option(function: click.decorators.FC) -> click.decorators.FC:
    """How problems are printed."""
    option = click.option(
        "--format",
        "style",
        type=click.Choice(FORMATS),
        default="text",
        show_default=True,
        help="How problems are printed.",
    )
    return option(function)


def preview_options(function: click.decorators.FC) -> click.decorators.FC:
    """Essays that readers do not see yet."""
    options = [
        click.option("--drafts", is_flag=True, help="With essays that are marked as drafts."),
        click.option("--future", is_flag=True, help="With posts of days to come."),
    ]
    return with_options(function, options)


def site_options(function: click.decorators.FC) -> click.decorators.FC:
    """The options of a command that builds the site."""
    strict = click.option(
        "--strict",
        is_flag=True,
        help="Figures bound to no number, and moves that nobody accepted, stop it.",
    )
    return with_options(function, [root_options, preview_options, strict, format_option])


def read_grants(allow: str) -> frozenset[str]:
    """The words of --allow."""
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
