"""Two states of a site -> what changed, the most weighty first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from osai_essay.bind import texts_of_chart, texts_of_essay
from osai_essay.changes.accepted import Values, moved_since, say_plain, value_of
from osai_essay.changes.claims import find_close, find_flipped
from osai_essay.changes.rows import EMPTY, compare_chart, compare_rows
from osai_essay.changes.sentences import find_sentences, take_back
from osai_essay.changes.snapshot import Snapshot
from osai_essay.changes.values import Changes, ChartMove, DatasetChange, NumberMove
from osai_essay.model import Number
from osai_essay.template import render_text


def compare(after: Snapshot, before: Snapshot | None, accepted: Values | None) -> Changes:
    """What changed between two states of a site.

    before: rows and charts are compared with it; None: they are not compared.
    accepted: the values numbers are compared with; None: those of `before`.
    """
    accepted = _measure(after, before, accepted)
    moved = moved_since(after.numbers, accepted)
    touched = moved.keys() | (after.numbers.keys() - accepted.keys())
    close = find_close(after.claims, after.site.config.claim_margin, moved)
    closer = tuple(move for move in close if touched.intersection(move.numbers))
    charts = tuple(_charts(after, before)) if before else ()
    datasets = tuple(_datasets(after, before)) if before else ()
    return Changes(
        claims=(*find_flipped(after.claims, moved), *closer),
        numbers=tuple(sorted(_numbers(after, accepted, moved), key=_weight)),
        sentences=find_sentences(after.site, after.numbers, moved),
        charts=charts,
        datasets=datasets,
        pages=tuple(_pages(after, set(moved), charts, datasets)),
        close=len(close) - len(closer),
        language=after.site.config.language,
    )


def _measure(after: Snapshot, before: Snapshot | None, accepted: Values | None) -> Values:
    """The values that numbers are compared with: where there are none, the present ones."""
    if accepted is None:
        return {name: value_of(number) for name, number in (before or after).numbers.items()}
    return {name: value for name, value in accepted.items() if name not in after.site.hidden}


def _weight(move: NumberMove) -> tuple[float, str]:
    return (-abs(move.share) if move.share is not None else 1.0, move.name)


def _numbers(after: Snapshot, accepted: Values, moved: Values) -> Iterator[NumberMove]:
    for name, number in after.numbers.items():
        if name not in accepted:
            yield _move(number, "", None)
        elif name in moved:
            then = take_back(number, moved[name], after.numbers).text
            yield _move(number, then, _share(moved[name], value_of(number)))
    for name in accepted:
        if name not in after.numbers:
            shown = say_plain(accepted[name])
            yield NumberMove(name=name, label="", before=shown, after="", share=None)


def _move(number: Number, before: str, share: float | None) -> NumberMove:
    label = number.spec.label
    return NumberMove(name=number.name, label=label, before=before, after=number.text, share=share)


def _share(before: Any, after: Any) -> float | None:
    amounts = [each for each in (before, after) if isinstance(each, int | float)]
    return (after - before) / abs(before) if len(amounts) == 2 and before else None


def _charts(after: Snapshot, before: Snapshot) -> Iterator[ChartMove]:
    for spec in after.site.charts:
        new = after.charts.get(spec.name)
        if new is not None:
            title, _ = render_text(spec.title, _names(after.numbers))
            move = compare_chart(spec, title, before.charts.get(spec.name, EMPTY), new)
            if move:
                yield move


def _names(numbers: Mapping[str, Number]) -> dict[str, Any]:
    return {"site": {}, **numbers}


def _datasets(after: Snapshot, before: Snapshot) -> Iterator[DatasetChange]:
    for name in dict.fromkeys((*after.tables, *before.tables)):
        key = after.keys.get(name) or before.keys.get(name) or ()
        tables = [side.tables.get(name, EMPTY) for side in (before, after)]
        change = compare_rows(name, tables[0], tables[1], key)
        if change:
            yield change


def _pages(
    after: Snapshot,
    moved: set[str],
    charts: tuple[ChartMove, ...],
    datasets: tuple[DatasetChange, ...],
) -> Iterator[str]:
    """The files behind the pages that show what changed."""
    names = {chart.name for chart in charts}
    site = after.site
    for spec in site.charts:
        used = {use.name for text in texts_of_chart(spec) for use in text.names}
        if spec.name in names or used & moved:
            names.add(spec.name)
            yield spec.source
    for essay in site.essays:
        texts = texts_of_essay(essay)
        used = {use.name for text in texts for use in text.names}
        shown = {use.name for use in essay.body.charts}
        shown |= {use.name.removesuffix(".html") for use in essay.body.includes}
        if used & moved or shown & names:
            yield essay.source
    yield from (f"data/{dataset.name}" for dataset in datasets)
