"""A rule of the house style that a chart breaks, and where its author meets it."""

from __future__ import annotations

from osai_essay.model import Chart, ChartSpec
from osai_essay.problem import Where
from osai_essay.struct import Struct


class Fault(Struct, frozen=True, kw_only=True):
    """A rule broken. cure: the first words of the fix, without a full stop."""

    where: Where
    message: str
    cure: str


def find_place(spec: ChartSpec, *words: str) -> Where:
    """Where the first of these words stands that the chart has; else the chart's first line."""
    return next((spec.places[word] for word in words if word in spec.places), spec.where)


def title_place(chart: Chart) -> Where:
    """Where the title stands."""
    return chart.spec.places.get("title", chart.spec.title.where)
