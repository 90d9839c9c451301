"""A chart for a page beside its pictures: its figure for readers who explore it, its rows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from osai_essay.charts.order import Order
from osai_essay.charts.rows import NUMERIC
from osai_essay.charts.table import table_html
from osai_essay.model import Size

Figure = Mapping[str, Any]


def figure_files(name: str, figure: Figure, narrow_layout: Figure) -> dict[str, bytes]:
    """A figure as JSON, and with its layout on a phone as a classic script.

    A script, since fetch and modules fail on `file://`.
    """
    plain = _to_json({**figure, "narrow": narrow_layout})
    safe = plain.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    holder = "window.osaiFigures=window.osaiFigures||{}"
    script = f"{holder};window.osaiFigures[{json.dumps(name)}]={safe};\n"
    return {"js": script.encode(), "figure": _to_json(figure).encode()}


def rows_html(order: Order) -> str:
    """The chart's rows, the columns it draws first: names before numbers."""
    table = order.table
    words = [word for word in order.spec.arguments.values() if isinstance(word, str)]
    kinds = dict(zip(table.names, table.types, strict=True))
    drawn = sorted((w for w in words if w in kinds), key=lambda word: kinds[word] in NUMERIC)
    title = order.say(order.spec.title)
    return table_html(table, order.columns, caption=title, config=order.config, first=drawn)


def png_size(png: bytes) -> Size:
    """The size that its header gives in bytes 16 to 24."""
    width, height = (int.from_bytes(png[at : at + 4], "big") for at in (16, 20))
    return Size(width=width, height=height)


def _to_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
