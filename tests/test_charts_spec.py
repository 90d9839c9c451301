"""Reading a chart's file: what is right, what is wrong and where."""

from __future__ import annotations

import sys
from subprocess import run

import pytest

from chart_samples import HEAD, parse, read, spec_of
from osai_essay.charts.spec import check_columns, read_chart
from osai_essay.problem import Problem

BAR = "kind: bar\nx: amount\ny: company\n"
LINE = HEAD.count("\n") + 1  # of the first line after the head


def only(yaml: str, *, head: str = HEAD) -> Problem:
    spec, problems = read(yaml, head=head)
    assert spec is None or spec.is_broken
    assert len(problems) == 1, problems
    return problems[0]


def test_a_chart_has_what_its_author_wrote() -> None:
    spec = spec_of(
        "where: amount > 10\nkind: bar\nx: amount\ny: company\nsort: -amount\nlimit: 5\nlabels: bars\n"
        "format: $0bn\nheight: 300\nhighlight: [Meta]\nupdate_layout: {bargap: 0.3}\n"
    )

    assert (spec.dataset, spec.selection, spec.kind) == ("capex", "amount > 10", "bar")
    assert dict(spec.arguments) == {"x": "amount", "y": "company"}
    assert (spec.sort, spec.limit, spec.labels) == ("-amount", 5, "bars")
    assert (spec.format, spec.height, spec.highlight) == ("$0bn", 300, ("Meta",))
    assert spec.update_layout == {"bargap": 0.3}


def test_places_are_those_of_the_values() -> None:
    spec = spec_of(BAR)

    place = spec.places["y"]
    assert (place.line, place.column, place.width) == (LINE + 2, 4, len("company"))


def test_title_and_alt_are_parsed_with_their_place() -> None:
    spec = spec_of(BAR)

    assert (spec.title.source, spec.title.where.line, spec.title.where.column) == ("A title", 1, 8)


def test_columns_in_wide_form_are_a_list() -> None:
    assert spec_of("kind: line\nx: year\ny: [a, b]\n").arguments["y"] == ["a", "b"]


def test_annotations_and_lines_are_read() -> None:
    spec = spec_of(
        BAR + "annotate: [{x: 3, y: Meta, text: Here}]\nlines: [{x: us_capex, text: All}]\n"
    )

    assert (spec.annotations[0].x, spec.annotations[0].y) == (3, "Meta")
    assert (spec.lines[0].x, spec.lines[0].y) == ("us_capex", None)


def test_a_file_without_a_mapping_is_no_chart() -> None:
    spec, problems = read_chart(None, "c.yml", "c", parse=parse)

    assert spec is None
    assert [problem.code for problem in problems] == ["chart-unreadable"]


@pytest.mark.parametrize("word", ["title", "alt", "kind"])
def test_a_needed_word_is_missed(word: str) -> None:
    lines = (HEAD + BAR).splitlines()
    yaml = "\n".join(line for line in lines if not line.startswith(word))

    problem = only(yaml, head="")
    assert (problem.code, word in problem.message) == ("chart-word-missing", True)


def test_a_kind_misses_its_columns() -> None:
    assert "`x:` or `y:`" in only("kind: bar\ncolor: country\n").message


def test_unknown_kind_names_the_nearest() -> None:
    problem = only("kind: barr\nx: amount\n")

    assert (problem.code, problem.fix) == ("chart-kind-unknown", 'did you mean "bar"?')
    assert (problem.where.line, problem.where.column, problem.where.width) == (LINE, 7, 4)


@pytest.mark.parametrize("kind", ["choropleth", "scatter_3d", "parallel_coordinates", "imshow"])
def test_a_kind_the_engine_draws_wrong_is_refused_by_name(kind: str) -> None:
    problem = only(f"kind: {kind}\n")

    assert problem.code == "chart-kind-refused"
    assert kind in problem.message


def test_unknown_word_names_the_nearest() -> None:
    problem = only(BAR + "colour: country\n")

    assert (problem.code, problem.fix) == ("chart-word-unknown", 'did you mean "color"?')
    assert (problem.where.line, problem.where.column, problem.where.width) == (LINE + 3, 1, 6)


def test_an_argument_of_another_kind_is_unknown() -> None:
    assert only(BAR + "hole: 0.4\n").code == "chart-word-unknown"


@pytest.mark.parametrize(
    "line",
    ["data_frame: x", "template: plotly", "width: 3", "animation_frame: year", "trendline: ols"],
)
def test_an_argument_that_is_the_houses_is_refused(line: str) -> None:
    problem = only("kind: scatter\nx: amount\ny: company\n" + line + "\n")

    assert problem.code == "chart-argument-refused"


@pytest.mark.parametrize(
    "line",
    [
        "opacity: much", "barmode: grouped", "range_x: 5", "log_x: 1", "color: [a]", "color: 3",
        "hover_data: {a: 1}", "category_orders: [a]", "color_discrete_sequence: red", "limit: 0",
        "height: 50", "height: tall", "labels: end", "sort: 3", "note: ''", "highlight: {a: 1}",
        "update_layout: 3", "annotate: 3", "annotate: [{x: 1, text: a}]", "lines: [{x: 1, y: 2}]",
        "lines: [3]", "lines: [{x: [1]}]",
    ],
)  # fmt: skip
def test_a_value_of_the_wrong_type_is_a_problem(line: str) -> None:
    problem = only(BAR + line + "\n")

    assert (problem.code, problem.where.line) == ("chart-value-wrong", LINE + 3)


def test_a_format_without_a_zero_is_none() -> None:
    assert only(BAR + 'format: "12"\n').code == "chart-format-wrong"


@pytest.mark.parametrize(
    "source", ["", "from: a\nsql: select 1\n", "sql: select 1\nwhere: x > 1\n"]
)
def test_the_rows_come_from_one_place(source: str) -> None:
    problem = only(BAR, head=f"title: T\nalt: A\n{source}")

    assert problem.code == "chart-source-wrong"


def test_all_problems_are_told_at_once() -> None:
    codes = [problem.code for problem in read("kind: bar\nx: 3\nheight: 5\nopacty: 1\n")[1]]

    assert sorted(codes) == ["chart-value-wrong", "chart-value-wrong", "chart-word-unknown"]


def test_unknown_column_names_the_nearest() -> None:
    spec = spec_of(BAR)

    problem = check_columns(spec, ["amounts", "company"])[0]
    assert (problem.code, problem.fix) == ("chart-column-unknown", 'did you mean "amounts"?')
    assert (problem.where.line, problem.where.column) == (LINE + 1, 4)


def test_columns_are_looked_for_in_lists_and_in_sort() -> None:
    spec = spec_of("kind: line\nx: year\ny: [a, b]\nhover_data: {c: false}\nsort: -d\n")

    messages = " ".join(problem.message for problem in check_columns(spec, ["year"]))
    assert all(f'"{name}"' in messages for name in "abcd")


def test_reading_a_chart_needs_neither_plotly_nor_pandas() -> None:
    code = (
        "import sys, osai_essay.charts.spec, osai_essay.charts.table\n"
        "print([m for m in ('plotly', 'pandas', 'numpy', 'babel', 'PIL') if m in sys.modules])"
    )
    done = run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
