"""The child's side of a query: the datasets as tables. Imports neither pandas nor numpy."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from time import monotonic
from typing import Any

import duckdb

from osai_essay.query.answers import read_types, to_table
from osai_essay.query.errors import QueryError
from osai_essay.query.explain import explain, find_column
from osai_essay.query.reading import Read, Reader
from osai_essay.query.text import Composed, compose_rows, explained, quote_name, whole

MOST_COLUMNS = 20  # unknown ones of a query that are looked for
MOMENT_S = 1.0  # after which many queries are answered in part
# Our column types as DuckDB has them.
SQL_TYPES = {
    "string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN",
    "date": "DATE", "datetime": "TIMESTAMP", "list": "VARCHAR[]",
}  # fmt: skip
_SETTINGS = (
    "SET enable_external_access = false",  # once it is off, temp_directory cannot be set
    "SET TimeZone = 'UTC'",
    "SET errors_as_json = true",
    "SET max_temp_directory_size = '0KiB'",
    "SET lock_configuration = true",
)


def open_database(*, memory_mb: int, max_rows: int) -> Callable[[Any], Any]:
    """The function that answers requests: `table`, `drop`, `select`, `rows`, `names`, `many`."""
    return _Database(memory_mb, max_rows).answer


class _Database:
    def __init__(self, memory_mb: int, max_rows: int) -> None:
        self.max_rows = max_rows
        self.columns: dict[str, dict[str, str]] = {}  # "capex" -> {"company": "VARCHAR"}
        self.connection = duckdb.connect(":memory:", config=_config(memory_mb))
        self.reader = Reader(self.connection, self.columns)
        for setting in _SETTINGS:
            self.connection.execute(setting)

    def answer(self, request: tuple[Any, ...]) -> Any:
        kind, *arguments = request
        try:
            if kind == "table":
                return self._add_table(*arguments)
            if kind == "drop":
                return self._drop_table(*arguments)
            if kind == "many":
                return self._answer_many(*arguments)
            if kind == "rows":
                return self._select_rows(*arguments)
            if kind == "names":
                return self.reader.name_tables(whole(*arguments))
            return self._select(whole(*arguments))
        except QueryError as error:
            return error
        except duckdb.OutOfMemoryException:
            raise MemoryError from None

    def _answer_many(self, requests: Sequence[tuple[Any, ...]]) -> list[Any]:
        """The first answers: the caller's clock is meant for one query, and may stop all."""
        until = monotonic() + MOMENT_S
        replies = []
        for request in requests:
            replies.append(self.answer(request))
            if monotonic() > until:
                break
        return replies

    def _add_table(self, name: str, columns: Iterable[tuple[str, str]], cells: list[str]) -> None:
        """A dataset as a table.

        cells: each column's values as one JSON list: exact for doubles, and quick.
        """
        types = [(column, SQL_TYPES[kind]) for column, kind in columns]
        described = ", ".join(f"{quote_name(column)} {kind}" for column, kind in types)
        picked = ", ".join(f"unnest(from_json(?, '[\"{kind}\"]'))" for _, kind in types)
        self.connection.execute(f"CREATE OR REPLACE TABLE {quote_name(name)} ({described})")
        self.connection.execute(f"INSERT INTO {quote_name(name)} SELECT {picked}", cells)
        self.columns[name] = dict(types)
        self.reader.forget()

    def _drop_table(self, name: str) -> None:
        self.connection.execute(f"DROP TABLE IF EXISTS {quote_name(name)}")
        self.columns.pop(name, None)
        self.reader.forget()

    def _select_rows(self, dataset: str, where: str | None, value: str | None) -> Any:
        """A dataset's rows, each of the author's parts looked at by itself first."""
        if dataset not in self.columns:
            raise self.reader.unknown_dataset(dataset, ("from", None, None, 1))
        read = Read(datasets=frozenset({dataset}))
        for name, text in (("where", where), ("value", value)):
            if text is not None:
                read |= self.reader.read_expression(name, text)
        return self._run(compose_rows(dataset, where, value), read)

    def _select(self, composed: Composed) -> Any:
        return self._run(composed, self.reader.read_select(composed))

    def _run(self, composed: Composed, read: Read) -> Any:
        datasets = tuple(sorted(read.datasets))
        try:
            return self._fetch(composed, read, datasets)
        except duckdb.OutOfMemoryException:
            raise
        except duckdb.Error as error:
            found = explain(error, composed, self.columns, datasets)
            if find_column(error):
                found.more = self._find_unknown(composed, datasets)[1:]
            raise found from None

    def _fetch(self, composed: Composed, read: Read, datasets: tuple[str, ...]) -> Any:
        self.connection.execute("BEGIN TRANSACTION READ ONLY")
        try:
            result = self.connection.execute(composed.sql)
            described = [(str(name), str(kind)) for name, kind, *_ in result.description or ()]
            names, types = read_types(described)
            rows = result.fetchmany(self.max_rows + 1)
            if read.has_with:
                datasets = self._without_hidden(composed, datasets)
        finally:
            self.connection.execute("ROLLBACK")
        if len(rows) > self.max_rows:
            message = f"this gives more than {self.max_rows:,} rows"
            fix = "group, filter or LIMIT them: a chart or a table of so many rows shows nothing."
            raise QueryError("sql-too-many-rows", message, fix)
        return to_table(names, types, rows), datasets

    def _find_unknown(
        self, composed: Composed, datasets: tuple[str, ...]
    ) -> tuple[QueryError, ...]:
        """Every unknown column, each once: DuckDB tells of one, and of the next when that is gone.

        A parameter takes its place, for that may be of any type and is one byte wide.
        """
        tried = explained(composed)
        sql = tried.sql.encode()
        found: dict[str, QueryError] = {}
        for count in range(MOST_COLUMNS):
            try:
                self.connection.execute(sql.decode(), [None] * count)
                break
            except duckdb.Error as error:
                place = find_column(error)
                if place is None:
                    break
                fault = explain(error, tried, self.columns, datasets)
                found.setdefault(fault.message, fault)
                byte, width = place
                sql = sql[:byte] + b"?".ljust(width) + sql[byte + width :]
        return tuple(found.values())

    def _without_hidden(self, composed: Composed, datasets: tuple[str, ...]) -> tuple[str, ...]:
        """Datasets without those that WITH shadows, where DuckDB can tell."""
        try:
            read = {name.casefold() for name in self.connection.get_table_names(composed.sql)}
        except duckdb.Error:  # it stumbles over USING, in a query that has just been answered
            return datasets
        return tuple(name for name in datasets if name.casefold() in read)


def _config(memory_mb: int) -> dict[str, Any]:
    return {
        "threads": 1,
        "temp_directory": "",  # nothing of a query is laid on disk
        "memory_limit": f"{max(64, memory_mb * 3 // 4)}MiB",
        "python_enable_replacements": False,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
