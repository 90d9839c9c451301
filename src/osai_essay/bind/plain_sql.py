"""The SQL of a number in plain words, as far as it is plain SQL: values, conditions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from osai_essay.formats import format_date
from osai_essay.model import Column

_TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^']|'')*')|(?P<number>\d+(?:\.\d+)?)|(?P<word>[A-Za-z_]\w*)"
    r'|(?P<quoted>"(?:[^"]|"")+")|(?P<sign><=|>=|<>|!=|[=<>(),*/+-]))'
)
_AGGREGATES = {
    "sum": "the sum of",
    "avg": "the mean of",
    "mean": "the mean of",
    "median": "the median of",
    "count": "the number of rows with a",
}
_SIGNS = {"*": "×", "/": "÷", "-": "−", "+": "+"}
_SIZES = {"<": "is below", "<=": "is at most", ">": "is above", ">=": "is at least"}
_TIMES = {"<": "is before", "<=": "is on or before", ">": "is after", ">=": "is on or after"}
_SAME = {"=": "is", "<>": "is not", "!=": "is not"}
_DATES = ("date", "datetime", "partial-date")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class _UnreadError(Exception):
    """SQL that has no words here; it is shown as it is."""


def say_value_sql(sql: str, columns: Mapping[str, Column]) -> str | None:
    """`sum(amount)` as `the sum of Amount`; None for SQL that is not so plain."""
    return _read(sql, columns, lambda reader: reader.value())


def say_condition_sql(sql: str, columns: Mapping[str, Column]) -> str | None:
    """`country = 'US'` as `Country is “US”`; None for SQL that is not so plain."""
    return _read(sql, columns, lambda reader: reader.condition())


def _read(sql: str, columns: Mapping[str, Column], say: Callable[[_Reader], str]) -> str | None:
    try:
        reader = _Reader(sql, columns)
        words = say(reader)
        reader.expect("")
    except (_UnreadError, RecursionError):
        return None
    return words


def column_title(name: str, columns: Mapping[str, Column]) -> str:
    """What a column is called: its title, else its name in words."""
    column = columns.get(name)
    if column and column.title:
        return column.title
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]


class _Reader:
    """Reads tokens from left to right; each method takes what it says."""

    def __init__(self, sql: str, columns: Mapping[str, Column]) -> None:
        self.columns = columns
        self.tokens: list[tuple[str, str]] = []  # kind, text
        at, sql = 0, sql.rstrip()
        while at < len(sql):
            match = _TOKEN.match(sql, at)
            if not match:
                raise _UnreadError
            self.tokens.append((match.lastgroup or "", match[match.lastgroup or 0]))
            at = match.end()
        self.tokens.append(("end", ""))

    def peek(self) -> str:
        """The next token; a word in small letters."""
        kind, text = self.tokens[0]
        return text.lower() if kind == "word" else text

    def takes(self, *words: str) -> bool:
        """Take these tokens if they come next."""
        ahead = [text.lower() for kind, text in self.tokens[: len(words)] if kind != "text"]
        if ahead != list(words):
            return False
        del self.tokens[: len(words)]
        return True

    def expect(self, *words: str) -> None:
        if not self.takes(*words):
            raise _UnreadError

    def condition(self) -> str:
        parts = [self.conjunction()]
        while self.takes("or"):
            parts.append(self.conjunction())
        return (", or " if any(" and " in part for part in parts) else " or ").join(parts)

    def conjunction(self) -> str:
        parts = [self.comparison()]
        while self.takes("and"):
            parts.append(self.comparison())
        return " and ".join(parts)

    def comparison(self) -> str:
        if self.takes("("):
            inner = self.condition()
            self.expect(")")
            return f"({inner})"
        is_denied = self.takes("not")
        title, column = self.operand()
        if is_denied or self.peek() in ("", ")", "and", "or"):
            if not column or column.type != "boolean":
                raise _UnreadError
            return f"{title} is {'no' if is_denied else 'yes'}"
        return f"{title} {self.relation(column)}"

    def operand(self) -> tuple[str, Column | None]:
        """A column, or the year of one."""
        if self.takes("year", "("):
            title, _ = self.operand()
            self.expect(")")
            return f"the year of {title}", None
        name = self.column()
        return column_title(name, self.columns), self.columns.get(name)

    def column(self) -> str:
        kind, text = self.tokens.pop(0)
        name = text[1:-1].replace('""', '"') if kind == "quoted" else text
        if kind not in ("word", "quoted") or name not in self.columns:
            raise _UnreadError
        return name

    def relation(self, column: Column | None) -> str:
        if self.takes("is", "null"):
            return "is empty"
        if self.takes("is", "not", "null"):
            return "is not empty"
        if self.takes("in", "("):
            return f"is {self.values()}"
        if self.takes("not", "in", "("):
            return f"is not {self.values()}"
        if self.takes("between"):
            low = self.literal()
            self.expect("and")
            return f"is from {low} to {self.literal()}"
        if self.takes("like"):
            return self.pattern()
        order = _TIMES if column and column.type in _DATES else _SIZES
        words = (order | _SAME).get(self.tokens.pop(0)[1])
        if not words:
            raise _UnreadError
        return f"{words} {self.literal()}"

    def values(self) -> str:
        found = [self.literal()]
        while self.takes(","):
            found.append(self.literal())
        self.expect(")")
        return f"{', '.join(found[:-1])} or {found[-1]}" if len(found) > 1 else found[0]

    def literal(self) -> str:
        self.takes("date")  # as in DATE '2025-07-23'
        kind, text = self.tokens.pop(0)
        if kind == "text":
            text = text[1:-1].replace("''", "'")
            return format_date(text) if _DAY.fullmatch(text) else f"“{text}”"
        if text == "-":
            return f"−{self.literal()}"
        if kind != "number" and text.lower() not in ("true", "false"):
            raise _UnreadError
        return {"true": "yes", "false": "no"}.get(text.lower(), text)

    def pattern(self) -> str:
        kind, text = self.tokens.pop(0)
        if kind != "text" or "_" in text or "%" not in text:
            raise _UnreadError
        first, *middle, last = text[1:-1].replace("''", "'").split("%")
        said = [f"begins with “{first}”"] if first else []
        said += [f"has “{each}”" for each in middle if each]
        said += [f"ends with “{last}”"] if last else []
        return ", then ".join(said)

    def value(self) -> str:
        words = self.factor()
        while self.peek() in _SIGNS:
            words += f" {_SIGNS[self.tokens.pop(0)[1]]} {self.factor()}"
        return words

    def factor(self) -> str:
        if self.takes("("):
            inner = self.value()
            self.expect(")")
            return f"({inner})"
        if self.tokens[0][0] == "number":
            return self.literal()
        if len(self.tokens) > 1 and self.tokens[1][1] == "(":
            return self.aggregate()
        return self.operand()[0]

    def aggregate(self) -> str:
        name = self.peek()
        del self.tokens[:2]
        words = self.arguments(name)
        self.expect(")")
        if self.takes("filter", "(", "where"):
            words += f" where {self.condition()}"
            self.expect(")")
        return words

    def extreme(self, name: str) -> str:
        """A column by its end: the smallest Amount, the latest Date."""
        title, column = self.operand()
        is_date = column is not None and column.type in _DATES
        words = ("earliest", "latest") if is_date else ("smallest", "largest")
        return f"the {words[name.endswith('max')]} {title}"

    def arguments(self, name: str) -> str:
        if name == "count" and self.takes("*"):
            return "the number of rows"
        if name == "count" and self.takes("distinct"):
            return f"the number of different values of {self.operand()[0]}"
        if name in ("arg_min", "arg_max"):
            shown = self.operand()[0]
            self.expect(",")
            return f"{shown} of the row with {self.extreme(name)}"
        if name in ("min", "max"):
            return self.extreme(name)
        if name not in _AGGREGATES:
            raise _UnreadError
        return f"{_AGGREGATES[name]} {self.operand()[0]}"
