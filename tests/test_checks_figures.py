"""Charts that break a rule of the house style, and those that only seem to."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from chart_samples import COLUMNS, COMPANIES, CONFIG, YEARS, make_table, parse, read, say
from osai_essay.charts.figure import make_figure
from osai_essay.charts.rows import chosen_rows
from osai_essay.checks.figures import RULES, check_figures
from osai_essay.checks.figures.looks import PAGE
from osai_essay.checks.figures.titles import count_words
from osai_essay.colors import (
    SIGHTS,
    contrast,
    difference,
    lab_difference,
    lay_over,
    read_color,
    to_hex,
)
from osai_essay.model import Chart, ChartSpec, Size, Table
from osai_essay.problem import Problem, Where
from osai_essay.struct import replace
from test_charts_picture import DRAWN

TITLE = "In 2025 five firms planned more"
SUBTITLE = "Plans for 2025, two countries, billion US dollars"
FILE = "content/charts/c.yml"
SIZE = Size(width=720, height=420)
BAR = "kind: bar\nx: amount\ny: company\n"
LINE = "kind: line\nx: year\ny: amount\ncolor: country\n"
MANY = make_table(
    company=[letter for letter in "ABCDEFGH" for _ in range(2)],
    year=[2024, 2025] * 8,
    amount=[float(number) for number in range(1, 17)],
)
BLUE, RED, GREEN, OLIVE = "#0067a5", "#d62728", "#2ca02c", "#7a6a00"


def chart_of(
    yaml: str, table: Table = COMPANIES, *, title: str = TITLE, subtitle: str = SUBTITLE
) -> Chart:
    """A chart as the build makes it."""
    head = f'title: "{title}"\nalt: Words\nfrom: capex\n'
    spec, problems = read(yaml, head=head + (f"subtitle: {subtitle}\n" if subtitle else ""))
    assert spec is not None, problems
    figure, problems = make_figure(spec, table, COLUMNS, config=CONFIG, say=say)
    assert figure is not None, problems
    return wrap(spec, figure, chosen_rows(table, spec), title=title, subtitle=subtitle)


def drawn(*traces: Mapping[str, Any], **layout: Any) -> Chart:
    """A Python chart of these traces."""
    where = Where(file="content/charts/c.py", line=1, column=9)
    text = parse(TITLE, where)
    spec = ChartSpec(name="c", source=where.file, where=where, kind="python", title=text, alt=text)
    clear = {"paper_bgcolor": "rgba(0,0,0,0)", "plot_bgcolor": "rgba(0,0,0,0)"}
    figure = {
        "data": [{"x": ["a", "b"], "y": [1, 2], **trace} for trace in traces],
        "layout": {**clear, "font": {"color": "#1d2129"}, "meta": {"dark": {"#1d2129": "#e8eaed"}}}
        | layout,
    }
    table = Table(names=("series", "x", "y"), types=("string",) * 3, rows=())
    return wrap(spec, figure, table)


def wrap(
    spec: ChartSpec,
    figure: Mapping[str, Any],
    table: Table,
    *,
    title: str = TITLE,
    subtitle: str = SUBTITLE,
) -> Chart:
    return Chart(
        spec=spec,
        title=title,
        subtitle=subtitle,
        alt="Words",
        note="",
        description="",
        wide=SIZE,
        narrow=SIZE,
        poster=SIZE,
        png=None,
        table=table,
        columns=COLUMNS,
        rows="",
        files={"figure": json.dumps(figure).encode()},
    )


def found(chart: Chart, *, off: str = "") -> list[str]:
    """The rules a chart breaks."""
    problems = check_figures([chart], allowed=lambda spec: frozenset(off.split()))
    assert all(problem.severity == "warning" for problem in problems)
    return [problem.code.removeprefix("chart-") for problem in problems]


def one(chart: Chart) -> Problem:
    (problem,) = check_figures([chart])
    return problem


def test_a_chart_of_the_house_breaks_no_rule() -> None:
    assert found(chart_of(BAR + "color: country\n")) == []
    assert found(chart_of(LINE, YEARS)) == []


def test_a_problem_says_where_what_and_how_to_keep_it() -> None:
    problem = one(chart_of(BAR + "range_x: [10, 120]\n"))

    assert (problem.code, str(problem.where)) == ("chart-bars-cut", f"{FILE}:8:10")
    assert problem.message == "the bars do not begin at 0: their axis runs from 10 to 120"
    assert problem.fix == (
        "let the axis begin at 0, or show dots with `kind: scatter`; "
        "or keep it so with `allow: [bars-cut]`."
    )


def test_each_rule_is_switched_off_for_a_chart() -> None:
    chart = chart_of(BAR + "range_x: [10, 120]\n", title="Plans", subtitle="")

    assert found(chart) == ["title-short", "subtitle-missing", "bars-cut"]
    assert found(chart, off="title-short bars-cut") == ["subtitle-missing"]
    assert found(chart, off=" ".join(RULES)) == []


def test_an_unknown_rule_offers_the_nearest() -> None:
    (problem,) = check_figures([chart_of(BAR)], allowed=lambda spec: frozenset({"bar-cut"}))

    assert problem.code == "chart-rule-unknown"
    assert problem.fix == 'did you mean "bars-cut"?'


def test_a_python_chart_is_told_in_python() -> None:
    chart = drawn({"type": "bar"}, yaxis={"type": "log"})

    assert one(chart).fix.endswith('keep it so with `allow = ["bars-cut"]`.')


# Titles


@pytest.mark.parametrize(
    ("title", "count"),
    [
        ("", 0),
        ("In 2025 five US firms planned $349bn, three Chinese firms $51bn", 11),
        ("Plans – and what became of them", 6),
        ("By July 2025 US firms had raised 18.5 times China's total", 11),
        ("2025年美国公司计划支出", 6),
        ("AI 投资 2025", 3),
    ],
)
def test_words_of_a_title_are_counted(title: str, count: int) -> None:
    assert count_words(title) == count


@pytest.mark.parametrize(
    ("title", "rules"),
    [
        ("In 2025 one two three four five six seven eight nine ten", []),
        ("In 2025 one two three four five six seven eight nine ten eleven", ["title-long"]),
        ("Plans for the year 2025", []),
        ("Plans for 2025", ["title-short"]),
    ],
)
def test_a_title_has_5_to_12_words(title: str, rules: list[str]) -> None:
    assert found(chart_of(BAR, title=title)) == rules


def test_the_title_is_measured_as_readers_see_it() -> None:
    chart = chart_of(BAR, title="{{ a }} {{ b }} {{ c }} {{ d }} {{ e }}")

    assert found(replace(chart, title="Two words")) == ["title-short"]
    assert str(one(replace(chart, title="Two words")).where) == f"{FILE}:1:9"


SELECTED = "the title has no year, though `where:` selects by year"
SHOWN = "neither title nor subtitle has a year, though `x:` shows time (2023 to 2025)"


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        ("comparison = 'plans-2025'", f"{SELECTED} (2025)"),
        ("announced <= '2025-07-23'", f"{SELECTED} (2025)"),
        ("fiscal_year >= 2023", f"{SELECTED} (2023)"),
        ("year(released) = 2024 or year(released) = 2025", f"{SELECTED} (2024 to 2025)"),
        ("extract(year from announced) in (2024, 2025)", f"{SELECTED} (2024)"),
        ('"year" between 2020 and 2022', f"{SELECTED} (2020)"),
        ("amount > 2000", None),
        ("years_in_service > 2 and amount > 2000", None),
        ("model = 'H2048'", None),
        ("version = '3.2024'", None),
        ("country = 'US'", None),
    ],
)
def test_a_selection_by_year_wants_the_year_in_the_title(
    condition: str, message: str | None
) -> None:
    chart = chart_of(f"{BAR}where: >-\n  {condition}\n", title="Five firms planned much more")

    assert [each.message for each in check_figures([chart])] == ([message] if message else [])
    assert found(replace(chart, title="In 2025 five firms planned more")) == []


@pytest.mark.parametrize(
    ("title", "subtitle", "message"),
    [
        ("China planned much less than that", "Plans, billion US dollars", SHOWN),
        ("China planned much less than that", "Plans, 2023 to 2025, billion US dollars", None),
        ("In 2025 China planned much less", "Plans, billion US dollars", None),
        ("In the 2020s China planned less", "Plans, billion US dollars", None),
        ("China planned 2,025 times less money", "Plans, billion US dollars", SHOWN),
    ],
)
def test_an_axis_of_time_wants_a_year_in_title_or_subtitle(
    title: str, subtitle: str, message: str | None
) -> None:
    chart = chart_of(LINE, YEARS, title=title, subtitle=subtitle)

    assert [each.message for each in check_figures([chart])] == ([message] if message else [])


def test_years_on_hover_alone_bind_no_title() -> None:
    table = make_table(company=["A", "B"], year=[1998, 2010], amount=[1.0, 2.0])
    chart = chart_of(BAR + "hover_data: [year]\n", table, title="Older firms are planning more")

    assert found(chart) == []


def test_a_chart_without_time_needs_no_year() -> None:
    assert found(chart_of(BAR, title="Five firms planned much more")) == []


def test_a_chart_without_subtitle_is_named() -> None:
    problem = one(chart_of(BAR, subtitle=""))

    assert (problem.code, str(problem.where)) == ("chart-subtitle-missing", f"{FILE}:1:9")


# Colours


def test_colors_are_counted_as_they_are_drawn() -> None:
    chart = chart_of("kind: line\nx: year\ny: amount\ncolor: company\nlabels: none\n", MANY)

    assert found(chart) == ["colors-many"]
    assert one(chart).message == "the chart has 7 colours, more than 6"
    assert str(one(chart).where) == f"{FILE}:8:8"


@pytest.mark.parametrize("kind", ["pie", "funnel_area"])
def test_slices_are_counted(kind: str) -> None:
    chart = chart_of(f"kind: {kind}\nnames: company\nvalues: amount\n", MANY)

    assert "colors-many" in found(chart, off="contrast-low")


def test_branches_without_colors_have_those_of_the_colorway() -> None:
    chart = chart_of("kind: treemap\npath: [company]\nvalues: amount\n", MANY)

    assert "colors-many" in found(chart)


def test_a_highlight_leaves_two_colors() -> None:
    chart = chart_of(BAR + "highlight: [Meta]\n")

    assert found(chart) == []


@pytest.mark.parametrize(
    "hidden", [{"visible": False}, {"visible": "legendonly"}, {"x": [], "y": []}]
)
def test_what_is_not_drawn_is_not_counted(hidden: dict[str, Any]) -> None:
    traces = [{"type": "bar", "name": str(number)} for number in range(7)]
    off = "colors-alike"

    assert found(drawn(*traces), off=off) == ["colors-many"]
    assert found(drawn(*traces[:6], traces[6] | hidden), off=off) == []


def test_a_scale_of_colors_is_one() -> None:
    assert found(chart_of("kind: scatter\nx: company\ny: amount\ncolor: amount\n")) == []


def bars(color: str, name: str, **more: Any) -> dict[str, Any]:
    return {"type": "bar", "name": name, "marker": {"color": color, **more}}


def lines(color: str, name: str, dash: str = "solid") -> dict[str, Any]:
    line = {"color": color, "dash": dash}
    return {"type": "scatter", "mode": "lines", "name": name, "line": line}


def note(text: str) -> dict[str, Any]:
    return {"text": text, "x": 1, "y": 1}


def test_red_and_green_look_alike_to_a_deuteranope() -> None:
    problem = one(drawn(bars(RED, "China"), bars(GREEN, "United States")))

    assert problem.code == "chart-colors-alike"
    assert problem.message == (
        f'"China" ({RED}) and "United States" ({GREEN}) look alike to a deuteranope in light'
        " colours: 4.6 apart, 10 is the least (CIEDE2000)"
    )


@pytest.mark.parametrize(
    ("chart", "rules"),
    [
        (drawn(lines(RED, "China"), lines(GREEN, "US")), ["colors-alike"]),
        (drawn(lines(RED, "China", "dot"), lines(GREEN, "US")), []),
        (drawn(bars(RED, "China", pattern={"shape": "/"}), bars(GREEN, "US")), []),
        (
            drawn(lines(RED, "China"), lines(GREEN, "US"), annotations=[note("China 5")]),
            ["colors-alike"],
        ),
        (
            drawn(
                lines(RED, "China"),
                lines(GREEN, "US"),
                annotations=[note("China 5"), note("US 6")],
            ),
            [],
        ),
        (drawn(bars(RED, "China"), bars(RED, "US")), []),
        (drawn(bars(RED, "China"), bars(GREEN, "China")), []),
        (drawn(bars(RED, ""), bars(GREEN, "")), ["colors-alike"]),
        (drawn(bars("red", "China"), bars("rgb(0, 128, 0)", "US")), ["colors-alike"]),
        (drawn(bars("var(--x)", "China"), bars(GREEN, "US")), []),
        (drawn({"type": "bar", "marker": {"color": [RED, GREEN]}}), ["colors-alike"]),
        (
            drawn({"type": "pie", "labels": ["a", "b"], "values": [1, 2],
                   "marker": {"colors": [RED, GREEN]}}, font={"color": "#000"}),
            ["colors-alike"],
        ),
        (
            drawn({"type": "pie", "labels": ["a", "b"], "values": [1, 2],
                   "marker": {"colors": [RED, GREEN]}, "textinfo": "label+percent"}),
            [],
        ),
    ],
)  # fmt: skip
def test_a_second_cue_or_names_beside_the_marks_tell_apart(chart: Chart, rules: list[str]) -> None:
    assert found(chart, off="contrast-low") == rules


def test_place_tells_apart() -> None:
    colors = f'color_discrete_map: {{US: "{RED}", CN: "{GREEN}"}}\n'
    bar = "kind: bar\ny: amount\ncolor: country\nlabels: none\n"

    assert found(chart_of(f"{bar}x: country\n{colors}")) == []
    assert found(chart_of(f"{bar}x: company\nfacet_col: country\n{colors}")) == []
    assert found(chart_of(f"{bar}x: company\n{colors}")) == ["colors-alike"]


def test_a_color_that_the_author_wrote_is_shown() -> None:
    yaml = f'color_discrete_map:\n  US: "{RED}"\n  CN: "{GREEN}"\n'

    assert one(chart_of(f"{BAR}color: country\n{yaml}")).where.line == 10


def test_colors_are_compared_in_the_dark_too() -> None:
    traces = bars("#2d64b8", "A"), bars("#c4412d", "B")
    dark = {"#2d64b8": RED, "#c4412d": GREEN, "#1d2129": "#e8eaed"}

    assert found(drawn(*traces)) == []
    assert "in dark colours" in one(drawn(*traces, meta={"dark": dark})).message


# Contrast


@pytest.mark.parametrize(
    ("layout", "message"),
    [
        (
            {"xaxis": {"tickfont": {"color": "#999999"}}},
            "the tick labels of the x axis: #999999 on",
        ),
        ({"xaxis": {"tickfont": {"color": "#999999"}, "showticklabels": False}}, None),
        ({"yaxis": {"title": {"text": "Amount", "font": {"color": "#aaa"}}}}, "the title of the y"),
        (
            {"annotations": [note("Here") | {"font": {"color": "#aaa"}}]},
            'the words "Here": #aaaaaa',
        ),
        ({"annotations": [note("") | {"font": {"color": "#aaa"}}]}, None),
        (
            {"annotations": [note("Here") | {"bgcolor": "#222222"}]},
            'the words "Here": #1d2129 on #2',
        ),
        ({"showlegend": True, "legend": {"font": {"color": "#aaa"}}}, "the legend: #aaaaaa on"),
        ({"showlegend": False, "legend": {"font": {"color": "#aaa"}}}, None),
        ({"font": {"color": "rgba(0,0,0,0.4)"}, "xaxis": {}}, "the tick labels of the x axis"),
        (
            {"paper_bgcolor": "#333333", "xaxis": {}},
            "the tick labels of the x axis: #1d2129 on #333",
        ),
        ({"xaxis": {"tickfont": {"color": "currentcolor"}}}, None),
    ],
)
def test_words_stand_out_from_the_page(layout: dict[str, Any], message: str | None) -> None:
    problems = check_figures([drawn(bars(BLUE, "A"), **{"showlegend": False} | layout)])

    assert [each.code for each in problems] == (["chart-contrast-low"] if message else [])
    assert all(each.message.startswith(message or "") for each in problems)


def test_words_without_a_dark_color_are_lost_in_the_dark() -> None:
    chart = drawn(bars(BLUE, "A"), xaxis={"tickfont": {"color": "#000000"}})

    assert one(chart).message.endswith("in dark colours; 4.5 is the least")


@pytest.mark.parametrize(
    ("trace", "rules"),
    [
        ({"textposition": "outside"}, []),
        ({"textposition": "none", "textfont": {"color": "#777777"}}, []),
        ({"textposition": "inside", "textfont": {"color": "#1d2129"}}, ["contrast-low"]),
        ({"textposition": "inside", "insidetextfont": {"color": "#ffffff"}}, []),
        ({"textposition": "inside"}, []),  # Plotly takes white on a dark fill
        ({"textposition": "inside", "opacity": 0.3}, ["contrast-low"]),
        (
            {"textposition": "outside", "textfont": {"color": ["#1d2129", "#bbbbbb"]}},
            ["contrast-low"],
        ),
    ],
)
def test_words_stand_out_from_the_fill_they_lie_on(trace: dict[str, Any], rules: list[str]) -> None:
    assert found(drawn(bars(BLUE, "A") | {"text": ["1", "2"]} | trace)) == rules


@pytest.mark.parametrize(
    ("scale", "font", "rules"),
    [
        (["#ffffff", "#9fd5e5"], "#000000", []),
        (["#ffffff", "#123456"], "#000000", ["contrast-low"]),
        (["#ffffff", "#123456"], None, []),  # at both ends Plotly's own choice can be read
        (["#ffffff", "#888888", "#123456"], None, ["contrast-low"]),
    ],
)
@pytest.mark.parametrize(
    "trace",
    [
        {"type": "bar", "text": ["1", "2"], "marker": {"color": [1, 2], "coloraxis": "coloraxis"},
         "textposition": "inside"},
        {"type": "heatmap", "z": [[1, 2]], "texttemplate": "%{z}", "coloraxis": "coloraxis"},
        {"type": "treemap", "labels": ["a", "b"], "parents": ["", ""],
         "marker": {"colors": [1, 2], "coloraxis": "coloraxis"}},
    ],
)  # fmt: skip
def test_words_stand_out_from_a_scale(
    trace: dict[str, Any], scale: list[str], font: str | None, rules: list[str]
) -> None:
    axis = {"colorscale": [[at / (len(scale) - 1), stop] for at, stop in enumerate(scale)]}
    chart = drawn(trace | ({"textfont": {"color": font}} if font else {}), coloraxis=axis)

    assert found(chart) == rules


@pytest.mark.parametrize("kind", sorted(DRAWN))
def test_no_kind_breaks_a_rule_by_itself(kind: str) -> None:
    words, table = DRAWN[kind]

    assert found(chart_of(f"kind: {kind}\n{words}", table)) == []


def test_a_fill_that_turns_light_in_the_dark_loses_plotlys_white_words() -> None:
    trace = bars(BLUE, "A") | {"text": ["1", "2"], "textposition": "inside"}
    problem = one(drawn(trace, meta={"dark": {BLUE: "#5cb3ec"}}))

    assert problem.message == (
        'the words on "A": #ffffff on #5cb3ec has a contrast of 2.30 in dark colours;'
        " 4.5 is the least"
    )


@pytest.mark.parametrize(
    ("trace", "rules"),
    [
        ({"mode": "markers+text"}, ["contrast-low"]),
        ({"mode": "markers+text", "textposition": "top center"}, []),
        ({"mode": "text"}, []),
        ({"mode": "markers"}, []),
    ],
)
def test_words_in_the_middle_lie_on_their_marker(trace: dict[str, Any], rules: list[str]) -> None:
    base = {"type": "scatter", "name": "A", "text": ["a", "b"], "marker": {"color": BLUE}}

    assert found(drawn(base | trace)) == rules


def test_one_pair_of_colors_is_one_problem() -> None:
    notes = [note(text) | {"font": {"color": "#aaaaaa"}} for text in ("One", "Two", "Three")]

    assert 'the words "One" (and 2 more): ' in one(drawn(bars(BLUE, ""), annotations=notes)).message


# Axes


@pytest.mark.parametrize(
    ("yaml", "line", "message"),
    [
        ("range_x: [10, 120]\n", 8, "their axis runs from 10 to 120"),
        ("range_x: [0, 120]\n", 8, None),
        ("range_x: [-10, 120]\n", 8, None),
        ("range_x: [120, 0]\n", 8, None),
        ("log_x: true\n", 8, "their axis is logarithmic and has no 0"),
        ("update_layout:\n  xaxis:\n    range: [5, 9]\n", 10, "their axis runs from 5 to 9"),
        ("update_layout:\n  xaxis_range: [5, 9]\n", 9, "their axis runs from 5 to 9"),
        ("update_layout:\n  yaxis: {range: [1, 3]}\n", 9, None),
    ],
)
def test_bars_begin_at_zero(yaml: str, line: int, message: str | None) -> None:
    problems = check_figures([chart_of(BAR + yaml)])

    assert [(each.where.line, each.message) for each in problems] == (
        [(line, f"the bars do not begin at 0: {message}")] if message else []
    )


@pytest.mark.parametrize(
    ("trace", "axis", "rules"),
    [
        ({"type": "bar"}, {"range": [5, None]}, ["bars-cut"]),
        ({"type": "bar"}, {"range": [None, 5]}, []),
        ({"type": "bar"}, {"range": [None, -5]}, ["bars-cut"]),
        ({"type": "bar"}, {"range": [-9, -5]}, ["bars-cut"]),
        ({"type": "bar"}, {}, []),
        ({"type": "histogram"}, {"type": "log"}, ["bars-cut"]),
        ({"type": "funnel", "orientation": "v"}, {"range": [5, 9]}, ["bars-cut"]),
        ({"type": "scatter"}, {"range": [5, 9]}, []),
        ({"type": "scatter"}, {"type": "log"}, []),
        ({"type": "box"}, {"type": "log"}, []),
        ({"type": "bar", "base": [1, 2]}, {"range": [1, 9]}, []),
        ({"type": "bar"}, {"type": "category", "range": [1, 3]}, []),
    ],
)
def test_only_bars_that_measure_from_zero_are_asked(
    trace: dict[str, Any], axis: dict[str, Any], rules: list[str]
) -> None:
    assert found(drawn(trace, yaxis=axis)) == rules


def test_polar_bars_begin_at_zero() -> None:
    polar = "kind: bar_polar\nr: amount\ntheta: company\n"

    assert found(chart_of(polar)) == []
    assert found(chart_of(f"{polar}range_r: [5, 120]\n")) == ["bars-cut"]


def test_spans_of_time_need_no_zero() -> None:
    table = make_table(company=["A", "B"], start=["2024-01-01"] * 2, end=["2025-01-01"] * 2)
    yaml = "kind: timeline\nx_start: start\nx_end: end\ny: company\n"

    assert found(chart_of(yaml + 'range_x: ["2023-01-01", "2026-01-01"]\n', table)) == []


SECOND = {"type": "bar", "yaxis": "y2", "name": "B"}


@pytest.mark.parametrize(
    ("traces", "axis", "rules"),
    [
        ([{"type": "bar"}, SECOND], {"overlaying": "y", "side": "right"}, ["axis-dual"]),
        ([{"type": "bar"}, SECOND], {"overlaying": "y", "matches": "y"}, []),
        ([{"type": "bar"}, SECOND], {"anchor": "x2"}, []),
        ([{"type": "bar"}], {"overlaying": "y"}, []),
        ([SECOND], {"overlaying": "y"}, []),
    ],
)
def test_two_scales_in_one_plot_are_named(
    traces: list[dict[str, Any]], axis: dict[str, Any], rules: list[str]
) -> None:
    assert found(drawn(*traces, yaxis={}, yaxis2=axis), off="colors-alike") == rules


def test_two_scales_are_told_by_their_axes() -> None:
    chart = drawn({"type": "bar"}, SECOND, yaxis={}, yaxis2={"overlaying": "y"})

    assert one(chart).message == "two scales lie over one another: `yaxis2` over `yaxis`"


# What the figures of every kind hold


@pytest.mark.parametrize(
    "yaml",
    [
        "kind: histogram\nx: amount\n",
        "kind: box\nx: country\ny: amount\ncolor: country\n",
        "kind: violin\ny: amount\ncolor: country\n",
        "kind: strip\nx: country\ny: amount\ncolor: country\n",
        "kind: ecdf\nx: amount\ncolor: country\n",
        "kind: density_heatmap\nx: amount\ny: company\ntext_auto: true\n",
        "kind: density_contour\nx: amount\ny: company\ncolor: country\n",
        "kind: scatter_polar\nr: amount\ntheta: company\ncolor: country\n",
        "kind: scatter_ternary\na: amount\nb: amount\nc: amount\ncolor: country\n",
        "kind: parallel_categories\ndimensions: [country, company]\n",
        "kind: treemap\npath: [country, company]\nvalues: amount\n",
        "kind: sunburst\npath: [country, company]\nvalues: amount\n",
        "kind: funnel\nx: amount\ny: company\n",
        "kind: pie\nnames: country\nvalues: amount\n",
    ],
)
def test_each_kind_as_the_house_draws_it_passes(yaml: str) -> None:
    assert found(chart_of(yaml)) == []


def test_a_bare_figure_passes() -> None:
    assert found(drawn()) == []
    assert found(drawn({"marker": None, "line": None, "text": None})) == []


# Arithmetic of colours


@pytest.mark.parametrize(
    ("text", "color", "opacity"),
    [
        ("#FF0000", (1, 0, 0), 1),
        ("#f00", (1, 0, 0), 1),
        ("#ff000080", (1, 0, 0), 128 / 255),
        ("rgb(255, 0, 0)", (1, 0, 0), 1),
        ("rgba(255,0,0,.5)", (1, 0, 0), 0.5),
        ("rgb(100% 0% 0% / 50%)", (1, 0, 0), 0.5),
        (" Red ", (1, 0, 0), 1),
        ("darkslategrey", (47 / 255, 79 / 255, 79 / 255), 1),
        ("transparent", (0, 0, 0), 0),
    ],
)
def test_colors_are_read(text: str, color: tuple[float, ...], opacity: float) -> None:
    assert read_color(text) == (pytest.approx(color), pytest.approx(opacity))


@pytest.mark.parametrize(
    "text", ["", "#12", "#1234567", "rgb(1,2)", "rgb(a,b,c)", "hsl(0,1%,1%)", "var(--x)", "nope"]
)
def test_other_forms_are_no_colors(text: str) -> None:
    assert read_color(text) is None


def test_a_color_has_one_spelling() -> None:
    spellings = ["#f00", "RED", "rgb(255,0,0)", "#ff0000"]

    assert {to_hex(spelling) for spelling in spellings} == {"#ff0000"}
    assert to_hex("rgba(255,0,0,0.5)") == "rgba(255,0,0,0.5)"


@pytest.mark.parametrize(
    ("one_color", "other", "ratio"),
    [
        ("#000", "#fff", 21),
        ("#fff", "#fff", 1),
        ("#777", "#fff", 4.478),
        ("#767676", "#fff", 4.542),
    ],
)
def test_contrast_is_wcags(one_color: str, other: str, ratio: float) -> None:
    assert contrast(rgb(one_color), rgb(other)) == pytest.approx(ratio, abs=0.001)


def rgb(text: str) -> tuple[float, float, float]:
    known = read_color(text)
    assert known is not None
    return known[0]


def test_a_clear_color_lets_the_ground_through() -> None:
    assert lay_over((0, 0, 0), 0.25, (1, 1, 1)) == (0.75, 0.75, 0.75)


@pytest.mark.parametrize(  # of the test data published with Sharma, Wu and Dalal (2005)
    ("first", "second", "expected"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 0, 0), (50, -1, 2), 2.3669),
        ((50, 2.49, -0.001), (50, -2.49, 0.0009), 7.1792),
        ((50, 2.49, -0.001), (50, -2.49, 0.0011), 7.2195),
        ((50, 2.5, 0), (50, 0, -2.5), 4.3065),
        ((50, 2.5, 0), (58, 24, 15), 19.4535),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((22.7233, 20.0904, -46.694), (23.0331, 14.973, -42.5619), 2.0373),
        ((2.0776, 0.0795, -1.135), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_difference_is_ciede2000(
    first: tuple[float, float, float], second: tuple[float, float, float], expected: float
) -> None:
    assert lab_difference(first, second) == pytest.approx(expected, abs=5e-5)
    assert lab_difference(second, first) == pytest.approx(expected, abs=5e-5)


@pytest.mark.parametrize("sight", SIGHTS)
def test_grey_is_seen_alike_by_every_reader(sight: str) -> None:
    assert difference(rgb("#555555"), rgb("#999999"), sight=sight) == pytest.approx(
        difference(rgb("#555555"), rgb("#999999")), abs=0.1
    )


def test_palettes_made_for_these_readers_pass() -> None:
    okabe_ito = "#000000 #e69f00 #56b4e9 #009e73 #f0e442 #0072b2 #d55e00 #cc79a7".split()
    tol_bright = "#4477aa #66ccee #228833 #ccbb44 #ee6677 #aa3377".split()

    for palette in (okabe_ito[:6], okabe_ito[2:], tol_bright):
        traces = [bars(color, str(at)) for at, color in enumerate(palette)]
        assert found(drawn(*traces), off="contrast-low") == []


def test_the_grounds_are_those_of_the_theme() -> None:
    style = Path(__file__).parent.parent / "templates" / "assets" / "style.css"
    papers = re.findall(r"--paper: (#[0-9a-f]{6})", style.read_text(encoding="utf-8"))

    assert [*PAGE.values()] == papers[:2]
