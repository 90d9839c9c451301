"""What a swapped CSV changes: rows, numbers, sentences, claims, charts; and what was accepted."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from osai_essay.build import Options, build_site
from osai_essay.changes import Changes
from osai_essay.changes.accepted import FILE
from osai_essay.cli import cli
from osai_essay.report import find_changes

Site = Callable[[Mapping[str, str | bytes]], Path]

ROWS = {"Amazon": ("US", 100.0), "Meta": ("US", 50.0), "Tencent": ("CN", 12.5)}
PACKAGE = """\
name: money
resources:
  - name: money
    path: money.csv
    title: Money
    licenses: [{name: CC0-1.0}]
    sources: [{title: A report}]
    schema:
      primaryKey: [company]
      fields:
        - {name: company, type: string}
        - {name: country, type: string}
        - {name: amount, type: number, unit: USD bn}
"""
NUMBERS = """\
us: {label: US, from: money, where: country = 'US', value: sum(amount), unit: USD bn}
cn: {label: CN, from: money, where: country = 'CN', value: sum(amount), unit: USD bn}
ratio: {label: Ratio, formula: us / cn, unit: times}
span: {label: Span, range: [cn, us]}
largest: {label: Largest, from: money, value: "arg_max(company, amount)"}
"""
BODY = """\
The US planned {{ us }}. China planned {{ cn }}, so the ratio is **{{ ratio }}**!

