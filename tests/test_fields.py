"""Typed values out of front matter and settings."""

from __future__ import annotations

import pytest

from osai_essay.fields import Fields
from osai_essay.located import read_yaml


def fields(source: str, kind: str = "front matter") -> Fields:
    return Fields(read_yaml(source, "f.md"), kind)


@pytest.mark.parametrize(
    ("source", "text"),
    [("a: x", "x"), ("a: 5", "5"), ("a: 2.5", "2.5"), ("a:", "d"), ("b: x", "d"), ("a: ''", "")],
)
def test_text_of_a_key(source, text):
    found = fields(source)
    assert found.text("a", "d") == text
    assert found.problems == []


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("true", True),
        ("yes", True),
        ("On", True),
        ("'Y'", True),
        ("false", False),
        ("no", False),
        ("OFF", False),
        ("", True),
    ],
)
def test_flags_are_written_as_in_jekyll(word, value):
    found = fields(f"a: {word}")
    assert found.flag("a", default=True) is value
    assert found.problems == []


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("a: one", ["one"]),
        ("a: one two", ["one", "two"]),
        ("a: [one two, 3]", ["one two", "3"]),
        ("a:\n- one\n- two", ["one", "two"]),
        ("a:", []),
        ("a: ''", []),
        ("a: []", []),
    ],
)
def test_words_come_as_text_or_list(source, words):
    found = fields(source)
    assert [word for word, _ in found.texts("a", split=True)] == words
    assert found.problems == []


def test_each_word_knows_its_place():
    places = [str(where) for _, where in fields("a:\n - one\n - two").texts("a")]
    assert places == ["f.md:2:4", "f.md:3:4"]


@pytest.mark.parametrize(
    ("read", "source", "place", "said"),
    [
        (lambda f: f.text("a"), "a: [1]", "f.md:1:4", "text, not a list"),
        (lambda f: f.text("a"), "a: {b: c}", "f.md:1:4", "text, not a mapping"),
        (lambda f: f.text("a"), "a: true", "f.md:1:4", 'text, not "True"'),
        (lambda f: f.flag("a"), "a: maybe", "f.md:1:4", 'true or false, not "maybe"'),
        (lambda f: f.flag("a"), "a: 1", "f.md:1:4", 'true or false, not "1"'),
        (lambda f: f.texts("a"), "a: {b: c}", "f.md:1:4", "a list of words, not a mapping"),
        (lambda f: f.texts("a"), "a: [x, null]", "f.md:1:8", "a list of words, not empty"),
        (lambda f: f.texts("a"), "a: [x, [y]]", "f.md:1:8", "a list of words, not a list"),
        (lambda f: f.mapping("a"), "a: x", "f.md:1:4", 'a mapping of keys and values, not "x"'),
        (lambda f: f.maps("a"), "a: {b: c}", "f.md:1:4", "a list of mappings, not a mapping"),
        (lambda f: f.maps("a"), "a: [{b: c}, x]", "f.md:1:13", 'a list of mappings, not "x"'),
    ],
)
def test_value_of_another_type_is_a_problem_at_its_place(read, source, place, said):
    found = fields(source)
    read(found)
    (problem,) = found.problems
    assert problem.code == "front-matter-wrong"
    assert str(problem.where) == place
    assert said in problem.message


def test_long_value_is_cut_in_the_message():
    found = fields("a: " + "x" * 1000)
    found.flag("a")
    assert len(found.problems[0].message) < 120


@pytest.mark.parametrize(
    "source", ["b: 1", "a:\nb: 1", "a: ''\nb: 1"], ids=["absent", "null", "empty"]
)
def test_required_key_without_value_is_incomplete(source):
    found = fields(source)
    assert not found.require("a", "write a: 1.")
    assert found.problems[0].code == "front-matter-incomplete"


def test_zero_and_false_are_values():
    found = fields("a: 0\nb: false")
    assert found.require("a", "")
    assert found.require("b", "")


def test_unknown_key_offers_the_nearest_one_that_may_be_offered():
    found = fields("titel: x\nold: y\nzzzz: 1", "entity")
    found.only(["title", "label"], also=["old"])
    first, second = found.problems
    assert first.code == "entity-key-unknown"
    assert first.message == 'an entity has no key "titel"'
    assert first.fix == 'did you mean "title"?'
    assert str(second.where) == "f.md:3:1"
    assert "title, label" in second.fix


@pytest.mark.parametrize(
    ("written", "read"),
    [("<!--more-->", "<!--more-->"), ('"<!-- fold -->\\n"', "<!-- fold -->"), ('"\\n\\n"', "")],
)
def test_comment_is_one_of_html_or_none(written, read):
    found = fields(f"a: {written}")
    assert found.comment("a") == read
    assert found.problems == []


@pytest.mark.parametrize("written", ["more", "<!--a--> b", "<!--->-->", '"<!-- -- -->"', "<hr>"])
def test_what_is_no_comment_is_a_problem(written):
    found = fields(f"a: {written}")
    assert found.comment("a") == ""
    assert [each.code for each in found.problems] == ["front-matter-wrong"]
