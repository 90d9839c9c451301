"""Data files -> Frames: every wrong cell with its line, and the values as the file has them."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from osai_essay.data import Frame, frame_from_table, infer_columns, read_frame, read_package
from osai_essay.data.csv_rows import read_csv
from osai_essay.model import Dataset, Table
from osai_essay.problem import Problem, Where

FIELDS = {
    "s": "{name: s}",
    "n": "{name: n, type: number}",
    "i": "{name: i, type: integer}",
    "b": "{name: b, type: boolean}",
    "d": "{name: d, type: date}",
    "t": "{name: t, type: datetime}",
    "y": "{name: y, type: year}",
    "m": "{name: m, type: yearmonth}",
    "p": "{name: p, dates: partial}",
    "l": "{name: l, type: list, delimiter: ';'}",
}


def load(
    root: Path,
    fields: str,
    content: str | bytes,
    *,
    name: str = "x.csv",
    schema: str = "",
    extra: str = "",
) -> tuple[Frame | None, tuple[Problem, ...]]:
    """fields: the fields' entries, or letters of FIELDS."""
    listed = ", ".join(FIELDS[letter] for letter in fields) if fields.isalpha() else fields
    folder = root / "data"
    folder.mkdir(exist_ok=True)
    entry = f"{{name: x, path: {name}, schema: {{fields: [{listed}]{schema}}}{extra}}}"
    (folder / "datapackage.yaml").write_text(f"resources:\n  - {entry}\n", encoding="utf-8")
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    datasets, problems = read_package(root)
    assert problems == ()
    return read_frame(root, datasets[0])


