"""YAML with places: what the values are, where they stand, what is refused."""

from __future__ import annotations

import math

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from osai_essay.located import MAX_DEPTH, YamlMap, plain, read_yaml
from osai_essay.problem import SiteError


def dump(value) -> str:
    return yaml.safe_dump(value, sort_keys=False, allow_unicode=True)


def fault(source: str, **more):
    with pytest.raises(SiteError) as caught:
        read_yaml(source, "f.yml", **more)
    return caught.value.problem


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("no", "no"),
        ("on", "on"),
        ("yes", "yes"),
        ("2026-11-21", "2026-11-21"),
        ("12:30:45", "12:30:45"),
        ("010", 10),
        ("0x1F", "0x1F"),
        ("0o17", "0o17"),
        ("1_000", "1_000"),
        ("+12", 12),
        ("-3.50", -3.5),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("5.", 5.0),
        ("١٢٣", "١٢٣"),
        ("true", True),
        ("True", True),
        ("tRue", "tRue"),
        ("~", None),
        ("null", None),
        ("", None),
        ("'~'", "~"),
        ('"12"', "12"),
        (".inf", math.inf),
        ("-.INF", -math.inf),
        ("1.2.3", "1.2.3"),
        ("9" * 40, float("9" * 40)),
        ("|\n  a\n  b", "a\nb"),
        (">\n  a\n  b", "a b"),
    ],
)
def test_scalars_follow_yaml_1_2(source, value):
    assert read_yaml(f"a: {source}", "f.yml")["a"] == value


@pytest.mark.parametrize("source", ["\ta: 1", "a:\n\tb: 1", "a:\r\n  b: 1\r\n\tc: 2"])
def test_tab_is_named(source):
    assert fault(source).message.endswith("a tab stands here")
    assert "blanks" in fault(source).fix


def test_not_a_number_is_read_as_such():
    assert math.isnan(read_yaml(".nan", "f.yml"))


def test_keys_are_always_text():
    keys = list(read_yaml("1: a\n01: b\nno: c\n~: d\ntrue: e\n2026-01-01: f", "f.yml"))
    assert keys == ["1", "01", "no", "~", "true", "2026-01-01"]


@pytest.mark.parametrize("source", ["", "# only a comment", "---\n", "~"])
def test_empty_document_is_none(source):
    assert read_yaml(source, "f.yml") is None


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("a: word", "f.yml:1:4"),
        ("a: 'quoted'", "f.yml:1:5"),
        ('a: "quoted"', "f.yml:1:5"),
        ("a: |\n  block", "f.yml:2:3"),
        ("a: >\n\n    set in", "f.yml:2:5"),
        ("a: |2\n    more than set in", "f.yml:2:3"),
        ("a:\n  later", "f.yml:2:3"),
        ("a: [1]", "f.yml:1:4"),
    ],
    ids=["plain", "single", "double", "block", "folded", "indent given", "next line", "list"],
)
def test_place_of_a_value_is_where_its_text_begins(source, place):
    assert str(read_yaml(source, "f.yml").where("a")) == place


def test_places_of_keys_items_and_of_what_is_absent():
    data = read_yaml("x: 1\nlist:\n  - a\n  - b: c\n", "f.yml", first_line=10)
    assert str(data.key_where("list")) == "f.yml:11:1"
    assert [str(data["list"].where(i)) for i in range(2)] == ["f.yml:12:5", "f.yml:13:5"]
    assert str(data.where("nope")) == str(data.key_where("nope")) == "f.yml:10:1"


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_any_line_end_counts_as_one(newline):
    data = read_yaml(newline.join(["a: 1", "b: 2"]), "f.yml")
    assert str(data.where("b")) == "f.yml:2:4"


def test_byte_order_mark_is_no_part_of_a_key():
    assert list(read_yaml("\ufeffa: 1", "f.yml")) == ["a"]


def test_alias_stands_for_its_anchor():
    assert plain(read_yaml("a: &x [1, {b: 2}]\nc: *x", "f.yml"))["c"] == [1, {"b": 2}]


