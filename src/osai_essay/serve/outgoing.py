"""A page on its way out: with the preview's script, and with links that know each file's state.

What is put in stands in no file of the site.
"""

from __future__ import annotations

import posixpath
import re
from html import escape, unescape
from urllib.parse import unquote

from osai_essay.serve.headers import POLICY, widen_policy
from osai_essay.serve.site import ServedSite, version_of

PREFIX = "/__preview__/"
SCRIPT = f"{PREFIX}preview.js"

_HEAD = re.compile(r"<head\b[^>]*>", re.IGNORECASE)
_META = re.compile(rf"<meta\b[^<>]*{POLICY}[^<>]*>", re.IGNORECASE)
_CONTENT = re.compile(r"""(\bcontent=)("[^"]*"|'[^']*')""", re.IGNORECASE)
_TAG = re.compile(r"<[a-z][^<>]*>", re.IGNORECASE)
_LINK = re.compile(r"""(=")([^"<>\s?#:]+\.[a-z0-9]+)(")""")


def page_out(html: str, site: ServedSite, target: str, path: str) -> tuple[str, str]:
    """A page as a browser gets it, and what tells this state of it from others.

    path: the address it was asked by, from which its links lead.
    """
    page = _META.sub(_widened, add_versions(html, site, target, path))
    version = version_of(page.encode("utf-8", "replace"))
    return add_script(page, version), version


def add_script(page: str, version: str) -> str:
    """The page with the preview's script before all others, so that it sees it as it came."""
    script = f'<script type="module" src="{SCRIPT}" data-version="{version}"></script>'
    page, count = _HEAD.subn(lambda head: head[0] + script, page, count=1)
    return page if count else page + script


def add_versions(html: str, site: ServedSite, target: str, path: str) -> str:
    """Links to files of the site that are no pages, each with its file's state behind it.

    A picture that changes under the same address would else be shown from memory, as it was.
    """
    here = posixpath.dirname(path)

    def versioned(found: re.Match[str]) -> str:
        name = posixpath.normpath(posixpath.join(here, unquote(unescape(found[2]))))
        file = site.find(name).target
        if file is None or file == target or file.endswith(".html"):
            return found[0]
        return f"{found[1]}{found[2]}?v={site.version(file)}{found[3]}"

    return _TAG.sub(lambda tag: _LINK.sub(versioned, tag[0]), html)


def _widened(meta: re.Match[str]) -> str:
    def widen(found: re.Match[str]) -> str:
        return f'{found[1]}"{escape(widen_policy(unescape(found[2][1:-1])))}"'

    return _CONTENT.sub(widen, meta[0])
