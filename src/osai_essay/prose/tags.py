"""HTML as a row of tokens: tags with their attributes, comments, pieces, text."""

from __future__ import annotations

import re
from html import escape, unescape

from osai_essay.prose.pieces import drop_private, inert

_ATTRIBUTE = r"""\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'=<>`]++)"""
_TAG = (
    r"<(?P<slash>/?+)(?P<name>[a-zA-Z][a-zA-Z0-9:-]*+)"
    rf"(?P<attributes>(?:\s++[^\s\"'=<>/]++(?:{_ATTRIBUTE})?+)*+)\s*+/?+>"
)
TAG = re.compile(_TAG)
TOKEN = re.compile(
    rf"(?P<comment><!--.*?-->)|{_TAG}|(?P<piece>[\U000f0000-\U0010efff])"
    r"|(?P<text>[^<\U000f0000-\U0010efff]++|<)",
    re.DOTALL,
)

_ONE = re.compile(r"""([^\s"'=<>/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""")
_ESCAPED = re.compile("\x02(\\d+)\x03|&(#?\\w+;)")

_STRAY = re.compile("[\x02\x03]")  # of a placeholder whose text an author typed

Attributes = dict[str, str | None]


def read_attributes(source: str) -> Attributes:
    """The attributes of a tag, names in lower case; of two with one name the first counts.

    A value may still hold pieces; a name alone has the value None.
    """
    attributes: Attributes = {}
    for match in _ONE.finditer(source):
        value = next((match[index] for index in (2, 3, 4) if match[index] is not None), None)
        name = match[1].lower()
        if name not in attributes:
            attributes[name] = None if value is None else decode_value(value)
    return attributes


def write_tag(name: str, attributes: Attributes) -> str:
    """An opening tag; values are plain text."""
    if not attributes:
        return f"<{name}>"
    parts = [
        name if value is None else f'{name}="{escape_value(value)}"'
        for name, value in attributes.items()
    ]
    return f"<{' '.join([name, *parts])}>"


def escape_value(value: str) -> str:
    """Text as an attribute's value."""
    return escape_text(value).replace('"', "&quot;")


def escape_text(text: str) -> str:
    """Text as HTML."""
    return escape(text, quote=False)


def decode_text(text: str) -> str:
    """Text of HTML as characters; what the author escaped is kept from being made smart."""
    if "&" not in text and "\x02" not in text:
        return text
    return _STRAY.sub("", _ESCAPED.sub(_decode_inert, text))


def decode_value(value: str) -> str:
    """An attribute's value as characters."""
    if "&" not in value and "\x02" not in value:
        return value
    return _ESCAPED.sub(_decode, value)


def _decode(match: re.Match[str]) -> str:
    if match[1]:
        code = int(match[1][:8])
        return drop_private(chr(code)) if code < 0x110000 else ""
    return drop_private(unescape(match[0]))


def _decode_inert(match: re.Match[str]) -> str:
    char = _decode(match)
    return inert(char) if char in {'"', "'", "-", "."} else char
