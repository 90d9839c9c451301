"""What an essay's text was made into: kept between builds, handed from process to process."""

from __future__ import annotations

from collections.abc import Mapping

from osai_essay.model import Heading, LinkUse, Prose
from osai_essay.pages.marks import Marks
from osai_essay.pages.views import CardView, EssayView
from osai_essay.problem import Problem
from osai_essay.struct import Struct

# The two forms of an essay's HTML, as files that are not read before they are wanted.
AT_END = "notes at the end"
BESIDE = "notes beside the text"


class MadeEssay(Struct, frozen=True, kw_only=True):
    """What an essay's text was made into, but for the HTML.

    mark: what stands for its view in keys. headings: where it has a table of contents. links: those
        to a part of a page, which are checked once pages are made.
    asked: where each link, picture or file led, in words that tell one answer from another.
    plan: the mark of the plan that answered; empty where files answered too.
    """

    view: EssayView
    mark: str = ""
    headings: tuple[Heading, ...]
    links: tuple[LinkUse, ...]
    marks: Marks
    copies: Mapping[str, str]
    numbers: tuple[str, ...]
    card: CardView | None
    problems: tuple[Problem, ...]
    asked: Mapping[tuple[str, str], str]
    plan: str


Written = tuple[dict[str, bytes], MadeEssay]  # its HTML, in both forms, and all else


def encode(prose: Prose) -> dict[str, bytes]:
    """Both forms of an essay's HTML, as files."""
    forms = {AT_END: prose.html, BESIDE: prose.page_html}
    return {name: html.encode("utf-8", "replace") for name, html in forms.items()}
