"""The feed's addresses."""

from __future__ import annotations

import pytest

from osai_essay.pages.feeds import absolute_addresses


@pytest.mark.parametrize(
    ("written", "full"),
    [
        ("../b/index.html#x", "https://e.org/b/#x"),
        ("a.png", "https://e.org/a/a.png"),
        ("https://x.org/y?a=1&amp;b=2", "https://x.org/y?a=1&amp;b=2"),
        ("http://[x", "http://[x"),
    ],
)
def test_addresses_are_full(written: str, full: str) -> None:
    html = f'<a href="{written}">x</a>'
    assert absolute_addresses(html, "https://e.org/a/") == f'<a href="{full}">x</a>'
