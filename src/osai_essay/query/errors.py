"""What is wrong with a query, as an exception that travels between processes."""

from __future__ import annotations


class QueryError(Exception):
    """A query that cannot be answered: one code, one place, one thing to do.

    part: which of the author's texts it stands in: `sql`, `where`, `value` or `from`.
    line, column: from 1, within that text; None where no place is known.
    width: how many characters the place covers. dataset: the one that is not there.
    more: what else is wrong with the same query.
    """

    more: tuple[QueryError, ...] = ()

    def __init__(
        self,
        code: str,
        message: str,
        fix: str,
        line: int | None = None,
        column: int | None = None,
        part: str = "sql",
        width: int = 1,
        dataset: str = "",
    ) -> None:
        super().__init__(code, message, fix, line, column, part, width, dataset)
        self.code = code
        self.message = message
        self.fix = fix
        self.line = line
        self.column = column
        self.part = part
        self.width = width
        self.dataset = dataset

    @property
    def all(self) -> tuple[QueryError, ...]:
        """This fault and the others of the same query."""
        return (self, *self.more)

    def __str__(self) -> str:
        """`code: message`."""
        return f"{self.code}: {self.message}"
