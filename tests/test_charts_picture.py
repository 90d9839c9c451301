"""Pictures: right, clean, and the same each time."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from chart_samples import COMPANIES, CONFIG, YEARS, figure_of, make_table, spec_of
from osai_essay.charts import engine
from osai_essay.charts.dark import dark_styles
from osai_essay.charts.kinds import KINDS
from osai_essay.charts.letters import letter_widths
from osai_essay.charts.order import PictureError
from osai_essay.charts.picture import draw_svg
from osai_essay.charts.refusals import check_weight
from osai_essay.charts.style import WORDS
from osai_essay.charts.svg import SVG
from osai_essay.model import Picture, Table

GOLDEN = Path(__file__).parent / "charts"
BAR = "kind: bar\nx: amount\ny: company\ncolor: country\nsort: -amount\nformat: $0bn\n"

POINTS = make_table(
    a=[float(index % 7) for index in range(40)],
    b=[float(index * index % 11) for index in range(40)],
    g=["p", "q"] * 20,
)
SPANS = make_table(
    start=["2025-01-01", "2025-03-01"], end=["2025-02-01", "2025-07-01"], n=["x", "y"]
)
DRAWN: dict[str, tuple[str, Table]] = {
    "area": ("x: year\ny: amount\ncolor: country\n", YEARS),
    "bar": ("x: amount\ny: company\n", COMPANIES),
    "bar_polar": ("r: a\ntheta: g\n", POINTS),
    "box": ("x: g\ny: a\n", POINTS),
    "density_contour": ("x: a\ny: b\n", POINTS),
    "density_heatmap": ("x: a\ny: b\n", POINTS),
    "ecdf": ("x: a\ncolor: g\n", POINTS),
    "funnel": ("x: amount\ny: company\n", COMPANIES),
    "funnel_area": ("names: company\nvalues: amount\n", COMPANIES),
    "histogram": ("x: a\ncolor: g\n", POINTS),
    "icicle": ("path: [country, company]\nvalues: amount\n", COMPANIES),
    "line": ("x: year\ny: amount\ncolor: country\n", YEARS),
    "line_polar": ("r: a\ntheta: g\n", POINTS),
    "line_ternary": ("a: a\nb: b\nc: a\n", POINTS),
    "parallel_categories": ("dimensions: [g, a]\n", POINTS),
    "pie": ("names: company\nvalues: amount\n", COMPANIES),
    "scatter": ("x: a\ny: b\ncolor: g\nmarginal_x: histogram\n", POINTS),
    "scatter_polar": ("r: a\ntheta: g\n", POINTS),
    "scatter_ternary": ("a: a\nb: b\nc: a\n", POINTS),
    "strip": ("x: g\ny: a\n", POINTS),
    "sunburst": ("path: [country, company]\nvalues: amount\n", COMPANIES),
    "timeline": ("x_start: start\nx_end: end\ny: n\n", SPANS),
    "treemap": ("path: [country, company]\nvalues: amount\n", COMPANIES),
    "violin": ("x: g\ny: a\n", POINTS),
}


def test_every_kind_has_a_sample() -> None:
    assert set(DRAWN) == set(KINDS)


@pytest.mark.parametrize("kind", sorted(DRAWN))
def test_every_kind_is_drawn(kind: str) -> None:
    words, table = DRAWN[kind]
    figure = figure_of(f"kind: {kind}\n{words}", table)

    assert {trace["type"] for trace in figure["data"]} <= KINDS[kind].traces
    assert len(list(ET.fromstring(draw_svg(figure, 640, 420)).iter())) > 8


def test_a_bar_chart_is_as_it_was(golden: Callable[[Path, Mapping[str, str]], None]) -> None:
    figure = figure_of(BAR)
    shown = json.dumps(figure, indent=1, sort_keys=True, ensure_ascii=False) + "\n"

    styles = dark_styles(figure["layout"]["meta"]["dark"], CONFIG)

    golden(GOLDEN, {"bar.json": shown, "bar.svg": draw_svg(figure, 480, 240, styles)})


def test_the_same_figure_gives_the_same_bytes_whatever_came_before() -> None:
    first, other = (
        figure_of(BAR),
        figure_of("kind: line\nx: year\ny: amount\ncolor: country\n", YEARS),
    )
    alone = draw_svg(first, 640, 420)
    draw_svg(other, 640, 420)

    assert draw_svg(first, 640, 420) == alone


SELECTORS = (
    "g", "G", "div", "clippath", "clipPath", "text", "nothing", "*", ".a", ".b", ".ab", ".a.b",
    "g.a", "path.b.a", "#n1", "g.a > path", "g .b", "g, .b", '[class^="a"]', ":first-child",
)  # fmt: skip
FIND = """(function (selectors) {
  var box = document.createElement('div');
  box.className = 'a b';
  ['g', 'path', 'g', 'clipPath', 'text'].forEach(function (tag, at) {
    var child = document.createElementNS('http://www.w3.org/2000/svg', tag);
    child.setAttribute('class', ['a', 'a b', 'ab', ' b  a ', ''][at]);
    child.id = 'n' + at;
    child.appendChild(document.createTextNode('g'));
    (at % 2 ? box.childNodes[0] : box).appendChild(child);
  });
  return JSON.stringify(selectors.map(function (selector) {
    var all = Array.from(box.querySelectorAll(selector));
    var first = box.querySelector(selector);
    return [all.map(function (each) { return each.id; }), first && first.id, box.matches(selector)];
  }));
})"""


def test_elements_are_found_as_the_document_itself_finds_them() -> None:
    from mirage.engine import MirageEngine

    find = f"{FIND}({json.dumps(SELECTORS)})"
    engine.warm_up()
    found = engine._LOCAL.context.eval(find)

    assert found == MirageEngine().context.eval(find)
    assert "n3" in found


def test_a_picture_stands_alone() -> None:
    picture = draw_svg(figure_of(BAR), 640, 420)

    assert picture.startswith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 420"')
    assert "<title>A title</title>" in picture
    assert not any(
        bad in picture for bad in ("<script", "style=", "href", "<image", "<foreignObject")
    )


def test_words_stay_words() -> None:
    assert ">ByteDance</text>" in draw_svg(figure_of(BAR), 640, 420)


def test_colours_change_in_the_dark() -> None:
    figure = figure_of(BAR)
    picture = draw_svg(figure, 640, 420, dark_styles(figure["layout"]["meta"]["dark"], CONFIG))
    root = ET.fromstring(picture)
    styles = [element.text or "" for element in root.iter(f"{{{SVG}}}style")]
    painted = {
        (name, element.attrib[name])
        for element in root.iter()
        for name in ("fill", "stroke")
        if element.get(name, "none") not in ("none", *WORDS.values())
    }

    assert all(style.startswith("@media (prefers-color-scheme:dark){") for style in styles)
    assert painted
    assert all(f'[{name}="{color}"]{{{name}:#' in "".join(styles) for name, color in painted)
    assert '[fill="#2d64b8"]{fill:#7fb0f5}' in "".join(styles)
    assert not re.search(r"var\(|\bclass=|\bstyle=", picture)


def test_hostile_words_stay_words() -> None:
    table = make_table(
        n=["<script>alert(1)</script>", "a & b", '<a href="http://x.example">x</a>'],
        v=[1.0, 2.0, 3.0],
    )
    picture = draw_svg(figure_of("kind: bar\nx: v\ny: n\norientation: h\n", table), 640, 420)

    assert "<script" not in picture
    assert "href=" not in picture.replace('href="http', "").replace("&lt;a href=", "")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in picture


def test_a_heatmap_is_rectangles_not_a_bitmap() -> None:
    picture = draw_svg(figure_of("kind: density_heatmap\nx: a\ny: b\n", POINTS), 640, 420)

    assert picture.count("<rect") > 8
    assert "<image" not in picture


def test_a_figure_without_marks_is_an_error() -> None:
    with pytest.raises(PictureError, match="empty"):
        draw_svg({"data": [], "layout": {"xaxis": {"visible": False}, "yaxis": {"visible": False},
                                         "paper_bgcolor": "rgba(0,0,0,0)", "plot_bgcolor": "rgba(0,0,0,0)"}}, 300, 200)  # fmt: skip


def test_drawing_that_never_ends_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "SECONDS", 1)
    monkeypatch.setattr(engine._LOCAL, "context", None)
    engine.warm_up()
    engine._LOCAL.context.eval("drawFigure = function () { while (true) { } };")

    with pytest.raises(PictureError, match="longer than 1 seconds"):
        draw_svg({"data": [], "layout": {}}, 300, 200)


def test_after_an_error_the_engine_draws_again() -> None:
    good = draw_svg(figure_of(BAR), 640, 420)
    engine._LOCAL.context.eval("drawFigure = function () { throw new Error('no such axis'); };")
    with pytest.raises(PictureError, match="no such axis"):
        draw_svg({"data": [], "layout": {}}, 640, 420)

    assert draw_svg(figure_of(BAR), 640, 420) == good


def test_text_is_measured_without_fonts_of_the_system() -> None:
    widths = letter_widths()

    assert widths["i"] < widths["m"]
    assert len(widths) > 100


def test_a_picture_of_thousands_of_marks_is_a_warning() -> None:
    numbers = [float(index * 7919 % 5003) for index in range(5000)]
    words = "kind: scatter\nx: a\ny: b\n"
    figure = figure_of(words, make_table(a=numbers, b=numbers[::-1]))
    heavy = Picture(svg=draw_svg(figure, 720, 420), width=720, height=420)

    (problem,) = check_weight(spec_of(words), heavy)
    assert (problem.code, problem.severity) == ("picture-heavy", "warning")
    light = Picture(svg=draw_svg(figure_of(BAR), 720, 420), width=720, height=420)
    assert not list(check_weight(spec_of(words), light))


@pytest.mark.parametrize("before", ["funnel", "pie", "treemap"])
def test_picture_does_not_hang_on_those_drawn_before_it(before: str) -> None:
    engine._LOCAL.context = None
    alone = draw_svg(figure_of(BAR), 640, 420)
    engine._LOCAL.context = None
    words, table = DRAWN[before]
    draw_svg(figure_of(f"kind: {before}\n{words}", table), 640, 420)
    assert draw_svg(figure_of(BAR), 640, 420) == alone
