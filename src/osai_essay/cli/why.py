"""What `-v` says: which files changed since the last build, and what was made anew for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

SHOWN = 8  # changed files that are named


def say_inputs(root: Path, output: Path | None, changes: Mapping[str, str] | None) -> str:
    """Why there is something to do.

    changes: file -> new, changed or removed. output: the last site, with the data it was made of.
    """
    if changes is None:
        return "There is no earlier build with these settings to compare with."
    if not changes:
        return "No file changed; the program, the day or the output folder did."
    lines = [f"{name} {what}{_rows(root, output, name)}" for name, what in changes.items()]
    more = [f"and {len(lines) - SHOWN} more files"] if len(lines) > SHOWN else []
    return "\n".join([*lines[:SHOWN], *more])


def say_made(made: Mapping[str, int]) -> str:
    """What was not found among earlier results."""
    counts = ", ".join(f"{count} x {kind}" for kind, count in sorted(made.items()))
    return f"Made anew: {counts or 'nothing'}."


def _rows(root: Path, output: Path | None, name: str) -> str:
    """How many rows of a CSV differ from those in the last site."""
    if output is None or not name.endswith(".csv"):
        return ""
    try:
        new, old = (Counter((base / name).read_bytes().splitlines()) for base in (root, output))
    except OSError:
        return ""
    count = max((new - old).total(), (old - new).total())
    return f": {count} row{'s' if count != 1 else ''}"
