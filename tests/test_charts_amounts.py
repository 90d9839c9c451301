"""Text where a chart draws amounts."""

from __future__ import annotations

import pytest

from osai_essay.charts.amounts import check_numbers
from osai_essay.model import ChartSpec, Table, Text
from osai_essay.problem import Where

HERE = Where(file="content/charts/a.yml", line=1)
EMPTY = Text(source="", where=HERE)


def words_at_fault(kind: str, cells: list[str | None], **arguments: object) -> list[str]:
    """The arguments that a problem is said of; `text` is the column with the cells."""
    table = Table(
        names=("text", "amount", "name"),
        types=("string", "number", "string"),
        rows=tuple((cell, 1.5, "Amazon") for cell in cells),
    )
    places = {word: Where(file=word) for word in arguments}
    spec = ChartSpec(
        name="a", source=HERE.file, where=HERE, kind=kind, title=EMPTY, alt=EMPTY,
        arguments=arguments, places=places,
    )  # fmt: skip
    found = list(check_numbers(spec, table))
    assert {problem.code for problem in found} <= {"chart-column-text"}
    return [problem.where.file for problem in found]


@pytest.mark.parametrize("cells", [["$1,200", None, "$900"], ["3.5%"], ["1,000", "5"], ["-$5"]])
@pytest.mark.parametrize(
    ("kind", "arguments", "words"),
    [
        ("scatter", {"x": "amount", "y": "text"}, ["y"]),
        ("line", {"x": "text", "y": "amount"}, ["x"]),
        ("bar", {"x": "name", "y": "text"}, ["y"]),
        ("bar", {"x": "amount", "y": ["amount", "text"]}, ["y"]),
        ("pie", {"names": "name", "values": "text"}, ["values"]),
        ("histogram", {"x": "text"}, ["x"]),
    ],
)
def test_numbers_with_signs_are_not_drawn_as_names(
    cells: list[str | None], kind: str, arguments: dict[str, object], words: list[str]
) -> None:
    assert words_at_fault(kind, cells, **arguments) == words


@pytest.mark.parametrize("cells", [["007", "008"], ["2024", "2025"], ["7B", "70B"], ["GPT-4"]])
def test_names_with_digits_are_names(cells: list[str | None]) -> None:
    assert words_at_fault("bar", cells, x="text", y="amount") == []


def test_colours_and_labels_may_be_anything() -> None:
    assert words_at_fault("bar", ["3.5%"], x="name", y="amount", color="text", text="text") == []


def test_names_on_both_axes_are_said_once() -> None:
    assert words_at_fault("bar", ["US"], x="text", y="name") == ["x"]
