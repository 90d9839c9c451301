"""The table of kinds against the installed Plotly Express."""

from __future__ import annotations

import inspect

import pytest

from osai_essay.charts import kinds

px = pytest.importorskip("plotly.express")
OURS = {"labels", "title", "subtitle", "height"}  # arguments that are words of the house


def functions() -> set[str]:
    made = {name for name in dir(px) if inspect.isfunction(getattr(px, name)) and name[0] != "_"}
    return made - {"get_trendline_results"}


def test_every_function_of_plotly_express_is_offered_or_refused() -> None:
    assert functions() == set(kinds.KINDS) | set(kinds.REFUSED_KINDS)


@pytest.mark.parametrize("name", sorted(kinds.KINDS))
def test_arguments_of_a_kind_are_those_of_its_function(name: str) -> None:
    signature = set(inspect.signature(getattr(px, name)).parameters)

    assert kinds.KINDS[name].arguments == signature - set(kinds.REFUSED_ARGUMENTS) - OURS


def test_every_argument_has_one_type() -> None:
    groups = [
        kinds.ONE_COLUMN, kinds.SEVERAL_COLUMNS, set(kinds.CHOICES), kinds.NUMBERS,
        kinds.SWITCHES, kinds.PAIRS, kinds.LISTS, kinds.MAPPINGS, kinds.EITHER,
    ]  # fmt: skip
    arguments = set().union(*(kind.arguments for kind in kinds.KINDS.values()))

    assert {word: sum(word in group for group in groups) for word in arguments} == dict.fromkeys(
        arguments, 1
    )


def test_needed_words_are_arguments_of_the_kind() -> None:
    for kind in kinds.KINDS.values():
        assert {word for group in kind.needs for word in group} <= kind.arguments


def test_every_refusal_says_why_and_what_instead() -> None:
    refused = [*kinds.REFUSED_KINDS.values(), *kinds.REFUSED_ARGUMENTS.values()]

    assert all(why and instead for why, instead in refused)
