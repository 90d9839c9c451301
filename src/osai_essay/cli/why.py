"""What `-v` says: which files changed since the last build, and what was made anew for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

SHOWN = 8  # changed files that are named
NAMED = 5  # pages that are


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


def say_made(made: Mapping[str, int], changed: Iterable[str] = ()) -> str:
    """What was not found among earlier results, and which pages and charts differ for it.

    changed: files of the site that were there before and are others now.
    """
    counts = ", ".join(f"{count} x {kind}" for kind, count in sorted(made.items()))
    names = list(dict.fromkeys(map(_page_of, filter(_is_seen, changed))))
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    said = f"\nChanged: {', '.join(names[:NAMED])}{more}." if names else ""
    return f"Made anew: {counts or 'nothing'}.{said}"


def _is_seen(target: str) -> bool:
    """True for a page; a chart's pictures and a dataset's rows go with theirs."""
    return target.endswith(".html")


def _page_of(target: str) -> str:
    """A page as its address has it: `/data/`."""
    return f"/{target.removesuffix('index.html')}"


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
