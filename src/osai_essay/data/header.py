"""What a first line shows: that a file is no table, or that nobody could read a column's name."""

from __future__ import annotations

import re

from osai_essay.located import NO_TEXT

# Besides control characters those without width, as a web page leaves them in what is copied.
_UNSEEN = re.compile(f"{NO_TEXT.pattern}|[\u00ad\u200b\u2060\ufeff]")

UNSEEN_FIX = "take it out, or type the name anew; an editor may show it as a box or a code."
_SPREADSHEET = "open it in a spreadsheet and save it from there as CSV UTF-8."
# What a file begins with whose name does not say what it is -> what that is, and what to do.
_OTHERS = {
    b"PK\x03\x04": ("a spreadsheet such as .xlsx, or another archive", _SPREADSHEET),
    b"\xd0\xcf\x11\xe0": ("an old spreadsheet such as .xls", _SPREADSHEET),
    b"%PDF": ("a PDF", "save the table in it as CSV."),
    b"<!doctype html": ("a web page", "save the file that the page links to, not the page."),
    b"<html": ("a web page", "save the file that the page links to, not the page."),
}


def find_other_kind(content: bytes) -> tuple[str, str] | None:
    """What a file is that is none of text with a table in it, and what to do; None for text."""
    begin = content[:200].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return next((_OTHERS[each] for each in _OTHERS if begin.startswith(each.lower())), None)


def find_unseen(name: str) -> str:
    """The first such character of a name, in words; empty where there is none."""
    found = _UNSEEN.search(name)
    return f"a character that nobody sees, U+{ord(found[0]):04X}" if found else ""
