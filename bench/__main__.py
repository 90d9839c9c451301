"""`python -m bench [ROUNDS]`: measure, then print one table."""

from __future__ import annotations

import os
import platform
import sys

from bench.cases import CASES
from bench.measure import CommandError, measure
from bench.table import make_table

ROUNDS = 7


def main(rounds: str = str(ROUNDS)) -> None:
    """Print what the machine is, and the table."""
    machine = f"Python {platform.python_version()}, {os.cpu_count()} cores, {sys.platform}"
    print(f"{machine}. Medians of {rounds} rounds, every case once a round, from an empty output;")
    print("ratios to a group's first. MB: all processes of a case together, at their fullest.")
    print()
    try:
        print(make_table(measure(CASES, int(rounds))))
    except CommandError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main(*sys.argv[1:])
