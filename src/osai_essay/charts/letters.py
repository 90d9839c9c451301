"""How wide words are and where their lines break, by the font that PNGs are set in.

Nothing is asked of the machine, so that a picture is the same everywhere. A reader's font is
another one: measured on the words of charts, Arial and Liberation Sans are between 8 per cent
narrower and 5 wider, DejaVu Sans is 12 wider. SLACK leaves room for all of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

from osai_essay.charts.png import packaged_font

MEASURED_AT_PX = 100
SLACK = 1.12
BOLD_SLACK = 1.08
WIDE_EM = 1.0  # Chinese, Japanese, Korean
OTHER_EM = 0.62  # letters outside the table
# Latin with all its accents, Greek, Cyrillic, then the signs that words and numbers have.
RANGES = ((0x20, 0x7F), (0xA0, 0x180), (0x370, 0x400), (0x400, 0x460), (0x2010, 0x2027))
SIGNS = "\u2030\u2032\u2033\u20ac\u2122\u2212\u00d7\u2248\u2264\u2265"

BALANCE_STEP = 0.97
SHORT_SHARE = 0.3  # a last line shorter than this looks lost
CUT = "\u2026"

_SPACES = re.compile(r"[ \t\r\n\f]+")  # not the space that does not break
_AFTER_CUT = "/-–—_.?&=+,;:"  # where a word too long for a line is cut, if it can be
_STARTS_NO_LINE = "、。，．：；？！」』）】》〉〕”’…·々ー,.:;?!)]}%"  # noqa: RUF001
_ENDS_NO_LINE = "「『（【《〈〔“‘([{"  # noqa: RUF001


@cache
def letter_widths() -> dict[str, float]:
    """Letter -> width in em, for the letters the font has a width of its own for."""
    from PIL import ImageFont

    layout = ImageFont.Layout.BASIC
    font = ImageFont.truetype(packaged_font(), MEASURED_AT_PX, layout_engine=layout)
    letters = [chr(code) for start, end in RANGES for code in range(start, end)] + list(SIGNS)
    return {letter: round(font.getlength(letter) / MEASURED_AT_PX, 3) for letter in letters}


def text_width(words: str, size_px: float, *, bold: bool = False) -> float:
    """How wide words are, in px, with the slack for other fonts."""
    em = sum(_letter_em(letter) for letter in words)
    return em * size_px * SLACK * (BOLD_SLACK if bold else 1)


def _letter_em(letter: str) -> float:
    known = letter_widths().get(letter)
    return known or (WIDE_EM if is_wide(letter) else OTHER_EM)


def is_wide(letter: str) -> bool:
    """True for Chinese, Japanese and Korean letters and for most pictures among the letters."""
    return unicodedata.east_asian_width(letter) in "WF"


def break_lines(
    words: str, width: float, size: float, *, bold: bool = False, balanced: bool = False
) -> list[str]:
    """Words in lines no wider than so many px; the last not left with a word alone.

    balanced: all lines of about one length.
    """

    def fits(part: str, share: float = 1) -> bool:
        return text_width(part, size, bold=bold) <= width * share

    pieces = list(_pieces(words.strip(" ")))
    lines = _fill_lines(pieces, width, size, bold=bold)
    while len(lines) > 1 and (balanced or fits(lines[-1], SHORT_SHARE)):
        width *= BALANCE_STEP
        if not all(fits(piece) for _, piece in pieces):
            break
        tighter = _fill_lines(pieces, width, size, bold=bold)
        if len(tighter) > len(lines):
            break
        lines = tighter
    return lines


def wrap(label: str, width: float, size: float, *, most: int = 3) -> str:
    """A label of a figure in at most so many lines, `<br>` between them; what is over is cut.

    A label that was wrapped before is wrapped anew; one with tags of its author stays as it is.
    """
    words = label.replace("<br>", " ")
    if "<" in words:
        return label
    lines = break_lines(words.replace("&lt;", "<"), width, size)
    if len(lines) > most:
        lines = [*lines[: most - 1], _cut_short(" ".join(lines[most - 1 :]), width, size)]
    return "<br>".join(line.replace("<", "&lt;") for line in lines)


def widest_line(labels: Sequence[str], size: float) -> float:
    """The px that the widest line of some labels takes."""
    lines = [line for label in labels for line in label.split("<br>")]
    return max((text_width(line.replace("&lt;", "<"), size) for line in lines), default=0)


def _cut_short(words: str, width: float, size: float) -> str:
    count = _count_fitting(words, width - text_width(CUT, size), size, bold=False)
    return words if count == len(words) else words[:count].rstrip(" ,;:") + CUT


def _fill_lines(
    pieces: list[tuple[str, str]], width: float, size: float, *, bold: bool
) -> list[str]:
    lines: list[str] = []
    for gap, piece in pieces:
        if lines and text_width(lines[-1] + gap + piece, size, bold=bold) <= width:
            lines[-1] += gap + piece
        else:
            lines += _cut(piece, width, size, bold=bold)
    return lines


def _pieces(words: str) -> Iterator[tuple[str, str]]:
    """What may stand alone on a line, each with the space before it: words, single wide letters."""
    for number, word in enumerate(_SPACES.split(words) if words else []):
        gap = " " if number else ""
        start = 0
        for at in range(1, len(word) + 1):
            if at == len(word) or _may_break(word[at - 1], word[at]):
                yield gap, word[start:at]
                gap, start = "", at


def _may_break(before: str, after: str) -> bool:
    if after in _STARTS_NO_LINE or before in _ENDS_NO_LINE:
        return False
    return is_wide(before) or is_wide(after)


def _cut(word: str, width: float, size: float, *, bold: bool) -> list[str]:
    """A word in parts that fit; after a slash or the like in a part's second half, if any."""
    parts: list[str] = []
    while len(word) > 1 and text_width(word, size, bold=bold) > width:
        most = _count_fitting(word, width, size, bold=bold)
        good = (n for n in range(most, most // 2, -1) if word[n - 1] in _AFTER_CUT)
        end = next(good, most)
        parts.append(word[:end])
        word = word[end:]
    return [*parts, word]


def _count_fitting(word: str, width: float, size: float, *, bold: bool) -> int:
    """How many of a word's first letters fit; one at least."""
    count = 1
    while count < len(word) and text_width(word[: count + 1], size, bold=bold) <= width:
        count += 1
    return count
