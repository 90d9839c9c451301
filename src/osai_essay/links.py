"""Where a link or picture in an essay leads: to a page, a file beside it, or the world outside."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

from osai_essay.files import is_file, is_public, outside
from osai_essay.images import SUFFIXES, picture_size
from osai_essay.model import Config, Resolved
from osai_essay.plan import Address, Plan
from osai_essay.problem import Problem, Where, nearest
from osai_essay.urls import relative_path, split_fragment, target_of

_MARKDOWN = (".md", ".markdown")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")


class Linker:
    """Resolves the links of one essay; `copies` are the files beside it that it needs.

    copies: address in the site -> path under the root.
    """

    def __init__(self, root: Path, config: Config, plan: Plan, source: str) -> None:
        self.root = root
        self.config = config
        self.plan = plan
        self.source = source
        self.url = plan.essay_urls[source]
        self.copies: dict[str, str] = {}
        self.rests_on_files = False  # what was asked until now

    def resolve(self, kind: str, href: str) -> Resolved | Problem:
        """Where a link (`kind` "link") or picture ("image") leads; a problem has no line yet."""
        href = self.without_own_host(href)
        if _SCHEME.match(href) or href.startswith("//"):
            is_fetched = kind == "image" and not href.lower().startswith("data:image/")
            return self.third_party(href) if is_fetched else Resolved(href=href)
        path, fragment = split_fragment(href)
        path = path.partition("?")[0]
        if not path:
            return Resolved(href=href or "#", url=self.url, fragment=fragment)
        if path.startswith("/"):
            return self.to_site(kind, path, fragment, href)
        return self.to_neighbour(kind, path, fragment, href)

    def without_own_host(self, href: str) -> str:
        """A full address of this site, as Jekyll's absolute_url makes it, from the site's root."""
        own = self.config.url + self.config.baseurl
        is_own = self.config.url and f"{href}/".startswith(f"{own}/")
        return href[len(self.config.url) :] or "/" if is_own else href

    def to_site(self, kind: str, path: str, fragment: str, href: str) -> Resolved | Problem:
        """A link from the site's root, with or without the baseurl."""
        base = self.config.baseurl
        has_base = base and f"{path}/".startswith(f"{base}/")
        inner = path[len(base) :] or "/" if has_base else path
        address = find_address(self.plan.addresses, inner)
        return self.to_address(kind, address, fragment) if address else self.broken(href)

    def to_neighbour(self, kind: str, path: str, fragment: str, href: str) -> Resolved | Problem:
        """A link from the essay's own file, or as blogs do it from the essay's page."""
        file = posixpath.normpath(posixpath.join(posixpath.dirname(self.source), path))
        if file.startswith(".."):
            return outside(Where(file=self.source), href)
        if file in self.plan.essay_urls:
            return self.to_address(kind, self.plan.addresses[self.plan.essay_urls[file]], fragment)
        if file.startswith("content/static/"):
            return self.to_site(kind, file.removeprefix("content/static"), fragment, href)
        self.rests_on_files = True
        if is_file(self.root / file):
            return self.to_copy(kind, file, fragment, href)
        page = posixpath.join(posixpath.dirname(target_of(self.url)), path)
        inner = posixpath.normpath("/" + page) + ("/" if path.endswith("/") else "")
        address = find_address(self.plan.addresses, inner)
        return self.to_address(kind, address, fragment) if address else self.broken(href)

    def to_address(self, kind: str, address: Address, fragment: str) -> Resolved:
        """A link to a page or file of the plan."""
        is_static = address.kind == "static"
        size = self.size(address.name) if kind == "image" and is_static else None
        return Resolved(
            href=relative_path(target_of(self.url), address.target, fragment),
            url=None if is_static else address.url,
            fragment="" if is_static else fragment,
            width=size[0] if size else None,
            height=size[1] if size else None,
        )

    def to_copy(self, kind: str, file: str, fragment: str, href: str) -> Resolved | Problem:
        """A file that lies beside the essay goes with its page."""
        path = self.root / file
        if not file.startswith("content/") or not is_public(self.root, path, "content"):
            return outside(Where(file=self.source), href)
        if path.suffix.lower() in (*_MARKDOWN, ".yml", ".yaml", ".py"):
            return self.broken(href, file)
        folder = posixpath.dirname("/" + target_of(self.url))
        url = posixpath.join(folder, posixpath.basename(file))
        taken = self.copies.get(url) or self.plan.targets.get(url.lstrip("/"))
        if taken and taken != file:
            return self.taken(href, url, taken)
        self.copies[url] = file
        size = self.size(file) if kind == "image" else None
        tail = f"#{quote(fragment)}" if fragment else ""
        return Resolved(
            href=quote(posixpath.basename(file)) + tail,
            width=size[0] if size else None,
            height=size[1] if size else None,
        )

    def size(self, file: str) -> tuple[int, int] | None:
        """Width and height of a picture under the root, in px."""
        self.rests_on_files = True
        is_picture = Path(file).suffix.lower() in SUFFIXES
        return picture_size(self.root / file) if is_picture else None

    def taken(self, href: str, url: str, other: str) -> Problem:
        """The problem of a file beside an essay whose address is another's."""
        return Problem(
            code="url-taken",
            where=Where(file=self.source),
            message=f'"{href}" would be copied to {url}, which is taken by "{other}"',
            fix="give one of the two another name.",
        )

    def third_party(self, href: str) -> Problem:
        """The problem of what a page would fetch from elsewhere."""
        return Problem(
            code="link-third-party",
            where=Where(file=self.source),
            message=f'every reader would fetch "{href[:80]}" from another site',
            fix="copy the file into the site, beside the essay or into content/static/assets.",
        )

    def broken(self, href: str, file: str = "") -> Problem:
        """The problem of a link that leads nowhere, or to a file of which no page is made."""
        if file in self.plan.left_out:
            return is_left_out(href, self.plan.left_out[file], Where(file=self.source))
        path = split_fragment(href)[0]
        others = [each for each in self.plan.addresses if each != self.url]
        others += [posixpath.basename(each) for each in self.plan.essay_urls if each != self.source]
        near = nearest(path, others)
        return Problem(
            code="link-broken",
            where=Where(file=self.source),
            message=f'nothing of this site is at "{href}"',
            fix=f'did you mean "{near}"?'
            if near
            else "name a file of content/, a page of the site from its root, or a full address.",
        )


