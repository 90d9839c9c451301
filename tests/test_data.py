"""data/datapackage.yaml and the files below data/ -> Datasets."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from osai_essay.data import check_references, derive_order, read_frame, read_package
from osai_essay.model import Dataset
from osai_essay.problem import Problem, Where

CSV = "company,amount_usd_bn\nAmazon,100\n"
CAPEX = """\
name: site
resources:
  - name: capex
    path: capex.csv
    title: Capital expenditure
    description: One row is one plan.
    credit: Credit where due.
    sources: [{title: Filings, path: 'https://example.org/filings', publisher: SEC}]
    licenses: [{name: CC-BY-4.0, title: Attribution, path: 'https://example.org/by'}]
    schema:
      primaryKey: company
      fields:
        - {name: company, type: string, entity: company}
        - {name: amount_usd_bn, type: number, unit: USD bn, title: Amount, constraints: {minimum: 0}}
"""


def write(root: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = root / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def read(
    root: Path, files: dict[str, str | bytes]
) -> tuple[dict[str, Dataset], tuple[Problem, ...]]:
    datasets, problems = read_package(write(root, files))
    return {dataset.name: dataset for dataset in datasets}, problems


def package(entry: str, **files: str) -> dict[str, str | bytes]:
    """A package of one resource x, its entry given, beside x.csv."""
    return {"datapackage.yaml": f"resources:\n  - {entry}\n", "x.csv": "a,b\n1,2\n", **files}


def field(entry: str, **files: str) -> dict[str, str | bytes]:
    return package(f"{{name: x, path: x.csv, schema: {{fields: [{entry}, {{name: b}}]}}}}", **files)


def test_site_without_data_has_no_datasets(tmp_path):
    assert read_package(tmp_path) == ((), ())


def test_described_file_becomes_a_dataset(tmp_path):
    datasets, problems = read(tmp_path, {"datapackage.yaml": CAPEX, "capex.csv": CSV})
    assert problems == ()
    capex = datasets["capex"]
    assert (capex.path, capex.format, capex.is_described) == ("data/capex.csv", "csv", True)
    assert capex.digest == hashlib.sha256(CSV.encode()).hexdigest()
    assert capex.where == Where(file="data/datapackage.yaml", line=3, column=5)
    assert (capex.title, capex.credit) == ("Capital expenditure", "Credit where due.")
    assert capex.primary_key == ("company",)
    assert capex.sources[0].publisher == "SEC"
    assert capex.licences[0].name == "CC-BY-4.0"
    assert capex.descriptor["schema"]["fields"][1]["unit"] == "USD bn"
    amount = capex.column("amount_usd_bn")
    assert amount is not None
    assert (amount.type, amount.unit, amount.title) == ("number", "USD bn", "Amount")
    assert amount.constraints == {"minimum": 0}
    assert capex.columns[0].entity == "company"


def test_own_keys_of_fields_are_read(tmp_path):
    files = package(
        "{name: x, path: x.csv, schema: {fields: [{name: a, type: string, dates: partial},"
        " {name: b, type: list, delimiter: ';', references: keys}, {name: c, type: number,"
        " unit: bn, unitFrom: a}]}}"
    )
    files["datapackage.yaml"] += (  # type: ignore[operator]
        "  - {name: keys, path: k.yml, schema: {primaryKey: id, fields: [{name: id}]}}\n"
    )
    files["k.yml"] = "- {id: a}\n"
    datasets, problems = read(tmp_path, files)
    assert problems == ()
    a, b, c = datasets["x"].columns
    assert (a.type, b.references, b.delimiter, c.unit_from) == ("partial-date", "keys", ";", "a")


def test_sql_file_is_a_derived_dataset(tmp_path):
    files = {
        "datapackage.yaml": "derived:\n  - {name: top, path: top.sql, schema: {fields: [{name: a}]}}\n",
        "top.sql": "SELECT 'é' AS a\n",
    }
    datasets, problems = read(tmp_path, files)
    assert problems == ()
    assert datasets["top"].is_derived
    assert datasets["top"].sql is not None
    assert datasets["top"].sql.source == "SELECT 'é' AS a\n"
    assert datasets["top"].sql.where == Where(file="data/top.sql", line=1, column=1)


def test_sql_file_may_stand_under_resources_too(tmp_path):
    datasets, problems = read(
        tmp_path, package("{name: t, path: t.sql}", **{"t.sql": "SELECT 1 AS a"})
    )
    assert datasets["t"].is_derived
    assert [problem.code for problem in problems] == ["dataset-undescribed"]


@pytest.mark.parametrize(
    "name", ["prices.csv", "deep/prices.csv", "Prices.json", "prices.yml", "prices.parquet"]
)
def test_undescribed_file_is_a_dataset_with_a_warning(tmp_path, name):
    datasets, problems = read(tmp_path, {name: "[]"})
    assert list(datasets) == ["prices"]
    assert not datasets["prices"].is_described
    assert [(p.code, p.severity, p.where.file) for p in problems] == [
        ("dataset-undescribed", "warning", f"data/{name}")
    ]


def test_fix_for_an_undescribed_file_can_be_pasted(tmp_path):
    _, problems = read(tmp_path, {"My Prices.csv": CSV})
    entry = problems[0].fix.partition("`resources:`\n")[2]
    root = tmp_path / "pasted"
    datasets, problems = read(
        root, {"datapackage.yaml": f"resources:\n{entry}\n", "My Prices.csv": CSV}
    )
    assert problems == ()
    assert list(datasets) == ["my-prices"]


def test_files_that_are_no_data_are_passed_over_and_named_unless_they_are_for_people(tmp_path):
    datasets, (problem,) = read(
        tmp_path, {"README.md": "# Data", "x.xlsx": b"\0", ".hidden.csv": "a"}
    )
    assert datasets == {}
    assert (problem.code, problem.severity) == ("file-unread", "warning")
    assert problem.where.file == "data/x.xlsx"


@pytest.mark.parametrize(
    ("files", "code", "at", "words"),
    [
        (package("{name: x, path: 'https://example.org/x.csv'}"), "dataset-path-url", "https://example.org/x.cs", "download"),
        (package("{name: x, path: 's3://bucket/x.csv'}"), "dataset-path-url", "s3://bucket/x.csv", "download"),
        (package("{name: x, path: ../x.csv}"), "dataset-path-outside", "../x.csv", "copy"),
        (package("{name: x, path: a/../../x.csv}"), "dataset-path-outside", "a/../../x.csv", "copy"),
        (package("{name: x, path: /etc/passwd}"), "dataset-path-outside", "/etc/passwd", "copy"),
        (package("{name: x, path: 'C:/x.csv'}"), "dataset-path-outside", "C:/x.csv", "copy"),
        (package("{name: x, path: 'C:\\x.csv'}"), "dataset-path-outside", "C:\\x.csv", "copy"),
        (package("{name: x, path: xx.csv}"), "dataset-file-missing", "xx.csv", 'did you mean "x.csv"'),
        (package("{name: x, path: X.csv}"), "dataset-file-missing", "X.csv", 'did you mean "x.csv"'),
        (package("{name: x, path: data/x.csv}"), "dataset-file-missing", "data/x.csv", 'write "x.csv"'),
        (package("{name: x, path: [x.csv, y.csv]}"), "datapackage-shape", "[x.csv", "one file"),
        (package("{name: x}"), "datapackage-shape", "{name: x", "one file"),
        (package("{path: x.csv}"), "dataset-name-wrong", "{path: x.csv", "small letters"),
        (package("{name: X Y, path: x.csv}"), "dataset-name-wrong", "X Y", "small letters"),
        (package("{name: 5, path: x.csv}"), "datapackage-shape", "5", "text"),
        (package("{name: x, path: x.md}", **{"x.md": "#"}), "dataset-format-unknown", "x.md", "csv"),
        (package("{name: x, path: x.csv, encoding: latin-1}"), "dataset-not-utf8", "latin-1", "UTF-8"),
        (package("{name: x, path: x.csv, credit: [a]}"), "datapackage-shape", "[a", "text"),
        (package("{name: x, path: x.csv, sources: {title: a}}"), "datapackage-shape", "{title: a", "list"),
        (package("{name: x, path: x.csv, schema: schema.json}"), "datapackage-shape", "schema.json", "mapping"),
        (package("5"), "datapackage-shape", "5", "mapping"),
        (package("{name: x, path: x.csv}\n  - {name: x, path: y.csv}", **{"y.csv": "a\n1\n"}),
         "dataset-name-twice", "{name: x", "rename"),
        (package("{name: x, path: x.csv, schema: {fields: [{name: a}, {name: b}], primaryKey: [aa]}}"),
         "field-unknown", "aa", 'did you mean "a"'),
        (field("{name: a, type: strng}"), "field-type-unknown", "strng", 'did you mean "string"'),
        (field("{name: a, type: geopoint}"), "field-type-unknown", "geopoint", "types are"),
        (field("{type: number}"), "field-nameless", "{type: number", "name"),
        (field("{name: B}"), "field-twice", "b", "capitals"),
        (field("{name: a, dates: partly}"), "field-key-wrong", "partly", "partial"),
        (field("{name: a, type: date, dates: partial}"), "field-key-wrong", "partial", "string"),
        (field("{name: a, entity: countries}"), "field-key-wrong", "countries", 'did you mean "country"'),
        (field("{name: a, unitFrom: bb}"), "field-unknown", "bb", 'did you mean'),
        (field("{name: a, units: USD}"), "datapackage-key", "units: USD", 'did you mean "unit"'),
        (field("{name: a, type: list, delimiter: 3}"), "datapackage-shape", "3", "text"),
        (field("{name: a, constraints: {minimun: 3}}"), "field-constraint", "minimun: 3", "it may have"),
        (field("{name: a, constraints: {pattern: '('}}"), "field-constraint", "(", "correct"),
        (field("{name: a, constraints: {enum: x}}"), "datapackage-shape", "x", "list"),
        (field("{name: a, constraints: {required: 1}}"), "datapackage-shape", "1", "true or false"),
        (field("{name: a, references: y}"), "dataset-unknown", "y", "the datasets are x"),
        (field("{name: a, references: x}"), "reference-keyless", "x", "primaryKey"),
        ({"datapackage.yaml": "resources: {a: 1}"}, "datapackage-shape", "{a: 1", "list"),
        ({"datapackage.yaml": "derived: 5"}, "datapackage-shape", "5", "list"),
        ({"datapackage.yaml": "- 1"}, "datapackage-shape", "", "mapping"),
        ({"datapackage.yaml": "a: [1"}, "yaml-unreadable", "", ""),
        ({"datapackage.yaml": b"a: \xff"}, "file-not-utf8", "", "UTF-8"),
        ({"datapackage.json": "{}"}, "datapackage-shape", "", "rename"),
    ],
)  # fmt: skip
def test_problem_of_a_package_has_its_place(tmp_path, files, code, at, words):
    found = [problem for problem in read(tmp_path, files)[1] if problem.code == code]
    assert found, read(tmp_path, files)[1]
    where = found[0].where
    if at:
        line = str(files["datapackage.yaml"]).split("\n")[(where.line or 0) - 1]
        assert line[(where.column or 0) - 1 :].startswith(at)
    assert words in found[0].fix


def test_foreign_key_names_what_is_there(tmp_path):
    files = package(
        "{name: x, path: x.csv, schema: {fields: [{name: a}, {name: b}], foreignKeys: ["
        "{fields: a, reference: {resource: xx, fields: a}},"
        "{fields: [c], reference: {resource: '', fields: [a, b]}}, {fields: a}]}}"
    )
    _, problems = read(tmp_path, files)
    assert [(p.code, p.message) for p in problems] == [
        ("dataset-unknown", 'there is no dataset called "xx"'),
        ("datapackage-shape", "1 fields here refer to 2 there"),
        ("field-unknown", '`foreignKeys` names no field: "c"'),
        (
            "datapackage-shape",
            "a foreign key needs `fields:` and `reference: {resource:, fields:}`",
        ),
    ]


def test_two_resources_may_share_a_file(tmp_path):
    datasets, problems = read(
        tmp_path, package("{name: x, path: x.csv}\n  - {name: y, path: ./x.csv}")
    )
    assert (sorted(datasets), problems) == (["x", "y"], ())


def test_sources_of_the_package_stand_in_for_those_of_a_resource(tmp_path):
    files = package("{name: x, path: x.csv}")
    files["datapackage.yaml"] += "sources: [{title: Everywhere}]\n"  # type: ignore[operator]
    assert read(tmp_path, files)[0]["x"].sources[0].title == "Everywhere"


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no links here")
@pytest.mark.parametrize("is_described", [True, False])
def test_link_out_of_the_site_is_refused(tmp_path, is_described):
    (tmp_path / "secret.csv").write_text("a\n1\n", encoding="utf-8")
    root = write(tmp_path / "site", {"x.csv": "a\n1\n"})
    (root / "data/link.csv").symlink_to(tmp_path / "secret.csv")
    (root / "data/folder").symlink_to(tmp_path)
    if is_described:
        entries = "resources: [{name: a, path: link.csv}, {name: b, path: folder/secret.csv}]"
        write(root, {"datapackage.yaml": entries})
    datasets, problems = read_package(root)
    assert [dataset.name for dataset in datasets] == ["x"]
    outside = [problem for problem in problems if problem.code == "dataset-path-outside"]
    assert len(outside) == (2 if is_described else 1)


def test_package_that_leads_out_is_not_read(tmp_path):
    write(tmp_path / "other", {"datapackage.yaml": CAPEX})
    root = write(tmp_path / "site", {"capex.csv": CSV})
    (root / "data/datapackage.yaml").symlink_to(tmp_path / "other/data/datapackage.yaml")
    datasets, problems = read_package(root)
    assert not any(each.is_described for each in datasets)
    assert [(each.code, each.where.file) for each in problems if each.is_error] == [
        ("path-outside", "data/datapackage.yaml")
    ]


def test_link_within_the_site_is_followed(tmp_path):
    root = write(tmp_path, {"a/x.csv": "a\n1\n"})
    (root / "data/link").symlink_to(root / "data/a")
    write(
        root,
        {"datapackage.yaml": "resources: [{name: x, path: link/x.csv}, {name: y, path: a/x.csv}]"},
    )
    assert [dataset.name for dataset in read_package(root)[0]] == ["x", "y"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_named_pipe_is_not_waited_for(tmp_path):
    root = write(tmp_path, {})
    (root / "data").mkdir()
    os.mkfifo(root / "data/x.csv")
    assert read_package(root) == ((), ())


def make_derived(*names: str) -> tuple[Dataset, ...]:
    return tuple(
        Dataset(
            name=n, path=f"data/{n}.sql", format="sql", digest="", where=Where(file="d", line=1)
        )
        for n in names
    )


def test_derived_datasets_come_after_what_they_read():
    uses = {"a": ["B", "capex"], "b": ["c"], "c": []}
    order, problems = derive_order(make_derived("a", "b", "c"), uses)
    assert ([each.name for each in order], problems) == (["c", "b", "a"], ())


def test_loop_of_derived_datasets_is_shown_and_left_out():
    uses = {"a": ["b"], "b": ["c"], "c": ["a"], "d": ["a"], "e": [], "f": ["f"]}
    order, problems = derive_order(make_derived(*uses), uses)
    assert [each.name for each in order] == ["e"]
    assert [(p.code, str(p.where)) for p in problems] == [
        ("dataset-loop", "data/a.sql:1"), ("dataset-loop", "data/f.sql:1")
    ]  # fmt: skip
    assert problems[0].message.endswith(": a -> b -> c -> a")
    assert problems[1].message.endswith(": f -> f")


REFERENCES = {
    "datapackage.yaml": """\
