"""Jekyll's and Liquid's filters, beside those of `filters`: plain functions of plain values."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from osai_essay.model import Moment
from osai_essay.template.filters import COUNTING_FILTERS, FILTERS, Filter
from osai_essay.template.values import FilterError, describe, join_texts, to_text

_ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//|#")
_HIDDEN = {"<script": "</script>", "<style": "</style>", "<!--": "-->"}  # with what is in them
_HIDING = re.compile(r"<script\b|<style\b|<!--", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_OFFSET = re.compile(r" (?=[-+]\d\d:?\d\d$)")
# what becomes a dash, by the filter's word for how strict it is
_NO_SLUG = {
    "default": r"[\W_]+",
    "pretty": r"[^\w._~!$&'()+,;=@-]+|_",
    "ascii": r"[^A-Za-z0-9]+",
    "raw": r"\s+",
}


class Markdown(str):
    """Text that is to be printed as the HTML that its Markdown makes."""

    __slots__ = ()


def _strip_html(value: Any) -> str:
    """Text without tags and comments, and without what stands in <script> and <style>."""
    text, at, pieces = to_text(value), 0, []
    unclosed: set[str] = set()
    for opening in _HIDING.finditer(text):
        word = opening[0].lower()
        if opening.start() < at or word in unclosed:
            continue
        closing = re.compile(_HIDDEN[word], re.IGNORECASE).search(text, opening.end())
        if closing is None:  # nor is any later one: it is not looked for again
            unclosed.add(word)
            continue
        pieces.append(text[at : opening.start()])
        at = closing.end()
    return _TAG.sub("", "".join([*pieces, text[at:]]))


def _relative_url(value: Any, site: Mapping[str, Any]) -> str:
    path = to_text(value)
    if _ELSEWHERE.match(path):
        return path
    return f"{site.get('baseurl', '')}/{path.lstrip('/')}"


def _absolute_url(value: Any, site: Mapping[str, Any]) -> str:
    path = _relative_url(value, site)
    return path if _ELSEWHERE.match(path) else f"{site.get('url', '')}{path}"


def _moment(value: Any) -> datetime:
    if isinstance(value, Moment):
        return value.value
    try:
        read = datetime.fromisoformat(_OFFSET.sub("", to_text(value)))
    except ValueError:
        raise FilterError(f"needs a date, but this is {describe(value)}") from None
    return read.replace(tzinfo=read.tzinfo or UTC)  # as dates of front matter are read


def _date_by(month: str) -> Filter:
    def say(value: Any, style: str = "", order: str = "") -> str:
        moment = _moment(value)
        if style != "ordinal":
            return moment.strftime(f"%d {month} %Y")
        day = f"{moment.day}{_ordinal(moment.day)}"
        return moment.strftime(f"{month} {day}, %Y" if order == "US" else f"{day} {month} %Y")

    return say


def _ordinal(day: int) -> str:
    return "th" if day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


def _xmlschema(value: Any) -> str:
    return _moment(value).isoformat(timespec="seconds")


def _truncate_words(value: Any, count: int = 15, end: str = "...") -> str:
    words = to_text(value).split()
    return " ".join(words[:count]) + end if len(words) > count else to_text(value)


def _slugify(value: Any, mode: str = "default") -> str:
    if mode not in _NO_SLUG:
        raise FilterError(f"knows {', '.join(_NO_SLUG)}, not {describe(mode)}")
    return re.sub(_NO_SLUG[mode], "-", to_text(value)).strip("-").lower()


def _jsonify(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=to_text)


def _sentence(value: Any, connector: str = "and") -> str:
    words = [to_text(each) for each in value]
    if len(words) < 3:
        return f" {connector} ".join(words)
    return f"{', '.join(words[:-1])}, {connector} {words[-1]}"


JEKYLL_FILTERS: Mapping[str, Filter] = {
    "append": lambda value, end: join_texts([value, end]),
    "array_to_sentence_string": _sentence,
    "date_to_long_string": _date_by("%B"),
    "date_to_rfc822": lambda value: _moment(value).strftime("%a, %d %b %Y %H:%M:%S %z"),
    "date_to_string": _date_by("%b"),
    "date_to_xmlschema": _xmlschema,
    "downcase": FILTERS["lower"],
    "escape": to_text,  # whatever content prints is escaped where it is printed
    "jsonify": _jsonify,
    "markdownify": lambda value: Markdown(to_text(value)),
    "number_of_words": lambda value: len(to_text(value).split()),
    "prepend": lambda value, start: join_texts([start, value]),
    "remove": lambda value, gone: to_text(value).replace(to_text(gone), ""),
    "slugify": _slugify,
    "strip": FILTERS["trim"],
    "strip_html": _strip_html,
    "truncatewords": _truncate_words,
    "upcase": FILTERS["upper"],
    "xml_escape": to_text,
    "xmlschema": _xmlschema,
}

# These are also given `site`, as the second value.
SITE_FILTERS: Mapping[str, Filter] = {
    "absolute_url": _absolute_url,
    "relative_url": _relative_url,
}

ALL_FILTERS: Mapping[str, Filter] = {**FILTERS, **JEKYLL_FILTERS, **SITE_FILTERS}

# These take what a number stands for; to the others it is what it prints.
PLAIN_FILTERS = COUNTING_FILTERS | frozenset(
    "date_to_long_string date_to_rfc822 date_to_string date_to_xmlschema jsonify xmlschema".split()
)
# What stands in their brackets is printed, and no measure of anything.
SHOWN_ARGUMENTS = frozenset("append default join prepend remove replace".split())
