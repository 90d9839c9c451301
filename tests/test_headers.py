"""`_headers`: one policy for all files, by which pages and pictures alike are whole."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

import serving
from osai_essay.build import Options, build_site
from osai_essay.model import Config
from osai_essay.pages.headers import headers_file, page_policy
from osai_essay.problem import has_errors
from waiting import wait_until

CHARTS = "charts/capex"
SVGS = ("wide.svg", "narrow.svg", "svg")


def sent(config: Config, path: str, assets: tuple[str, ...] = ()) -> dict[str, str]:
    return serving.find_headers(serving.parse_headers(headers_file(config, assets)), path)


def test_policy_allows_the_sites_own_files_and_nothing_inline() -> None:
    policy = sent(Config(title="T"), "/")["content-security-policy"]
    parts = dict(part.split(" ", 1) for part in policy.split("; "))
    assert parts["default-src"] == "'none'"
    assert parts["script-src"] == "'self'"
    assert "unsafe" not in policy and "http" not in policy and "," not in policy
    assert set(parts["style-src"].split()) - {"'self'"}
    assert "frame-ancestors" not in parts  # a chart's own page may stand in a frame elsewhere


def test_policy_of_the_pages_is_the_same_but_for_the_pictures_styles() -> None:
    policy = sent(Config(title="T"), "/")["content-security-policy"]
    assert re.sub(r" 'sha256-[\w+/=]{44}'", "", policy) == page_policy(Config(title="T"))


def test_every_style_of_every_picture_is_allowed_by_its_hash(real_site: Path) -> None:
    rules = serving.parse_headers((real_site / "_headers").read_text(encoding="utf-8"))
    policy = serving.find_headers(rules, "/")["content-security-policy"]
    pictures = sorted(real_site.glob("charts/**/*.svg"))
    assert len(pictures) > 30
    for path in pictures:
        styles = re.findall(r"<style>(.*?)</style>", path.read_text(encoding="utf-8"))
        hashes = [b64encode(sha256(style.encode()).digest()).decode() for style in styles]
        assert hashes and all(f"'sha256-{each}'" in policy for each in hashes), path


def test_only_names_that_carry_a_hash_are_kept_for_good(real_site: Path) -> None:
    rules = serving.parse_headers((real_site / "_headers").read_text(encoding="utf-8"))
    kept = {
        path.relative_to(real_site).as_posix()
        for path in real_site.rglob("*")
        if "immutable"
        in serving.find_headers(rules, f"/{path.relative_to(real_site).as_posix()}").get(
            "cache-control", ""
        )
    }
    assert kept == {path.relative_to(real_site).as_posix() for path in real_site.glob("assets/*")}
    assert all(re.search(r"\.[0-9a-f]{10}\.", name) for name in kept)


def test_site_in_a_subfolder_says_so_in_every_path() -> None:
    config = Config(title="T", baseurl="/essays")
    asset = "/assets/style.0123456789.css"
    assert sent(config, "/essays/x/", (asset,))["x-content-type-options"] == "nosniff"
    assert "immutable" in sent(config, f"/essays{asset}", (asset,))["cache-control"]
    assert sent(config, "/other/", (asset,)) == {}


def test_site_that_is_granted_raw_html_has_no_policy_and_keeps_the_rest() -> None:
    headers = sent(Config(title="T", allow=frozenset({"html"})), "/")
    assert set(headers) == {"x-content-type-options", "referrer-policy"}


def test_file_of_the_author_takes_its_place(site: Any, tmp_path: Path) -> None:
    own = "/*\n  X-Mine: yes\n"
    root = site({"content/site.yml": "title: T\n", "content/static/_headers": own})
    result = build_site(root, Options(today=date(2026, 11, 21), output=tmp_path / "out"))
    assert not result.problems
    assert (tmp_path / "out/_headers").read_text(encoding="utf-8") == own


@pytest.mark.browser
@pytest.mark.parametrize("ending", SVGS)
def test_picture_opened_by_itself_follows_the_dark(
    ending: str,
    real_site: Path,
    open_page: Callable[..., Any],
    serve_folder: Callable[[Path], str],
) -> None:
    bar = "getComputedStyle(document.querySelector('[fill=\"#2d64b8\"]')).fill"
    page = open_page(f"{serve_folder(real_site)}/{CHARTS}/capex.{ending}", color_scheme="dark")
    assert page.evaluate(bar) == "rgb(127, 176, 245)"
    page.emulate_media(color_scheme="light")
    assert page.evaluate(bar) == "rgb(45, 100, 184)"
    assert not [fault for fault in page.faults if "refused" in fault]


@pytest.mark.browser
def test_page_copied_as_it_is_obeys_the_policy_too(
    site: Any,
    tmp_path: Path,
    open_page: Callable[..., Any],
    serve_folder: Callable[[Path], str],
) -> None:
    own = '<!doctype html><p style="color: red">x</p><script>window.hit = 1</script>'
    root = site({"content/site.yml": "title: T\n", "content/static/own.html": own})
    build_site(root, Options(today=date(2026, 11, 21), output=tmp_path / "out"))
    page = open_page(f"{serve_folder(tmp_path / 'out')}/own.html")
    assert page.evaluate("window.hit") is None
    assert page.evaluate("getComputedStyle(document.querySelector('p')).color") == "rgb(0, 0, 0)"
    refused = {fault.split()[1] for fault in page.faults if fault.startswith("refused:")}
    assert refused == {"style-src-attr", "script-src-elem"}


@pytest.mark.browser
def test_policy_lets_by_what_an_essay_may_hold(
    site: Any,
    tmp_path: Path,
    open_page: Callable[..., Any],
    serve_folder: Callable[[Path], str],
) -> None:
    words = (
        '<video src="a.mp4"></video>\n\n<audio src="a.mp3"></audio>\n\n'
        '<svg><defs><path id="p" d="M0 0h9v9z"/></defs><use href="#p" fill="red"/></svg>\n\n'
        "![dot](a.svg)\n\n~~~python\nx = 1\n~~~\n\nA note.[^1]\n\n[^1]: Here.\n"
    )
    picture = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9"/></svg>'
    )
    files = {"a.mp4": "", "a.mp3": "", "a.svg": picture, "a.md": f"---\ntitle: A\n---\n\n{words}"}
    root = site(
        {"content/site.yml": "title: T\n"}
        | {f"content/pages/{name}": text for name, text in files.items()}
    )
    result = build_site(root, Options(today=date(2026, 11, 21), output=tmp_path / "out"))
    assert not has_errors(result.problems)
    page = open_page(f"{serve_folder(tmp_path / 'out')}/a/")
    parts = {"/a/a.mp4", "/a/a.mp3", "/a/a.svg"}
    wait_until(lambda: parts <= {urlsplit(url).path for url in page.asked}, page)
    page.wait_for_load_state("networkidle")
    assert not [fault for fault in page.faults if "refused" in fault]
