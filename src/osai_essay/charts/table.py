"""The rows behind a chart as an HTML table and as CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from html import escape

from osai_essay.charts.rows import NUMERIC
from osai_essay.charts.style import find_entities
from osai_essay.formats import SHARE, format_number, format_unit, short_text
from osai_essay.model import Cell, Column, Config, Entity, Table
from osai_essay.punctuation import set_quotes

LONG_LETTERS = 60
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run such text
_UNIT_IN_NAME = re.compile(r" (?:usd|cny|eur|gbp)(?: (?:bn|mn|tn))?$", re.IGNORECASE)


def table_html(
    table: Table,
    columns: tuple[Column, ...],
    *,
    caption: str,
    config: Config,
    first: Iterable[str] = (),
    is_read: bool = False,
) -> str:
    """All rows as an accessible table; lists of source ids come last.

    columns: what is known of the table's columns, in any order. caption: plain words.
    first: names of the columns that matter most, which stand first.
    is_read: shares are printed as per cent, with the value as it is behind them.
    Classes for the theme: `data-table`; `number` on cells and heads of numbers, `long` on cells
    of many words.
    """
    order = _columns_in_order(table, columns, first)
    known = {column.name: column for column in columns}
    looks = [find_entities(known.get(name), config) for name in table.names]
    shares = {name for name, each in known.items() if is_read and each.unit == SHARE}
    head = "".join(
        _head(
            table, index, known.get(table.names[index]), has_unit=table.names[index] not in shares
        )
        for index in order
    )
    rows = "\n".join(
        "<tr>"
        + "".join(
            _share(row[index], config.language)
            if table.names[index] in shares
            else _cell(table, index, row[index], looks[index], order)
            for index in order
        )
        + "</tr>"
        for row in table.rows
    )
    return (
        f'<table class="data-table">\n<caption>{escape(caption)}</caption>\n'
        f"<thead>\n<tr>{head}</tr>\n</thead>\n<tbody>\n{rows}\n</tbody>\n</table>\n"
    )


def _columns_in_order(table: Table, columns: tuple[Column, ...], first: Iterable[str]) -> list[int]:
    """Indexes of the columns as shown: the first ones, the others, references to sources."""
    places = {name: at for at, name in enumerate(table.names)}
    begin = [places[name] for name in dict.fromkeys(first) if name in places]
    last = [places[each.name] for each in columns if each.references and each.name in places]
    middle = [at for at in places.values() if at not in (*begin, *last)]
    return [*begin, *middle, *(at for at in last if at not in begin)]


def _head(table: Table, index: int, column: Column | None, *, has_unit: bool) -> str:
    unit = format_unit(column.unit) if column and has_unit else ""
    words = escape(column_words(table.names[index], column))
    shown = f' <span class="unit">({escape(unit)})</span>' if unit else ""
    return f'<th scope="col"{_number_class(table, index)}>{words}{shown}</th>'


def column_words(name: str, column: Column | None) -> str:
    """What a column is called: its title, else its name in words."""
    if column and column.title:
        return column.title
    words = _UNIT_IN_NAME.sub("", name.replace("_", " ")) if column and column.unit else name
    words = words.replace("_", " ")
    return words[:1].upper() + words[1:]


def _cell(
    table: Table, index: int, cell: Cell, looks: Mapping[str, Entity], order: list[int]
) -> str:
    shown = cell_text(cell)
    shown = looks[shown].label if shown in looks else shown
    words = escape(set_quotes(shown))
    if index == order[0] and table.types[index] not in NUMERIC:
        return f'<th scope="row">{words}</th>'
    long = ' class="long"' if len(shown) > LONG_LETTERS else ""
    return f"<td{_number_class(table, index) or long}>{words}</td>"


def _share(cell: Cell, language: str) -> str:
    if not isinstance(cell, int | float):
        return f'<td class="number">{escape(cell_text(cell))}</td>'
    words = format_number(cell, unit=SHARE, language=language)
    return f'<td class="number"><data value="{cell_text(cell)}">{escape(words)}</data></td>'


def _number_class(table: Table, index: int) -> str:
    return ' class="number"' if table.types[index] in NUMERIC else ""


def cell_text(cell: Cell, *, separator: str = ", ") -> str:
    """A cell in plain words: 2025, 20.94, 2026-11-21, yes, a list joined; empty for none.

    Numbers are written at twelve digits, without signs between thousands.
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return short_text(cell)
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return separator.join(cell) if isinstance(cell, tuple) else str(cell)


def table_csv(table: Table) -> bytes:
    """The rows as CSV: UTF-8, LF, a head line, lists joined by `;`, dates in ISO form.

    Text that a spreadsheet would take for a formula has a single quote put before it; numbers are
    never changed.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([_safe(name) for name in table.names])
    writer.writerows([_csv_cell(cell) for cell in row] for row in table.rows)
    return out.getvalue().encode()


def _csv_cell(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, int | float):
        return cell_text(cell)
    return _safe(cell_text(cell, separator=";"))


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
