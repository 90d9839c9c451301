"""CSV bytes -> cells that know their line and column: a reader that says what is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable

from osai_essay.data.frame import Rows
from osai_essay.data.header import UNSEEN_FIX, find_other_kind, find_unseen
from osai_essay.data.misread import find_misread
from osai_essay.problem import Problem, Severity, Where, has_errors
from osai_essay.struct import Struct
from osai_essay.text_lines import TextLines

_QUOTED = re.compile(r'"[^"]*(?:""[^"]*)*"')
MOST_PROBLEMS = 2_000
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class _Record(Struct, frozen=True, kw_only=True):
    """One record: where it starts in the text, on which line, its cells."""

    start: int
    line: int
    cells: list[str]


def read_csv(
    content: bytes, source: str, *, delimiter: str = ","
) -> tuple[Rows | None, tuple[Problem, ...]]:
    """The rows below a header; None where there is no header to read them by.

    Rows that do not fit the header are problems and are left out.
    """
    text, problem = decode(content, source)
    if problem:
        return None, (problem,)
    reader = _Reader(text, source, delimiter)
    records = reader.read()
    if not records:
        if not reader.problems:
            reader.add("csv-empty", 0, "this file is empty", "give it a header and rows.")
        return None, tuple(reader.problems)
    header, *rest = records
    cells = [record.cells for record in rest]
    misread = find_misread(header.cells, cells, delimiter)
    if misread:
        code, said, fix = misread
        reader.add(code, header.start, said, fix)
        return None, tuple(reader.problems[-1:])
    reader.check_header(header)
    kept = [record for record in rest if reader.is_fitting(record, header)]
    rows = Rows(
        source=source,
        names=tuple(header.cells),
        rows=[tuple(record.cells) for record in kept],
        lines=[record.line for record in kept],
        place=_placer(reader, kept),
    )
    is_broken = has_errors(each for each in reader.problems if each.code == "csv-header")
    return None if is_broken else rows, tuple(reader.problems)


def decode(content: bytes, source: str) -> tuple[str, Problem | None]:
    """UTF-8 as text with plain line breaks, with or without a byte order mark."""
    other = find_other_kind(content)
    if other:
        where, message = Where(file=source, line=1), f"this file is no text but {other[0]}"
        return "", Problem(code="dataset-unreadable", where=where, message=message, fix=other[1])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        what = f"byte 0x{content[error.start]:02x} is not UTF-8"
        if content.startswith(_UTF16):
            what = "this file is UTF-16"
        return "", _not_text("dataset-not-utf8", Where(file=source, line=line), what)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        where = _where(TextLines(text), text.index("\0"), source)
        return "", _not_text("dataset-not-utf8", where, "a NUL character stands in this file")
    return text, None


def _not_text(code: str, where: Where, message: str) -> Problem:
    fix = "save the file again as UTF-8 (in a spreadsheet: CSV UTF-8)."
    return Problem(code=code, where=where, message=message, fix=fix)


def _where(lines: TextLines, offset: int, source: str) -> Where:
    line, column = lines.place(offset)
    return Where(file=source, line=line, column=column)


def _placer(reader: _Reader, records: list[_Record]) -> Callable[[int, int], Where]:
    def place(row: int, column: int) -> Where:
        return reader.place(records[row], column)

    return place


class _Reader:
    def __init__(self, text: str, source: str, delimiter: str) -> None:
        self.text = text
        self.lines = TextLines(text)
        self.source = source
        self.delimiter = delimiter
        self.problems: list[Problem] = []
        self.unquoted = re.compile(rf"[^{re.escape(delimiter)}\n]*")

    def add(
        self, code: str, offset: int, message: str, fix: str, severity: Severity = "error"
    ) -> None:
        if len(self.problems) > MOST_PROBLEMS:
            return  # far more than are shown
        where = _where(self.lines, offset, self.source)
        self.problems.append(
            Problem(code=code, where=where, message=message, fix=fix, severity=severity)
        )

    def read(self) -> list[_Record]:
        """Every record; blank lines at the end are none, those between are problems."""
        records: list[_Record] = []
        blanks: list[int] = []
        text, start, line = self.text, 0, 1
        while start < len(text):
            end = text.find("\n", start)
            end = len(text) if end < 0 else end
            if '"' in text[start:end]:
                cells, end = self._scan(start)
            else:
                cells = text[start:end].split(self.delimiter)
            if any(cells):
                self._add_blanks(blanks)
                records.append(_Record(start=start, line=line, cells=cells))
            else:
                blanks.append(start)
            line += text.count("\n", start, end) + 1
            start = end + 1
        return records

    def _add_blanks(self, blanks: list[int]) -> None:
        for start in blanks:
            self.add("csv-row-blank", start, "this row has no values", "take it out.")
        blanks.clear()

    def _scan(self, start: int) -> tuple[list[str], int]:
        """The cells of a record that holds quotes, and where it ends."""
        cells: list[str] = []
        while True:
            cell, end = self._scan_cell(start)
            cells.append(cell)
            if end >= len(self.text) or self.text[end] == "\n":
                return cells, end
            start = end + 1

    def _scan_cell(self, start: int) -> tuple[str, int]:
        """A cell, and where it ends: at a delimiter, a line break or the end of the file."""
        text = self.text
        if not text.startswith('"', start):
            found = self.unquoted.match(text, start)
            cell = found[0] if found else ""
            if cell.lstrip(" \t").startswith('"'):
                fix = f"take out the blank between {self.delimiter!r} and the quote."
                self.add(
                    "csv-quote", start, "a quote opens after a blank, so it opens nothing", fix
                )
            return cell, start + len(cell)
        quoted = _QUOTED.match(text, start)
        if quoted is None:
            return self._open_cell(start, "never closes")
        end = quoted.end()
        rest = self.unquoted.match(text, end)
        if rest and rest[0] and "\n" in quoted[0]:  # what closes it was to open another cell
            return self._open_cell(start, f"is closed by one on line {self.lines.place(end)[0]}")
        if rest and rest[0]:
            fix = 'write a quote inside a quoted cell twice (""), or take out what follows.'
            self.add("csv-quote", end, f"after the closing quote comes {rest[0][:20]!r}", fix)
            end = rest.end()
        return quoted[0][1:-1].replace('""', '"'), end

    def _open_cell(self, start: int, what: str) -> tuple[str, int]:
        """A cell whose quote is not closed; the next rows are read as if it ended in its line."""
        fix = 'close it; a quote inside a quoted cell is written twice: "".'
        self.add("csv-quote", start, f"the quote that opens here {what}", fix)
        found = self.unquoted.match(self.text, start)
        cell = found[0] if found else ""
        return cell, start + len(cell)

    def check_header(self, header: _Record) -> None:
        """Every column needs a name of its own, that can be read."""
        seen: set[str] = set()
        for index, name in enumerate(header.cells):
            unseen = find_unseen(name)
            if not name.strip():
                message, fix = f"column {index + 1} has no name", "write one, or take it out."
            elif unseen:
                message, fix = f"the name of column {index + 1} holds {unseen}", UNSEEN_FIX
            elif name != name.strip():
                message = f"the name of column {index + 1} begins or ends with a blank"
                fix = f"take out the blanks around each {self.delimiter!r}, in the rows too."
                self.add("csv-header", self.offset(header, index), message, fix, "warning")
                continue
            elif name.casefold() in seen:
                message = f'two columns are called "{name}"'
                fix = "rename one; capitals make no difference."
            else:
                seen.add(name.casefold())
                continue
            self.add("csv-header", self.offset(header, index), message, fix)

    def is_fitting(self, record: _Record, header: _Record) -> bool:
        """True if a row has as many cells as the header; else a problem says so."""
        count, due = len(record.cells), len(header.cells)
        if count == due:
            return True
        offset = self.offset(record, min(count, due + 1) - 1)
        if count > due:
            fix = f'put quotes around a value that holds "{self.delimiter}".'
        else:
            fix = f"write every {self.delimiter!r}, also for empty cells; take a note below out."
        message = f"this row has {count} cell{'s' if count > 1 else ''}, and the header has {due}"
        self.add("csv-row-length", offset, message, fix)
        return False

    def offset(self, record: _Record, column: int) -> int:
        """Where a cell begins, looked up only when there is something to say of it."""
        kept, self.problems = self.problems, []
        start = record.start
        for _ in range(column):
            start = self._scan_cell(start)[1] + 1
        self.problems = kept
        return start

    def place(self, record: _Record, column: int) -> Where:
        """Line and column of a cell; its width is that of its first line."""
        start = self.offset(record, column)
        found = _where(self.lines, start, self.source)
        cell = record.cells[column].split("\n")[0]
        return Where(file=found.file, line=found.line, column=found.column, width=len(cell) or 1)
