"""The addresses of what is made of a site besides its essays, and of files that go as they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from osai_essay.model import Site
from osai_essay.plan.addresses import (
    CHART_FILES,
    GENERATED,
    Address,
    chart_file,
    chart_url,
    dataset_csv,
    dataset_file,
    dataset_url,
    embed_url,
    number_file,
    number_url,
    tag_url,
)
from osai_essay.problem import Where


def made_addresses(site: Site, tags: Iterable[str]) -> Iterator[Address]:
    """The lists, and the pages and files of charts, datasets, numbers and tags."""
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


def static_addresses(site: Site) -> Iterator[Address]:
    """The files of content/static/, which go as they are."""
    for each in site.static:
        where = Where(file=each.source)
        yield Address(url=each.url, kind="static", name=each.source, where=where)
