"""Where the words of a picture lie, measured with the font that PNGs are set in."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

from osai_essay.charts.png import packaged_font

_STEP = re.compile(r"(translate|rotate|scale)\(([^)]*)\)")
_START = {"start": 0.0, "middle": 0.5, "end": 1.0}
Matrix = tuple[float, float, float, float, float, float]
PLAIN: Matrix = (1, 0, 0, 1, 0, 0)


class Words(NamedTuple):
    """A line of words and the box around it, in px of the picture."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def words_of(svg: str, wider: float = 1) -> list[Words]:
    """Every line of words in a picture; wider: how much more room a reader's font takes."""
    root = ET.fromstring(svg)
    looks = {"font-size": "16", "text-anchor": "start", "wider": str(wider)}
    return list(_walk(root, PLAIN, looks))


def size_of(svg: str) -> tuple[float, float]:
    """The width and height of a picture."""
    root = ET.fromstring(svg)
    return float(root.attrib["width"]), float(root.attrib["height"])


def _walk(element: ET.Element, matrix: Matrix, looks: dict[str, str]) -> Iterator[Words]:
    matrix = _times(matrix, _matrix(element.get("transform", "")))
    looks = looks | {name: value for name, value in element.attrib.items() if name in looks}
    if element.tag.rpartition("}")[2] == "text":
        yield from _lines(element, matrix, looks)
        return
    for child in element:
        yield from _walk(child, matrix, looks)


def _lines(element: ET.Element, matrix: Matrix, looks: dict[str, str]) -> Iterator[Words]:
    """A text's own words, and each line in it; their em is that of the text."""
    size = float(looks["font-size"])
    x, y = float(element.get("x", 0)), float(element.get("y", 0))
    lines = [element] if (element.text or "").strip() else []
    for line in [*lines, *(child for child in element if child.get("class") != "sup")]:
        dy = line.get("dy", "0") if line is not element else "0"
        down = float(dy.removesuffix("em")) * size if dy.endswith("em") else float(dy)
        place = float(line.get("x", x)), float(line.get("y", y)) + down
        text = "".join(line.itertext()) if line is not element else str(element.text)
        yield _box(text, place, size, looks, matrix)


def _box(
    text: str, place: tuple[float, float], size: float, looks: dict[str, str], matrix: Matrix
) -> Words:
    (x, y), width = place, _font().getlength(text) * size / 100 * float(looks["wider"])
    left = x - width * _START[looks["text-anchor"]]
    corners = [
        _apply(matrix, left + dx, y + dy) for dx in (0, width) for dy in (-0.72 * size, 0.2 * size)
    ]
    across, down = zip(*corners, strict=True)
    return Words(text, min(across), min(down), max(across), max(down))


@cache
def _font() -> Any:
    from PIL import ImageFont

    return ImageFont.truetype(packaged_font(), 100, layout_engine=ImageFont.Layout.BASIC)


def _matrix(transform: str) -> Matrix:
    matrix = PLAIN
    for name, numbers in _STEP.findall(transform):
        first, *rest = (float(part) for part in re.split(r"[ ,]+", numbers.strip()))
        if name == "translate":
            step: Matrix = (1, 0, 0, 1, first, rest[0] if rest else 0)
        elif name == "scale":
            step = (first, 0, 0, rest[0] if rest else first, 0, 0)
        else:
            turn = math.radians(first)
            step = (math.cos(turn), math.sin(turn), -math.sin(turn), math.cos(turn), 0, 0)
            if rest:
                there: Matrix = (1, 0, 0, 1, rest[0], rest[1])
                back: Matrix = (1, 0, 0, 1, -rest[0], -rest[1])
                step = _times(_times(there, step), back)
        matrix = _times(matrix, step)
    return matrix


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return (a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s,
            a * t + c * u + e, b * t + d * u + f)  # fmt: skip


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
