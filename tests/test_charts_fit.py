"""Pictures laid out for a desk and for a phone: nothing clipped, nothing upon another."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from chart_samples import YEARS, figure_of, make_table
from osai_essay.charts.narrow import fit_narrow
from osai_essay.charts.picture import draw_svg
from osai_essay.model import Table
from svg_words import Words, size_of, words_of
from test_charts_picture import DRAWN

WIDE, NARROW, HEIGHT = 720, 360, 420
WIDER = 1.048  # Arial and Liberation Sans against the font measured with, at most
NAME = (
    "A very long name of about one hundred and fifty letters that an author has put into one cell"
    " of the data without a thought for anyone who reads it"
)
PLACES = ["US", "CN", "Germany", "France", "Japan", "Brazil"]
SEVERAL = make_table(
    year=[2020 + index % 6 for index in range(36)],
    country=[PLACES[index // 6] for index in range(36)],
    amount=[float(index * 37 % 50 + index) for index in range(36)],
    group=["Alpha", "A longer name of a group"] * 18,
)
LINE = "kind: line\nx: year\ny: amount\n"
BARS = "kind: bar\nx: amount\ny: company\norientation: h\n"
UPRIGHT = "kind: bar\nx: company\ny: amount\n"
DAYS = [date(2024, 1, 1) + timedelta(30 * index) for index in range(20)]

CASES: dict[str, tuple[str, Table]] = {
    "facets in a row": (f"{LINE}facet_col: country\n", SEVERAL),
    "facets wrapped": (f"{LINE}facet_col: country\nfacet_col_wrap: 3\n", SEVERAL),
    "facets one above another": (f"{LINE}facet_row: country\nheight: 800\n", SEVERAL),
    "facets of bars": ("kind: bar\nx: amount\ny: country\nfacet_col: year\n", SEVERAL),
    "facets both ways": (f"{LINE}facet_row: group\nfacet_col: country\n", SEVERAL),
    "facets and colours": (
        "kind: scatter\nx: year\ny: amount\ncolor: group\nfacet_col: country\n", SEVERAL,
    ),
    "long names of bars": (BARS, make_table(company=[NAME, "B"], amount=[3.0, 20.5])),
    "long names below bars": (UPRIGHT, make_table(company=[NAME, "B", "C"], amount=[3.0, 9.5, 2.0])),
    "one long word": (BARS, make_table(company=["word" * 20, "B"], amount=[3.0, 20.5])),
    "long names at line ends": (
        f"{LINE}color: company\nlabels: ends\n",
        make_table(year=[2020, 2021] * 2, company=[NAME] * 2 + ["B"] * 2, amount=[3.0, 9.0, 1.0, 3.0]),
    ),
    "long names in a legend": (
        "kind: area\nx: year\ny: amount\ncolor: company\n",
        make_table(year=[2020, 2021] * 2, company=[NAME] * 2 + ["B"] * 2, amount=[3.0, 9.0, 1.0, 3.0]),
    ),
    "equal ends": (
        f"{LINE}color: company\nlabels: ends\n",
        make_table(year=[2020, 2021] * 6, company=[f"Company {at // 2}" for at in range(12)],
                   amount=[1.0, 5.0] * 6),
    ),
    "numbers below zero": (BARS, make_table(company=["Amazon", "B"], amount=[-30.0, 20.0])),
    "bars below zero": (UPRIGHT, make_table(company=["Amazon", "B"], amount=[-30.0, 20.0])),
    "sixty bars": (
        UPRIGHT, make_table(company=[f"Company {at}" for at in range(60)], amount=[1.0] * 60),
    ),
    "sixty lying bars": (
        f"{BARS}height: 1000\n",
        make_table(company=[f"Company {at}" for at in range(60)], amount=[1.0] * 60),
    ),
    "very large": (LINE, make_table(year=[2020, 2021], amount=[1e15, 2.5e19])),
    "very small": (LINE, make_table(year=[2020, 2021], amount=[1e-9, 2.5e-7])),
    "dates": ("kind: line\nx: day\ny: amount\n", make_table(day=DAYS, amount=[1.0, 2.0] * 10)),
    "powers": (
        "kind: scatter\nx: amount\ny: company\nlog_x: true\n",
        make_table(company=["A", "B", "C"], amount=[0.3, 20.0, 295.0]),
    ),
    "notes at the edges": (
        f"{LINE}annotate: [{{x: 2021, y: 10, text: A note of quite some length}}, "
        "{x: 2020, y: 10, text: Another note of quite some length}]\n",
        make_table(year=[2020, 2021], amount=[10.0, 10.0]),
    ),
    "Chinese": (BARS, make_table(company=["阿里巴巴集团控股有限公司" * 3, "腾讯"], amount=[3.0, 9.0])),
    "from right to left": (BARS, make_table(company=["الولايات المتحدة", "ישראל"], amount=[3.0, 9.0])),
    "named axis": (f"{LINE}update_layout: {{yaxis_title: {NAME}}}\n", YEARS),
}  # fmt: skip


def draw_both(words: str, table: Table) -> tuple[dict[str, Any], dict[str, Any], str, str]:
    """A chart's wide and narrow figure and their pictures."""
    figure = figure_of(words, table)
    height = next((int(line[8:]) for line in words.splitlines() if line[:8] == "height: "), HEIGHT)
    narrow = fit_narrow(figure, NARROW, height)
    return (
        figure,
        narrow,
        draw_svg(figure, WIDE, height),
        draw_svg(narrow, NARROW, narrow["layout"]["height"]),
    )


