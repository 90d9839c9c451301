"""Changes as text, as Markdown for a pull request, as HTML, as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape

from osai_essay.changes.entries import Entry, as_line, list_entries, say_claim, say_number
from osai_essay.changes.values import Changes, ClaimMove, NumberMove
from osai_essay.struct import to_plain

NOTHING = "Nothing changed."
SIDES = {"- ": "del", "+ ": "ins"}
STYLE = """\
:root { color-scheme: light dark; }
body { max-width: 48rem; margin: 0 auto; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif; }
body { overflow-wrap: break-word; }
h1 { font-size: 1.5rem; }
h2 { font-size: 1.125rem; margin: 1.5rem 0 0.25rem; }
ul { margin: 0; padding-left: 1.25rem; }
body > ul > li { margin-top: 0.5rem; }
li ul { list-style: none; padding-left: 0; font-size: 0.875rem; }
del { opacity: 0.75; text-decoration-thickness: 1px; }
ins { text-decoration: none; font-weight: 600; }"""


def say_changes(changes: Changes, style: str) -> str:
    """The report in one of FORMATS, ending with a line feed."""
    return FORMATS[style](changes)


def say_close(moves: Iterable[ClaimMove], language: str) -> str:
    """Claims that hold by little, for `osai-essay check`; empty where there are none."""
    entries = [say_claim(move, language) for move in moves]
    return "\n".join(["Claims that hold by little", *_indent(entries)]) if entries else ""


def say_accepted(moves: Iterable[NumberMove], language: str) -> list[str]:
    """What an author takes over, a line for each number."""
    return [as_line(say_number(move, language)) for move in moves]


def _json(changes: Changes) -> str:
    return json.dumps(to_plain(changes), ensure_ascii=False, indent=1) + "\n"


def _lead(changes: Changes) -> list[str]:
    said = [as_line(changes.against)] if changes.against else []
    return [*said, NOTHING] if changes.is_empty else said


def _notes(changes: Changes) -> Iterator[str]:
    """What is not in the lists: what could not be compared, and the other close claims."""
    yield from map(as_line, changes.notes)
    if changes.close:
        other = "other " if any(move.only_holds for move in changes.claims) else ""
        noun, them = ("claim holds", "it") if changes.close == 1 else ("claims hold", "them")
        yield f"{changes.close} {other}{noun} by little; osai-essay check names {them}."


def _text(changes: Changes) -> str:
    parts = [[title, *_indent(entries)] for title, entries in list_entries(changes)]
    return _blocks(_lead(changes), parts, _notes(changes))


def _indent(entries: Iterable[Entry]) -> Iterator[str]:
    for head, more in entries:
        yield f"  {head}"
        yield from (f"      {line}" for line in more)


def _markdown(changes: Changes) -> str:
    parts = []
    for title, entries in list_entries(changes):
        parts.append([f"### {title}", ""])
        for head, more in entries:
            parts[-1] += [f"- {_mark(head)}", *(f"  - {_mark(line)}" for line in more)]
    return _blocks(list(map(_mark, _lead(changes))), parts, map(_mark, _notes(changes)))


def _blocks(lead: list[str], parts: list[list[str]], notes: Iterable[str]) -> str:
    blocks = [*lead, *("\n".join(lines) for lines in parts), *notes]
    return "\n\n".join(blocks) + "\n"


def _mark(words: str) -> str:
    """Words of data and essays as Markdown prints them, none of it read as markup."""
    safe = re.sub(r"([\\`*_~\[\]|#@])", r"\\\1", escape(words, quote=False))
    safe = re.sub(r"([@#]|:(?=//)|www(?=\.))", "\\1\u200b", safe)  # nobody is called, no link made
    return re.sub(r"^(\d*)([-+.)])", r"\1\\\2", safe)  # a list would begin with it


def _html(changes: Changes) -> str:
    parts = [f"<p>{escape(line)}</p>" for line in _lead(changes)]
    for title, entries in list_entries(changes):
        items = "\n".join(_item(*entry) for entry in entries)
        parts.append(f"<h2>{escape(title)}</h2>\n<ul>\n{items}\n</ul>")
    parts += [f"<p>{escape(note)}</p>" for note in _notes(changes)]
    body = "\n".join(parts)
    return (
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>What changed</title>\n<style>\n{STYLE}\n</style>\n"
        f"<h1>What changed</h1>\n{body}\n</html>\n"
    )


def _item(head: str, more: list[str]) -> str:
    inner = "".join(f"\n<li>{_side(line)}</li>" for line in more)
    return f"<li>{escape(head)}{f'<ul>{inner}</ul>' if inner else ''}</li>"


def _side(line: str) -> str:
    """A line that was taken out, or came; others as they are."""
    tag = SIDES.get(line[:2])
    return f"<{tag}>{escape(line)}</{tag}>" if tag else escape(line)


FORMATS: Mapping[str, Callable[[Changes], str]] = {
    "text": _text,
    "json": _json,
    "html": _html,
    "markdown": _markdown,
}