def is_left_out(name: str, why: str, where: Where) -> Problem:
    """The problem of a link to an essay that is no part of the site today."""
    return Problem(
        code="link-broken",
        where=where,
        message=f'"{name}" is {why}',
        fix="publish it, or take the link out.",
    )


def find_address(addresses: Mapping[str, Address], path: str) -> Address | None:
    """The page or file at a path from the root, as /x, /x/, /x.html or /x/index.html."""
    for candidate in (
        path,
        path.rstrip("/") + "/",
        path.removesuffix("index.html"),
        path + ".html",
    ):
        if candidate in addresses:
            return addresses[candidate]
    return None


def find_file(plan: Plan, name: str) -> str | None:
    """The address of what an author calls by its file, as Jekyll's `link` and `post_url` do.

    name: `_posts/2026-11-21-x.md`, `2026-11-21-x`, `about.md`, or a file of content/static/.
    """
    path = name.removeprefix("/").removeprefix("_posts/")
    for file in _files_of(path):
        if file in plan.essay_urls:
            return plan.essay_urls[file]
    if path in plan.stem_urls:
        return plan.stem_urls[path]
    address = plan.addresses.get(f"/{path}")
    return address.url if address else None


def why_left_out(plan: Plan, name: str) -> str | None:
    """Why an essay that an author calls by its file makes no page; None where there is none."""
    files = _files_of(name.removeprefix("/").removeprefix("_posts/"))
    return next((plan.left_out[file] for file in files if file in plan.left_out), None)


def _files_of(path: str) -> Iterator[str]:
    """The files that an essay's name may stand for."""
    for folder in ("", "content/posts/", "content/pages/"):
        yield from (f"{folder}{path}{suffix}" for suffix in ("", *_MARKDOWN))
