"""Charts as cards that stand alone: their words, their look, their bytes, as SVG and as PNG."""

from __future__ import annotations

import io
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from chart_samples import CONFIG, figure_of
from osai_essay.charts import png
from osai_essay.charts.dark import dark_styles
from osai_essay.charts.letters import text_width
from osai_essay.charts.picture import draw_svg
from osai_essay.charts.png import PngError, draw_png
from osai_essay.charts.poster import make_poster
from osai_essay.charts.style import INK, MUTED, RULE
from osai_essay.charts.style import PAPER as GROUND
from osai_essay.model import Picture

NS = "{http://www.w3.org/2000/svg}"
PAPER = (0xFC, 0xFB, 0xF8)
WORDS = {
    "title": "In 2025 five US firms planned $349bn, three Chinese firms $51bn",
    "subtitle": "Capital expenditure planned for 2025, billion US dollars",
    "note": "Whole companies, not AI alone.",
    "source": "Sources: company filings. Data: Capital expenditure.",
    "site": "OSAI Essays",
}
ROLES, COUNTRIES = dark_styles({"#2d64b8": "#7fb0f5"}, CONFIG)
BODY = (
    "<title>Chart</title><desc>Two bars, the first longer.</desc>"
    f"<style>{ROLES}</style><style>{COUNTRIES}</style>"
    '<defs><clipPath id="c0"><rect width="600" height="40" /></clipPath></defs>'
    '<path d="M60,20H500V60H60Z" clip-path="url(#c0)" fill="#2d64b8" />'
    '<text x="10" y="45" font-size="12" fill="#1d2129">Amazon</text>'
)


def picture_of(body: str = BODY, width: int = 720, height: int = 200) -> Picture:
    head = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img"'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {head} font-family="Arial">{body}</svg>\n'
    return Picture(svg=svg, width=width, height=height)


def poster_of(picture: Picture | None = None, **words: str) -> Picture:
    return make_poster(picture or picture_of(), **(WORDS | words))


def texts_of(poster: Picture) -> list[list[tuple[str, float, float]]]:
    """The card's own words: for each block its lines, each with x and y."""
    return [
        [
            (line.text or "", float(line.attrib["x"]), float(line.attrib["y"]))
            for line in text.iter(f"{NS}tspan")
        ]
        for text in ET.fromstring(poster.svg).findall(f"{NS}text")
    ]


def lines_of(poster: Picture, block: int) -> list[str]:
    return [words for words, _, _ in texts_of(poster)[block]]


def open_png(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content)).convert("RGB")


def dark_pixels(image: Image.Image, top: float, bottom: float, *, zoom: float = 2) -> int:
    band = image.crop((0, int(top * zoom), image.width, int(bottom * zoom))).convert("L")
    return sum(band.histogram()[:110])


def test_words_stand_above_and_below_at_one_left_edge() -> None:
    poster = poster_of()
    blocks = texts_of(poster)
    picture = ET.fromstring(poster.svg).find(f"{NS}g")
    assert picture is not None
    top = float(re.findall(r"[\d.]+", picture.attrib["transform"])[1])

    assert [" ".join(words for words, _, _ in block) for block in blocks] == list(WORDS.values())
    assert {x for block in blocks for _, x, _ in block} == {24.0}
    assert all(y < top for block in blocks[:2] for _, _, y in block)
    assert all(top + 200 < y < poster.height for block in blocks[2:] for _, _, y in block)


def test_the_size_said_is_the_size_drawn() -> None:
    poster = poster_of()
    root = ET.fromstring(poster.svg)

    assert (root.get("width"), root.get("height")) == (str(poster.width), str(poster.height))
    assert open_png(draw_png(poster.svg, zoom=1)).size == (poster.width, poster.height)


def test_empty_words_take_no_room() -> None:
    bare = poster_of(note="", subtitle="")

    assert len(texts_of(bare)) == 3
    assert bare.height < poster_of().height


