"""Figures that a text computes where it prints them: no number of the site, so without an audit."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import nodes

from osai_essay.model import Use
from osai_essay.problem import Where

_COUNTS = frozenset("abs float int length max min round size sum".split())  # filters that do


def find_computed(tree: nodes.Template, where: Where) -> Iterator[tuple[Use, ...]]:
    """The names that each expression which is printed counts with, were they numbers.

    where: the place of the text. Conditions count too, but print nothing; the rule of a claim is
    shown to the reader as it is.
    """
    for output in tree.find_all(nodes.Output):
        for node in output.nodes:
            found = tuple(
                Use(name=each.name, where=getattr(each, "place", where))
                for each in _counted(node, is_counted=False)
            )
            if found:
                yield found


def _counted(node: nodes.Node, *, is_counted: bool) -> Iterator[nodes.Name]:
    """The names within arithmetic, or within a filter that counts."""
    if isinstance(node, nodes.TemplateData):
        return
    if isinstance(node, nodes.Name) and is_counted:
        yield node
    if isinstance(node, nodes.Compare | nodes.Test | nodes.Call):
        return
    counts = isinstance(node, nodes.BinExpr | nodes.UnaryExpr)
    counts = counts and not isinstance(node, nodes.And | nodes.Or | nodes.Not)
    counts = counts or (isinstance(node, nodes.Filter) and node.name in _COUNTS)
    for child in _printed(node):
        yield from _counted(child, is_counted=is_counted or counts)


def _printed(node: nodes.Node) -> Iterator[nodes.Node]:
    """The parts that a reader sees something of."""
    if isinstance(node, nodes.CondExpr):
        yield from (each for each in (node.expr1, node.expr2) if each)
    elif isinstance(node, nodes.Filter):
        yield from [node.node] if node.node else []
    else:
        yield from node.iter_child_nodes()