def undescribed(
    root: Path, name: str, content: str | bytes
) -> tuple[Frame | None, tuple[Problem, ...]]:
    (root / "data").mkdir(exist_ok=True)
    (root / "data" / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return read_frame(root, read_package(root)[0][0])


def told(problems: tuple[Problem, ...]) -> list[tuple[str, str, str]]:
    return [(p.code, str(p.where).removeprefix("data/x."), p.message) for p in problems]


def values(frame: Frame | None, name: str) -> tuple[Any, ...]:
    assert frame is not None
    return frame.table.values(name)


@pytest.mark.parametrize(
    ("letter", "text", "value", "kind"),
    [
        ("s", "007", "007", "string"),
        ("s", "", None, "string"),
        ("s", '"a ""b"", c"', 'a "b", c', "string"),
        ("s", "é 中", "é 中", "string"),
        ("s", '5" pipe', '5" pipe', "string"),
        ("n", "1.5", 1.5, "number"),
        ("n", "-1e-3", -0.001, "number"),
        ("n", "", None, "number"),
        ("i", "42", 42, "integer"),
        ("i", "-9223372036854775808", -(2**63), "integer"),
        ("b", "true", True, "boolean"),
        ("b", "0", False, "boolean"),
        ("d", "2025-02-28", date(2025, 2, 28), "date"),
        ("t", "2025-02-28T10:00:00Z", datetime.fromisoformat("2025-02-28T10:00:00"), "datetime"),
        ("y", "2025", 2025, "integer"),
        ("m", "2025-07", "2025-07", "string"),
        ("p", "2019", "2019", "string"),
        ("p", "2019-07", "2019-07", "string"),
        ("p", "2019-07-22", "2019-07-22", "string"),
        ("l", "a; b;c", ("a", "b", "c"), "list"),
        ("l", "", None, "list"),
    ],
)
def test_cell_is_read_by_its_type(tmp_path, letter, text, value, kind):
    frame, problems = load(
        tmp_path,
        f"{letter}{'i' if letter == 's' else 's'}",
        f"{letter},{'i' if letter == 's' else 's'}\n{text},1\n",
    )
    assert problems == ()
    assert values(frame, letter) == (value,)
    assert frame is not None
    assert frame.table.types[0] == kind


@pytest.mark.parametrize(
    ("letter", "text"),
    [
        *[
            ("n", text)
            for text in (
                "abc",
                "NaN",
                "nan",
                "INF",
                "-inf",
                "Infinity",
                "1e400",
                "1e300",
                "-1e308",
                "1_000",
                "٣",
                "1.2.3",
                "$5",
                "5%",
            )
        ],
        *[("i", text) for text in ("1.5", "1_0", "٣", "9223372036854775808", "1e3", "0x10")],
        *[("b", text) for text in ("yes", "2", "wahr")],
        *[
            ("d", text)
            for text in ("2025-02-30", "20250101", "2025-1-1", "2025-01", "1/2/2025", "0000-01-01")
        ],
        *[("t", text) for text in ("2025-01-01", "noon")],
        *[("y", text) for text in ("25", "-2025", "2025.5", "20255")],
        *[
            ("p", text)
            for text in ("2019-13", "2019-02-30", "19", "2019-7", "2019-07-22T10:00", "July 2019")
        ],
        *[("l", text) for text in ("a;;b", ";a", "a;")],
    ],
)
def test_cell_of_another_type_is_told_with_its_place(tmp_path, letter, text):
    frame, problems = load(tmp_path, f"s{letter}", f"s,{letter}\nx,\nxx,{text}\n")
    assert frame is None
    assert [(p.code, str(p.where)) for p in problems] == [("cell-wrong", "data/x.csv:3:4")]
    assert f"{letter} {text!r} " in problems[0].message


@pytest.mark.parametrize(
    ("field", "good", "bad", "words"),
    [
        ("{name: a, constraints: {required: true}}", "x", "", "must not be empty"),
        ("{name: a, constraints: {enum: [core, debt]}}", "core", "corr", "must be one of core, debt"),
        ("{name: a, constraints: {pattern: 'a|bc'}}", "bc", "abc", "must match a|bc"),
        ("{name: a, constraints: {minLength: 2}}", "xx", "x", "length of 2 or more"),
        ("{name: a, constraints: {maxLength: 2}}", "xx", "xxx", "length of 2 or less"),
        ("{name: a, type: number, constraints: {minimum: 0}}", "0", "-0.1", "must be 0 or more"),
        ("{name: a, type: integer, constraints: {maximum: 9}}", "9", "10", "must be 9 or less"),
        ("{name: a, type: number, constraints: {exclusiveMinimum: 0}}", "1", "0", "must be more than 0"),
        ("{name: a, type: date, constraints: {minimum: '2020-01-01'}}", "2020-01-01", "2019-12-31",
         "must be 2020-01-01 or more"),
        ("{name: a, type: year, constraints: {maximum: 2030}}", "2030", "2031", "must be 2030 or less"),
        ("{name: a, type: list, delimiter: ';', constraints: {required: true}}", "x;y", "", "must not be empty"),
    ],
)  # fmt: skip
def test_cell_that_breaks_a_constraint_is_told(tmp_path, field, good, bad, words):
    frame, problems = load(tmp_path, f"{field}, {{name: z}}", f"a,z\n{good},1\n")
    assert (problems, frame is not None) == ((), True)
    frame, problems = load(tmp_path, f"{field}, {{name: z}}", f"a,z\n{good},1\n{bad},1\n")
    assert frame is None
    assert [(p.code, p.where.line, p.where.column) for p in problems] == [("cell-wrong", 3, 1)]
    assert words in problems[0].message


def test_value_out_of_a_list_names_the_nearest(tmp_path):
    _, problems = load(
        tmp_path, "{name: a, constraints: {enum: [core, debt]}}, {name: z}", "a,z\ncoer,1\n"
    )
    assert problems[0].fix.startswith('did you mean "core"?')


def test_every_wrong_cell_is_told_at_once_in_order(tmp_path):
    _, problems = load(tmp_path, "sni", "s,n,i\na,x,1\nb,2,y\nc,z,w\n")
    assert [str(p.where) for p in problems] == [
        "data/x.csv:2:3", "data/x.csv:3:5", "data/x.csv:4:3", "data/x.csv:4:5",
    ]  # fmt: skip


def test_thousand_problems_are_cut_short_and_counted(tmp_path):
    _, problems = load(tmp_path, "ns", "n,s\n" + "x,1\n" * 1000)
    assert len(problems) == 201
    assert problems[-1].code == "dataset-more-problems"
    assert problems[-1].message == "800 more problems in data/x.csv are not shown"


def test_line_is_that_of_the_file_not_of_the_record(tmp_path):
    content = 's,n\n"one\ntwo\n\nthree",1\n"x\ny",bad\nz,2\n'
    frame, problems = load(tmp_path, "sn", content)
    assert [str(p.where) for p in problems] == ["data/x.csv:7:4"]
    frame, problems = load(tmp_path, "sn", content.replace("bad", "5"))
    assert frame is not None
    assert frame.lines == (2, 6, 8)
    assert frame.where(1) == Where(file="data/x.csv", line=6)
    assert values(frame, "s")[0] == "one\ntwo\n\nthree"


@pytest.mark.parametrize(
    ("content", "code", "place", "words"),
    [
        ("", "csv-empty", "1:1", "empty"),
        ("\n\n", "csv-empty", "1:1", "empty"),
        ("s,n\na,1\nb\n", "csv-row-length", "3:1", "this row has 1 cell, and the header has 2"),
        ("s,n\na,1,2\n", "csv-row-length", "2:5", "this row has 3 cells, and the header has 2"),
        ("s,n\na,1\n\nb,2\n", "csv-row-blank", "3:1", "no values"),
        ("s,n\na,1\n,\nb,2\n", "csv-row-blank", "3:1", "no values"),
        ("s,n,s\na,1,2\n", "csv-header", "1:5", 'two columns are called "s"'),
        ("s,S,n\na,1,2\n", "csv-header", "1:3", 'two columns are called "S"'),
        ("s,,n\na,1,2\n", "csv-header", "1:3", "column 2 has no name"),
        ("s,n\x07\na,1\n", "csv-header", "1:3", "the name of column 2 holds a character"),
        ("s,\u200bn\na,1\n", "csv-header", "1:3", "nobody sees, U+200B"),
        ("sep=,\ns,n\na,1\n", "csv-header", "1:1", "this line is for Excel"),
        ("sep=;\ns;n\na;1\n", "csv-header", "1:1", "this line is for Excel"),
        ("Plans of 2025\n\ns,n\na,1\nb,2\nNote\n", "csv-header", "1:1", "it is no header"),
        (b"PK\x03\x04\x14\x00\xee", "dataset-unreadable", "1", "a spreadsheet such as .xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1", "dataset-unreadable", "1", "an old spreadsheet"),
        (b"%PDF-1.7\n", "dataset-unreadable", "1", "a PDF"),
        ("\n<!DOCTYPE HTML>\n<html>", "dataset-unreadable", "1", "a web page"),
        ("n,s\n1,a\n", "column-order", "1", "another order than the fields: s, n"),
        ("s,m\na,1\n", "column-undescribed", "1", 'has no field "m"'),
        ("s\na\n", "column-missing", "1", 'no column "n"'),
        ('s,n\n"a,1\nb,2\n', "csv-quote", "2:1", "never closes"),
        ('s,n\na,1\nb,"2\n', "csv-quote", "3:3", "never closes"),
        ('s,n\n"a"b,1\n', "csv-quote", "2:4", "after the closing quote comes 'b'"),
        ('s,n\na, "1"\n', "csv-quote", "2:3", "after a blank"),
        (b"s,n\nA,1\nCaf\xe9,2\n", "dataset-not-utf8", "3", "byte 0xe9 is not UTF-8"),
        ("s,n\na,1\n".encode("utf-16"), "dataset-not-utf8", "1", "UTF-16"),
        (b"s,n\na,1\nb\0,2\n", "dataset-not-utf8", "3:2", "NUL"),
    ],
)  # fmt: skip
def test_broken_csv_is_told_with_its_place(tmp_path, content, code, place, words):
    frame, problems = load(tmp_path, "sn", content)
    found = [problem for problem in problems if problem.code == code]
    assert found, problems
    assert frame is None
    assert str(found[0].where) == f"data/x.csv:{place}"
    assert words in found[0].message
    assert found[0].fix


def test_blank_around_a_name_is_a_warning(tmp_path):
    frame, problems = load(tmp_path, '{name: s}, {name: " n"}', "s, n\na, 1\n")
    assert frame is not None
    assert [(str(p.where), p.code, p.severity) for p in problems] == [
        ("data/x.csv:1:3", "csv-header", "warning")
    ]


def test_misspelt_header_names_the_nearest_field(tmp_path):
    _, problems = load(tmp_path, "{name: amount}, {name: company}", "amuont,company\n1,a\n")
    assert [p.code for p in problems] == ["column-missing", "column-undescribed"]
    assert problems[1].fix.startswith('did you mean "amount"?')


def test_header_that_is_one_more_is_no_typing_error_of_one_that_is_there(tmp_path):
    schema = "{name: amount_usd}, {name: company}"
    _, problems = load(tmp_path, schema, "amount_usd,company,amount_eur\n1,a,1\n")
    assert [p.code for p in problems] == ["column-undescribed"]
    assert problems[0].fix.startswith("add the field")


def test_key_of_one_record_may_stand_for_a_key_of_others(tmp_path):
    schema = "{name: amount, type: integer}, {name: company}"
    _, problems = load(tmp_path, schema, "- {amount: 1}\n- {amuont: 2}\n", name="x.yml")
    assert problems[0].fix.startswith('did you mean "amount"?')


@pytest.mark.parametrize(
    "content",
    [
        "s,n\na,1\nb,2\n",
        "s,n\r\na,1\r\nb,2\r\n",
        "s,n\ra,1\rb,2\r",
        "\ufeffs,n\na,1\nb,2",
        "s,n\na,1\nb,2\n\n\n",
        '"s","n"\n"a","1"\n"b","2"\n',
    ],
)
def test_any_line_end_byte_order_mark_or_quoting_gives_the_same_rows(tmp_path, content):
    frame, problems = load(tmp_path, "sn", content)
    assert problems == ()
    assert frame is not None
    assert frame.table.rows == (("a", 1.0), ("b", 2.0))
    assert frame.lines == (2, 3)


def test_header_alone_is_a_dataset_without_rows(tmp_path):
    frame, problems = load(tmp_path, "sn", "s,n\n")
    assert [(p.code, p.severity) for p in problems] == [("dataset-no-rows", "warning")]
    assert frame is not None
    assert (frame.table.names, frame.table.types, frame.table.rows) == (
        ("s", "n"),
        ("string", "number"),
        (),
    )


def test_missing_values_of_the_schema_are_missing(tmp_path):
    frame, problems = load(tmp_path, "sn", "s,n\na,NA\nNA,1\n", schema=", missingValues: ['', NA]")
    assert problems == ()
    assert values(frame, "n") == (None, 1.0)


@pytest.mark.parametrize("cell", ["131,82", "(5%)", "\u22125%", ".5%"])
def test_number_is_not_taken_for_another_where_signs_are_passed_over(tmp_path, cell):
    field = "{name: n, type: number, bareNumber: false, groupChar: ','}"
    _, problems = load(tmp_path, field, f'n\n"{cell}"\n"$1,200"\n')
    assert [(problem.code, problem.where.line) for problem in problems] == [("cell-wrong", 2)]


def test_advice_on_a_delimiter_speaks_of_commas_only_where_numbers_have_some():
    for cell, says_so in (("1", False), ("1,5", True)):
        _, (problem,) = read_csv(f"a;b\nx;{cell}\n".encode(), "a.csv")
        assert problem.code == "csv-delimiter"
        assert ("decimalChar" in problem.fix) is says_so


@pytest.mark.parametrize("cell", ["y", '"y;z"', "y;z", '"y, z"'])
def test_other_delimiter_is_seen_where_cells_hold_it_too(cell):
    _, (problem,) = read_csv(f"a;b\nx;y\nx;{cell}\n".encode(), "a.csv")
    assert problem.code == "csv-delimiter"


def test_delimiter_of_the_dialect_is_used(tmp_path):
    frame, problems = load(tmp_path, "sn", "s;n\na,b;1\n", extra=", dialect: {delimiter: ';'}")
    assert problems == ()
    assert values(frame, "s") == ("a,b",)


def test_key_that_stands_twice_names_the_first_line(tmp_path):
    _, problems = load(tmp_path, "si", "s,i\na,1\nb,1\na,1\n", schema=", primaryKey: [s, i]")
    assert told(problems) == [
        ("key-twice", "csv:4", "the primary key stood before, on line 2: s a, i 1")
    ]


def test_incomplete_key_is_told(tmp_path):
    _, problems = load(tmp_path, "si", "s,i\na,1\n,1\n", schema=", primaryKey: s")
    assert told(problems) == [("key-twice", "csv:3", "the primary key is incomplete: s")]


def test_value_that_must_be_unique_names_the_first_line(tmp_path):
    _, problems = load(
        tmp_path, "{name: a, constraints: {unique: true}}, {name: z}", "a,z\nx,1\n,1\n,2\nx,3\n"
    )
    assert told(problems) == [
        ("cell-twice", "csv:5:1", "a 'x' stood before, on line 2, and must be unique")
    ]


def test_bound_of_another_type_is_a_problem_of_the_schema(tmp_path):
    _, problems = load(tmp_path, "{name: a, type: number, constraints: {minimum: low}}", "a\n1\n")
    assert [(p.code, p.where.file) for p in problems] == [
        ("field-constraint", "data/datapackage.yaml")
    ]


YAML = "- {s: a, n: 1}\n-\n  s: b\n  n: x\n- s: c\n"


def test_yaml_cell_knows_its_line_and_column(tmp_path):
    frame, problems = load(tmp_path, "sn", YAML, name="x.yml")
    assert frame is None
    assert [str(p.where) for p in problems] == ["data/x.yml:4:6"]
    frame, problems = load(tmp_path, "sn", YAML.replace("x", "2"), name="x.yml")
    assert problems == ()
    assert frame is not None
    assert (frame.table.rows, frame.lines) == ((("a", 1.0), ("b", 2.0), ("c", None)), (1, 3, 5))


def test_json_cell_knows_the_line_of_its_record(tmp_path):
    content = '[\n  {"s": "a", "n": 1},\n\n  {"s": "b",\n   "n": "x"}\n]\n'
    _, problems = load(tmp_path, "sn", content, name="x.json")
    assert [str(p.where) for p in problems] == ["data/x.json:4:3"]
    frame, problems = load(tmp_path, "sn", content.replace('"x"', "null"), name="x.json")
    assert frame is not None
    assert (frame.table.rows, frame.lines) == ((("a", 1.0), ("b", None)), (2, 4))


@pytest.mark.parametrize(
    ("name", "content", "code", "place"),
    [
        ("x.yml", "a: 1\n", "dataset-not-records", "1"),
        ("x.yml", "", "dataset-not-records", "1"),
        ("x.yml", "- s: a\n- 5\n", "dataset-not-records", "2:3"),
        ("x.yml", "- s: [\n", "yaml-unreadable", "2"),
        ("x.yml", "- s: !!python/object:os.x {}\n", "yaml-unreadable", "1:6"),
        ("x.yml", "- {s: a, other: 1}\n", "column-undescribed", "1:17"),
        ("x.yml", "- {s: {a: 1}}\n", "cell-wrong", "1:7"),
        ("x.yml", "- {s: a, n: .inf}\n", "cell-wrong", "1:13"),
        ("x.yml", "- {s: a, n: .nan}\n", "cell-wrong", "1:13"),
        ("x.yml", "- {s: 5}\n", "cell-wrong", "1:7"),
        ("x.json", "{}", "dataset-not-records", "1:1"),
        ("x.json", "[1]", "dataset-not-records", "1:2"),
        ("x.json", "", "dataset-unreadable", "1:1"),
        ("x.json", '[{"s": NaN}]', "dataset-unreadable", "1"),
        ("x.json", '[{"s": "a"},\n {"s": NaN}]', "dataset-unreadable", "2:2"),
        ("x.json", '[{"n": 1},\n {"n": ' + "1" * 5000 + "}]", "dataset-unreadable", "2:2"),
        ("x.json", '[{"n": ' + "1" * 400 + "}]", "cell-wrong", "1:2"),
        ("x.json", '[{"s": "a"},\n {"s": "b" "n": 1}]', "dataset-unreadable", "2:12"),
        ("x.json", '[{"s": "a"}] x', "dataset-unreadable", "1:14"),
        ("x.json", '[{"s": "a"},]', "dataset-unreadable", "1"),
        ("x.json", '[{"s": "a", "s": "b"}]', "dataset-unreadable", "1"),
        ("x.json", '[{"n": 1e400}]', "cell-wrong", "1:2"),
        ("x.json", '[{"s": "\\ud800"}]', "cell-wrong", "1:2"),
        ("x.json", '[{"s": "a\\u0000"}]', "cell-wrong", "1:2"),
        ("x.json", "[" * 5000, "dataset-unreadable", "1"),
        ("x.json", b"\xff", "dataset-not-utf8", "1"),
        ("x.parquet", b"PAR1 not really", "dataset-unreadable", ""),
    ],
)
def test_broken_records_are_told_with_their_place(tmp_path, name, content, code, place):
    frame, problems = load(tmp_path, "sn", content, name=name)
    assert frame is None
    found = [problem for problem in problems if problem.code == code]
    assert found, problems
    assert str(found[0].where).removeprefix(f"data/{name}").lstrip(":").startswith(place)


def test_field_that_records_leave_out_is_missing_unless_required(tmp_path):
    frame, problems = load(tmp_path, "sn", "- {s: a}\n", name="x.yml")
    assert (problems, values(frame, "n")) == ((), (None,))
    _, problems = load(
        tmp_path, "{name: s}, {name: q, constraints: {required: true}}", "- {s: a}\n", name="x.yml"
    )
    assert [p.code for p in problems] == ["column-missing"]


def write_parquet(columns: dict[str, list[Any]]) -> bytes:
    import io

    import pyarrow as pa
    from pyarrow import parquet

    buffer = io.BytesIO()
    parquet.write_table(pa.table(columns), buffer)
    return buffer.getvalue()


def test_parquet_is_read_by_its_schema(tmp_path):
    content = write_parquet(
        {"s": ["a", None], "n": [1.5, 2.0], "d": [date(2025, 1, 1), None], "l": [["x"], None]}
    )
    frame, problems = load(tmp_path, "sndl", content, name="x.parquet")
    assert problems == ()
    assert frame is not None
    assert frame.table.rows == (("a", 1.5, date(2025, 1, 1), ("x",)), (None, 2.0, None, None))


def test_parquet_of_another_type_names_the_row(tmp_path):
    content = write_parquet({"s": ["a", "b"], "n": ["1", "x"]})
    _, problems = load(tmp_path, "sn", content, name="x.parquet")
    assert [(p.code, str(p.where)) for p in problems] == [("cell-wrong", "data/x.parquet")]
    assert problems[0].message == "row 2: n 'x' must be a number"


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["1", "2"], "integer"), (["1", "2.5"], "number"), (["1e5", ""], "number"), (["007", "1"], "string"),
        (["true", "False"], "boolean"), (["2025-01-01", ""], "date"), (["2025-01-01", "2025-01"], "partial-date"),
        (["2025", "2026"], "integer"), (["2025-02-30"], "string"), (["", ""], "string"), (["a", "1"], "string"),
        (["NaN", "1"], "string"), (["1e400"], "number"), ([1, 2.5], "number"), ([True, None], "boolean"),
        ([["a"], None], "list"), (["99999999999999999999"], "number"),
    ],
)  # fmt: skip
def test_type_is_the_narrowest_that_every_cell_fits(cells, kind):
    columns = infer_columns(["a"], [(cell,) for cell in cells], Where(file="x"))
    assert [column.type for column in columns] == [kind]


