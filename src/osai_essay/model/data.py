"""Datasets, their columns and rows, and where they come from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from osai_essay.model.texts import Text
from osai_essay.problem import Where
from osai_essay.struct import Struct, field

Cell = str | int | float | bool | date | datetime | tuple[str, ...] | None


class Column(Struct, frozen=True, kw_only=True):
    """One field of a dataset, as datapackage.yaml describes it.

    type: a Table Schema type (string, integer, number, boolean, date, datetime, time, year,
        yearmonth, list), or `partial-date` for a string field with `dates: partial`.
    unit: such as `USD bn`; unit_from: the column that holds each row's unit or currency.
    references: the dataset whose primary key the values of this column name.
    entity: `country` or `company`: whose colours its values have.
    """

    name: str
    type: str = "string"
    title: str = ""
    description: str = ""
    unit: str | None = None
    unit_from: str | None = None
    references: str | None = None
    entity: str | None = None
    constraints: Mapping[str, Any] = field(default_factory=dict)
    delimiter: str = ";"
    where: Where


class Source(Struct, frozen=True, kw_only=True):
    """Where something comes from, for a reader to follow."""

    title: str
    path: str | None = None
    id: str | None = None
    publisher: str = ""
    published: str = ""
    accessed: str = ""


class Licence(Struct, frozen=True, kw_only=True):
    """A licence by name, such as `CC-BY-4.0`."""

    name: str
    title: str = ""
    path: str | None = None


class Dataset(Struct, frozen=True, kw_only=True):
    """One resource of data/datapackage.yaml, or a data file nobody described.

    path: of the file under the root. format: csv, json, yaml, parquet or sql.
    digest: SHA-256 of the file's bytes (of a derived dataset: of its SQL); empty for a file that
        cannot be read, so that what rests on it is known to rest on something.
    where: its entry in datapackage.yaml, or the file itself.
    descriptor: the resource as plain values, as Frictionless wants it.
    """

    name: str
    path: str
    format: str
    digest: str
    where: Where
    title: str = ""
    description: str = ""
    columns: tuple[Column, ...] = ()
    primary_key: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    licences: tuple[Licence, ...] = ()
    credit: str = ""
    is_described: bool = True
    sql: Text | None = None
    descriptor: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_derived(self) -> bool:
        """True if it is computed by SQL from other datasets."""
        return self.format == "sql"

    def column(self, name: str) -> Column | None:
        """The column of that name, or None."""
        return next((column for column in self.columns if column.name == name), None)


class Table(Struct, frozen=True, kw_only=True):
    """Rows in plain values: what a query gives back and what a chart draws.

    types: one a column: string, integer, number, boolean, date, datetime or list.
    """

    names: tuple[str, ...]
    types: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def values(self, name: str) -> tuple[Cell, ...]:
        """One column's cells, top to bottom."""
        index = self.names.index(name)
        return tuple(row[index] for row in self.rows)
