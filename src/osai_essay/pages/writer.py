"""One essay's Text -> HTML: names put in, Markdown made, marks where its charts come in."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from osai_essay.bind import texts_of_essay
from osai_essay.links import Linker, find_file
from osai_essay.model import Config, Essay, Number, Prose, Resolved, Slot, Text
from osai_essay.names import page_names, site_names
from osai_essay.pages.cards import essay_card
from osai_essay.pages.make import essay_view
from osai_essay.pages.maker import Maker, Marks
from osai_essay.pages.views import CardView, EssayView
from osai_essay.plan import Plan
from osai_essay.problem import Problem, Where
from osai_essay.prose import plain_text, render_prose
from osai_essay.template import Said, ThemeError, render_line, render_with_places
from osai_essay.template.values import to_text
from osai_essay.template.jekyll_filters import Markdown

FIRST_SLOT = 0xF0000
_PRIVATE = re.compile("[\U000f0000-\U0010ffff]")
_NEEDS_SLOT = re.compile(r"[&<>*_\[\]`\\$~\"'|{}#!\n]")
_NOT_SAID = re.compile(r"<(nav|h[1-6])\b.*?</\1>", re.DOTALL)  # in the words of a list
_INLINE_START = re.compile(
    r"\s*(?!<)|\s*<(a|abbr|b|cite|code|em|i|img|kbd|mark|q|s|small|span|strong|sub|sup|time|u)\b",
    re.I,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What every essay is written with; mark: what stands for the plan in kept results."""

    root: Path
    config: Config
    plan: Plan
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeEssay:
    """What an essay's text was made into.

    asked: where each link, picture or file led, in words that tell one answer from another.
    plan: the mark of the plan that answered; empty where files answered too.
    """

    view: EssayView
    prose: Prose
    marks: Marks
    copies: Mapping[str, str]
    numbers: tuple[str, ...]
    card: CardView | None
    problems: tuple[Problem, ...]
    asked: Mapping[tuple[str, str], str]
    plan: str


