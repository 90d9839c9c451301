"""An essay's Text -> its page: names put in, Markdown made HTML, charts in their places."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from osai_essay.links import Linker
from osai_essay.model import Bound, Essay, Number, Prose, Slot, Text
from osai_essay.names import page_names, site_names
from osai_essay.pages.cards import essay_card
from osai_essay.pages.make import essay_view
from osai_essay.pages.maker import Maker, Marks
from osai_essay.pages.views import CardView, EssayView, PageView
from osai_essay.problem import Problem, Where
from osai_essay.prose import plain_text, render_prose
from osai_essay.template import Said, ThemeError, render_text, render_with_places
from osai_essay.template.filters import to_text

FIRST_SLOT = 0xF0000
_PRIVATE = re.compile("[\U000f0000-\U0010ffff]")
_NEEDS_SLOT = re.compile(r"[&<>*_\[\]`\\$~\"'|{}#!\n]")
_INLINE_START = re.compile(
    r"\s*(?!<)|\s*<(a|abbr|b|cite|code|em|i|img|kbd|mark|q|s|small|span|strong|sub|sup|time|u)\b",
    re.I,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenEssay:
    """An essay's prose with marks for its charts, and what lists show of it.

    copies: address -> file beside the essay, for the pictures it shows.
    numbers: the names of those it prints in its text, in order.
    card: the picture its author chose for it.
    """

    essay: Essay
    url: str
    view: EssayView
    prose: Prose
    marks: Marks
    copies: Mapping[str, str]
    numbers: tuple[str, ...] = ()
    card: CardView | None = None

    @property
    def charts(self) -> tuple[str, ...]:
        """The charts it shows, in order, each once."""
        return tuple(dict.fromkeys(self.marks.names))


def write_essays(
    maker: Maker, root: Path, essays: Iterable[Essay], bound: Bound
) -> tuple[tuple[WrittenEssay, ...], tuple[Problem, ...]]:
    """Every essay's prose; problems of all of them."""
    written: list[WrittenEssay] = []
    problems: list[Problem] = []
    for essay in essays:
        if essay.source in maker.plan.essay_urls:
            one, found = _Writer(maker, root, essay, bound.seen_from(essay.source)).write()
            written.append(one)
            problems += found
    return tuple(written), (*problems, *check_copies(written))


def check_copies(essays: Iterable[WrittenEssay]) -> Iterator[Problem]:
    """A problem for each file beside an essay that would overwrite another essay's."""
    first: dict[str, tuple[str, str]] = {}  # address -> its file, and the essay that brought it
    for written in essays:
        for url, file in written.copies.items():
            other, essay = first.setdefault(url, (file, written.essay.source))
            if other != file:
                yield Problem(
                    code="url-taken",
                    where=Where(file=written.essay.source),
                    message=f"{file} would stand at {url}, where {other} of {essay} stands",
                    fix="rename one of the two files.",
                )


