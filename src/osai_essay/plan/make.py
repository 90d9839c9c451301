"""The plan of a site: its essays in order, and every address, each taken once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import PurePosixPath

from osai_essay.model import Essay, Site
from osai_essay.plan.addresses import GENERATED, MANIFEST, Address, tag_url
from osai_essay.plan.clashes import without_clashes
from osai_essay.plan.due import choose, is_published, published, why_left_out
from osai_essay.plan.essays import essay_addresses
from osai_essay.plan.made import made_addresses, static_addresses
from osai_essay.problem import Problem, Where
from osai_essay.struct import Struct, field
from osai_essay.urls import PermalinkError, check_url


class Plan(Struct, frozen=True, kw_only=True):
    """What will be made, before anything is computed.

    essays: the published ones; posts: those of them that are posts, newest first.
    coming: sources of those whose day is still to come.
    addresses: url -> Address. targets: path under build/ -> the name of its Address.
    essay_urls: source -> url. stem_urls: the same by the file's name without folder and ending,
        of two the first. tags: name -> its posts, newest first. left_out: source of an essay that
        is no part of the site -> why, such as `a draft`.
    """

    essays: tuple[Essay, ...] = ()
    posts: tuple[Essay, ...] = ()
    coming: frozenset[str] = frozenset()
    addresses: Mapping[str, Address] = field(default_factory=dict)
    targets: Mapping[str, str] = field(default_factory=dict)
    essay_urls: Mapping[str, str] = field(default_factory=dict)
    stem_urls: Mapping[str, str] = field(default_factory=dict)
    tags: Mapping[str, tuple[Essay, ...]] = field(default_factory=dict)
    left_out: Mapping[str, str] = field(default_factory=dict)

    def has(self, kind: str) -> bool:
        """True if the site makes a generated page of that kind itself."""
        url = GENERATED[kind]
        return url in self.addresses and self.addresses[url].kind == kind


def make_plan(
    site: Site, *, today: date, drafts: bool = False, future: bool = False
) -> tuple[Plan, tuple[Problem, ...]]:
    """The plan of a site.

    today: used for nothing but leaving out posts of later days, unless `future`.
    """
    every = site.essays
    essays = choose(every, today=today, drafts=drafts, future=future)
    site, chosen = published(site, essays), {each.source for each in essays}
    posts = tuple(sorted((e for e in essays if e.kind == "post"), key=_newest_first))
    tags = _posts_by_tag(posts)
    of_essays, problems = essay_addresses(essays, site.config)
    addresses, clashes = without_clashes(
        [
            Address(url=f"/{MANIFEST}", kind="file", name=MANIFEST, where=Where(file=MANIFEST)),
            *of_essays,
            *static_addresses(site),
            *made_addresses(site, tags),
        ]
    )
    urls = {each.name: each.url for each in of_essays if each.kind == "essay"}
    problems += _check_tags(tags)
    plan = Plan(
        essays=essays,
        posts=posts,
        coming=frozenset(
            each.source for each in essays if not is_published(each, today, drafts=True)
        ),
        addresses=addresses,
        targets={each.target: each.name for each in addresses.values()},
        essay_urls=urls,
        stem_urls={PurePosixPath(each).stem: urls[each] for each in reversed(urls)},
        tags=tags,
        left_out={each.source: why_left_out(each) for each in every if each.source not in chosen},
    )
    return plan, (*problems, *clashes)


def _newest_first(essay: Essay) -> tuple[float, str]:
    moment = essay.date.value if essay.date else datetime.min.replace(tzinfo=UTC)
    return (-moment.timestamp() if essay.date else 0.0, essay.source)


def _posts_by_tag(posts: Iterable[Essay]) -> dict[str, tuple[Essay, ...]]:
    tags: dict[str, list[Essay]] = {}
    for post in posts:
        for tag in post.tags:
            tags.setdefault(tag, []).append(post)
    return {tag: tuple(tags[tag]) for tag in sorted(tags, key=str.casefold)}


def _check_tags(tags: Mapping[str, tuple[Essay, ...]]) -> Iterator[Problem]:
    for tag, posts in tags.items():
        try:
            check_url(tag_url(tag))
        except PermalinkError as error:
            yield Problem(
                code="permalink-wrong",
                where=Where(file=posts[0].source),
                message=f'the address of the tag "{tag[:40]}" {error}',
                fix="write a shorter tag.",
            )
