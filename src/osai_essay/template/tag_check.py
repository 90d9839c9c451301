"""Tags that cannot be read, found before a source is parsed; what others include and link to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from osai_essay.model import Use
from osai_essay.problem import Problem, Where
from osai_essay.struct import Struct, field
from osai_essay.template.faults import (
    include_unreadable,
    not_allowed,
    not_closed,
    tag_not_allowed,
)
from osai_essay.template.foreign import check_tag, no_link, tag_open
from osai_essay.template.jekyll import BLOCK_TAGS, LINK_TAGS, words_behind
from osai_essay.template.places import Places
from osai_essay.template.tags import (
    HOUSE_TAGS,
    THEME_ONLY_TAGS,
    Tag,
    Token,
    of_names,
    read_include,
    unpaired,
)


class TagCheck(Struct):
    """Looks at each tag of one source; faulty: those that cannot be read.

    is_closed: False where a tag that needs an end has none, so that no tree can be made.
    """

    places: Places
    faulty: list[Tag] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    includes: list[Use] = field(default_factory=list)
    links: list[Use] = field(default_factory=list)
    is_closed: bool = True

    def check(self, tokens: Iterable[Token], tags: tuple[Tag, ...]) -> None:
        """Note what is wrong; `endx` has no problem beside its `x`."""
        ends: set[str] = set()
        for tag in tags:
            if tag.name in ends or self._keep(self._check_tag(tag)):
                self.faulty.append(tag)
                ends |= {f"end{tag.name}"} - THEME_ONLY_TAGS
        self._keep(problem for token in tokens for problem in self._check_private(token))
        self.is_closed = not self._keep(self._check_pairs(tags))

    def _keep(self, problems: Iterable[Problem]) -> bool:
        """Note problems; true if there were any."""
        count = len(self.problems)
        self.problems += problems
        return len(self.problems) > count

    def _check_pairs(self, tags: tuple[Tag, ...]) -> Iterator[Problem]:
        """A problem for each tag that is not closed, or closes nothing."""
        for tag in unpaired(of_names(tags, HOUSE_TAGS)):
            yield not_closed(tag.name, self.places.of_tag(tag))
        for tag in unpaired(of_names(tags, BLOCK_TAGS)):
            yield tag_open(tag.name, self.places.of_tag(tag))

    def _check_private(self, token: Token) -> Iterator[Problem]:
        if token.kind == "name" and token.value.startswith("_"):
            where = self.places.at(token.offset, len(token.value))
            yield not_allowed(where, f'the name "{token.value}"')

    def _check_tag(self, tag: Tag) -> Iterator[Problem]:
        where = self.places.of_tag(tag)
        if tag.name in THEME_ONLY_TAGS:
            yield tag_not_allowed(tag.name, where)
        elif tag.name == "include":
            yield from self._check_include(tag, where)
        elif tag.name in LINK_TAGS:
            yield from self._check_link(tag, where)
        else:
            yield from check_tag(tag.name, words_behind(tag, self.places.source), where)

    def _check_link(self, tag: Tag, where: Where) -> Iterator[Problem]:
        """A file that `link` or `post_url` names is known later, with the others."""
        source = self.places.source
        name = words_behind(tag, source)
        if name:
            at = self.places.at(source.index(name, tag.name_offset + len(tag.name)), len(name))
            self.links.append(Use(name=name, where=at))
        else:
            yield no_link(tag.name, where)

    def _check_include(self, tag: Tag, where: Where) -> Iterator[Problem]:
        include = read_include(tag.rest)
        if include:
            behind = tag.name_offset + len(tag.name)
            at = self.places.at(behind + tag.rest.find(include.name), len(include.name))
            self.includes.append(Use(name=include.name, where=at))
        else:
            yield include_unreadable(tag.rest.strip(), where)
