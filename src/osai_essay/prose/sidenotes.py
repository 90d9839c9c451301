"""Footnotes beside the text: where there is room, a short note stands next to its mark.

A page holds such a note twice, at its mark and in the list at its end. The copy is `hidden`, so
that readers of feeds and pages without a stylesheet find one; the stylesheet shows the copy and
hides the other where the screen is wide.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import count

from osai_essay.prose.words import plain_text

MARK = "\x00beside\x00"  # stands behind a reference where a note may stand beside the text
WITHIN = frozenset("p ul ol li dl dd blockquote em strong sup".split())  # and nowhere else
LONGEST = 800  # letters; a longer note would run far past what it stands beside

_REFERENCE = re.compile(
    r'(<a class="footnote-ref" href="#)(fn:[^"]*)(" role="doc-noteref")>(\d+)</a>'
    rf"({MARK})?</sup>"
)
_ITEM = re.compile(
    r'<li id="(fn:[^"]*)">(.*?)</li>(?=\s*(?:<li id="fn:|</ol>\s*</section>))', re.DOTALL
)


def set_beside(html: str) -> tuple[str, str]:
    """An essay's HTML with its notes at the end alone, and with those that can beside the text too.

    html: finished, with a MARK behind each reference whose note may stand beside it.
    """
    plain = html.replace(MARK, "")
    marked = {found[2] for found in _REFERENCE.finditer(html) if found[5]}
    notes = {
        found[1]: note
        for found in _ITEM.finditer(plain)
        if found[1] in marked and (note := _as_span(found[2]))
    }
    if not notes:
        return plain, plain
    return plain, _number_items(_put_notes(html, notes).replace(MARK, ""), notes)


def _as_span(item: str) -> str | None:
    """What a note holds as words of a line; None if it holds more than plain paragraphs."""
    *paragraphs, rest = (each.strip() for each in item.split("</p>"))
    words = [each.removeprefix("<p>") for each in paragraphs if each.startswith("<p>")]
    # an id cannot stand twice, and a comment may stand for a chart
    is_more = rest or len(words) < len(paragraphs) or re.search(r'<p|<!--| id="', "".join(words))
    if is_more or (len(item) > LONGEST and len(plain_text(item)) > LONGEST):
        return None
    return "".join(f"<span>{each}</span>" for each in words)


def _put_notes(html: str, notes: Mapping[str, str]) -> str:
    waiting = dict(notes)

    def put(found: re.Match[str]) -> str:
        start, name, end, number, mark = found.groups()
        if name not in notes:
            return found[0]
        reference = f"{start}{name}{end}>{number}</a>{start}side-{name}{end} hidden>{number}</a>"
        note = waiting.pop(name, None) if mark else None
        if note is None:
            return f"{reference}</sup>"
        return (
            f'{reference}</sup><span class="sidenote" id="side-{name}" role="note" hidden>'
            f"<sup>{number}</sup> {note}</span>"
        )

    return _REFERENCE.sub(put, html)


def _number_items(html: str, notes: Mapping[str, str]) -> str:
    """The list at the end: items beside the text are named, the others keep their numbers."""
    numbers = count(1)

    def name(found: re.Match[str]) -> str:
        number = next(numbers)  # an item that is not shown is not counted by a browser
        more = 'class="beside"' if found[1] in notes else f'value="{number}"'
        return found[0].replace("<li ", f"<li {more} ", 1)

    return _ITEM.sub(name, html)
