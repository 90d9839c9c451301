"""What the names in content's templates stand for: `site` and `page`, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from osai_essay.model import Config, Essay


def site_names(config: Config) -> Mapping[str, Any]:
    """`site` as content's own templates see it: plain values only."""
    own = ("title", "description", "url", "baseurl", "author", "language")
    return {**config.extra, **{name: getattr(config, name) for name in own}}


def page_names(essay: Essay, url: str) -> Mapping[str, Any]:
    """`page` as an essay's own body sees it: its front matter, and its address."""
    return {
        **essay.meta,
        "title": essay.title.source,
        "description": essay.description.source if essay.description else "",
        "author": essay.author,
        "tags": list(essay.tags),
        "categories": list(essay.categories),
        "url": url,
        **({"date": essay.date} if essay.date else {}),
        **({"updated": essay.updated} if essay.updated else {}),
    }
