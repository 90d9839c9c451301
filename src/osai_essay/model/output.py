"""What pages are made of, and the files they become."""

from __future__ import annotations

from dataclasses import dataclass, field

from osai_essay.problem import Where


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of an essay: level 1 to 6, its anchor, its words without markup.

    in_contents: False where its author keeps it out of tables of contents, by `{: .no_toc}`.
    """

    level: int
    id: str
    text: str
    in_contents: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkUse:
    """A link in an essay to a page of the site: what was written, where it leads."""

    href: str
    url: str
    fragment: str
    where: Where


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """An essay's Markdown as HTML.

    html: its footnotes at the end alone; page_html: short ones beside the text too.
    """

    html: str
    page_html: str
    headings: tuple[Heading, ...] = ()
    links: tuple[LinkUse, ...] = ()
    words: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """What stands behind one private-use character of a Markdown source.

    html: what is put into running text; text: what is put into attributes and titles.
    anchor: what stands for it in the anchor of a heading, where that is not its text.
    """

    html: str
    text: str = ""
    anchor: str = ""
    is_block: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """Where a link or picture of an essay leads.

    href: to be printed, relative to the page. width, height: px of a picture, where known.
    url, fragment: the page of this site it leads to; None for the world outside.
    """

    href: str
    url: str | None = None
    fragment: str = ""
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputFile:
    """One file of the finished site: its path under build/ and its bytes."""

    target: str
    content: bytes = field(repr=False)
