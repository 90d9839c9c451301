"""The tests' own server answers as static hosts do."""

from __future__ import annotations

import gzip
import http.client
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import serving

HEADERS = """\
# a comment
/*
  X-Frame: one
  X-Other: yes

/a/*
  X-Frame: two
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = {"index.html": "home", "404.html": "lost", "a/b.svg": "<svg/>", "_headers": HEADERS}
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def ask(address: str, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection(urlsplit(address).netloc)
    connection.request("GET", path, headers=headers)
    reply = connection.getresponse()
    found = reply.status, {k.lower(): v for k, v in reply.getheaders()}, reply.read()
    connection.close()
    return found


def test_values_of_one_header_from_several_rules_are_joined(folder: Path) -> None:
    with serving.serve(folder) as address:
        assert ask(address, "/")[1]["x-frame"] == "one"
        assert ask(address, "/a/b.svg")[1]["x-frame"] == "one, two"
        assert ask(address, "/a/b.svg")[1]["x-other"] == "yes"


def test_missing_page_is_the_sites_own_and_a_folder_has_its_slash(folder: Path) -> None:
    with serving.serve(folder) as address:
        status, headers, content = ask(address, "/nowhere")
        assert (status, content) == (404, b"lost")
        assert headers["x-frame"] == "one"
        assert ask(address, "/_headers")[0] == 404
        status, headers, _ = ask(address, "/a")
        assert (status, headers["location"]) == (301, "/a/")


@pytest.mark.parametrize("path", ["/../serving-secret", "/%2e%2e/serving-secret"])
def test_nothing_outside_the_folder_is_shown(path: str, folder: Path) -> None:
    (folder.parent / "serving-secret").write_text("x", encoding="utf-8")
    with serving.serve(folder) as address:
        assert ask(address, path)[0] == 404


def test_text_is_packed_for_who_asks(folder: Path) -> None:
    accept = {"Accept-Encoding": "gzip"}
    with serving.serve(folder) as address:
        _, headers, content = ask(address, "/a/b.svg", **accept)
        assert headers["content-type"] == "image/svg+xml"
        assert (headers["content-encoding"], gzip.decompress(content)) == ("gzip", b"<svg/>")
        assert ask(address, "/a/b.svg")[2] == b"<svg/>"
    with serving.serve(folder, gzip=False) as address:
        assert "content-encoding" not in ask(address, "/a/b.svg", **accept)[1]
