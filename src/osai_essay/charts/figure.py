"""ChartSpec + rows -> a Plotly figure as plain values: the one door to plotly."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import Any

from osai_essay.charts.axes import lift_y_title, style_axes, style_layout
from osai_essay.charts.axes_other import style_other_axes
from osai_essay.charts.bundle import check_explorable
from osai_essay.charts.colors import (
    add_cues,
    add_highlight,
    check_highlight,
    color_column,
    color_map,
    group_order,
)
from osai_essay.charts.facets import name_facets
from osai_essay.charts.fills import color_words, set_words, style_fills
from osai_essay.charts.fit import fit_figure, fit_title
from osai_essay.charts.gaps import mark_lone_points
from osai_essay.charts.hover import add_hover
from osai_essay.charts.kinds import KINDS, REFUSED_LAYOUT
from osai_essay.charts.labels import add_labels, style_slices
from osai_essay.charts.marks import NumberOf, Say, add_annotations, add_lines
from osai_essay.charts.plain import plain_figure, safe_texts
from osai_essay.charts.refusals import (
    blank_problem,
    check_logs,
    check_names,
    check_traces,
    empty_problem,
    layout_problem,
    refused_layout_problem,
    wrong_problem,
)
from osai_essay.charts.rows import (
    Drawn,
    check_slices,
    each_label,
    frame_values,
    has_marks,
    labelled_arguments,
    prepare,
)
from osai_essay.charts.style import DASHES, FONT, PALETTE, SCALE, SYMBOLS, WIDE_PX, dark_colors
from osai_essay.formats import plotly_words
from osai_essay.model import ChartSpec, Column, Config, Table
from osai_essay.problem import Problem

AUTHOR_MISTAKES = (ValueError, TypeError, KeyError, IndexError, AttributeError, NotImplementedError)


def load_libraries() -> None:
    """Load pandas and Plotly, half a second each, and what Plotly loads at its first figure."""
    import plotly.express as px

    px.line(x=[0], y=[0])


def make_figure(
    spec: ChartSpec,
    table: Table,
    columns: tuple[Column, ...],
    *,
    config: Config,
    say: Say,
    number_of: NumberOf = lambda name: None,
    rows_in_dataset: int | None = None,
) -> tuple[dict[str, Any] | None, tuple[Problem, ...]]:
    """The figure of a chart whose columns were checked, as dicts and lists.

    say: a Text -> its words. number_of: a number's name -> its value, for lines and annotations.
    rows_in_dataset: how many rows there are before `where:`, for the message.
    Returns: {"data": [...], "layout": {...}}; layout.meta holds title, alt and the dark colours.
    Problems: chart-empty, chart-wrong, chart-layout-wrong, chart-trace-unknown,
        bundle-trace-missing, chart-crowded, chart-highlight-unknown, chart-log-zero (warnings).
    """
    drawn = prepare(spec, table, columns, config)
    if not drawn.table.rows:
        return None, (empty_problem(spec, rows_in_dataset),)
    if not has_marks(drawn):
        return None, (blank_problem(spec),)
    warnings = (*check_highlight(drawn), *check_logs(drawn))
    try:
        check_slices(drawn)
        figure = _express(drawn)
    except AUTHOR_MISTAKES as error:
        return None, (*warnings, wrong_problem(spec, error))
    _style(figure, drawn, say, number_of)
    warnings = (*warnings, *check_names(figure, spec))
    finished, problems = finish(figure, spec, config, say)
    return finished, (*warnings, *problems)


def finish(
    figure: dict[str, Any], spec: ChartSpec, config: Config, say: Say
) -> tuple[dict[str, Any] | None, tuple[Problem, ...]]:
    """The author's layout merged in, everything checked by Plotly, the colours for the dark."""
    problems = tuple(_check_layout(spec))
    problems += tuple(check_traces(figure, spec.where))
    problems += tuple(check_explorable(figure, spec, config))
    if problems:
        return None, problems
    import plotly.graph_objects as go

    try:
        whole = go.Figure(figure)
        whole.update_layout(dict(spec.update_layout))
    except AUTHOR_MISTAKES as error:
        return None, (wrong_problem(spec, error),)
    plain: dict[str, Any] = safe_texts(plain_figure(whole.to_plotly_json()), FONT)
    color_words(plain, config)
    plain["layout"].pop("template", None)
    lift_y_title(plain["layout"])
    fit_title(plain["layout"], WIDE_PX)
    dark = dark_colors(plain, config)
    plain["layout"]["meta"] = {"title": say(spec.title), "alt": say(spec.alt), "dark": dark}
    plain["config"] = plotly_words(config.language)
    return plain, ()


