"""What cannot be read of YAML, said so that an author knows what to write."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osai_essay.located import read_yaml
from osai_essay.problem import Problem, SiteError

BARE = "this text needs quotes around all of it"


def fault(source: str) -> Problem:
    with pytest.raises(SiteError) as caught:
        read_yaml(source, "f.yml")
    assert caught.value.problem.code == "yaml-unreadable"
    return caught.value.problem


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("title: X: the story", 'title: "X: the story"'),
        ("title: 'It's so'", 'title: "It\'s so"'),
        ('title: "So" he said', "title: '\"So\" he said'"),
        ("title: [X] and more", 'title: "[X] and more"'),
        ("title: {{ us }} spent", 'title: "{{ us }} spent"'),
        ("title: @all", 'title: "@all"'),
        ("title: %5 # more", 'title: "%5"'),
        ("title: *so*", 'title: "*so*"'),
        ("title: a\\b: c", "title: 'a\\b: c'"),
        ("- title: a: b", '- title: "a: b"'),
        ("- 'it's'", '- "it\'s"'),
    ],
)
def test_line_with_the_quotes_it_needs_is_given_and_can_be_read(line: str, written: str) -> None:
    problem = fault(f"first: 1\n{line}\n" if line[0] != "-" else f"- 1\n{line}\n")
    assert problem.message == f"this is not valid YAML: {BARE}"
    assert problem.fix == f"write {written}"
    assert problem.where.line == 2
    read_yaml(written, "f.yml")


@pytest.mark.parametrize(
    ("source", "place", "words"),
    [
        ('a: 1\nt: "X\nd: foo\n', "2:4", "the quote that opens here is never closed"),
        ("x: 'open\ny: 'z'\n", "2:5", "a quote that opens above is closed by this one"),
        ("t: [a, b\nd: 1\n", "1:4", "the bracket that opens here is never closed"),
        ("t: {a: b\nd: 1\n", "1:4", "the bracket that opens here is never closed"),
        ("t: {a: it's: so}\n", "1:12", "what stands between these brackets"),
        (" t: X\nd: 1\n", "2:1", "begins in another column"),
        ("t:\n  x: 1\n y: 2\n", "3:2", "begins in another column"),
        ("- a\nb: 1\n", "2:1", "begins in another column"),
        ("t: X\n\n d: 1\n", "3:3", "the key above it has a value already"),
        ("t X\n\nd: 1\n", "1:1", "this line is no key with a value"),
        ('t: "C:\\so"\n', "1:7", "a backslash between double quotes"),
        ("a: b\n---\nc: d\n", "2:1", "another document"),
        ("a: b\n\tc: d\n", "2:1", "a tab stands here"),
    ],
)
def test_fault_is_named_where_it_begins(source: str, place: str, words: str) -> None:
    problem = fault(source)
    assert words in problem.message
    assert str(problem.where) == f"f.yml:{place}"
    assert problem.fix


@given(st.lists(st.sampled_from(list("ab:'\"[]{}-#&*!|>%@`,?\\ \n\t"))).map("".join))
def test_any_text_is_read_or_has_a_problem_in_its_lines(source: str) -> None:
    try:
        read_yaml(source, "f.yml")
    except SiteError as error:
        assert 1 <= (error.problem.where.line or 0) <= source.count("\n") + 1
        assert error.problem.fix
