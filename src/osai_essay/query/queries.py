"""The parent's side of a query: one child, its tables, and what it is asked."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from types import TracebackType
from typing import Any

from osai_essay.child import Child, ChildError
from osai_essay.model import NO_MEMO, Cell, Memo, NotKeptError, Table, refuse
from osai_essay.query.errors import QueryError
from osai_essay.struct import Struct

Request = tuple[str | None, ...]


class Answer(Struct, frozen=True, kw_only=True):
    """The rows of a query, and the names of the datasets it read."""

    table: Table
    datasets: tuple[str, ...]


class Queries:
    """A database of the site's datasets in a child process, started on first use.

    The same query over the same data gives the same rows in the same order: one thread, insertion
    order kept. Rows without an ORDER BY come in the order of the file.

    memo: for answers of earlier builds over the same data.
    seconds: for one query. memory_mb: of the child beyond its start. max_rows: of one answer.
    """

    def __init__(
        self,
        memo: Memo = NO_MEMO,
        *,
        seconds: float = 10.0,
        memory_mb: int = 1024,
        max_rows: int = 200_000,
    ) -> None:
        self._memo = memo
        self._tables: dict[str, Table] = {}
        self._marks: dict[str, str] = {}
        self._sent: dict[str, Table] = {}  # what the child holds
        self._foreseen: dict[Request, Answer] = {}
        self._child = Child(
            "osai_essay.query.worker:open_database",
            seconds=seconds,
            memory_mb=memory_mb,
            options={"memory_mb": memory_mb, "max_rows": max_rows},
            first=self._send_again,
        )

    def start(self) -> None:
        """Start the child without waiting, so that it loads DuckDB while the caller reads data."""
        self._child.start()

    def add_table(self, name: str, table: Table) -> None:
        """Make a dataset known; of the same name, the later one counts."""
        self._tables[name] = table
        self._marks[name] = self._memo.mark(table)

    @property
    def marks(self) -> dict[str, str]:
        """What stands for each dataset's rows in keys of the memo, by its name."""
        return dict(self._marks)

    def clear(self) -> None:
        """Forget every dataset; the child keeps those that are made known again unchanged."""
        self._tables, self._marks = {}, {}

    @contextlib.contextmanager
    def foresee(self, requests: Iterable[Request]) -> Iterator[None]:
        """Within the block, these queries are answered before they are asked, in a few messages.

        What goes wrong is left out here: it goes wrong again when it is asked by itself.
        requests: as `select_request` and `rows_request` give them.
        """
        try:
            self._answer_many([each for each in dict.fromkeys(requests) if not self._recall(each)])
            yield
        finally:
            self._foreseen = {}

    def _answer_many(self, unknown: list[Request]) -> None:
        with contextlib.suppress(QueryError):
            while unknown:
                replies = self._call(("many", unknown))
                for request, reply in zip(unknown, replies, strict=False):
                    self._note(request, reply)
                del unknown[: len(replies)]

    def _recall(self, request: Request) -> bool:
        """Whether an earlier build answered this over the same data."""
        with contextlib.suppress(NotKeptError):
            self._foreseen[request] = self._answer(request, refuse)
        return request in self._foreseen

    def _note(self, request: Request, reply: Any) -> None:
        if not isinstance(reply, QueryError):
            self._foreseen[request] = self._answer(request, lambda: reply)

    def select(self, sql: str) -> Answer:
        """The answer to one SELECT over the datasets.

        Raises: QueryError.
        """
        return self._ask(select_request(sql))

    def select_rows(
        self, dataset: str, *, where: str | None = None, value: str | None = None
    ) -> Answer:
        """A dataset's rows, or one expression over them (as the column `value`).

        where, value: one expression each; an error says in which of them it stands.
        Raises: QueryError.
        """
        return self._ask(rows_request(dataset, where, value))

    def tables_of(self, sql: str) -> tuple[str, ...]:
        """The tables that a SELECT names, sorted, whether they are known yet or not.

        Raises: QueryError, where the SQL is not one SELECT or holds what it may not.
        """
        names: tuple[str, ...] = self._memo.get(
            "table names", sql, lambda: self._call(("names", sql))
        )
        return names

    def close(self) -> None:
        """End the child."""
        self._child.close()

    def __enter__(self) -> Queries:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _send_again(self) -> Iterator[tuple[Any, ...]]:
        """To a fresh child: every table, just before its first query."""
        self._sent = {}
        return self._unsent()

    def _unsent(self) -> Iterator[tuple[Any, ...]]:
        """What makes the child's tables those that are known."""
        for name in self._sent.keys() - self._tables.keys():
            del self._sent[name]
            yield ("drop", name)
        for name, table in self._tables.items():
            if self._sent.get(name) is not table:
                self._sent[name] = table
                columns = [_to_json(table, index) for index in range(len(table.names))]
                yield ("table", name, list(zip(table.names, table.types, strict=True)), columns)

    def _ask(self, request: Request) -> Answer:
        known = self._foreseen.get(request)
        return known or self._answer(request, lambda: self._call(request))

    def _answer(self, request: Request, make: Callable[[], Any]) -> Answer:
        """An earlier build's answer, or a fresh one."""
        read = self._read_by(request)
        key = (request, read, sorted(self._tables))
        table, datasets = self._memo.get(
            "query", key, make, still=lambda kept: read.keys() >= set(kept[1])
        )
        return Answer(table=table, datasets=datasets)

    def _read_by(self, request: Request) -> dict[str, str]:
        """The datasets that a query names, in any way, and so may read."""
        words = " ".join(filter(None, request)).casefold()
        return {name: self._marks[name] for name in sorted(self._marks) if name.casefold() in words}

    def _call(self, request: tuple[Any, ...]) -> Any:
        try:
            if self._child.is_ready:
                for table in self._unsent():
                    self._child.call(table, seconds=60)
            reply = self._child.call(request)
        except ChildError as error:
            message = f"this query was stopped: {error}"
            raise QueryError(_CODES[error.kind], message, _SMALLER) from None
        if isinstance(reply, QueryError):
            raise reply
        return reply


def select_request(sql: str) -> Request:
    """What `select` asks."""
    return ("select", sql)


def rows_request(dataset: str, where: str | None, value: str | None = None) -> Request:
    """What `select_rows` asks."""
    return ("rows", dataset, where, value)


_CODES = {"slow": "sql-too-slow", "large": "sql-too-large", "died": "sql-crashed"}
_SMALLER = "join on a key, group earlier, or read fewer rows; a recursive WITH needs an end."


def _to_json(table: Table, index: int) -> str:
    return json.dumps([_plain(row[index]) for row in table.rows])


def _plain(cell: Cell) -> Any:
    return cell.isoformat() if isinstance(cell, date | datetime) else cell