def _express(drawn: Drawn) -> dict[str, Any]:
    """What Plotly Express makes of the chart, before any style of ours."""
    import pandas as pd
    import plotly.express as px

    values = frame_values(drawn)
    arguments = labelled_arguments(drawn)
    allowed = KINDS[drawn.spec.kind].arguments
    colors = color_map(drawn, values)
    column = color_column(drawn)
    if colors and column and "color_discrete_map" not in arguments:
        arguments |= {"color": column, "color_discrete_map": colors}
    order = group_order(drawn)
    if order and column and "category_orders" in allowed:
        arguments["category_orders"] = {column: order} | arguments.get("category_orders", {})
    for word, choice in _house_arguments().items():
        if word in allowed:
            arguments.setdefault(word, choice)
    if KINDS[drawn.spec.kind].svg_only:
        arguments["render_mode"] = "svg"
    arguments["labels"] = each_label(drawn)
    frame = pd.DataFrame(values)
    with warnings.catch_warnings():  # of pandas, about dates that are none
        warnings.simplefilter("ignore")
        made = getattr(px, drawn.spec.kind)(frame, template="none", **arguments)
    return plain_figure(made.to_plotly_json())


def _house_arguments() -> dict[str, Any]:
    return {
        "color_discrete_sequence": list(PALETTE),
        "color_continuous_scale": list(SCALE),
        "line_dash_sequence": list(DASHES),
        "symbol_sequence": list(SYMBOLS),
    }


def _style(
    figure: dict[str, Any],
    drawn: Drawn,
    say: Say,
    number_of: NumberOf,
) -> None:
    """The house style, in an order that matters: axes before the labels that read them."""
    figure["layout"].pop("title", None)
    _name_wide(figure, drawn)
    add_hover(figure, drawn, each_label(drawn))
    style_layout(figure, drawn.config.language)
    name_facets(figure, list(each_label(drawn).values()))
    style_axes(figure, drawn)
    style_other_axes(figure, drawn.spec.height)
    add_cues(figure, drawn)
    mark_lone_points(figure)
    add_highlight(figure, drawn)
    style_fills(figure)
    style_slices(figure, drawn)
    add_labels(figure, drawn)
    set_words(figure)
    add_lines(figure, drawn, say, number_of)
    add_annotations(figure, drawn, say, number_of)
    fit_figure(figure, WIDE_PX, drawn.spec.height)


def _name_wide(figure: dict[str, Any], drawn: Drawn) -> None:
    """Of several columns in wide form, their titles rather than their names."""
    lists = [
        value for word in ("x", "y") if isinstance(value := drawn.spec.arguments.get(word), list)
    ]
    labels = each_label(drawn)
    for trace in figure["data"] if lists else ():
        name = str(trace.get("name", ""))
        if name in labels:
            trace["name"] = labels[name]
            trace["hovertemplate"] = f"{labels[name]}: %{{y}}. %{{x}}<extra></extra>"


def _check_layout(spec: ChartSpec) -> Iterator[Problem]:
    """Each top word of `update_layout:` by itself, so that each problem has its line.

    Problems: chart-layout-wrong.
    """
    import plotly.graph_objects as go

    for word, value in spec.update_layout.items():
        where = spec.places.get(f"update_layout.{word}", spec.where)
        if word.partition("_")[0] in REFUSED_LAYOUT:
            yield refused_layout_problem(word, where)
            continue
        try:
            layout = go.Layout()
            layout.update({word: value})
        except AUTHOR_MISTAKES as error:
            yield layout_problem(spec, word, where, error, list(go.Layout()))
