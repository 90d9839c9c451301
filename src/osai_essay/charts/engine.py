"""The picture engine: plotly.js inside QuickJS, by plotly-mirage; nothing else imports it.

A drawing depends on the figure alone: Math.random is seeded before each, and text is measured by a
fixed table of widths, in the engine itself (QuickJS cannot call Python while its clock runs).
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from osai_essay.charts.letters import BOLD_SLACK, OTHER_EM, SLACK, WIDE_EM, letter_widths
from osai_essay.charts.order import PictureError

SECONDS = 20
MEGABYTES = 512
STACK_BYTES = 10 * 1024 * 1024

_LOCAL = threading.local()

_SETUP = Path(__file__).with_name("engine.js")


def run_engine(figure: Mapping[str, Any], width: int, height: int) -> str:
    """What plotly.js draws for a figure of plain values: its own SVG, not yet cleaned.

    figure: its data and layout, and Plotly's configuration where it has one.

    Raises: PictureError where it fails, takes too long or needs too much memory.
    """
    context = _context()
    call = f"drawFigure({json.dumps(json.dumps(figure))}, {int(width)}, {int(height)});"
    try:
        drawn = context.eval(call)
    except Exception as error:  # noqa: BLE001  # quickjs's own kind is not importable everywhere
        _LOCAL.context = None  # half a drawing may be left in it
        raise PictureError(_first_line(error)) from None
    if not isinstance(drawn, str):
        raise PictureError("nothing was drawn")
    return drawn


def warm_up() -> None:
    """Starts this thread's engine, so that the first drawing need not wait for it."""
    _context()


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    said = lines[0] if lines else type(error).__name__
    if "interrupted" in said:
        return f"drawing took longer than {SECONDS} seconds"
    if "out of memory" in said:
        return f"drawing needs more than {MEGABYTES} MB of memory"
    return said


def _context() -> Any:
    """This thread's engine, started when first asked for: 0.2 seconds."""
    if getattr(_LOCAL, "context", None) is None:
        _LOCAL.context = _start()
    return _LOCAL.context


def _start() -> Any:
    from mirage.engine import MirageEngine

    context = MirageEngine().context
    house = {
        "widths": letter_widths(),
        "wide": WIDE_EM,
        "other": OTHER_EM,
        "slack": SLACK,
        "bold": BOLD_SLACK,
    }
    context.eval(f"{_SETUP.read_text(encoding='utf-8')}({json.dumps(house)});")
    context.set_memory_limit(MEGABYTES * 1024 * 1024)
    context.set_max_stack_size(STACK_BYTES)
    context.set_time_limit(SECONDS)
    return context
