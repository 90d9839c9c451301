"""What a child process of the painter loads, and what it answers."""

from __future__ import annotations

import sys
from collections.abc import Callable

from osai_essay.charts.engine import warm_up
from osai_essay.charts.figure import load_libraries
from osai_essay.charts.order import Order, Painted
from osai_essay.charts.paint import paint
from osai_essay.charts.sketch import Sketch, sketch


def open_plotly() -> Callable[[Order], Sketch]:
    """Loads Plotly; gives the function that makes a chart's figure."""
    sys.modules["pyarrow"] = None  # type: ignore[assignment]  # pandas would load it: 0.1 s, 40 MB
    load_libraries()
    return sketch


def open_engine() -> Callable[[Order], Painted]:
    """Starts the engine; gives the function that draws a figure."""
    warm_up()
    return paint
