"""Blanks that a draft leaves for its author: readers never see a text that is still `TODO`."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator

from osai_essay.located import Value, YamlList, YamlMap
from osai_essay.model import Essay, Site
from osai_essay.problem import Problem, Where
from osai_essay.struct import replace

CODE = "blank-left"
STOPS = " (--drafts builds with it)"
LEFT_OUT = ", so this chart is left out (--drafts shows it)"
OPTIONAL = ("description", "note", "unit")  # what is whole without these lines
_BLANK = re.compile(r"\s*TODO(?::\s*(?P<words>.*\S)\s*)?", re.DOTALL)


def blank(words: str) -> str:
    """A blank that says what belongs there."""
    return f"TODO: {words}"


def find_blanks(value: Value) -> Iterator[Problem]:
    """A problem for each blank in a YAML file. Problems: blank-left."""
    for key, item, where in _items(value):
        found = _BLANK.fullmatch(item) if isinstance(item, str) else None
        if found:
            yield _left(key, where, found["words"])
        else:
            yield from find_blanks(item)


def set_aside(
    site: Site, problems: Iterable[Problem], essays: Iterable[Essay], *, drafts: bool
) -> tuple[Site, tuple[Problem, ...]]:
    """What blanks may stand: with drafts all, and else those of charts that no essay shows.

    Such a chart is left out of the site. essays: those that are published.
    """
    found = tuple(problems)
    blank = {problem.where.file for problem in found if is_blank(problem)}
    if drafts or not blank:
        return site, _weigh(found, blank)
    shown = {name for essay in essays for name in _charts_of(essay)}
    left = {each.source for each in site.charts if each.source in blank and each.name not in shown}
    charts = tuple(each for each in site.charts if each.source not in left)
    return replace(site, charts=charts), _weigh(found, left, LEFT_OUT)


def _charts_of(essay: Essay) -> Iterator[str]:
    yield from (use.name for use in essay.body.charts)
    yield from (use.name.removesuffix(".html") for use in essay.body.includes)


def is_blank(problem: Problem) -> bool:
    """True for what is still to be written, which keeps nobody from reading the rest."""
    return problem.code == CODE


def _weigh(
    problems: Iterable[Problem], may_stand: Container[str], then: str = ""
) -> tuple[Problem, ...]:
    """Blanks with what follows from them: a warning in files in which they may stand."""

    def weigh(problem: Problem) -> Problem:
        if not is_blank(problem):
            return problem
        if problem.where.file in may_stand:
            return replace(problem, message=f"{problem.message}{then}", severity="warning")
        return replace(problem, message=f"{problem.message}{STOPS}")

    return tuple(map(weigh, problems))


def _items(value: Value) -> Iterator[tuple[str, Value, Where]]:
    """The parts of a mapping or a list, each with its name and place."""
    if isinstance(value, YamlMap):
        yield from ((key, value[key], value.where(key)) for key in value)
    elif isinstance(value, YamlList):
        yield from (("item", item, value.where(index)) for index, item in enumerate(value))


def _left(key: str, where: Where, words: str | None) -> Problem:
    return Problem(
        code=CODE,
        where=where,
        message=f"`{key}` is still to be filled in",
        fix=f"write {words or 'it'}{', or take the line out' if key in OPTIONAL else ''}.",
    )
