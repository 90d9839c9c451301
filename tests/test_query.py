"""SELECTs over datasets: answers, refusals, places, limits."""

from __future__ import annotations

import random
import subprocess
import sys
from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from osai_essay.model import Table
from osai_essay.query import Queries, QueryError, rows_sql
from waiting import WAIT_S

CAPEX = Table(
    names=("company", "country", "amount_usd_bn", "year", "is_plan", "as_of", "at", "source_id"),
    types=("string", "string", "number", "integer", "boolean", "date", "datetime", "list"),
    rows=(
        ("Amazon", "US", 100.5, 2025, True, date(2025, 2, 6), None, ("a", "b")),
        (
            "Tencent",
            "CN",
            0.1,
            2025,
            False,
            None,
            datetime.fromisoformat("2025-01-02T03:04:05"),
            (),
        ),
        ("Élan \"x\" 'y'", "CN", None, None, None, None, None, None),
    ),
)
VENTURE = Table(names=("company",), types=("string",), rows=(("Tencent",),))


@pytest.fixture(scope="module")
def queries():
    with Queries(seconds=20, memory_mb=512, max_rows=1000) as opened:
        opened.add_table("capex", CAPEX)
        opened.add_table("venture-2", VENTURE)
        opened.add_table("empty", Table(names=("a",), types=("number",), rows=()))
        yield opened


def refused(queries: Queries, sql: str) -> QueryError:
    with pytest.raises(QueryError) as caught:
        queries.select(sql)
    return caught.value


def test_table_comes_back_as_it_was(queries):
    assert queries.select("SELECT * FROM capex").table == CAPEX


def test_empty_table_keeps_its_columns(queries):
    table = queries.select("SELECT * FROM empty").table
    assert (table.names, table.types, table.rows) == (("a",), ("number",), ())


def test_name_with_a_dash_is_quoted(queries):
    assert queries.select('SELECT * FROM "venture-2"').table == VENTURE


@pytest.mark.parametrize(
    ("sql", "cell", "kind"),
    [
        ("SELECT sum(year) AS x FROM capex", 4050, "integer"),
        ("SELECT 1.5::DECIMAL(4, 1) AS x", 1.5, "number"),
        ("SELECT avg(year) AS x FROM capex", 2025.0, "number"),
        ("SELECT count(*) > 1 AS x FROM capex", True, "boolean"),
        ("SELECT max(as_of) AS x FROM capex", date(2025, 2, 6), "date"),
        ("SELECT NULL AS x", None, "string"),
        ('SELECT list(company ORDER BY company) AS x FROM "venture-2"', ("Tencent",), "list"),
        ("WITH t AS (SELECT 7 AS x) SELECT * FROM t", 7, "integer"),
        ("VALUES ('x')", "x", "string"),
    ],
)
def test_values_are_plain(queries, sql, cell, kind):
    table = queries.select(sql).table
    assert (table.rows, table.types) == (((cell,),), (kind,))
    assert type(table.rows[0][0]) is type(cell)


