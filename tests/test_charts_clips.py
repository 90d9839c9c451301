"""Clips are left out where they cut nothing, and nowhere else."""

from __future__ import annotations

import io
from xml.etree import ElementTree as ET

import pytest
from PIL import Image, ImageChops

from osai_essay.charts.clips import drop_idle_clips
from osai_essay.charts.png import draw_png

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40">'
ROOM = '<defs><clipPath id="c0"><rect width="40" height="20" /></clipPath></defs>'
RING = "M3,0A3,3 0 1,1 0,-3A3,3 0 0,1 3,0Z"


def clipped(inside: str, room: str = ROOM) -> bool:
    """Whether a group in a room of 40 x 20 px keeps its clip."""
    root = ET.fromstring(f'<svg>{room}<g clip-path="url(#c0)">{inside}</g></svg>')
    drop_idle_clips(root)
    return "clip-path" in root.find("g").attrib


@pytest.mark.parametrize(
    "inside",
    [
        '<path d="M0,0L40,20" stroke-width="2" />',
        '<path d="M1,2H39V18Z" />',
        '<path d="M1,2Q30,4 9,9C1,1 2,2 3,3" />',
        '<rect x="1" y="2" width="39" height="18" />',
        f'<g transform="translate(20,10)"><path d="{RING}" transform="translate(-5)" /></g>',
    ],
)
def test_a_clip_around_all_that_is_drawn_goes(inside):
    assert not clipped(inside)


@pytest.mark.parametrize(
    "inside",
    [
        '<path d="M0,0L40.5,20" />',
        '<path d="M0,0L10,20" /><path d="M0,-1V3" />',
        '<path d="M1,2Q30,24 9,9" />',
        '<rect x="2" width="39" height="18" />',
        '<rect x="1" width="39" height="18" transform="translate(1)" />',
        f'<path d="{RING}" transform="translate(5,5)" />',  # its box here is larger than the ring
    ],
)
def test_a_clip_that_something_may_reach_over_stays(inside):
    assert clipped(inside)


@pytest.mark.parametrize(
    "inside",
    [
        '<path d="M1,2l3,4" />',
        '<path d="M1,2L3,4" /><text x="1" y="9">a</text>',
        '<rect width="4" height="3" transform="rotate(45)" />',
        '<g transform="translate(1,1) scale(2)"><path d="M1,2L3,4" /></g>',
        "",
    ],
)
def test_a_clip_around_what_is_not_known_stays(inside):
    assert clipped(inside)


@pytest.mark.parametrize(
    "shape",
    [
        '<circle r="90" />',
        '<rect width="40" height="20" transform="translate(-9)" />',
        '<rect width="40" height="20" /><rect width="4" height="2" />',
    ],
)
def test_a_clip_that_is_no_plain_rectangle_stays(shape):
    room = f'<defs><clipPath id="c0">{shape}</clipPath></defs>'
    assert clipped('<path d="M1,2L3,4" />', room)


def test_of_a_shape_with_a_clip_of_its_own_it_goes_too():
    root = ET.fromstring(f'<svg>{ROOM}<path d="M0,1H9" clip-path="url(#c0)" /></svg>')
    drop_idle_clips(root)
    assert root.find("path").attrib == {"d": "M0,1H9"}


def picture(inside: str, more: str = ' clip-path="url(#c0)"') -> Image.Image:
    svg = f"{HEAD}{ROOM}<g{more}>{inside}</g></svg>"
    return Image.open(io.BytesIO(draw_png(svg))).convert("RGBA")


def test_a_png_looks_the_same_where_its_clip_goes_and_is_cut_where_it_stays():
    inside = '<path d="M0,0L39,19V10Z" fill="#a00" fill-opacity="0.5" />'
    kept = picture(f'{inside}<text y="-99">a</text>')  # which is out of sight
    gone = picture(inside)
    assert gone.tobytes() == picture(inside, "").tobytes()
    assert max(high for _, high in ImageChops.difference(kept, gone).getextrema()) <= 2
    assert picture('<path d="M0,0H60V40H0Z" />').getpixel((100, 60)) == (0, 0, 0, 0)
    assert picture('<path d="M0,0H60V40H0Z" />').getpixel((70, 30)) == (0, 0, 0, 255)
