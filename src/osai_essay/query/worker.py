"""The child's side of a query: the one door to DuckDB. Imports neither pandas nor numpy."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

import duckdb

from osai_essay.problem import did_you_mean
from osai_essay.query.answers import read_types, to_table
from osai_essay.query.errors import QueryError
from osai_essay.query.explain import explain, explain_refusal, explain_syntax, make_error
from osai_essay.query.text import Composed, compose_expression, compose_rows, quote_name, whole
from osai_essay.query.trees import (
    find_refused,
    find_tables,
    find_with_names,
    is_one_expression,
)

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
    """The function that answers requests: `table`, `drop` and `select`."""
    return _Database(memory_mb, max_rows).answer


class _Database:
    def __init__(self, memory_mb: int, max_rows: int) -> None:
        self.max_rows = max_rows
        self.columns: dict[str, dict[str, str]] = {}  # "capex" -> {"company": "VARCHAR"}
        self.checked: set[str] = set()  # expressions that many numbers share, found to be one each
        self.connection = duckdb.connect(":memory:", config=_config(memory_mb))
        self.volatile = self._names(
            "function_name FROM duckdb_functions() WHERE stability <> 'CONSISTENT'"
        )
        self.views = self._names("view_name FROM duckdb_views() WHERE schema_name = 'main'")
        for setting in _SETTINGS:
            self.connection.execute(setting)
        self.bare = self._parse(whole("SELECT (\n1\n)"))

    def answer(self, request: tuple[Any, ...]) -> Any:
        kind, *arguments = request
        try:
            if kind == "table":
                return self._add_table(*arguments)
            if kind == "drop":
                return self._drop_table(*arguments)
            if kind == "rows":
                return self._select(self._compose(*arguments))
            if kind == "names":
                return self._name_tables(whole(*arguments))
            return self._select(whole(*arguments))
        except QueryError as error:
            return error
        except duckdb.OutOfMemoryException:
            raise MemoryError from None

    def _names(self, what: str) -> frozenset[str]:
        """The names, case folded, that a query over DuckDB's own catalogue gives."""
        rows = self.connection.execute(f"SELECT DISTINCT {what}").fetchall()
        return frozenset(str(name).casefold() for (name,) in rows)

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

    def _drop_table(self, name: str) -> None:
        self.connection.execute(f"DROP TABLE {quote_name(name)}")
        del self.columns[name]

    def _compose(self, dataset: str, where: str | None, value: str | None) -> Composed:
        """The query for a dataset's rows, each of the author's parts checked by itself first."""
        if dataset not in self.columns:
            raise self._unknown_dataset(dataset, ("from", None, None, 1))
        for name, text in (("where", where), ("value", value)):
            if text is not None and text not in self.checked:
                self._check_expression(compose_expression(name, text))
                self.checked.add(text)
        return compose_rows(dataset, where, value)

    def _check_expression(self, composed: Composed) -> None:
        if not composed.parts[0].text.strip():
            raise make_error(
                "sql-empty", "there is no SQL here", "write an expression.", composed, 0
            )
        if not is_one_expression(self._parse(composed), self.bare):
            raise make_error(
                "sql-not-one-expression",
                "this is more than one expression",
                "write one condition or one value; for a whole query use `sql:`.",
                composed,
                composed.parts[0].start,
            )

    def _parse(self, composed: Composed) -> Any:
        """The syntax tree of one SELECT."""
        sql = composed.sql
        try:
            count = len(self.connection.extract_statements(sql))
            found = self.connection.execute("SELECT json_serialize_sql(?)", [sql]).fetchone()
            tree = json.loads(str(found[0])) if found else {}
        except duckdb.Error as error:
            raise explain(error, composed, self.columns) from None
        except RecursionError:
            raise make_error("sql-unreadable", "this SQL is nested too deeply", "split it up.",
                         composed, 0) from None  # fmt: skip
        if count == 0:
            raise make_error("sql-empty", "there is no SQL here", "write one SELECT.", composed, 0)
        if tree.get("error") and tree.get("error_type") == "parser":
            raise explain_syntax(tree, composed)
        if count != 1 or tree.get("error"):
            message = "this is not one SELECT"
            fix = "write one SELECT (WITH ... SELECT too), nothing before it, nothing after it."
            raise make_error("sql-not-one-select", message, fix, composed, 0)
        return tree

    def _name_tables(self, composed: Composed) -> tuple[str, ...]:
        tree = self._parse(composed)
        refused = find_refused(tree, self.volatile)
        if refused:
            raise explain_refusal(refused, composed)
        try:
            return tuple(sorted(self.connection.get_table_names(composed.sql)))
        except duckdb.Error:  # it binds what it can, and stops at an unknown function
            return tuple(sorted({use.path[-1] for use in find_tables(tree)}))

    def _select(self, composed: Composed) -> Any:
        tree = self._parse(composed)
        refused = find_refused(tree, self.volatile)
        if refused:
            raise explain_refusal(refused, composed)
        datasets = self._check_tables(tree, composed)
        self.connection.execute("BEGIN TRANSACTION READ ONLY")
        try:
            result = self.connection.execute(composed.sql)
            described = [(str(name), str(kind)) for name, kind, *_ in result.description or ()]
            names, types = read_types(described)
            rows = result.fetchmany(self.max_rows + 1)
            named = self._tables_read(composed, datasets)
        except duckdb.OutOfMemoryException:
            raise
        except duckdb.Error as error:
            raise explain(error, composed, self.columns, datasets) from None
        finally:
            self.connection.execute("ROLLBACK")
        if len(rows) > self.max_rows:
            message = f"this gives more than {self.max_rows:,} rows"
            fix = "group, filter or LIMIT them: a chart or a table of so many rows shows nothing."
            raise QueryError("sql-too-many-rows", message, fix)
        read = {name.casefold() for name in named}  # without those that WITH shadows
        return to_table(names, types, rows), tuple(n for n in datasets if n.casefold() in read)

    def _tables_read(self, composed: Composed, datasets: tuple[str, ...]) -> Iterable[str]:
        """The tables a query reads, without those that WITH shadows where DuckDB can tell."""
        try:
            return self.connection.get_table_names(composed.sql)
        except duckdb.Error:  # it stumbles over USING, in a query that has just been answered
            return datasets

    def _check_tables(self, tree: Any, composed: Composed) -> tuple[str, ...]:
        """The datasets that a query names, sorted."""
        known = {name.casefold(): name for name in self.columns}
        made = find_with_names(tree) - self.views
        named = set()
        for use in find_tables(tree):
            name = use.path[-1].casefold()
            if len(use.path) > 1 or (name not in known and name not in made):
                place = composed.place(use.byte or 0, use.width)
                raise self._unknown_dataset(".".join(use.path), place)
            named |= {known[name]} if name in known else set()
        return tuple(sorted(named))

    def _unknown_dataset(
        self, name: str, place: tuple[str, int | None, int | None, int]
    ) -> QueryError:
        part, line, column, width = place
        names = ", ".join(sorted(self.columns)) or "none"
        fix = did_you_mean(name, self.columns, else_say=f"the datasets are: {names}.")
        message = f'there is no dataset called "{name}"'
        return QueryError("dataset-unknown", message, fix, line, column, part, width)


def _config(memory_mb: int) -> dict[str, Any]:
    return {
        "threads": 1,
        "temp_directory": "",  # nothing of a query is laid on disk
        "memory_limit": f"{max(64, memory_mb * 3 // 4)}MiB",
        "python_enable_replacements": False,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
