"""Renders a piece of Markdown for the tests of prose, with links that lead to themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from osai_essay.model import Prose, Resolved, Slot
from osai_essay.problem import Problem, Where
from osai_essay.prose import render_prose

NUMBER = "\U000f0000"
CHART = "\U000f0001"
OPEN_CLAIM, CLOSE_CLAIM = "\U000f0002", "\U000f0003"
SLOTS = {
    NUMBER: Slot(html='<a href="#n1">$349 billion</a>', text="$349 billion"),
    CHART: Slot(html="<figure>bars</figure>", text="bars", is_block=True),
    OPEN_CLAIM: Slot(html='<span class="claim">'),
    CLOSE_CLAIM: Slot(html="</span>"),
}
START = Where(file="content/posts/a.md", line=1, column=1)


@dataclass(frozen=True)
class Case:
    prose: Prose
    problems: tuple[Problem, ...]

    @property
    def html(self) -> str:
        return self.prose.html

    @property
    def codes(self) -> list[str]:
        return [problem.code for problem in self.problems]


def resolve(kind: str, href: str) -> Resolved | Problem:
    """Pages end in .md, pictures in .png; `missing` is missing, the rest is the world outside."""
    if "missing" in href:
        return Problem(
            code="link-broken", where=Where(file="?"), message=f"no {href}", fix="make one"
        )
    page, _, fragment = href.partition("#")
    if page.endswith(".md"):
        return Resolved(href=f"../{page[:-3]}/index.html", url=f"/{page[:-3]}/", fragment=fragment)
    if kind == "image" and href.endswith(".png"):
        return Resolved(href=href, width=640, height=480)
    return Resolved(href=href)


def render(
    source: str,
    *,
    math: bool = False,
    where: Where = START,
    allow_html: bool = False,
    slots: Mapping[str, Slot] = SLOTS,
) -> Case:
    prose, problems = render_prose(
        source, where=where, slots=slots, resolve=resolve, math=math, allow_html=allow_html
    )
    return Case(prose, problems)


def html(source: str, *, math: bool = False) -> str:
    """The HTML on one line, of Markdown with nothing wrong in it."""
    case = render(source, math=math)
    assert not case.problems
    return " ".join(case.html.split()).replace("> <", "><")
