"""A new post: a draft whose front matter shows what may stand there."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from osai_essay.scaffold.place import ScaffoldError, put_new
from osai_essay.scaffold.words import scalar
from osai_essay.urls import PermalinkError, check_url, slugify

_DRAFT = """\
---
title: {title}
draft: true                 # take this line out to publish; build --drafts shows it before
# description: One sentence, which stands under the title, in lists and in the feed.
# tags: [energy, prices]
# updated: {day}
# toc: true                 # a table of contents
---

"""


def new_post(root: Path, title: str, day: date) -> str:
    """Write content/posts/DAY-SLUG.md; its day is in its name. Raises: ScaffoldError."""
    words = " ".join(title.split())
    if not words:
        raise ScaffoldError("A post needs a title.")
    slug = slugify(words)
    try:
        check_url(slug)
    except PermalinkError as error:
        raise ScaffoldError(f"A file named by this title {error}; take a shorter one.") from None
    file = f"content/posts/{day.isoformat()}-{slug}.md"
    put_new(root, file, _DRAFT.format(title=scalar(words), day=day.isoformat()))
    return file
