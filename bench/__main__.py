"""`python -m bench --help`: measure, and print one table."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Iterator, Sequence
from itertools import groupby

from bench.cases import CASES, Case, charted_post_cases, post_cases
from bench.measure import CommandError, measure
from bench.pelican import InstallError, install_pelican
from bench.table import make_head, make_rows

ROUNDS = 5
POSTS = (100, 1000)
CHARTED = (20,)
POSTS_IN_ALL = 2000  # of the rounds of a group together: more posts, fewer rounds


def main() -> None:
    """Print what the machine is, and the table, group by group."""
    asked = read_arguments()
    machine = f"Python {platform.python_version()}, {os.cpu_count()} cores, {sys.platform}"
    print(f"{machine}. Medians of {asked.rounds} rounds, fewer for many posts; a round runs a")
    print("group's cases in order. Ratios: to the group's first. MB: all processes of a case")
    print("together, at their fullest.")
    why_not = find_pelican() if asked.posts else ""
    print(f"\n{make_head()}")
    try:
        for cases in groups(asked.posts, asked.charted, with_pelican=not why_not):
            rounds = rounds_of(cases[0], asked.rounds)
            print(make_rows(measure(cases, rounds)), flush=True)
    except CommandError as error:
        sys.exit(str(error))
    if why_not:
        print(f"\n{len(asked.posts)} rows skipped, as Pelican cannot be installed: {why_not}")


def read_arguments() -> argparse.Namespace:
    """The command line: rounds, posts, charted."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=main.__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"{ROUNDS} if not said")
    parser.add_argument(
        "--posts", type=int, nargs="*", default=POSTS, help="sites of so many posts"
    )
    parser.add_argument(
        "--charted", type=int, nargs="*", default=CHARTED, help="the same with a chart in each"
    )
    return parser.parse_args()


def find_pelican() -> str:
    """Why Pelican cannot be had; empty if it can."""
    try:
        install_pelican()
    except InstallError as error:
        return str(error)
    return ""


def groups(
    posts: Sequence[int], charted: Sequence[int], *, with_pelican: bool
) -> Iterator[tuple[Case, ...]]:
    """The cases of each group."""
    for _, cases in groupby(CASES, key=lambda case: case.group):
        yield tuple(cases)
    for count in charted:
        yield tuple(charted_post_cases(count))
    for count in posts:
        yield tuple(post_cases(count, with_pelican=with_pelican))


def rounds_of(case: Case, most: int) -> int:
    """How many rounds a group gets: of 10,000 posts a single one."""
    return max(1, min(most, POSTS_IN_ALL // case.posts)) if case.posts else most


if __name__ == "__main__":
    main()
