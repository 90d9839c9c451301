"""What can only be known once pages are made: anchors that are not there, ids that stand twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape

from osai_essay.model import LinkUse, OutputFile
from osai_essay.problem import Problem, did_you_mean
from osai_essay.urls import target_of

_ID = re.compile(r'\sid="([^"]+)"')


def check_pages(files: Iterable[OutputFile], links: Iterable[LinkUse]) -> tuple[Problem, ...]:
    """A problem for each link of an essay whose `#part` its page does not have.

    links: those of all essays.
    """
    wanted = [link for link in links if link.fragment]
    targets = {target_of(link.url) for link in wanted}
    ids = {each.target: _ids(each) for each in files if each.target in targets}
    return tuple(problem for link in wanted for problem in _check_anchor(link, ids))


def _ids(file: OutputFile) -> frozenset[str]:
    return frozenset(map(unescape, _ID.findall(file.read().decode("utf-8", "replace"))))


def _check_anchor(link: LinkUse, ids: Mapping[str, frozenset[str]]) -> Iterator[Problem]:
    known = ids.get(target_of(link.url), frozenset())
    if link.fragment in known or link.fragment == "top":
        return
    yield Problem(
        code="anchor-unknown",
        where=link.where,
        message=f'the page of "{link.href}" has no part "{link.fragment}"',
        fix=did_you_mean(link.fragment, known, else_say="name the id of a heading on that page."),
    )