def test_undescribed_file_has_inferred_columns(tmp_path):
    frame, problems = undescribed(tmp_path, "x.csv", "a,b,c\n1,x,2025-01-01\n2,,\n")
    assert problems == ()
    assert frame is not None
    assert [(c.name, c.type) for c in frame.columns] == [
        ("a", "integer"),
        ("b", "string"),
        ("c", "date"),
    ]
    assert frame.table.rows == ((1, "x", date(2025, 1, 1)), (2, None, None))


def derived(fields: str) -> Dataset:
    from osai_essay.data.fields import read_fields
    from osai_essay.data.shape import Shapes
    from osai_essay.located import read_yaml

    schema = read_yaml(f"{{fields: [{fields}], primaryKey: k}}", "data/datapackage.yaml")
    return Dataset(
        name="x", path="data/x.sql", format="sql", digest="", where=Where(file="data/datapackage.yaml", line=9),
        columns=read_fields(Shapes(), schema), primary_key=("k",),
    )  # fmt: skip


def test_computed_rows_are_checked_like_a_files():
    dataset = derived(
        "{name: k}, {name: v, type: number, constraints: {required: true, maximum: 5}}"
    )
    good = Table(names=("k", "v"), types=("string", "integer"), rows=(("a", 1), ("b", 2)))
    frame, problems = frame_from_table(dataset, good)
    assert problems == ()
    assert frame is not None
    assert (frame.table.types, frame.table.rows) == (("string", "number"), (("a", 1.0), ("b", 2.0)))
    bad = Table(names=("k", "v"), types=("string", "integer"), rows=(("a", 9), ("a", None)))
    frame, problems = frame_from_table(dataset, bad)
    assert frame is None
    assert told(problems) == [
        ("cell-wrong", "sql", "row 1: v 9 must be 5 or less"),
        ("cell-wrong", "sql", "row 2: v must not be empty"),
        ("key-twice", "sql", "row 2: the primary key stood before, on row 1: k a"),
    ]


