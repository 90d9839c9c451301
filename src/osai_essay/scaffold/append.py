"""One more entry in data/datapackage.yaml, and not a byte of the rest changed."""

from __future__ import annotations

import textwrap
from codecs import BOM_UTF8
from collections.abc import Sequence
from pathlib import Path

from osai_essay.data.paths import PACKAGE
from osai_essay.files import not_utf8, read_bytes
from osai_essay.located import Value, YamlList, YamlMap, plain, read_yaml
from osai_essay.problem import SiteError
from osai_essay.scaffold.place import ScaffoldError, put


def append_entry(root: Path, entry: str) -> None:
    """Write the entry behind the last of `resources:`. Raises: ScaffoldError, SiteError.

    entry: a YAML list of one item, at the left margin.
    """
    content = read_bytes(root, PACKAGE) if (root / PACKAGE).exists() else b""
    mark = BOM_UTF8 if content.startswith(BOM_UTF8) else b""
    try:
        before = content.removeprefix(mark).decode()
    except UnicodeDecodeError as error:
        raise SiteError(not_utf8(PACKAGE, error)) from None
    after = _with_entry(before, entry)
    if not _is_only_longer(before, after, entry):
        raise ScaffoldError(
            f"{PACKAGE} is not written so that an entry can be added to it (`resources:`, and below"
            " it one `- name:` an entry); run this without --write, and paste what it prints."
        )
    put(root, PACKAGE, mark + after.encode())


def _with_entry(text: str, entry: str) -> str:
    """The text with the entry in it, in the indent and the line ends of the others."""
    lines = text.splitlines(keepends=True)
    end = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    place, indent = _find_place(text, lines)
    if place == len(lines) and lines and not lines[-1].endswith("\n"):
        lines[-1] += end
    head = [] if "resources" in _read(text) else ["resources:\n"]
    new = [*head, *textwrap.indent(entry, " " * indent).splitlines(keepends=True)]
    gap = ["\n"] if place else []
    added = [line.replace("\n", end) for line in [*gap, *new]]
    return "".join([*lines[:place], *added, *lines[place:]])


def _find_place(text: str, lines: Sequence[str]) -> tuple[int, int]:
    """Behind which line an entry goes, and how far to the right."""
    resources = _read(text).get("resources")
    if not isinstance(resources, YamlList) or not resources:
        return len(lines), 2
    first = (resources.where(len(resources) - 1).line or 1) - 1
    indent = len(lines[first]) - len(lines[first].lstrip())
    return _end_of_item(lines, first, indent), indent


def _end_of_item(lines: Sequence[str], first: int, indent: int) -> int:
    """The line behind an item; a comment no deeper than its dash belongs to what follows."""
    end = first + 1
    for number in range(first + 1, len(lines)):
        line = lines[number]
        is_inside = len(line) - len(line.lstrip()) > indent
        if line.strip() and is_inside:
            end = number + 1
        elif line.strip() and not line.lstrip().startswith("#"):
            break
    return end


def _read(text: str) -> Value:
    value = read_yaml(text, PACKAGE)
    return value if isinstance(value, YamlMap) else {}


def _is_only_longer(before: str, after: str, entry: str) -> bool:
    """True if the new text reads as the old one with one resource more."""
    try:
        old, new = plain(_read(before)), plain(_read(after))
        added = plain(read_yaml(entry, PACKAGE))
    except SiteError:
        return False
    old = {**old, "resources": [*(old.get("resources") or []), *added]}
    return bool(old == new and list(old["resources"]) == list(new["resources"]))
