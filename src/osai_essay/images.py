"""The size of a picture beside an essay, read from its first bytes: a door to Pillow."""

from __future__ import annotations

import re
from pathlib import Path

SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg")

_ROOT = re.compile(r"<svg\b[^>]*>")
_ATTRIBUTE = re.compile(r"""\b(width|height|viewBox)=["']([^"']*)["']""")
_LENGTH = re.compile(r"\s*([0-9.]+)\s*(px)?\s*")


def picture_size(path: Path) -> tuple[int, int] | None:
    """Width and height in px; None where the file does not say or is no picture."""
    return _svg_size(path) if path.suffix.lower() == ".svg" else _raster_size(path)


def _raster_size(path: Path) -> tuple[int, int] | None:
    from PIL import Image

    try:
        with Image.open(path) as image:
            width, height = image.size
            return width, height
    except (OSError, ValueError, Image.DecompressionBombError):
        return None


def _svg_size(path: Path) -> tuple[int, int] | None:
    found = _ROOT.search(path.read_bytes()[:20_000].decode("utf-8", errors="replace"))
    root = dict(_ATTRIBUTE.findall(found[0])) if found else {}
    sizes = [_LENGTH.fullmatch(root.get(name, "")) for name in ("width", "height")]
    if sizes[0] and sizes[1]:
        return round(float(sizes[0][1])), round(float(sizes[1][1]))
    box = root.get("viewBox", "").replace(",", " ").split()
    try:
        return (round(float(box[2])), round(float(box[3]))) if len(box) == 4 else None
    except ValueError:
        return None