resources:
  - name: rounds
    path: rounds.csv
    schema:
      fields:
        - {name: company}
        - {name: country}
        - {name: ids, type: list, delimiter: ';', references: sources}
      foreignKeys:
        - {fields: [company, country], reference: {resource: firms, fields: [name, country]}}
  - {name: firms, path: firms.csv, schema: {primaryKey: name, fields: [{name: name}, {name: country}]}}
  - {name: sources, path: s.yml, schema: {primaryKey: id, fields: [{name: id}]}}
""",
    "firms.csv": "name,country\nAmazon,US\nTencent,CN\n",
    "s.yml": "- id: reuters-2025\n- id: ft-2024\n",
}


def test_value_that_names_no_row_is_told_with_its_line(tmp_path):
    rounds = 'company,country,ids\nAmazon,US,reuters-2025\n"Amazon",UK,reuters-2O25;ft-2024\n,,\n'
    datasets, problems = read_package(write(tmp_path, {**REFERENCES, "rounds.csv": rounds}))
    assert problems == ()
    frames = {d.name: f for d in datasets if (f := read_frame(tmp_path, d)[0])}
    found = check_references(datasets, frames)
    assert [(p.code, str(p.where), p.fix) for p in found] == [
        ("reference-unknown", "data/rounds.csv:3", 'did you mean "Amazon / US"?'),
        ("reference-unknown", "data/rounds.csv:3", 'did you mean "reuters-2025"?'),
    ]


def test_package_of_ten_is_read_without_heavy_libraries(tmp_path):
    entries = CAPEX + "".join(f"  - {{name: d{n}, path: d{n}.csv}}\n" for n in range(9))
    write(tmp_path, {"datapackage.yaml": entries, "capex.csv": CSV})
    write(tmp_path, {f"d{n}.csv": "a,b\n" + "1,2\n" * 500 for n in range(9)})
    code = (
        "import sys; from pathlib import Path; from osai_essay.data import read_package\n"
        "assert len(read_package(Path(sys.argv[1]))[0]) == 10\n"
        "assert not {'pandas', 'numpy', 'frictionless', 'duckdb', 'pyarrow'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True)
