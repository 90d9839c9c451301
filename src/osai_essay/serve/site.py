"""A built site in memory: what stands at an address, as a static host would answer."""

from __future__ import annotations

import posixpath
import zlib
from collections.abc import Mapping
from urllib.parse import quote

from osai_essay.serve.headers import Rules, find_headers, parse_headers
from osai_essay.struct import Struct, field

# Not `mimetypes`: what that knows differs from machine to machine.
TYPES = {
    ".avif": "image/avif",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".gif": "image/gif",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".md": "text/markdown; charset=utf-8",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webm": "video/webm",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".yaml": "text/yaml; charset=utf-8",
    ".yml": "text/yaml; charset=utf-8",
}
UNKNOWN = "application/octet-stream"
MISSING = "404.html"
HEADERS = "_headers"  # hosts obey it and show it to nobody


class Found(Struct, frozen=True, kw_only=True):
    """What stands at an address.

    target: the file; None where there is none, nor a page that says so.
    redirect: where to ask instead.
    """

    target: str | None
    status: int = 200
    redirect: str = ""


class ServedSite(Struct, frozen=True, kw_only=True):
    """Every file of a good build by its path; nothing is ever read from a disk.

    baseurl: the folder of the server in which the site stands, such as `/essays`, or empty.
    """

    files: Mapping[str, bytes]
    baseurl: str = ""
    rules: Rules = ()
    _versions: dict[str, str] = field(default_factory=dict)

    def find(self, path: str) -> Found:
        """What stands at a path of the server, with its percent signs resolved."""
        start = f"{self.baseurl}/"
        if not path.startswith(start):
            is_outer = path in ("/", self.baseurl)
            return Found(target=None, redirect=quote(start)) if is_outer else self._no
        name = path.removeprefix(start)
        if name == "" or name.endswith("/"):
            return self._file(f"{name}index.html") or self._no
        if f"{name}/index.html" in self.files:
            return Found(target=None, redirect=quote(f"{path}/"))
        return self._file(name) or self._file(f"{name}.html") or self._no

    def headers(self, path: str) -> dict[str, str]:
        """What the site's own `_headers` file sends with a path."""
        return find_headers(self.rules, quote(path))

    def version(self, target: str) -> str:
        """What tells this state of a file from others."""
        if target not in self._versions:
            self._versions[target] = version_of(self.files[target])
        return self._versions[target]

    def _file(self, target: str) -> Found | None:
        return Found(target=target) if target in self.files and target != HEADERS else None

    @property
    def _no(self) -> Found:
        return Found(target=MISSING if MISSING in self.files else None, status=404)


def served(files: Mapping[str, bytes], baseurl: str) -> ServedSite:
    """A site as it is served."""
    text = files.get(HEADERS, b"").decode("utf-8", "replace")
    return ServedSite(files=files, baseurl=baseurl, rules=parse_headers(text))


def version_of(content: bytes) -> str:
    """What tells bytes from those that stood there before."""
    return f"{zlib.crc32(content):08x}"


def type_of(target: str) -> str:
    """The content type of a file, by its name."""
    return TYPES.get(posixpath.splitext(target)[1].lower(), UNKNOWN)
