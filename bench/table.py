"""What was measured, as a table of text."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from bench.measure import Measured

HEADS = ("", "seconds", "from-to", "ratio", "CPU s", "ratio", "MB", "ratio", "ms a post")
WIDTHS = (-26, 9, 15, 8, 8, 8, 7, 8, 11)  # negative: to the left


def make_head() -> str:
    """The names of the columns."""
    return _line(HEADS)


def make_rows(measured: Sequence[Measured]) -> str:
    """A group: its name, and a line for each of its cases; ratios are to the first."""
    first = measured[0]
    rows = (_line(_cells(each, first)) for each in measured)
    return "\n".join([first.case.group, *rows])


def _line(cells: Sequence[str]) -> str:
    padded = (
        cell.rjust(width) if width > 0 else cell.ljust(-width)
        for cell, width in zip(cells, WIDTHS, strict=True)
    )
    return "".join(padded).rstrip()


def _cells(each: Measured, first: Measured) -> Sequence[str]:
    return (
        f"  {each.case.name}",
        f"{median(each.wall_s):.2f}",
        f"{min(each.wall_s):.2f}-{max(each.wall_s):.2f}",
        _ratio(each.wall_s, first.wall_s),
        f"{median(each.cpu_s):.2f}",
        _ratio(each.cpu_s, first.cpu_s),
        f"{each.memory_mb:.0f}" if each.memory_mb else "?",
        _ratio([each.memory_mb], [first.memory_mb]) if first.memory_mb else "?",
        f"{median(each.wall_s) / each.case.posts * 1000:.1f}" if each.case.posts else "",
    )


def _ratio(ours: Sequence[float], theirs: Sequence[float]) -> str:
    """The median of the rounds' own ratios: what slows a round down slows both of its runs."""
    return f"{median(one / other for one, other in zip(ours, theirs, strict=True)):.2f}x"
