"""What a chart shows, in sentences worked out from its rows, for readers who cannot see it."""

from __future__ import annotations

from osai_essay.charts.describe.findings import find
from osai_essay.charts.describe.marks import read_view
from osai_essay.charts.describe.subject import say_subject
from osai_essay.charts.describe.words import KINDS, as_sentence, count, cut
from osai_essay.charts.rows import prepare
from osai_essay.model import ChartSpec, Column, Config, Table
from osai_essay.struct import replace

MOST_LETTERS, MOST_NAMED = 600, 5

__all__ = ["describe_chart"]


def describe_chart(
    spec: ChartSpec, table: Table, columns: tuple[Column, ...], *, config: Config
) -> str:
    """A few short sentences: what is shown, its range, the ends and turns of lines, the largest.

    table: the rows that are drawn, sorted and limited already.
    Returns: plain text of at most 600 letters, without markup.
    """
    drawn = prepare(replace(spec, sort=None, limit=None), table, columns, config)
    if spec.kind not in KINDS:  # a figure made in Python: nobody said what its columns are
        return f"A chart of {count(len(table.rows), 'point')}."
    view, said = read_view(drawn), ""
    for most in range(MOST_NAMED, 0, -1):  # fewer names until it is short enough
        shorter = replace(view, most=most)
        sentences = [say_subject(shorter), *find(shorter)]
        said = " ".join(as_sentence(each) for each in sentences if each)
        if len(said) <= MOST_LETTERS:
            break
    return cut(said, MOST_LETTERS)
