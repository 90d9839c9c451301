"""Code blocks as HTML with classes for the theme's colours: the door to pygments."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from html import escape
from typing import Any

LONGEST_COLOURED = 50_000  # characters; longer code is shown plain, a lexer may take minutes

_LANGUAGE = re.compile(r"\{?\s*\.?([A-Za-z0-9_+#.-]+)")


def read_language(info: str) -> str:
    """The language of a fence's info string: `python`, `{.python .wide}`, `js?start=1`."""
    match = _LANGUAGE.match(info)
    return match[1].lower() if match else ""


def has_line_numbers(info: str) -> bool:
    """True if a fence's info string asks for numbered lines: `python linenos`."""
    return any(word.partition("=")[0] == "linenos" for word in info.split())


def render_code(code: str, language: str = "", *, is_numbered: bool = False) -> str:
    """A code block; an unknown language is shown plain.

    is_numbered: lines bear their numbers in an attribute, so that nobody copies or hears them.
    """
    lexer = _find_lexer(language) if language and len(code) <= LONGEST_COLOURED else None
    body = _colour(code, lexer) if lexer else escape(code, quote=False)
    named = f' class="language-{escape(language)}"' if language else ""
    body = body.rstrip("\n")
    if is_numbered:
        lines = enumerate(body.split("\n"), start=1)
        body = "\n".join(f'<span data-line="{number}"></span>{line}' for number, line in lines)
    return f'<div class="highlight"><pre tabindex="0"><code{named}>{body}\n</code></pre></div>'


@lru_cache(maxsize=64)
def _find_lexer(language: str) -> Any:
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        return get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        return None


def _colour(code: str, lexer: Any) -> str:
    from pygments import highlight

    coloured: str = highlight(code, lexer, _formatter())
    return coloured


@cache  # it writes its style sheet when it is made, which takes longer than a short piece of code
def _formatter() -> Any:
    from pygments.formatters import HtmlFormatter

    return HtmlFormatter(nowrap=True)
