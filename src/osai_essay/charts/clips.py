"""Clips that cut nothing off: for each of them resvg draws a layer of its own, 50 ms a chart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from xml.etree import ElementTree as ET

_COMMAND = re.compile(r"([A-Za-z])([^A-Za-z]*)")
_NUMBER = re.compile(r"-?[0-9.]+")
_MOVE = re.compile(r"translate\((-?[0-9.]+)(?:,(-?[0-9.]+))?\)")


class Box(NamedTuple):
    """The corners of what is drawn, in px of the user space it stands in."""

    left: float
    top: float
    right: float
    bottom: float


def drop_idle_clips(root: ET.Element) -> None:
    """Take the clips from all that lies in them as a whole, but for half a stroke at the edge.

    root: an SVG of ours, its tags without their namespace.
    """
    rooms = {f"url(#{clip.get('id')})": _room(clip) for clip in root.iter("clipPath")}
    for element in root.iter():
        room = rooms.get(element.get("clip-path", ""))
        box = _box_of(element) if room else None
        if room and box and _union([room, box]) == room:
            del element.attrib["clip-path"]


def _room(clip: ET.Element) -> Box | None:
    """What a clip leaves to be seen; None where that is no plain rectangle."""
    shapes = list(clip)
    is_plain = len(shapes) == 1 and shapes[0].tag == "rect" and "transform" not in shapes[0].attrib
    return _box_of(shapes[0]) if is_plain else None


def _box_of(element: ET.Element) -> Box | None:
    """A box around an element as if it had no transform; None where that is not sure, as of text.

    It may be too large, but not too small.
    """
    if element.tag == "rect":
        x, y, width, height = (float(element.get(n, 0)) for n in ("x", "y", "width", "height"))
        return Box(x, y, x + width, y + height)
    if element.tag == "path":
        return _union(_box_of_command(*each) for each in _COMMAND.findall(element.get("d", "")))
    return _union(map(_moved_box, element)) if element.tag == "g" else None


def _moved_box(element: ET.Element) -> Box | None:
    """The same with its transform, where that is a move."""
    box, transform = _box_of(element), element.get("transform", "translate(0)")
    move = _MOVE.fullmatch(transform)
    if box is None or move is None:
        return None
    x, y = float(move[1]), float(move[2] or 0)
    return Box(box.left + x, box.top + y, box.right + x, box.bottom + y)


def _box_of_command(command: str, arguments: str) -> Box | None:
    """What one command of a path can reach; Box(inf, inf, -inf, -inf) for nothing."""
    numbers = [float(each) for each in _NUMBER.findall(arguments)]
    if command in "MLQC":  # a curve stays among its points
        return _around(numbers[::2], numbers[1::2])
    if command == "H":
        return _around(numbers, ())
    if command == "V":
        return _around((), numbers)
    if command == "A":  # of an ellipse no point is further from another than twice a radius
        reach = 2 * max((*numbers[::7], *numbers[1::7]), default=0)
        return _around(numbers[5::7], numbers[6::7], reach)
    return _around((), ()) if command == "Z" else None


def _around(xs: Sequence[float], ys: Sequence[float], reach: float = 0) -> Box:
    far = float("inf")
    return Box(
        min(xs, default=far) - reach,
        min(ys, default=far) - reach,
        max(xs, default=-far) + reach,
        max(ys, default=-far) + reach,
    )


def _union(boxes: Iterable[Box | None]) -> Box | None:
    """The box around all; None where one is not known, or there is none."""
    found = list(boxes)
    known = [box for box in found if box]
    if not known or len(known) < len(found):
        return None
    lefts, tops, rights, bottoms = zip(*known, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))
