"""What is asked of a title: a sentence of so many words, with the year of rows that have one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from osai_essay.checks.figures.fault import Fault, title_place
from osai_essay.model import Cell, Chart
from osai_essay.struct import Struct

MOST_WORDS = 12
FEWEST_WORDS = 5

# Scripts that set no spaces between words; there, two letters pass for a word.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20|21)\d\d(?!\d)")
_LONE_YEAR = re.compile(r"(?<![\w.])(?:1[89]|20)\d\d(?![\w.]*\w)")  # `plans-2025`, not `H2048`
_QUOTED = re.compile(r"'[^']*'")
# `fiscal_year >= 2023`, `year(released) = 2025`, `extract(year from announced) in (2024, 2025)`
_YEAR_TEST = re.compile(
    r"year[\w\s(\".]*?\)?\"?\s*(?:[<>=!]+|\bbetween\b|\bin\b)\s*\(?\s*(?:1[89]|20)\d\d\b",
    re.IGNORECASE,
)
_TIMES = frozenset({"date", "datetime", "partial-date", "yearmonth", "year"})
_SHOWN = (  # arguments whose values a reader sees; of those shown on hover alone, none
    "x", "y", "x_start", "x_end", "r", "theta", "color", "symbol", "line_dash", "pattern_shape",
    "facet_col", "facet_row", "names", "path", "dimensions", "text",
)  # fmt: skip
_DAY = re.compile(r"\d{4}-\d\d(?:-\d\d.*)?")


def check_long(chart: Chart) -> Iterator[Fault]:
    """A title that says more than the finding."""
    count = count_words(chart.title)
    if count > MOST_WORDS:
        yield Fault(
            where=title_place(chart),
            message=f"the title has {count} words, more than {MOST_WORDS}",
            cure="say the finding alone, and the rest in `subtitle:` or `note:`",
        )


def check_short(chart: Chart) -> Iterator[Fault]:
    """A title that is a heading rather than a finding."""
    count = count_words(chart.title)
    if count < FEWEST_WORDS:
        yield Fault(
            where=title_place(chart),
            message=f"the title has {count} word{'s' * (count != 1)}, fewer than {FEWEST_WORDS}",
            cure="say the finding in a sentence, with its year",
        )


def check_year(chart: Chart) -> Iterator[Fault]:
    """A title without the year that its chart is about."""
    bond = year_bond(chart)
    if bond is None or has_year(chart.title) or (bond.is_shown and has_year(chart.subtitle)):
        return
    no = "neither title nor subtitle has a year" if bond.is_shown else "the title has no year"
    place = "title or the subtitle" if bond.is_shown else "title"
    such_as = f", such as {bond.years}" if bond.years else ""
    yield Fault(
        where=title_place(chart),
        message=f"{no}, though {bond.reason}{f' ({bond.years})' if bond.years else ''}",
        cure=f"say in the {place} which year or years it is about{such_as}",
    )


def check_subtitle(chart: Chart) -> Iterator[Fault]:
    """No line that says what is measured."""
    if not chart.subtitle.strip():
        yield Fault(
            where=title_place(chart),
            message="the chart has no subtitle",
            cure="add `subtitle:` with measure, place, period and unit",
        )


class Bond(Struct, frozen=True, kw_only=True):
    """Why a chart's title needs a year.

    reason: to go on after "though". years: such as `2025` or `2023 to 2025`, "" where not known.
    is_shown: the years stand in the chart, so that one in the subtitle is enough.
    """

    reason: str
    years: str
    is_shown: bool


def count_words(title: str) -> int:
    """Words of a sentence; signs that stand alone are none."""
    count = 0
    for token in title.split():
        unspaced = len(_UNSPACED.findall(token))
        rest = any(char.isalnum() for char in _UNSPACED.sub("", token))
        count += -(-unspaced // 2) + rest
    return count


def has_year(words: str) -> bool:
    """True if a year of four digits stands in the words."""
    return bool(_YEAR.search(words))


def year_bond(chart: Chart) -> Bond | None:
    """Why the chart's title needs a year, or None: years it shows, else a selection by year.

    Years that only its rows or its hover text hold do not count.
    """
    shown = next(_shown_times(chart), None)
    if shown:
        word, cells = shown
        is_python = chart.spec.kind == "python"
        reason = "its points have dates" if is_python else f"`{word}:` shows time"
        return Bond(reason=reason, years=_span(cells), is_shown=True)
    for word, text in (("where", chart.spec.selection), ("sql", chart.spec.sql)):
        tests = _tests_by_year(text or "")
        if tests:
            reason = f"`{word}:` selects by year"
            return Bond(reason=reason, years=_span(tests), is_shown=False)
    return None


def _shown_times(chart: Chart) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    """Each argument that shows a column of dates or years, with the column's cells."""
    arguments = chart.spec.arguments
    if chart.spec.kind == "python":
        arguments = {"x": "x", "y": "y"}
    for word in _SHOWN:
        value = arguments.get(word)
        for name in value if isinstance(value, list) else [value]:
            if isinstance(name, str) and name in chart.table.names and _is_time(chart, name):
                yield word, chart.table.values(name)


def _is_time(chart: Chart, name: str) -> bool:
    cells = [cell for cell in chart.table.values(name) if cell is not None]
    kind = chart.table.types[chart.table.names.index(name)]
    column = next((each for each in chart.columns if each.name == name), None)
    if kind in _TIMES or (column and column.type in _TIMES):
        return True
    if chart.spec.kind == "python":  # its rows are read off the figure, as words
        return bool(cells) and all(_DAY.fullmatch(str(cell)) for cell in cells)
    is_meant = "year" in name.lower().split("_") or (column and column.unit == "year")
    return bool(is_meant and cells) and all(
        isinstance(cell, int) and 1500 <= cell <= 2199 for cell in cells
    )


def _tests_by_year(sql: str) -> list[str]:
    """Years that a condition names: in words between quotes, or compared with a year."""
    found = [*_QUOTED.findall(sql), *(match[0] for match in _YEAR_TEST.finditer(sql))]
    return [year for text in found for year in _LONE_YEAR.findall(text)]


def _span(cells: Iterable[Cell]) -> str:
    found = (_YEAR.match(str(cell)) for cell in cells if cell is not None)
    years = sorted({match[0] for match in found if match})
    if not years:
        return ""
    return years[0] if len(years) == 1 else f"{years[0]} to {years[-1]}"
