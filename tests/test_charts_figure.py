"""Figures: plain values, in the house style."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from chart_samples import (
    COLUMNS,
    COMPANIES,
    CONFIG,
    YEARS,
    figure_of,
    make_table,
    problems_of,
    say,
    spec_of,
)
from osai_essay.charts.figure import make_figure
from osai_essay.charts.plain import plain_value
from osai_essay.charts.refusals import check_traces
from osai_essay.charts.style import (
    PALETTE,
    QUIET,
)
from osai_essay.problem import Where
from osai_essay.struct import replace

BAR = "kind: bar\nx: amount\ny: company\n"
LINE = "kind: line\nx: year\ny: amount\ncolor: country\n"
DATES = make_table(
    day=[date(2025, 1, 1), date(2025, 6, 1)],
    share=[0.25, 0.5],
    open=[True, None],
    year=[2024, 2025],
)


def traces(figure: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {trace["name"]: trace for trace in figure["data"]}


def test_a_figure_is_plain_values() -> None:
    figure = figure_of(BAR + "color: country\n")

    assert json.loads(json.dumps(figure, allow_nan=False)) == figure


def test_the_same_chart_gives_the_same_figure() -> None:
    assert figure_of(LINE, YEARS) == figure_of(LINE, YEARS)


def test_numbers_are_cut_to_twelve_digits() -> None:
    assert plain_value([0.1 + 0.2, float("nan"), float("inf"), 3.0]) == [0.3, None, None, 3]


def test_packed_arrays_become_lists() -> None:
    np = pytest.importorskip("numpy")

    assert plain_value({"x": np.array([1.5, 2.0]), "y": np.array(["2025-01-01"], "M8[ns]")}) == {
        "x": [1.5, 2],
        "y": ["2025-01-01"],
    }


def test_the_figure_has_no_title_and_no_template() -> None:
    layout = figure_of(BAR)["layout"]

    assert "title" not in layout
    assert "template" not in layout
    assert layout["meta"]["title"] == "A title"


def test_rows_are_sorted_then_limited() -> None:
    figure = figure_of(BAR + "sort: -amount\nlimit: 2\n")

    assert figure["data"][0]["y"] == ["Amazon", "Alphabet"]


def test_empty_cells_come_last_whatever_the_direction() -> None:
    figure = figure_of("kind: bar\nx: year\ny: amount\nsort: -amount\n", YEARS)

    assert figure["data"][0]["y"][-1] is None


def test_the_first_row_is_on_top() -> None:
    axis = figure_of(BAR + "color: country\nsort: -amount\n")["layout"]["yaxis"]

    assert axis["categoryarray"][0] == "Amazon"
    assert axis["autorange"] == "reversed"


def test_a_country_has_its_colour_and_its_name() -> None:
    named = traces(figure_of(BAR + "color: country\n"))

    assert named["United States"]["marker"]["color"] == "#2d64b8"
    assert named["China"]["marker"]["color"] == "#c4412d"


def test_a_line_has_a_second_cue_beside_its_colour() -> None:
    named = traces(figure_of(LINE, YEARS))

    assert named["China"]["line"]["dash"] == "dash"


def test_groups_without_looks_have_six_colours_then_grey() -> None:
    names = [f"group {index}" for index in range(8)]
    figure = figure_of("kind: bar\nx: n\ny: v\ncolor: n\n", make_table(n=names, v=[1.0] * 8))

    colors = [trace["marker"]["color"] for trace in figure["data"]]
    assert colors == [*PALETTE, QUIET, QUIET]


def test_highlight_leaves_one_loud() -> None:
    colors = figure_of(BAR + "highlight: [Meta]\n")["data"][0]["marker"]["color"]

    assert [color != QUIET for color in colors] == [False, True, False, False, False]


def test_highlight_of_a_group_quiets_the_others() -> None:
    named = traces(figure_of(LINE + "highlight: [CN]\n", YEARS))

    assert named["United States"]["line"]["color"] == QUIET
    assert named["China"]["line"]["color"] == "#c4412d"


def test_highlight_that_no_row_has_is_a_warning() -> None:
    problem = problems_of(BAR + "highlight: [Metta]\n")[0]

    assert (problem.code, problem.severity) == ("chart-highlight-unknown", "warning")
    assert problem.fix == 'did you mean "Meta"?'


def test_bars_carry_their_numbers_and_drop_the_axis() -> None:
    figure = figure_of(BAR + "format: $0.0bn\n")

    assert figure["data"][0]["text"][3] == "$17.7bn"
    assert figure["layout"]["xaxis"]["showticklabels"] is False


def test_bars_carry_the_unit_where_no_format_is_given() -> None:
    assert figure_of(BAR)["data"][0]["text"][0] == "$100bn"


def test_stacked_bars_have_their_numbers_inside() -> None:
    figure = figure_of("kind: bar\nx: year\ny: amount\ncolor: country\n", YEARS)

    assert {trace["textposition"] for trace in figure["data"]} == {"inside"}


@pytest.mark.parametrize("ends", ["[0, null]", "[a, b]"])
def test_labels_at_line_ends_bear_a_range_without_numbers(ends: str) -> None:
    figure = figure_of(LINE + f"labels: ends\nrange_y: {ends}\n", YEARS)

    assert len(figure["layout"]["annotations"]) > 1


def test_lines_are_named_at_their_ends() -> None:
    figure = figure_of(LINE + "labels: ends\nformat: $0bn\n", YEARS)

    words = [note["text"] for note in figure["layout"]["annotations"]]
    assert "United States $349bn" in words
    assert figure["layout"]["showlegend"] is False


def test_labels_at_line_ends_do_not_touch() -> None:
    table = make_table(
        year=[2024, 2025] * 2, country=["US", "US", "CN", "CN"], amount=[1.0, 2.0, 1.0, 2.01]
    )
    notes = figure_of(LINE, table)["layout"]["annotations"]

    shifts = [note["yshift"] for note in notes if note.get("xshift") == 8]
    assert max(shifts) - min(shifts) >= 13  # they lie 4 px apart by themselves


def test_a_legend_stands_above_the_plot_at_the_left() -> None:
    legend = figure_of(LINE + "labels: none\n", YEARS)["layout"]["legend"]

    assert (legend["orientation"], legend["x"], legend["xanchor"], legend["yref"]) == (
        "h", 0, "left", "container",
    )  # fmt: skip


def test_an_axis_says_its_unit_in_words_and_never_g() -> None:
    figure = figure_of(LINE, YEARS)

    axis = figure["layout"]["yaxis"]
    assert (axis["tickformat"], axis["ticksuffix"]) == ("$,.6~f", "bn")
    assert axis["exponentformat"] == "none"
    assert figure["layout"]["title"]["text"] == "Amount, billion US dollars"


def test_years_are_whole_and_bare() -> None:
    axis = figure_of(LINE, YEARS)["layout"]["xaxis"]

    assert (axis["tickvals"], axis["tickformat"]) == ([2023, 2024, 2025], "d")


def test_years_as_groups_are_names() -> None:
    figure = figure_of("kind: bar\nx: country\ny: amount\ncolor: year\nbarmode: group\n", YEARS)

    assert [trace["name"] for trace in figure["data"]] == ["2023", "2024", "2025"]


def test_dates_are_dates() -> None:
    figure = figure_of("kind: line\nx: day\ny: share\nmarkers: true\n", DATES)

    assert figure["data"][0]["x"] == ["2025-01-01", "2025-06-01"]
    assert figure["layout"]["xaxis"]["type"] == "date"


def test_a_share_is_shown_in_per_cent() -> None:
    axis = figure_of("kind: line\nx: day\ny: share\nformat: 0%\n", DATES)["layout"]["yaxis"]

    assert axis["tickformat"] == ",.6~%"


def test_empty_cells_of_a_group_are_named() -> None:
    figure = figure_of("kind: scatter\nx: day\ny: share\ncolor: open\n", DATES)

    assert [trace["name"] for trace in figure["data"]] == ["yes", "Not stated"]


def test_hover_is_sentences_whose_one_tag_is_a_line_break() -> None:
    template = figure_of(BAR + "color: country\n")["data"][0]["hovertemplate"]

    assert template == (
        "Country: United States.<br>Amount: %{x:$,.3~r}bn.<br>Company: %{y}<extra></extra>"
    )


def test_tags_in_data_are_shown_rather_than_obeyed() -> None:
    figure = figure_of("kind: bar\nx: n\ny: v\n", make_table(n=["<b>x</b>"], v=[1.0]))

    assert figure["data"][0]["x"] == ["&lt;b>x&lt;/b>"]


def test_a_line_may_stand_at_a_number_of_the_site() -> None:
    figure = figure_of(
        BAR + "lines: [{x: us_capex, text: All}]\n", number_of={"us_capex": 50.0}.get
    )

    assert figure["layout"]["shapes"][0]["x0"] == 50


def test_an_annotation_on_a_log_axis_stands_where_its_value_is() -> None:
    figure = figure_of(LINE + "log_y: true\nannotate: [{x: 2024, y: 100, text: Here}]\n", YEARS)

    assert (
        next(note for note in figure["layout"]["annotations"] if note["text"] == "Here")["y"] == 2
    )


def test_update_layout_comes_last() -> None:
    figure = figure_of(BAR + "update_layout: {bargap: 0.7, xaxis: {showgrid: true}}\n")

    assert figure["layout"]["bargap"] == 0.7
    assert figure["layout"]["xaxis"]["showgrid"] is True
    assert figure["layout"]["xaxis"]["automargin"] is True


def test_an_unknown_layout_word_names_the_nearest_at_its_line() -> None:
    problem = problems_of(BAR + "update_layout:\n  xaxis:\n    dtik: 1\n")[0]

    assert (problem.code, problem.fix) == ("chart-layout-wrong", 'did you mean "dtick"?')
    assert (problem.where.line, problem.where.column) == (9, 5)


@pytest.mark.parametrize("word", ["images: []", "title_text: T", "sliders: []", "width: 300"])
def test_layout_words_of_the_house_are_refused(word: str) -> None:
    problem = problems_of(BAR + f"update_layout: {{{word}}}\n")[0]

    assert (problem.code, "cannot be given" in problem.message) == ("chart-layout-wrong", True)


def test_an_empty_selection_says_what_was_asked_and_of_how_many() -> None:
    spec = replace(spec_of("where: amount > 900\n" + BAR))
    empty = replace(COMPANIES, rows=())
    figure, problems = make_figure(spec, empty, COLUMNS, config=CONFIG, say=say, rows_in_dataset=69)

    assert figure is None
    assert problems[0].code == "chart-empty"
    assert problems[0].message == 'no row of the 69 rows of "capex" fulfils `where: amount > 900`'
    assert (problems[0].where.line, problems[0].where.column) == (4, 8)


def test_what_plotly_refuses_is_a_problem_at_its_word() -> None:
    problem = problems_of("kind: scatter\nx: amount\ny: company\nopacity: 5\n")[0]

    assert (problem.code, problem.where.line, problem.where.column) == ("chart-wrong", 7, 10)


def test_slices_below_nothing_are_a_problem() -> None:
    table = make_table(company=["a", "b"], amount=[1.0, -1.0])

    assert (
        problems_of("kind: pie\nnames: company\nvalues: amount\n", table)[0].code == "chart-wrong"
    )


def test_traces_outside_the_table_are_a_problem() -> None:
    figure = {"data": [{"type": "scattergl"}, {"type": "bar"}], "layout": {}}

    problems = list(check_traces(figure, Where(file="c.py")))
    assert [problem.code for problem in problems] == ["chart-trace-unknown"]
    assert problems[0].fix == 'did you mean "scatter"?'


def test_many_points_are_not_drawn_by_webgl() -> None:
    numbers = [float(index) for index in range(1500)]
    figure = figure_of("kind: scatter\nx: a\ny: b\n", make_table(a=numbers, b=numbers))

    assert figure["data"][0]["type"] == "scatter"


def test_colours_for_the_dark_are_those_in_use() -> None:
    dark = figure_of(BAR + "color: country\n")["layout"]["meta"]["dark"]

    assert dark["#2d64b8"] == "#7fb0f5"
    assert PALETTE[3] not in dark


def test_a_point_without_neighbours_has_a_marker() -> None:
    table = make_table(
        year=[2020, 2021, 2022, 2023, 2024], amount=[1.0, None, 3.0, float("nan"), 5.0]
    )
    trace = figure_of("kind: line\nx: year\ny: amount\n", table)["data"][0]

    assert trace["mode"] == "lines+markers"
    assert [size > 0 for size in trace["marker"]["size"]] == [True, False, True, False, True]


def test_one_row_is_drawn() -> None:
    one = make_table(year=[2020], amount=[1.0])

    for kind in ("line", "area"):
        assert figure_of(f"kind: {kind}\nx: year\ny: amount\n", one)["data"][0]["marker"]["size"]
    assert figure_of(LINE, YEARS)["data"][0]["mode"] == "lines"


def test_rows_without_a_single_whole_one_are_a_problem() -> None:
    table = make_table(year=[2020, None], amount=[None, 1.0])

    (problem,) = problems_of("kind: line\nx: year\ny: amount\n", table)
    assert (problem.code, "lacks a value" in problem.message) == ("chart-empty", True)


def test_values_that_a_log_axis_cannot_show_are_counted() -> None:
    table = make_table(year=[2020, 2021, 2022], amount=[0.0, -1.0, 10.0])

    (problem,) = problems_of("kind: scatter\nx: year\ny: amount\nlog_y: true\n", table)
    assert (problem.code, problem.severity) == ("chart-log-zero", "warning")
    assert "2 of the 3 values" in problem.message
    assert problem.where.line == 7


def test_more_names_than_have_room_are_a_warning() -> None:
    names = make_table(company=[f"Company {at}" for at in range(60)], amount=[1.0] * 60)
    lying = "kind: bar\nx: amount\ny: company\norientation: h\n"

    for words in (lying, "kind: bar\nx: company\ny: amount\n"):
        (problem,) = problems_of(words, names)
        assert (problem.code, problem.severity) == ("chart-crowded", "warning")
    assert problems_of(f"{lying}height: 920\n", names) == ()


def test_small_multiples_of_pies_are_refused_at_their_word() -> None:
    words = "kind: pie\nnames: company\nvalues: amount\nfacet_col: country\n"

    (problem,) = problems_of(words)
    assert (problem.code, problem.where.line) == ("chart-wrong", 7)


def test_a_log_axis_has_its_unit_at_every_tick() -> None:
    table = make_table(year=[2020, 2021], amount=[12.0, 900.0])
    axis = figure_of("kind: scatter\nx: year\ny: amount\nlog_y: true\n", table)["layout"]["yaxis"]

    assert axis["ticktext"] == ["$20bn", "$50bn", "$100bn", "$200bn", "$500bn"]
    assert axis["tickvals"] == [20, 50, 100, 200, 500]


@pytest.mark.parametrize("size", [2.5e-7, 3e18])
def test_numbers_of_any_size_can_be_read_along_an_axis(size: float) -> None:
    table = make_table(year=[2020, 2021], amount=[size / 2, size])
    axis = figure_of("kind: line\nx: year\ny: amount\n", table)["layout"]["yaxis"]

    assert (axis["exponentformat"], axis.get("tickformat")) == ("e", "")


def test_two_rows_of_one_name_are_stacked_with_their_numbers_inside() -> None:
    table = make_table(company=["Meta", "Meta", "Amazon"], amount=[1.0, 2.0, 3.0])
    figure = figure_of("kind: bar\nx: company\ny: amount\n", table)

    assert figure["data"][0]["textposition"] == "inside"
    assert "range" not in figure["layout"]["yaxis"]


def test_the_parts_of_a_whole_stand_along_the_upright_axis() -> None:
    layout = figure_of("kind: ecdf\nx: amount\n")["layout"]

    assert layout["title"]["text"] == "Share"
    assert layout["xaxis"]["title"]["text"] == "Amount, billion US dollars"


def test_a_timeline_has_dates() -> None:
    table = make_table(start=["2025-01-01"], end=["2025-07-01"], n=["x"])
    axis = figure_of("kind: timeline\nx_start: start\nx_end: end\ny: n\n", table)["layout"]["xaxis"]

    assert axis["type"] == "date"


def test_a_histogram_at_the_edge_leaves_the_axis_of_the_points_alone() -> None:
    table = make_table(amount=[50.0, 60.0], year=[2020.5, 2021.5])
    layout = figure_of("kind: scatter\nx: year\ny: amount\nmarginal_x: histogram\n", table)[
        "layout"
    ]

    assert "rangemode" not in layout["yaxis"]


def test_a_title_the_author_gives_the_y_axis_lies_flat_too() -> None:
    layout = figure_of(LINE + "update_layout: {yaxis_title: Money}\n", YEARS)["layout"]

    assert layout["title"]["text"] == "Money"
    assert "title" not in layout["yaxis"]


def test_a_german_site_has_german_numbers_and_months() -> None:
    config = replace(CONFIG, language="de")
    figure, _ = make_figure(spec_of(LINE), YEARS, COLUMNS, config=config, say=say)

    assert figure is not None
    assert figure["layout"]["separators"] == ",."
    assert figure["config"]["locales"]["de"]["format"]["months"][2] == "M\u00e4rz"
    assert figure["layout"]["yaxis"]["ticksuffix"].split() == ["Mrd.", "$"]
    assert figure_of(LINE, YEARS)["config"] == {}


def test_hover_says_what_is_missing_and_what_is_long() -> None:
    table = make_table(
        company=["Meta", "word " * 30], year=[2024, 2025], amount=[1.0, 2.0], n=[3.5, None]
    )
    trace = figure_of("kind: scatter\nx: year\ny: amount\nhover_data: [n, company]\n", table)[
        "data"
    ][0]

    assert [row[0] for row in trace["customdata"]] == ["3.5", "not stated"]
    assert trace["customdata"][0][1] == "Meta"
    lines = trace["customdata"][1][1].split("<br>")
    assert len(lines) > 2
    assert max(len(line) for line in lines) < 40


def test_hover_breaks_a_long_name_of_an_axis() -> None:
    table = make_table(company=["word " * 30, "Meta"], amount=[1.0, 2.0])
    trace = figure_of(BAR + "orientation: h\n", table)["data"][0]

    assert "%{hovertext}" in trace["hovertemplate"]
    assert trace["hovertext"][0].count("<br>") > 1
