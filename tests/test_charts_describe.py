"""Descriptions of charts: what they say of their rows, and that they never fail."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chart_samples import COLUMNS, COMPANIES, CONFIG, WHERE, YEARS, make_table, spec_of
from osai_essay.charts.describe import MOST_LETTERS, describe_chart
from osai_essay.charts.kinds import KINDS
from osai_essay.charts.rows import chosen_rows
from osai_essay.model import Column, Table
from osai_essay.struct import replace

MORE = (
    *COLUMNS,
    Column(name="lag", title="Lag", type="integer", unit="days", where=WHERE),
    Column(name="share", title="Open share", type="number", unit="share", where=WHERE),
    Column(name="stated", title="Date", type="partial-date", where=WHERE),
)


def describe(yaml: str, table: Table) -> str:
    spec = spec_of(yaml)
    return describe_chart(spec, chosen_rows(table, spec), MORE, config=CONFIG)


SHARES = make_table(
    country=["CN", "US"] * 4,
    year=[2023, 2023, 2024, 2024, 2025, 2025, 2026, 2026],
    share=[0.593, 0.526, 0.639, 0.552, 0.8125, 0.28, 0.617, 0.2],
)
STAGES = make_table(
    company=["Planned", "Planned", "Spent", "Spent"],
    country=["US", "CN", "US", "CN"],
    amount=[349.0, 51.0, 379.0, 46.0],
)
DOTS = make_table(
    company=["A", "B", "C", "D"],
    country=["US", "CN", "US", "CN"],
    amount=[1.0, 3.5, 2.0, 8.0],
    lag=[10, 20, 30, -5],
)
SPANS = make_table(
    company=["A", "B"],
    start=[date(2020, 1, 1), date(2021, 5, 1)],
    end=[date(2020, 3, 1), date(2022, 5, 1)],
)
TREE = make_table(
    name=["All", "A", "B", "C", "D"],
    parent=[None, "All", "All", "All", "B"],
    amount=[10.0, 3.0, 4.0, 3.0, 4.0],
)

WHOLE = {  # kind -> chart, rows, the whole description
    "bar": (
        "kind: bar\nx: amount\ny: company\norientation: h\nsort: -amount",
        COMPANIES,
        "A bar chart of amount in billion US dollars by company, 5 bars."
        " Amazon is largest with $100bn, Alibaba smallest with $17.7bn.",
    ),
    "grouped bars": (
        "kind: bar\nx: amount\ny: company\ncolor: country\nbarmode: group\nformat: $0bn",
        STAGES,
        "A grouped bar chart of amount in billion US dollars by company, 4 bars for the United"
        " States and China. For the United States, Planned is at $349bn and Spent at $379bn;"
        " for China, Planned is at $51bn and Spent at $46bn.",
    ),
    "stacked bars": (
        "kind: bar\nx: company\ny: amount\ncolor: country",
        STAGES,
        "A stacked bar chart of amount in billion US dollars by company, 2 bars for the United"
        " States and China. Planned is at $400bn in all and Spent at $425bn in all."
        " The largest single part is the United States, Spent, with $379bn.",
    ),
    "bars of years": (
        "kind: bar\nx: year\ny: amount\ncolor: country",
        YEARS,
        "A stacked bar chart of amount in billion US dollars by year, 2023 to 2025, 3 bars for the"
        " United States and China. The total rises from $111bn to $400bn. 1 value is missing.",
    ),
    "line": (
        "kind: line\nx: year\ny: share\ncolor: country\nline_dash: country\nformat: 0%",
        SHARES,
        "A line chart of open share by year, 2023 to 2026, for China and the United States. China"
        " rises from 59% to 81% in 2025 and ends at 62%; the United States falls from 53% to 20%.",
    ),
    "facets": (
        "kind: line\nx: year\ny: share\nfacet_col: country",
        SHARES,
        "A line chart of open share by year, 2023 to 2026, for China and the United States, in 2"
        " panels by country. China rises from 59.3% to 81.3% in 2025 and ends at 61.7%; the United"
        " States falls from 52.6% to 20%.",
    ),
    "wide": (
        "kind: line\nx: year\ny: [low, high]",
        make_table(year=[2020, 2021, 2022], low=[1.0, 2.0, 3.0], high=[4.0, 9.0, 5.0]),
        "A line chart of low and high by year, 2020 to 2022. Low rises from 1 to 3; high rises from"
        " 4 to 9 in 2021 and ends at 5.",
    ),
    "scatter": (
        "kind: scatter\nx: lag\ny: amount\nhover_name: company\nlog_x: true",
        DOTS,
        "A scatter plot of amount in billion US dollars by lag on a log scale, 10 to 30, 3 dots."
        " Amount runs from $1bn to $3.5bn. The largest is B with $3.5bn, the smallest A with $1bn."
        " 1 value is missing or cannot be drawn on a log scale.",
    ),
    "histogram": (
        "kind: histogram\nx: lag",
        DOTS,
        "A histogram of lag in days, 4 values. Lag runs from −5 to 30, median 15.",
    ),
    "histogram of words": (
        "kind: histogram\nx: country",
        COMPANIES,
        "A histogram of the number of rows by country, 2 bars."
        " The United States is at 3 and China at 2.",
    ),
    "box": (
        "kind: box\nx: country\ny: amount",
        COMPANIES,
        "A box plot of amount in billion US dollars by country, 5 values. The United States runs"
        " from $68bn to $100bn, median $85bn (3 values); China runs from $17.7bn to $20.9bn, median"
        " $19.3bn (2 values).",
    ),
    "heat map": (
        "kind: density_heatmap\nx: lag\ny: country\nz: amount\nhistfunc: avg",
        DOTS,
        "A heat map of the average amount in billion US dollars by lag and country, 4 points."
        " Lag runs from −5 to 30; country has 2 values; amount runs from $1bn to $8bn.",
    ),
    "pie": (
        "kind: pie\nnames: country\nvalues: amount",
        COMPANIES,
        "A pie chart of amount in billion US dollars by country, 2 slices. The United States is at"
        " $253bn (87% of the whole) and China at $38.6bn (13% of the whole).",
    ),
    "treemap": (
        "kind: treemap\npath: [country, company]\nvalues: amount",
        COMPANIES,
        "A treemap of amount in billion US dollars by country and company, 5 parts. The United"
        " States is at $253bn (87% of the whole) and China at $38.6bn (13% of the whole).",
    ),
    "tree with parents": (
        "kind: icicle\nnames: name\nparents: parent\nvalues: amount",
        TREE,
        "An icicle chart of amount in billion US dollars by name, 3 parts. A is at $3bn (30% of the"
        " whole), C at $3bn (30% of the whole) and D at $4bn (40% of the whole).",
    ),
    "funnel": (
        "kind: funnel\ny: step\nx: people",
        make_table(step=["Visits", "Carts", "Orders"], people=[1000, 200, 50]),
        "A funnel chart of people by step, 3 steps. It falls from 1,000 at Visits to 50 at Orders.",
    ),
    "timeline": (
        "kind: timeline\nx_start: start\nx_end: end\ny: company",
        SPANS,
        "A timeline by company, 1 January 2020 to 1 May 2022, 2 spans."
        " The longest is B with 365 days.",
    ),
    "polar": (
        "kind: line_polar\nr: lag\ntheta: company",
        DOTS,
        "A line chart around a circle of lag in days by company, 4 points."
        " C is largest with 30, D smallest with −5.",
    ),
    "ternary": (
        "kind: scatter_ternary\na: amount\nb: lag\nc: share",
        make_table(amount=[1.0, 2.0], lag=[3, 4], share=[0.5, 0.5]),
        "A scatter plot in a triangle of amount in billion US dollars, lag in days and open share,"
        " 2 dots. Amount runs from $1bn to $2bn; lag runs from 3 to 4; open share is 50%.",
    ),
    "parallel categories": (
        "kind: parallel_categories\ndimensions: [country, kind]",
        make_table(country=["US", "US", "CN"], kind=["open", "open", "closed"]),
        "A parallel categories chart of country and kind, 3 rows."
        " The commonest of 2 combinations is United States with open, 2 rows.",
    ),
}


@pytest.mark.parametrize("kind", WHOLE)
def test_a_chart_is_described_from_its_rows(kind: str) -> None:
    yaml, table, wanted = WHOLE[kind]

    assert describe(yaml, table) == wanted


COURSES = {  # amounts of 2020, 2021, ... -> how the line is said to go
    (5, 9): "rises from $5bn to $9bn",
    (9, 5): "falls from $9bn to $5bn",
    (5, 4.9, 9): "rises from $5bn to $9bn",  # a turn too small to tell
    (5, 9, 7): "rises from $5bn to $9bn in 2021 and ends at $7bn",
    (5, 2, 7): "falls from $5bn to $2bn in 2021 and ends at $7bn",
    (5, 1, 9, 6): "goes from $5bn to $6bn, with a high of $9bn in 2022 and a low of $1bn in 2021",
    (5, 5, 5): "holds at $5bn",
    (5.1, 5.2, 5.3): "holds at $5bn",  # alike as they are printed
    (5, 9, 5): "rises from $5bn to $9bn in 2021 and ends at $5bn",
    (5,): "is at $5bn in 2020",
    (5, None): "is at $5bn in 2020",
}


@pytest.mark.parametrize("amounts", COURSES, ids=str)
def test_a_line_is_said_to_go_as_it_goes(amounts: tuple[float | None, ...]) -> None:
    years = [2020 + place for place in range(len(amounts))]
    table = make_table(year=years, amount=[it if it is None else float(it) for it in amounts])

    assert f" It {COURSES[amounts]}." in describe(
        "kind: line\nx: year\ny: amount\nformat: $0bn", table
    )


def test_a_line_that_starts_late_or_ends_early_says_when() -> None:
    table = make_table(
        year=[2020, 2023, 2021, 2022, 2021, 2022],
        company=["A", "A", "B", "B", "C", "C"],
        amount=[1.0, 2.0, 5.0, 4.0, 7.0, 7.0],
    )

    assert describe("kind: line\nx: year\ny: amount\ncolor: company", table).endswith(
        "A rises from $1bn to $2bn; B falls from $5bn in 2021 to $4bn in 2022;"
        " C holds at $7bn from 2021 to 2022."
    )


def test_dates_are_said_as_far_as_they_are_known() -> None:
    table = make_table(stated=["2021-03-04", "2019", "2019-07"], amount=[4.0, 5.0, 1.0])

    assert describe("kind: line\nx: stated\ny: amount", table) == (
        "A line chart of amount in billion US dollars by date, 2019 to 4 March 2021."
        " It falls from $5bn to $1bn in July 2019 and ends at $4bn."
    )


TIES = {  # amounts of A, B, C, ... -> who is largest and smallest
    (2, 2, 1, 1): "A and B are largest with $2bn each, C and D smallest with $1bn each.",
    (1, 2, 1, 1): "B is largest with $2bn, A, C and D smallest with $1bn each.",
    (1, 1, 2, 1, 1): "C is largest with $2bn, A, B and 2 more smallest with $1bn each.",
    (1, 1, 1, 1): "All 4 are at $1bn.",
    (1,): "A is at $1bn.",
}


@pytest.mark.parametrize("amounts", TIES, ids=str)
def test_ties_are_named_together(amounts: tuple[float, ...]) -> None:
    table = make_table(company=list("ABCDE")[: len(amounts)], amount=[float(it) for it in amounts])

    assert describe("kind: bar\nx: company\ny: amount", table).endswith(f". {TIES[amounts]}")


FIRMS = make_table(
    company=[f"Firm {firm}" for firm in range(20) for _ in range(2)],
    year=[2020, 2021] * 20,
    amount=[float(place) for place in range(40)],
)


def test_of_many_lines_the_largest_at_the_end_are_named() -> None:
    said = describe("kind: line\nx: year\ny: amount\ncolor: company", FIRMS)

    assert "2020 to 2021, in 20 groups. Firm 19 rises from $38bn to $39bn; Firm 18" in said
    assert said.endswith("; and 15 more.")


def test_a_highlighted_line_comes_first() -> None:
    said = describe("kind: line\nx: year\ny: amount\ncolor: company\nhighlight: [Firm 3]", FIRMS)

    assert "in 20 groups. Firm 3 rises from $6bn to $7bn; Firm 19 rises" in said


def test_a_highlighted_bar_is_named() -> None:
    said = describe("kind: bar\nx: company\ny: amount\nhighlight: [Meta]", COMPANIES)

    assert said.endswith("Highlighted: Meta at $68bn.")


def test_only_the_rows_that_are_kept_are_described() -> None:
    said = describe("kind: bar\nx: company\ny: amount\nsort: -amount\nlimit: 4", COMPANIES)

    assert said.endswith("4 bars. Amazon is largest with $100bn, ByteDance smallest with $20.9bn.")


def test_columns_of_different_units_are_said_without_any() -> None:
    assert "A runs from 1 to 10 (2 dots)" in describe(
        "kind: scatter\nx: [amount, lag]\ny: company", DOTS
    )


def test_names_keep_their_letters_at_the_start_of_a_sentence() -> None:
    table = make_table(company=["xAI", "c0", "A", "B"], amount=[4.0, 1.0, 2.0, 3.0])

    assert ". xAI is largest with $4bn, c0 smallest" in describe(
        "kind: bar\nx: company\ny: amount", table
    )


def test_no_row_to_draw_is_said() -> None:
    table = Table(names=("year", "amount"), types=("integer", "number"), rows=((2020, None),))

    assert describe("kind: line\nx: year\ny: amount", table) == (
        "A line chart of amount in billion US dollars by year, 2020. No row can be drawn."
    )


def test_a_chart_in_python_is_said_to_have_points() -> None:

    spec = replace(spec_of("kind: bar\nx: company"), kind="python", arguments={})

    assert describe_chart(spec, COMPANIES, (), config=CONFIG) == "A chart of 5 points."


def test_a_description_is_short_and_on_one_line() -> None:
    names = [f"{letter * 90}\n{letter}" for letter in "ABCDEFGH"]
    table = make_table(company=names, year=[2020] * 8, amount=[float(it) for it in range(8)])

    for kind in ("line\nx: year\ny: amount\ncolor: company", "box\nx: company\ny: amount"):
        said = describe(f"kind: {kind}", table)
        assert len(said) <= MOST_LETTERS
        assert "\n" not in said


# --- any rows ------------------------------------------------------------------------------------

ONE = {  # kind -> the arguments it is tried with
    **dict.fromkeys(KINDS, "x: {a}\ny: {b}\ncolor: {c}"),
    **dict.fromkeys(("pie", "funnel_area"), "names: {a}\nvalues: lag\ncolor: {c}"),
    **dict.fromkeys(("treemap", "sunburst", "icicle"), "path: [{a}, {c}]\nvalues: share"),
    **dict.fromkeys(("bar_polar", "line_polar", "scatter_polar"), "r: {a}\ntheta: {b}"),
    **dict.fromkeys(("line_ternary", "scatter_ternary"), "a: {a}\nb: {b}\nc: {c}"),
    **dict.fromkeys(("density_heatmap", "funnel"), "x: {a}\ny: {b}"),
    "parallel_categories": "dimensions: [{a}, {b}]",
    "timeline": "x_start: {a}\nx_end: {b}\ny: {c}",
    "area": "x: {a}\ny: [lag, share]\nfacet_row: {c}",
    "scatter": "x: {a}\ny: {b}\nlog_x: true\nhover_name: {c}\nsize: lag\nfacet_col: {c}",
}
CELLS: dict[str, tuple[str, st.SearchStrategy[Any]]] = {  # column -> its type and its cells
    "country": ("string", st.sampled_from(["US", "CN", "", "a, b"]) | st.text(max_size=90)),
    "year": ("integer", st.integers(1500, 2500)),
    "amount": ("number", st.floats() | st.integers()),
    "lag": ("integer", st.integers(0)),
    "share": ("number", st.floats(0, 1)),
    "stated": ("string", st.sampled_from(["2019", "2019-07", "2020-02-29", "soon", ""])),
    "day": ("date", st.dates()),
    "moment": ("datetime", st.datetimes(timezones=st.none() | st.timezones())),
    "is_open": ("boolean", st.booleans()),
    "source_id": ("list", st.lists(st.text(max_size=3), max_size=2).map(tuple)),
}
TABLES = st.lists(st.tuples(*(st.none() | cells for _, cells in CELLS.values())), max_size=6).map(
    lambda rows: Table(
        names=tuple(CELLS), types=tuple(kind for kind, _ in CELLS.values()), rows=tuple(rows)
    )
)


@given(
    kind=st.sampled_from(sorted(KINDS)),
    names=st.tuples(*[st.sampled_from(sorted(CELLS))] * 3),
    table=TABLES,
)
def test_any_rows_have_a_description(kind: str, names: tuple[str, ...], table: Table) -> None:
    yaml = f"kind: {kind}\n" + ONE[kind].format(a=names[0], b=names[1], c=names[2])

    said = describe(yaml, table)

    assert said == describe(yaml, table)
    assert said.endswith((".", "…"))
    assert 0 < len(said) <= MOST_LETTERS