@dataclass
class Writer:
    """Writes one essay; slots gather what is put in after Markdown has run.

    bound: the numbers it sees. maker: for the theme's includes; None where it has none.
    """

    desk: Desk
    essay: Essay
    bound: Mapping[str, Number]
    maker: Maker | None = None
    slots: dict[str, Slot] = field(default_factory=dict)
    marks: Marks = field(default_factory=Marks)
    problems: list[Problem] = field(default_factory=list)
    numbers: dict[str, None] = field(default_factory=dict)
    is_in_claim: bool = False
    asked: dict[tuple[str, str], str] = field(default_factory=dict)

    @cached_property
    def url(self) -> str:
        """Where its page is."""
        return self.desk.plan.essay_urls[self.essay.source]

    @cached_property
    def linker(self) -> Linker:
        """Resolves its links, and gathers the files beside it."""
        return Linker(self.desk.root, self.desk.config, self.desk.plan, self.essay.source)

    @cached_property
    def includes(self) -> tuple[str, ...]:
        """The theme's includes in it, which may show any number."""
        names = (use.name for use in self.essay.body.includes)
        return tuple(name for name in names if self.maker and self.maker.has_include(name))

    @property
    def names_used(self) -> frozenset[str]:
        """Every name in its texts."""
        return frozenset(use.name for text in texts_of_essay(self.essay) for use in text.names)

    def key(self) -> tuple[object, ...]:
        """All that goes into it, but for what it asks on its way."""
        used = self.bound if self.includes else self.names_used
        numbers = [_heard(number) for name, number in self.bound.items() if name in used]
        theme = self.maker.mark if self.maker and self.includes else ""
        return self.essay, self.url, self.desk.config, self.includes, theme, numbers

    def is_answered_alike(self, made: MadeEssay) -> bool:
        """True if all that was asked on the way to a kept essay would be answered alike now."""
        if made.plan and made.plan == self.desk.mark:
            return True
        linker = Linker(self.desk.root, self.desk.config, self.desk.plan, self.essay.source)
        return all(
            repr(self.find(name) if kind == "file" else linker.resolve(kind, name)) == answer
            for (kind, name), answer in made.asked.items()
        )

    def resolve(self, kind: str, href: str) -> Resolved | Problem:
        """Where a link or picture leads."""
        found = self.linker.resolve(kind, href)
        self.asked[kind, href] = repr(found)
        return found

    def find(self, name: str) -> str:
        """The address of a file of the site that a tag names."""
        return find_file(self.desk.plan, name) or ""  # checked before

    def file(self, name: str) -> str:
        """The same, noted as asked."""
        found = self.find(name)
        self.asked["file", name] = repr(found)
        return found

    def write(self) -> MadeEssay:
        """The essay as HTML, with its problems."""
        essay, config, url = self.essay, self.desk.config, self.url
        names = {"site": site_names(config), "page": page_names(essay, url), **self.bound}
        title = self.line(essay.title, names)
        summary = self.line(essay.description, names) if essay.description else ""
        prose = self.prose(self.source(names, title, summary))
        view = essay_view(
            essay,
            config,
            url=url,
            title=title,
            description=summary,
            summary=summary or excerpt(prose, essay.excerpt_separator or config.excerpt_separator),
            words=prose.words,
        )
        card = self.card()
        return MadeEssay(
            view=view,
            prose=prose,
            marks=self.marks,
            copies=self.linker.copies,
            numbers=tuple(self.numbers),
            card=card,
            problems=tuple(self.problems),
            asked=self.asked,
            plan="" if self.linker.rests_on_files else self.desk.mark,
        )

    def card(self) -> CardView | None:
        """The picture its author chose for it."""
        image = self.essay.image
        if image:
            self.resolve("image", image.path)
        card = essay_card(image, self.linker) if image else None
        if isinstance(card, Problem):
            self.problems.append(card)
            return None
        return card

    def line(self, text: Text, names: Mapping[str, Any]) -> str:
        """A title or a description in plain words."""
        words, found = render_line(text, names)
        self.problems += found
        return _PRIVATE.sub("", words)

    def source(self, names: Mapping[str, Any], title: str, summary: str) -> Said:
        """The body as Markdown, a slot wherever a value, chart or include comes in."""
        said = render_with_places(
            self.essay.body,
            names,
            show=self.show,
            chart=lambda name, where: self.chart(name),
            include=lambda name, args, where: self.include(name, args, title, summary),
            link=self.file,
            bracket=self.bracket,
        )
        self.problems += said.problems
        return said

    def prose(self, said: Said) -> Prose:
        """The body as HTML."""
        prose, found = render_prose(
            said.words,
            where=self.essay.body.where,
            slots=self.slots,
            resolve=self.resolve,
            math=self.essay.math,
            allow_html="html" in self.desk.config.allow,
            place=said.place if said.pieces else None,
        )
        self.problems += found
        return prose

    def slot(self, slot: Slot) -> str:
        """The private-use character that stands for what is put in after Markdown has run."""
        mark = chr(FIRST_SLOT + len(self.slots))
        self.slots[mark] = slot
        return mark

    def show(self, value: Any) -> str:
        """A value in running text: as it is, or as a slot where Markdown would read signs in it."""
        if isinstance(value, Number):
            return self.number(value)
        if isinstance(value, Markdown):
            return self.markdown(value)
        text = _PRIVATE.sub("", to_text(value))
        if not _NEEDS_SLOT.search(text):
            return text
        return self.slot(Slot(html=html.escape(text, quote=False), text=text))

    def markdown(self, words: Markdown) -> str:
        """What the filter markdownify was given, as HTML; it may come from anywhere."""
        prose, found = render_prose(
            words,
            where=Where(file=self.essay.source),
            slots=self.slots,
            resolve=self.resolve,
            math=self.essay.math,
            allow_html="html" in self.desk.config.allow,
        )
        self.problems += [replace(each, where=Where(file=self.essay.source)) for each in found]
        return self.slot(Slot(html=prose.html, text=plain_text(prose.html), is_block=True))

    def number(self, number: Number) -> str:
        """A number as a link to its audit; bare within a claim, which is a link itself."""
        self.numbers[number.name] = None
        text = _PRIVATE.sub("", number.text)
        words = html.escape(text, quote=False)
        link = f'<a class="number" href="#number-{number.name}">{words}</a>'
        anchor = number.name.replace("_", " ")
        return self.slot(Slot(html=words if self.is_in_claim else link, text=text, anchor=anchor))

    def bracket(self, claim: int | None, is_start: bool) -> str:
        """What stands before and after the words of a claim."""
        if claim is None:
            return ""
        self.is_in_claim = is_start
        link = f'<a class="claim" href="#claim-{claim + 1}">' if is_start else "</a>"
        return self.slot(Slot(html=link))

    def chart(self, name: str) -> str:
        """The mark of a chart."""
        return self.slot(Slot(html=self.marks.add(name), is_block=True))

    def include(self, name: str, args: Mapping[str, Any], title: str, summary: str) -> str:
        """An include: Markdown goes into the text, HTML into a slot."""
        if self.maker is None or name not in self.includes:
            return self.chart(name.removesuffix(".html"))
        page = self.maker.page_view(f"{self.essay.layout}.html", self.url, title, summary)
        try:
            made = self.maker.include(name, args, page, self.marks)
        except ThemeError as error:
            self.problems.append(error.problem)
            return ""
        if name.endswith((".md", ".markdown")):
            return str(made)
        is_block = not _INLINE_START.match(made)
        return self.slot(Slot(html=str(made).strip(), text=plain_text(made), is_block=is_block))


def _heard(number: Number) -> tuple[object, ...]:
    """All of a number that a text can show."""
    return number.spec, number.value, number.text, number.language


def excerpt(prose: Prose, separator: str) -> str:
    """What stands before the separator, where there is one; else the essay's first words."""
    before, found, _ = prose.html.partition(separator) if separator else ("", "", "")
    return _words(_NOT_SAID.sub("", before)) if found else first_words(prose)


def _words(html: str) -> str:
    """The words of HTML without its notes' numbers and what stands for charts."""
    return _PRIVATE.sub("", plain_text(re.sub(r"<sup.*?</sup>", "", html, flags=re.DOTALL)))


def first_words(prose: Prose, most: int = 200) -> str:
    """The beginning of an essay's first paragraph, for where it has no description."""
    found = re.search(r"<p>(.*?)</p>", prose.html, re.DOTALL)
    words = _words(found[1]) if found else ""
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
