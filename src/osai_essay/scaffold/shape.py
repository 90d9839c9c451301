"""Which chart fits a table: its kind, its columns, and the rows that belong together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from osai_essay.model import Cell, Column, Table
from osai_essay.scaffold.fields import are_years
from osai_essay.scaffold.keys import guess_key
from osai_essay.scaffold.words import sql_name, sql_value
from osai_essay.struct import Struct, field

TIMES = frozenset("date datetime year yearmonth partial-date".split())
AMOUNTS = frozenset("integer number".split())
MOST_BARS = 20
MOST_COLOURS = 6


class Shape(Struct, frozen=True, kw_only=True):
    """words: of the chart, beside its texts. where: one slice of the rows, or nothing.

    crowd: names of a column of which not all can have a colour, the most frequent first.
    """

    kind: str
    words: Mapping[str, str | int] = field(default_factory=dict)
    where: str = ""
    crowd: tuple[str, tuple[str, ...]] | None = None


class _Roles(Struct, frozen=True, kw_only=True):
    """Columns by what they can be in a chart, those of the key first."""

    times: tuple[str, ...]
    names: tuple[str, ...]
    amounts: tuple[str, ...]
    key: tuple[str, ...]


def guess_shape(columns: Sequence[Column], table: Table, key: Sequence[str]) -> Shape | None:
    """Time and amount make a line, name and amount a bar; None for a table with neither.

    A time that tells no rows apart is that of an event: events are points.

    key: the primary key, where one is described.
    """
    roles = _find_roles(columns, table, key)
    kind, words = _choose(roles)
    if not words:
        return None
    used = set(map(str, words.values()))
    if kind == "bar" and len(set(table.values(str(words["y"])))) > MOST_BARS:
        words["limit"] = MOST_BARS
    return Shape(
        kind=kind,
        words=words,
        where=_where(table, [name for name in roles.key if name not in used])
        if kind in ("line", "bar")
        else "",
        crowd=_crowd(table, str(words.get("color", ""))),
    )


def _find_roles(columns: Sequence[Column], table: Table, key: Sequence[str]) -> _Roles:
    types = {column.name: _type(column, table) for column in columns}
    keys = tuple(key) or guess_key(table.names, list(types.values()), table.rows)
    ordered = sorted(types, key=lambda name: name not in keys)

    def named(kinds: frozenset[str]) -> tuple[str, ...]:
        return tuple(name for name in ordered if types[name] in kinds)

    return _Roles(
        times=tuple(name for name in named(TIMES) if len(set(table.values(name)) - {None}) > 1),
        names=tuple(name for name in named(frozenset({"string"})) if not _is_note(table, name)),
        amounts=tuple(name for name in named(AMOUNTS) if name not in keys),
        key=keys,
    )


def _type(column: Column, table: Table) -> str:
    """Its type; of a file nobody described, years are whole numbers until they are looked at."""
    cells = [cell for cell in table.values(column.name) if cell is not None]
    is_year = column.type == "integer" and cells and are_years(column.name, cells)
    return "year" if is_year else column.type


def _is_note(table: Table, name: str) -> bool:
    """True for long text, which names nothing."""
    return any(isinstance(cell, str) and len(cell) > 60 for cell in table.values(name))


def _choose(roles: _Roles) -> tuple[str, dict[str, str | int]]:
    names = [name for name in roles.names if name in roles.key] or list(roles.names[:1])
    if roles.times and roles.amounts and roles.times[0] not in roles.key:
        name = {"hover_name": names[0]} if names else {}
        return "scatter", {"x": roles.times[0], "y": roles.amounts[0], **name}
    if roles.times and roles.amounts:
        color = {"color": names[0]} if names and names[0] in roles.key else {}
        line = {"x": roles.times[0], "y": roles.amounts[0], **color}
        return "line", {**line, "labels": "ends"}
    if names and roles.amounts:
        color = {"color": names[1]} if len(names) > 1 else {}
        bar = {"x": roles.amounts[0], "y": names[0], **color, "orientation": "h"}
        return "bar", {**bar, "sort": f"-{roles.amounts[0]}", "labels": "bars"}
    if len(roles.amounts) > 1:
        return "scatter", {"x": roles.amounts[0], "y": roles.amounts[1]}
    single = [*roles.amounts, *roles.times, *roles.names]
    return "histogram", {"x": single[0]} if single else {}


def _where(table: Table, names: Sequence[str]) -> str:
    """The most frequent values of the key's other columns, so that rows of one kind are drawn."""
    cells = list(zip(*(table.values(name) for name in names), strict=True))
    if not cells:
        return ""
    (values, _), *_ = Counter[tuple[Cell, ...]](cells).most_common(1)
    pairs = zip(names, values, strict=True)
    return " and ".join(f"{sql_name(name)} = {sql_value(value)}" for name, value in pairs)


def _crowd(table: Table, name: str) -> tuple[str, tuple[str, ...]] | None:
    counts = Counter(str(cell) for cell in table.values(name)) if name else Counter[str]()
    if len(counts) <= MOST_COLOURS:
        return None
    return name, tuple(value for value, _ in counts.most_common(MOST_COLOURS))
