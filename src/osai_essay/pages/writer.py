"""One essay's Text -> HTML: names put in, Markdown made, marks where its charts come in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from osai_essay.bind import texts_of_essay
from osai_essay.links import Linker, find_file
from osai_essay.model import Config, Essay, Number, Prose, Resolved, Slot, Text
from osai_essay.names import page_names, site_names
from osai_essay.pages.cards import essay_card
from osai_essay.pages.excerpts import excerpt
from osai_essay.pages.made import MadeEssay, Written, encode
from osai_essay.pages.make import essay_view
from osai_essay.pages.maker import Maker
from osai_essay.pages.marks import Marks
from osai_essay.pages.slots import Slots, without_marks
from osai_essay.pages.views import CardView
from osai_essay.plan import Plan
from osai_essay.problem import Problem, Where
from osai_essay.prose import plain_text, render_prose
from osai_essay.struct import Struct, field, replace
from osai_essay.template import Said, ThemeError, render_line, render_with_places
from osai_essay.template.jekyll_filters import Markdown
from osai_essay.template.values import to_text

_INLINE_START = re.compile(
    r"\s*(?!<)|\s*<(a|abbr|b|cite|code|em|i|img|kbd|mark|q|s|small|span|strong|sub|sup|time|u)\b",
    re.I,
)


class Desk(Struct, frozen=True, kw_only=True):
    """What every essay is written with; mark: what stands for the plan in kept results."""

    root: Path
    config: Config
    plan: Plan
    mark: str = ""


class Writer(Struct, dict=True):
    """Writes one essay, once; slots gather what is put in after Markdown has run.

    bound: the numbers it sees. maker: for the theme's includes; None where it has none.
    """

    desk: Desk
    essay: Essay
    bound: Mapping[str, Number]
    maker: Maker | None = None
    problems: list[Problem] = field(default_factory=list)
    asked: dict[tuple[str, str], str] = field(default_factory=dict)

    def anew(self) -> Writer:
        """Another one for the same essay, who has written nothing yet."""
        return Writer(self.desk, self.essay, self.bound, self.maker)

    @cached_property
    def slots(self) -> Slots:
        """What is put into its text; by a secret that its words cannot hold, being made of them."""
        secret = sha256(self.essay.body.source.encode("utf-8", "replace")).hexdigest()
        return Slots(marks=Marks(secret=secret))

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
        essay = self.essay.digest or self.essay
        return essay, self.url, self.desk.config, self.includes, theme, numbers

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

    def write(self) -> Written:
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
        made = MadeEssay(
            view=view,
            headings=prose.headings if essay.toc else (),
            links=tuple(link for link in prose.links if link.fragment),
            marks=self.slots.marks,
            copies=self.linker.copies,
            numbers=tuple(self.slots.numbers),
            card=card,
            problems=tuple(self.problems),
            asked=self.asked,
            plan="" if self.linker.rests_on_files else self.desk.mark,
        )
        return encode(prose), made

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
        return without_marks(words)

    def source(self, names: Mapping[str, Any], title: str, summary: str) -> Said:
        """The body as Markdown, a slot wherever a value, chart or include comes in."""
        said = render_with_places(
            self.essay.body,
            names,
            show=self.show,
            chart=lambda name, where: self.slots.chart(name),
            include=lambda name, args, where: self.include(name, args, title, summary),
            link=self.file,
            bracket=self.slots.bracket,
        )
        self.problems += said.problems
        return said

    def prose(self, said: Said) -> Prose:
        """The body as HTML."""
        prose, found = render_prose(
            said.words,
            where=self.essay.body.where,
            slots=self.slots.by_mark,
            resolve=self.resolve,
            math=self.essay.math,
            allow_html="html" in self.desk.config.allow,
            place=said.place if said.pieces else None,
        )
        self.problems += found
        return prose

    def show(self, value: Any) -> str:
        """A value in running text."""
        if isinstance(value, Number):
            return self.slots.number(value)
        return (
            self.markdown(value) if isinstance(value, Markdown) else self.slots.text(to_text(value))
        )

    def markdown(self, words: Markdown) -> str:
        """What the filter markdownify was given, as HTML; it may come from anywhere."""
        prose, found = render_prose(
            words,
            where=Where(file=self.essay.source),
            slots=self.slots.by_mark,
            resolve=self.resolve,
            math=self.essay.math,
            allow_html="html" in self.desk.config.allow,
        )
        self.problems += [replace(each, where=Where(file=self.essay.source)) for each in found]
        return self.slots.add(Slot(html=prose.html, text=plain_text(prose.html), is_block=True))

    def include(self, name: str, args: Mapping[str, Any], title: str, summary: str) -> str:
        """An include: Markdown goes into the text, HTML into a slot."""
        if self.maker is None or name not in self.includes:
            return self.slots.chart(name.removesuffix(".html"))
        page = self.maker.page_view(f"{self.essay.layout}.html", self.url, title, summary)
        try:
            made = self.maker.include(name, args, page, self.slots.marks)
        except ThemeError as error:
            self.problems.append(error.problem)
            return ""
        if name.endswith((".md", ".markdown")):
            return str(made)
        is_block = not _INLINE_START.match(made)
        return self.slots.add(
            Slot(html=str(made).strip(), text=plain_text(made), is_block=is_block)
        )


def _heard(number: Number) -> tuple[object, ...]:
    """All of a number that a text can show."""
    return number.spec, number.value, number.text, number.language