@dataclass
class _Writer:
    """Writes one essay; slots gather what is put in after Markdown has run."""

    maker: Maker
    root: Path
    essay: Essay
    bound: Mapping[str, Number]
    slots: dict[str, Slot] = field(default_factory=dict)
    marks: Marks = field(default_factory=Marks)
    problems: list[Problem] = field(default_factory=list)
    numbers: dict[str, None] = field(default_factory=dict)
    is_in_claim: bool = False

    def write(self) -> tuple[WrittenEssay, tuple[Problem, ...]]:
        essay, config = self.essay, self.maker.config
        url = self.maker.plan.essay_urls[essay.source]
        names = {"site": site_names(config), "page": page_names(essay, url), **self.bound}
        title = self.line(essay.title, names)
        summary = self.line(essay.description, names) if essay.description else ""
        page = self.maker.page_view(f"{essay.layout}.html", url, title, summary)
        linker = Linker(self.root, config, self.maker.plan, essay.source)
        prose = self.prose(self.source(names, page), linker)
        view = essay_view(
            essay,
            config,
            url=url,
            title=title,
            description=summary,
            summary=summary or first_words(prose),
            words=prose.words,
        )
        written = WrittenEssay(
            essay=essay,
            url=url,
            view=view,
            prose=prose,
            marks=self.marks,
            copies=linker.copies,
            numbers=tuple(self.numbers),
            card=self.card(linker),
        )
        return written, tuple(self.problems)

    def card(self, linker: Linker) -> CardView | None:
        card = essay_card(self.essay.image, linker) if self.essay.image else None
        if isinstance(card, Problem):
            self.problems.append(card)
            return None
        return card

    def line(self, text: Text, names: Mapping[str, Any]) -> str:
        words, found = render_text(text, names)
        self.problems += found
        return _PRIVATE.sub("", words)

    def source(self, names: Mapping[str, Any], page: PageView) -> Said:
        """The body as Markdown, a slot wherever a value, chart or include comes in."""
        said = render_with_places(
            self.essay.body,
            names,
            show=self.show,
            chart=lambda name, where: self.chart(name),
            include=lambda name, args, where: self.include(name, args, page),
            bracket=self.bracket,
        )
        self.problems += said.problems
        return said

    def prose(self, said: Said, linker: Linker) -> Prose:
        prose, found = render_prose(
            said.words,
            where=self.essay.body.where,
            slots=self.slots,
            resolve=linker.resolve,
            math=self.essay.math,
            allow_html="html" in self.maker.config.allow,
            place=said.place if said.pieces else None,
        )
        self.problems += found
        return prose

    def slot(self, slot: Slot) -> str:
        mark = chr(FIRST_SLOT + len(self.slots))
        self.slots[mark] = slot
        return mark

    def show(self, value: Any) -> str:
        """A value in running text: as it is, or as a slot where Markdown would read signs in it."""
        if isinstance(value, Number):
            return self.number(value)
        text = _PRIVATE.sub("", to_text(value))
        if not _NEEDS_SLOT.search(text):
            return text
        return self.slot(Slot(html=html.escape(text, quote=False), text=text))

    def number(self, number: Number) -> str:
        """A number as a link to its audit; bare within a claim, which is a link itself."""
        self.numbers[number.name] = None
        text = _PRIVATE.sub("", number.text)
        words = html.escape(text, quote=False)
        link = f'<a class="number" href="#number-{number.name}">{words}</a>'
        return self.slot(Slot(html=words if self.is_in_claim else link, text=text))

    def bracket(self, claim: int | None, is_start: bool) -> str:
        """What stands before and after the words of a claim."""
        if claim is None:
            return ""
        self.is_in_claim = is_start
        link = f'<a class="claim" href="#claim-{claim + 1}">' if is_start else "</a>"
        return self.slot(Slot(html=link))

    def chart(self, name: str) -> str:
        return self.slot(Slot(html=self.marks.add(name), is_block=True))

    def include(self, name: str, args: Mapping[str, Any], page: PageView) -> str:
        """An include: Markdown goes into the text, HTML into a slot."""
        if not self.maker.has_include(name):
            return self.chart(name.removesuffix(".html"))
        try:
            made = self.maker.include(name, args, page, self.marks)
        except ThemeError as error:
            self.problems.append(error.problem)
            return ""
        if name.endswith((".md", ".markdown")):
            return str(made)
        is_block = not _INLINE_START.match(made)
        return self.slot(Slot(html=str(made).strip(), text=plain_text(made), is_block=is_block))


def first_words(prose: Prose, most: int = 200) -> str:
    """The beginning of an essay's first paragraph, for where it has no description."""
    found = re.search(r"<p>(.*?)</p>", prose.html, re.DOTALL)
    words = (
        _PRIVATE.sub("", plain_text(re.sub(r"<sup.*?</sup>", "", found[1], flags=re.DOTALL)))
        if found
        else ""
    )
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
