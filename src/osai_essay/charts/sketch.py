"""The figure of a chart from its rows, in the child process that has Plotly loaded."""

from __future__ import annotations

from osai_essay.charts.amounts import check_numbers
from osai_essay.charts.figure import make_figure
from osai_essay.charts.order import Order
from osai_essay.charts.refusals import check_lost_names
from osai_essay.charts.rows import chosen_rows
from osai_essay.problem import Problem, has_errors
from osai_essay.struct import replace

Sketch = tuple[Order | None, tuple[Problem, ...]]


def sketch(order: Order) -> Sketch:
    """The order with its figure, of its rows those that are drawn; None with an error.

    order: its rows have the columns that the chart asks for.
    """
    spec, table = order.spec, order.table
    found = (*check_numbers(spec, table), *check_lost_names(spec, table))
    if has_errors(found):
        return None, found
    figure, more = make_figure(
        spec,
        table,
        order.columns,
        config=order.config,
        say=order.say,
        number_of=order.points.get,
        rows_in_dataset=order.rows_in_dataset,
    )
    found = (*found, *more)
    if figure is None or has_errors(found):
        return None, found
    return replace(order, figure=figure, table=chosen_rows(table, spec)), found
