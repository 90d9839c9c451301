"""What a swapped CSV changes: rows, numbers, sentences, claims, charts; and what was accepted."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from markdown import markdown

from osai_essay.build import Options, build_site
from osai_essay.changes import Changes
from osai_essay.changes.accepted import FILE, accept_numbers, read_accepted, value_of
from osai_essay.changes.rows import compare_chart, compare_rows, marks_of
from osai_essay.changes.snapshot import take_snapshot
from osai_essay.cli import cli
from osai_essay.load import load_site
from osai_essay.model import ChartSpec, Number, NumberSpec, Table, Text
from osai_essay.problem import Where
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
    assert said.startswith(
        'Claims that changed\n  "less than a tenth" is no longer true: cn < us / 10'
    )


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
    assert "+ &lt;b&gt;\\*x\\*\\@\u200by" in markdown
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


def write_essay(root: Path, body: str) -> None:
    text = f"---\ntitle: A\n---\n\n{body}\n\n{BODY}"
    (root / "content/posts/2026-11-01-a.md").write_text(text, encoding="utf-8")


def sentences_of(root: Path, name: str) -> list[tuple[int, str, str]]:
    moves = {move.name: move for move in changes_of(root).numbers}
    essay = [each for each in moves[name].sentences if each.file.endswith("-a.md")]
    return [(each.line, each.before, each.after) for each in essay if each.line < 10]


def test_filtered_numbers_and_their_differences_read_as_they_did(root: Path) -> None:
    write_essay(root, "About {{ us | round }} there.\n\nThe gap is {{ us - cn }} now. None here.")
    commit(root)
    swap(root, Amazon=130)
    assert sentences_of(root, "us")[:2] == [
        (5, "About 150 there.", "About 180 there."),
        (7, "The gap is 137.5 now.", "The gap is 167.5 now."),
    ]


def test_sentences_that_come_and_go_have_one_side(root: Path) -> None:
    body = "First. {% if us > 160 %}So much. {% else %}So little. Too little. {% endif %}Last."
    write_essay(root, body)
    commit(root)
    swap(root, Amazon=130)
    assert sentences_of(root, "us")[:2] == [
        (5, "So little.", "So much."),
        (5, "Too little.", ""),
    ]
    assert "- Too little.\n" in run(root, "diff").output
    assert "+ \n" not in run(root, "diff").output


def test_text_that_could_not_be_said_then_has_no_sentences(root: Path) -> None:
    write_essay(root, "The ratio is {{ 100 / (us - 150) }} now. The US has {{ us }}.")
    swap(root, Amazon=130)
    (root / FILE).write_text("us: 150\n", encoding="utf-8")
    assert sentences_of(root, "us") == []
    (root / FILE).write_text("us: 200\n", encoding="utf-8")
    assert sentences_of(root, "us")[1] == (
        5, "The US has $200 billion.", "The US has $180 billion."
    )  # fmt: skip


def test_sentence_belongs_to_the_numbers_printed_in_it(root: Path) -> None:
    write_essay(root, "The US has {{ us }}. China has {{ cn }}.")
    commit(root)
    swap(root, Amazon=130, Tencent=14)
    assert sentences_of(root, "cn")[0] == (
        5, "China has $12.5 billion.", "China has $14 billion."
    )  # fmt: skip
    assert "The US has $150 billion." not in str(sentences_of(root, "cn"))


def test_accepted_date_reads_as_a_date(root: Path) -> None:
    text = PACKAGE + "        - {name: day, type: date}\n"
    (root / "data/datapackage.yaml").write_text(text, encoding="utf-8")
    rows = "company,country,amount,day\nMeta,US,150,2026-01-02\nTencent,CN,12.5,2026-01-03\n"
    (root / "data/money.csv").write_text(rows, encoding="utf-8")
    day = "day: {label: Day, from: money, value: max(day)}\n"
    (root / "content/numbers.yml").write_text(NUMBERS + day, encoding="utf-8")
    write_essay(root, "It was on {{ day }}.")
    run(root, "accept")
    (root / "data/money.csv").write_text(rows.replace("01-03", "02-01"), encoding="utf-8")
    said = [(5, "It was on 3 January 2026.", "It was on 1 February 2026.")]
    assert sentences_of(root, "day") == said


def test_signs_of_a_report_in_markdown_begin_no_list(root: Path) -> None:
    commit(root)
    swap(root, Amazon=130)
    html = markdown(run(root, "diff", "--format", "markdown").output)
    assert "<li>- The US planned $150 billion.</li>" in html
    assert "<li>+ The US planned $180 billion.</li>" in html


def chart_of(**words: object) -> ChartSpec:
    where = Where(file="content/charts/a.yml")
    text = Text(source="A", where=where)
    sort = str(words.pop("sort", "")) or None
    return ChartSpec(
        name="a", source=where.file, where=where, kind="bar", title=text, alt=text,
        arguments=words, sort=sort,
    )  # fmt: skip


def table_of(*rows: tuple[object, ...]) -> Table:
    types = ("string", "integer", "number", "number")
    return Table(names=("who", "year", "amount", "other"), types=types, rows=rows)  # type: ignore[arg-type]


def test_amount_of_a_bar_that_lies_is_on_its_x() -> None:
    table = table_of(("Meta", 2025, 5.0, 1.0))
    assert marks_of(chart_of(x="amount", y="year", orientation="h"), table) == {(2025,): 5.0}
    assert marks_of(chart_of(x="year", y="amount"), table) == {(2025,): 5.0}


def test_each_column_of_a_list_has_its_marks() -> None:
    table = table_of(("Meta", 2025, 5.0, 1.0))
    assert marks_of(chart_of(x="year", y=["amount", "other"]), table) == {
        (2025, "amount"): 5.0,
        (2025, "other"): 1.0,
    }


def test_column_that_a_chart_does_not_use_does_not_change_it() -> None:
    before, after = table_of(("Meta", 2025, 5.0, 1.0)), table_of(("Meta", 2025, 5.0, 2.0))
    assert compare_chart(chart_of(x="year", y="amount"), "A", before, after) is None
    assert compare_chart(chart_of(x="year", y="amount", sort="-other"), "A", before, after)
    assert compare_chart(chart_of(x="year", y="other"), "A", before, after)


def test_keys_that_read_alike_stay_apart() -> None:
    names, types = ("a", "b", "n"), ("string", "string", "integer")
    before = Table(names=names, types=types, rows=(("x, y", "z", 1), ("x", "y, z", 2)))
    after = Table(names=names, types=types, rows=(("x, y", "z", 3), ("x", "y, z", 2)))
    change = compare_rows("t", before, after, ("a", "b"))
    assert change
    assert [(row.key, row.cells[0].before) for row in change.changed] == [("x, y, z", 1)]


def test_renamed_column_is_no_change_of_its_rows(root: Path) -> None:
    table = Table(names=("a", "n"), types=("string", "integer"), rows=(("x", 1), ("y", 2)))
    renamed = Table(names=("a", "m"), types=table.types, rows=table.rows)
    for key in (("a",), ()):
        change = compare_rows("t", table, renamed, key)
        assert change
        assert (change.added, change.removed, change.changed) == ((), (), ())
        assert (change.columns_added, change.columns_removed) == (("m",), ("n",))
    commit(root)
    for file in ("data/datapackage.yaml", "data/money.csv"):
        path = root / file
        path.write_text(path.read_text("utf-8").replace("company", "firm"), encoding="utf-8")
    for file in ("content/numbers.yml", "content/charts/bars.yml"):
        path = root / file
        path.write_text(path.read_text("utf-8").replace("company", "firm"), encoding="utf-8")
    said = run(root, "diff").output
    assert "money: columns 1 added, 1 removed\n      + column firm\n      - column company" in said


def test_build_says_that_a_dataset_is_gone(root: Path) -> None:
    more = PACKAGE.partition("resources:\n")[2].replace("money", "coins")
    package = root / "data/datapackage.yaml"
    package.write_text(PACKAGE + more, encoding="utf-8")
    (root / "data/coins.csv").write_text(money(), encoding="utf-8")
    assert build(root) is None
    package.write_text(PACKAGE, encoding="utf-8")
    (root / "data/coins.csv").unlink()
    changes = build(root)
    assert changes is not None
    assert [(each.name, len(each.removed)) for each in changes.datasets] == [("coins", 3)]


@pytest.mark.parametrize("value", ["[]", "[1]", "[1, 2, 3]", "[a, b]", ".inf", "1e999"])
def test_what_is_no_value_of_a_number_is_a_problem(root: Path, value: str) -> None:
    (root / FILE).write_text(f"span: {value}\n", encoding="utf-8")
    result = run(root, "diff")
    assert result.exit_code == 1
    assert "accepted-wrong" in result.output


def test_number_that_was_a_range_and_range_that_was_a_number(root: Path) -> None:
    (root / FILE).write_text("us: [1, 2]\nspan: 5\nratio: 12\ncn: 12.5\n", encoding="utf-8")
    moves = {move.name: (move.before, move.after) for move in changes_of(root).numbers}
    assert moves["us"] == ("$1–2 billion", "$150 billion")
    assert moves["span"] == ("5", "$12.5–150 billion")
    assert changes_of(root).claims == ()


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
    assert run(root, "accept").output == "content/accepted.yml is written.\n"
    assert changes_of(root).is_empty


@pytest.mark.parametrize(
    "value", [10**15, 10**20, 12345678901234567, 1e20, 1e-7, 123456789012345, 0.1 + 0.2]
)
def test_accepted_number_reads_back_as_it_was(root: Path, value: float) -> None:
    spec = NumberSpec(name="n", where=Where(file="a"), label="N")
    number = Number(spec=spec, value=value, text="")
    accept_numbers(root, {"n": number})
    assert read_accepted(root) == ({"n": value_of(number)}, ())


def test_close_claims_stand_apart_and_behind_nothing_changed(root: Path) -> None:
    swap(root, Tencent=14.5)
    run(root, "accept")
    commit(root)
    said = run(root, "diff").output
    assert said.startswith(
        'Nothing changed.\n\nClaims close to their margin\n  "less than a tenth" holds by 3.3% only'
    )
    swap(root, Tencent=14.6)
    assert "Nothing changed." not in run(root, "diff").output


def test_accept_writes_through_no_link(root: Path, tmp_path: Path) -> None:
    victim = tmp_path / "victim.txt"
    victim.write_text("mine", encoding="utf-8")
    (root / FILE).symlink_to(victim)
    result = run(root, "accept")
    assert result.exit_code == 1
    assert "path-outside" in result.output
    assert victim.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("sign", ["\u0085", "\u009b", "\u2028", "\ufeff"])
def test_accepted_text_is_read_back_as_it_was(root: Path, sign: str) -> None:
    post = root / "content/posts/2026-11-01-a.md"
    numbers = {"x": replace(take(root)["largest"], value=f"a{sign}b")}
    assert accept_numbers(root, numbers)
    assert read_accepted(root)[0] == {"x": f"a{sign}b"}
    assert post.exists()


def take(root: Path) -> Mapping[str, Number]:
    site, _ = load_site(root)
    return take_snapshot(site, root, site.datasets)[0].numbers


def test_cells_cannot_forge_parts_of_a_report(root: Path) -> None:
    commit(root)
    text = money().replace("Tencent", '"x\n\n### Claims\n\n- fine https://evil.example @org"')
    (root / "data/money.csv").write_text(text, encoding="utf-8")
    for style in ("text", "markdown", "html"):
        said = run(root, "diff", "--format", style).output
        assert "\n### Claims" not in said
        assert "\n\n- fine" not in said
    markdown = run(root, "diff", "--format", "markdown").output
    assert "https://" not in markdown
    assert "@org" not in markdown


def test_private_signs_of_a_template_are_no_marks(root: Path) -> None:
    post = root / "content/posts/2026-11-01-a.md"
    post.write_text(post.read_text("utf-8") + '\n{{ "\\U00100005" }} and {{ us }}.\n', "utf-8")
    commit(root)
    swap(root, Amazon=130)
    said = [s.after for move in changes_of(root).numbers for s in move.sentences]
    assert any("and $180 billion." in each for each in said)


def test_link_out_of_a_commit_is_left_behind(root: Path) -> None:
    (root / "data/zz").symlink_to("/etc/passwd")
    commit(root)
    (root / "data/zz").unlink()
    swap(root, Amazon=130)
    assert {move.name for move in changes_of(root, "HEAD").numbers} >= {"us"}
