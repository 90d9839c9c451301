"""Values that an author accepts: kept in content/accepted.yml, and what is wrong with that file."""

from __future__ import annotations

from pathlib import Path

import pytest

from changes_case import (
    FILE,
    NUMBERS,
    POST,
    TODAY,
    Site,
    changes_of,
    run,
    small_site,
    swap,
)
from osai_essay.build import Options, build_site
from osai_essay.changes.accepted import read_accepted, write_accepted
from osai_essay.formats import short_value
from osai_essay.problem import Problem


@pytest.fixture
def root(site: Site) -> Path:
    return small_site(site)


def test_accepted_values_are_the_measure(root: Path) -> None:
    said = run(root, "accept").output
    assert said == "5 numbers taken over into content/accepted.yml; commit it.\n"
    kept = (root / FILE).read_text(encoding="utf-8")
    assert kept.splitlines()[1:] == [
        "cn: 12.5",
        'largest: "Amazon"',
        "ratio: 12",
        "span: [12.5, 150]",
        "us: 150",
    ]
    assert changes_of(root).is_empty
    swap(root, Amazon=130)
    assert "us: $150 billion -> $180 billion (+20%)" in run(root, "diff").output
    assert run(root, "accept").output.splitlines() == [
        "ratio: 12 times -> 14.4 times (+20%)",
        "us: $150 billion -> $180 billion (+20%)",
        "span: $12.5–150 billion -> $12.5–180 billion",
        "3 numbers taken over into content/accepted.yml; commit it.",
    ]
    assert changes_of(root).numbers == ()
    assert run(root, "accept").output == "These values were accepted already.\n"


def test_new_and_dropped_numbers_are_named(root: Path) -> None:
    run(root, "accept")
    text = NUMBERS.replace("largest:", "leader:")
    (root / "content/numbers.yml").write_text(text, encoding="utf-8")
    post = root / POST
    post.write_text(post.read_text("utf-8").replace("{{ largest }}", "{{ leader }}"), "utf-8")
    said = run(root, "diff").output
    assert "leader is new: Amazon" in said
    assert "largest is gone; it was Amazon" in said
    assert run(root, "accept").output.splitlines() == [
        "largest is gone; it was Amazon",
        "leader is new: Amazon",
        "2 numbers taken over into content/accepted.yml; commit it.",
    ]


def test_strict_build_stops_at_what_is_not_accepted(root: Path) -> None:
    assert run(root, "build", "--strict").exit_code == 0
    run(root, "accept")
    swap(root, Amazon=130)
    (root / "content/accepted.yml").write_text(
        (root / FILE).read_text("utf-8").replace("cn: 12.5\n", ""), "utf-8"
    )
    result = run(root, "build", "--strict")
    assert result.exit_code == 1
    assert 'error[number-moved] "us" was 150 when it was accepted, and is 180' in result.output
    assert 'error[number-new] "cn" is new: 12.5' in result.output
    run(root, "accept")
    assert run(root, "build", "--strict").exit_code == 0


def test_broken_accepted_file_is_a_problem(root: Path) -> None:
    (root / FILE).write_text("us: [1, {a: 2}]\ncn: true\n", encoding="utf-8")
    result = run(root, "diff")
    assert result.exit_code == 1
    assert "accepted-wrong" in result.output


@pytest.mark.parametrize("value", ["[]", "[1]", "[1, 2, 3]", "[a, b]", ".inf", "1e999"])
def test_what_is_no_value_of_a_number_is_a_problem(root: Path, value: str) -> None:
    (root / FILE).write_text(f"span: {value}\n", encoding="utf-8")
    result = run(root, "diff")
    assert result.exit_code == 1
    assert "accepted-wrong" in result.output


@pytest.mark.parametrize("spoil", ["folder", "no content"])
def test_accepted_file_that_cannot_be_written_is_a_problem(root: Path, spoil: str) -> None:
    if spoil == "folder":
        (root / FILE).mkdir()
    else:
        (root / "content").rename(root / "elsewhere")
    result = run(root, "accept")
    assert result.exit_code == 1
    assert "content/accepted.yml: error[accepted-unwritable]" in result.output


def test_accept_writes_over_what_is_no_text(root: Path) -> None:
    (root / FILE).write_bytes(b"us: \xff\n")
    said = run(root, "accept").output
    assert said == "5 numbers taken over into content/accepted.yml; commit it.\n"
    assert changes_of(root).is_empty


