"""Dates as blogs write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osai_essay.dates import read_date, read_partial_date


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2026-11-21", "2026-11-21"),
        (" 2026-1-2 ", "2026-01-02"),
        ("2026-11-21 10:00:00 -0500", "2026-11-21T10:00:00-05:00"),
        ("2026-11-21 10:00:00 +05:30", "2026-11-21T10:00:00+05:30"),
        ("2026-11-21 10:00", "2026-11-21T10:00:00+00:00"),
        ("2026-11-21T10:00:00Z", "2026-11-21T10:00:00+00:00"),
        ("2026-11-21T10:00:00.123Z", "2026-11-21T10:00:00+00:00"),
        ("2026-11-21 9:05 UTC", "2026-11-21T09:05:00+00:00"),
        ("2024-02-29", "2024-02-29"),
        ("0001-01-01", "0001-01-01"),
        ("9999-12-31", "9999-12-31"),
    ],
)
def test_dates_with_and_without_time_and_offset(text, iso):
    assert read_date(text).iso == iso


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2026-13-01",
        "2026-02-30",
        "2025-02-29",
        "0000-01-01",
        "2026/11/21",
        "21-11-2026",
        "2026-11-21 10",
        "2026-11-21 25:00",
        "2026-11-21 10:60",
        "2026-11-21 10:00 EST",
        "2026-11-21 10:00 +2500",
        "2026-11-21 10:00 +0560",
        "2026-11-21 -0500",
        "0001-01-01 00:00 +0500",
        "9999-12-31 23:00 -0500",
        "\uff12\uff10\uff12\uff16-11-21",
        "2026-11-21\n2026-11-22",
    ],
)
def test_what_is_no_date(text):
    assert read_date(text) is None


def test_date_without_time_says_so():
    assert not read_date("2026-11-21").has_time
    assert read_date("2026-11-21 00:00").has_time


@given(st.text("0123456789-: +TZ.", max_size=30))
def test_any_text_is_a_date_or_none(text):
    moment = read_date(text)
    assert moment is None or moment.value.tzinfo is not None


def test_a_partial_date_has_a_first_day_and_a_precision() -> None:
    assert read_partial_date("2019-07") == (date(2019, 7, 1), "month")
    assert read_partial_date("2019") == (date(2019, 1, 1), "year")
    assert read_partial_date("2019-13") is None
    assert read_partial_date("July") is None
    assert read_partial_date("2019 ") is None