def find_clipped(picture: str) -> list[Words]:
    """Words that do not lie inside the picture, were the reader's font as wide as Arial."""
    width, height = size_of(picture)
    return [
        words
        for words in words_of(picture, WIDER)
        if words.left < 0 or words.right > width or words.top < 0 or words.bottom > height
    ]


def find_touching(picture: str) -> list[tuple[str, str]]:
    """Pairs of words that lie upon one another."""
    return [
        (one.text, other.text)
        for one, other in combinations(words_of(picture), 2)
        if min(one.right, other.right) - max(one.left, other.left) > 1
        and min(one.bottom, other.bottom) - max(one.top, other.top) > 2
    ]


@pytest.mark.parametrize("kind", sorted(DRAWN))
def test_every_kind_lies_inside_its_picture(kind: str) -> None:
    words, table = DRAWN[kind]
    for picture in draw_both(f"kind: {kind}\n{words}", table)[2:]:
        assert find_clipped(picture) == []


@pytest.mark.parametrize("case", CASES)
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_every_case_lies_inside_its_picture_and_nothing_upon_another(
    case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if case == "sixty bars":  # it is warned of
        monkeypatch.setattr("osai_essay.charts.figure.check_names", lambda *_: ())
    for picture in draw_both(*CASES[case])[2:]:
        assert find_clipped(picture) == []
        assert find_touching(picture) == []


def test_charts_of_this_repository_lie_inside_their_pictures(real_site: Path) -> None:
    pictures = sorted(real_site.glob("charts/*/*.narrow.svg")) + sorted(
        real_site.glob("charts/*/*.wide.svg")
    )
    assert len(pictures) >= 20
    for path in pictures:
        picture = path.read_text(encoding="utf-8")
        assert (path.name, find_clipped(picture)) == (path.name, [])
        assert (path.name, find_touching(picture)) == (path.name, [])


def test_what_is_clipped_or_touches_is_found() -> None:
    picture = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50" font-size="10">'
        '<g transform="translate(80,20)"><text>Too far right</text></g>'
        '<text x="50" y="30" text-anchor="middle">Inside</text>'
        '<text x="52" y="33" text-anchor="middle">Upon</text></svg>'
    )
    assert [words.text for words in find_clipped(picture)] == ["Too far right"]
    assert find_touching(picture) == [("Inside", "Upon")]


def test_small_multiples_stand_in_two_columns_on_a_phone() -> None:
    wide, narrow, _, picture = draw_both(f"{LINE}facet_col: country\n", SEVERAL)
    columns = [
        {tuple(axis["domain"]) for name, axis in figure["layout"].items() if name[:5] == "xaxis"}
        for figure in (wide, narrow)
    ]
    assert [len(each) for each in columns] == [6, 2]
    assert narrow["layout"]["height"] > HEIGHT
    assert narrow["data"] == wide["data"]
    names = [words for words in words_of(picture) if words.text in ("United States", "Japan")]
    assert names[0].bottom < names[1].top


