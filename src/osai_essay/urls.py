"""Addresses: from the root (`/power/`), on disk (`power/index.html`), as pages link them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from operator import methodcaller
from urllib.parse import quote, unquote

from osai_essay.model import Config, Essay

_BAD_IN_URL = re.compile(r"[\s\\?#%<>\"'|*:\x00-\x1f]")
_PLACEHOLDER = re.compile(r":[a-z_]+")

# Jekyll's names for common patterns.
PATTERNS: Mapping[str, str] = {
    "pretty": "/:categories/:year/:month/:day/:title/",
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}


class PermalinkError(Exception):
    """A permalink that cannot be an address; the message completes "this permalink ..."."""


def slugify(text: str) -> str:
    """A word for an address: letters and digits of any script, the rest dashes."""
    return re.sub(r"[^\w]+", "-", text.casefold(), flags=re.UNICODE).strip("-_") or "untitled"


def essay_url(essay: Essay, config: Config) -> str:
    """The address of an essay from the site's root, by its permalink or the site's pattern.

    Raises: PermalinkError.
    """
    if essay.permalink:
        return fill_pattern(PATTERNS.get(essay.permalink, essay.permalink), essay)
    if essay.kind == "post":
        return fill_pattern(PATTERNS.get(config.permalink, config.permalink), essay)
    folder = posixpath.dirname(essay.source.removeprefix("content/pages/"))
    slug = "" if essay.slug == "index" else essay.slug
    return check_url(posixpath.join("/", folder, slug, ""))


# Jekyll's names for what a pattern may hold of an essay, and of its date.
_PARTS: Mapping[str, Callable[[Essay], str]] = {
    ":title": lambda essay: re.sub(r"\s+", "-", essay.slug),
    ":slug": lambda essay: slugify(essay.slug),
    ":name": lambda essay: slugify(essay.slug),
    ":categories": lambda essay: "/".join(map(_category, essay.categories)),
    ":slugified_categories": lambda essay: "/".join(map(slugify, essay.categories)),
    ":output_ext": lambda _: ".html",
}
_DATE_PARTS: Mapping[str, Callable[[datetime], str]] = {
    ":year": lambda date: f"{date.year:04}",
    ":short_year": methodcaller("strftime", "%y"),
    ":month": methodcaller("strftime", "%m"),
    ":short_month": methodcaller("strftime", "%b"),
    ":long_month": methodcaller("strftime", "%B"),
    ":day": methodcaller("strftime", "%d"),
    ":y_day": methodcaller("strftime", "%j"),
    ":w_year": methodcaller("strftime", "%G"),
    ":week": methodcaller("strftime", "%V"),
    ":w_day": methodcaller("strftime", "%u"),
    ":short_day": methodcaller("strftime", "%a"),
    ":long_day": methodcaller("strftime", "%A"),
    ":hour": methodcaller("strftime", "%H"),
    ":minute": methodcaller("strftime", "%M"),
    ":second": methodcaller("strftime", "%S"),
    ":i_month": lambda date: str(date.month),
    ":i_day": lambda date: str(date.day),
}


def fill_pattern(pattern: str, essay: Essay) -> str:
    """A pattern such as `/:year/:title/` with an essay's parts in it."""

    def part(found: re.Match[str]) -> str:
        name, date = found[0], essay.date
        if name in _PARTS:
            return _PARTS[name](essay)
        if date and name in _DATE_PARTS:
            return _DATE_PARTS[name](date.value)
        known = ", ".join([*_PARTS, *(_DATE_PARTS if date else ())])
        raise PermalinkError(f"uses {name}, which is none of {known}")

    return check_url(re.sub("/{2,}", "/", "/" + _PLACEHOLDER.sub(part, pattern)))


def _category(name: str) -> str:
    """A category in an address: in small letters, a dash for what no address may hold."""
    return re.sub(rf"(?:{_BAD_IN_URL.pattern}|/)+", "-", name.lower()).strip("-")


def check_url(url: str) -> str:
    """The address itself. Raises: PermalinkError where it leads out or cannot be a file's name."""
    if ".." in url.split("/"):
        raise PermalinkError("leads out of the site")
    if "." in url.split("/"):
        raise PermalinkError("holds a part that is a dot alone")
    found = _BAD_IN_URL.search(url)
    if found:
        raise PermalinkError(f"holds {found[0]!r}, which no address may hold")
    if any(len(part.encode()) > 200 for part in url.split("/")):
        raise PermalinkError("is too long for a file's name")
    return url


def target_of(url: str) -> str:
    """The file under build/ that stands for an address: `/power/` is power/index.html."""
    path = url.lstrip("/")
    if not path or path.endswith("/"):
        return path + "index.html"
    return path if "." in posixpath.basename(path) else path + ".html"


def folders_of(target: str) -> Iterator[str]:
    """All that the path of a file leads through: `a/b` and `a` of `a/b/index.html`."""
    while target := target.rpartition("/")[0]:
        yield target


def relative_link(from_url: str, to_url: str, fragment: str = "") -> str:
    """How a page links another page of the site, so that it works in any folder and from disk."""
    return relative_path(target_of(from_url), target_of(to_url), fragment)


def relative_path(from_target: str, to_target: str, fragment: str = "") -> str:
    """How one file under build/ links another."""
    # from a root, or the library would ask the system for the folder it runs in, twice a link
    path = posixpath.relpath(f"/{to_target}", posixpath.dirname(f"/{from_target}"))
    return quote(path) + (f"#{quote(fragment)}" if fragment else "")


def absolute_link(config: Config, to_url: str) -> str:
    """How 404.html links: from the server's root."""
    return quote(config.baseurl + to_url)


def canonical(config: Config, url: str) -> str:
    """The full address of a page or file, in its short form; without `url`, from the root."""
    short = url.removesuffix("index.html") if url.endswith("/index.html") else url
    return config.url + quote(config.baseurl + short)


def split_fragment(href: str) -> tuple[str, str]:
    """A link without its `#part`, and the part; both as plain characters."""
    path, _, fragment = href.partition("#")
    return unquote(path), unquote(fragment)
