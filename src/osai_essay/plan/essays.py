"""The addresses of essays, by their permalinks or their files' names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from osai_essay.model import Config, Essay, Use
from osai_essay.plan.addresses import Address
from osai_essay.problem import Problem, Where
from osai_essay.urls import PermalinkError, check_url, essay_url


def essay_addresses(essays: Iterable[Essay], config: Config) -> tuple[list[Address], list[Problem]]:
    """The page of each essay and the old addresses that lead to it."""
    found = [each for essay in essays for each in _addresses_of(essay, config)]
    addresses = [each for each in found if isinstance(each, Address)]
    return addresses, [each for each in found if isinstance(each, Problem)]


def _addresses_of(essay: Essay, config: Config) -> Iterator[Address | Problem]:
    try:
        url = essay_url(essay, config)
    except PermalinkError as error:
        yield _bad_address(essay, error)
        return
    where = essay.permalink_where if essay.permalink else Where(file=essay.source)
    yield Address(url=url, kind="essay", name=essay.source, where=where)
    yield from (_redirect(old, url) for old in essay.redirect_from)


def _redirect(old: Use, url: str) -> Address | Problem:
    try:
        path = check_url("/" + old.name.lstrip("/"))
    except PermalinkError as error:
        return _bad_permalink(old.where, old.name, error)
    return Address(url=path, kind="redirect", name=url, where=old.where)


def _bad_address(essay: Essay, error: PermalinkError) -> Problem:
    if essay.permalink:
        return _bad_permalink(essay.permalink_where, essay.permalink, error)
    return Problem(
        code=_code(error),
        where=Where(file=essay.source),
        message=f"the address that this file's name makes {error}",
        fix="name the file otherwise, or give it a permalink; the pattern for all posts is "
        "`permalink` in content/site.yml.",
    )


def _bad_permalink(where: Where, url: str, error: PermalinkError) -> Problem:
    return Problem(
        code=_code(error),
        where=where,
        message=f'the permalink "{url}" {error}',
        fix="write a path from the site's root, such as /power/ or /:year/:title/.",
    )


def _code(error: PermalinkError) -> str:
    return "path-outside" if "leads out" in str(error) else "permalink-wrong"
