"""Formulas in Markdown, by Pandoc's rule, as MathML: the door to latex2mathml."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from osai_essay.problem import nearest
from osai_essay.prose.pieces import SLOT, Pieces
from osai_essay.prose.places import Places
from osai_essay.struct import Struct

_TOKEN = re.compile(r"\\[^\n]|\$\$?|\n[ \t>]*(?=\n)")
_COMMAND = re.compile(r"\\(?:begin|end)\s*\{([^}]*)\}|\\[A-Za-z]+|\\.", re.DOTALL)
_DEFINES = re.compile(
    r"\\(?:newcommand|renewcommand|def|DeclareMathOperator)\s*\{?\s*(\\[A-Za-z]+)"
)
_TEXT = re.compile(r"\\(?:text[a-z]*|mbox|hbox|fbox|operatorname\*?)\s*\{[^{}]*\}")
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")  # as TeX reads one; 1,234 would be two
# a long formula scrolls in itself, so it can be reached by keyboard and has a name
_DISPLAY = '<div class="math-display" tabindex="0" role="group" aria-label="Formula">{}</div>'
_REFUSED = frozenset({r"\style", r"\href", r"\class"})  # they make attributes an essay may not have
_OTHER_NAME = {"aligned": "split", "gathered": "matrix", "gather": "matrix", "gather*": "matrix"}
_ATTRIBUTES = frozenset(
    "accent accentunder columnalign columnlines columnspacing depth display displaystyle fence form"
    " height largeop linebreak linethickness lspace mathbackground mathcolor mathsize mathvariant"
    " maxsize minsize movablelimits notation rowlines rowspacing rspace scriptlevel separator"
    " stretchy symmetric voffset width".split()
)


class Formula(Struct, frozen=True):
    """A formula: its range in the source with its dollars, its TeX without."""

    start: int
    end: int
    tex_start: int
    tex: str
    is_display: bool


def find_formulas(source: str, visible: str) -> Iterator[Formula]:
    """The formulas of a source in which code is blanked; a dollar of money is none."""
    opener: re.Match[str] | None = None
    for match in _TOKEN.finditer(visible):
        mark = match[0]
        if mark[0] == "\n":
            opener = None
        elif mark[0] == "\\":
            continue
        elif opener and _closes(visible, opener, match):
            start, end = opener.end(), match.start()
            display = mark == "$$"
            yield Formula(opener.start(), match.end(), start, source[start:end], display)
            opener = None
        else:
            opener = match if _opens(visible, match) else None


def _opens(visible: str, match: re.Match[str]) -> bool:
    following = visible[match.end() : match.end() + 1]
    return bool(following) and (match[0] == "$$" or not following.isspace())


def _closes(visible: str, opener: re.Match[str], match: re.Match[str]) -> bool:
    if opener[0] != match[0] or opener.end() == match.start():
        return False
    if not visible[opener.end() : match.start()].strip():
        return False  # nothing but code or white space
    if match[0] == "$$":
        return True
    following = visible[match.end() : match.end() + 1]
    return not visible[match.start() - 1].isspace() and not following.isdigit()


def put_formulas(source: str, places: Places, pieces: Pieces) -> list[tuple[int, int, str]]:
    """Edits that put a piece in the place of each formula; what is wrong goes to places."""
    if "$" not in places.visible:
        return []
    edits = []
    for formula in find_formulas(source, places.visible):
        tex = SLOT.sub(lambda m: _quote(pieces.to_text(m[0])), formula.tex)
        tex = re.sub(r"\n[ \t]*>[ \t]?", "\n", tex)  # the marks of a quote it stands in
        mathml = _render(formula, tex, places)
        shown = _DISPLAY.format(mathml) if formula.is_display else mathml
        char = pieces.put(shown, " ".join(tex.split()), "math", is_block=formula.is_display)
        edits.append((formula.start, formula.end, char))
    return edits


def _quote(text: str) -> str:
    """The words of a slot as TeX: a number as it is, anything else as text."""
    if _NUMBER.fullmatch(text):
        return text
    return r"\text{" + re.sub(r"[\\{}]", "", text) + "}"


def _render(formula: Formula, tex: str, places: Places) -> str:
    if _has_unknown(formula, tex, places):
        return f"<code>{html.escape(tex)}</code>"
    try:
        _check_braces(tex)
        return _convert(_rename(tex), tex, "block" if formula.is_display else "inline")
    except Exception as error:  # noqa: BLE001  # latex2mathml lets IndexError and others through
        where = places.at(formula.start, formula.end - formula.start)
        places.add(
            "math-unreadable",
            where,
            f"this formula cannot be read: {_say(error)}",
            "mend the TeX between the dollars, or write \\$ where a dollar is meant.",
        )
        return f"<code>{html.escape(tex)}</code>"


def _has_unknown(formula: Formula, tex: str, places: Places) -> bool:
    defined = set(_DEFINES.findall(tex))
    found = False
    for match in _COMMAND.finditer(_TEXT.sub(lambda m: " " * len(m[0]), tex)):
        name, known = match[0], _known_commands()
        if match[1] is not None:
            name, known = match[1].strip(), _known_environments()
            if match[0].startswith(r"\end"):
                continue
        elif len(name) == 2 and not name[1].isalpha():
            continue
        if name not in known and name not in defined:
            found = True
            _add_unknown(formula, name, known, places)
    return found


def _add_unknown(formula: Formula, name: str, known: frozenset[str], places: Places) -> None:
    # a slot changes the length of the TeX, so the place is looked for in the source
    offset = formula.tex_start + max(0, formula.tex.find(name))
    near = nearest(name, known)
    what = "command" if name.startswith("\\") else "environment"
    places.add(
        "math-unknown-command",
        places.at(offset, len(name)),
        f'there is no {what} "{name}" in formulas here',
        f'did you mean "{near}"?' if near else r"write it with commands of LaTeX's own, or \text{}",
    )


@cache
def _known_commands() -> frozenset[str]:
    from latex2mathml import commands
    from latex2mathml.symbols_parser import SYMBOLS

    names = {name for name in SYMBOLS if re.fullmatch(r"\\[A-Za-z]+", name)}
    for value in vars(commands).values():
        for each in [value] if isinstance(value, str) else value if _is_names(value) else []:
            if isinstance(each, str) and re.fullmatch(r"\\[A-Za-z]+", each):
                names.add(each)
    return frozenset((names | {r"\right", r"\of"}) - _REFUSED)


def _is_names(value: Any) -> bool:
    return isinstance(value, (tuple, dict, set, frozenset))


@cache
def _known_environments() -> frozenset[str]:
    from latex2mathml import commands

    return frozenset({name[1:] for name in commands.MATRICES} | set(_OTHER_NAME))


def _rename(tex: str) -> str:
    def other(match: re.Match[str]) -> str:
        return f"\\{match[1]}{{{_OTHER_NAME.get(match[2], match[2])}}}"

    return re.sub(r"\\(begin|end)\s*\{([^}]*)\}", other, tex)


def _check_braces(tex: str) -> None:
    depth = 0
    for match in _BRACE.finditer(tex):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth < 0:
            raise ValueError("a } closes nothing")
    if depth:
        raise ValueError("a { is never closed")


def _convert(tex: str, said: str, display: str) -> str:
    from latex2mathml.converter import convert_to_element

    element = convert_to_element(tex, display=display)
    inner = "".join(_serialise(child) for child in element)
    shown = ' display="block"' if display == "block" else ""
    alttext = html.escape(" ".join(said.split()))
    return f'<math{shown} alttext="{alttext}">{inner}</math>'


def _serialise(element: Any) -> str:
    """One MathML element; its texts hold character references, so they are read, then escaped."""
    attributes = "".join(
        f' {name}="{html.escape(value)}"'
        for name, value in element.attrib.items()
        if name in _ATTRIBUTES
    )
    text = html.escape(html.unescape(element.text or ""), quote=False)
    inner = text + "".join(_serialise(child) for child in element)
    return f"<{element.tag}{attributes}>{inner}</{element.tag}>"


def _say(error: Exception) -> str:
    """latex2mathml names its errors by class: `DoubleSubscriptsError` -> `double subscripts`."""
    if str(error) and isinstance(error, ValueError):
        return str(error)
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(error).__name__.removesuffix("Error"))
    known = type(error).__module__.startswith("latex2mathml")
    return words.lower() if known else "it ends too early or is not TeX"