def test_small_multiples_of_bars_with_names_stand_in_one_column_on_a_phone() -> None:
    table = make_table(
        company=["A company with a long name", "B"] * 2, year=[2024, 2024, 2025, 2025],
        amount=[1.0, 2.0, 3.0, 4.0],
    )  # fmt: skip
    layout = draw_both(f"{BARS}facet_col: year\n", table)[1]["layout"]
    assert layout["xaxis"]["domain"] == layout["xaxis2"]["domain"] == [0, 1]


@pytest.mark.parametrize("words", ["facet_col: year\n", "facet_row: year\n"])
def test_name_of_a_small_multiple_stands_at_the_left_above_it(words: str) -> None:
    layout = figure_of(f"kind: bar\nx: amount\ny: country\n{words}", SEVERAL)["layout"]
    heads = [note for note in layout["annotations"] if note.get("name") == "facet"]
    assert [note["text"] for note in heads] == ["2020", "2021", "2022", "2023", "2024", "2025"]
    plots = {
        (axis["domain"][0], layout[axis["anchor"].replace("y", "yaxis")]["domain"][1])
        for name, axis in layout.items()
        if name.startswith("xaxis")
    }
    assert {(note["x"], note["y"]) for note in heads} == plots


def test_title_of_an_axis_stands_once_however_many_plots_there_are() -> None:
    for picture in draw_both("kind: bar\nx: amount\ny: country\nfacet_col: year\n", SEVERAL)[2:]:
        titles = [words for words in words_of(picture) if words.text.startswith("Amount")]
        assert len(titles) == 1
        assert titles[0].left == 0


@pytest.mark.parametrize("case", ["dates", "powers", "facets in a row"])
def test_no_tick_stands_alone(case: str) -> None:
    for picture in draw_both(*CASES[case])[2:]:
        foot = max(words.bottom for words in words_of(picture))
        beside = [words for words in words_of(picture) if foot - words.bottom < 22]
        assert len({round(words.left) for words in beside}) >= 2


def test_names_that_are_too_long_for_their_bars_stand_upright() -> None:
    table = make_table(company=[f"Name{at}" for at in range(9)], amount=[1.0] * 9)
    wide, narrow, *_ = draw_both(UPRIGHT, table)
    assert narrow["layout"]["xaxis"]["tickangle"] == -90
    assert narrow["layout"]["margin"]["b"] > wide["layout"]["margin"]["b"]


def test_bars_too_thin_for_their_numbers_get_an_axis_instead() -> None:
    table = make_table(company=[f"C{at}" for at in range(8)], amount=[100.5] * 8)
    wide, narrow, _, picture = draw_both(UPRIGHT, table)
    assert wide["layout"]["yaxis"]["showticklabels"] is False
    assert narrow["layout"]["yaxis"]["showticklabels"] is True
    assert "$101bn" not in [words.text for words in words_of(picture)]


def test_note_turns_away_from_the_edge() -> None:
    layout = draw_both(*CASES["notes at the edges"])[1]["layout"]
    anchors = [note["xanchor"] for note in layout["annotations"] if note["showarrow"]]
    assert anchors == ["right", "left"]


def test_rows_of_a_legend_push_the_plot_down() -> None:
    table = make_table(
        year=[2024, 2025] * 4, amount=[1.0] * 8,
        company=[name for at in range(4) for name in [f"A group of some length {at}"] * 2],
    )  # fmt: skip
    wide, narrow, *pictures = draw_both("kind: area\nx: year\ny: amount\ncolor: company\n", table)
    assert narrow["layout"]["margin"]["t"] > wide["layout"]["margin"]["t"] + 19
    for picture in pictures:
        assert find_touching(picture) == []


def test_words_and_title_share_the_left_edge() -> None:
    for picture in draw_both(f"{LINE}color: country\n", YEARS)[2:]:
        lefts = sorted(words.left for words in words_of(picture))
        assert lefts[0] == 0
        assert lefts[1] < 8  # the widest number beside the axis, but for the slack
