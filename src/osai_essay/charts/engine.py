"""The picture engine: plotly.js inside QuickJS, by plotly-mirage; nothing else imports it.

A drawing depends on the figure alone: Math.random is seeded before each, and text is measured by a
fixed table of widths, in the engine itself (QuickJS cannot call Python while its clock runs).
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from typing import Any

from osai_essay.charts.letters import BOLD_SLACK, OTHER_EM, SLACK, WIDE_EM, letter_widths

SECONDS = 20
MEGABYTES = 512
STACK_BYTES = 10 * 1024 * 1024

_LOCAL = threading.local()

_SETUP = """
(function () {
  var widths = %(widths)s;
  function isWide(code) {
    return (code >= 0x1100 && code <= 0x115f) || (code >= 0x2e80 && code <= 0xa4cf) ||
      (code >= 0xac00 && code <= 0xd7a3) || (code >= 0xf900 && code <= 0xfaff) ||
      (code >= 0xfe30 && code <= 0xfe6f) || (code >= 0xff00 && code <= 0xff60) || code >= 0x1f000;
  }
  function measure(text, family, sizeText, weight) {
    var size = parseFloat(sizeText) || 12, em = 0;
    Array.from(text).forEach(function (letter) {
      var known = widths[letter];
      em += known !== undefined ? known
        : isWide(letter.codePointAt(0)) ? %(wide)s : %(other)s;
    });
    var heavy = weight === 'bold' || parseInt(weight, 10) >= 600;
    var width = em * size * %(slack)s * (heavy ? %(bold)s : 1);
    return [width.toFixed(2), (size * 1.2).toFixed(2), (size * 0.95).toFixed(2),
      (size * 0.25).toFixed(2)].join(',');
  }
  function escape(text) {
    return String(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  }
  function serialize(node) {
    if (node.nodeType === 3) { return escape(node.nodeValue); }
    if (node.nodeType !== 1) { return ''; }
    var out = '<' + node.tagName, names = Object.keys(node._attributes);
    var css = node.style.cssText();
    names.forEach(function (name) {
      if (name !== 'style' || !css) {
        out += ' ' + name + '="' + escape(node._attributes[name]).replace(/"/g, '&quot;') + '"';
      }
    });
    if (css) { out += ' style="' + escape(css).replace(/"/g, '&quot;') + '"'; }
    return out + '>' + node.childNodes.map(serialize).join('') + '</' + node.tagName + '>';
  }
  function seeded(state) {
    return function () {
      state = (state + 0x6d2b79f5) | 0;
      var mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
  }
  ['log', 'info', 'warn', 'error', 'trace'].forEach(function (name) {
    console[name] = function () { };
  });
  // Plotly keeps the sizes of words by their `style` attribute, which this document does not have:
  // without it, words of two sizes would share one, and a picture hang on those drawn before it.
  var element = document.createElement('div');
  while (!Object.prototype.hasOwnProperty.call(element, 'getAttribute')) {
    element = Object.getPrototypeOf(element);
  }
  var readAttribute = element.getAttribute;
  element.getAttribute = function (name) {
    var value = readAttribute.call(this, name);
    var isStyle = name === 'style' && value === null && this.style;
    return isStyle && typeof this.style.cssText === 'function' ? this.style.cssText() : value;
  };
  globalThis._measureTextRaw = measure;
  globalThis._encodeCanvasToPNG = function (width, height, commands) {
    return 'canvas:' + commands;
  };
  globalThis.XMLSerializer = function () {};
  globalThis.XMLSerializer.prototype.serializeToString = serialize;
  globalThis.drawFigure = function (figureJson, width, height) {
    var figure = JSON.parse(figureJson);
    Math.random = seeded(20);
    var box = document.createElement('div');
    box.id = 'picture';
    box.clientWidth = box.offsetWidth = width;
    box.clientHeight = box.offsetHeight = height;
    box.getBoundingClientRect = function () {
      return {left: 0, top: 0, right: width, bottom: height, width: width, height: height};
    };
    document.body.appendChild(box);
    try {
      figure.layout.width = width;
      figure.layout.height = height;
      var config = Object.assign({staticPlot: true}, figure.config);
      Plotly.newPlot(box, figure.data, figure.layout, config);
      return Plotly.Snapshot.toSVG(box, 'svg').replace(/TOBESTRIPPED/g, "'");
    } finally {
      try { Plotly.purge(box); } catch (ignored) { }
      document.body.removeChild(box);
    }
  };
})();
"""


class PictureError(Exception):
    """The engine cannot draw this figure; its message says why."""


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
    setup = _SETUP % {
        "widths": json.dumps(letter_widths()),
        "wide": WIDE_EM,
        "other": OTHER_EM,
        "slack": SLACK,
        "bold": BOLD_SLACK,
    }
    context.eval(setup)
    context.set_memory_limit(MEGABYTES * 1024 * 1024)
    context.set_max_stack_size(STACK_BYTES)
    context.set_time_limit(SECONDS)
    return context
