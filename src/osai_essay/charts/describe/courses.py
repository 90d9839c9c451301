"""How lines go: from where to where, by way of which high or low."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from osai_essay.charts.describe.columns import Key
from osai_essay.charts.describe.marks import Mark, View
from osai_essay.charts.describe.words import joined, the
from osai_essay.charts.rows import is_year

TURN = 0.1  # a line's high or low is told from this part of its range on
DAY = len("2025-01-01")


def amount_of(mark: Mark) -> Key:
    """What marks are compared by."""
    return mark.value


def loud_values(view: View) -> set[str]:
    """The highlighted values as readers know them."""
    asked, drawn = view.drawn.spec.highlight, view.drawn
    return {*asked, *(str(drawn.label(name, it)) for name in drawn.entities for it in asked)}


def in_order(view: View) -> list[tuple[str, list[Mark]]]:
    """Groups with their marks: the highlighted ones first; of many, then the largest at the end."""
    groups: dict[str, list[Mark]] = {}
    for mark in view.marks:
        groups.setdefault(mark.group, []).append(mark)
    for marks in groups.values() if view.is_course else ():
        marks.sort(key=lambda mark: mark.at)
    found = list(groups.items())
    if len(found) > view.most:
        found.sort(key=lambda item: item[1][-1].value, reverse=True)
    loud = loud_values(view)
    return sorted(found, key=lambda item: not loud & set(item[0].split(", ")))


def find_courses(view: View) -> list[str]:
    """How each line goes from its first amount to its last."""
    nobody = "the total" if view.is_stacked else "it"
    return [
        joined(
            in_order(view),
            view.most,
            lambda group: f"{the(group[0]) or nobody} {_course(view, group[1])}",
        )
    ]


def _course(view: View, marks: list[Mark]) -> str:
    """`rises from 59% to 81% in 2025 and ends at 62%`."""
    begin, end = _end(view, marks[0], min), _end(view, marks[-1], max)
    high, low = max(marks, key=amount_of), min(marks, key=amount_of)
    if len(marks) == 1:
        return f"is at {_told(view, marks[0])}"
    if view.say(high.value) == view.say(low.value):
        return f"holds at {begin}" if begin == end else f"holds at {_stay(view, marks)}"
    turns = [mark for mark in (high, low) if _is_turn(view, mark, marks)]
    if len(turns) == 2:
        ends = f"goes from {begin} to {end}"
        return f"{ends}, with a high of {_told(view, high)} and a low of {_told(view, low)}"
    if turns:
        verb = "rises" if turns[0] is high else "falls"
        return f"{verb} from {begin} to {_told(view, turns[0])} and ends at {end}"
    if view.say(marks[0].value) == view.say(marks[-1].value):
        return f"starts at {begin} and ends at {end}"
    return f"{'rises' if marks[-1].value > marks[0].value else 'falls'} from {begin} to {end}"


def _stay(view: View, marks: list[Mark]) -> str:
    """`$16bn from 10 March 2025 to 31 December 2025`."""
    first, last = (view.place(mark.at) for mark in (marks[0], marks[-1]))
    between = f" from {first} to {last}" if first != last else ""
    return f"{view.say(marks[0].value)}{between}"


def _is_turn(view: View, mark: Mark, marks: list[Mark]) -> bool:
    """True if a high or low lies well beyond both ends, also as it is printed."""
    ends, numbers = (marks[0].value, marks[-1].value), [it.value.number for it in marks]
    away = min(abs(mark.value.number - end.number) for end in ends)
    is_seen = view.say(mark.value) not in {view.say(end) for end in ends}
    return is_seen and away > TURN * (max(numbers) - min(numbers))


def _end(view: View, mark: Mark, end: Callable[[Iterable[Key]], Key]) -> str:
    """A line's first or last amount, with its place unless the period has told it."""
    is_told = view.is_course and mark.at == end(it.at for it in view.marks)
    return view.say(mark.value) if is_told else _told(view, mark)


def _told(view: View, mark: Mark) -> str:
    """An amount and when or where it was."""
    if view.by is None:
        return view.say(mark.value)
    is_time = view.is_course and (mark.at.text or is_year(view.drawn, view.by))
    is_day = is_time and len(mark.at.text) >= DAY
    word = "on" if is_day else "in" if is_time else "at"
    return f"{view.say(mark.value)} {word} {view.place(mark.at)}"