def test_computed_columns_must_be_those_described():
    table = Table(names=("k", "w"), types=("string", "integer"), rows=(("a", 1),))
    _, problems = frame_from_table(derived("{name: k}, {name: v}"), table)
    assert [(p.code, p.message) for p in problems] == [
        ("column-missing", 'there is no column "v"'),
        ("column-undescribed", 'the schema of "x" has no field "w"'),
    ]


def test_pandas_has_the_types_of_the_schema(tmp_path):
    frame, _ = load(
        tmp_path,
        "snibdl",
        "s,n,i,b,d,l\na,1.5,1,true,2025-01-01,x;y\n,,,,,\nb,2,2,0,2025-01-02,\n".replace(
            ",,,,,\n", "z,,,,,\n"
        ),
    )
    assert frame is not None
    data = frame.to_pandas()
    assert [str(kind) for kind in data.dtypes] == [
        "str",
        "float64",
        "Int64",
        "boolean",
        "datetime64[s]",
        "object",
    ]
    assert data["n"].sum() == 3.5
    assert data["i"].isna().tolist() == [False, True, False]
    assert data["l"][0] == ("x", "y")


def test_fifty_thousand_rows_are_read(tmp_path):
    rows = "".join(
        f'{n},"name, {n}",{n}.5,2025-01-{n % 28 + 1:02d},a;b{n % 9}\n' for n in range(50_000)
    )
    frame, problems = load(tmp_path, "isndl", "i,s,n,d,l\n" + rows)
    assert problems == ()
    assert frame is not None
    assert len(frame.table.rows) == 50_000


