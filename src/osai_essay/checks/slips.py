"""What builds well and is a slip all the same: things nobody uses, tags that mean one thing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from difflib import SequenceMatcher
from itertools import combinations

from osai_essay.model import Essay, Site
from osai_essay.plan import GENERATED, Plan
from osai_essay.problem import Problem, Where
from osai_essay.urls import target_of

ALIKE = 0.85  # of two tags' letters: Openess and Openness have 0.93, model and modal 0.8
SOURCES = "sources"  # the dataset of sources stands behind rows, not in charts
# What a site may well write itself; of the rest, a theme's template is the place to change it.
_ONES_OWN = ("robots", "404")
_DIGITS = re.compile(r"\d+")


def check_slips(
    site: Site, plan: Plan, *, shown: Collection[str], used: Collection[str]
) -> tuple[Problem, ...]:
    """Warnings alone.

    shown: the charts that essays and templates show. used: the datasets behind charts and numbers.
    Problems: chart-unused, dataset-unused, tag-alike, generated-replaced, site-url-missing.
    """
    return (
        *_check_charts(site, shown),
        *_check_datasets(site, used),
        *_check_tags(plan),
        *_check_replaced(plan),
        *_check_url(site, plan),
    )


def _check_charts(site: Site, shown: Collection[str]) -> Iterator[Problem]:
    for spec in site.charts:
        if spec.name not in shown:
            message = f'no published essay shows the chart "{spec.name}"'
            fix = f"write {{% include {spec.name}.html %}} where it belongs, or take the file out."
            yield _warning("chart-unused", spec.where, message, fix)


def _check_datasets(site: Site, used: Collection[str]) -> Iterator[Problem]:
    named = {column.references for dataset in site.datasets for column in dataset.columns}
    for dataset in site.datasets:
        if dataset.name not in (*used, *named, SOURCES):
            message = f'no chart, number or other dataset uses the dataset "{dataset.name}"'
            fix = f"draw it: osai-essay new chart NAME --from {dataset.name}; or take it out."
            yield _warning("dataset-unused", dataset.where, message, fix)


def _check_tags(plan: Plan) -> Iterator[Problem]:
    """Of two tags that are nearly one, the posts that have the rarer are named."""
    for pair in combinations(plan.tags, 2):
        if _are_alike(*pair):
            usual, rare = sorted(pair, key=lambda tag: -len(plan.tags[tag]))
            for post in plan.tags[rare]:
                yield _tag_alike(post, rare, usual, len(plan.tags[usual]))


def _are_alike(one: str, two: str) -> bool:
    """True if the two may be one word, misspelt; never of gpt-4 and gpt-5."""
    if _DIGITS.findall(one) != _DIGITS.findall(two):
        return False
    return SequenceMatcher(None, one.casefold(), two.casefold()).ratio() >= ALIKE


def _tag_alike(post: Essay, rare: str, usual: str, count: int) -> Problem:
    posts = f"{count} posts have" if count > 1 else "a post has"
    message = f'the tag "{rare}" is much like "{usual}", which {posts}'
    return _warning("tag-alike", post.tags_where, message, f'write "{usual}" if it is meant.')


def _check_replaced(plan: Plan) -> Iterator[Problem]:
    for kind, url in GENERATED.items():
        address = plan.addresses.get(f"/{target_of(url)}" if url.endswith("/") else url)
        if address and address.kind == "static" and kind not in _ONES_OWN:
            message = f"this file takes the place of {address.target}, which the build would make"
            fix = "take it out, or name it otherwise; a page is changed by a template of your own."
            yield _warning("generated-replaced", address.where, message, fix)


def _check_url(site: Site, plan: Plan) -> Iterator[Problem]:
    if not site.config.url and plan.has("feed"):
        message = "no `url:` says where this site will be: feeds and cards need full addresses"
        fix = "write url: https://example.org, the address without a path."
        yield _warning("site-url-missing", Where(file="content/site.yml", line=1), message, fix)


def _warning(code: str, where: Where, message: str, fix: str) -> Problem:
    return Problem(code=code, where=where, message=message, fix=fix, severity="warning")
