"""The report of `osai-essay diff`: its order, its formats, and what it compares with."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from markdown import markdown

from changes_case import FILE, PACKAGE, Site, changes_of, commit, money, run, small_site, swap


@pytest.fixture
def root(site: Site) -> Path:
    return small_site(site)


def test_larger_moves_stand_before_smaller(root: Path) -> None:
    commit(root)
    swap(root, Amazon=101, Tencent=6)
    names = [move.name for move in changes_of(root).numbers if move.share is not None]
    assert names == ["ratio", "cn", "us"]


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
    assert "<li><ins>+ &lt;b&gt;*x*@y</ins></li>" in html


def test_broken_site_is_said_and_nothing_accepted(root: Path) -> None:
    (root / "content/numbers.yml").write_text("us: 5\n", encoding="utf-8")
    for command in ("diff", "accept"):
        result = run(root, command)
        assert result.exit_code == 1
        assert "number-wrong" in result.output
    assert not (root / FILE).exists()


def test_signs_of_a_report_in_markdown_begin_no_list(root: Path) -> None:
    commit(root)
    swap(root, Amazon=130)
    html = markdown(run(root, "diff", "--format", "markdown").output)
    assert "<li>- The US planned $150 billion.</li>" in html
    assert "<li>+ The US planned $180 billion.</li>" in html


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


def test_link_out_of_a_commit_is_left_behind(root: Path) -> None:
    (root / "data/zz").symlink_to("/etc/passwd")
    commit(root)
    (root / "data/zz").unlink()
    swap(root, Amazon=130)
    assert {move.name for move in changes_of(root, "HEAD").numbers} >= {"us"}


def test_flipped_claims_stand_before_numbers_and_those_before_sentences(root: Path) -> None:
    commit(root)
    swap(root, Tencent=40)
    blocks = run(root, "diff").output.split("\n\n")
    titles = [block.partition("\n")[0] for block in blocks[1:]]
    assert titles == ["Claims that changed", "Numbers", "Sentences", "Charts", "Data", "Pages"]


def test_without_a_commit_the_last_build_is_compared_with_wherever_it_lies(
    root: Path, tmp_path: Path
) -> None:
    output = str(tmp_path / "elsewhere")
    run(root, "build", "--output", output)
    swap(root, Amazon=130)
    assert run(root, "diff").output == (  # there is no build/
        "Numbers, rows and charts: not compared, for there is no commit and no build.\n\n"
        "Nothing changed.\n"
    )
    said = run(root, "diff", "--output", output).output
    assert said.startswith("Numbers, rows and charts: against the last good build.\n")
    assert "us: $150 billion -> $180 billion" in said


@pytest.mark.parametrize("style", ["text", "markdown", "html", "json"])
def test_report_begins_with_what_it_compares_with(root: Path, style: str) -> None:
    run(root, "accept")
    commit(root)
    git = ["git", "-C", str(root), "rev-parse", "--short", "HEAD"]
    sign = subprocess.run(git, capture_output=True, text=True, check=True).stdout.strip()
    said = run(root, "diff", "--format", style).output
    rows = f"Rows and charts: against the last commit ({sign})."
    assert f"Numbers: against content/accepted.yml. {rows}" in said
    said = run(root, "diff", "--against", "HEAD", "--format", style).output
    assert f"Numbers, rows and charts: against the commit HEAD ({sign})." in said
    said = run(root, "diff", "--against", str(root), "--format", "text").output
    assert f"against the folder {root}." in said


def test_one_row_more_than_are_listed_is_said_in_the_singular(root: Path) -> None:
    commit(root)
    swap(root, A=1, B=1, C=1, D=1, E=1, F=1)
    assert "and 1 more row\n" in run(root, "diff").output
    swap(root, A=1, B=1, C=1, D=1, E=1, F=1, G=1)
    assert "and 2 more rows\n" in run(root, "diff").output


def test_earlier_data_that_cannot_be_read_are_said(root: Path) -> None:
    swap(root, Amazon=130)
    whole = (root / "data/money.csv").read_bytes()
    (root / "data/money.csv").write_bytes(b"company,country,amount\nMeta,US\n")
    commit(root)
    (root / "data/money.csv").write_bytes(whole)
    assert "\nRows and charts are not compared; the earlier data" in run(root, "diff").output
    result = run(root, "diff", "--against", "HEAD")
    assert result.exit_code == 2
    assert "--against: data/money.csv:2" in result.output


def test_report_in_html_tells_sides_apart_and_fits_a_phone(root: Path) -> None:
    commit(root)
    swap(root, Amazon=130)
    html = run(root, "diff", "--format", "html").output
    assert '<meta name="viewport"' in html
    assert "<li><del>- The US planned $150 billion.</del></li>" in html
    assert "<li><ins>+ The US planned $180 billion.</ins></li>" in html
