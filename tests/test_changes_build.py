"""What a build says of its data at its end."""

from __future__ import annotations

from pathlib import Path

import pytest

from changes_case import PACKAGE, TODAY, Site, money, run, small_site, swap
from osai_essay import report
from osai_essay.build import Options, build_site
from osai_essay.changes import Changes


@pytest.fixture
def root(site: Site) -> Path:
    return small_site(site)


def build(root: Path) -> Changes | None:
    result = build_site(root, Options(today=TODAY, output=root / "build"))
    assert not [p for p in result.problems if p.is_error], result.problems
    return result.changes


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


def test_build_whose_last_data_cannot_be_read_says_so_in_one_line(root: Path) -> None:
    run(root, "accept")
    assert build(root) is None
    (root / "build/data/money.csv").write_bytes(b"company,country,amount\nMeta,US\n")
    swap(root, Amazon=130)
    changes = build(root)
    assert changes is not None
    assert [move.name for move in changes.numbers] == ["ratio", "us", "span"]
    assert changes.datasets == ()
    (note,) = changes.notes
    assert note.startswith("Rows and charts are not compared; the earlier data cannot be read: ")
    assert "data/money.csv:2" in note


def test_fault_of_the_report_stops_no_build(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert build(root) is None
    swap(root, Amazon=130)

    def fail(*_: object) -> None:
        raise MemoryError("no room")

    monkeypatch.setattr(report, "compare", fail)
    result = run(root, "build")
    assert result.exit_code == 0
    assert "Amazon,US,130" in (root / "build/data/money.csv").read_text("utf-8")
    assert result.output.endswith("\n\nWhat changed cannot be said: no room\n")


def test_build_offers_to_accept_where_a_number_moved_alone(root: Path) -> None:
    run(root, "build")
    swap(root, Baidu=0)
    said = run(root, "build").output
    assert "+ Baidu" in said
    assert "osai-essay accept" not in said


def test_tables_that_a_build_wrote_beside_the_data_are_no_fault_of_them(root: Path) -> None:
    more = PACKAGE.partition("resources:\n")[2].replace("money.csv", "coins.yml")
    (root / "data/datapackage.yaml").write_text(PACKAGE + more.replace("money", "coins"), "utf-8")
    (root / "data/coins.yml").write_text("- {company: Meta, country: US, amount: 1}\n", "utf-8")
    assert build(root) is None
    assert (root / "build/data/coins.csv").exists()
    swap(root, Amazon=130)
    changes = build(root)
    assert changes is not None
    assert ([each.name for each in changes.datasets], changes.notes) == (["money"], ())
