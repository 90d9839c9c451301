"""The rows a chart draws: sorted, limited, and each cell in the form that Plotly Express wants."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from osai_essay.charts.kinds import MAPPINGS
from osai_essay.charts.style import find_entities
from osai_essay.formats import format_number
from osai_essay.model import Cell, ChartSpec, Column, Config, Entity, Table
from osai_essay.struct import Struct, replace

NOT_STATED = "Not stated"
NUMERIC = ("integer", "number")
PLACES = ("x", "y", "r", "theta", "a", "b", "c", "x_start", "x_end", "values")
GROUPING = frozenset(
    "color symbol line_dash pattern_shape facet_row facet_col line_group names path dimensions"
    " text hover_name".split()
)


class Drawn(Struct, frozen=True, kw_only=True):
    """What one figure is made of: the chart's words and the rows under them.

    columns: by name, one for each of the table's columns. entities: column -> value -> its looks.
    """

    spec: ChartSpec
    table: Table
    columns: Mapping[str, Column]
    entities: Mapping[str, Mapping[str, Entity]]
    config: Config

    def type_of(self, name: str) -> str:
        """The type of a column of the table."""
        return self.table.types[self.table.names.index(name)]

    def column_at(self, word: str) -> Column | None:
        """The column an argument names, or None."""
        name = self.spec.arguments.get(word)
        return self.columns.get(name) if isinstance(name, str) else None

    def label(self, column: str, value: Cell) -> Any:
        """A value as readers know it: `United States` for `US`."""
        entity = self.entities.get(column, {}).get(str(value))
        return entity.label if entity else value

    def number(self, value: Any, column: Column | None) -> str:
        """A value of a column as it stands on a mark: `$349bn`; nothing for what is no number."""
        if not isinstance(value, int | float):
            return ""
        return format_number(
            value,
            unit=column.unit if column else None,
            pattern=self.spec.format,
            language=self.config.language,
            compact=True,
        )


def prepare(spec: ChartSpec, table: Table, columns: tuple[Column, ...], config: Config) -> Drawn:
    """The chart with its rows sorted and limited."""
    known = {column.name: column for column in columns}
    by_name = {name: known.get(name) or _bare_column(spec, name) for name in table.names}
    entities = {name: find_entities(column, config) for name, column in by_name.items()}
    return Drawn(
        spec=spec,
        table=chosen_rows(table, spec),
        columns=by_name,
        entities={name: looks for name, looks in entities.items() if looks},
        config=config,
    )


def _bare_column(spec: ChartSpec, name: str) -> Column:
    return Column(name=name, where=spec.where)


def chosen_rows(table: Table, spec: ChartSpec) -> Table:
    """The rows a chart draws of those it selects; slices without a size are left out."""
    values = spec.arguments.get("values")
    if values in table.names:
        index = table.names.index(str(values))
        table = replace(table, rows=tuple(row for row in table.rows if row[index] is not None))
    return sort_rows(table, spec.sort, spec.limit)


def check_slices(drawn: Drawn) -> None:
    """Raises: ValueError where a slice would have a size below nothing, or a pie be one of many."""
    for word in ("facet_col", "facet_row") if drawn.spec.kind == "pie" else ():
        if word in drawn.spec.arguments:
            raise ValueError(f"`{word}` would make pies too small to compare: draw bars instead")
    for word in ("values", "size"):
        column = drawn.column_at(word)
        cells = drawn.table.values(column.name) if column else ()
        low = min((cell for cell in cells if isinstance(cell, int | float)), default=0)
        if low < 0:
            raise ValueError(f"`{word}` must not be negative, and the least of them is {low:g}")


def has_marks(drawn: Drawn) -> bool:
    """True if some row has a value in each column that gives a mark its place or size."""
    columns = [column.name for word in PLACES if (column := drawn.column_at(word))]
    cells = zip(*(drawn.table.values(name) for name in columns), strict=True)
    return not columns or any(None not in row for row in cells)


def sort_rows(table: Table, sort: str | None, limit: int | None = None) -> Table:
    """The table by one column (`-column`: the greatest first), empty cells last, then cut."""
    rows = list(table.rows)
    if sort:
        index = table.names.index(sort.removeprefix("-"))
        full = [row for row in rows if row[index] is not None]
        empty = [row for row in rows if row[index] is None]
        full.sort(key=lambda row: _sort_key(row[index]), reverse=sort.startswith("-"))
        rows = full + empty
    return replace(table, rows=tuple(rows[:limit]))


def _sort_key(cell: Cell) -> tuple[int, Any]:
    if isinstance(cell, int | float):
        return 0, cell
    return 1, cell.isoformat() if isinstance(cell, date) else str(cell)


def frame_values(drawn: Drawn) -> dict[str, list[Any]]:
    """Column -> plain values for the data frame: dates as ISO text, lists joined, labels put in."""
    grouping = _columns_of(drawn.spec, GROUPING)
    values = {}
    for name, kind in zip(drawn.table.names, drawn.table.types, strict=True):
        as_words = name in grouping and (
            kind in ("boolean", "integer") and is_discrete(drawn, name)
        )
        plain = [plain_cell(drawn.label(name, cell)) for cell in drawn.table.values(name)]
        if kind == "boolean":
            plain = [cell if cell is None else "yes" if cell else "no" for cell in plain]
        if name in grouping and (as_words or kind not in NUMERIC):
            plain = [NOT_STATED if cell is None else str(cell) for cell in plain]
        values[name] = plain
    return values


def is_discrete(drawn: Drawn, name: str) -> bool:
    """True if a column's whole numbers are names rather than amounts: years, yes and no."""
    return drawn.type_of(name) == "boolean" or is_year(drawn, name)


