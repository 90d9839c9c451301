"""Where numbers and claims stand in a site: every text of essays, charts and declarations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from osai_essay.bind.parts import parts_of
from osai_essay.model import ChartSpec, ClaimSpec, Essay, Site, Text
from osai_essay.problem import Problem


def texts_of_essay(essay: Essay) -> tuple[Text, ...]:
    """Every text of an essay in which a number may stand."""
    found = (essay.title, essay.description, essay.body)
    return tuple(text for text in found if text)


def texts_of_chart(spec: ChartSpec) -> tuple[Text, ...]:
    """Every text of a chart in which a number may stand."""
    marks = [note.text for note in spec.annotations] + [line.text for line in spec.lines]
    found = (spec.title, spec.subtitle, spec.alt, spec.note, spec.description, *marks)
    return tuple(text for text in found if text)


def points_of_chart(spec: ChartSpec) -> tuple[str, ...]:
    """The words that stand for a place on an axis, among them names of numbers."""
    points = [(mark.x, mark.y) for mark in spec.annotations]
    points += [(line.x, line.y) for line in spec.lines]
    return tuple(at for point in points for at in point if isinstance(at, str))


def names_in_chart(spec: ChartSpec) -> set[str]:
    """Every word of a chart's texts and marks that may be a number's name."""
    return {use.name for text in texts_of_chart(spec) for use in text.names} | {
        *points_of_chart(spec)
    }


def claims_of(site: Site) -> Iterator[tuple[str, ClaimSpec]]:
    """Every claim with the file of its essay or chart, in order."""
    for essay in site.essays:
        for text in texts_of_essay(essay):
            yield from ((essay.source, claim) for claim in text.claims)
        yield from ((essay.source, claim) for claim in essay.claims)
    for spec in site.charts:
        for text in texts_of_chart(spec):
            yield from ((spec.source, claim) for claim in text.claims)


def names_used(site: Site) -> set[str]:
    """Every name that a text, a claim, a formula or a mark of a chart uses."""
    texts = [text for essay in site.essays for text in texts_of_essay(essay)]
    names = {use.name for text in texts for use in text.names}
    names = names.union(*map(names_in_chart, site.charts))
    names |= {use.name for _, claim in claims_of(site) for use in claim.rule.names}
    return names | {part for spec in site.numbers for part in parts_of(spec)}


def find_unused(site: Site, also: Iterable[str] = ()) -> Iterator[Problem]:
    """A warning for each number that nobody uses; also: names that templates use."""
    used = names_used(site) | set(also)
    for spec in site.numbers:
        if spec.name not in used and not spec.is_broken:
            yield Problem(
                code="number-unused",
                where=spec.where,
                message=f'nothing uses the number "{spec.name}"',
                fix=f"write {{{{ {spec.name} }}}} where it belongs, or take it out.",
                severity="warning",
            )
