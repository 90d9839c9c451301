"""A source that an author names and the site does not have."""

from __future__ import annotations

from collections.abc import Iterable

from osai_essay.model import Use
from osai_essay.problem import Problem, did_you_mean


def unknown_source(use: Use, known: Iterable[str], file: str | None) -> Problem:
    """What to do about it: reference-unknown.

    known: the ids there are. file: of the dataset `sources`, None where the site has none.
    """
    fix = f"add a record with the id {use.name} to {file}."
    missing = ""
    if file is None:
        missing = ': the site has no dataset "sources"'
        fix = (
            "make data/sources.csv of two lines, `id,title,url` and "
            f"`{use.name},A TITLE,https://...`; then run `osai-essay describe data/sources.csv`."
        )
    return Problem(
        code="reference-unknown",
        where=use.where,
        message=f'there is no source "{use.name}"{missing}',
        fix=did_you_mean(use.name, known, else_say=fix),
    )
