"""What pages are made of, and the files they become."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

from osai_essay.problem import Where
from osai_essay.struct import Struct


class Heading(Struct, frozen=True, kw_only=True):
    """A heading of an essay: level 1 to 6, its anchor, its words without markup.

    in_contents: False where its author keeps it out of tables of contents, by `{: .no_toc}`.
    """

    level: int
    id: str
    text: str
    in_contents: bool = True


class LinkUse(Struct, frozen=True, kw_only=True):
    """A link in an essay to a page of the site: what was written, where it leads."""

    href: str
    url: str
    fragment: str
    where: Where


class Prose(Struct, frozen=True, kw_only=True):
    """An essay's Markdown as HTML.

    html: its footnotes at the end alone; page_html: short ones beside the text too.
    """

    html: str
    page_html: str
    headings: tuple[Heading, ...] = ()
    links: tuple[LinkUse, ...] = ()
    words: int = 0


class Slot(Struct, frozen=True, kw_only=True):
    """What stands behind one private-use character of a Markdown source.

    html: what is put into running text; text: what is put into attributes and titles.
    anchor: what stands for it in the anchor of a heading, where that is not its text.
    """

    html: str
    text: str = ""
    anchor: str = ""
    is_block: bool = False


class Resolved(Struct, frozen=True, kw_only=True):
    """Where a link or picture of an essay leads.

    href: to be printed, relative to the page. width, height: px of a picture, where known.
    url, fragment: the page of this site it leads to; None for the world outside.
    """

    href: str
    url: str | None = None
    fragment: str = ""
    width: int | None = None
    height: int | None = None


class Later(Struct, frozen=True, kw_only=True):
    """Bytes that are kept, read when they are asked for; sha256: in hex digits."""

    size: int
    sha256: str
    read: Callable[[], bytes]


Content = bytes | Later


def read_content(content: Content) -> bytes:
    """The bytes of a file of this build or an earlier one."""
    return content if isinstance(content, bytes) else content.read()


def content_mark(content: Content) -> str:
    """What stands for the bytes of a file in keys."""
    return sha256(content).hexdigest() if isinstance(content, bytes) else content.sha256


class OutputFile(Struct, frozen=True, kw_only=True):
    """One file of the finished site: its path under build/ and its bytes."""

    target: str
    content: Content

    def read(self) -> bytes:
        """Its bytes."""
        return read_content(self.content)
