"""Which pages there will be, at which addresses, and who uses which chart and dataset."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import PurePosixPath
from unicodedata import normalize

from osai_essay.model import Config, Dataset, Essay, Site
from osai_essay.problem import Problem, Where
from osai_essay.urls import PermalinkError, check_url, essay_url, slugify, target_of

# The lists and files every site has: an author's page at the same address takes their place.
GENERATED = {
    "index": "/",
    "datasets": "/data/",
    "charts": "/charts/",
    "tags": "/tags/",
    "numbers": "/numbers/",
    "numbers-json": "/numbers.json",
    "404": "/404.html",
    "feed": "/feed.xml",
    "sitemap": "/sitemap.xml",
    "robots": "/robots.txt",
    "headers": "/_headers",
}


# A chart's pictures in the page, wide and for a phone; with its words in it, for use elsewhere;
# its rows; its figure for Plotly.
CHART_FILES = ("wide.svg", "narrow.svg", "svg", "png", "csv", "js")

MANIFEST = "manifest.json"  # the build's list of its own files


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """One page or file of the finished site.

    kind: essay, chart, embed, dataset, tag, redirect, static, file, or a key of GENERATED.
    name: the essay's source, the chart's or dataset's name, the tag, the redirect's aim.
    """

    url: str
    kind: str
    name: str
    where: Where

    @property
    def target(self) -> str:
        """Its path under build/; files keep their names, such as CNAME."""
        is_file = self.kind in ("static", "file", "headers")
        return self.url.lstrip("/") if is_file else target_of(self.url)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What will be made, before anything is computed.

    essays: the published ones; posts: those of them that are posts, newest first.
    addresses: url -> Address. essay_urls: source -> url. tags: name -> its posts, newest first.
    """

    essays: tuple[Essay, ...] = ()
    posts: tuple[Essay, ...] = ()
    addresses: Mapping[str, Address] = field(default_factory=dict)
    essay_urls: Mapping[str, str] = field(default_factory=dict)
    tags: Mapping[str, tuple[Essay, ...]] = field(default_factory=dict)

    def has(self, kind: str) -> bool:
        """True if the site makes a generated page of that kind itself."""
        url = GENERATED[kind]
        return url in self.addresses and self.addresses[url].kind == kind


def chart_url(name: str) -> str:
    """The page of a chart."""
    return f"/charts/{name}/"


def embed_url(name: str) -> str:
    """The page of a chart alone, for a frame on another site."""
    return f"{chart_url(name)}embed/"


def dataset_url(name: str) -> str:
    """The page of a dataset."""
    return f"/data/{name}/"


def number_url(name: str) -> str:
    """The page of a number."""
    return f"/numbers/{name}/"


def number_file(name: str) -> str:
    """The rows behind a number as CSV."""
    return f"{number_url(name)}{name}.csv"


def chart_file(name: str, ending: str) -> str:
    """A file of a chart, by its ending (see CHART_FILES)."""
    return f"{chart_url(name)}{name}.{ending}"


def dataset_file(dataset: Dataset) -> str:
    """The file of a dataset as the author wrote it."""
    return f"/{dataset.path}"


def dataset_csv(dataset: Dataset) -> str:
    """The rows of a dataset as CSV: the file itself where it is one."""
    return dataset_file(dataset) if dataset.format == "csv" else f"/data/{dataset.name}.csv"


def tag_url(name: str) -> str:
    """The page of a tag."""
    return f"/tags/{slugify(name)}/"


def make_plan(
    site: Site, *, today: date, drafts: bool = False, future: bool = False
) -> tuple[Plan, tuple[Problem, ...]]:
    """The plan of a site.

    today: used for nothing but leaving out posts of later days, unless `future`.
    """
    essays = tuple(
        essay for essay in site.essays if is_published(essay, today, drafts=drafts, future=future)
    )
    site = published(site, essays)
    posts = tuple(sorted((e for e in essays if e.kind == "post"), key=_newest_first))
    tags = _posts_by_tag(posts)
    essay_addresses, problems = _essay_addresses(essays, site.config)
    addresses, clashes = _without_clashes(
        [
            Address(url=f"/{MANIFEST}", kind="file", name=MANIFEST, where=Where(file=MANIFEST)),
            *essay_addresses,
            *_static_addresses(site),
            *_made_addresses(site, tags),
        ]
    )
    urls = {each.name: each.url for each in essay_addresses if each.kind == "essay"}
    problems += _check_tags(tags)
    plan = Plan(
        essays=essays,
        posts=posts,
        addresses=addresses,
        essay_urls=urls,
        tags=tags,
    )
    return plan, (*problems, *clashes)


def published(site: Site, essays: tuple[Essay, ...]) -> Site:
    """The site with these essays alone, and without the numbers of the others."""
    sources = {essay.source for essay in essays}
    numbers = (each for each in site.numbers if not each.essay or each.essay in sources)
    return replace(site, essays=essays, numbers=tuple(numbers))


def is_published(essay: Essay, today: date, *, drafts: bool, future: bool) -> bool:
    """True if an essay is part of the site on that day."""
    if not essay.is_published or (essay.is_draft and not drafts):
        return False
    if essay.kind != "post" or essay.date is None or future:
        return True
    return essay.date.value.astimezone(UTC).date() <= today


