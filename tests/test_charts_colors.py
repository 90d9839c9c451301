"""Colours told apart by every reader; words that can be read on whatever they lie, in both schemes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chart_samples import CN, COMPANIES, CONFIG, US, YEARS, figure_of, make_table, say, spec_of
from osai_essay.charts.dark import dark_styles
from osai_essay.charts.figure import finish
from osai_essay.charts.picture import draw_svg
from osai_essay.charts.style import (
    DASHES,
    GRID,
    INK,
    LEAST_CONTRAST,
    MUTED,
    PALETTE,
    PALETTE_DARK,
    PAPER,
    QUIET,
    ROLES_DARK,
    SCALE,
    SYMBOLS,
    WASH,
    dark_forms,
    lighten,
    words_like,
    words_on,
)
from osai_essay.charts.traces import opacity_of
from osai_essay.checks.figures.looks import LEAST_DIFFERENCE
from osai_essay.colors import RGB, SIGHTS, contrast, difference, lay_over, read_color
from osai_essay.model import Config, Entity, Table
from osai_essay.struct import replace

NIGHT = ROLES_DARK[PAPER]
PARTS = make_table(
    lab=[f"lab {index}" for index in range(8) for _ in range(2)],
    part=[f"part {index}" for index in range(16)],
    country=["US", "CN"] * 8,
    amount=[float(index + 3) for index in range(16)],
)
SPANS = make_table(
    start=[date(2025, 1, 1), date(2025, 3, 1)],
    end=[date(2025, 2, 1), date(2025, 7, 1)],
    country=["US", "CN"],
)
BAR = "kind: bar\nx: amount\ny: company\n"
LINE = "kind: line\nx: year\ny: amount\ncolor: country\n"
LABS = "x: part\ny: amount\ncolor: lab\n"


def rgb(color: str) -> RGB:
    known = read_color(color)
    assert known is not None
    return known[0]


def ratio(words: str, ground: str) -> float:
    return contrast(rgb(words), rgb(ground))


# The palette


@pytest.mark.parametrize("colors", [(*PALETTE, QUIET), (*PALETTE_DARK.values(), ROLES_DARK[QUIET])])
@pytest.mark.parametrize("sight", [None, *SIGHTS])
def test_every_two_colours_are_told_apart(colors: tuple[str, ...], sight: str | None) -> None:
    apart = {pair: difference(*map(rgb, pair), sight=sight) for pair in combinations(colors, 2)}

    assert min(apart.values()) >= LEAST_DIFFERENCE, min(apart, key=lambda pair: apart[pair])


def test_every_colour_can_be_read_on_its_ground() -> None:
    assert min(ratio(color, PAPER) for color in (*PALETTE, INK, MUTED)) >= LEAST_CONTRAST
    night = (*PALETTE_DARK.values(), ROLES_DARK[INK], ROLES_DARK[MUTED])
    assert min(ratio(color, NIGHT) for color in night) >= LEAST_CONTRAST


def test_no_colour_is_taken_for_a_country() -> None:
    pairs = [(light, US.color) for light in PALETTE] + [(light, CN.color) for light in PALETTE]
    pairs += [(d, e.color_dark) for d in PALETTE_DARK.values() for e in (US, CN)]

    assert min(difference(rgb(one), rgb(str(other))) for one, other in pairs) >= LEAST_DIFFERENCE


def test_the_samples_have_the_countries_colours() -> None:
    settings = (Path(__file__).parent.parent / "content" / "site.yml").read_text(encoding="utf-8")

    assert all(f'"{each}"' in settings for one in (US, CN) for each in (one.color, one.color_dark))


def test_quiet_bands_bear_words() -> None:
    assert ratio(INK, WASH) >= LEAST_CONTRAST
    assert ratio(ROLES_DARK[INK], ROLES_DARK[WASH]) >= LEAST_CONTRAST


@given(st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}"))
def test_a_colour_without_a_dark_form_gets_one_that_is_read(color: str) -> None:
    assert ratio(lighten(color), NIGHT) >= LEAST_CONTRAST


# Words on fills


@given(
    st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}"),
    st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}"),
    st.floats(0, 1),
)
def test_words_on_any_fill_are_read_in_both_schemes(fill: str, night: str, opacity: float) -> None:
    words = words_on(fill, {fill: night}, opacity=opacity)
    by_night = dark_forms(CONFIG).get(words, words)

    for color, seen, paper in ((words, fill, PAPER), (by_night, night, NIGHT)):
        ground = lay_over(rgb(seen), opacity, rgb(paper))
        assert contrast(rgb(color), ground) >= LEAST_CONTRAST


WORDY: dict[str, tuple[str, Table]] = {
    "text": (BAR + "color: country\ntext: amount\n", COMPANIES),
    "text beside a highlight": (BAR + "highlight: [Meta]\ntext: amount\n", COMPANIES),
    "text_auto": (BAR + "color: country\ntext_auto: true\n", COMPANIES),
    "stacked": ("kind: bar\nx: year\ny: amount\ncolor: country\n", YEARS),
    "stacked and quiet": (
        "kind: bar\nx: year\ny: amount\ncolor: country\nhighlight: [CN]\n",
        YEARS,
    ),
    "clear": (BAR + "text_auto: true\nopacity: 0.4\n", COMPANIES),
    "histogram": ("kind: histogram\nx: amount\ncolor: country\ntext_auto: true\n", COMPANIES),
    "funnel": ("kind: funnel\nx: amount\ny: part\n", PARTS),
    "timeline": (
        "kind: timeline\nx_start: start\nx_end: end\ny: country\ncolor: country\ntext: country\n",
        SPANS,
    ),
    "pie": ("kind: pie\nnames: lab\nvalues: amount\n", PARTS),
    "pie of countries": ("kind: pie\nnames: country\nvalues: amount\n", PARTS),
    "pie without names": ("kind: pie\nvalues: amount\n", PARTS),
    "funnel_area": ("kind: funnel_area\nnames: lab\nvalues: amount\n", PARTS),
    "treemap": ("kind: treemap\npath: [lab, part]\nvalues: amount\n", PARTS),
    "treemap of countries": ("kind: treemap\npath: [country, part]\nvalues: amount\n", PARTS),
    "treemap, one quiet": (
        "kind: treemap\npath: [lab, part]\nvalues: amount\nhighlight: [lab 1]\n",
        PARTS,
    ),
    "treemap of parents": ("kind: treemap\nnames: part\nparents: lab\nvalues: amount\n", PARTS),
    "sunburst": ("kind: sunburst\npath: [lab, part]\nvalues: amount\n", PARTS),
    "icicle": ("kind: icicle\npath: [lab, part]\nvalues: amount\n", PARTS),
}


def words_and_fills(figure: dict[str, Any]) -> Iterator[tuple[str, str, float]]:
    """Each colour of words inside, the fill below it, and how far that covers the page."""
    for trace in figure["data"]:
        marker = trace["marker"]
        words = trace.get("insidetextfont", trace.get("textfont"))["color"]
        fills = marker.get("colors") or marker["color"]
        if isinstance(fills, str):
            yield words, fills, opacity_of(trace)
        else:
            yield from ((*pair, opacity_of(trace)) for pair in zip(words, fills, strict=True))


@pytest.mark.parametrize("case", WORDY)
def test_words_follow_their_fill_into_the_dark(case: str) -> None:
    figure = figure_of(*WORDY[case])
    dark = figure["layout"]["meta"]["dark"]

    pairs = set(words_and_fills(figure))
    assert any(dark.get(fill, fill) != fill for _, fill, _ in pairs)  # else it shows nothing
    for words, fill, opacity in pairs:
        ground, own = read_color(fill) or (rgb(INK), 0)
        night, own_night = read_color(dark.get(fill, fill)) or (rgb(INK), 0)
        seen = lay_over(ground, own * opacity, rgb(PAPER))
        seen_by_night = lay_over(night, own_night * opacity, rgb(NIGHT))
        assert contrast(rgb(words), seen) >= LEAST_CONTRAST
        assert contrast(rgb(dark.get(words, words)), seen_by_night) >= LEAST_CONTRAST


def test_words_change_in_the_picture_too() -> None:
    figure = figure_of(*WORDY["stacked"])
    dark = figure["layout"]["meta"]["dark"]
    picture = draw_svg(figure, 720, 420, dark_styles(dark, CONFIG))

    (words,) = {words for words, _, _ in words_and_fills(figure)}
    assert f'fill="{words}">$349bn</text>' in picture
    assert f'[fill="{words}"]{{fill:{dark[words]}}}' in picture


def test_words_on_a_fill_that_stays_stay() -> None:
    same = Entity(label="United States", color="#2d64b8", color_dark="#2d64b8")
    figure, _ = finish(
        {"data": [{"type": "bar", "x": [1], "y": [1], "text": ["1"],
                   "marker": {"color": "#2d64b8"}}], "layout": {}},
        spec_of(BAR), replace(CONFIG, entities={"country": {"US": same}}), say,
    )  # fmt: skip

    assert figure is not None
    words = figure["data"][0]["insidetextfont"]["color"]
    assert ratio(words, "#2d64b8") >= LEAST_CONTRAST
    assert words not in figure["layout"]["meta"]["dark"]


def test_words_that_have_a_colour_keep_it() -> None:
    trace = {"type": "bar", "x": [1], "y": [1], "text": ["1"], "textfont": {"color": "#123456"}}
    figure, _ = finish({"data": [trace], "layout": {}}, spec_of(BAR), CONFIG, say)

    assert figure is not None
    assert figure["data"][0]["textfont"] == {"color": "#123456"}
    assert "insidetextfont" not in figure["data"][0]


def test_a_tree_whose_names_run_in_a_circle_is_coloured_all_the_same() -> None:
    table = make_table(lab=["b", "a", ""], part=["a", "b", "c"], amount=[1.0, 2.0, 3.0])
    figure = figure_of("kind: treemap\nnames: part\nparents: lab\nvalues: amount\n", table)

    assert len(figure["data"][0]["marker"]["colors"]) == 3


def test_parts_have_the_colour_of_their_branch() -> None:
    table = make_table(
        lab=["", "All", "All", "a", "b"], part=["All", "a", "b", "a1", "b1"], amount=[1.0] * 5
    )
    figure = figure_of("kind: treemap\nnames: part\nparents: lab\nvalues: amount\n", table)

    root, a, b, a1, b1 = figure["data"][0]["marker"]["colors"]
    assert (a, b) == (a1, b1) == PALETTE[:2]
    assert root == "rgba(0,0,0,0)"


@pytest.mark.parametrize(
    ("yaml", "table", "width"),
    [
        (*WORDY["stacked"], 0.5),
        (*WORDY["histogram"], 0.5),
        (*WORDY["treemap"], 1),
        ("kind: scatter\nx: amount\ny: part\nsize: amount\n", PARTS, 1),
        (BAR + "color: country\n", COMPANIES, None),  # side by side: a line would hide thin bars
        (LINE + "markers: true\n", YEARS, None),
    ],
)
def test_neighbours_stand_apart(yaml: str, table: Table, width: float | None) -> None:
    lines = [trace["marker"].get("line") for trace in figure_of(yaml, table)["data"]]

    assert all(line == (width and {"color": PAPER, "width": width}) for line in lines)


def test_bands_of_parallel_categories_are_pale() -> None:
    figure = figure_of("kind: parallel_categories\ndimensions: [lab, country]\n", PARTS)

    assert figure["data"][0]["line"]["color"] == WASH


# Words on a scale


def test_words_can_be_read_on_the_whole_scale() -> None:
    assert min(ratio("#000000", stop) for stop in SCALE) >= LEAST_CONTRAST


@pytest.mark.parametrize(
    ("scale", "words"),
    [
        ("", "#000001"),
        ('color_continuous_scale: ["#001122", "#334455"]\n', "#fffffe"),
        ("color_continuous_scale: Viridis\n", None),  # neither: left to Plotly, told by the check
    ],
)
@pytest.mark.parametrize(
    "yaml",
    [
        "kind: density_heatmap\nx: amount\ny: amount\ntext_auto: true\n",
        "kind: bar\nx: part\ny: amount\ncolor: amount\ntext: amount\n",
        "kind: treemap\npath: [lab, part]\nvalues: amount\ncolor: amount\n",
    ],
)
def test_words_on_a_scale_are_black_or_white(yaml: str, scale: str, words: str | None) -> None:
    trace = figure_of(yaml + scale, PARTS)["data"][0]
    fonts = [trace.get("insidetextfont") or {}, trace.get("textfont") or {}]

    assert next((font["color"] for font in fonts if "color" in font), None) == words


# Words beside marks


def test_the_name_of_a_quiet_line_can_be_read() -> None:
    notes = figure_of(LINE + "highlight: [CN]\nlabels: ends\n", YEARS)["layout"]["annotations"]
    colors = {note["text"].split()[0]: note["font"]["color"] for note in notes}

    assert (colors["United"], colors["China"]) == (MUTED, CN.color)


@pytest.mark.parametrize(
    ("color", "words"),
    [(QUIET, MUTED), ("#ffee00", MUTED), (GRID, MUTED), ("hsl(0,1%,1%)", MUTED),
     (PALETTE[1], PALETTE[1]), ("#2D64B8", "#2D64B8"), ("#2d64b9", MUTED)],
)  # fmt: skip
def test_words_have_the_colour_of_a_line_if_it_is_read(color: str, words: str) -> None:
    assert words_like(color, dark_forms(CONFIG)) == words


@pytest.mark.parametrize("kind", ["scatter", "line", "area"])
def test_words_at_points_lie_above_them(kind: str) -> None:
    figure = figure_of(f"kind: {kind}\nx: year\ny: amount\ncolor: country\ntext: amount\n", YEARS)

    assert {trace["textposition"] for trace in figure["data"]} == {"top center"}
    assert {trace["cliponaxis"] for trace in figure["data"]} == {False}


@pytest.mark.parametrize("case", ["text", "text_auto", "histogram", "funnel", "timeline"])
def test_words_on_bars_are_level(case: str) -> None:
    figure = figure_of(*WORDY[case])

    assert {trace["textangle"] for trace in figure["data"]} == {0}


@pytest.mark.parametrize("case", ["pie", "treemap", "sunburst", "icicle", "histogram", "text"])
def test_words_that_would_be_tiny_are_left_out(case: str) -> None:
    assert figure_of(*WORDY[case])["layout"]["uniformtext"] == {"minsize": 10, "mode": "hide"}


ADDED = "annotate: [{x: 2024, y: 20, text: Here}]\nlines: [{y: 50, text: Fifty}]\n"


def test_an_authors_words_bring_the_page_along_where_there_are_fills() -> None:
    layout = figure_of("kind: bar\nx: year\ny: amount\ncolor: country\n" + ADDED, YEARS)["layout"]
    notes = [note for note in layout["annotations"] if note["text"] in ("Here", "Fifty")]

    assert [note["bgcolor"] for note in notes] == [PAPER, PAPER]
    assert [shape["line"]["color"] for shape in layout["shapes"]] == [PAPER, MUTED]
    assert layout["meta"]["dark"][PAPER] == NIGHT


def test_an_authors_words_hide_no_lines() -> None:
    layout = figure_of(LINE + ADDED, YEARS)["layout"]

    assert not any("bgcolor" in note for note in layout["annotations"])
    assert len(layout["shapes"]) == 1


# A second cue


@pytest.mark.parametrize(
    ("yaml", "part", "word", "choices"),
    [
        ("kind: line\n", "line", "dash", DASHES),
        ("kind: scatter\n", "marker", "symbol", SYMBOLS),
    ],
)
def test_six_groups_have_six_cues(
    yaml: str, part: str, word: str, choices: tuple[str, ...]
) -> None:
    figure = figure_of(f"{yaml}x: part\ny: amount\ncolor: lab\nlimit: 12\n", PARTS)

    assert [trace[part][word] for trace in figure["data"]] == list(choices)


def test_no_group_takes_the_cue_of_another() -> None:
    table = make_table(
        year=[2024, 2025] * 3,
        country=["FR", "FR", "US", "US", "CN", "CN"],
        amount=[1.0, 2.0, 3.0, 4.0, 5.0, 6.0],
    )
    figure = figure_of(LINE + "markers: true\n", table)

    dashes = {trace["name"]: trace["line"]["dash"] for trace in figure["data"]}
    symbols = {trace["name"]: trace["marker"]["symbol"] for trace in figure["data"]}
    assert dashes == {"FR": "dot", "United States": "solid", "China": "dash"}
    assert symbols == {"FR": "square", "United States": "circle", "China": "diamond"}


def test_an_entity_without_looks_has_a_dark_form_all_the_same() -> None:
    plain = Config(title="Site", entities={"country": {"US": Entity(label="US", color="#123456")}})

    assert ratio(dark_forms(plain)["#123456"], NIGHT) >= LEAST_CONTRAST
