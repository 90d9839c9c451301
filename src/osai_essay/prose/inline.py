"""What we add to Python-Markdown's inline markup: strike, hard breaks, bare addresses."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor, SubstituteTagInlineProcessor
from markdown.treeprocessors import Treeprocessor, UnescapeTreeprocessor
from markdown.util import AtomicString

from osai_essay.prose.attributes import read_list, set_list
from osai_essay.prose.elements import BARE_LINK, NO_ALT
from osai_essay.prose.reading import Reading

MOST_MARKS = 1500  # in one paragraph; the library's time grows with their square

PUNCTUATION = tuple("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")

_MARKS = "*_[]`~!<&\\("
# whatever any pattern of inline markup needs to find; \x02 begins a placeholder of the library
_MARK = re.compile(r"[\\`*_~\[\]!<&@\x02]|://|www\.|  \n")
# The library tries each of its patterns on every text, most of which no essay can match: those that
# need a sign which does not stand in this one are left out.
_NEEDS = {
    "\\": ("break", "escape"),
    "`": ("backtick",),
    "![": ("image_link", "image_reference", "short_image_ref"),
    "[": ("reference", "link", "short_reference"),
    "[^": ("footnote",),
    "<": ("autolink", "automail", "html"),
    "  \n": ("linebreak",),
    "&": ("entity",),
}
_SPAN_LIST = re.compile(r"\{:(?![:/])([^}\n]*)\}")
_BARE = (
    r"(?<![\w@/.:=\x03-])(?:https?://[^\s<>\"\x02\x03]+|www\.[\w-]+\.[^\s<>\"\x02\x03]+"
    r"|[A-Za-z0-9][\w.+-]{0,63}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?![\w@]))"
)
_TRAILING = re.compile(r"(?:[?!.,:;*_~'\u2019\u201d]|&[a-zA-Z]+;)$")
_BLOCK_TAGS = frozenset(
    "p h1 h2 h3 h4 h5 h6 li ul ol dl dt dd table thead tbody tr th td blockquote hr div".split()
)


class BareAddresses(InlineProcessor):
    """`https://example.org` in a sentence becomes a link, as on GitHub."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002
    ) -> tuple[Element | None, int | None, int | None]:
        """The link, without the punctuation that ends the sentence."""
        address = _trim(m[0])
        if len(address) < 5 or address.endswith("//"):
            return None, None, None
        element = Element("a")
        is_mail = "@" in address and not address.startswith(("http", "www."))
        prefix = "mailto:" if is_mail else "" if "://" in address else "http://"
        element.set("href", prefix + address)
        element.set(BARE_LINK, "")
        element.text = AtomicString(address)
        return element, m.start(), m.start() + len(address)


def _trim(address: str) -> str:
    while True:
        if address.endswith(")") and address.count(")") > address.count("("):
            address = address[:-1]
        elif found := _TRAILING.search(address):
            address = address[: found.start()]
        else:
            return address


class SpanLists(Treeprocessor):
    """`*word*{: .class}`: attributes for inline markup; and pictures that were given no words."""

    def __init__(self, md: Markdown, reading: Reading) -> None:
        super().__init__(md)
        self.reading = reading

    def run(self, root: Element) -> None:
        """Give each inline element the attribute list behind it."""
        for element in root.iter():
            if element.tag == "img" and not (element.get("alt") or "").strip():
                element.set(NO_ALT, "")
            tail = element.tail
            if tail and tail.startswith("{:") and element.tag not in _BLOCK_TAGS:
                match = _SPAN_LIST.match(tail)
                if match:
                    set_list(element, read_list(match[1], self.reading.lists))
                    element.tail = tail[match.end() :]


class TooManyMarks(Treeprocessor):
    """Text with so many marks that reading it would take minutes is left as it is."""

    def __init__(self, md: Markdown, reading: Reading) -> None:
        super().__init__(md)
        self.reading = reading

    def run(self, root: Element) -> None:
        """Make such text atomic and say where it stands."""
        for element in root.iter():
            if self._has_too_many(element.text):
                element.text = AtomicString(element.text)
            if self._has_too_many(element.tail):
                element.tail = AtomicString(element.tail)

    def _has_too_many(self, text: str | None) -> bool:
        if not text or len(text) < MOST_MARKS or isinstance(text, AtomicString):
            return False
        if sum(text.count(mark) for mark in _MARKS) < MOST_MARKS:
            return False
        self.reading.places.add(
            "markdown-too-deep",
            self.reading.places.find(text[:40].split("\n")[0]),
            f"one paragraph holds more than {MOST_MARKS:,} brackets, stars and other marks",
            "part it into paragraphs, or put it between ``` lines if it is not prose.",
        )
        return True


class Unmarked(Treeprocessor):
    """Text without a mark is read by no pattern, rather than by fifteen in turn."""

    def __init__(self, md: Markdown, reading: Reading) -> None:
        super().__init__(md)
        self.reading = reading

    def run(self, root: Element) -> None:
        """Make such text atomic, unless abbreviations are to be sought in it later."""
        if self.reading.abbreviations:
            return
        for element in root.iter():
            if element.text and not _MARK.search(element.text):
                element.text = AtomicString(element.text)


class KeptEscapes(UnescapeTreeprocessor):
    """Leaves escaped characters marked, so that no smart quote is made of them."""

    def run(self, root: Element) -> None:
        """Do nothing; the last pass over the page restores them."""


def add_inline(md: Markdown, reading: Reading, text: str) -> None:
    """Register all of this with a Markdown instance that is to convert this text."""
    md.ESCAPED_CHARS = list(PUNCTUATION)
    md.inlinePatterns.register(SubstituteTagInlineProcessor(r"\\{1,2}\n", "br"), "break", 185)
    md.inlinePatterns.register(BareAddresses(_BARE, md), "bare", 85)
    if md.delimiters is not None:
        md.delimiters.add("~", "del", double=True)
    for sign, names in _NEEDS.items():
        if sign not in text:
            for name in names:
                md.inlinePatterns.deregister(name)
    md.treeprocessors.register(TooManyMarks(md, reading), "too-many-marks", 25)
    md.treeprocessors.register(Unmarked(md, reading), "unmarked", 24)
    md.treeprocessors.register(SpanLists(md, reading), "span-lists", 8)
    md.treeprocessors.register(KeptEscapes(md), "unescape", 0)
