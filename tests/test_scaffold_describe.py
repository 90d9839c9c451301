"""The entry that `osai-essay describe` drafts: true of its file, and the others are not touched."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import frictionless
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from osai_essay.cli import cli
from osai_essay.data import read_frame, read_package
from osai_essay.located import NO_TEXT, plain, read_yaml
from osai_essay.scaffold import ScaffoldError, describe_file
from osai_essay.scaffold.append import append_entry
from osai_essay.scaffold.words import scalar

Site = Callable[[Mapping[str, str | bytes]], Path]
PACKAGE = "data/datapackage.yaml"
ENTRY = "- name: new\n  path: new.csv\n"


def entry_of(root: Path, name: str = "data/new.csv") -> dict[str, Any]:
    text, problems = describe_file(root, Path(name), write=False)
    assert problems == ()
    assert text is not None
    (entry,) = plain(read_yaml(text, PACKAGE))
    return dict(entry)


def fields_of(entry: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    fields = entry["schema"]["fields"]
    return {
        field["name"]: {
            word: value for word, value in field.items() if word not in ("name", "unit", "title")
        }
        for field in fields
    }


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(
        cli, ["describe", *arguments, "--root", str(root)], catch_exceptions=False
    )


# --- what is guessed ---------------------------------------------------------------------------

MANY = "country,year,day,amount,growth,share,done,note\n" + "".join(
    f"{country},{year},{year}-01-0{n},{n}{n}.5,{n - 2},0.{n},true,Long words {country}{year}\n"
    for n, (country, year) in enumerate(
        ((country, year) for country in ("US", "NO") for year in (2024, 2025)), 1
    )
)


def test_types_ranges_choices_and_key(site: Site) -> None:
    entry = entry_of(site({"data/new.csv": MANY}))
    assert entry["schema"]["primaryKey"] == ["country", "year"]
    assert fields_of(entry) == {
        "country": {
            "type": "string",
            "entity": "country",
            "constraints": {"required": True, "enum": ["NO", "US"]},
        },
        "year": {"type": "year", "constraints": {"required": True}},
        "day": {"type": "date", "constraints": {"required": True}},
        "amount": {
            "type": "number",
            "constraints": {"required": True, "minimum": 0, "maximum": 100},
        },
        "growth": {
            "type": "integer",
            "constraints": {"required": True, "minimum": -10, "maximum": 10},
        },
        "share": {"type": "number", "constraints": {"required": True, "minimum": 0, "maximum": 1}},
        "done": {"type": "boolean", "constraints": {"required": True}},
        "note": {"type": "string", "constraints": {"required": True}},
    }
    units = [field["name"] for field in entry["schema"]["fields"] if "unit" in field]
    assert units == ["amount", "growth", "share"]
    assert entry["schema"]["fields"][0]["title"] == "Country"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("a;b\nx;1,5\ny;2\n", {"type": "number", "decimalChar": ","}),
        ("a;b\nx;1.234,5\ny;2\n", {"type": "number", "groupChar": ".", "decimalChar": ","}),
        ('a,b\nx,"1,234.5"\ny,2\n', {"type": "number", "groupChar": ","}),
        ("a\tb\nx\t1.5\ny\t2\n", {"type": "number"}),
        ('a,b\nx,"$1,200"\ny,$9.5\n', {"type": "number", "bareNumber": False, "groupChar": ","}),
        ("a,b\nx,3.5%\ny,-2%\n", {"type": "number", "bareNumber": False}),
        ('a,b\nx,"12,5 %"\ny,3 %\n', {"type": "number", "bareNumber": False, "decimalChar": ","}),
        ("a;b\nx;EUR 3,20\ny;EUR 1\n", {"type": "number", "bareNumber": False, "decimalChar": ","}),
        ("a,b\nx,$1.2bn\ny,$300mn\n", {"type": "string"}),
        ("a,b\nx,(5%)\ny,3%\n", {"type": "string"}),
        ("a,b\nx,-$5\ny,$3\n", {"type": "string"}),
        ("a,b\nx,7B\ny,70B\n", {"type": "string"}),
        ("a,b\nx,31.12.2025\ny,01.01.2026\n", {"type": "date", "format": "%d.%m.%Y"}),
        ("a,b\nx,12/31/2025\ny,01/01/2026\n", {"type": "date", "format": "%m/%d/%Y"}),
        ("a,b\nx,01/02/2025\ny,01/01/2026\n", {"type": "string"}),
        ("a,b\nx,2025-01-01T10:00:00Z\ny,2025-01-01T11:00:00Z\n", {"type": "datetime"}),
        ("a,b\nx,2025\ny,2026-11\n", {"type": "string", "dates": "partial"}),
        ("a,b\nx,007\ny,008\n", {"type": "string"}),
        ("a,jahr\nx,1999\ny,2000\n", {"type": "year"}),
        ("a,year\nx,1848\ny,1871\n", {"type": "year"}),
        ("a,models\nx,1848\ny,1999\n", {"type": "integer"}),
    ],
)
def test_numbers_and_days_are_known_in_other_writings(
    site: Site, content: str, words: dict[str, str]
) -> None:
    root = site({"data/new.csv": content})
    *_, last = fields_of(entry_of(root)).values()
    last.pop("constraints")
    assert last == words
    assert faults_when_written(root, "data/new.csv") == {"blank-left"}


@pytest.mark.parametrize(
    ("cells", "unit"),
    [
        (("3.5%", "2%"), "percent"),
        (("EUR 3", "EUR 4"), "EUR"),
        (("\u20ac3bn", "\u20ac4bn"), "EUR bn"),
        (("US$3", "US$4"), "USD"),
        (("$3 million", "$4 million"), "TODO: what it counts: USD mn?"),
        (("10k", "20k"), "TODO: what it counts, such as USD bn, share or models"),
    ],
)
def test_signs_say_the_unit_where_they_are_certain(
    site: Site, cells: tuple[str, str], unit: str
) -> None:
    entry = entry_of(site({"data/new.csv": f"a,b\nx,{cells[0]}\ny,{cells[1]}\n"}))
    assert entry["schema"]["fields"][1]["unit"] == unit


def test_range_is_that_of_the_numbers_without_their_signs(site: Site) -> None:
    root = site({"data/new.csv": 'a,b\nx,"$1,200"\ny,$-9.5\n'})
    text, _ = describe_file(root, Path("data/new.csv"), write=False)
    assert "- name: b  # -9.5 to 1200 in these rows" in str(text)


def test_numbers_written_in_several_ways_are_said_to_be_text(site: Site) -> None:
    text, _ = describe_file(
        site({"data/new.csv": "a,b\nx,$1.2bn\ny,$300mn\n"}), Path("data/new.csv"), write=False
    )
    assert "- name: b  # text: its numbers are written in several ways" in str(text)


def faults_when_written(root: Path, file: str) -> set[str]:
    """The codes of all that is wrong with a file once its draft is written."""
    text, problems = describe_file(root, Path(file), write=True)
    assert (text is None) == bool(problems)
    datasets, found = read_package(root)
    (dataset,) = (each for each in datasets if each.path == file)
    return {problem.code for problem in (*found, *read_frame(root, dataset)[1])}


def test_words_for_nothing_are_found_unless_they_mean_something(site: Site) -> None:
    root = site({"data/new.csv": "code,low,high\nNA,n/a,1\nDE,2,-\n", "data/b.csv": "a,b\nx,NA\ny,1\n"})  # fmt: skip
    assert entry_of(root)["schema"]["missingValues"] == ["", "n/a", "-"]
    assert entry_of(root, "data/b.csv")["schema"]["missingValues"] == ["", "NA"]
    assert "required" not in fields_of(entry_of(root))["low"]["constraints"]


def test_key_leaves_out_what_it_does_not_need(site: Site) -> None:
    rows = (
        "Amazon,US,2024,plan,1\nAmazon,US,2024,actual,2\nMeta,US,2024,plan,3\nMeta,US,2025,plan,4\n"
    )
    root = site({"data/new.csv": f"company,country,year,basis,amount\n{rows}"})
    assert entry_of(root)["schema"]["primaryKey"] == ["company", "year", "basis"]


def test_rows_that_are_twice_have_no_key(site: Site) -> None:
    assert "primaryKey" not in entry_of(site({"data/new.csv": "a,b\nx,1\nx,1\n"}))["schema"]


def test_licence_is_asked_for_unless_the_package_has_one(site: Site) -> None:
    root = site({"data/new.csv": "a,b\nx,1\n"})
    assert entry_of(root)["licenses"][0]["name"].startswith("TODO")
    site({PACKAGE: "licenses: [{name: CC0-1.0}]\nresources: []\n"})
    assert "licenses" not in entry_of(root)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("new.yml", "- {a: x, b: 1}\n- {a: y}\n"),
        ("new.json", '[{"a": "x", "b": 1.5}, {"a": "y"}]'),
    ],
)
def test_records_are_described_too(site: Site, name: str, content: str) -> None:
    root = site({f"data/{name}": content})
    assert fields_of(entry_of(root, f"data/{name}"))["b"]["type"] in ("integer", "number")
    assert faults_when_written(root, f"data/{name}") == {"blank-left"}


def test_records_of_mixed_kinds_are_described_as_far_as_can_be(site: Site) -> None:
    mixed = '[{"a": "x", "c": ["p", "q"]}, {"a": 2, "c": {"d": 1}}, {"a": "x"}, {"a": "x"}]'
    root = site({"data/new.json": mixed})
    assert [field["type"] for field in entry_of(root, "data/new.json")["schema"]["fields"]] == [
        "string",
        "string",
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [("new.csv", "a;b\nx;1,5\nNO;-\n"), ("new.yml", "- {a: x}\n- {a: y, b: 1}\n")],
)
def test_other_readers_of_packages_take_the_draft(site: Site, name: str, content: str) -> None:
    root = site({f"data/{name}": content})
    describe_file(root, Path(f"data/{name}"), write=True)
    report = frictionless.validate(str(root / PACKAGE))
    assert report.valid, report.flatten()


cells = st.one_of(
    st.integers(-5000, 5000).map(str),
    st.decimals(-1000, 1000, places=2).map(str),
    st.dates().map(str),
    st.sampled_from(
        [
            "",
            "NA",
            "-",
            "US",
            "NO",
            "true",
            "1,5",
            "$1,200",
            "3.5%",
            "-2 %",
            "31.12.2025",
            "2025-07",
            "Zürich",
        ]
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=8),
)
tables = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(cells, min_size=width, max_size=width).filter(any), min_size=1, max_size=6
    )
)


@given(tables, st.sampled_from(",;\t"))
def test_a_draft_is_true_of_its_file(rows: list[list[str]], delimiter: str) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow([f"c{number}" for number in range(len(rows[0]))])
    writer.writerows(rows)
    with TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "data").mkdir()
        (root / "data/new.csv").write_text(out.getvalue(), encoding="utf-8", newline="")
        assert faults_when_written(root, "data/new.csv") == {"blank-left"}


# --- where it is put ---------------------------------------------------------------------------

FILES = {
    "": "resources:\n  - name: new\n    path: new.csv\n",
    "name: x": "name: x\n\nresources:\n  - name: new\n    path: new.csv\n",
    "resources:\n- {name: a, path: a.csv}": "resources:\n- {name: a, path: a.csv}\n\n- name: new\n  path: new.csv\n",
    "# head\nresources:\n    - name: a   # one\n      path: a.csv\n    # of a\n\n# of derived\nderived: []\n":
        "# head\nresources:\n    - name: a   # one\n      path: a.csv\n\n    - name: new\n      path: new.csv\n"
        "    # of a\n\n# of derived\nderived: []\n",
    "resources:\n  - name: a\n    description: >-\n      One\n\n      two\n      # no comment\nname: x\n":
        "resources:\n  - name: a\n    description: >-\n      One\n\n      two\n      # no comment\n"
        "\n  - name: new\n    path: new.csv\nname: x\n",
    "resources:\r\n  - name: a\r\n    path: a.csv\r\n":
        "resources:\r\n  - name: a\r\n    path: a.csv\r\n\r\n  - name: new\r\n    path: new.csv\r\n",
    "\ufeffname: x\n": "\ufeffname: x\n\nresources:\n  - name: new\n    path: new.csv\n",
}  # fmt: skip


@pytest.mark.parametrize("before", FILES)
def test_entry_goes_behind_the_last_and_the_rest_stays(site: Site, before: str) -> None:
    root = site({PACKAGE: before})
    append_entry(root, ENTRY)
    assert (root / PACKAGE).read_bytes().decode() == FILES[before]


@pytest.mark.parametrize(
    "before",
    ["resources: [{name: a, path: a.csv}]\n", "resources: []\n", "- a\n", "{resources: }\n"],
)
def test_file_of_another_shape_is_left_alone(site: Site, before: str) -> None:
    root = site({PACKAGE: before})
    with pytest.raises(ScaffoldError, match="without --write"):
        append_entry(root, ENTRY)
    assert (root / PACKAGE).read_text() == before


def test_package_is_made_where_there_is_none(site: Site) -> None:
    root = site({"data/new.csv": "a,b\nx,1.5\n"})
    assert faults_when_written(root, "data/new.csv") == {"blank-left"}


def test_what_is_printed_can_be_pasted(site: Site) -> None:
    root = site({"data/new.csv": "a,b\nx,1.5\n"})
    (root / PACKAGE).write_text(f"resources:\n{run(root, 'data/new.csv').stdout}")
    assert {problem.code for problem in read_package(root)[1]} == {"blank-left"}


def test_described_file_is_described_once(site: Site) -> None:
    root = site({"data/new.csv": "a,b\nx,1.5\n"})
    assert run(root, "data/new.csv", "--write").exit_code == 0
    before = (root / PACKAGE).read_bytes()
    result = run(root, "data/new.csv", "--write")
    assert result.exit_code == 2
    assert f"described already, in {PACKAGE}:2:5" in result.output
    assert (root / PACKAGE).read_bytes() == before
    assert run(root, "data/new.csv").exit_code == 0


# --- files that cannot be described ------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "data/new.csv:1:1: error[csv-empty]"),
        (b"a,b\n1\n", "data/new.csv:2:1: error[csv-row-length]"),
        ("a,b\nZürich,1\n".encode("latin-1"), "data/new.csv:2: error[dataset-not-utf8]"),
        ("a,b\n1,2\n".encode("utf-16"), "this file is UTF-16"),
        (b'a,b\n"x,1\n', "error[csv-quote]"),
    ],
)
def test_file_that_is_no_table_says_where(site: Site, content: bytes, said: str) -> None:
    root = site({"data/new.csv": content})
    result = run(root, "data/new.csv", "--write")
    assert result.exit_code == 1
    assert said in result.output
    assert not (root / PACKAGE).exists()


def test_byte_order_mark_is_no_part_of_a_name(site: Site) -> None:
    assert list(fields_of(entry_of(site({"data/new.csv": b"\xef\xbb\xbfa;b\nx;1\n"})))) == [
        "a",
        "b",
    ]


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("data/nwe.csv", 'did you mean "new.csv"?'),
        ("else/out.csv", "copy it there first"),
        ("data/x.xlsx", "save it as one of csv, json, parquet, yaml"),
        ("data/s.sql", "under `derived:`"),
        ("data/head.csv", "has no rows"),
    ],
)
def test_what_is_no_data_file_of_the_site_is_refused(site: Site, file: str, said: str) -> None:
    root = site({
        "data/new.csv": "a,b\nx,1\n", "else/out.csv": "a\n1\n", "data/x.xlsx": b"\0",
        "data/s.sql": "SELECT 1 AS a", "data/head.csv": "a,b\n",
    })  # fmt: skip
    result = run(root, file)
    assert result.exit_code == 2
    assert said in " ".join(result.output.split())


@pytest.mark.parametrize("cell", ["9" * 5000, "1e400", "a\x07"])
def test_cell_that_no_entry_allows_is_named(site: Site, cell: str) -> None:
    root = site({"data/new.csv": f"a,b\nx,{cell}\ny,1\n"})
    result = run(root, "data/new.csv", "--write")
    assert result.exit_code == 1
    assert "data/new.csv:2:3: error[cell-wrong]" in result.output
    assert not (root / PACKAGE).exists()


def test_record_with_a_control_character_is_described_all_the_same(site: Site) -> None:
    text = '[{"a": "x\\u0007"}, {"a": "x\\u0007"}, {"a": "y"}, {"a": "y"}]'
    result = run(site({"data/new.json": text}), "data/new.json", "--write")
    assert result.exit_code == 0
    assert "enum" not in result.output


def test_column_whose_name_cannot_be_written_is_named(site: Site) -> None:
    result = run(site({"data/new.csv": "a,b\x07\nx,1\n"}), "data/new.csv", "--write")
    assert result.exit_code == 1
    assert "data/new.csv:1:3: error[csv-header]" in result.output
    assert "the name of column 2 holds a character that nobody sees, U+0007" in result.output


def test_key_whose_name_cannot_be_written_is_named(site: Site) -> None:
    result = run(site({"data/new.json": '[{"a": 1, "b\\u0007": 2}]'}), "data/new.json", "--write")
    assert result.exit_code == 2
    said = " ".join(result.output.split())
    assert "the name of column 2 in data/new.json holds a control character" in said


@pytest.mark.parametrize("number", ["1e400", "9" * 400, "-1e301"])
def test_range_leaves_out_what_no_column_may_hold(site: Site, number: str) -> None:
    text = f'[{{"a": 3, "b": 1}}, {{"a": 4, "b": {number}}}, {{"a": 5, "b": 0.5}}]'
    said = run(site({"data/new.json": text}), "data/new.json").output
    assert "- name: b  # 0.5 to 1 in these rows" in said
    assert "maximum: 1}" in said


def test_broken_package_says_where(site: Site) -> None:
    root = site({"data/new.csv": "a,b\nx,1\n", PACKAGE: "resources: [\n"})
    result = run(root, "data/new.csv", "--write")
    assert result.exit_code == 1
    assert "yaml-unreadable" in result.output


seen = st.text(max_size=12).filter(lambda text: not NO_TEXT.search(text))


@given(seen | st.sampled_from(["NO", "yes", "null", "2025-01-01", "1e5", "a: b", "~"]))  # fmt: skip
def test_text_is_read_back_as_it_was(text: str) -> None:
    assert read_yaml(f"a: {scalar(text)}\n", PACKAGE)["a"] == text