- Between them lie {{ span }}, or [{{ us | format('$0bn') }}](https://example.org) at most.

It was {% claim cn < us / 10 %}less than a tenth{% endclaim %}, and {{ largest }} led.
"""
CHART = """\
title: In 2025 the US planned {{ us }}
alt: Bars.
kind: bar
from: money
x: amount
y: company
color: country
"""


def money(**amounts: float) -> str:
    rows = {**ROWS, **{name: (ROWS.get(name, ("CN",))[0], each) for name, each in amounts.items()}}
    lines = [f"{name},{country},{amount}" for name, (country, amount) in rows.items()]
    return "\n".join(["company,country,amount", *lines, ""])


@pytest.fixture
def root(site: Site) -> Path:
    return site(
        {
            "content/site.yml": "title: Small\n",
            "content/numbers.yml": NUMBERS,
            "content/posts/2026-11-01-a.md": f"---\ntitle: A\n---\n\n{BODY}",
            "content/charts/bars.yml": CHART,
            "data/money.csv": money(),
            "data/datapackage.yaml": PACKAGE,
        }
    )


def commit(root: Path) -> None:
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "a"]):
        subprocess.run(
            ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *words],
            cwd=root,
            check=True,
        )


def build(root: Path) -> Changes | None:
    result = build_site(root, Options(today=date(2026, 11, 21), output=root / "build"))
    assert not [p for p in result.problems if p.is_error], result.problems
    return result.changes


def changes_of(root: Path, against: str | None = None) -> Changes:
    changes, problems = find_changes(root, (), against=against)
    assert changes is not None, problems
    return changes


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, [arguments[0], "--root", str(root), *arguments[1:]])


def swap(root: Path, **amounts: float) -> None:
    (root / "data/money.csv").write_text(money(**amounts), encoding="utf-8")


def test_swapped_row_is_explained_against_the_last_commit(root: Path) -> None:
    commit(root)
    swap(root, Amazon=130)
    changes = changes_of(root)
    assert [
        (row.key, cell.column, cell.before, cell.after)
        for dataset in changes.datasets
        for row in dataset.changed
        for cell in row.cells
    ] == [("Amazon", "amount", 100.0, 130.0)]
    moves = {move.name: (move.before, move.after) for move in changes.numbers}
    assert moves == {
        "us": ("$150 billion", "$180 billion"),
        "ratio": ("12 times", "14.4 times"),
        "span": ("$12.5–150 billion", "$12.5–180 billion"),
    }
    assert [(chart.name, chart.marks[0].label) for chart in changes.charts] == [
        ("bars", "Amazon, US")
    ]
    assert changes.pages == (
        "content/charts/bars.yml",
        "content/posts/2026-11-01-a.md",
        "data/money",
    )


def test_sentences_are_shown_before_and_after(root: Path) -> None:
    commit(root)
    swap(root, Amazon=130)
    moves = {move.name: move for move in changes_of(root).numbers}
    said = [(s.line, s.before, s.after) for s in moves["us"].sentences]
    assert said == [
        (5, "The US planned $150 billion.", "The US planned $180 billion."),
        (
            7,
            "Between them lie $12.5–150 billion, or $150bn at most.",
            "Between them lie $12.5–180 billion, or $180bn at most.",
        ),
        (1, "In 2025 the US planned $150 billion", "In 2025 the US planned $180 billion"),
    ]
    assert [s.after for s in moves["ratio"].sentences] == [
        "China planned $12.5 billion, so the ratio is 14.4 times!"
    ]


def test_added_and_removed_rows(root: Path) -> None:
    commit(root)
    text = money(Baidu=20).replace("Meta,US,50.0\n", "")
    (root / "data/money.csv").write_text(text, encoding="utf-8")
    (change,) = changes_of(root).datasets
    assert (change.added, change.removed, change.changed) == (("Baidu",), ("Meta",), ())


def test_rows_without_a_key_are_compared_whole(root: Path) -> None:
    (root / "data/datapackage.yaml").write_text(
        PACKAGE.replace("      primaryKey: [company]\n", ""), encoding="utf-8"
    )
    commit(root)
    swap(root, Amazon=130)
    (change,) = changes_of(root).datasets
    assert (change.added, change.removed) == (("Amazon, US, 130.0",), ("Amazon, US, 100.0",))


def test_flipped_claim_stands_first(root: Path) -> None:
    commit(root)
    swap(root, Tencent=40)
    changes = changes_of(root)
    assert [(move.words, move.was_true, move.is_true) for move in changes.claims] == [
        ("less than a tenth", True, False)
    ]
    said = run(root, "diff").output
    assert said.startswith('Claims\n  "less than a tenth" is no longer true: cn < us / 10')


def test_close_claim_is_named_by_the_sites_margin(root: Path) -> None:
    commit(root)
    swap(root, Tencent=14.5)
    assert [move.is_true for move in changes_of(root).claims] == [True]
    (root / "content/site.yml").write_text("title: S\nclaim_margin: 0.01\n", encoding="utf-8")
    assert changes_of(root).claims == ()


def test_larger_moves_stand_before_smaller(root: Path) -> None:
    commit(root)
    swap(root, Amazon=101, Tencent=6)
    names = [move.name for move in changes_of(root).numbers if move.share is not None]
    assert names == ["ratio", "cn", "us"]


def test_accepted_values_are_the_measure(root: Path) -> None:
    assert run(root, "accept").output == "content/accepted.yml is written.\n"
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
    run(root, "accept")
    assert changes_of(root).numbers == ()
    assert run(root, "accept").output == "These values were accepted already.\n"


def test_new_and_dropped_numbers_are_named(root: Path) -> None:
    run(root, "accept")
    text = NUMBERS.replace("largest:", "leader:")
    (root / "content/numbers.yml").write_text(text, encoding="utf-8")
    post = root / "content/posts/2026-11-01-a.md"
    post.write_text(post.read_text("utf-8").replace("{{ largest }}", "{{ leader }}"), "utf-8")
    said = run(root, "diff").output
    assert "leader is new: Amazon" in said
    assert "largest is gone; it was Amazon" in said


def test_build_says_what_the_data_changed_since_the_last_one(root: Path) -> None:
    assert build(root) is None
    assert build(root) is None
    swap(root, Amazon=130)
    changes = build(root)
    assert changes is not None
    assert [move.name for move in changes.numbers] == ["ratio", "us", "span"]
    assert build(root) is None


def test_build_says_what_is_not_accepted_until_it_is(root: Path) -> None:
    run(root, "accept")
    swap(root, Amazon=130)
    assert build(root) is not None
    again = build(root)
    assert again is not None
    assert [move.name for move in again.numbers] == ["ratio", "us", "span"]
    assert again.datasets == ()
    assert "osai-essay accept" in run(root, "build").output
    run(root, "accept")
    assert build(root) is None


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


def test_another_folder_or_commit_can_be_compared_with(root: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / "data"
    other.mkdir(parents=True)
    (other / "money.csv").write_text(money(Amazon=90), encoding="utf-8")
    (other / "datapackage.yaml").write_text(PACKAGE, encoding="utf-8")
    run(root, "accept")
    moves = {move.name: move.before for move in changes_of(root, str(other.parent)).numbers}
    assert moves["us"] == "$140 billion"
    commit(root)
    swap(root, Amazon=130)
    moves = {move.name: move.before for move in changes_of(root, "HEAD").numbers}
    assert moves["us"] == "$150 billion"


@pytest.mark.parametrize("against", ["nowhere", "--output=x", "HEAD~99"])
def test_unknown_state_is_a_wrong_command_line(root: Path, against: str) -> None:
    commit(root)
    result = run(root, "diff", f"--against={against}")
    assert result.exit_code == 2
    assert "neither a folder with data nor a commit" in result.output


def test_formats_for_machines_and_pull_requests(root: Path) -> None:
    commit(root)
    (root / "data/money.csv").write_text(
        money(Amazon=130).replace("Tencent", "<b>*x*@y"), encoding="utf-8"
    )
    data = json.loads(run(root, "diff", "--format", "json").output)
    assert data["datasets"][0]["added"] == ["<b>*x*@y"]
    markdown = run(root, "diff", "--format", "markdown").output
    assert "### Numbers\n\n- ratio: 12 times -&gt; 14.4 times (+20%)" in markdown
    assert "+ &lt;b&gt;\\*x\\*\\@y" in markdown
    html = run(root, "diff", "--format", "html").output
    assert "<li>+ &lt;b&gt;*x*@y</li>" in html


def test_broken_site_is_said_and_nothing_accepted(root: Path) -> None:
    (root / "content/numbers.yml").write_text("us: 5\n", encoding="utf-8")
    for command in ("diff", "accept"):
        result = run(root, command)
        assert result.exit_code == 1
        assert "number-wrong" in result.output
    assert not (root / FILE).exists()


def test_broken_accepted_file_is_a_problem(root: Path) -> None:
    (root / FILE).write_text("us: [1, {a: 2}]\ncn: true\n", encoding="utf-8")
    result = run(root, "diff")
    assert result.exit_code == 1
    assert "accepted-wrong" in result.output
