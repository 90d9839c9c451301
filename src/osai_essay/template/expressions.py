"""Values of expressions in content: names, filters, comparisons, arithmetic; a budget of steps.

Nothing of Python is reached: a dot or bracket looks into mappings and lists only, and the filters
are those of `filters`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from jinja2 import nodes

from osai_essay.located import NO_TEXT
from osai_essay.model import Number
from osai_essay.problem import did_you_mean
from osai_essay.struct import Struct
from osai_essay.template.filters import TESTS
from osai_essay.template.jekyll_filters import (
    ALL_FILTERS,
    PLAIN_FILTERS,
    SHOWN_ARGUMENTS,
    SITE_FILTERS,
)
from osai_essay.template.operators import ARITHMETIC, COMPARISONS, comparable, days_between
from osai_essay.template.values import (
    MAX_CHARACTERS,
    FilterError,
    describe,
    join_texts,
    plain,
    to_text,
)

MAX_STEPS = 200_000
MAX_NUMBER = 1e300
LISTS = dict.fromkeys(  # of Jekyll's `site`: what an essay says rests on no other essay
    ("posts", "pages", "related_posts"),
    "lists of posts belong in a template of the theme, such as templates/index.html.",
)


class Missing(Struct, frozen=True):
    """A value that is not there; printing it is a problem, asking for it is not."""

    name: str
    known: tuple[str, ...] = ()


class WrongError(Exception):
    """Something in a template that cannot be worked out."""

    def __init__(self, code: str, node: nodes.Node, message: str, fix: str) -> None:
        super().__init__(message)
        self.code, self.node, self.message, self.fix = code, node, message, fix


class Expressions(Struct):
    """Works out expressions of one tree; steps: taken so far, size: characters printed so far."""

    steps: int = 0
    size: int = 0

    def step(self, node: nodes.Node) -> None:
        """Count a step. Raises: WrongError when there are too many, or too much is printed."""
        self.steps += 1
        if self.steps > MAX_STEPS or self.size > MAX_CHARACTERS:
            raise WrongError(
                "template-too-long",
                node,
                "this template runs too long or prints too much",
                "use fewer or shorter loops.",
            )

    def truth(self, node: nodes.Node, scope: dict[str, Any]) -> bool:
        """True if an expression counts as true; what is missing does not."""
        value = plain(self.value(node, scope))
        return not isinstance(value, Missing) and bool(value)

    def known(self, node: nodes.Node, scope: dict[str, Any]) -> Any:
        """The value of an expression that has to be there, to count with."""
        return plain(self.there(node, scope))

    def there(self, node: nodes.Node, scope: dict[str, Any]) -> Any:
        """The same; a number that is bound stays what it is, so that it can be shown."""
        value = self.value(node, scope)
        if isinstance(value, Missing):
            raise WrongError(
                "value-unknown",
                node,
                f'there is no "{value.name}" here',
                LISTS.get(value.name)
                or did_you_mean(
                    value.name.rsplit(".", 1)[-1],
                    value.known,
                    else_say="give it a value, or write `| default('')` behind it.",
                ),
            )
        return value

    def value(self, node: nodes.Node, scope: dict[str, Any]) -> Any:
        """The value of an expression, Missing where it has none."""
        self.step(node)
        handler = _HANDLERS.get(type(node))
        if handler is None:
            raise self.wrong(node, "this cannot stand here")
        return handler(self, node, scope)

    def wrong(self, node: nodes.Node, message: str) -> WrongError:
        """The problem of a value that does not fit."""
        return WrongError("value-wrong", node, message, "change the value or the expression.")

    def _name(self, node: nodes.Name, scope: dict[str, Any]) -> Any:
        return scope.get(node.name, Missing(node.name, tuple(scope)))

    def _getattr(self, node: nodes.Getattr, scope: dict[str, Any]) -> Any:
        return self._look_up(self.value(node.node, scope), node.attr)

    def _getitem(self, node: nodes.Getitem, scope: dict[str, Any]) -> Any:
        return self._look_up(self.there(node.node, scope), self.known(node.arg, scope))

    def _look_up(self, holder: Any, key: Any) -> Any:
        holder = holder.value if isinstance(holder, Number) else holder
        if isinstance(holder, Missing):
            return Missing(f"{holder.name}.{key}")
        if isinstance(holder, Mapping):
            is_known = isinstance(key, str | int | float) and key in holder
            return holder[key] if is_known else Missing(_key_text(key), tuple(map(str, holder)))
        is_index = isinstance(key, int) and not isinstance(key, bool)
        if (
            isinstance(holder, str | list | tuple)
            and is_index
            and -len(holder) <= key < len(holder)
        ):
            return holder[key]
        return Missing(_key_text(key))

    def _filter(self, node: nodes.Filter, scope: dict[str, Any]) -> Any:
        value = self.value(node.node, scope) if node.node else ""
        read = self.there if node.name in SHOWN_ARGUMENTS else self.known
        arguments = [read(each, scope) for each in node.args]
        if node.name == "default" and (value is None or isinstance(value, Missing)):
            return arguments[0] if arguments else ""
        if isinstance(value, Missing):
            value = self.known(node.node or node, scope)
        if node.name in PLAIN_FILTERS:
            value = plain(value)
        if node.name in SITE_FILTERS:
            arguments = [scope.get("site", {}), *arguments]
        return self.apply(node, ALL_FILTERS[node.name], value, *arguments)

    def _test(self, node: nodes.Test, scope: dict[str, Any]) -> bool:
        value = plain(self.value(node.node, scope))
        if node.name in ("defined", "undefined"):
            return isinstance(value, Missing) is (node.name == "undefined")
        if isinstance(value, Missing):
            value = self.known(node.node, scope)
        arguments = [self.known(each, scope) for each in node.args]
        return bool(self.apply(node, TESTS[node.name], value, *arguments))

    def apply(self, node: nodes.Node, function: Callable[..., Any], *values: Any) -> Any:
        """A function of values, its faults as problems of the node."""
        try:
            result = function(*values)
        except FilterError as error:
            raise WrongError("value-wrong", node, f"this {error}", error.fix) from None
        except (TypeError, ValueError, ZeroDivisionError, OverflowError):
            name = getattr(node, "name", None)
            others = " and ".join(describe(each) for each in values[1:])
            raise self.wrong(
                node,
                f'"{name}" cannot work on {describe(values[0])} so'
                if name
                else f"{describe(values[0])} and {others} cannot be compared so",
            ) from None
        return self._bounded(node, result)

    def _bounded(self, node: nodes.Node, value: Any) -> Any:
        """A value, unless it is far too large; long ones cost as many steps as they take time."""
        if isinstance(value, str | list):
            self.steps += len(value) // 1000
        if isinstance(value, str) and NO_TEXT.search(value):
            raise self.wrong(
                node, "this holds a control character or half of a character, which is no text"
            )
        if isinstance(value, str) and len(value) > MAX_CHARACTERS:
            raise self.wrong(node, "this makes a text that is far too long")
        if isinstance(value, int | float) and not abs(value) <= MAX_NUMBER:
            raise self.wrong(node, "this makes a number that is far too large")
        return value

    def _compare(self, node: nodes.Compare, scope: dict[str, Any]) -> bool:
        left = self.known(node.expr, scope)
        for operand in node.ops:
            right = self.known(operand.expr, scope)
            self.steps += (_length(left) + _length(right)) // 1000
            self.step(node)
            if not self.apply(node, COMPARISONS[operand.op], comparable(left), comparable(right)):
                return False
            left = right
        return True

    def _arithmetic(self, node: nodes.BinExpr, scope: dict[str, Any]) -> int | float:
        left, right = self.known(node.left, scope), self.known(node.right, scope)
        if node.operator == "-" and isinstance(left, date) and isinstance(right, date):
            return days_between(left, right)
        for value in (left, right):
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise self.wrong(
                    node, f"{node.operator} needs numbers, but this is {describe(value)}"
                )
        if right == 0 and node.operator in ("/", "//", "%"):
            raise self.wrong(node, "this divides by zero")
        result: int | float = self.apply(node, ARITHMETIC[node.operator], left, right)
        return result

    def _sign(self, node: nodes.UnaryExpr, scope: dict[str, Any]) -> Any:
        value = self.known(node.node, scope)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.wrong(node, f"{node.operator} needs a number, but this is {describe(value)}")
        return -value if node.operator == "-" else value

    def _concat(self, node: nodes.Concat, scope: dict[str, Any]) -> str:
        parts = [self.there(each, scope) for each in node.nodes]  # a number as it is shown
        return str(self.apply(node, join_texts, [to_text(each) for each in parts]))

    def _conditional(self, node: nodes.CondExpr, scope: dict[str, Any]) -> Any:
        if self.truth(node.test, scope):
            return self.value(node.expr1, scope)
        return self.value(node.expr2, scope) if node.expr2 else ""

    def _sequence(self, node: nodes.List | nodes.Tuple, scope: dict[str, Any]) -> list[Any]:
        return [self.there(each, scope) for each in node.items]


def _key_text(key: Any) -> str:
    """A key as a problem names it."""
    return str(key) if isinstance(key, str | int | float) else describe(key)


def _length(value: Any) -> int:
    return len(value) if isinstance(value, str | list | tuple | Mapping) else 0


def _and(self: Expressions, node: nodes.And, scope: dict[str, Any]) -> bool:
    return self.truth(node.left, scope) and self.truth(node.right, scope)


def _or(self: Expressions, node: nodes.Or, scope: dict[str, Any]) -> bool:
    return self.truth(node.left, scope) or self.truth(node.right, scope)


_HANDLERS: Mapping[type[nodes.Node], Callable[[Expressions, Any, dict[str, Any]], Any]] = {
    nodes.Name: Expressions._name,
    nodes.Const: lambda self, node, scope: self._bounded(node, node.value),
    nodes.TemplateData: lambda self, node, scope: node.data,
    nodes.List: Expressions._sequence,
    nodes.Tuple: Expressions._sequence,
    nodes.Getattr: Expressions._getattr,
    nodes.Getitem: Expressions._getitem,
    nodes.Filter: Expressions._filter,
    nodes.Test: Expressions._test,
    nodes.Compare: Expressions._compare,
    nodes.And: _and,
    nodes.Or: _or,
    nodes.Not: lambda self, node, scope: not self.truth(node.node, scope),
    nodes.Concat: Expressions._concat,
    nodes.CondExpr: Expressions._conditional,
    nodes.Neg: Expressions._sign,
    nodes.Pos: Expressions._sign,
    **dict.fromkeys(
        (nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod),
        Expressions._arithmetic,
    ),
}