def test_a_card_without_words_below_has_no_rule() -> None:
    bare = poster_of(note="", source="", site="")

    assert f' stroke="{RULE}"' not in bare.svg
    assert f' stroke="{RULE}"' in poster_of().svg


def test_the_description_of_the_picture_is_the_cards() -> None:
    root = ET.fromstring(poster_of().svg)

    assert root.get("role") == "img"
    assert [child.tag for child in root][:2] == [f"{NS}title", f"{NS}desc"]
    assert root.findtext(f"{NS}title") == WORDS["title"]
    assert root.findtext(f"{NS}desc") == "Two bars, the first longer."
    assert len(list(root.iter(f"{NS}title"))) == 1


def test_the_subtitle_describes_a_picture_that_says_nothing() -> None:
    poster = poster_of(picture_of(body='<path d="M0,0H9V9Z" fill="#000" />'))

    assert ET.fromstring(poster.svg).findtext(f"{NS}desc") == WORDS["subtitle"]


def test_words_are_escaped() -> None:
    poster = poster_of(title='A & B <script>alert("1")</script>', note="\x00\x0b\ud800ok \ufffe")

    assert "<script" not in poster.svg
    assert lines_of(poster, 0) == ['A & B <script>alert("1")</script>']
    assert lines_of(poster, 2) == ["ok"]


def test_the_picture_keeps_its_dark_colours_beside_the_cards_own() -> None:
    poster = poster_of()
    root = ET.fromstring(poster.svg)
    styles = [child.text for child in root.findall(f"{NS}style")]
    used = set(re.findall(r' (fill|stroke)="(#\w+)"', poster.svg))

    assert styles == [ROLES, COUNTRIES]
    assert used == {("fill", color) for color in (GROUND, INK, MUTED, "#2d64b8")} | {
        ("stroke", RULE)
    }
    assert all(f'[{name}="{color}"]' in ROLES + COUNTRIES for name, color in used)
    assert "var(" not in poster.svg
    assert len(re.findall(r'\bid="', poster.svg)) == 1


def test_the_title_of_two_lines_is_balanced() -> None:
    first, second = lines_of(poster_of(), 0)

    assert 0.6 < text_width(first, 22) / text_width(second, 22) < 1.6


def test_a_last_line_is_not_one_word() -> None:
    subtitle = "Capital expenditure planned for fiscal 2025, five US companies, by date of the"
    lines = lines_of(poster_of(subtitle=f"{subtitle} statement, billion US dollars"), 1)

    assert len(lines) == 2
    assert len(lines[1].split()) > 2


@pytest.mark.parametrize(
    "words",
    [
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft " * 3,
        "x" * 1000,
        "https://www.example.org/a/very/long/path/" + "with-many-words/" * 20,
        "二〇二五年、五家美国公司计划支出三千四百九十亿美元、而三家中国公司只有五百一十亿美元。"
        * 4,
        "Chinese 中文 and English words, mixed: 计划支出 (planned spending) " * 6,
    ],
)
@pytest.mark.parametrize("width", [360, 720])
def test_no_line_is_wider_than_the_card_and_no_letter_is_lost(words: str, width: int) -> None:
    poster = poster_of(picture_of(width=width), title=words, note=words)
    room = poster.width - (48 if width == 720 else 32)

    for block, size in ((0, 22 if width == 720 else 18), (2, 13)):
        lines = lines_of(poster, block)
        assert "".join("".join(lines).split()) == "".join(words.split())
        assert all(text_width(line, size, bold=block == 0) <= room for line in lines)


def test_chinese_lines_do_not_begin_with_a_stop() -> None:
    lines = lines_of(poster_of(note="计划、支出。" * 60), 2)

    assert len(lines) > 3
    assert not any(line[0] in "、。" for line in lines)


