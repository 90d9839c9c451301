"""An SVG as PNG, by resvg; nothing else imports it.

The font is one that a package ships, so that a PNG is the same on every machine. What the font has
no letters for would vanish, or become boxes, without a word: here it is an error.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path
from xml.etree import ElementTree as ET

from osai_essay.charts.clips import drop_idle_clips
from osai_essay.charts.svg import SVG, read_plain

FAMILY = "IBM Plex Sans"
FONT_PACKAGE = "fontpkg_ibm_plex_sans"  # SIL Open Font License; regular to bold in one file
FONT_FILE = "files/IBMPlexSans[wdth,wght].ttf"
MOST_NAMED = 8

_DARK = re.compile(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_FAMILY = re.compile(r'\bfont-family="[^"]*"')
_UNSEEN = {"Zs", "Zl", "Zp", "Cc", "Cf"}  # spaces, and marks that steer but draw nothing
_NO_LETTER = "\uffff"  # no font ever has it


class PngError(Exception):
    """This SVG cannot be made into a PNG; the message says why. missing: letters no font has."""

    def __init__(self, message: str, missing: str = "") -> None:
        super().__init__(message)
        self.missing = missing


def draw_png(svg: str, *, zoom: float = 2, fonts: Sequence[Path] = ()) -> bytes:
    """The PNG of an SVG of ours in its light colours; same SVG, same bytes.

    fonts: further font files, asked where the packaged one has no letter (such as Chinese).
    Raises: PngError where a letter is in none of them, or the SVG is not well-formed.
    """
    import resvg_py

    paths = [packaged_font(), *fonts]
    try:
        root = read_plain(svg)
    except ET.ParseError as error:
        raise PngError(f"it is not well-formed: {error}") from None
    missing = find_missing(_letters(root), paths)
    if missing:
        raise PngError(f"no font for {_name_letters(missing)}", missing)
    root.set("xmlns", SVG)
    drop_idle_clips(root)
    drawn = ET.tostring(root, encoding="unicode")
    plain = _FAMILY.sub(f'font-family="{FAMILY}"', _DARK.sub("", drawn))
    try:
        return resvg_py.svg_to_bytes(
            svg_string=plain,
            zoom=zoom,
            skip_system_fonts=True,
            font_family=FAMILY,
            font_files=[str(path) for path in paths],
        )
    except ValueError as error:
        raise PngError(f"it cannot be drawn: {error}") from None


def packaged_font() -> Path:
    """The font file that PNGs are set in. Raises: PngError where its package is not installed."""
    try:
        path = Path(str(files(FONT_PACKAGE).joinpath(FONT_FILE)))
    except ModuleNotFoundError:
        path = None
    if path is None or not path.is_file():
        name = FONT_PACKAGE.replace("_", "-")
        raise PngError(f"the font {FAMILY} is not installed (package {name})")
    return path


def find_missing(letters: Iterable[str], fonts: Iterable[Path]) -> str:
    """The letters that none of the font files draws, in order."""
    missing = set(letters)
    for path in fonts:
        if missing:
            missing = _without(path, missing)
    return "".join(sorted(missing))


def _without(path: Path, letters: set[str]) -> set[str]:
    """Those of the letters that a font draws as it draws a letter it does not have."""
    from PIL import ImageFont

    font = ImageFont.truetype(path, 24, layout_engine=ImageFont.Layout.BASIC)

    def drawn(letter: str) -> tuple[tuple[int, int], bytes]:
        mask = font.getmask(letter)
        return mask.size, bytes(mask)

    box = drawn(_NO_LETTER)
    return {letter for letter in letters if drawn(letter) == box}


def _letters(root: ET.Element) -> set[str]:
    """All that the <text> elements show; spaces and marks that draw nothing aside."""
    texts = (words for text in root.iter("text") for words in text.itertext())
    shown = {letter for words in texts for letter in words}
    return {letter for letter in shown if unicodedata.category(letter) not in _UNSEEN}


def _name_letters(letters: str) -> str:
    named = ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in letters[:MOST_NAMED])
    more = len(letters) - MOST_NAMED
    return f"{named} and {more} more" if more > 0 else named
