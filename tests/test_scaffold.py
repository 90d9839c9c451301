"""A new site, post and chart: what is made builds, and what is there stays."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from osai_essay.build import Options, build_site
from osai_essay.cli import cli
from osai_essay.located import read_yaml
from osai_essay.scaffold import ScaffoldError, new_chart, new_post, new_site
from osai_essay.scaffold.words import scalar

Site = Callable[[Mapping[str, str]], Path]
TODAY = date(2026, 11, 22)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, catch_exceptions=False)


def check(root: Path, **options: bool) -> list[str]:
    """What a strict check says of a site."""
    result = build_site(root, Options(today=TODAY, strict=True, **options))
    return [f"{problem.where}: {problem.code}" for problem in result.problems]


def files_of(root: Path) -> dict[str, bytes]:
    paths = (path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}


def test_page_on_beginning_names_the_commands_there_are() -> None:
    text = (Path(__file__).parent.parent / "docs/beginning.md").read_text()
    named = set(re.findall(r"^osai-essay (new \w+|\w+)", text, re.MULTILINE))
    assert named == {"new site", "new post", "new chart", "describe", "build"}
    for words in named:
        assert run(*words.split(), "--help").exit_code == 0


# --- a site ------------------------------------------------------------------------------------


def test_new_site_builds_at_once_without_a_word(tmp_path: Path) -> None:
    root = tmp_path / "essays"
    new_site(root)
    output = tmp_path / "out"
    result = build_site(root, Options(today=TODAY, strict=True, output=output))
    assert result.problems == ()
    post = (output / "two-years-of-building/index.html").read_text()
    assert "$357 billion" in post
    assert (output / "charts/capex/capex.svg").is_file()


def test_new_site_stops_when_its_claim_is_no_longer_true(tmp_path: Path) -> None:
    new_site(tmp_path / "essays")
    data = tmp_path / "essays/data/capex.csv"
    data.write_text(data.read_text().replace("Amazon,2025,131.82", "Amazon,2025,11.82"))
    assert [line.split()[-1] for line in check(tmp_path / "essays")] == ["claim-false"] * 2


def test_figures_of_the_new_site_are_those_of_the_site_of_this_repository() -> None:
    ours = Path(__file__).parent.parent / "data"
    example = ours.parent / "src/osai_essay/scaffold/site/data"
    actual = {row[0:3:2] + row[7:8]: ids(row[13]) for row in rows_of(ours / "capex.csv")}
    rows = rows_of(example / "capex.csv")
    assert len(rows) == 20
    assert all(ids(row[3]) <= actual[row[:3]] for row in rows)


def test_sources_of_the_new_site_are_those_of_its_figures_and_of_this_repository() -> None:
    ours = Path(__file__).parent.parent / "data"
    example = ours.parent / "src/osai_essay/scaffold/site/data"
    known = {record["id"]: record for record in read_yaml((ours / "sources.yml").read_text(), "")}
    sources = rows_of(example / "sources.csv")
    for id, title, publisher, url, accessed in sources:
        record = known[id]
        assert (title, publisher, url, accessed) == tuple(
            record[word] for word in ("title", "publisher", "url", "accessed")
        )
    named = set[str]().union(*(ids(row[3]) for row in rows_of(example / "capex.csv")))
    assert {row[0] for row in sources} == named


def test_new_site_takes_a_constant_with_one_of_its_sources(tmp_path: Path) -> None:
    new_site(tmp_path / "essays")
    numbers = tmp_path / "essays/content/numbers.yml"
    constant = "{label: Spent, constant: 131.82, source: %s, unit: USD bn}"
    post = tmp_path / "essays/content/posts/2026-11-21-two-years-of-building.md"
    post.write_text(post.read_text() + "\n{{ spent }}\n")
    before = numbers.read_text()
    numbers.write_text(f"{before}spent: {constant % 'opencapital-amzn'}\n")
    assert check(tmp_path / "essays") == []
    numbers.write_text(f"{before}spent: {constant % 'imf-2025'}\n")
    (problem,) = build_site(tmp_path / "essays", Options(today=TODAY)).problems
    assert problem.fix == "add a record with the id imf-2025 to data/sources.csv."


def rows_of(path: Path) -> list[tuple[str, ...]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [tuple(row) for row in csv.reader(file)][1:]


def ids(cell: str) -> set[str]:
    return set(cell.split(";"))


def test_new_site_goes_into_an_empty_folder_and_makes_those_above_it(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert new_site(tmp_path / "empty") == new_site(tmp_path / "a/b/c")
    assert files_of(tmp_path / "empty") == files_of(tmp_path / "a/b/c")
    assert "content/site.yml" in files_of(tmp_path / "empty")


@pytest.mark.parametrize("name", ["full", "full/note.txt", "lost"])
def test_new_site_refuses_what_is_no_empty_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full/note.txt").write_text("mine")
    (tmp_path / "lost").symlink_to(tmp_path / "nowhere")
    result = run("new", "site", str(tmp_path / name))
    assert result.exit_code == 2
    assert name in result.output
    assert files_of(tmp_path) == {"full/note.txt": b"mine"}


@pytest.mark.parametrize("name", ["empty", "above/site"])
def test_a_site_that_was_made_in_part_is_taken_back(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").mkdir()
    write = Path.write_bytes

    def fail_at_data(path: Path, content: bytes) -> int:
        if path.parent.name == "data":
            raise OSError(28, "No space left on device")
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", fail_at_data)
    with pytest.raises(ScaffoldError, match="No space left"):
        new_site(tmp_path / name)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["empty"]


# --- a post ------------------------------------------------------------------------------------


def test_new_post_is_a_draft_named_by_day_and_title(site: Site) -> None:
    root = site({"content/site.yml": "title: S\nurl: https://example.org\n"})
    title = 'What\'s "next": 50% of {power}?'
    file = new_post(root, title, TODAY)
    assert file == "content/posts/2026-11-22-what-s-next-50-of-power.md"
    assert (root / file).read_text().startswith(f"---\ntitle: {scalar(title)}\ndraft: true")
    assert check(root) == []
    (root / file).write_text((root / file).read_text().replace("draft: true", "draft: false"))
    output = root.parent / "out"
    build_site(root, Options(today=TODAY, output=output))
    assert (output / "what-s-next-50-of-power/index.html").is_file()


def test_new_post_takes_its_day_from_the_option_or_the_clock(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = site({"content/site.yml": "title: S\n"})
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert run("new", "post", "One", "--root", str(root)).exit_code == 0
    assert run("new", "post", "Two", "--date", "2026-01-31", "--root", str(root)).exit_code == 0
    posts = sorted(path.name for path in (root / "content/posts").iterdir())
    assert posts == ["2023-11-14-one.md", "2026-01-31-two.md"]
    assert run("new", "post", "Three", "--date", "31.1.2026", "--root", str(root)).exit_code == 2


def test_new_post_overwrites_none(site: Site) -> None:
    root = site({"content/posts/2026-11-22-one.md": "mine"})
    with pytest.raises(ScaffoldError, match="is there already"):
        new_post(root, "One!", TODAY)
    assert files_of(root) == {"content/posts/2026-11-22-one.md": b"mine"}


@pytest.mark.parametrize("title", ["", " \n", "long " * 60])
def test_title_that_makes_no_file_is_refused(site: Site, title: str) -> None:
    root = site({"content/site.yml": "title: S\n"})
    with pytest.raises(ScaffoldError):
        new_post(root, title, TODAY)


def test_new_post_in_a_folder_without_a_site_says_so(tmp_path: Path) -> None:
    result = run("new", "post", "One", "--root", str(tmp_path))
    assert result.exit_code == 1
    assert "site-missing" in result.output
    assert files_of(tmp_path) == {}


def test_new_post_does_not_follow_a_link_out_of_the_site(site: Site, tmp_path: Path) -> None:
    root = site({"content/site.yml": "title: S\n"})
    (tmp_path / "elsewhere").mkdir()
    (root / "content/posts").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ScaffoldError, match="leads out"):
        new_post(root, "One", TODAY)


# --- a chart -----------------------------------------------------------------------------------

PLANS = "firm,country,year,basis,usd_bn\n" + "".join(
    f"{firm},{country},{year},{basis},{number}\n"
    for number, (firm, country, year, basis) in enumerate(
        (firm, country, year, basis)
        for firm, country in (("Amazon", "US"), ("Meta", "US"), ("Tencent", "CN"))
        for year in (2023, 2024, 2025)
        for basis in (("plan", "actual") if year == 2025 else ("actual",))
    )
)
TABLES = {  # what is in the file -> what the draft holds besides its blanks
    "day,price\n2025-01-01,3\n2025-01-02,4.5\n": "kind: line\nfrom: t\nx: day\ny: price\nlabels: ends\n",
    "firm,usd_bn\nA,3.5\nB,4\n": "kind: bar\nfrom: t\nx: usd_bn\ny: firm\norientation: h\nsort: -usd_bn\nlabels: bars\n",
    "a,b\n0.5,3\n1.5,4\n0.5,3\n": "kind: scatter\nfrom: t\nx: a\ny: b\n",
    "firm,closed,usd_bn\nA,2025-01-01,3.5\nB,2025-01-02,4\n": "kind: scatter\nfrom: t\nx: closed\ny: usd_bn\nhover_name: firm\n",
    "firm\nA\nB\nB\n": "kind: histogram\nfrom: t\nx: firm\n",
    "country,month,share\nUS,2025-01,0.5\nCN,2025-01,0.25\nUS,2025-02,0.75\nCN,2025-02,0.5\n": "kind: line\nfrom: t\nx: month\ny: share\ncolor: country\nlabels: ends\n",
    "country,day,share\nUS,2025-01-01,0.5\nCN,2025-01-01,0.25\n": "kind: bar\nfrom: t\nx: share\ny: country\norientation: h\nsort: -share\nlabels: bars\n",
    PLANS: "kind: line\nfrom: t\nwhere: basis = 'actual'\nx: year\ny: usd_bn\ncolor: firm\nlabels: ends\n",
}  # fmt: skip


def draft(root: Path, name: str, dataset: str) -> str:
    """The lines of a drafted chart that are no comments."""
    file, problems = new_chart(root, name, dataset)
    assert problems == ()
    assert file == f"content/charts/{name}.yml"
    lines = (root / file).read_text().splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith("#"))


@pytest.mark.parametrize("table", TABLES)
def test_kind_and_columns_come_from_the_data(site: Site, table: str) -> None:
    root = site({"data/t.csv": table})
    assert draft(root, "new", "t").partition("kind:")[2] == TABLES[table].partition("kind:")[2]


def test_charts_draw_once_their_blanks_are_filled(site: Site) -> None:
    names = [f"t{number}" for number in range(len(TABLES))]
    root = site({f"data/{name}.csv": table for name, table in zip(names, TABLES, strict=True)})
    texts = {name: draft(root, name, name) for name in names}
    assert check(root)[: 3 * len(names)] == [
        f"content/charts/{name}.yml:{line}:{len(word) + 4}: blank-left"
        for name in names
        for line, word in enumerate(["title", "subtitle", "alt"], 1)
    ]
    for name, text in texts.items():
        words = "title: What was seen in 2025\nsubtitle: S\nalt: A picture.\nkind:"
        (root / f"content/charts/{name}.yml").write_text(words + text.partition("kind:")[2])
    left = {"dataset-undescribed", "chart-unused", "site-url-missing"}
    assert {line.split()[-1] for line in check(root)} == left


def test_more_names_than_colours_are_named_in_a_comment(site: Site) -> None:
    rows = "".join(f"{firm},{day},1.5\n" for firm in "ABCDEFG" for day in ("2025-01", "2025-02"))
    root = site({"data/t.csv": f"firm,month,price\n{rows}"})
    draft(root, "new", "t")
    text = (root / "content/charts/new.yml").read_text()
    assert "# `where: firm in ('A', 'B', 'C', 'D', 'E', 'F')` keeps" in text


def test_long_list_of_bars_is_cut(site: Site) -> None:
    rows = "".join(f"firm {number},{number}.5\n" for number in range(30))
    root = site({"data/t.csv": f"firm,price\n{rows}"})
    assert "limit: 20\n" in draft(root, "new", "t")


def test_unknown_dataset_offers_the_nearest(site: Site) -> None:
    root = site({"data/prices.csv": "a,b\n1,2\n"})
    result = run("new", "chart", "x", "--from", "price", "--root", str(root))
    assert result.exit_code == 2
    assert 'did you mean "prices"?' in result.output


@pytest.mark.parametrize(("name", "words"), [("Old Chart", "old-chart"), ("../x", "name"), ("old", "old.py")])  # fmt: skip
def test_chart_of_a_wrong_or_taken_name_is_refused(site: Site, name: str, words: str) -> None:
    root = site({"data/t.csv": "a,b\n1,2\n", "content/charts/deep/old.py": "mine"})
    before = files_of(root)
    result = run("new", "chart", name, "--from", "t", "--root", str(root))
    assert result.exit_code == 2
    assert words in result.output
    assert files_of(root) == before


def test_chart_from_broken_data_names_the_line(site: Site) -> None:
    root = site({"data/t.csv": "a,b\n1\n"})
    result = run("new", "chart", "x", "--from", "t", "--root", str(root))
    assert result.exit_code == 1
    assert "data/t.csv:2:1: error[csv-row-length]" in result.output
    assert sorted(files_of(root)) == ["data/t.csv"]


def test_chart_from_a_computed_dataset_is_refused(site: Site) -> None:
    root = site({"data/t.csv": "a,b\n1,2\n", "data/s.sql": "SELECT * FROM t"})
    with pytest.raises(ScaffoldError, match="is computed"):
        new_chart(root, "x", "s")
