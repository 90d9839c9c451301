"""In which unit a formula comes out, and where it adds or compares what does not go together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import nodes

from osai_essay.model import Formula, Unit
from osai_essay.problem import Problem
from osai_essay.struct import Struct
from osai_essay.template.expressions import WrongError
from osai_essay.template.formulas import SIGNS, place_wrong
from osai_essay.units import cure, difference, divided, fits, multiplied, say_unit, scaled

Units = Mapping[str, Unit | None]
_ONE_OF = ("min", "max", "sum", "first", "last")  # filters of a list whose items have to fit
_SAME = (*_ONE_OF, "abs", "round")


class Measured(Struct, frozen=True):
    """A part of a formula: its text, its unit where that is known, its value if it is written out.

    What has neither unit nor value fits anything.
    """

    text: str
    unit: Unit | None = None
    value: float | None = None


def measure(formula: Formula, units: Units) -> tuple[Unit | None, tuple[Problem, ...]]:
    """The unit of a formula over numbers, None where it is not known, or the one problem it has.

    units: those of the numbers; a number without one fits anything.
    """
    try:
        return _measure(formula.tree, units).unit, ()
    except WrongError as wrong:
        return None, (place_wrong(wrong, formula),)
    except RecursionError:  # `work_out` says so
        return None, ()


def _measure(node: nodes.Node, units: Units) -> Measured:
    handler = _HANDLERS.get(type(node))
    if handler:
        return handler(node, units)
    for child in node.iter_child_nodes():
        _measure(child, units)
    return Measured("...")


def _name(node: nodes.Name, units: Units) -> Measured:
    return Measured(node.name, units.get(node.name))


def _constant(node: nodes.Const, _: Units) -> Measured:
    value = node.value
    is_amount = isinstance(value, int | float) and not isinstance(value, bool)
    return Measured(str(value), value=float(value) if is_amount else None)


def _sign(node: nodes.UnaryExpr, units: Units) -> Measured:
    of = _measure(node.node, units)
    return Measured(f"{node.operator}{of.text}", of.unit, of.value)


def _sum(node: nodes.BinExpr, units: Units) -> Measured:
    left, right = _measure(node.left, units), _measure(node.right, units)
    _check(node, left, node.operator, right)
    unit = left.unit or right.unit
    if unit and node.operator == "-":
        unit = difference(unit)
    return Measured(_joined(left, node.operator, right), unit)


def _product(node: nodes.BinExpr, units: Units) -> Measured:
    left, right = _measure(node.left, units), _measure(node.right, units)
    return Measured(_joined(left, node.operator, right), _unit_of_product(node, left, right))


def _unit_of_product(node: nodes.BinExpr, left: Measured, right: Measured) -> Unit | None:
    if left.unit and right.unit:
        combine = multiplied if isinstance(node, nodes.Mul) else divided
        return combine(left.unit, right.unit)
    if left.unit and right.value:
        return scaled(left.unit, right.value)
    if right.unit and left.value:
        unit = right.unit if isinstance(node, nodes.Mul) else divided(Unit(), right.unit)
        return scaled(unit, left.value)
    return None


def _compare(node: nodes.Compare, units: Units) -> Measured:
    left = _measure(node.expr, units)
    for operand in node.ops:
        right = _measure(operand.expr, units)
        if operand.op in SIGNS:
            _check(node, left, SIGNS[operand.op], right)
        left = right
    return Measured("...")


def _filter(node: nodes.Filter, units: Units) -> Measured:
    of = _measure(node.node, units) if node.node else Measured("...")
    for argument in node.args:
        _measure(argument, units)
    if node.name in _ONE_OF and isinstance(node.node, nodes.List | nodes.Tuple):
        of = _one_of(node, [_measure(item, units) for item in node.node.items])
    text = f"{of.text} | {node.name}"
    return Measured(text, of.unit) if node.name in _SAME else Measured(text)


def _one_of(node: nodes.Filter, items: list[Measured]) -> Measured:
    known = [item for item in items if item.unit]
    for item in known[1:]:
        _check(node, known[0], node.name, item)
    text = ", ".join(item.text for item in items)
    return Measured(f"[{text}]", known[0].unit if known else None)


def _either(node: nodes.CondExpr, units: Units) -> Measured:
    _measure(node.test, units)
    first = _measure(node.expr1, units)
    second = _measure(node.expr2, units) if node.expr2 else Measured("")
    is_one = first.unit and second.unit and fits(first.unit, second.unit)
    return Measured("...", first.unit if is_one else None)


def _joined(left: Measured, sign: str, right: Measured) -> str:
    return f"{left.text} {sign} {right.text}"


def _check(node: nodes.Node, left: Measured, sign: str, right: Measured) -> None:
    """Raises: WrongError."""
    if left.unit is None or right.unit is None or fits(left.unit, right.unit):
        return
    raise WrongError(
        "unit-mixed",
        node,
        f"`{sign}` mixes units: {left.text} ({say_unit(left.unit)}) "
        f"and {right.text} ({say_unit(right.unit)})",
        cure(left.text, left.unit, right.unit),
    )


_HANDLERS: Mapping[type[nodes.Node], Callable[[Any, Units], Measured]] = {
    nodes.Name: _name,
    nodes.Const: _constant,
    nodes.Neg: _sign,
    nodes.Pos: _sign,
    nodes.Add: _sum,
    nodes.Sub: _sum,
    nodes.Mul: _product,
    nodes.Div: _product,
    nodes.FloorDiv: _product,
    nodes.Compare: _compare,
    nodes.Filter: _filter,
    nodes.CondExpr: _either,
}
