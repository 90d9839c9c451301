"""Words measured and broken without asking the machine for a font."""

from __future__ import annotations

import pytest

from osai_essay.charts.letters import letter_widths, text_width, widest_line, wrap


def test_widths_are_those_of_the_packaged_font_with_slack() -> None:
    assert text_width("i", 10) < text_width("m", 10) < text_width("m", 10, bold=True)
    assert text_width("mm", 20) == pytest.approx(4 * text_width("m", 10))
    assert text_width("m", 10) > 10 * letter_widths()["m"]


def test_accents_greek_and_cyrillic_have_widths_of_their_own() -> None:
    assert {"é", "ß", "Ω", "Ж", "−", "€"} <= set(letter_widths())


def test_label_is_broken_between_words_and_cut_at_the_end() -> None:
    assert wrap("United States of America", 90, 13) == "United States<br>of America"
    lines = wrap("word " * 40, 90, 13, most=2).split("<br>")
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert widest_line(lines, 13) <= 90


def test_label_that_was_broken_is_broken_anew() -> None:
    once = wrap("United States of America", 90, 13)
    assert wrap(once, 400, 13) == "United States of America"


def test_chinese_breaks_between_letters() -> None:
    assert wrap("阿里巴巴集团控股有限公司", 80, 13, most=9).count("<br>") == 2


def test_signs_of_tags_in_words_stay_signs_and_tags_of_the_author_stay_tags() -> None:
    assert wrap("a &lt;b> c " * 5, 60, 13, most=9).replace("<br>", " ").count("&lt;") == 5
    assert wrap("a <b>bold</b> word " * 5, 60, 13) == "a <b>bold</b> word " * 5