def test_a_space_that_does_not_break_does_not_break() -> None:
    lines = lines_of(poster_of(note="349\u00a0billion " * 40), 2)

    assert len(lines) > 1
    assert all(line.startswith("349\u00a0billion") for line in lines)


def test_the_same_words_give_the_same_bytes() -> None:
    first, again = poster_of(), poster_of()

    assert first == again
    assert draw_png(first.svg) == draw_png(again.svg)


def test_the_png_shows_every_block_of_words() -> None:
    poster = poster_of()
    image = open_png(draw_png(poster.svg))

    assert image.size == (2 * poster.width, 2 * poster.height)
    assert image.getpixel((3, 3)) == PAPER
    for block, least in zip(texts_of(poster), (2000, 800, 300, 500, 400), strict=True):
        for _, _, baseline in block:
            assert dark_pixels(image, baseline - 11, baseline + 3) > least
    assert dark_pixels(image, poster.height - 14, poster.height) == 0


def test_the_title_is_bold() -> None:
    def inked(weight: str) -> int:
        svg = poster_of().svg.replace('font-weight="700"', f'font-weight="{weight}"')
        return dark_pixels(open_png(draw_png(svg)), 24, 80)

    assert inked("700") > 1.25 * inked("400")


def test_a_png_ignores_the_dark_and_the_fonts_named() -> None:
    poster = poster_of()
    plain = re.sub(r"<style>.*?</style>", "", poster.svg)
    other = poster.svg.replace('"Arial"', '"No Such Font"')

    assert draw_png(poster.svg) == draw_png(plain) == draw_png(other)


def test_a_png_asks_for_no_font_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    import resvg_py

    asked: dict[str, object] = {}

    def svg_to_bytes(**given: object) -> bytes:
        asked.update(given)
        return b""

    monkeypatch.setattr(resvg_py, "svg_to_bytes", svg_to_bytes)
    draw_png(poster_of().svg)

    assert asked["skip_system_fonts"] is True
    assert asked["font_files"] == [str(png.packaged_font())]


def test_letters_of_europe_and_signs_are_drawn() -> None:
    draw_png(poster_of(note="Łódź, Ελλάδα, Москва, Việt Nam: −5 % ≈ ½ × “x” … → €£¥\u00a0ok").svg)


def test_letters_no_font_has_are_named() -> None:
    with pytest.raises(PngError, match=r"no font for 中 \(U\+4E2D\), 文 \(U\+6587\)$") as caught:
        draw_png(poster_of(note="In Chinese: 中文").svg)

    assert caught.value.missing == "中文"


def test_of_many_missing_letters_some_are_named() -> None:
    with pytest.raises(PngError, match=r"and 12 more$"):
        draw_png(poster_of(note="".join(chr(0x4E00 + number) for number in range(20))).svg)


def test_a_font_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(png, "FONT_PACKAGE", "no_such_font")

    with pytest.raises(PngError, match="package no-such-font"):
        draw_png(poster_of().svg)


@pytest.mark.parametrize("svg", ["", "<svg", "<p>words</p>"])
def test_what_is_no_picture_is_an_error(svg: str) -> None:
    with pytest.raises(PngError):
        draw_png(svg)


def test_a_font_given_is_asked_for_what_the_packaged_one_lacks() -> None:
    assert png.find_missing("a中", []) == "a中"
    assert png.find_missing("a中", [png.packaged_font()]) == "中"
    assert Path(png.packaged_font()).is_file()


def test_a_drawn_chart_becomes_a_card() -> None:
    figure = figure_of("kind: bar\nx: amount\ny: company\ncolor: country\n")
    poster = poster_of(Picture(svg=draw_svg(figure, 720, 300), width=720, height=300))
    image = open_png(draw_png(poster.svg))
    colors = {color for _, color in image.getcolors(1 << 20) or []}

    assert ">ByteDance</text>" in poster.svg
    assert {(0x2D, 0x64, 0xB8), (0xC4, 0x41, 0x2D), PAPER} <= colors