@pytest.mark.parametrize(
    "value", [10**15, 10**20, 12345678901234567, 1e20, 1e-7, 123456789012345, 0.1 + 0.2]
)
def test_accepted_number_reads_back_as_it_was(root: Path, value: float) -> None:
    write_accepted(root, {"n": short_value(value)})
    accepted, problems = read_accepted(root)
    assert accepted
    assert (accepted.values, problems) == ({"n": short_value(value)}, ())


def test_accept_writes_through_no_link(root: Path, tmp_path: Path) -> None:
    victim = tmp_path / "victim.txt"
    victim.write_text("mine", encoding="utf-8")
    (root / FILE).symlink_to(victim)
    result = run(root, "accept")
    assert result.exit_code == 1
    assert "path-outside" in result.output
    assert victim.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("sign", ["\u00a0", "\u200b", "\u2028", "\ufeff"])
def test_accepted_text_is_read_back_as_it_was(root: Path, sign: str) -> None:
    assert write_accepted(root, {"x": f"a{sign}b"})
    accepted, _ = read_accepted(root)
    assert accepted
    assert accepted.values == {"x": f"a{sign}b"}


def test_nothing_is_accepted_while_a_claim_is_false(root: Path) -> None:
    run(root, "accept")
    before = (root / FILE).read_bytes()
    swap(root, Tencent=40)
    result = run(root, "accept")
    assert result.exit_code == 1
    assert f'{POST}:9:17: error[claim-false] "less than a tenth" is not true' in result.output
    assert result.output.endswith("1 error\nNothing was accepted.\n")
    assert (root / FILE).read_bytes() == before


def write_draft(root: Path, *, is_draft: bool) -> None:
    front = "title: B\nnumbers:\n  ours: {label: Ours, formula: us * 2}\n"
    front += "draft: true\n" if is_draft else ""
    text = f"---\n{front}---\n\nIt is {{{{ ours }}}}.\n"
    (root / "content/posts/2026-11-02-b.md").write_text(text, encoding="utf-8")


def test_numbers_of_a_draft_are_neither_new_nor_gone(root: Path) -> None:
    run(root, "accept")
    write_draft(root, is_draft=True)
    assert changes_of(root).is_empty
    said = run(root, "accept", "--drafts").output
    assert said.startswith("ours is new: 300\n")
    kept = (root / FILE).read_bytes()
    assert b"ours: 300\n" in kept
    assert changes_of(root).is_empty
    assert run(root, "accept").output == "These values were accepted already.\n"
    assert (root / FILE).read_bytes() == kept
    assert "accepted-" not in run(root, "check").output
    write_draft(root, is_draft=False)
    assert changes_of(root).is_empty


def problems_of_accepted(root: Path, *, is_strict: bool) -> list[Problem]:
    result = build_site(root, Options(today=TODAY, output=root / "build", strict=is_strict))
    return [problem for problem in result.problems if problem.where.file == FILE]


@pytest.mark.parametrize("is_strict", [False, True])
def test_value_of_a_number_that_is_gone_is_a_problem_at_its_line(
    root: Path, is_strict: bool
) -> None:
    run(root, "accept")
    path = root / FILE
    path.write_text(path.read_text("utf-8") + "zoo: 5\n", encoding="utf-8")
    (problem,) = problems_of_accepted(root, is_strict=is_strict)
    assert (problem.code, problem.where.line) == ("accepted-unknown", 7)
    assert problem.is_error == is_strict
    assert run(root, "accept").output.startswith("zoo is gone; it was 5\n")
    assert problems_of_accepted(root, is_strict=is_strict) == []


@pytest.mark.parametrize(
    ("line", "code"),
    [("us: true", "accepted-wrong"), ("us: 1\nus: 2", "yaml-key-twice"), ("- 1", "accepted-wrong")],
)
def test_fault_of_the_accepted_file_has_its_line(root: Path, line: str, code: str) -> None:
    (root / FILE).write_text(f"# accepted\n\n{line}\n", encoding="utf-8")
    (problem,) = problems_of_accepted(root, is_strict=False)
    assert problem.code == code
    assert problem.where.line == 2 + len(line.splitlines())
    assert run(root, "accept").exit_code == 0
    assert problems_of_accepted(root, is_strict=True) == []
