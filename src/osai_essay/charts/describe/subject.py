"""The first sentence of a description: kind, measure with unit, by what, how many, for whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from osai_essay.charts.describe.columns import (
    keys_of,
    labels_of,
    log_columns,
    names_of,
    words_of,
)
from osai_essay.charts.describe.marks import FACETS, SUMS, View, histfunc
from osai_essay.charts.describe.words import KINDS, count, listed, the
from osai_essay.charts.rows import is_partial_date

_OWN_WORDS: Mapping[str, tuple[str, str]] = MappingProxyType({  # kind -> after "of", after "by"
    "density_contour": ("z", "x y"),
    "density_heatmap": ("z", "x y"),
    "line_ternary": ("a b c", ""),
    "parallel_categories": ("dimensions", ""),
    "scatter_ternary": ("a b c", ""),
})  # fmt: skip
_FUNCTIONS = {"avg": "the average ", "min": "the least ", "max": "the largest "}


def say_subject(view: View) -> str:
    """`a bar chart of amount in billion US dollars by company, 8 bars`."""
    name, noun = KINDS[view.kind]
    if view.kind in ("area", "bar") and view.is_stacked:
        name = f"stacked {name}"
    elif view.kind == "bar" and view.splits and not view.is_one_set:
        name = f"grouped {name}"
    noun = "bar" if view.kind == "histogram" and view.by else noun
    article = "an" if name[0] in "aeiou" else "a"
    total = f", {count(_number_of_marks(view), noun)}" if noun else ""
    groups = f"{total}{_groups(view)}{_panels(view)}"
    return f"{article} {name}{_measure(view)}{_looks(view)}{_period(view)}{groups}"


def _number_of_marks(view: View) -> int:
    """How many marks there are; of a tree the leaves."""
    path = names_of(view.drawn, "path")
    leaves = set(zip(*(labels_of(view.drawn, name) for name in path), strict=True))
    return len(leaves) or len(view.marks)


def _measure(view: View) -> str:
    """` of amount in billion US dollars on a log scale by company`."""
    of_words, by_words = _OWN_WORDS.get(view.kind, ("", "path"))
    of = names_of(view.drawn, *of_words.split()) or view.values
    by = names_of(view.drawn, *by_words.split()) or ((view.by,) if view.by else ())
    if not of and not by_words.startswith("x") and view.kind not in (*SUMS, "timeline"):
        of, by = names_of(view.drawn, "x", "y"), ()
    units = {view.drawn.columns[name].unit for name in of}
    said = [words_of(view.drawn, it, has_unit=len(units) > 1 or it == of[-1]) for it in of]
    counted = "" if view.kind == "timeline" else "the number of rows"
    measure = listed(said, view.most) or counted
    if of and view.kind in ("histogram", "density_heatmap", "density_contour"):
        measure = _FUNCTIONS.get(histfunc(view.drawn), "") + measure
    along = listed([words_of(view.drawn, name) for name in by], view.most)
    return (f" of {measure}{_scale(view, of)}" if measure else "") + (
        f" by {along}{_scale(view, by)}" if along else ""
    )


def _scale(view: View, names: Sequence[str]) -> str:
    return " on a log scale" if set(names) & set(log_columns(view.drawn)) else ""


def _looks(view: View) -> str:
    """What the size and the colour of marks stand for, where they are no groups."""
    used = {*view.splits, *view.values, view.by}
    return "".join(
        f", {verb} by {words_of(view.drawn, name)}"
        for word, verb in (("size", "sized"), ("color", "coloured"))
        for name in names_of(view.drawn, word)
        if name not in used and view.kind != "parallel_categories"
    )


def _period(view: View) -> str:
    """`, 2023 to 2026`: from where to where marks lie along an axis that has an order."""
    drawn = view.drawn
    dates = tuple(name for name in view.values[:1] if is_partial_date(drawn, name))
    along = (view.by,) if view.by and view.is_course else dates
    names = names_of(drawn, "x_start", "x_end") or along
    keys = [key for name in names for key in keys_of(drawn, name) if key]
    return f", {view.span(names[0], keys)}" if keys else ""


def _groups(view: View) -> str:
    """` for China and the United States`, with counts where they share one set of marks."""
    groups = Counter(mark.group for mark in view.parts)
    if not view.splits or not groups:
        return ""
    is_counted = view.is_one_set or view.kind in ("scatter", "strip")
    if is_counted and 1 < len(groups) <= view.most:
        said = [f"{number:,} for {the(name)}" for name, number in groups.items()]
        return f": {listed(said, view.most)}"
    if len(groups) > view.most + 1:
        return f", in {count(len(groups), 'group')}"
    comma = "" if KINDS[view.kind][1] else ","
    return f"{comma} for {listed([the(name) for name in groups], view.most)}"


def _panels(view: View) -> str:
    names = names_of(view.drawn, *FACETS)
    panels = set(zip(*(labels_of(view.drawn, name) for name in names), strict=True))
    by = listed([words_of(view.drawn, name) for name in names], 2)
    return f", in {count(len(panels), 'panel')} by {by}" if names else ""
