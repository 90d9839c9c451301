"""What a reader's phone loads of the longest page: every byte of it, counted from the built site."""

from __future__ import annotations

import gzip
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

ESSAY = "china-and-open-source/index.html"
MOST_BYTES = 120_000  # gzipped, with every picture at one width
MOST_SCRIPT_BYTES = 5_000
PACKED = {".html", ".css", ".js", ".svg"}  # what hosts compress


class Loaded(HTMLParser):
    """The addresses a page loads by itself, by kind; pictures wide and narrow apart."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.kinds: dict[str, set[str]] = {
            kind: set() for kind in ("link", "script", "wide", "narrow")
        }
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "link" and values.get("rel") in ("stylesheet", "icon", "preload"):
            self.kinds["link"].add(values["href"])
        if tag == "script" and "src" in values:
            self.kinds["script"].add(values["src"])
        if tag == "img":
            self.kinds["wide"].add(values["src"])
        if tag == "source":
            self.kinds["narrow"].add(values["srcset"])


def weight(path: Path) -> int:
    """Its bytes on the way, as a host with gzip sends it."""
    content = path.read_bytes()
    return len(gzip.compress(content, 6, mtime=0) if path.suffix in PACKED else content)


@pytest.fixture(scope="module")
def essay(real_site: Path) -> Path:
    return real_site / ESSAY


@pytest.fixture(scope="module")
def loaded(essay: Path) -> Loaded:
    return Loaded(essay.read_text(encoding="utf-8"))


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_essay_with_all_its_charts_is_light(essay: Path, loaded: Loaded, width: str) -> None:
    assert len(loaded.kinds[width]) >= 7
    urls = loaded.kinds["link"] | loaded.kinds["script"] | loaded.kinds[width]
    weights = {url: weight(essay.parent / url) for url in urls} | {ESSAY: weight(essay)}
    assert sum(weights.values()) <= MOST_BYTES, weights


def test_script_before_the_click_is_small(essay: Path, loaded: Loaded) -> None:
    assert loaded.kinds["script"]
    weights = {url: weight(essay.parent / url) for url in loaded.kinds["script"]}
    assert sum(weights.values()) <= MOST_SCRIPT_BYTES, weights


def test_there_is_one_stylesheet_and_no_web_font(real_site: Path) -> None:
    (sheet,) = real_site.rglob("*.css")
    assert not re.search(r"@font-face|@import|url\(", sheet.read_text(encoding="utf-8"))
    fonts = {".woff", ".woff2", ".ttf", ".otf", ".eot"}
    assert not [path for path in real_site.rglob("*") if path.suffix in fonts]


def test_names_of_assets_carry_the_hash_of_their_bytes(real_site: Path) -> None:
    assets = [path for path in (real_site / "assets").rglob("*") if path.is_file()]
    assert len(assets) >= 4
    for path in assets:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()[:10]
        assert path.suffixes[-2] == f".{digest}", path
