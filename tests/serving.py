"""A built site served on this machine as a static host serves it: types, gzip, 404.html, _headers."""

from __future__ import annotations

import gzip as gz
import re
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email.utils import formatdate
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

# Not `mimetypes`: what that knows differs from machine to machine.
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml",
    ".yml": "text/yaml; charset=utf-8",
}
PACKED = re.compile(r"text/|image/svg|application/(?:json|xml)")

Rules = list[tuple[re.Pattern[str], list[tuple[str, str]]]]


def parse_headers(text: str) -> Rules:
    """The rules of a `_headers` file: a path at a line's start, its headers below, indented."""
    rules: Rules = []
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if not line[0].isspace():
            rules.append((_path_pattern(line.strip()), []))
            continue
        name, colon, value = line.strip().partition(":")
        assert colon, f"no header: {line!r}"
        rules[-1][1].append((name.strip().lower(), value.strip()))
    return rules


def _path_pattern(path: str) -> re.Pattern[str]:
    parts = (".*" if part == "*" else re.escape(part) for part in re.split(r"(\*)", path))
    return re.compile("".join(parts))


def find_headers(rules: Rules, path: str) -> dict[str, str]:
    """The headers of one address: every rule that matches counts, values of one name are joined."""
    found: dict[str, list[str]] = {}
    for pattern, headers in rules:
        if pattern.fullmatch(path):
            for name, value in headers:
                found.setdefault(name, []).append(value)
    return {name: ", ".join(values) for name, values in found.items()}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 10  # seconds until an idle connection is closed

    def __init__(self, *args: Any, folder: Path, gzip: bool, rules: Rules) -> None:
        self.folder, self.gzip, self.rules = folder, gzip, rules
        super().__init__(*args)

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        file = self.folder / path.lstrip("/")
        if file.is_dir() and not path.endswith("/"):
            self.answer(HTTPStatus.MOVED_PERMANENTLY, b"", {"location": f"{path}/"})
            return
        file = file / "index.html" if file.is_dir() else file
        missing = self.folder / "404.html"
        if self.is_shown(file):
            self.answer_file(HTTPStatus.OK, file, path)
        elif missing.is_file():
            self.answer_file(HTTPStatus.NOT_FOUND, missing, path)
        else:
            self.answer(HTTPStatus.NOT_FOUND, b"", {})

    def do_HEAD(self) -> None:
        self.do_GET()

    def is_shown(self, file: Path) -> bool:
        """Hosts obey `_headers` and show it to nobody."""
        inside = file.resolve().is_relative_to(self.folder.resolve())
        return inside and file.is_file() and file != self.folder / "_headers"

    def log_message(self, *args: object) -> None:
        """Nothing: what a test says is what counts."""

    def answer_file(self, status: HTTPStatus, file: Path, path: str) -> None:
        kind = TYPES.get(file.suffix, "application/octet-stream")
        headers = {"content-type": kind, "cache-control": "public, max-age=0, must-revalidate"}
        content = file.read_bytes()
        if self.gzip and PACKED.match(kind):
            headers["vary"] = "accept-encoding"
            if "gzip" in self.headers.get("accept-encoding", ""):
                content = gz.compress(content, 6, mtime=0)
                headers["content-encoding"] = "gzip"
        self.answer(status, content, headers | find_headers(self.rules, path))

    def answer(self, status: HTTPStatus, content: bytes, headers: Mapping[str, str]) -> None:
        self.send_response_only(status)
        for name, value in {"date": formatdate(usegmt=True), **headers}.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(content)


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exc_info()[1], OSError):  # a browser that goes away is no fault
            super().handle_error(request, client_address)


@contextmanager
def serve(folder: Path, *, gzip: bool = True) -> Iterator[str]:
    """Serve a folder until the block ends; gives its address, "http://127.0.0.1:54321"."""
    file = folder / "_headers"
    rules = parse_headers(file.read_text(encoding="utf-8")) if file.is_file() else []
    server = _Server(("127.0.0.1", 0), partial(_Handler, folder=folder, gzip=gzip, rules=rules))
    thread = threading.Thread(target=partial(server.serve_forever, poll_interval=0.02))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