SAFE = settings(
    max_examples=150,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
CSV_TEXT = st.text(alphabet='ab1.,;"\n\r \té中-\0\ufeff', max_size=60)


@SAFE
@given(
    st.binary(max_size=60)
    | CSV_TEXT.map(str.encode)
    | CSV_TEXT.map(lambda text: b"s,n\n" + text.encode())
)
@pytest.mark.parametrize("name", ["x.csv", "x.json", "x.yml"])
def test_any_bytes_give_a_frame_or_problems(tmp_path, name, content):
    for frame, problems in (load(tmp_path, "sn", content, name=name),):
        assert (frame is None) == any(problem.is_error for problem in problems)
        assert all(problem.fix and problem.where.file for problem in problems)


@SAFE
@given(st.binary(max_size=60) | CSV_TEXT.map(str.encode))
def test_any_undescribed_bytes_give_a_frame_or_problems(tmp_path, content):
    frame, problems = undescribed(tmp_path, "x.csv", content)
    assert (frame is None) == any(problem.is_error for problem in problems)


@SAFE
@given(st.lists(st.floats(min_value=-9e299, max_value=9e299), min_size=1), st.data())
def test_numbers_come_back_exactly(tmp_path, numbers, data):
    frame, problems = load(
        tmp_path, "ns", "n,s\n" + "".join(f"{number!r},x\n" for number in numbers)
    )
    assert problems == ()
    assert values(frame, "n") == tuple(numbers)


@SAFE
@given(
    st.lists(
        st.text(
            st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"),
            min_size=1,
        ),
        min_size=1,
    )
)
def test_quoted_texts_come_back_exactly_and_know_their_lines(tmp_path, texts):
    quoted = ['"' + text.replace('"', '""') + '"' for text in texts]
    frame, problems = load(tmp_path, "si", "s,i\n" + "".join(f"{text},1\n" for text in quoted))
    assert problems == ()
    assert values(frame, "s") == tuple(texts)
    assert frame is not None
    line = 2
    for text, found in zip(texts, frame.lines, strict=True):
        assert found == line
        line += 1 + text.count("\n")


@SAFE
@given(
    st.lists(
        st.dictionaries(
            st.sampled_from("sn"),
            st.none()
            | st.booleans()
            | st.integers()
            | st.floats()
            | st.text()
            | st.lists(st.text()),
            max_size=2,
        )
    )
)
def test_any_json_records_give_a_frame_or_problems(tmp_path, records):
    frame, problems = load(tmp_path, "sn", json.dumps(records), name="x.json")
    assert (frame is None) == any(problem.is_error for problem in problems)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("d.json", '[{"a": 1, "A": 2}]', 'two columns are called "A"'),
        ("d.yml", '- {a: 1, "": 2}', "a column is called ''"),
        ("d.json", '[{"\\ud800": 1}]', "a column is called"),
        ("d.json", '[{"a": {"b": [1]}}, {"a": "x"}]', "must be text"),
    ],
)
def test_records_nobody_described_that_make_no_table_are_problems(tmp_path, name, content, words):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / name).write_text(content, encoding="utf-8")
    (dataset,), _ = read_package(tmp_path)
    frame, problems = read_frame(tmp_path, dataset)
    assert frame is None
    assert words in problems[0].message
