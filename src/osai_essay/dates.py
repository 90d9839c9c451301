"""Dates as authors write them: whole, with a time, or a year or a month alone."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone

from osai_essay.model import Moment

_DATE = re.compile(
    r"(?P<day>\d{4}-\d{1,2}-\d{1,2})"
    r"(?:[T\s]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?"
    r"(?:\s*(?P<offset>Z|UTC|[-+]\d{2}:?[0-5]\d))?)?",
    re.ASCII,
)
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


def read_date(text: str) -> Moment | None:
    """A date with or without time and offset; None if it is no date. Without offset it is UTC."""
    found = _DATE.fullmatch(text.strip())
    if not found:
        return None
    year, month, day = (int(part) for part in found["day"].split("-"))
    clock = [int(found[part] or 0) for part in ("hour", "minute", "second")]
    try:
        value = datetime(year, month, day, *clock, tzinfo=_offset(found["offset"]))  # type: ignore[misc,arg-type]
        value.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return Moment(value=value, has_time=found["hour"] is not None)


def read_partial_date(text: str) -> tuple[date, str] | None:
    """`2019`, `2019-07` or `2019-07-21` as its first day and its precision, or None.

    Precision is `year`, `month` or `day`.
    """
    match = _PARTIAL.fullmatch(text)
    if not match:
        return None
    year, month, day = match.groups()
    try:
        first = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return first, "day" if day else "month" if month else "year"


def _offset(text: str | None) -> timezone:
    if text in (None, "Z", "UTC"):
        return UTC
    digits = text[1:].replace(":", "")
    minutes = int(digits[:2]) * 60 + int(digits[2:])
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))
