"""Links and pictures: resolved, with their place in the file, and never to a script."""

from __future__ import annotations

import re
from collections.abc import Callable

from osai_essay.model import LinkUse, Resolved
from osai_essay.problem import Problem
from osai_essay.prose.elements import NO_ALT, OWN_LINK
from osai_essay.prose.pieces import Pieces
from osai_essay.prose.places import Places
from osai_essay.prose.tags import Attributes, escape_value
from osai_essay.struct import replace

Resolve = Callable[[str, str], Resolved | Problem]

_SCRIPT = re.compile(r"(?:javascript|vbscript|livescript|mocha|data):", re.IGNORECASE)
_IGNORED_BY_BROWSERS = re.compile("[\x00-\x20\u00a0\u2028\u2029\ufeff]+")
_ADDRESSES = frozenset(
    "href src action formaction xlink:href poster data background cite longdesc ping".split()
)
_LINK_TAGS = {"a": "href", "area": "href"}
_LINK_TAGS |= {"script": "src", "iframe": "src"}  # where they are granted
# What a browser fetches by itself: by attributes of any element, of some in a drawing, by looks.
_FETCHED = ("src", "poster", "background")
_DRAWN = dict.fromkeys(("image", "use", "feimage"), ("href", "xlink:href"))
_LOOKS = frozenset("fill stroke filter mask clip-path marker-start marker-mid marker-end".split())
_IN_LOOKS = re.compile(r"url\(\s*['\"]?\s*([^'\")\s]+)", re.IGNORECASE)


def is_script(href: str) -> bool:
    """True for an address that runs code when followed."""
    return bool(_SCRIPT.match(_IGNORED_BY_BROWSERS.sub("", href)))


class Links:
    """Resolves the addresses of one essay; `uses` are those that lead to pages of the site."""

    def __init__(self, resolve: Resolve, pieces: Pieces, places: Places) -> None:
        self.uses: list[LinkUse] = []
        self._resolve = resolve
        self._pieces = pieces
        self._places = places

    def set(self, name: str, attributes: Attributes) -> None:
        """Put resolved addresses in the place of what the author wrote in a tag."""
        if not attributes:
            return
        is_own = OWN_LINK in attributes
        self._drop_scripts(name, attributes)
        if is_own:
            del attributes[OWN_LINK]
        elif name == "img":
            self._set_image(attributes)
        elif name in _LINK_TAGS:
            self._set_link(name, attributes)
        else:
            for key in (*_FETCHED, *_DRAWN.get(name, ())):
                if key in attributes:
                    self._set_one(attributes, key, "image")
        if attributes.get("srcset"):
            self._set_srcset(attributes)
        if not _LOOKS.isdisjoint(attributes):
            self._fetch_looks(attributes)

    def _fetch_looks(self, attributes: Attributes) -> None:
        """Resolve what the looks of a drawing name, `fill="url(...)"`; it stays as it is."""
        for key in sorted(_LOOKS & attributes.keys()):
            for address in _IN_LOOKS.findall(attributes[key] or ""):
                self._set_one({key: address}, key, "image")

    def _drop_scripts(self, name: str, attributes: Attributes) -> None:
        if _ADDRESSES.isdisjoint(attributes):
            return
        for key in _ADDRESSES & attributes.keys():
            value = attributes[key] or ""
            is_picture = name in ("img", "source") and key == "src"
            words = self._pieces.to_text(value)
            if not is_script(words) or (is_picture and words.lower().startswith("data:image/")):
                continue
            self._places.add(
                "link-unsafe",
                self._places.find(value, escape_value(value), "script:", is_link=True),
                f'an address may not run a script: "{words[:60]}"',
                "link to a page, or move the script to a file in content/static/assets.",
            )
            del attributes[key]

    def _set_link(self, name: str, attributes: Attributes) -> None:
        key = _LINK_TAGS[name]
        written = attributes.get(key)
        resolved = self._set_one(attributes, key, "link")
        if resolved and resolved.url is not None and written is not None and key == "href":
            self.uses.append(
                LinkUse(
                    href=self._pieces.to_text(written),
                    url=resolved.url,
                    fragment=resolved.fragment,
                    where=self._last_place,
                )
            )

    def _set_image(self, attributes: Attributes) -> None:
        written = attributes.get("src") or ""
        has_alt = NO_ALT not in attributes and "alt" in attributes
        attributes.pop(NO_ALT, None)
        resolved = self._set_one(attributes, "src", "image")
        if resolved and resolved.width and resolved.height and not attributes.keys() & _SIZE:
            attributes |= {"width": str(resolved.width), "height": str(resolved.height)}
        attributes.setdefault("loading", "lazy")
        attributes.setdefault("decoding", "async")
        if not has_alt:
            attributes.setdefault("alt", "")
            self._places.add(
                "image-without-alt",
                self._last_place if written else self._places.find("<img"),
                f'the picture "{self._pieces.to_text(written)}" has no words for who cannot see it',
                "say between the brackets what it shows: ![A port at dawn](port.jpg); an image"
                ' that only decorates is <img src="..." alt="">.',
                "warning",
            )

    def _set_srcset(self, attributes: Attributes) -> None:
        candidates = []
        for part in (attributes["srcset"] or "").split(","):
            words = part.split()
            if words:
                one: Attributes = {"src": words[0]}
                self._set_one(one, "src", "image")
                candidates.append(" ".join([one["src"] or "", *words[1:]]))
        attributes["srcset"] = ", ".join(candidates)

    def _set_one(self, attributes: Attributes, key: str, kind: str) -> Resolved | None:
        """Resolve one address; a problem with it gets its place in the file."""
        value = attributes.get(key)
        if value is None:
            return None
        written = value.removeprefix("http://") if value.startswith("http://www.") else value
        written = written.removeprefix("mailto:")
        self._last_place = self._places.find(value, escape_value(value), written, is_link=True)
        href = self._pieces.to_text(value)
        resolved = self._resolve(kind, href)
        if isinstance(resolved, Problem):
            self._places.keep(replace(resolved, where=self._last_place))
            return None
        attributes[key] = resolved.href
        return resolved


_SIZE = {"width", "height"}
