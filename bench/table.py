"""What was measured, as one table of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from statistics import median

from bench.measure import Measured

HEADS = ("", "seconds", "from-to", "ratio", "CPU s", "ratio", "MB", "ratio")
WIDTHS = (-26, 9, 13, 8, 8, 8, 7, 8)  # negative: to the left


def make_table(measured: Sequence[Measured]) -> str:
    """A line a case; each ratio is to the first case of its group."""
    return "\n".join(_lines(measured))


def _lines(measured: Sequence[Measured]) -> Iterator[str]:
    yield _line(HEADS)
    for group, members in groupby(measured, key=lambda each: each.case.group):
        yield group
        cases = list(members)
        yield from (_line(_cells(each, cases[0])) for each in cases)


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
    )


def _ratio(ours: Sequence[float], theirs: Sequence[float]) -> str:
    """The median of the rounds' own ratios: what slows a round down slows both of its runs."""
    return f"{median(one / other for one, other in zip(ours, theirs, strict=True)):.1f}x"
