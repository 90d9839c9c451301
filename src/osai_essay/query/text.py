"""SQL put together from an author's parts, and the way back from a place in it to the part."""

from __future__ import annotations

from osai_essay.struct import Struct, replace


class Part(Struct, frozen=True, kw_only=True):
    """One of the author's texts inside a composed query; start: in characters."""

    name: str
    start: int
    text: str


class Composed(Struct, frozen=True, kw_only=True):
    """A query, and where in it the author's own texts stand."""

    sql: str
    parts: tuple[Part, ...]

    def place(self, byte: int, width: int = 1) -> tuple[str, int | None, int | None, int]:
        """Part, line and column (from 1) and width of a byte offset, as DuckDB counts."""
        offset = len(self.sql.encode()[:byte].decode(errors="ignore"))
        if len(self.parts) == 1:  # what breaks behind the text belongs to its end
            only = self.parts[0]
            offset = min(max(offset, only.start), only.start + len(only.text))
        for part in self.parts:
            if part.start <= offset <= part.start + len(part.text):
                before = part.text[: offset - part.start]
                column = len(before) - (before.rfind("\n") + 1) + 1
                return part.name, before.count("\n") + 1, column, width
        return self.parts[-1].name if self.parts else "from", None, None, 1


def explained(composed: Composed) -> Composed:
    """The query with EXPLAIN before it: bound to its tables, and not run."""
    before = "EXPLAIN "
    parts = tuple(replace(part, start=part.start + len(before)) for part in composed.parts)
    return Composed(sql=before + composed.sql, parts=parts)


def quote_name(name: str) -> str:
    """A name as SQL has it, whatever is in it."""
    escaped = name.replace('"', '""')
    return f'"{escaped}"'


def whole(sql: str) -> Composed:
    """A query that is the author's from end to end."""
    return Composed(sql=sql, parts=(Part(name="sql", start=0, text=sql),))


def compose_rows(dataset: str, where: str | None, value: str | None = None) -> Composed:
    """`SELECT value FROM "dataset" WHERE (where)`; all columns where there is no value.

    Safe only after each part was checked by itself: see `compose_expression`. The line breaks keep
    an author's closing comment from swallowing ours.
    """
    sql = "SELECT "
    parts = []
    if value is None:
        sql += "*"
    else:
        sql += "(\n"
        parts.append(Part(name="value", start=len(sql), text=value))
        sql += f'{value}\n) AS "value"'
    sql += f" FROM {quote_name(dataset)}"
    if where is not None:
        sql += " WHERE (\n"
        parts.append(Part(name="where", start=len(sql), text=where))
        sql += f"{where}\n)"
    return Composed(sql=sql, parts=tuple(parts))


def compose_expression(name: str, text: str) -> Composed:
    """An expression in brackets by itself, to see whether it is one."""
    start = "SELECT (\n"
    part = Part(name=name, start=len(start), text=text)
    return Composed(sql=f"{start}{text}\n)", parts=(part,))


def rows_sql(dataset: str, where: str | None = None, value: str | None = None) -> str:
    """The SQL that `Queries.select_rows` runs, to be shown to a reader."""
    return compose_rows(dataset, where, value).sql
