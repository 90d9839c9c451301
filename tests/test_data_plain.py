"""Cells read without frictionless: always as frictionless reads them."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from osai_essay.cache.memo import KeptMemo
from osai_essay.data import cells, read_frame, read_package
from osai_essay.data.judge import find_fault, make_judge
from osai_essay.data.plain import UNSURE, is_plain_field, make_plain_reader

KINDS = ("string", "integer", "number", "year", "date", "boolean", "list", "datetime", "yearmonth")
NUMBERS = st.integers(-30, 30) | st.floats(-30, 30) | st.sampled_from([0.1, 0.30000000000000004])
DAYS = st.dates(date(1999, 12, 1), date(2000, 2, 1))
# Texts near the edge of what each type takes.
TEXTS = st.one_of(
    st.text("0123456789.-+eE_,; tfalsru", max_size=8),
    NUMBERS.map(str),
    DAYS.map(str),
    st.integers().map(str),
    st.floats().map(str),
    st.sampled_from(
        ["", "-", "0.1", "0.10", "true", "True", "1", "0", "2000-02-30", "0000", "²", "٣"]
    ),
    st.sampled_from(
        ["100000000000000.1", "0.3000000000000000444", "nan", "inf", "1e3", " 7", "7\n", "3e1"]
    ),
    st.text("/?#:.-%a1é智", max_size=8).map("https://a".__add__),
)
CELLS = TEXTS | NUMBERS | DAYS | st.none() | st.booleans() | st.lists(TEXTS, max_size=3) | st.lists(
    TEXTS, max_size=2
).map(tuple) | st.datetimes() | st.floats() | st.integers()  # fmt: skip
BOUNDS = {
    "integer": st.integers(-30, 30),
    "number": NUMBERS,
    "year": st.sampled_from(["1999", 2000]),
    "date": DAYS.map(str),
}


@st.composite
def fields(draw: st.DrawFn) -> dict[str, Any]:
    kind = draw(st.sampled_from(KINDS))
    rules: dict[str, st.SearchStrategy[Any]] = {"required": st.booleans(), "unique": st.booleans()}
    if kind in ("string", "list"):
        rules |= {"minLength": st.integers(0, 4), "maxLength": st.integers(0, 4)}
    if kind in BOUNDS:
        words = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
        rules |= dict.fromkeys(words, BOUNDS[kind])
    if kind not in ("list", "datetime", "yearmonth"):
        rules["enum"] = st.lists(BOUNDS.get(kind, TEXTS), min_size=1, max_size=4)
    constraints = draw(st.fixed_dictionaries({}, optional=rules))
    extra = draw(
        st.sampled_from([{}, {}, {"groupChar": ","}, {"bareNumber": False}, {"unit": "%"}])
    )
    if kind == "string":
        extra |= draw(st.sampled_from([{}, {"format": "uri"}]))
    return {"name": "x", "type": kind, "constraints": constraints, **extra}


@settings(max_examples=400)
@given(fields(), st.sampled_from([None, [""], ["", "-"], ["0.1", "true"], []]), st.lists(CELLS))
def test_what_is_read_plainly_is_what_frictionless_reads(field, missing, found):
    assume(not find_fault(field, missing))
    read, judge = make_plain_reader(field, missing), make_judge(field, missing)
    for cell in found:
        value = read(cell)
        if value is not UNSURE:
            theirs, notes = judge(cell)
            assert not notes, (cell, notes)
            same = float(theirs) if isinstance(value, float) else theirs
            assert (value, type(value)) == (same, type(same))


ODD = st.sampled_from([None, True, -1, 2.5, "3", "2000-01-01", [], ["a", "a"], [1], {}])
ODD_RULES = st.dictionaries(
    st.sampled_from("required enum minimum minLength other".split()),
    ODD | st.lists(CELLS, max_size=2),
    max_size=1,
)
ODD_FIELDS = st.fixed_dictionaries(
    {"name": st.just("x"), "type": st.sampled_from([*KINDS, "time", "other"])},
    optional={
        "constraints": ODD_RULES | st.just([]),
        "format": st.sampled_from(["default", "any", "uri", "email"]),
        "delimiter": st.sampled_from([";", 1]),
        "required": st.booleans(),
    },
)
MIXED_FIELDS = st.tuples(fields(), fields()).map(  # with the rules of another type
    lambda two: {**two[0], "constraints": two[1]["constraints"]}
)
MISSING = st.sampled_from([None, [""], ["", "-"], ["", ""], ["0.1", "true"], [], "-", [1]])


@settings(max_examples=800)
@given(fields() | ODD_FIELDS | MIXED_FIELDS, MISSING)
def test_with_a_plain_field_frictionless_finds_no_fault(field, missing):
    assert not is_plain_field(field, missing) or not find_fault(field, missing)


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("string", {"constraints": {"required": True, "unique": True, "minLength": 1}}),
        ("string", {"format": "uri", "constraints": {"enum": ["https://example.org/a?b=1"]}}),
        ("number", {"unit": "%", "constraints": {"minimum": 0, "maximum": 1.5}}),
        ("year", {"constraints": {"minimum": 2000}}),
        ("date", {"constraints": {"minimum": "2000-01-01"}}),
        ("list", {"delimiter": ";", "references": "sources", "constraints": {"required": True}}),
    ],
)
def test_of_ordinary_fields_frictionless_need_not_be_asked(kind, more):
    assert is_plain_field({"name": "x", "type": kind, **more}, [""])


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("string", {"constraints": {"minLength": "3"}}),
        ("string", {"constraints": {"minimum": "a"}}),
        ("list", {"constraints": {"enum": ["a"]}}),
        ("list", {"delimiter": 1}),
        ("date", {"constraints": {"minimum": "2000"}}),
        ("number", {"required": True}),
        ("other", {}),
    ],
)
def test_a_field_with_a_fault_is_not_plain(kind, more):
    field = {"name": "x", "type": kind, **more}
    assert find_fault(field, None)
    assert not is_plain_field(field)


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        ("string", "a b", "a b"),
        ("integer", "-7", -7),
        ("number", "6.7", 6.7),
        ("number", 2.5, 2.5),
        ("number", "-3.24e+23", -3.24e23),
        ("year", "2026", 2026),
        ("date", "2026-11-21", date(2026, 11, 21)),
        ("boolean", "true", True),
        ("list", "a,b", ["a", "b"]),
        ("string", "", None),
    ],
)
def test_ordinary_cells_are_read_plainly(kind, cell, value):
    assert make_plain_reader({"name": "x", "type": kind})(cell) == value


@pytest.mark.parametrize(
    ("field", "cell"),
    [
        ({"type": "number"}, "1,200"),
        ({"type": "number"}, "0.30000000000000004"),
        ({"type": "number"}, "1234567890.123456e1"),
        ({"type": "number"}, "1e300"),
        ({"type": "number"}, float("nan")),
        ({"type": "number", "groupChar": ","}, "12"),
        ({"type": "integer"}, True),
        ({"type": "date"}, "2026-02-30"),
        ({"type": "date"}, datetime(2026, 1, 1)),  # noqa: DTZ001
        ({"type": "string", "format": "email"}, "a@example.org"),
        ({"type": "string", "constraints": {"required": True}}, ""),
        ({"type": "number", "constraints": {"minimum": 0}}, "-1"),
        ({"type": "string", "constraints": {"enum": ["a"]}}, "b"),
        ({"type": "datetime"}, "2026-01-01T10:00:00Z"),
    ],
)
def test_what_is_odd_or_wrong_is_left_to_frictionless(field, cell):
    assert make_plain_reader({"name": "x", **field})(cell) is UNSURE


PACKAGE = """\
resources:
  - name: x
    path: x.csv
    schema:
      fields:
        - {name: day, type: date}
        - {name: amount, type: number, constraints: {minimum: 0}}
