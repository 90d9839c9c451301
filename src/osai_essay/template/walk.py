"""A parsed tree walked once: every name in it with its place, and what content may not write."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jinja2 import nodes

from osai_essay.model import ClaimSpec, Formula, Text, Use
from osai_essay.problem import Problem
from osai_essay.struct import Struct, field
from osai_essay.template.faults import (
    call_not_allowed,
    chart_unreadable,
    no_reason,
    no_words,
    not_allowed,
    word_unknown,
)
from osai_essay.template.filters import TESTS
from osai_essay.template.jekyll import LINK_CALL, VERBATIM_CALL
from osai_essay.template.jekyll_filters import ALL_FILTERS
from osai_essay.template.places import Places
from osai_essay.template.tags import CHART_CALL, CLAIM, INCLUDE_CALL, Tag

MAX_LOOP_DEPTH = 3
_PRINTS = re.compile(r"\{\{.*?\}\}", re.DOTALL)
# what a claim, which is a link, cannot go around: breaks between blocks and cells, other links
_NO_WORDS = re.compile(
    r"\n[ \t]*(?:\n|[-*+>#] |\d+[.)] )|\||\]\(|\]\[|\[\^|<a\b|https?://|www\.", re.IGNORECASE
)
_ALLOWED: tuple[type[nodes.Node], ...] = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Const,
    nodes.List,
    nodes.Tuple,
    nodes.Getattr,
    nodes.Getitem,
    nodes.Filter,
    nodes.Test,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Add,
    nodes.Sub,
    nodes.Mul,
    nodes.Div,
    nodes.FloorDiv,
    nodes.Mod,
    nodes.Neg,
    nodes.Pos,
    nodes.Concat,
    nodes.CondExpr,
    nodes.If,
    nodes.For,
)
# kinds of nodes that authors know: the sign that stands for one, and what it is called
_REFUSED = {"Pow": ("**", "powers"), "Dict": ("{", "a dictionary"), "Slice": (":", "a slice")}

Scope = frozenset[str]  # names of loops, which are none of the site's


class Walk(Struct):
    """Gathers what one tree uses; house_tags: the claims and marks that it has yet to come to."""

    places: Places
    house_tags: list[Tag]
    problems: list[Problem] = field(default_factory=list)
    names: list[Use] = field(default_factory=list)
    charts: list[Use] = field(default_factory=list)
    claims: list[ClaimSpec] = field(default_factory=list)

    def walk(self, node: nodes.Node, scope: Scope = frozenset(), *, loops: int = 0) -> None:
        """A node and all within it, in the order of the source."""
        if isinstance(node, nodes.Call):
            self._call(node, scope, loops)
        elif isinstance(node, nodes.For):
            self._for(node, scope, loops)
        elif isinstance(node, nodes.With):
            self._house_tag(node, scope, loops)
        elif not isinstance(node, _ALLOWED):
            self._refuse(node)
        else:
            for child in _in_order(node):
                if child is node:
                    self._check(node, scope)
                else:
                    self.walk(child, scope, loops=loops)

    def _refuse(self, node: nodes.Node) -> None:
        kind = type(node).__name__
        sign, what = _REFUSED.get(kind, ("", f"{kind.lower()} here"))
        self.problems.append(not_allowed(self.places.find(node, sign), what))

    def _check(self, node: nodes.Node, scope: Scope) -> None:
        if isinstance(node, nodes.Name):
            where = self.places.mark(node, node.name)
            if node.name not in scope:
                self.names.append(Use(name=node.name, where=where))
        elif isinstance(node, nodes.Getattr):
            self.places.mark(node, node.attr, ".")
        elif isinstance(node, nodes.Filter | nodes.Test):
            self._check_word(node)

    def _check_word(self, node: nodes.Filter | nodes.Test) -> None:
        kind, known = ("filter", ALL_FILTERS) if isinstance(node, nodes.Filter) else ("test", TESTS)
        sign = "|" if kind == "filter" else "is"
        where = self.places.mark(node, node.name.split(".")[0], sign)
        if node.name not in known:
            self.problems.append(word_unknown(where, node.name, kind, tuple(known)))
        elif node.kwargs or node.dyn_args or node.dyn_kwargs:
            what = f"`name=` or `*` in the brackets of {node.name}"
            self.problems.append(not_allowed(where, what))

    def _call(self, node: nodes.Call, scope: Scope, loops: int) -> None:
        called = node.node.name if isinstance(node.node, nodes.Name) else None
        if called == INCLUDE_CALL:
            for pair in node.args[1].items if isinstance(node.args[1], nodes.Dict) else ():
                self.walk(pair.value, scope, loops=loops)
        elif called == CHART_CALL:
            self._chart(node)
        elif called not in (VERBATIM_CALL, LINK_CALL):
            word = called or str(getattr(node.node, "attr", "("))
            part = "." if isinstance(node.node, nodes.Getattr) else ""
            self.problems.append(call_not_allowed(self.places.find(node, word, part), word))

    def _chart(self, node: nodes.Call) -> None:
        where = self.places.mark(node, CHART_CALL)
        first = node.args[0] if len(node.args) == 1 and not node.kwargs else None
        if isinstance(first, nodes.Const) and isinstance(first.value, str):
            self.charts.append(Use(name=first.value, where=where))
        else:
            self.problems.append(chart_unreadable(where))

    def _for(self, node: nodes.For, scope: Scope, loops: int) -> None:
        if node.recursive or loops >= MAX_LOOP_DEPTH:
            too_deep = f"{MAX_LOOP_DEPTH + 1} loops in another"
            what = "a recursive loop" if node.recursive else too_deep
            self.problems.append(not_allowed(self.places.find(node, "for"), what))
            return
        targets = [each.name for each in _find_names(node.target)]
        for name in targets:
            self.places.find(node.target, name)
        self.walk(node.iter, scope, loops=loops)
        inner = scope | set(targets) | {"loop"}
        for child in [*([node.test] if node.test else []), *node.body]:
            self.walk(child, inner, loops=loops + 1)
        for child in node.else_:
            self.walk(child, scope, loops=loops)

    def _house_tag(self, node: nodes.With, scope: Scope, loops: int) -> None:
        """A claim, or a figure that is meant: what stands behind the name, then the words."""
        opening, before = self.house_tags.pop(0), len(self.names)
        self.walk(node.values[0], loops=loops)  # no loop's names: it is worked out once
        names = tuple(self.names[before:])
        if self.house_tags and not self.house_tags[0].name.startswith("end"):
            nested = self.house_tags[0]
            what = f"a {nested.name} within a {opening.name}"
            self.problems.append(not_allowed(self.places.at(nested.name_offset), what))
            return
        closing = self.house_tags.pop(0)
        words = self.places.source[opening.end : closing.start]
        self._check_words(node, opening, words)
        if opening.name == CLAIM:
            node.claim = len(self.claims)  # type: ignore[attr-defined]
            self.claims.append(self._claim(node, opening, words, names))
            scope = frozenset()  # its audit knows no loop
        for child in node.body:
            self.walk(child, scope, loops=loops)

    def _check_words(self, node: nodes.With, opening: Tag, words: str) -> None:
        """Words that can be a link, and the reason of a figure that is meant."""
        place, bare = self.places.of_tag(opening), _PRINTS.sub("x", words)
        if _NO_WORDS.search(bare) or not bare.strip():
            self.problems.append(no_words(opening.name, place))
        reason = node.values[0]
        if opening.name != CLAIM and not (isinstance(reason, nodes.Const) and reason.value):
            self.problems.append(no_reason(place))

    def _claim(
        self, node: nodes.With, opening: Tag, words: str, names: tuple[Use, ...]
    ) -> ClaimSpec:
        rule = opening.rest.strip()
        behind = opening.name_offset + len(opening.name)
        at = self.places.source.find(rule, behind) if rule else behind
        tree = nodes.Template(node.body, lineno=node.lineno)
        return ClaimSpec(
            rule=Formula(
                source=" ".join(rule.split()),
                where=self.places.at(at, len(rule.partition("\n")[0])),
                tree=node.values[0],
                names=names,
            ),
            words=Text(source=words, where=self.places.at(opening.end), tree=tree),
        )


def _in_order(node: nodes.Node) -> Iterator[nodes.Node]:
    """A node among its children, in the order in which the source names them."""
    children = [each for each in node.iter_child_nodes() if not isinstance(each, nodes.Keyword)]
    if isinstance(node, nodes.CondExpr):  # `this if test else that`
        children = [node.expr1, node.test, *([node.expr2] if node.expr2 else [])]
    is_behind = isinstance(node, nodes.Getattr | nodes.Filter | nodes.Test)
    yield from [*children[:1], node, *children[1:]] if is_behind else [node, *children]


def _find_names(node: nodes.Node) -> Iterator[nodes.Name]:
    if isinstance(node, nodes.Name):
        yield node
    yield from node.find_all(nodes.Name)
