"""Claims that a swapped row made false, and those that it brought close."""

from __future__ import annotations

from pathlib import Path

import pytest

from changes_case import FILE, POST, Site, changes_of, commit, run, small_site, swap


@pytest.fixture
def root(site: Site) -> Path:
    return small_site(site)


def test_flipped_claim_stands_first(root: Path) -> None:
    commit(root)
    swap(root, Tencent=40)
    changes = changes_of(root)
    assert [(move.words, move.was_true, move.is_true) for move in changes.claims] == [
        ("less than a tenth", True, False)
    ]
    said = run(root, "diff").output
    assert said.partition("\n\n")[2].startswith(
        'Claims that changed\n  "less than a tenth" is no longer true\n'
        "      cn < us / 10, that is 40 < 15\n"
        f"      {POST}:9\n"
    )


def test_close_claim_is_named_by_the_sites_margin(root: Path) -> None:
    commit(root)
    swap(root, Tencent=14.5)
    assert [move.is_true for move in changes_of(root).claims] == [True]
    said = run(root, "diff").output
    assert '"less than a tenth" holds by 3.3% only, before by 17%' in said
    (root / "content/site.yml").write_text("title: S\nclaim_margin: 0.01\n", encoding="utf-8")
    assert changes_of(root).claims == ()


def test_close_claims_stand_apart_and_behind_nothing_changed(root: Path) -> None:
    swap(root, Tencent=14.5)
    run(root, "accept")
    commit(root)
    said = run(root, "diff").output
    assert said.partition("\n\n")[2] == (
        "Nothing changed.\n\n1 claim holds by little; osai-essay check names it.\n"
    )
    swap(root, Tencent=14.6)
    said = run(root, "diff").output
    assert "Nothing changed." not in said
    assert "osai-essay check" not in said
    assert said.index("Sentences") < said.index("Claims that hold by little")


def test_number_that_was_a_range_and_range_that_was_a_number(root: Path) -> None:
    (root / FILE).write_text("us: [1, 2]\nspan: 5\nratio: 12\ncn: 12.5\n", encoding="utf-8")
    moves = {move.name: (move.before, move.after) for move in changes_of(root).numbers}
    assert moves["us"] == ("$1–2 billion", "$150 billion")
    assert moves["span"] == ("$5 billion", "$12.5–150 billion")
    assert changes_of(root).claims == ()


def test_close_claim_over_numbers_that_did_not_move_is_counted_alone(root: Path) -> None:
    post = root / POST
    more = "{% claim us < 151 %}No more{% endclaim %} than {{ us }}.\n"
    post.write_text(post.read_text("utf-8") + more, "utf-8")
    commit(root)
    swap(root, Tencent=12.6)
    changes = changes_of(root)
    assert (changes.claims, changes.close) == ((), 1)
    assert run(root, "diff").output.endswith(
        "\n1 claim holds by little; osai-essay check names it.\n"
    )


def test_check_names_every_close_claim_and_stops_at_none(root: Path) -> None:
    assert "hold by little" not in run(root, "check").output
    swap(root, Tencent=14.5)
    result = run(root, "check", "--strict")
    assert result.exit_code == 0
    assert (
        'Claims that hold by little\n  "less than a tenth" holds by 3.3% only\n'
        "      cn < us / 10, that is 14.5 < 15\n"
    ) in result.output


def test_number_that_did_not_move_flips_no_claim_by_its_thirteenth_digit(root: Path) -> None:
    numbers, post = root / "content/numbers.yml", root / POST
    third = "third: {label: Third, formula: cn / 37.5}\n"
    numbers.write_text(numbers.read_text("utf-8") + third, "utf-8")
    more = "{% claim third > 0.3333333333331 %}A third{% endclaim %} is {{ third }}.\n"
    post.write_text(post.read_text("utf-8") + more, "utf-8")
    run(root, "accept")
    assert "third: 0.333333333333\n" in (root / FILE).read_text("utf-8")
    assert changes_of(root).claims == ()
