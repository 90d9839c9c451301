"""What a piece of SQL reads, and whether it may stand: parsed by DuckDB, not run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from osai_essay.problem import did_you_mean
from osai_essay.query.errors import QueryError
from osai_essay.query.explain import explain, explain_refusal, explain_syntax, make_error
from osai_essay.query.text import Composed, compose_expression, whole
from osai_essay.query.trees import (
    find_refused,
    find_tables,
    find_with_names,
    is_one_expression,
)
from osai_essay.struct import Struct

if TYPE_CHECKING:
    import duckdb


class Read(Struct, frozen=True, kw_only=True):
    """Which datasets a piece of SQL names, and whether WITH may put other rows in their place."""

    datasets: frozenset[str] = frozenset()
    has_with: bool = False

    def __or__(self, other: Read) -> Read:
        return Read(
            datasets=self.datasets | other.datasets, has_with=self.has_with or other.has_with
        )


class Reader:
    """Reads SQL over the tables of a connection.

    columns: of every dataset, with their types; kept up to date by whoever adds and drops tables.
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, columns: Mapping[str, Mapping[str, str]]
    ) -> None:
        self.connection = connection
        self.columns = columns
        self.known: dict[str, Read] = {}  # expressions, as many numbers share one
        self.volatile = self._names(
            "function_name FROM duckdb_functions() WHERE stability <> 'CONSISTENT'"
        )
        self.views = self._names("view_name FROM duckdb_views() WHERE schema_name = 'main'")
        self.bare = self._parse(whole("SELECT (\n1\n)"))

    def forget(self) -> None:
        """The tables are others now."""
        self.known.clear()

    def read_select(self, composed: Composed) -> Read:
        """Raises: QueryError for what is not one SELECT, and for what may not stand in it."""
        return self._check(self._parse(composed), composed)

    def read_expression(self, name: str, text: str) -> Read:
        """One expression, that nothing can break out of when it stands in brackets.

        name: which of the author's parts it is. Raises: QueryError.
        """
        if text not in self.known:
            composed = compose_expression(name, text)
            self.known[text] = self._check(self._parse_expression(composed), composed)
        return self.known[text]

    def name_tables(self, composed: Composed) -> tuple[str, ...]:
        """The tables that a SELECT names, sorted, known or not. Raises: QueryError."""
        import duckdb

        tree = self._parse(composed)
        refused = find_refused(tree, self.volatile)
        if refused:
            raise explain_refusal(refused, composed)
        try:
            return tuple(sorted(self.connection.get_table_names(composed.sql)))
        except duckdb.Error:  # it binds what it can, and stops at an unknown function
            return tuple(sorted({use.path[-1] for use in find_tables(tree)}))

    def unknown_dataset(
        self, name: str, place: tuple[str, int | None, int | None, int]
    ) -> QueryError:
        """What to say of a table that is none; place: as `Composed.place` gives it."""
        part, line, column, width = place
        names = ", ".join(sorted(self.columns)) or "none"
        fix = did_you_mean(name, self.columns, else_say=f"the datasets are: {names}.")
        message = f'there is no dataset called "{name}"'
        return QueryError("dataset-unknown", message, fix, line, column, part, width, name)

    def _names(self, what: str) -> frozenset[str]:
        """The names, case folded, that a query over DuckDB's own catalogue gives."""
        rows = self.connection.execute(f"SELECT DISTINCT {what}").fetchall()
        return frozenset(str(name).casefold() for (name,) in rows)

    def _parse_expression(self, composed: Composed) -> Any:
        if not composed.parts[0].text.strip():
            raise make_error(
                "sql-empty", "there is no SQL here", "write an expression.", composed, 0
            )
        tree = self._parse(composed)
        if not is_one_expression(tree, self.bare):
            raise make_error(
                "sql-not-one-expression",
                "this is more than one expression",
                "write one condition or one value; for a whole query use `sql:`.",
                composed,
                composed.parts[0].start,
            )
        return tree

    def _parse(self, composed: Composed) -> Any:
        """The syntax tree of one SELECT."""
        import duckdb

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

    def _check(self, tree: Any, composed: Composed) -> Read:
        """What a tree reads. Raises: QueryError for what may not stand in it."""
        refused = find_refused(tree, self.volatile)
        if refused:
            raise explain_refusal(refused, composed)
        known = {name.casefold(): name for name in self.columns}
        with_names = find_with_names(tree)
        made = with_names - self.views
        named = set()
        for use in find_tables(tree):
            name = use.path[-1].casefold()
            if len(use.path) > 1 or (name not in known and name not in made):
                place = composed.place(use.byte or 0, use.width)
                raise self.unknown_dataset(".".join(use.path), place)
            named |= {known[name]} if name in known else set()
        return Read(datasets=frozenset(named), has_with=bool(with_names))
