"""What a page may load: the policy in its head, and the `_headers` file for hosts that read one.

Netlify and Cloudflare Pages read it. They join the values of one header from all rules that match,
and of two policies each is obeyed: so there is one policy, for all files.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping
from hashlib import sha256

from osai_essay.charts.dark import all_dark_styles
from osai_essay.model import Config
from osai_essay.urls import absolute_link

ONE_YEAR = 31_536_000  # seconds


def page_policy(config: Config) -> str:
    """The policy of a page: files of its own site, and the pictures that Plotly makes for saving.

    Empty for a site whose essays are granted raw HTML: what they hold is known to nobody.
    """
    return "" if "html" in config.allow else _policy(())


def headers_file(config: Config, assets: Iterable[str]) -> str:
    """The text of `_headers`; assets: addresses whose bytes never change.

    The policy is the pages' own, and lets the charts' SVG files, opened by themselves, have the
    styles by which they follow the reader's colour scheme.
    """
    everywhere = {
        "Content-Security-Policy": page_policy(config) and _policy(all_dark_styles(config)),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
    }
    forever = {"Cache-Control": f"public, max-age={ONE_YEAR}, immutable"}
    rules = {absolute_link(config, "/") + "*": everywhere}
    rules |= {absolute_link(config, url): forever for url in assets}
    return "\n".join(_rule(path, headers) for path, headers in rules.items())


def _rule(path: str, headers: Mapping[str, str]) -> str:
    lines = [f"  {name}: {value}\n" for name, value in headers.items() if value]
    return "".join([f"{path}\n", *lines])


def _policy(styles: Iterable[str]) -> str:
    allowed = ["'self'", *map(_hash, styles)]
    return "; ".join(
        [
            "default-src 'none'",
            "script-src 'self'",
            f"style-src {' '.join(allowed)}",
            "img-src 'self' data: blob:",
            "media-src 'self'",
            "font-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _hash(style: str) -> str:
    return f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'"