@pytest.mark.parametrize(
    ("sql", "datasets"),
    [
        ("SELECT 1 AS x", ()),
        ("SELECT company FROM CAPEX", ("capex",)),
        ('SELECT 1 AS x FROM capex WHERE company IN (FROM "venture-2")', ("capex", "venture-2")),
        ("WITH capex AS (SELECT 1 AS x) SELECT * FROM capex", ()),
        ("WITH capex AS (SELECT * FROM capex) SELECT company FROM capex", ("capex",)),
        ("WITH t AS (FROM empty) SELECT t.a FROM t, capex", ("capex", "empty")),
    ],
)
def test_answer_names_the_datasets_it_really_read(queries, sql, datasets):
    assert queries.select(sql).datasets == datasets


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("", "sql-empty"),
        ("-- nothing", "sql-empty"),
        ("SELECT 'open", "sql-unreadable"),
        ("SELEC 1", "sql-unreadable"),
        ("SELECT ?", "sql-unreadable"),
        ("SELECT " + "(" * 3000 + "1" + ")" * 3000, "sql-unreadable"),
        ("SELECT 1 AS x; SELECT 2 AS x", "sql-not-one-select"),
        ("INSERT INTO capex VALUES (1)", "sql-not-one-select"),
        ("DELETE FROM capex", "sql-not-one-select"),
        ("DROP TABLE capex", "sql-not-one-select"),
        ("CREATE TABLE t AS SELECT 1", "sql-not-one-select"),
        ("COPY capex TO 'x.csv'", "sql-not-one-select"),
        ("EXPORT DATABASE 'x'", "sql-not-one-select"),
        ("PRAGMA version", "sql-not-one-select"),
        ("ATTACH 'x.db'", "sql-not-one-select"),
        ("INSTALL httpfs", "sql-not-one-select"),
        ("LOAD httpfs", "sql-not-one-select"),
        ("SET threads = 4", "sql-not-one-select"),
        ("CALL pragma_version()", "sql-not-one-select"),
        ("EXPLAIN SELECT 1", "sql-not-one-select"),
        ("DESCRIBE capex", "sql-not-one-select"),
        ("SHOW TABLES", "sql-not-one-select"),
        ("SUMMARIZE capex", "sql-not-one-select"),
        ("SELECT * FROM capx", "dataset-unknown"),
        ("SELECT * FROM 'data/capex.csv'", "dataset-unknown"),
        ("SELECT * FROM main.capex", "dataset-unknown"),
        ("SELECT * FROM information_schema.tables", "dataset-unknown"),
        ("SELECT * FROM sqlite_master", "dataset-unknown"),
        ("SELECT * FROM duckdb_tables", "dataset-unknown"),
        ("SELECT * FROM (WITH sqlite_master AS (SELECT 1) FROM sqlite_master), sqlite_master",
         "dataset-unknown"),
        ("SELECT compny FROM capex", "column-unknown"),
        ("SELECT summ(year) FROM capex", "sql-function-unknown"),
        ("SELECT sum(company) FROM capex", "sql-wrong"),
        ("SELECT CAST('x' AS INTEGER) AS x", "sql-wrong"),
        ("SELECT 1 AS x, 2 AS X", "sql-column-twice"),
        ("SELECT * FROM capex a JOIN capex b ON true", "sql-column-twice"),
        ("SELECT 1 / 0 AS x", "sql-not-finite"),
        ("SELECT 'nan'::DOUBLE AS x", "sql-not-finite"),
        ("SELECT DATE '9999-12-31' + 1 AS x", "sql-not-finite"),
        ("SELECT {'a': 1} AS x", "sql-type-unsupported"),
        ("SELECT MAP {'a': 1} AS x", "sql-type-unsupported"),
        ("SELECT INTERVAL 1 DAY AS x", "sql-type-unsupported"),
        ("SELECT 'a'::BLOB AS x", "sql-type-unsupported"),
        ("SELECT [1, 2] AS x", "sql-type-unsupported"),
        ("SELECT TIMESTAMPTZ '2025-01-01' AS x", "sql-type-unsupported"),
        ("SELECT * FROM range(1001)", "sql-too-many-rows"),
    ],
)  # fmt: skip
def test_query_is_refused(queries, sql, code):
    assert refused(queries, sql).code == code


def unknown_columns(error: QueryError) -> set[tuple[str, str, int | None, int | None]]:
    named = {(each.message, each.part, each.line, each.column) for each in error.all}
    assert {each.code for each in error.all} == {"column-unknown"}
    return {(message.split('"')[1], *place) for message, *place in named}


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("SELECT compny FROM capex", {("compny", 1, 8)}),
        ("SELECT é, a FROM capex\nWHERE b = 'x'", {("é", 1, 8), ("a", 1, 11), ("b", 2, 7)}),
        (
            "SELECT sum(a) AS n FROM capex GROUP BY company HAVING sum(b) > 1",
            {("a", 1, 12), ("b", 1, 59)},
        ),
        ("SELECT a, a + 1 FROM capex WHERE a > 0", {("a", 1, 34)}),  # each once
        ("WITH t AS (SELECT a FROM capex) SELECT b FROM t", {("a", 1, 19), ("b", 1, 40)}),
        ("SELECT a, summ(year) FROM capex", {("a", 1, 8)}),  # until something else is wrong
    ],
)
def test_every_unknown_column_of_a_query_is_named(queries, sql, found):
    named = unknown_columns(refused(queries, sql))
    assert named >= {(name, "sql", line, column) for name, line, column in found}
    assert len({name for name, *_ in named}) == len(named)


