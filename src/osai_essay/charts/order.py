"""A chart as a child process is asked for it: all that its pictures rest on, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from osai_essay.model import Chart, ChartSpec, Column, Config, Source, Table, Text
from osai_essay.problem import Problem, Where
from osai_essay.struct import Struct, field

Painted = tuple[Chart | None, tuple[Problem, ...]]


class PictureError(Exception):
    """The engine cannot draw this figure; its message says why."""


class Order(Struct, frozen=True, kw_only=True):
    """Equal orders give the same chart: an order is what a drawn chart is kept by.

    table: the chart's rows as they were selected, before `sort:` and `limit:`. datasets: those
        the rows come from. rows_in_dataset: how many there were before `where:`.
    words: the place of each of the chart's texts -> its words. points: name of a number -> what it
        stands for.
    figure: empty where it is to be made from the rows.
    """

    spec: ChartSpec
    config: Config
    table: Table
    columns: tuple[Column, ...]
    datasets: tuple[str, ...]
    sources: tuple[Source, ...]
    credits: tuple[str, ...]
    words: Mapping[Where, str]
    points: Mapping[str, float | None]
    rows_in_dataset: int | None = None
    figure: Mapping[str, Any] = field(default_factory=dict)

    def say(self, text: Text | None) -> str:
        """The words of a text of the chart; none where the author wrote none."""
        return self.words[text.where] if text else ""
