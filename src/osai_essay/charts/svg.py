"""The engine's SVG made into a file that stands alone: small, no script, no outside links.

Colours change with the reader's colour scheme, by the <style> texts it is given; text stays text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any
from xml.etree import ElementTree as ET

from osai_essay.charts.order import PictureError
from osai_essay.charts.style import FONT

SVG = "http://www.w3.org/2000/svg"

_TAGS = set(
    "svg g defs clipPath rect path line circle ellipse polygon polyline text tspan image pattern"
    " linearGradient radialGradient stop".split()
)
_SHOWN = {"path", "rect", "circle", "text"}
_GEOMETRY = set(
    "d x y dx dy x1 x2 y1 y2 cx cy r rx ry fx fy width height transform points offset viewBox"
    " patternTransform gradientTransform".split()
)
_LOOKS = set(
    "fill fill-opacity fill-rule stroke stroke-opacity stroke-width stroke-dasharray"
    " stroke-linejoin stroke-linecap stroke-miterlimit opacity stop-color stop-opacity font-family"
    " font-size font-weight font-style text-anchor text-decoration vector-effect clip-path"
    " shape-rendering letter-spacing alignment-baseline".split()
)
_OTHERS = {"id", "patternUnits", "gradientUnits", "preserveAspectRatio"}
_DEFAULTS = {
    "fill-opacity": "1",
    "stroke-opacity": "1",
    "stop-opacity": "1",
    "opacity": "1",
    "vector-effect": "none",
    "font-weight": "normal",
    "font-style": "normal",
    "text-anchor": "start",
    "stroke-miterlimit": "4",
    "font-family": FONT,
}
_PAINTS = {"fill", "stroke", "stop-color"}
_NUMBER = re.compile(r"-?(?:\d+\.\d+|\.\d+)(?:[eE][-+]?\d+)?|-?\d+[eE][-+]?\d+")
_RGB = re.compile(r"rgba?\(\s*([\d.]+),\s*([\d.]+),\s*([\d.]+)(?:,\s*([\d.]+))?\s*\)")
_URL = re.compile(r"url\(['\"]?([^'\")]*)['\"]?\)")
_OWN_PART = re.compile(r"url\(['\"]?#[\w-]+['\"]?\)")
_FETCHES = re.compile(r"(?i)(?:url|image|image-set|src|element)\s*\(")


def clean_svg(
    drawn: str, meta: Mapping[str, Any], width: int, height: int, styles: Iterable[str] = ()
) -> str:
    """The drawing without all that a reader does not see.

    meta: may hold title and alt. styles: texts of its <style> elements.
    Raises: PictureError where it is not XML.
    """
    try:
        root = ET.fromstring(drawn)  # noqa: S314  # our own engine wrote it
    except ET.ParseError as error:
        raise PictureError(f"the engine's SVG is not well-formed: {error}") from None
    _clean_element(root)
    _drop_doubles(root)
    _drop_empty(root)
    _rename_ids(root)
    _drop_empty(root)  # again: the clips of what is gone
    hidden = {element for defs in root.iter("defs") for element in defs.iter()}
    if not any(element.tag in _SHOWN and element not in hidden for element in root.iter()):
        raise PictureError("the picture would be empty")
    root.attrib = {
        "xmlns": SVG,
        "viewBox": f"0 0 {width} {height}",
        "width": str(width),
        "height": str(height),
        "role": "img",
        "font-family": FONT,
    }
    _add_head(root, meta, styles)
    return ET.tostring(root, encoding="unicode") + "\n"


def read_plain(svg: str) -> ET.Element:
    """An SVG of ours, its tags without their namespace. Raises: ET.ParseError."""
    root = ET.fromstring(svg)  # noqa: S314  # clean_svg or make_poster wrote it
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    return root


def _clean_element(element: ET.Element) -> None:
    element.tag = element.tag.rpartition("}")[2]
    if element.tag == "a":  # the words of a link stay
        element.tag = "tspan"
    if element.tag == "image":
        _canvas_to_rects(element)
    element.attrib = _clean_attributes(element)
    for child in list(element):
        if child.tag.rpartition("}")[2] in _TAGS | {"a"}:
            _clean_element(child)
        else:
            element.remove(child)


def _clean_attributes(element: ET.Element) -> dict[str, str]:
    """The attributes that draw something, looks out of `style` among them, numbers shortened."""
    looks = {name: value for name, value in element.attrib.items() if name in _LOOKS}
    for declaration in element.get("style", "").split(";"):
        name, _, value = declaration.partition(":")
        if name.strip() in _LOOKS:
            looks[name.strip()] = value.strip()
    kept = {
        name: _short_numbers(value)
        for name, value in element.attrib.items()
        if name in _GEOMETRY and value
    }
    kept |= {name: value for name, value in element.attrib.items() if name in _OTHERS}
    for name, value in looks.items():
        if name in _PAINTS:
            paint, alpha = _read_color(value)
            kept[name] = paint
            if alpha is not None:
                kept[name.replace("-color", "") + "-opacity"] = alpha
        else:
            kept[name] = _short_numbers(value.removesuffix("px"))
    return _without_defaults({name: value for name, value in kept.items() if _is_inside(value)})


def _without_defaults(looks: dict[str, str]) -> dict[str, str]:
    if looks.get("stroke-width") == "0" or looks.get("stroke-opacity") == "0":
        looks["stroke"] = "none"
    if looks.get("stroke", "") == "none":
        for name in ("stroke-width", "stroke-opacity", "stroke-miterlimit", "stroke-dasharray"):
            looks.pop(name, None)
    if looks.get("fill-opacity") == "0":
        looks["fill"] = "none"
    if looks.get("fill") == "none":
        looks.pop("fill-opacity", None)
    if looks.get("stroke") == "none" and "fill" in looks:
        del looks["stroke"]  # nothing above an element that is filled sets a stroke
    return {name: value for name, value in looks.items() if _DEFAULTS.get(name) != value}


def _is_inside(value: str) -> bool:
    """True for a value that fetches nothing: `url(#...)` alone, and no escapes to hide another."""
    return "\\" not in value and not _FETCHES.search(_OWN_PART.sub("", value))


def _read_color(value: str) -> tuple[str, str | None]:
    """A CSS colour as `#rrggbb` or as it stood, and its opacity where that is not 1."""
    if value == "transparent":
        return "none", None
    match = _RGB.fullmatch(value)
    if not match:
        return value.lower() if value.startswith("#") else value, None
    red, green, blue = (round(float(part)) for part in match.groups()[:3])
    alpha = match.group(4)
    shown = None if alpha is None or float(alpha) == 1 else _short_numbers(alpha)
    return f"#{red:02x}{green:02x}{blue:02x}", shown


def _short_numbers(value: str) -> str:
    return _NUMBER.sub(lambda match: f"{float(match.group()):.2f}".rstrip("0").rstrip("."), value)


def _canvas_to_rects(image: ET.Element) -> None:
    """A heatmap's canvas as rectangles; any other bitmap or link is left out."""
    source = image.get("href") or ""
    x, y = image.get("x", "0"), image.get("y", "0")
    image.tag = "g"
    image.attrib = {"transform": f"translate({x},{y})", "shape-rendering": "crispEdges"}
    if not source.startswith("canvas:"):
        return
    for command in json.loads(source.removeprefix("canvas:")):
        if command["op"] == "fillRect":
            size = {name: str(command[name[0]]) for name in ("x", "y", "width", "height")}
            ET.SubElement(image, "rect", {**size, "fill": str(command["fill"])})


