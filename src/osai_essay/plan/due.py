"""Which essays are part of the site on which day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date

from osai_essay.model import Essay, Site
from osai_essay.struct import replace

DRAFT = "a draft"


def is_published(essay: Essay, today: date, *, drafts: bool, future: bool = False) -> bool:
    """True if an essay is part of the site on that day."""
    if not essay.is_published or (essay.is_draft and not drafts):
        return False
    if essay.kind != "post" or essay.date is None or future:
        return True
    return essay.date.value.astimezone(UTC).date() <= today


def choose(
    essays: Iterable[Essay], *, today: date, drafts: bool, future: bool
) -> tuple[Essay, ...]:
    """Those essays that are part of the site on that day."""
    return tuple(each for each in essays if is_published(each, today, drafts=drafts, future=future))


def why_left_out(essay: Essay) -> str:
    """Why an essay that is no part of the site is none, as words that go on `it is ...`."""
    if essay.is_draft:
        return DRAFT
    if not essay.is_published or essay.date is None:
        return "not published"
    return f"not due before {essay.date.value.astimezone(UTC).date()}"


def published(site: Site, essays: tuple[Essay, ...]) -> Site:
    """The site with these essays alone, and without the numbers of the others."""
    sources = {essay.source for essay in essays}
    shown = tuple(each for each in site.numbers if not each.essay or each.essay in sources)
    hidden = {each.name for each in site.numbers} - {each.name for each in shown}
    return replace(site, essays=essays, numbers=shown, hidden=site.hidden | hidden)


def next_due(site: Site, *, today: date, drafts: bool = False) -> date | None:
    """The day on which the next post of a later day is due; None where none waits.

    It appears then by itself, or is no longer marked as one to come where those are shown.
    """
    waiting = (
        essay.date.value.astimezone(UTC).date()
        for essay in site.essays
        if essay.date
        and is_published(essay, today, drafts=drafts, future=True)
        and not is_published(essay, today, drafts=drafts)
    )
    return min(waiting, default=None)
