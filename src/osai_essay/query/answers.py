"""What DuckDB gives back as a Table of plain values."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from osai_essay.model import Cell, Table
from osai_essay.query.errors import QueryError

_TYPES = {
    "BOOLEAN": "boolean", "TINYINT": "integer", "SMALLINT": "integer", "INTEGER": "integer",
    "BIGINT": "integer", "HUGEINT": "integer", "UTINYINT": "integer", "USMALLINT": "integer",
    "UINTEGER": "integer", "UBIGINT": "integer", "UHUGEINT": "integer", "BIGNUM": "integer",
    "FLOAT": "number", "DOUBLE": "number", "VARCHAR": "string", "DATE": "date",
    "TIMESTAMP": "datetime", "TIMESTAMP_S": "datetime", "TIMESTAMP_MS": "datetime",
    "TIMESTAMP_NS": "datetime", "VARCHAR[]": "list", "NULL": "string", '"NULL"': "string",
    "INTEGER_LITERAL": "integer", "STRING_LITERAL": "string",
}  # fmt: skip
_PYTHON = {"date": date, "datetime": datetime}


def read_types(described: Sequence[tuple[str, str]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names and types of a result's columns, before its rows are fetched.

    described: each column's name and DuckDB type.
    Raises: QueryError with sql-column-twice or sql-type-unsupported.
    """
    names = tuple(name for name, _ in described)
    _check_names(names)
    return names, tuple(_type_of(name, kind) for name, kind in described)


def to_table(
    names: tuple[str, ...], types: tuple[str, ...], rows: Sequence[tuple[Any, ...]]
) -> Table:
    """Rows with plain values: whole numbers as int, all others as float, lists as tuples.

    Raises: QueryError with sql-not-finite.
    """
    columns = [
        [_to_cell(row[index], name, kind) for row in rows]
        for index, (name, kind) in enumerate(zip(names, types, strict=True))
    ]
    return Table(names=names, types=types, rows=tuple(zip(*columns, strict=True)))


def _check_names(names: tuple[str, ...]) -> None:
    seen: set[str] = set()
    for name in names:
        if name.casefold() in seen:
            message = f'two columns of the result are called "{name}"'
            raise QueryError("sql-column-twice", message, "give one of them a name with AS.")
        seen.add(name.casefold())


def _type_of(name: str, kind: str) -> str:
    if kind.startswith("DECIMAL"):
        return "number"
    if kind in _TYPES:
        return _TYPES[kind]
    message = f'the column "{name}" is of type {kind}, which neither table nor chart can show'
    raise QueryError(
        "sql-type-unsupported", message, f'CAST("{name}" AS VARCHAR) or take it apart.'
    )


def _to_cell(value: Any, name: str, kind: str) -> Cell:
    if value is None:
        return None
    if kind == "number":
        return _finite(float(value), name)
    if kind == "list":
        return tuple("" if item is None else str(item) for item in value)
    if kind in _PYTHON and not isinstance(value, _PYTHON[kind]):
        message = f'the column "{name}" has {value}, a day outside the years 1 to 9999'
        raise QueryError("sql-not-finite", message, "leave such rows out with WHERE.")
    return int(value) if isinstance(value, Decimal) else value


def _finite(value: float, name: str) -> float:
    if math.isfinite(value):
        return value
    what = "not a number" if math.isnan(value) else "infinite"
    message = f'the column "{name}" has a value that is {what}, as after a division by zero'
    raise QueryError("sql-not-finite", message, "divide by nullif(x, 0), or leave such rows out.")
