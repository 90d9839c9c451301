"""What PyYAML cannot read, in an author's words, and how the line should be written."""

from __future__ import annotations

import re
from typing import Any

from osai_essay.struct import Struct

_ENTRY = re.compile(
    r"(?P<before>\s*(?:- +)*(?:[^\s\"'\[{#][^:#]*: +)?)(?P<value>\S.*?)\s*(?: #.*)?"
)
_KEY = re.compile(r"\s*(?:- +)*[^\s:#][^:]*:(?:\s|$)")
_OUT_OF_LINE = ("did not find expected key", "<document start>", "'-' indicator")
# What a text may hold in its middle or at its beginning only between quotes.
_BARE = (
    "mapping values are not allowed", "cannot start any token", "did not find expected key",
    "did not find expected alphabetic", "undefined alias", "comment or line break",
    "entries are not allowed", "keys are not allowed", "expected node content", "'-' indicator",
)  # fmt: skip
QUOTES = (
    "mend the YAML here, or above where a quote is not closed; put quotes around text that holds "
    "': ', '#' or begins with '{'."
)
_SAID = {
    "found unknown escape character": (
        "a backslash between double quotes begins a code, and this is none",
        "write it twice, or put the text between single quotes.",
    ),
    "but found another document": (
        "a line of three dashes begins another document here",
        "take it out: a file holds one.",
    ),
}
_COLUMN = "begin what belongs together in one column; what belongs to a key is set in below it."


class Fault(Struct, frozen=True, kw_only=True):
    """What is wrong at a line and a column, both from 0, and what to do."""

    line: int
    column: int
    what: str
    fix: str = QUOTES


class _Spot(Struct, frozen=True, kw_only=True):
    """Where PyYAML stopped, and what it says; begin: the mark of what it was reading."""

    problem: str
    context: str
    begin: Any
    source: str
    lines: list[str]
    line: int
    column: int

    @property
    def text(self) -> str:
        return self.lines[self.line]

    def fault(self, what: str, fix: str = QUOTES, at: Any = None) -> Fault:
        """A fault here, or at another mark."""
        line, column = (at.line, at.column) if at else (self.line, self.column)
        return Fault(line=line, column=column, what=what, fix=fix)


def explain(error: Any, source: str) -> Fault:
    """A `yaml.MarkedYAMLError`."""
    spot = _find_spot(error, source)
    rules = (_explain_tab, _explain_said, _explain_open, _explain_column, _explain_colon)
    found = next(filter(None, (rule(spot) for rule in (*rules, _explain_bare))), None)
    return found or spot.fault(" ".join(filter(None, (spot.problem, spot.context))))


def _find_spot(error: Any, source: str) -> _Spot:
    mark = error.problem_mark or error.context_mark
    lines = source.split("\n")
    line, column = (mark.line, mark.column) if mark else (0, 0)
    if line >= len(lines):  # behind the end
        line, column = len(lines) - 1, len(lines[-1])
    return _Spot(
        problem=error.problem or "",
        context=error.context or "",
        begin=error.context_mark,
        source=source,
        lines=lines,
        line=line,
        column=column,
    )


def _explain_tab(spot: _Spot) -> Fault | None:
    if not spot.text[spot.column :].startswith("\t"):
        return None
    return spot.fault(
        "a tab stands here", "write blanks for it: YAML is indented with blanks alone."
    )


def _explain_said(spot: _Spot) -> Fault | None:
    return spot.fault(*_SAID[spot.problem]) if spot.problem in _SAID else None


def _explain_open(spot: _Spot) -> Fault | None:
    """A quote or a bracket that is never closed, at its place; or what stands between brackets."""
    if "quoted" in spot.context and "end of stream" in spot.problem:
        what, fix = "the quote that opens here is never closed", "close it where the text ends."
        return spot.fault(what, fix, at=spot.begin)
    if "flow" not in spot.context:
        return None
    rest = spot.source[spot.begin.index :]
    opening, closing = ("[", "]") if rest.startswith("[") else ("{", "}")
    if rest.count(opening) > rest.count(closing):
        what = "the bracket that opens here is never closed"
        return spot.fault(what, f"write {closing} where the list ends.", at=spot.begin)
    what = "what stands between these brackets cannot be read from here on"
    fix = "put a comma between two entries, and quotes around a text that holds ': ' or a bracket."
    return spot.fault(what, fix)


def _explain_column(spot: _Spot) -> Fault | None:
    is_first = spot.column == _indent(spot.text)
    if not is_first or not any(words in spot.problem for words in _OUT_OF_LINE):
        return None
    return spot.fault("this line begins in another column than those that it belongs to", _COLUMN)


def _explain_colon(spot: _Spot) -> Fault | None:
    """A key where none may stand: set in below a value, or behind a line that is no key."""
    if "mapping values" not in spot.problem or _KEY.match(spot.text[: spot.column]):
        return None
    filled = [at for at in range(spot.line) if spot.lines[at].strip()]
    above = filled[-1] if filled else spot.line
    if _KEY.match(spot.lines[above]):
        return spot.fault("this line is set in, but the key above it has a value already", _COLUMN)
    return Fault(
        line=above,
        column=_indent(spot.lines[above]),
        what="this line is no key with a value",
        fix='write a colon and a blank between the two, such as title: "...".',
    )


def _explain_bare(spot: _Spot) -> Fault | None:
    """A value that needs quotes, and the line with them."""
    entry = _ENTRY.fullmatch(spot.text)
    if not entry or not any(words in spot.problem for words in _BARE):
        return None
    value = entry["value"]
    is_quoted = len(value) > 1 and value[0] in "'\"" and value[0] == value[-1]
    whole = value[1:-1] if is_quoted else value
    if is_quoted and value[0] not in whole:
        what = "a quote that opens above is closed by this one"
        return spot.fault(what, "close it where its text ends.")
    fix = " ".join(filter(None, ["write", entry["before"].strip(), _quote(whole)]))
    return spot.fault("this text needs quotes around all of it", fix)


def _quote(text: str) -> str:
    """A text between quotes that it does not hold itself, if there are such."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
