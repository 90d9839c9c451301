"""Values as words of YAML and of SQL that are read back as they were."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

_PLAIN = re.compile(r"-?[A-Za-z][\w./-]*( [\w./-]+)*", re.ASCII)
# Other readers of YAML take these for true, false or nothing: Norway's code among them.
_NOT_TEXT = frozenset("true false yes no on off y n null".split())
_SQL_NAME = re.compile(r"[a-z_][a-z0-9_]*", re.IGNORECASE | re.ASCII)
_SQL_WORDS = frozenset(
    "all and any as asc both case cast check column default desc distinct do else end except false"
    " for from group having in initially into lateral leading limit not null offset on only or"
    " order primary references returning select show some table then to trailing true union unique"
    " using when where window with".split()
)


def scalar(value: Any) -> str:
    """A value, list or mapping on one line of YAML, quoted where it must be."""
    if isinstance(value, Mapping):
        return (
            "{" + ", ".join(f"{scalar(key)}: {scalar(item)}" for key, item in value.items()) + "}"
        )
    if isinstance(value, str):
        is_plain = _PLAIN.fullmatch(value) and value.lower() not in _NOT_TEXT
        return value if is_plain else _quote(value)
    if isinstance(value, Sequence):
        return f"[{', '.join(map(scalar, value))}]"
    return json.dumps(value)


def _quote(text: str) -> str:
    """In double quotes; what can be seen stays as it is, an escape stands for the rest."""
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(sign if sign.isprintable() else f"\\U{ord(sign):08x}" for sign in quoted)


def sql_name(name: str) -> str:
    """A column's name in SQL."""
    if _SQL_NAME.fullmatch(name) and name.lower() not in _SQL_WORDS:
        return name
    return '"' + name.replace('"', '""') + '"'


def sql_value(value: Any) -> str:
    """A cell's value in SQL."""
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    if isinstance(value, datetime):
        return f"timestamp '{value.isoformat(sep=' ')}'"
    return f"date '{value.isoformat()}'" if isinstance(value, date) else json.dumps(value)
