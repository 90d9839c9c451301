"""Figures in prose that are bound to no number: they stay as they are when the data change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from osai_essay.bind import texts_of_chart, texts_of_essay
from osai_essay.checks.unbound.figures import Figure, find_figures
from osai_essay.checks.unbound.known import find_known
from osai_essay.checks.unbound.places import FilePlaces
from osai_essay.model import Bound, ChartSpec, Essay, Number, Text
from osai_essay.problem import Problem, Severity, Where
from osai_essay.prose import running_text
from osai_essay.template import bare_words

Prose = tuple[Text, Mapping[str, Number], bool]  # a text, the numbers it may use, has it math


def check_unbound(
    essays: Iterable[Essay],
    charts: Iterable[ChartSpec],
    bound: Bound,
    *,
    language: str,
    read_lines: Callable[[str], Sequence[str]],
    severity: Severity = "warning",
) -> Iterator[Problem]:
    """A problem for each figure in prose that stands in no `{{ }}`, no claim and no unbound tag.

    language: of the prose; number words are known in English alone.
    read_lines: a file under the root -> its lines.
    """
    for text, numbers, math in (*_prose_of_essays(essays, bound), *_prose_of_charts(charts, bound)):
        places = FilePlaces(text, read_lines(text.where.file))
        running = running_text(bare_words(text), math=math)
        for figure in find_figures(running, language):
            where = places.at(figure.offset, figure.words)
            yield _problem(figure, where, numbers, severity)


def _prose_of_essays(essays: Iterable[Essay], bound: Bound) -> Iterator[Prose]:
    for essay in essays:
        numbers = bound.seen_from(essay.source)
        for text in texts_of_essay(essay):
            yield text, numbers, essay.math and text is essay.body


def _prose_of_charts(charts: Iterable[ChartSpec], bound: Bound) -> Iterator[Prose]:
    numbers = bound.seen_from()
    return ((text, numbers, False) for spec in charts for text in texts_of_chart(spec))


def _problem(
    figure: Figure, where: Where, numbers: Mapping[str, Number], severity: Severity
) -> Problem:
    words = " ".join(figure.words.split())
    known = find_known(words, numbers.values())
    bind = (
        f"did you mean {{{{ {known.name} }}}} ({known.text})? Else"
        if known
        else "declare a number and write its {{ name }}, put it into a {% claim %}, or"
    )
    return Problem(
        code="number-unbound",
        where=where,
        message=f'the figure "{words}" is bound to no number',
        fix=f'{bind} mark it as meant: {{% unbound "why" %}}{words}{{% endunbound %}}.',
        severity=severity,
    )