def test_unknown_columns_of_condition_and_value_are_named_together(queries):
    with pytest.raises(QueryError) as caught:
        queries.select_rows("capex", where="a = 1 AND\n year > b", value="sum(c)")
    found = {("a", "where", 1, 1), ("b", "where", 2, 9), ("c", "value", 1, 5)}
    assert unknown_columns(caught.value) == found


def test_query_runs_no_part_of_what_has_an_unknown_column(queries):
    rows = "range(100000) a, range(100000) b"
    error = refused(queries, f"SELECT x, sum(a.range * b.range) FROM {rows} GROUP BY x")
    assert (error.code, error.more) == ("column-unknown", ())


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("SELECT avg(Company) FROM capex", '"company" is text, and `avg` takes none'),
        ('SELECT sum("company") FROM capex', '"company" is text, and `sum` takes none'),
        ("SELECT year * c.company FROM capex c", '"company" is text, and `*` takes none'),
        (
            "SELECT year FROM capex WHERE company > 5",
            '"company" is text, and what it is compared with is not',
        ),
    ],
)
def test_column_of_text_where_a_number_is_due_is_named(queries, sql, message):
    found = refused(queries, sql)
    assert found.message == message
    assert 'describe "company" as a `number`' in found.fix


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT sum(source_id) FROM capex",  # a list
        "SELECT avg('company') FROM capex",
        "SELECT substr(company, is_plan) FROM capex",  # takes text, and no true or false
    ],
)
def test_no_column_is_named_that_is_not_at_fault(queries, sql):
    found = refused(queries, sql)
    assert (found.code, found.fix) == ("sql-wrong", "correct the SQL here.")


NOT_REPEATABLE = """
    random() uuid() gen_random_uuid() uuidv7() now() today() current_date current_timestamp
    current_time localtime localtimestamp current_localtimestamp() get_current_time()
    get_current_timestamp() transaction_timestamp() age(DATE'2020-01-01') nextval('s') setseed(0.5)
    version() txid_current() reservoir_quantile(1,0.5)
""".split()  # fmt: skip


@pytest.mark.parametrize("call", NOT_REPEATABLE)
def test_what_differs_between_builds_is_refused(queries, call):
    found = refused(queries, f"SELECT {call} AS x")
    assert (found.code, found.line, found.column) == ("sql-not-repeatable", 1, 8)


@pytest.mark.parametrize("sample", ["USING SAMPLE 2", "TABLESAMPLE 10%"])
def test_sample_is_refused(queries, sample):
    assert refused(queries, f"SELECT * FROM capex {sample}").code == "sql-not-repeatable"


def test_refused_function_is_found_wherever_it_hides(queries):
    for sql in [
        "SELECT [y FOR y IN source_id IF random() > 0.5] AS x FROM capex",
        "SELECT 1 AS x FROM capex WHERE year > (SELECT max(a) * random() FROM empty)",
        "WITH t AS (SELECT random() AS r) SELECT 1 AS x FROM t",
        "SELECT 1 AS x FROM capex ORDER BY random()",
        "SELECT sum(year) FILTER (WHERE random() > 1) AS x FROM capex",
        "SELECT sum(random()) OVER () AS x FROM capex",
        "SELECT 1 AS x UNION ALL SELECT random()",
        "SELECT company.concat(random()) AS x FROM capex",
    ]:
        assert refused(queries, sql).code == "sql-not-repeatable", sql


