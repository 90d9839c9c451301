"""Colours in the dark: the same few <style> texts in every picture of a site."""

from __future__ import annotations

from osai_essay.charts.dark import all_dark_styles, dark_styles
from osai_essay.charts.style import INK, PALETTE, PAPER, RULE, dark_colors
from osai_essay.model import Config, Entity

BLUE, RED, LILAC = "#2d64b8", "#C4412D", "#7744aa"
CONFIG = Config(
    title="T",
    entities={
        "country": {
            "US": Entity(label="US", color=BLUE, color_dark="#7fb0f5"),
            "CN": Entity(label="China", color=RED),
            "XX": Entity(label="No colour"),
        },
        "company": {"Meta": Entity(label="Meta", color=LILAC)},
        "also": {"US": Entity(label="Same", color=BLUE, color_dark="#abcdef")},
        "none": {"A": Entity(label="A")},
    },
)
ROLES, _, OF_PALETTE, COUNTRIES, COMPANIES = all_dark_styles(CONFIG)


def test_a_picture_holds_the_texts_of_the_groups_it_uses() -> None:
    assert dark_styles([], CONFIG) == (ROLES,)
    assert dark_styles([RED.lower()], CONFIG) == (ROLES, COUNTRIES)
    assert dark_styles([PALETTE[3], LILAC], CONFIG) == (ROLES, OF_PALETTE, COMPANIES)


def test_text_of_a_group_is_the_same_whatever_a_picture_uses() -> None:
    assert dark_styles([BLUE], CONFIG) == dark_styles([RED.lower()], CONFIG)


def test_every_colour_of_a_figure_has_the_form_in_its_picture_that_it_has_in_plotly() -> None:
    figure = {"data": [{"color": [BLUE, RED, LILAC, PALETTE[0]]}], "layout": {"ink": INK}}
    dark = dark_colors(figure, CONFIG)
    text = "".join(dark_styles(dark, CONFIG))
    assert len(dark) == 5
    assert dark[BLUE] == "#abcdef"  # said twice: the last counts, here as there
    for light, other in dark.items():
        assert f'[fill="{light}"]{{fill:{other}}}[stroke="{light}"]{{stroke:{other}}}' in text
    assert text.count(f'[fill="{BLUE}"]') == 1


def test_card_around_a_picture_finds_its_colours_among_the_roles() -> None:
    assert all(f'="{color}"]' in ROLES for color in (INK, PAPER, RULE))


def test_site_without_entities_has_no_text_for_them() -> None:
    assert all_dark_styles(Config(title="T")) == (ROLES, _, OF_PALETTE)
