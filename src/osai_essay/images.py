"""The size of a picture beside an essay, read from its first bytes: a door to Pillow."""

from __future__ import annotations

import re
import warnings
from pathlib import Path

SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg")

ORIENTATION = 0x0112  # Exif: from 5 on the camera lay on its side

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_ROOT = re.compile(r"<svg\b[^>]*>")
_ATTRIBUTE = re.compile(r"""\s(width|height|viewBox)\s*=\s*["']([^"']*)["']""")
_LENGTH = re.compile(r"\s*([0-9]{0,9}\.?[0-9]{1,9})\s*(px)?\s*")


def picture_size(path: Path) -> tuple[int, int] | None:
    """Width and height in px; None where the file does not say or is no picture."""
    return _svg_size(path) if path.suffix.lower() == ".svg" else _raster_size(path)


def _raster_size(path: Path) -> tuple[int, int] | None:
    from PIL import Image

    try:
        with warnings.catch_warnings(action="ignore"), Image.open(path) as image:
            width, height = image.size
            is_turned = image.getexif().get(ORIENTATION, 1) >= 5
            return (height, width) if is_turned else (width, height)
    except (OSError, ValueError, Image.DecompressionBombError):
        return None


def _svg_size(path: Path) -> tuple[int, int] | None:
    source = path.read_bytes()[:20_000].decode("utf-8", errors="replace")
    found = _ROOT.search(_COMMENT.sub("", source))
    root = dict(_ATTRIBUTE.findall(found[0])) if found else {}
    own = _lengths(root.get("width", ""), root.get("height", ""))
    return own or _lengths(*root.get("viewBox", "").replace(",", " ").split()[2:])


def _lengths(*texts: str) -> tuple[int, int] | None:
    found = [round(float(each[1])) for text in texts if (each := _LENGTH.fullmatch(text))]
    return (found[0], found[1]) if len(texts) == len(found) == 2 and all(found) else None
