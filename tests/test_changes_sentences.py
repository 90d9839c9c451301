"""Which sentences read differently, and how they are cut from the text around them."""

from __future__ import annotations

from pathlib import Path

import pytest

from changes_case import (
    BODY,
    FILE,
    NUMBERS,
    PACKAGE,
    POST,
    Site,
    changes_of,
    commit,
    run,
    small_site,
    swap,
)
from osai_essay.changes.reading import bare, cut


@pytest.fixture
def root(site: Site) -> Path:
    return small_site(site)


def test_sentences_are_shown_before_and_after(root: Path) -> None:
    commit(root)
    swap(root, Amazon=130)
    sentences = changes_of(root).sentences
    said = [(s.line, s.before, s.after) for s in sentences if "us" in s.numbers]
    assert said == [
        (5, "The US planned $150 billion.", "The US planned $180 billion."),
        (
            7,
            "Between them lie $12.5–150 billion, or $150bn at most.",
            "Between them lie $12.5–180 billion, or $180bn at most.",
        ),
        (1, "In 2025 the US planned $150 billion", "In 2025 the US planned $180 billion"),
    ]
    assert [s.after for s in sentences if "ratio" in s.numbers] == [
        "China planned $12.5 billion, so the ratio is 14.4 times!"
    ]


def write_essay(root: Path, body: str) -> None:
    text = f"---\ntitle: A\n---\n\n{body}\n\n{BODY}"
    (root / POST).write_text(text, encoding="utf-8")


def sentences_of(root: Path, name: str) -> list[tuple[int, str, str]]:
    essay = [s for s in changes_of(root).sentences if s.file == POST and name in s.numbers]
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


def test_private_signs_of_a_template_are_no_marks(root: Path) -> None:
    post = root / POST
    post.write_text(post.read_text("utf-8") + '\n{{ "\\U00100005" }} and {{ us }}.\n', "utf-8")
    commit(root)
    swap(root, Amazon=130)
    said = [s.after for s in changes_of(root).sentences]
    assert any("and $180 billion." in each for each in said)


def test_sentence_of_two_numbers_stands_once(root: Path) -> None:
    commit(root)
    swap(root, Amazon=130, Tencent=13)
    said = [s for s in changes_of(root).sentences if s.before.startswith("China planned")]
    assert [s.numbers for s in said] == [("cn", "ratio")]


def sentences_in(words: str) -> list[str]:
    return [bare(words[start:end]) for start, end in cut(words)]


@pytest.mark.parametrize(
    "words",
    [
        "The U.S. Treasury paid 5.",
        "Some, e.g. Amazon, paid 5.",
        "J. Smith and Dr. Jones met Meta vs. Amazon.",
        "See Nos. \U00100000 and \U00100001, p. \U00100002.",
        "It rose by 3.5 to 4.",
        "On Sept. \U00100000 it rose.",
    ],
)
def test_full_stop_of_an_abbreviation_ends_no_sentence(words: str) -> None:
    assert sentences_in(words) == [words]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("It rose. Then it fell.", ["It rose.", "Then it fell."]),
        ("It rose. \U00100000 fell.", ["It rose.", "\U00100000 fell."]),
        ("It is so.[^1] Then not.", ["It is so.", "Then not."]),
        ('He said "so." Then not.', ['He said "so."', "Then not."]),
        ("Was it? Élysée says no.", ["Was it?", "Élysée says no."]),
        ("It rose\nin May. *Then* it\n*fell*.", ["It rose in May.", "Then it fell."]),
        ("[^1]: It rose. Then it fell.", ["It rose.", "Then it fell."]),
        ("[^long]: It rose.\n[^2]: It fell.", ["It rose.", "It fell."]),
        ("## It rose ##\nIt fell.", ["It rose", "It fell."]),
        ("- It rose.\n- **It** fell.\n  Then not.", ["It rose.", "It fell.", "Then not."]),
        ("1. It rose\n2. It fell", ["It rose", "It fell"]),
        ("> It rose.\n\nIt fell.", ["It rose.", "It fell."]),
        ("It rose.{: .lead}\n{: #end .x}", ["It rose.", ""]),
        ("| Meta | 65. Up. |\n| Apple | 1 |", ["Meta · 65. Up.", "Apple · 1"]),
        ("Meta | 65\nApple | 1", ["Meta · 65", "Apple · 1"]),
        ("A [link](https://a.example) and [one][ref] `code`.", ["A link and one code."]),
        ("It was \\*2 * 3\\* of snake_case.", ["It was *2 * 3* of snake_case."]),
    ],
)
def test_sentences_are_cut_and_bare(words: str, said: list[str]) -> None:
    assert sentences_in(words) == said


def test_sentence_of_a_footnote_and_of_a_row_is_said_without_signs(root: Path) -> None:
    write_essay(root, "Text.[^1]\n\n| US | {{ us }} |\n|----|----|\n\n[^1]: It was {{ us }}.")
    commit(root)
    swap(root, Amazon=130)
    assert sentences_of(root, "us") == [(7, "US · $150 billion", "US · $180 billion")]
    notes = [s for s in changes_of(root).sentences if s.line == 10]
    assert [(s.before, s.after) for s in notes] == [
        ("It was $150 billion.", "It was $180 billion.")
    ]