"""


def judged(root: Path, memo: KeptMemo, rows: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The columns that frictionless is asked about while a file is read."""
    (root / "data").mkdir(exist_ok=True)
    (root / "data/datapackage.yaml").write_text(PACKAGE, encoding="utf-8")
    (root / "data/x.csv").write_text(f"day,amount\n{rows}", encoding="utf-8")
    asked: list[str] = []

    def make(descriptor: Any, missing: Any) -> Any:
        asked.append(descriptor["name"])
        return make_judge(descriptor, missing)

    monkeypatch.setattr(cells, "make_judge", make)
    monkeypatch.setattr("osai_essay.data.judge.make_judge", make)
    read_frame(root, read_package(root)[0][0], memo)
    return asked


def test_frictionless_is_asked_about_odd_cells_alone(tmp_path, monkeypatch):
    memo = KeptMemo(None, version="1", in_memory=True)
    assert judged(tmp_path, memo, "2026-11-21,1.5\n", monkeypatch) == []
    assert judged(tmp_path, memo, "2026-11-21,2.5\n", monkeypatch) == []
    assert judged(tmp_path, memo, "2026-11-21,+2.5\n", monkeypatch) == ["amount"]
    assert judged(tmp_path, memo, "2026-11-31,-1\n", monkeypatch) == ["day", "amount"]