OUTSIDE = """
    read_csv('x') read_csv_auto('x') read_json('x') read_parquet('x') read_text('x') read_blob('x')
    parquet_scan('x') parquet_schema('x') glob('*') sniff_csv('x') duckdb_settings()
    duckdb_functions() pragma_version() query('SELECT+1') query_table('capex') test_all_types()
    json_execute_serialized_sql('{}')
""".split()


@pytest.mark.parametrize("call", OUTSIDE)
def test_table_function_that_looks_outside_is_refused(queries, call):
    found = refused(queries, f"SELECT * FROM {call}")
    assert (found.code, found.column) == ("sql-outside", 15)


@pytest.mark.parametrize(
    "call", ["getenv('HOME')", "current_setting('x')", "current_user()", "getvariable('x')"]
)
def test_function_that_looks_outside_is_refused(queries, call):
    assert refused(queries, f"SELECT {call} AS x").code == "sql-outside"


@pytest.mark.parametrize(
    ("sql", "line", "column", "width"),
    [
        ("SELECT compny FROM capex", 1, 8, 6),
        ("SELECT\n  'é', compny FROM capex", 2, 8, 6),
        ("SELECT 1 AS x\nFROM\n  capx", 3, 3, 4),
        ("SELECT 'éé' AS x, random() AS y", 1, 19, 8),
    ],
)
def test_place_is_line_and_column_in_characters(queries, sql, line, column, width):
    found = refused(queries, sql)
    assert (found.part, found.line, found.column, found.width) == ("sql", line, column, width)


@pytest.mark.parametrize(
    ("sql", "fix"),
    [
        ("SELECT compny FROM capex", 'did you mean "company"?'),
        ("SELECT * FROM capx", 'did you mean "capex"?'),
        ("SELECT * FROM zzzzzz", "the datasets are: capex, empty, venture-2."),
        ("SELECT summ(1)", 'did you mean "sum"?'),
    ],
)
def test_fix_names_the_nearest(queries, sql, fix):
    assert refused(queries, sql).fix == fix


def test_rows_of_a_dataset_by_a_condition(queries):
    answer = queries.select_rows("capex", where="country = 'CN' -- both of them")
    assert [row[0] for row in answer.table.rows] == ["Tencent", "Élan \"x\" 'y'"]


def test_value_over_a_datasets_rows(queries):
    answer = queries.select_rows("capex", where="country = 'US'", value="sum(amount_usd_bn)")
    assert (answer.table.names, answer.table.rows) == (("value",), ((100.5,),))


def test_rows_sql_shows_what_is_run(queries):
    sql = rows_sql("venture-2", "company = 'x'")
    assert sql == "SELECT * FROM \"venture-2\" WHERE (\ncompany = 'x'\n)"
    assert rows_sql('a"b') == 'SELECT * FROM "a""b"'


@pytest.mark.parametrize(
    "where",
    [
        "true) UNION SELECT (1", "true) UNION ALL (SELECT 1", "true) LIMIT (1", "true) ORDER BY (1",
        "true) FROM (VALUES (1)", "true) AS x", "true; DROP TABLE capex", "true, true", "*",
        "true) /*", "", "  ", "-- x", "true) GROUP BY (1", "true) QUALIFY (true",
    ],
)  # fmt: skip
def test_condition_cannot_break_out_of_its_brackets(queries, where):
    with pytest.raises(QueryError) as caught:
        queries.select_rows("capex", where=where)
    assert caught.value.part == "where"


@pytest.mark.parametrize(
    ("where", "value", "place"),
    [
        ("country = 'é' AND\n compny = 1", None, ("where", 2, 2)),
        ("country = 'é'", "1 + sum(amont_usd_bn)", ("value", 1, 9)),
        ("amount_usd_bn >", None, ("where", 1, 16)),
        ("random() > 0.5", "1", ("where", 1, 1)),
    ],
)
def test_error_stands_in_the_part_it_belongs_to(queries, where, value, place):
    with pytest.raises(QueryError) as caught:
        queries.select_rows("capex", where=where, value=value)
    assert (caught.value.part, caught.value.line, caught.value.column) == place


