"""A Plotly figure as plain dicts, lists, text and numbers, the same on every machine."""

from __future__ import annotations

import base64
import math
import re
from collections.abc import Mapping
from typing import Any

_TAG = re.compile(r"<(?!/?(?:b|i|sub|sup|br|em|s|u|extra)\s*/?>)/?[a-zA-Z!][^>]*>?")
_NO_FONT = re.compile(r"[;:{}()\\<>]")
SIGNIFICANT = 12  # digits: beyond them, machines differ


def plain_figure(figure: Mapping[str, Any]) -> dict[str, Any]:
    """{"data": ..., "layout": ...} without arrays of numpy or base64, NaN as null, dates as ISO."""
    return {
        "data": [plain_value(trace) for trace in figure.get("data", ())],
        "layout": plain_value(figure.get("layout", {})),
    }


def safe_texts(value: Any, fallback_font: str) -> Any:
    """The same figure with no tag in its texts but bare ones, and no font that hides a rule.

    Plotly gives a tag's style and address to the page; `<b>` and the like are enough for words.
    """
    if isinstance(value, dict):
        return {
            key: fallback_font
            if key == "family" and isinstance(item, str) and _NO_FONT.search(item)
            else safe_texts(item, fallback_font)
            for key, item in value.items()
        }
    if isinstance(value, list):
        return [safe_texts(item, fallback_font) for item in value]
    return _TAG.sub("", value) if isinstance(value, str) and "<" in value else value


def plain_value(value: Any) -> Any:
    """One value of a figure, whatever library it comes from."""
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return _plain_float(value)
    if isinstance(value, Mapping):
        if "bdata" in value and "dtype" in value:
            return _unpack(value)
        return {str(key): plain_value(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain_value(item) for item in value]
    if hasattr(value, "to_plotly_json"):
        return plain_value(value.to_plotly_json())
    if hasattr(value, "isoformat"):
        return _plain_date(value)
    if hasattr(value, "tolist"):  # numpy, pandas
        return _plain_array(value)
    return None if value != value else str(value)


def _plain_float(value: float) -> float | int | None:
    if not math.isfinite(value):
        return None
    short = float(f"{value:.{SIGNIFICANT}g}")
    return int(short) if short.is_integer() and abs(short) < 1e15 else short


def _plain_date(value: Any) -> str | None:
    text = str(value.isoformat())
    if text == "NaT":
        return None
    return text.removesuffix("T00:00:00")


def _plain_array(value: Any) -> Any:
    if getattr(getattr(value, "dtype", None), "kind", "") == "M":
        items = value.astype("datetime64[us]").tolist()
        return plain_value(items)
    return plain_value(value.tolist())


def _unpack(packed: Mapping[str, Any]) -> Any:
    """Plotly's base64 arrays as lists."""
    import numpy as np

    array = np.frombuffer(base64.b64decode(packed["bdata"]), dtype=packed["dtype"])
    if "shape" in packed:
        array = array.reshape([int(part) for part in str(packed["shape"]).split(",")])
    return plain_value(array.tolist())