@pytest.mark.parametrize(
    ("source", "code", "place"),
    [
        ("a: 1\nb: 2\na: 3", "yaml-key-twice", "f.yml:3:1"),
        ("x:\n  a: 1\n  'a': 3", "yaml-key-twice", "f.yml:3:3"),
        ("a: b: c", "yaml-unreadable", "f.yml:1:5"),
        ("\ta: 1", "yaml-unreadable", "f.yml:1:1"),
        ("a: [1, 2\nb: 3", "yaml-unreadable", "f.yml:1:4"),
        ("a: *none", "yaml-unreadable", "f.yml:1:4"),
        ("a: @x", "yaml-unreadable", "f.yml:1:4"),
        ("? [1]\n: 2", "yaml-unreadable", "f.yml:1:3"),
        ("a: 1\n---\nb: 2", "yaml-unreadable", "f.yml:2:1"),
        ("a: é\nb: \x07", "yaml-unreadable", "f.yml:2"),
        ("a: 1\nb: \x00", "yaml-unreadable", "f.yml:2"),
        ('a: "\\ud800"', "yaml-unreadable", "f.yml:1:7"),
        ("a: &x [*x]", "yaml-too-deep", "f.yml:1:4"),
        ("b: &b {k: 1}\nc:\n  <<: *b", "yaml-unreadable", "f.yml:3:3"),
    ],
    ids=[
        "key twice",
        "nested key twice",
        "two colons",
        "tab",
        "open list",
        "unknown alias",
        "at sign",
        "list as key",
        "two documents",
        "control character",
        "nul",
        "surrogate",
        "alias loop",
        "merge key",
    ],
)
def test_what_is_refused_names_its_place(source, code, place):
    problem = fault(source)
    assert (problem.code, str(problem.where)) == (code, place)
    assert "\n" not in problem.message


@pytest.mark.parametrize(
    "value",
    [
        "!!python/object/apply:os.system ['true']",
        "!!python/object:os.system x",
        "!!python/name:os.system",
        "!<tag:yaml.org,2002:python/object/apply:os.system> ['true']",
        "!!binary aGVsbG8=",
        "!!str 5",
        "!own {b: 1}",
        "! x",
    ],
)
def test_no_tag_makes_an_object(value):
    problem = fault(f"\na: {value}")
    assert problem.code == "yaml-unreadable"
    assert str(problem.where) == "f.yml:2:4"
    assert "tag" in problem.message


@pytest.mark.parametrize(
    "source",
    ["[" * 100_000, "{" * 100_000, "- " * 100_000 + "x", "[" * 50 + "]" * 50, "? " * 5_000],
    ids=["lists", "mappings", "dashes", "closed", "keys"],
)
def test_deep_nesting_is_a_problem_not_a_crash(source):
    assert fault(source).code == "yaml-too-deep"


def test_nesting_up_to_the_limit_is_read():
    depth = MAX_DEPTH
    assert read_yaml("[" * depth + "]" * depth, "f.yml") is not None
    assert fault("[" * (depth + 1) + "]" * (depth + 1)).code == "yaml-too-deep"


def test_billion_laughs_are_refused():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 12)]
    with pytest.raises(SiteError) as caught:
        read_yaml("\n".join(lines), "f.yml")
    assert caught.value.problem.code == "yaml-too-deep"


def test_dumped_yaml_is_read_back_as_it_was():
    value = {"title": "a: b", "list": [1, 2.5, None, True, "no", "010"], "é": {"x": "\n"}}
    assert plain(read_yaml(dump(value), "f.yml")) == value


@given(st.text())
def test_any_text_is_a_value_or_a_problem(source):
    try:
        value = read_yaml(source, "f.yml")
    except SiteError as error:
        assert error.problem.code.startswith("yaml-")
        assert error.problem.where.line
    else:
        assert plain(value) is None or plain(value) is not None


plain_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**17), 10**17) | st.text("ab: -#'\"\n", max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc"), inner, max_size=3),
    max_leaves=10,
)


@given(plain_values)
def test_plain_values_survive_a_round_trip(value):
    assert plain(read_yaml(dump({"a": value}), "f.yml")) == {"a": value}


def test_mapping_is_a_python_mapping():
    data = read_yaml("a: 1\nb: 2", "f.yml")
    assert isinstance(data, YamlMap)
    assert dict(data) == {"a": 1, "b": 2}
    assert len(data) == 2