def test_unknown_dataset_of_from_names_the_nearest(queries):
    with pytest.raises(QueryError, match="dataset-unknown") as caught:
        queries.select_rows("capx")
    assert (caught.value.part, caught.value.fix) == ("from", 'did you mean "capex"?')


def test_tables_of_names_tables_that_are_not_there_yet(queries):
    assert queries.tables_of("WITH t AS (SELECT * FROM later) SELECT * FROM t, capex") == (
        "capex", "later",
    )  # fmt: skip


@pytest.mark.parametrize(
    "sql",
    [
        "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r) SELECT count(*) FROM r",
        "SELECT count(*) FROM range(1000000) a, range(1000000) b, range(1000) c",
    ],
)
def test_query_without_end_is_stopped_and_the_next_one_works(sql):
    with Queries(seconds=0.5) as queries:
        queries.add_table("capex", CAPEX)
        assert refused(queries, sql).code == "sql-too-slow"
        queries._child.seconds = WAIT_S  # the next one has an end
        assert queries.select("SELECT * FROM capex").table == CAPEX


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT list_sum(range(1000000000)) AS x",
        "SELECT string_agg(repeat('x', 1000000), '') AS x FROM range(2000)",
    ],
)
def test_query_that_needs_too_much_memory_is_stopped_and_the_next_one_works(sql):
    with Queries(seconds=WAIT_S, memory_mb=400) as queries:
        queries.add_table("capex", CAPEX)
        assert refused(queries, sql).code == "sql-too-large"
        assert queries.select("SELECT * FROM capex").table == CAPEX


def test_table_added_later_is_seen_and_replaces_the_earlier():
    with Queries() as queries:
        queries.add_table("t", VENTURE)
        assert queries.select("FROM t").table == VENTURE
        queries.add_table("t", CAPEX)
        assert queries.select("FROM t").table == CAPEX


def test_same_query_gives_the_same_rows_in_the_same_order():
    numbers = random.Random(1)
    rows = tuple((f"k{numbers.randrange(50)}", numbers.random()) for _ in range(20_000))
    table = Table(names=("k", "v"), types=("string", "number"), rows=rows)
    answers = []
    for _ in range(2):
        with Queries() as queries:
            queries.add_table("t", table)
            answers.append(queries.select("SELECT k, sum(v) AS s FROM t GROUP BY k").table)
            assert queries.select("SELECT * FROM t WHERE v > 0.5").table.rows == tuple(
                row for row in rows if row[1] > 0.5
            )
    assert answers[0] == answers[1]


@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.lists(
        st.tuples(
            st.none() | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
            st.none() | st.floats(allow_nan=False, allow_infinity=False),
            st.none() | st.integers(-(2**63), 2**63 - 1),
        ),
        max_size=20,
    )
)
def test_every_text_and_number_comes_back_exactly(queries, rows):
    table = Table(names=("a", "b", "c"), types=("string", "number", "integer"), rows=tuple(rows))
    queries.add_table("exact", table)
    assert queries.select("SELECT * FROM exact").table == table


def test_parent_loads_neither_duckdb_nor_pandas():
    code = (
        "import sys, osai_essay.query, osai_essay.data\n"
        "print([m for m in ('duckdb', 'pandas', 'numpy', 'frictionless', 'pyarrow') if m in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_join_by_using_is_answered() -> None:
    sql = "SELECT a.y AS y, b.v AS v FROM a JOIN b USING (y) ORDER BY y"
    one = Table(names=("y", "v"), types=("integer", "integer"), rows=((1, 2),))
    with Queries() as queries:
        queries.add_table("a", one)
        queries.add_table("b", one)
        answer = queries.select(sql)
    assert answer.table.rows == ((1, 2),)
    assert answer.datasets == ("a", "b")