def is_year(drawn: Drawn, name: str) -> bool:
    """True if a column holds calendar years as whole numbers."""
    column = drawn.columns[name]
    if drawn.type_of(name) not in NUMERIC:
        return False
    if column.type == "year" or column.unit == "year":
        return True
    cells = [cell for cell in drawn.table.values(name) if cell is not None]
    is_named = "year" in name.lower().split("_")
    return is_named and all(isinstance(it, int) and 1500 <= it <= 2500 for it in cells)


def is_partial_date(drawn: Drawn, name: str) -> bool:
    """True if a column holds dates, whole or partial."""
    kinds = {drawn.type_of(name), drawn.columns[name].type}
    return not kinds.isdisjoint(("date", "datetime", "partial-date", "yearmonth"))


def plain_cell(cell: Cell) -> Any:
    """A cell as text or number; tags in data are shown, not obeyed."""
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    if isinstance(cell, tuple):
        return show_tags(", ".join(cell))
    return show_tags(cell) if isinstance(cell, str) else cell


def show_tags(words: str) -> str:
    """Words in which `<b>` is printed rather than taken for bold."""
    return words.replace("<", "&lt;") if "<" in words else words


def _columns_of(spec: ChartSpec, words: frozenset[str]) -> set[str]:
    found: set[str] = set()
    for word in words & set(spec.arguments):
        value = spec.arguments[word]
        found |= {value} if isinstance(value, str) else set(value)
    return found


def labelled_arguments(drawn: Drawn) -> dict[str, Any]:
    """The author's arguments, with values such as `US` in the form that the frame has."""
    arguments = dict(drawn.spec.arguments)
    for word in MAPPINGS & set(arguments):
        column = str(arguments.get(word.removesuffix("_map").removesuffix("_discrete"), ""))
        if word == "category_orders":
            arguments[word] = {
                name: [plain_cell(drawn.label(name, value)) for value in order]
                for name, order in arguments[word].items()
            }
        else:
            arguments[word] = {
                plain_cell(drawn.label(column, key)): it for key, it in arguments[word].items()
            }
    return arguments


def each_label(drawn: Drawn) -> dict[str, str]:
    """Column -> the words that stand for it in the figure."""
    return {name: show_tags(_label(column)) for name, column in drawn.columns.items()}


def _label(column: Column) -> str:
    words = column.title or column.name.replace("_", " ")
    return words[:1].upper() + words[1:]
