"""DuckDB's errors as ours: what, where, and the nearest known name. Needs no DuckDB."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from osai_essay.problem import did_you_mean
from osai_essay.query.errors import QueryError
from osai_essay.query.text import Composed
from osai_essay.query.trees import Refused

_TEXT = re.compile(r"'[^']*'|--[^\n]*|/\*.*?\*/", re.DOTALL)  # where brackets mean nothing
_WORD = re.compile(r'"[^"]+"|\w+')
_REFUSED_TYPE = re.compile(r"No function matches .*\bVARCHAR\b|Cannot compare .*\bVARCHAR\b")
_SIGNS = '$1,200 and 3.5% are read with `bareNumber: false` and `groupChar: ","`'
_KIND = re.compile(r"\A[A-Z][A-Za-z ]* Error: ")


def explain(
    error: Exception,
    composed: Composed,
    tables: Mapping[str, Mapping[str, str]],
    datasets: tuple[str, ...] = (),
) -> QueryError:
    """One of DuckDB's exceptions.

    tables: every dataset's columns and their types; datasets: those that the query names.
    """
    told = _told(error)
    message = _KIND.sub("", str(told.get("exception_message") or error)).split("\n")[0]
    if "expression depth" in message:
        message = "this SQL is nested too deeply"
    byte, width = _location(told)
    kind, subtype = told.get("exception_type"), told.get("error_subtype")
    code, fix = "sql-wrong", "correct the SQL here."
    if kind == "Parser":
        code, fix = "sql-unreadable", _syntax_fix(composed)
    elif subtype == "COLUMN_NOT_FOUND":
        name = str(told.get("name", ""))
        columns = [column for each in datasets for column in tables[each]]
        say = f"the columns are: {', '.join(columns)}." if columns else "name a dataset in FROM."
        if byte is not None and composed.sql.encode()[byte : byte + 1] == b'"':
            quoted = name.replace("'", "''")
            say = f"a text stands in single quotes: '{quoted}'."
        code, fix = "column-unknown", did_you_mean(name, columns, else_say=say)
        message = f'there is no column called "{name}"'
    elif kind == "Catalog" and "Function" in str(told.get("type", "")):
        name, near = str(told.get("name", "")), str(told.get("candidates", "")).split(",")[0]
        code, message = "sql-function-unknown", f'there is no function called "{name}"'
        fix = f'did you mean "{near}"?' if near else "use a function that DuckDB has."
    elif kind == "Permission":
        code, fix = "sql-outside", "read datasets alone, by their names."
    elif _REFUSED_TYPE.match(message) and "VARCHAR" not in str(told.get("candidates")):
        used = composed.sql.encode()[byte or 0 : (byte or 0) + width].decode(errors="ignore")
        text = _find_text(used, [tables[each] for each in datasets])
        message, fix = _text_words(text, told) if text else (message, fix)
    return make_error(code, message, fix, composed, byte, width)


def find_column(error: Exception) -> tuple[int, int] | None:
    """Byte and width of an unknown column; None for what is wrong otherwise, or has no place."""
    told = _told(error)
    byte, width = _location(told)
    is_column = told.get("error_subtype") == "COLUMN_NOT_FOUND"
    return (byte, width) if is_column and byte is not None else None


def _text_words(text: str, told: Mapping[str, Any]) -> tuple[str, str]:
    """What is wrong with a column of text, and what to do; told: which function refused it."""
    other = f"`{told['name']}` takes none" if "name" in told else "what it is compared with is not"
    fix = f'describe "{text}" as a `number` in data/datapackage.yaml; {_SIGNS}.'
    return f'"{text}" is text, and {other}', fix


def _find_text(used: str, tables: Iterable[Mapping[str, str]]) -> str | None:
    """The first column of text that a piece of SQL names."""
    words = {word.strip('"').casefold() for word in _WORD.findall(_TEXT.sub("", used))}
    texts = (name for table in tables for name, kind in table.items() if kind == "VARCHAR")
    return next((name for name in texts if name.casefold() in words), None)


def _told(error: Exception) -> dict[str, Any]:
    """What DuckDB says as JSON after `Binder Error: `."""
    text = str(error)
    try:
        told = json.loads(text[text.index("{") :])
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _location(told: dict[str, Any]) -> tuple[int | None, int]:
    """`location` is a JSON list in text: byte offset and length."""
    try:
        byte, width = json.loads(told.get("location", ""))
    except (ValueError, TypeError):
        return None, 1
    return int(byte), max(1, int(width))


def explain_syntax(tree: dict[str, Any], composed: Composed) -> QueryError:
    """What json_serialize_sql says of SQL that cannot be parsed."""
    byte, width = _location(tree)
    message = f"this SQL cannot be read: {tree.get('error_message', '')}".split("\n")[0]
    return make_error("sql-unreadable", message, _syntax_fix(composed), composed, byte, width)


def _syntax_fix(composed: Composed) -> str:
    """What may be missing in the author's own text."""
    texts = [_TEXT.sub("", part.text) for part in composed.parts]
    if any("'" in text for text in texts):
        return "a quote is never closed: write ' where the text ends."
    if any(text.count("(") > text.count(")") for text in texts):
        return "a bracket is never closed: write ) where it ends."
    return "correct the SQL here."


def explain_refusal(refused: Refused, composed: Composed) -> QueryError:
    """What may not stand in a query."""
    return make_error(
        refused.code, refused.message, refused.fix, composed, refused.byte, refused.width
    )


def make_error(
    code: str, message: str, fix: str, composed: Composed, byte: int | None, width: int = 1
) -> QueryError:
    """A QueryError at a byte of the composed SQL; None: without a place."""
    if byte is None:
        name = composed.parts[0].name if len(composed.parts) == 1 else "sql"
        return QueryError(code, message, fix, None, None, name)
    part, line, column, width = composed.place(byte, width)
    return QueryError(code, message, fix, line, column, part, width)
