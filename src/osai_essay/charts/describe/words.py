"""Words that descriptions of charts are put together from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TypeVar

KINDS: Mapping[str, tuple[str, str]] = MappingProxyType({  # kind -> in plain words, one mark
    "area": ("area chart", ""), "bar": ("bar chart", "bar"), "box": ("box plot", "value"),
    "bar_polar": ("bar chart around a circle", "bar"), "density_contour": ("contour map", "point"),
    "density_heatmap": ("heat map", "point"), "ecdf": ("chart of the running share", "value"),
    "funnel": ("funnel chart", "step"), "funnel_area": ("funnel of areas", "part"),
    "histogram": ("histogram", "value"), "icicle": ("icicle chart", "part"),
    "line": ("line chart", ""), "line_polar": ("line chart around a circle", "point"),
    "line_ternary": ("line chart in a triangle", "point"), "pie": ("pie chart", "slice"),
    "parallel_categories": ("parallel categories chart", "row"),
    "scatter": ("scatter plot", "dot"), "scatter_polar": ("scatter plot around a circle", "dot"),
    "scatter_ternary": ("scatter plot in a triangle", "dot"), "strip": ("strip plot", "dot"),
    "sunburst": ("sunburst chart", "part"), "timeline": ("timeline", "span"),
    "treemap": ("treemap", "part"), "violin": ("violin plot", "value"),
})  # fmt: skip
Item = TypeVar("Item")

_THE = ("United ", "Netherlands", "Philippines", "European Union", "EU", "UK", "US")


def as_sentence(words: str) -> str:
    """Words with a capital and a full stop; names such as xAI keep their letters."""
    first = words.partition(" ")[0]
    start = first[:1].upper() if first.islower() and first.isalpha() else first[:1]
    return f"{start}{words[1:]}" + ("" if words.endswith(("\u2026", ".")) else ".")


def the(name: str) -> str:
    """A name as it stands in a sentence: `the United States`."""
    return f"the {name}" if name.startswith(_THE) else name


def count(number: int, noun: str) -> str:
    """`1 bar`, `8 bars`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def listed(names: Sequence[str], most: int) -> str:
    """`A, B and C`; of more than so many `A, B and 12 more`."""
    shown = list(names)
    if len(shown) > most + 1:
        shown = [*shown[:most], f"{len(shown) - most:,} more"]
    return " and ".join(filter(None, (", ".join(shown[:-1]), *shown[-1:])))


def joined(items: Sequence[Item], most: int, say: Callable[[Item], str]) -> str:
    """Clauses with semicolons; of more than so many the last as `and 12 more`.

    say: an item -> its clause, asked only of those that are shown.
    """
    shown = items if len(items) <= most + 1 else items[:most]
    left = len(items) - len(shown)
    return "; ".join([*map(say, shown), *([f"and {left:,} more"] if left else [])])


def cut(words: str, letters: int) -> str:
    """Words on one line, with a sign where some had to go."""
    words = " ".join(words.split())
    return words if len(words) <= letters else f"{words[: letters - 1].rstrip()}\u2026"
