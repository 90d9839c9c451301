"""The rows behind a chart, as HTML and as CSV."""

from __future__ import annotations

from datetime import date

from chart_samples import COLUMNS, CONFIG, WHERE, make_table
from osai_essay.charts.table import table_csv, table_html
from osai_essay.model import Column

ROWS = make_table(
    source_id=[("a-1", "b-2"), ("c-3",)],
    country=["US", "CN"],
    year=[2024, 2025],
    amount=[0.1 + 0.2, None],
    day=[date(2025, 1, 2), None],
    note=["=1+1", "<b>"],
)
SOURCES = Column(name="source_id", title="Sources", type="list", references="sources", where=WHERE)


def html() -> str:
    return table_html(ROWS, (*COLUMNS, SOURCES), caption="A & B", config=CONFIG)


def test_a_table_has_a_caption_and_heads_with_scope() -> None:
    assert "<caption>A &amp; B</caption>" in html()
    assert '<th scope="row">United States</th>' in html()


def test_heads_say_the_unit() -> None:
    assert (
        '<th scope="col" class="number">Amount <span class="unit">(billion US dollars)</span></th>'
        in html()
    )


def test_references_to_sources_come_last() -> None:
    assert html().count('<th scope="col">Sources</th></tr>') == 1
    assert "<td>a-1, b-2</td></tr>" in html()


def test_years_are_bare_and_numbers_plain() -> None:
    assert '<td class="number">2025</td>' in html()
    assert '<td class="number">0.3</td>' in html()


def test_cells_are_escaped() -> None:
    assert "<td>&lt;b&gt;</td>" in html()


def test_csv_has_its_rows_joined_and_its_formulas_disarmed() -> None:
    assert table_csv(ROWS).decode() == (
        "source_id,country,year,amount,day,note\n"
        "a-1;b-2,US,2024,0.3,2025-01-02,'=1+1\n"
        "c-3,CN,2025,,,<b>\n"
    )


def test_negative_numbers_are_left_alone() -> None:
    assert table_csv(make_table(v=[-1.5])) == b"v\n-1.5\n"


def test_reader_of_an_audit_sees_shares_as_per_cent() -> None:
    column = Column(name="open", title="Open", type="number", unit="share", where=WHERE)
    table = make_table(open=[0.3761904, None])
    html = table_html(table, (column,), caption="c", config=CONFIG, is_read=True)
    assert '<td class="number"><data value="0.3761904">37.6%</data></td>' in html
    assert '<td class="number"></td>' in html
    assert '<th scope="col" class="number">Open</th>' in html


def test_words_have_the_quotes_of_prose_but_not_in_the_file() -> None:
    table = make_table(what=["Meta's plan"])
    assert "Meta\u2019s plan" in table_html(table, (), caption="c", config=CONFIG)
    assert table_csv(table) == b"what\nMeta's plan\n"
