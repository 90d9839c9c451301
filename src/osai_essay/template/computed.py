"""Figures that a text computes where it prints them: no number of the site, so without an audit."""

from __future__ import annotations

from collections.abc import Container, Iterator

from jinja2 import nodes

from osai_essay.model import Text, Use

_COUNTS = frozenset("abs float int length max min round size sum".split())  # filters that do


def find_computed(text: Text, numbers: Container[str]) -> Iterator[Use]:
    """The first number of each expression that is printed and counts with numbers.

    Conditions count too, but print nothing; the rule of a claim is shown to the reader as it is.
    """
    outputs = text.tree.find_all(nodes.Output) if text.tree else ()
    for output in outputs:
        for node in output.nodes:
            found = next(_counted(node, numbers, is_counted=False), None)
            if found:
                yield Use(name=found.name, where=getattr(found, "place", text.where))


def _counted(
    node: nodes.Node, numbers: Container[str], *, is_counted: bool
) -> Iterator[nodes.Name]:
    """The names of numbers within arithmetic, or within a filter that counts."""
    if isinstance(node, nodes.Name) and is_counted and node.name in numbers:
        yield node
    if isinstance(node, nodes.Compare | nodes.Test | nodes.Call):
        return
    counts = isinstance(node, nodes.BinExpr | nodes.UnaryExpr)
    counts = counts and not isinstance(node, nodes.And | nodes.Or | nodes.Not)
    counts = counts or (isinstance(node, nodes.Filter) and node.name in _COUNTS)
    for child in _printed(node):
        yield from _counted(child, numbers, is_counted=is_counted or counts)


def _printed(node: nodes.Node) -> Iterator[nodes.Node]:
    """The parts that a reader sees something of."""
    if isinstance(node, nodes.CondExpr):
        yield from (each for each in (node.expr1, node.expr2) if each)
    elif isinstance(node, nodes.Filter):
        yield from [node.node] if node.node else []
    else:
        yield from node.iter_child_nodes()
