"""A dataset's rows, read once: duckdb, charts and tables see these values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from osai_essay.model import Column, Table
from osai_essay.problem import Where
from osai_essay.struct import Struct

if TYPE_CHECKING:
    import pandas as pd

# Types of columns -> types of a Table's columns; what is not here is text.
TABLE_TYPES = {
    "integer": "integer", "year": "integer", "number": "number", "boolean": "boolean",
    "date": "date", "datetime": "datetime", "list": "list",
}  # fmt: skip
# Types of a Table's columns -> pandas.
_DTYPES = {
    "string": "str", "integer": "Int64", "number": "float64", "boolean": "boolean",
    "date": "datetime64[s]", "datetime": "datetime64[us]", "list": "object",
}  # fmt: skip


class Frame(Struct, frozen=True, kw_only=True):
    """A dataset's rows with their types.

    columns: as described, or as inferred for a dataset nobody described.
    lines: for each row, the line of the file on which it begins; None where there are no lines.
    """

    name: str
    source: str
    columns: tuple[Column, ...]
    table: Table
    lines: tuple[int | None, ...]

    def where(self, row: int) -> Where:
        """Where a row (from 0) stands in its file."""
        return Where(file=self.source, line=self.lines[row])

    def to_pandas(self) -> pd.DataFrame:
        """The rows as pandas has them.

        Text is `str`, whole numbers `Int64`, numbers `float64`, true and false `boolean`, days and
        times `datetime64`; lists are tuples of text. What is missing is NA, NaN or NaT, or None
        among lists. Partial dates stay text.
        """
        import pandas as pd

        series = {}
        for index, (name, kind) in enumerate(zip(self.table.names, self.table.types, strict=True)):
            cells = [row[index] for row in self.table.rows]
            series[name] = pd.Series(cells, dtype=_DTYPES[kind])
        return pd.DataFrame(series, columns=list(self.table.names))


class Rows(Struct, frozen=True, kw_only=True):
    """Cells as a file has them, not yet read by any schema.

    names: of the columns; rows: one tuple of as many cells each.
    place: (row, column), from 0 -> where the cell stands.
    """

    source: str
    names: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]
    lines: Sequence[int | None]
    place: Callable[[int, int], Where]
