"""The 2D build of Plotly that comes with the picture engine, for readers who explore a chart."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path


def bundle_path() -> Path | None:
    """The file of the bundle; None where plotly-mirage is not installed. Imports nothing of it."""
    found = find_spec("mirage")
    if found is None or not found.origin:
        return None
    path = Path(found.origin).parent / "js" / "plotly_comprehensive_2d.js"
    return path if path.is_file() else None
