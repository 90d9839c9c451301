"""Places in texts that YAML sets in, breaks or writes with escapes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osai_essay.gather import place_error
from osai_essay.located import read_yaml
from osai_essay.problem import Problem, TextWhere, Where, problems_to_json, sort_problems
from osai_essay.query import QueryError
from osai_essay.template import parse_formula, parse_text

STYLES = ("|", ">", ">-", "|2", "'", '"', "")
WORDS = ("a", "an", "é", "中", "it's", '"so"', "a", "#", "- x")


def pointed_at(source: str, words: list[str]) -> list[str]:
    """What stands in the file at the place of each name that `note` prints."""
    data, lines = read_yaml(source, "f.yml"), source.split("\n")
    text, problems = parse_text(data["note"], data.where("note"))
    assert not problems
    places = [use.where for use in text.names]
    return [lines[each.line - 1][each.column - 1 :][: each.width] for each in places]


def write(style: str, lines: list[str]) -> str:
    """A mapping whose `note` is broken into these lines, in one of YAML's ways."""
    if style in ("", "'", '"'):
        body = "\n    ".join(lines)
        body = (
            body.replace("'", "''") if style == "'" else body.replace('"', '\\"' if style else "")
        )
        return f"é: 5\nnote: {style}x {body}{style}  # it's so\nz: 1\n"
    return f"é: 5\nnote: {style}  # so\n" + "".join(f"  {line}\n" for line in lines) + "z: 1\n"


@given(
    st.lists(st.lists(st.sampled_from(WORDS), max_size=3), min_size=1, max_size=5),
    st.sampled_from(STYLES),
)
def test_each_name_is_found_where_it_stands(lines: list[list[str]], style: str) -> None:
    names = [f"name_{index}" for index in range(len(lines))]
    said = [" ".join([f"{{{{ {name} }}}}", *line]) for name, line in zip(names, lines, strict=True)]
    said = [line.replace("#", "") if style == "" else line for line in said]
    assert pointed_at(write(style, said), names) == names


@pytest.mark.parametrize("end", ["", "\n", "\n\n\n"])
@pytest.mark.parametrize("style", ["|", ">", "|+", "''", '""'])
def test_text_of_nothing_has_a_place(style: str, end: str) -> None:
    assert read_yaml(f"a: {style}{end}", "f.yml").where("a").file == "f.yml"


def test_words_on_one_line_have_a_plain_place() -> None:
    data = read_yaml("a: some words\nb: 'more'\nc: \"it's\"\nd: |\n  x\n", "f.yml")
    assert [type(data.where(key)) for key in "abcd"] == [Where, Where, Where, TextWhere]


@pytest.mark.parametrize(
    ("source", "line", "column", "place"),
    [
        ("sql: |\n  select a\n    from b\n", 2, 3, "f.yml:3:5"),
        ("sql: >\n  select a\n  from b\n", 1, 10, "f.yml:3:3"),
        ("sql: select a\n  from b\n", 1, 10, "f.yml:2:3"),
        ("sql: select a from b\n", 1, 10, "f.yml:1:15"),
    ],
)
def test_fault_of_sql_is_placed_in_its_file(
    source: str, line: int, column: int, place: str
) -> None:
    error = QueryError("sql-wrong", "no", "mend it", line, column)
    assert str(place_error(error, read_yaml(source, "f.yml").where("sql")).where) == place


@pytest.mark.parametrize("source", ["a: us +\n  cn\n", "a: |\n  us +\n  cn\n"])
def test_names_of_a_broken_formula_are_found(source: str) -> None:
    data, lines = read_yaml(source, "f.yml"), source.split("\n")
    formula, _ = parse_formula(data["a"], data.where("a"))
    assert formula is not None
    assert formula.source == "us + cn"
    for use in formula.names:
        assert lines[use.where.line - 1][use.where.column - 1 :].startswith(use.name)


def test_problem_of_a_whole_text_has_a_place_like_any_other() -> None:
    where = read_yaml("a: |\n  x\n  y\n", "f.yml").where("a")
    problem = Problem(code="x-wrong", where=where, message="no", fix="mend it")
    (found,) = sort_problems([problem, problem])
    assert found.where == Where(file="f.yml", line=2, column=3)
    assert "runs" not in problems_to_json([found])


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("a: >\n  one\n\n  {{ two\n", "f.yml:4"),
        ("a: |\n  one\n  {{ two\n", "f.yml:3"),
        ("a: |\n  {{ two three }}\n  one\n", "f.yml:2"),
    ],
)
def test_line_that_cannot_be_read_is_that_of_the_file(source: str, place: str) -> None:
    data = read_yaml(source, "f.yml")
    _, (problem,) = parse_text(data["a"], data.where("a"))
    assert str(problem.where) == place
