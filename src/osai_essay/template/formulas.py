"""What a formula or the rule of a claim comes to, and by how much the rule holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinja2 import nodes

from osai_essay.model import Formula
from osai_essay.problem import Problem, Where
from osai_essay.template.expressions import Expressions, WrongError

SIGNS = {"lt": "<", "lteq": "<=", "gt": ">", "gteq": ">=", "eq": "==", "ne": "!="}
_ORDERS = ("lt", "lteq", "gt", "gteq")


def work_out(formula: Formula, names: Mapping[str, Any]) -> tuple[Any, tuple[Problem, ...]]:
    """The value of a formula over numbers; None with a problem where it has none."""
    try:
        return Expressions().known(formula.tree, dict(names)), ()
    except WrongError as wrong:
        return None, (place_wrong(wrong, formula),)
    except RecursionError:
        too_deep = Problem(
            code="template-too-deep",
            where=formula.where,
            message="this is nested too deeply",
            fix="split it up: a formula may use another number.",
        )
        return None, (too_deep,)


def margin_of(rule: Formula, names: Mapping[str, Any]) -> float | None:
    """How far the sides of a rule's comparisons lie apart, as a share of the right side.

    The smallest for `and`, the largest for `or`; None where no amounts are compared by size. A side
    that cannot be worked out, because the rule is settled before it comes to it, does not count.
    """
    return _margin(rule.tree, dict(names), is_denied=False)


def sides_of(rule: Formula, names: Mapping[str, Any]) -> str:
    """What a comparison comes to, such as `51.15 < 43.625`; empty for any other rule."""
    node, scope = rule.tree, dict(names)
    if not isinstance(node, nodes.Compare):
        return ""
    try:
        parts = [_short(Expressions().known(node.expr, scope))]
        for operand in node.ops:
            shown = _short(Expressions().known(operand.expr, scope))
            parts += [SIGNS.get(operand.op, operand.op), shown]
    except WrongError:
        return ""
    return " ".join(parts)


def _short(value: Any) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def _margin(node: nodes.Node, names: dict[str, Any], *, is_denied: bool) -> float | None:
    """The margin of a part of a rule; is_denied: within a `not`, where `and` is an `or`."""
    if isinstance(node, nodes.Compare):
        try:
            return _compare(node, names)
        except WrongError:
            return None
    if isinstance(node, nodes.Not):
        return _margin(node.node, names, is_denied=not is_denied)
    if isinstance(node, nodes.And | nodes.Or):
        sides = (node.left, node.right)
        both = [_margin(side, names, is_denied=is_denied) for side in sides]
        known = [each for each in both if each is not None]
        choose = min if isinstance(node, nodes.And) is not is_denied else max
        return choose(known) if known else None
    return None


def _compare(node: nodes.Compare, names: dict[str, Any]) -> float | None:
    """Of `a < b < c` the smaller margin of the two."""
    found = []
    left = Expressions().known(node.expr, names)
    for operand in node.ops:
        right = Expressions().known(operand.expr, names)
        if operand.op in _ORDERS and _is_amount(left) and _is_amount(right) and right:
            found.append(abs(left - right) / abs(right))
        left = right
    return min(found) if found else None


def _is_amount(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def place_wrong(wrong: WrongError, formula: Formula) -> Problem:
    """What cannot be worked out, at its place in the file."""
    where: Where = getattr(wrong.node, "place", formula.where)
    return Problem(code=wrong.code, where=where, message=wrong.message, fix=wrong.fix)
