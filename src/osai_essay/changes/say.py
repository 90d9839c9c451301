"""Changes as text, as Markdown for a pull request, as HTML, as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from html import escape

from osai_essay.changes.values import (
    Changes,
    ChartMove,
    ClaimMove,
    DatasetChange,
    MarkMove,
    NumberMove,
)
from osai_essay.formats import format_number

MOST = 5  # rows, marks and sentences of one thing that are listed
NOTHING = "Nothing changed."


def say_changes(changes: Changes, style: str) -> str:
    """The report in one of FORMATS, ending with a line feed."""
    return FORMATS[style](changes)


def _json(changes: Changes) -> str:
    return json.dumps(asdict(changes), ensure_ascii=False, indent=1, default=str) + "\n"


def _text(changes: Changes) -> str:
    parts = [[title, *_indent(items)] for title, items in _sections(changes)]
    return _blocks(changes, parts)


def _indent(items: list[tuple[str, list[str]]]) -> Iterator[str]:
    for head, more in items:
        yield f"  {head}"
        yield from (f"      {line}" for line in more)


def _markdown(changes: Changes) -> str:
    parts = []
    for title, items in _sections(changes):
        parts.append([f"### {title}", ""])
        for head, more in items:
            parts[-1] += [f"- {_mark(head)}", *(f"  - {_mark(line)}" for line in more)]
    return _blocks(changes, parts)


def _blocks(changes: Changes, parts: list[list[str]]) -> str:
    lead = [[NOTHING]] if _is_same(changes) else []
    return "\n\n".join("\n".join(lines) for lines in [*lead, *parts]) + "\n"


def _is_same(changes: Changes) -> bool:
    return not changes.has_moved and all(move.only_holds for move in changes.claims)


def _mark(words: str) -> str:
    """Words of data and essays as Markdown prints them, none of it read as markup."""
    safe = re.sub(r"([\\`*_~\[\]|#@])", r"\\\1", escape(words, quote=False))
    safe = re.sub(r"([@#]|:(?=//)|www(?=\.))", "\\1\u200b", safe)  # nobody is called, no link made
    return re.sub(r"^(\d*)([-+.)])", r"\1\\\2", safe)  # a list would begin with it


def _html(changes: Changes) -> str:
    parts = [f"<p>{NOTHING}</p>"] if _is_same(changes) else []
    for title, items in _sections(changes):
        parts.append(f"<h2>{escape(title)}</h2>\n<ul>")
        for head, more in items:
            inner = "".join(f"<li>{escape(line)}</li>" for line in more)
            parts.append(f"<li>{escape(head)}{f'<ul>{inner}</ul>' if inner else ''}</li>")
        parts.append("</ul>")
    body = "\n".join(parts)
    return (
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>What changed</title>\n'
        f"<h1>What changed</h1>\n{body}\n</html>\n"
    )


FORMATS: Mapping[str, Callable[[Changes], str]] = {
    "text": _text,
    "json": _json,
    "html": _html,
    "markdown": _markdown,
}


def _sections(changes: Changes) -> Iterator[tuple[str, list[tuple[str, list[str]]]]]:
    """(title, entries), each entry a line and what belongs to it; empty sections left out."""
    sections: dict[str, list[tuple[str, list[str]]]] = {
        "Claims that changed": [_claim(each) for each in changes.claims if not each.only_holds],
        "Claims close to their margin": [
            _claim(each) for each in changes.claims if each.only_holds
        ],
        "Numbers": [_number(each) for each in changes.numbers],
        "Charts": [_chart(each) for each in changes.charts],
        "Data": [_dataset(each) for each in changes.datasets],
        "Pages": [(page, []) for page in changes.pages],
    }
    for title, entries in sections.items():
        if entries:
            yield title, [(_line(head), [_line(each) for each in more]) for head, more in entries]


def _line(words: str) -> str:
    """Words of data as one line, without signs that would steer a terminal."""
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())


def _claim(move: ClaimMove) -> tuple[str, list[str]]:
    words = f'"{move.words}"' if move.words else "a claim of the front matter"
    if not move.is_true:
        state = "is no longer true" if move.was_true else "is not true"
    elif not move.was_true:
        state = "is true again"
    else:
        state = f"holds by {_percent(move.margin or 0)} only"
    return f"{words} {state}: {move.rule} ({move.file}:{move.line})", []


def _number(move: NumberMove) -> tuple[str, list[str]]:
    sentences = []
    for each in move.sentences[:MOST]:
        both = (("-", each.before), ("+", each.after))
        sentences += [f"{each.file}:{each.line}", *(f"{sign} {it}" for sign, it in both if it)]
    left = len(move.sentences) - MOST
    if left > 0:
        sentences.append(f"and {left} more")
    if not move.before:
        return f"{move.name} is new: {move.after}", sentences
    if not move.after:
        return f"{move.name} is gone; it was {move.before}", sentences
    sign = "+" if move.share and move.share > 0 else ""
    share = f" ({sign}{_percent(move.share)})" if move.share is not None else ""
    return f"{move.name}: {move.before} -> {move.after}{share}", sentences


def _chart(move: ChartMove) -> tuple[str, list[str]]:
    return f"{move.name}: {move.title}", _most([_mark_move(mark) for mark in move.marks], "marks")


def _mark_move(mark: MarkMove) -> str:
    before, after = (
        "none" if value is None else format_number(value, digits=4)
        for value in (mark.before, mark.after)
    )
    return f"{mark.label or 'the mark'}: {before} -> {after}"


def _dataset(change: DatasetChange) -> tuple[str, list[str]]:
    columns = {"added": len(change.columns_added), "removed": len(change.columns_removed)}
    rows = {
        "added": len(change.added),
        "removed": len(change.removed),
        "changed": len(change.changed),
    }
    said = "; ".join(filter(None, (_counts("columns", columns), _counts("rows", rows))))
    lines = [f"+ column {column}" for column in change.columns_added]
    lines += [f"- column {column}" for column in change.columns_removed]
    return f"{change.name}: {said or 'rows in another order, or columns'}", [
        *lines,
        *_most(list(_rows(change)), "rows"),
    ]


def _counts(what: str, counts: Mapping[str, int]) -> str:
    said = ", ".join(f"{count} {word}" for word, count in counts.items() if count)
    return f"{what} {said}" if said else ""


def _rows(change: DatasetChange) -> Iterator[str]:
    yield from (f"+ {key}" for key in change.added)
    yield from (f"- {key}" for key in change.removed)
    for row in change.changed:
        cells = ", ".join(f"{c.column}: {c.before} -> {c.after}" for c in row.cells)
        yield f"{row.key}: {cells}"


def _most(lines: list[str], what: str) -> list[str]:
    left = len(lines) - MOST
    return [*lines[:MOST], f"and {left} more {what}"] if left > 0 else lines


def _percent(share: float) -> str:
    return format_number(share, unit="share", digits=2)
