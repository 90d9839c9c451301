"""How figures look in running text, and what looks like one: a table of patterns with names.

At each place the first pattern that fits takes its words, so their order matters: what has no name
in FIGURES is read over, such as dates, names of things and ordinals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from osai_essay.checks.unbound import english
from osai_essay.checks.unbound.letters import END, GAP, LETTER

FIGURES = frozenset({"amount", *english.PATTERNS})

_YEAR = r"(?:19|20)\d\d"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"

_CURRENCY = rf"(?:(?:USD|EUR|GBP|CNY|RMB|JPY|CHF){GAP}?|[A-Z]{{0,3}}[$€£¥₹₩]{GAP}?)"
_DIGITS = r"(?:\d{1,3}(?:[\u00a0\u2009\u202f]\d{3})+|\d+(?:[.,/]\d+)*)[¼-¾⅐-⅞]?|[¼-¾⅐-⅞]"
_SCALE = rf"(?:hundred|thousand|million|billion|trillion|bn|mn|tn|k|m|M|B|T){END}"
_UNIT = rf"(?:%|‰|×|x|per{GAP}?cent|times|pp|[kMGTP]B|[kMGT]Wh?|km|kg|nm|mm|cm|ms|[MG]Hz){END}"
_MEASURED = rf"{GAP}?(?:{_SCALE}|{_UNIT})"
_COMPARED = rf"{GAP}(?:of|to){GAP}(?:(?:its|the|all){GAP})?\d"  # "Meta 26 of its 29"

_WHOLE = rf"(?![.,]?[{LETTER}\d])"  # no number ends within another, or within a word
_NUMBER_WORD = "|".join(word.title() for word in english.NUMBER_WORDS)
_BEGINNING = "|".join(english.BEGINNINGS)
_LABELS = (
    "sections?|chapters?|figures?|tables?|notes?|footnotes?|pages?|steps?|lines?|version|edition|"
    r"appendix|(?:nos?|pp?|fig|eq|vol|ch)\."
)

_DATES = {
    "clock": rf"\d{{1,2}}:\d\d(?::\d\d)?|\d{{1,2}}{GAP}?[ap]\.?m{END}",
    "iso_day": rf"{_YEAR}-\d\d(?:-\d\d(?:T[\d:.]+Z?)?)?(?!\d)",
    "written_day": rf"{_DAY}[./]{_DAY}[./](?:\d{{4}}|\d\d)(?!\d)|{_DAY}[月월]\s?{_DAY}[日号號일]",
    "year": rf"{_YEAR}s?(?:{GAP}?[-–/]{GAP}?{_YEAR}|[-–/]\d\d)?{_WHOLE}(?!{_MEASURED})",
}
_LABELLED = {
    # phone numbers, ISBNs, versions (but not 1.234.567), forms such as 10-K
    "identifier": r"\+\d[\d ()-]{6,}\d|\d+(?:-\d+){2,}|\d{3}-\d{4}(?!\d)"
    r"|(?!\d{1,3}(?:\.\d{3})+(?!\d))\d+(?:\.\d+){2,}|\d+-[A-Z](?![A-Za-z\d])",
    "reference": rf"(?:[§#№]{GAP}?|(?i:{_LABELS}){GAP})\d+(?:[.–-]\d+)*{END}",
}
_AMOUNT = {
    "amount": rf"(?:(?<!\w)[-+−±])?{_CURRENCY}?(?:{_DIGITS})"
    rf"(?:(?:{GAP}|-)?{_SCALE})?(?:{GAP}?{_UNIT})?{_WHOLE}",
}
_WORDS = {
    # a capital and a number behind it: Llama 3.1, Apache 2.0, Magnificent Seven
    "name": rf"(?!(?:{_BEGINNING}){END})[A-Z][{LETTER}\d_]*(?:[-.][{LETTER}\d_]+)*{GAP}"
    rf"(?:\d{{1,4}}(?:\.\d+)*[{LETTER}]?{_WHOLE}(?!{_MEASURED}|{_COMPARED})"
    rf"|(?:{_NUMBER_WORD}){END})",
    "word": rf"[{LETTER}][{LETTER}\d_]*(?:[-./:@+'’][{LETTER}\d_]+)*",  # GPT-4, H100, mid-2025
    "code": rf"\d[{LETTER}\d.,_-]*",  # 5G, 3rd, 01.AI
}


@cache
def read_patterns(months: Iterable[str], *, is_english: bool) -> re.Pattern[str]:
    """The whole table as one pattern. months: their names in the language of the prose."""
    in_words = english.PATTERNS if is_english else {}
    table = {"day": _day_pattern(months), **_DATES, **_LABELLED, **_AMOUNT, **in_words, **_WORDS}
    return re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in table.items()))


def _day_pattern(months: Iterable[str]) -> str:
    """`23 and 24 July`, `July 23`, `3. Juli`, `3 de julio`; a year behind it is taken by itself."""
    names = {form for name in months for form in (name, name.capitalize())}
    month = "|".join(sorted(map(re.escape, names), key=lambda name: (-len(name), name)))
    day = rf"{_DAY}(?:st|nd|rd|th|\.)?(?!\d)"
    days = rf"{day}(?:\s?(?:[-–,]|and|or|to)\s?{day}){{0,3}}"
    between = r"(?:(?<=[a-z])\sof\s|\sde\s|\s)"  # "the 3rd of July", but not "40 of March's 60"
    return (
        rf"{days}{between}(?:{month}){END}"
        rf"|(?:{month})\.?\s{days}{_WHOLE}(?!{_MEASURED})"
    )