def _drop_doubles(root: ET.Element) -> None:
    """Of elements with one id the last stays: the engine adds a clip again when margins grow."""
    last = {element.get("id"): element for element in root.iter() if element.get("id")}
    for parent in list(root.iter()):
        for child in list(parent):
            name = child.get("id")
            if name and last[name] is not child:
                parent.remove(child)


def _drop_empty(element: ET.Element) -> None:
    for child in list(element):
        _drop_empty(child)
        if _draws_nothing(child):
            element.remove(child)
        elif child.tag == "g" and not child.attrib and not (child.text or "").strip():
            _unwrap(element, child)


def _draws_nothing(element: ET.Element) -> bool:
    tag = element.tag
    if tag == "clipPath" and "id" not in element.attrib:
        return True
    if tag in ("g", "defs", "text", "tspan"):
        return not len(element) and not (element.text or "").strip()
    if tag == "path":
        return len(element.get("d", "")) < 6 and "z" not in element.get("d", "").lower()
    if tag == "rect" and (element.get("width") == "0" or element.get("height") == "0"):
        return True
    is_unpainted = element.get("fill") == "none" and element.get("stroke", "none") == "none"
    return tag in ("rect", "circle") and is_unpainted


def _unwrap(parent: ET.Element, group: ET.Element) -> None:
    index = list(parent).index(group)
    parent.remove(group)
    for offset, child in enumerate(list(group)):
        parent.insert(index + offset, child)


def _rename_ids(root: ET.Element) -> None:
    """Ids as c0, c1, ...; those nothing refers to are left out."""
    wanted: dict[str, str] = {}
    for element in root.iter():
        for value in element.attrib.values():
            for target in _URL.findall(value):
                wanted.setdefault(target.removeprefix("#"), f"c{len(wanted)}")
    for element in root.iter():
        if "id" in element.attrib:
            old = element.attrib.pop("id")
            if old in wanted:
                element.set("id", wanted[old])
        for name, value in element.attrib.items():
            element.attrib[name] = _URL.sub(
                lambda match: f"url(#{wanted[match.group(1).removeprefix('#')]})", value
            )


def _add_head(root: ET.Element, meta: Mapping[str, Any], styles: Iterable[str]) -> None:
    """Title, description and the rules for the dark, before all that is drawn."""
    words = [(tag, str(meta.get(key) or "")) for tag, key in (("title", "title"), ("desc", "alt"))]
    heads = [*words, *(("style", style) for style in styles)]
    for place, (tag, text) in enumerate(head for head in heads if head[1]):
        element = ET.Element(tag)
        element.text = text
        root.insert(place, element)
