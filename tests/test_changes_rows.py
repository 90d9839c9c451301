"""Rows of a dataset and marks of a chart, before and after."""

from __future__ import annotations

from pathlib import Path

import pytest

from changes_case import PACKAGE, Site, changes_of, commit, money, run, small_site, swap
from osai_essay.changes.rows import compare_chart, compare_rows, marks_of
from osai_essay.model import ChartSpec, Table, Text
from osai_essay.problem import Where


@pytest.fixture
def root(site: Site) -> Path:
    return small_site(site)


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
    assert (change.added, change.removed) == (("Amazon, US, 130",), ("Amazon, US, 100",))


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
    assert "money: 1 column added, 1 removed\n      + column firm\n      - column company" in said


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


def test_cells_are_said_as_a_reader_sees_them(root: Path) -> None:
    full = (root / "data/money.csv").read_text("utf-8")
    (root / "data/money.csv").write_text(full.replace("US,100.0", "US,"), "utf-8")
    commit(root)
    (root / "data/money.csv").write_text(full, "utf-8")
    assert "      Amazon: amount nothing -> 100\n" in run(root, "diff").output


def test_marks_are_said_in_the_sites_language(root: Path) -> None:
    (root / "content/site.yml").write_text("title: S\nlanguage: de\n", encoding="utf-8")
    commit(root)
    swap(root, Amazon=130.5)
    said = run(root, "diff").output
    assert "      Amazon, US: 100 -> 130,5\n" in said
    assert "(+20 %)" in said