def _newest_first(essay: Essay) -> tuple[float, str]:
    moment = essay.date.value if essay.date else datetime.min.replace(tzinfo=UTC)
    return (-moment.timestamp() if essay.date else 0.0, essay.source)


def _posts_by_tag(posts: Iterable[Essay]) -> dict[str, tuple[Essay, ...]]:
    tags: dict[str, list[Essay]] = {}
    for post in posts:
        for tag in post.tags:
            tags.setdefault(tag, []).append(post)
    return {tag: tuple(tags[tag]) for tag in sorted(tags, key=str.casefold)}


def _essay_addresses(
    essays: Iterable[Essay], config: Config
) -> tuple[list[Address], list[Problem]]:
    addresses: list[Address] = []
    problems: list[Problem] = []
    for essay in essays:
        try:
            url = essay_url(essay, config)
            where = essay.permalink_where if essay.permalink else Where(file=essay.source)
            addresses.append(Address(url=url, kind="essay", name=essay.source, where=where))
        except PermalinkError as error:
            problems.append(
                _bad_permalink(essay.permalink_where, essay.permalink, error)
                if essay.permalink
                else _bad_name(essay, error)
            )
            continue
        for use in essay.redirect_from:
            try:
                old = check_url("/" + use.name.lstrip("/"))
                addresses.append(Address(url=old, kind="redirect", name=url, where=use.where))
            except PermalinkError as error:
                problems.append(_bad_permalink(use.where, use.name, error))
    return addresses, problems


def _bad_name(essay: Essay, error: PermalinkError) -> Problem:
    return Problem(
        code=_permalink_code(error),
        where=Where(file=essay.source),
        message=f"the address that this file's name makes {error}",
        fix="name the file otherwise, or give it a permalink; the pattern for all posts is "
        "`permalink` in content/site.yml.",
    )


def _permalink_code(error: PermalinkError) -> str:
    return "path-outside" if "leads out" in str(error) else "permalink-wrong"


def _bad_permalink(where: Where, url: str, error: PermalinkError) -> Problem:
    return Problem(
        code=_permalink_code(error),
        where=where,
        message=f'the permalink "{url}" {error}',
        fix="write a path from the site's root, such as /power/ or /:year/:title/.",
    )


def _made_addresses(site: Site, tags: Iterable[str]) -> Iterator[Address]:
    for kind, url in GENERATED.items():
        if kind.startswith("numbers") and not site.numbers:
            continue
        yield Address(url=url, kind=kind, name=kind, where=Where(file="content/site.yml"))
    for spec in site.charts:
        yield Address(url=chart_url(spec.name), kind="chart", name=spec.name, where=spec.where)
        yield Address(url=embed_url(spec.name), kind="embed", name=spec.name, where=spec.where)
    for dataset in site.datasets:
        url = dataset_url(dataset.name)
        yield Address(url=url, kind="dataset", name=dataset.name, where=dataset.where)
    for number in site.numbers:
        url = number_url(number.name)
        yield Address(url=url, kind="number", name=number.name, where=number.where)
    yield from _file_addresses(site)
    for tag in tags:
        where = Where(file="content/posts")
        yield Address(url=tag_url(tag), kind="tag", name=tag, where=where)


def _file_addresses(site: Site) -> Iterator[Address]:
    for spec in site.charts:
        for url in (chart_file(spec.name, end) for end in CHART_FILES):
            yield Address(url=url, kind="file", name=spec.name, where=spec.where)
    for dataset in site.datasets:
        for url in dict.fromkeys((dataset_file(dataset), dataset_csv(dataset))):
            yield Address(url=url, kind="file", name=dataset.name, where=dataset.where)
    for number in site.numbers:
        url = number_file(number.name)
        yield Address(url=url, kind="file", name=number.name, where=number.where)
    if site.package:
        yield Address(
            url="/" + site.package, kind="file", name=site.package, where=Where(file=site.package)
        )


def _static_addresses(site: Site) -> Iterator[Address]:
    for each in site.static:
        where = Where(file=each.source)
        yield Address(url=each.url, kind="static", name=each.source, where=where)


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


def _without_clashes(found: Iterable[Address]) -> tuple[dict[str, Address], list[Problem]]:
    """Addresses by url, and a problem for each file that two would write.

    Names that differ in case alone, or in how an accent is written, clash too: many file systems
    cannot hold both.
    """
    by_target: dict[str, Address] = {}
    problems: list[Problem] = []
    for address in found:
        first = by_target.setdefault(normalize("NFC", address.target).casefold(), address)
        is_replaced = address.kind in GENERATED and address.target == first.target
        if first is address or is_replaced:
            continue
        problems.append(_clash(address, first))
    folders = {
        parent.as_posix(): address
        for target, address in by_target.items()
        for parent in PurePosixPath(target).parents
    }
    problems += [
        _clash(address, folders[target])
        for target, address in by_target.items()
        if target in folders
    ]
    return {address.url: address for address in by_target.values()}, problems


def _clash(second: Address, first: Address) -> Problem:
    if second.kind == "tag":
        message = f'the tags "{first.name}" and "{second.name}" have one address, {second.url}'
        fix = f'write "{first.name}" in both.' if first.kind == "tag" else "name one otherwise."
    else:
        message = f"{second.url} is taken: {first.where} has that address too"
        fix = "give one of the two another permalink or name."
    return Problem(code="url-taken", where=second.where, message=message, fix=fix)
