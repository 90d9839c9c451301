"""Problems as values, and how they are printed."""

from __future__ import annotations

import json

import pytest

from osai_essay.problem import (
    Problem,
    Where,
    count_problems,
    did_you_mean,
    format_problem,
    has_errors,
    nearest,
    problems_to_github,
    problems_to_json,
    sort_problems,
)


def problem(file: str = "a.md", line: int | None = 2, column: int | None = 3, **more) -> Problem:
    where = Where(file=file, line=line, column=column, width=more.pop("width", 1))
    return Problem(**{"code": "a-b", "message": "wrong", "fix": "mend it", **more}, where=where)


def read(text: str):
    return lambda file: text.split("\n")


@pytest.mark.parametrize(
    ("where", "text"),
    [
        (Where(file="a.md"), "a.md"),
        (Where(file="a.md", line=3), "a.md:3"),
        (Where(file="a.md", line=3, column=7), "a.md:3:7"),
    ],
    ids=["file", "line", "column"],
)
def test_place_is_printed_as_far_as_it_is_known(where, text):
    assert str(where) == text


def test_problem_shows_line_before_and_underlines_the_place():
    assert format_problem(problem(width=4), read("one\nx nope y")) == (
        "a.md:2:3: error[a-b] wrong\n"
        "      1 | one\n"
        "      2 | x nope y\n"
        "        |   ^^^^\n"
        "  fix: mend it"
    )


@pytest.mark.parametrize(
    ("line", "column", "text"),
    [(None, None, "one"), (9, 1, "one"), (1, None, ""), (1, 500, "one"), (1, 1, "\x1b[31mred\x07")],
    ids=["no line", "line past the end", "empty file", "column past the end", "control characters"],
)
def test_odd_places_are_printed_without_a_fault(line, column, text):
    shown = format_problem(problem(line=line, column=column), read(text))
    assert shown.startswith("a.md")
    assert shown.endswith("fix: mend it")
    assert "\x1b" not in shown


def test_file_that_cannot_be_read_has_no_snippet():
    assert format_problem(problem(), lambda file: None).count("\n") == 1


def test_long_line_is_cut_in_the_snippet():
    assert len(format_problem(problem(line=1, column=1), read("x" * 10_000))) < 500


def test_place_far_in_a_long_line_is_shown():
    line = "x" * 400 + "here" + "y" * 400
    *_, shown, mark, _ = format_problem(problem(line=1, column=401), read(line)).split("\n")
    assert shown[mark.index("^") :].startswith("here")
    assert len(shown) < 200


def test_long_place_is_underlined_as_far_as_it_is_shown():
    for column in (1, 401):
        text = format_problem(problem(line=1, column=column, width=9_000), read("x" * 10_000))
        *_, shown, mark, _ = text.split("\n")
        assert len(mark) == len(shown.rstrip("…"))


def test_problems_are_sorted_by_place_and_stand_once():
    unsorted = [problem("b.md", 1), problem("a.md", 10), problem("a.md", 9), problem("b.md", 1)]
    places = [str(each.where) for each in sort_problems([*unsorted, problem("a.md", None, None)])]
    assert places == ["a.md", "a.md:9:3", "a.md:10:3", "b.md:1:3"]


def test_warnings_alone_are_no_errors():
    assert not has_errors([problem(severity="warning")])
    assert has_errors([problem(severity="warning"), problem()])


@pytest.mark.parametrize(
    ("errors", "warnings", "text"),
    [(1, 0, "1 error"), (2, 1, "2 errors, 1 warning"), (0, 2, "2 warnings"), (0, 0, "")],
)
def test_closing_line_counts_errors_and_warnings(errors, warnings, text):
    found = [problem()] * errors + [problem(severity="warning")] * warnings
    assert count_problems(found) == text


def test_json_holds_every_part_of_a_problem():
    (data,) = json.loads(problems_to_json([problem("é.md")]))
    assert data["where"] == {"file": "é.md", "line": 2, "column": 3, "width": 1}
    assert data["severity"] == "error"


@pytest.mark.parametrize(
    ("name", "known", "near"),
    [
        ("capx", ["capex", "cat"], "capex"),
        ("CAPEX", ["capex"], "capex"),
        ("zzz", ["capex"], None),
        ("", ["capex"], None),
        ("bra", ["bar", "box"], "bar"),
        ("capex.yml", ["toc.html", "growth.html"], None),
        ("2026-11-01-b.md", ["2026-11-01-a.md"], None),
        (
            "2026-11-03-power.md",
            ["2026-11-01-power.md", "2026-11-03-tower.md"],
            "2026-11-01-power.md",
        ),
        ("othre.md", ["2026-11-02-other.md"], "2026-11-02-other.md"),
        ("elsewhere", ["nowhere"], None),
        ("a", [], None),
    ],
)
def test_nearest_known_name(name, known, near):
    assert nearest(name, known) == near


def test_advice_falls_back_where_nothing_is_near():
    assert did_you_mean("capx", ["capex"], else_say="make one.") == 'did you mean "capex"?'
    assert did_you_mean("zzz", ["capex"], else_say="make one.") == "make one."


def test_github_gets_one_command_a_problem_and_no_text_forges_another():
    wrong = problem("a,b:c.md", message="100 % wrong\n::error::x", severity="warning")
    assert problems_to_github([wrong, problem("b.md", line=None, column=None)]) == (
        "::warning file=a%2Cb%3Ac.md,line=2,col=3,title=a-b"
        "::100 %25 wrong%0A::error::x%0Afix: mend it\n"
        "::error file=b.md,title=a-b::wrong%0Afix: mend it\n"
    )
