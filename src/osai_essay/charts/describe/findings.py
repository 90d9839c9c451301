"""What the rows of a chart say: the largest and smallest, courses, spreads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from statistics import median
from types import MappingProxyType

from osai_essay.charts.describe.columns import (
    PARTS,
    Key,
    is_ordered,
    keys_of,
    labels_of,
    log_columns,
    names_of,
    words_of,
)
from osai_essay.charts.describe.courses import DAY, amount_of, find_courses, in_order, loud_values
from osai_essay.charts.describe.marks import Mark, View, histfunc
from osai_essay.charts.describe.words import KINDS, count, joined, listed, the
from osai_essay.formats import format_number

FEW = 3  # so few amounts are all said
SUMMED = ("sum", "count")  # ways of a histogram whose bars are totals
SPREADS = ("histogram", "ecdf", "box", "violin", "strip")


def find(view: View) -> list[str]:
    """The sentences after the first, which has said what is shown."""
    if not view.marks:
        return ["no row can be drawn"]
    verb = "is missing" if view.missing == 1 else "are missing"
    why = " or cannot be drawn on a log scale" if log_columns(view.drawn) else ""
    missing = f"{count(view.missing, 'value')} {verb}{why}" if view.missing else ""
    return [*_BODIES.get(view.kind, _bars)(view), missing]


def _courses(view: View) -> list[str]:
    """Of lines their courses; of what has none, such as dates by name, the spread."""
    is_course = view.values and not any(mark.value.text for mark in view.marks)
    return find_courses(view) if is_course else _spreads(view)


def _bars(view: View) -> list[str]:
    """The largest and the smallest, of each group; along years or dates the course instead."""
    if view.by is None or (view.kind == "histogram" and histfunc(view.drawn) not in SUMMED):
        return _spreads(view)
    if view.is_course:
        return _courses(view)
    if view.is_one_set:
        return [_extremes(view, view.marks), _highlighted(view)]
    groups = in_order(view)
    return [joined(groups, view.most, lambda it: _of_group(view, *it)), _largest_part(view)]


def _of_group(view: View, name: str, marks: Sequence[Mark]) -> str:
    said = _extremes(view, marks)
    return f"for {the(name)}, {said}" if name else said


def _largest_part(view: View) -> str:
    """The largest of the pieces that bars are stacked from, unless several are."""
    top = max(mark.value for mark in view.parts)
    parts = [mark for mark in view.parts if mark.value == top]
    if not view.is_stacked or not view.splits or len(parts) > 1:
        return ""
    group, place = the(parts[0].group), view.place(parts[0].at)
    return f"the largest single part is {group}, {place}, with {view.say(top)}"


def _extremes(view: View, marks: Sequence[Mark]) -> str:
    """Who is largest and who smallest; of a few, all of them."""
    if len(marks) <= FEW:
        said = [(the(view.place(mark.at)), _said(view, mark)) for mark in marks]
        first = f"{said[0][0]} is at {said[0][1]}"
        return listed([first, *(f"{name} at {amount}" for name, amount in said[1:])], FEW)
    high, low = max(marks, key=amount_of), min(marks, key=amount_of)
    if view.say(high.value) == view.say(low.value):
        return f"all {len(marks)} are at {view.say(high.value)}"
    tops, feet = ([it for it in marks if it.value == end.value] for end in (high, low))
    verb = "is" if len(tops) == 1 else "are"
    return f"{_held(view, tops, f'{verb} largest')}, {_held(view, feet, 'smallest')}"


def _held(view: View, marks: Sequence[Mark], words: str) -> str:
    """`Amazon is largest with $100bn`; of several, `with $100bn each`."""
    names = listed([the(view.place(mark.at)) for mark in marks], 2)
    return f"{names} {words} with {_said(view, marks[0], each=' each' * (len(marks) > 1))}"


def _said(view: View, mark: Mark, each: str = "") -> str:
    """An amount; of a slice with its part of the whole."""
    said = view.say(mark.value) + each
    if view.kind not in PARTS:
        return f"{said} in all" if view.is_stacked and view.values else said
    amounts = [it.value.number for it in view.marks]
    if view.splits or min(amounts) < 0 or not sum(amounts) > 0:
        return said
    share = format_number(mark.value.number / sum(amounts), unit="share", digits=2)
    return f"{said} ({share} of the whole)"


def _highlighted(view: View) -> str:
    """The highlighted bars, where they are neither the largest nor the smallest."""
    ends = {extreme(view.marks, key=amount_of).value for extreme in (max, min)}
    loud = loud_values(view) if len(view.marks) > FEW else set()
    marks = [it for it in view.marks if view.place(it.at) in loud and it.value not in ends]
    said = joined(marks, view.most, lambda it: f"{the(view.place(it.at))} at {view.say(it.value)}")
    return f"Highlighted: {said}" if said else ""


def _spreads(view: View) -> list[str]:
    """From where to where the amounts of each group run, and their median."""
    piles: dict[tuple[Key | None, str], list[Key]] = {}
    is_scatter = view.kind.startswith("scatter")
    for mark in view.marks if view.values else ():
        at = mark.at if view.by and not (is_scatter and view.is_course) else None
        piles.setdefault((at, "" if at and is_scatter else mark.group), []).append(mark.value)
    found = list(piles.items())
    if len(found) > view.most:
        found.sort(key=lambda item: -len(item[1]))
    said = joined(found, view.most, lambda item: _spread(view, *item[0], item[1]))
    return [said, _named(view) if is_scatter else ""]


def _spread(view: View, at: Key | None, group: str, keys: Sequence[Key]) -> str:
    """`China runs from $18bn to $21bn, median $19bn (2 values)`."""
    who = ", ".join(filter(None, (view.place(at) if at else "", group)))
    noun = KINDS[view.kind][1] or "point"
    total = f" ({count(len(keys), noun)})" if who and len(keys) > 1 else ""
    who = the(who) or (words_of(view.drawn, view.values[0]) if len(view.values) == 1 else "it")
    low, high = view.say(min(keys)), view.say(max(keys))
    if low == high:
        return f"{who} is at {low}{total}"
    middle = ""
    if view.kind in SPREADS and not keys[0].text:
        middle = f", median {view.say(Key(median(key.number for key in keys)))}"
    return f"{who} runs from {low} to {high}{middle}{total}"


def _named(view: View) -> str:
    """The largest and the smallest dot by their names, unless all are alike."""
    names = names_of(view.drawn, "hover_name", "text")
    high, low = max(view.marks, key=amount_of), min(view.marks, key=amount_of)
    is_named = names and len(view.values) == 1 and not high.value.text
    if not is_named or view.say(high.value) == view.say(low.value):
        return ""
    labels = labels_of(view.drawn, names[0])
    tops, feet = (
        listed([labels[mark.row] for mark in view.marks if mark.value == end.value], 2)
        for end in (high, low)
    )
    top, foot = view.say(high.value), view.say(low.value)
    return f"the largest is {tops} with {top}, the smallest {feet} with {foot}"


def _axes(view: View) -> list[str]:
    """From where to where each axis runs, of a chart that has several alike."""
    said = []
    for name in names_of(view.drawn, "x", "y", "z", "a", "b", "c", "r", "theta"):
        keys = [key for key in keys_of(view.drawn, name) if key]
        if keys and is_ordered(view.drawn, name):
            verb = "is" if min(keys) == max(keys) else "runs from"
            said.append(f"{words_of(view.drawn, name)} {verb} {view.span(name, keys)}")
        elif keys:
            said.append(f"{words_of(view.drawn, name)} has {count(len(set(keys)), 'value')}")
    return [joined(said, 4, str)]


def _circle(view: View) -> list[str]:
    return _axes(view) if view.is_course or view.kind == "scatter_polar" else _bars(view)


def _spans(view: View) -> list[str]:
    """The longest span of a timeline, where all are known to the day."""
    names = names_of(view.drawn, "x_start", "x_end")
    if len(names) < 2 or not view.by:
        return []
    starts, ends = (keys_of(view.drawn, name) for name in names)
    days: dict[int, list[str]] = {}
    for mark in view.marks:
        start, end = starts[mark.row], ends[mark.row]
        if not start or not end or min(len(start.text), len(end.text)) < DAY:
            return []
        length = date.fromisoformat(end.text[:10]) - date.fromisoformat(start.text[:10])
        days.setdefault(length.days, []).append(the(view.place(mark.at)))
    most = max(days)
    return [f"the longest is {listed(days[most], 2)} with {count(most, 'day')}"] if most > 0 else []


def _mixes(view: View) -> list[str]:
    """The categories that come together most often."""
    names = names_of(view.drawn, "dimensions")
    rows = Counter(zip(*(labels_of(view.drawn, name) for name in names), strict=True))
    most = max(rows.values(), default=0)
    mixes = [" with ".join(mix) for mix, number in rows.items() if number == most]
    if most <= 1:
        return [f"each of {count(len(rows), 'combination')} comes once"] if rows else []
    total = count(len(rows), "combination")
    return [f"the commonest of {total} is {listed(mixes, 2)}, {count(most, 'row')}"]


_BODIES: Mapping[str, Callable[[View], list[str]]] = MappingProxyType({
    **dict.fromkeys(("line", "area", "funnel"), _courses),
    **dict.fromkeys(("scatter", "box", "violin", "strip", "ecdf"), _spreads),
    **dict.fromkeys(("bar_polar", "line_polar", "scatter_polar"), _circle),
    **dict.fromkeys(("line_ternary", "scatter_ternary"), _axes),
    **dict.fromkeys(("density_heatmap", "density_contour"), _axes),
    "timeline": _spans,
    "parallel_categories": _mixes,
})  # fmt: skip
