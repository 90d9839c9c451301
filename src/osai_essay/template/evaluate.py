"""What a Text says: its parsed tree worked out over plain values, with a budget of steps.

Nothing of Python is reached: a dot or bracket looks into mappings and lists only, the filters are
those of `filters`, and the one thing that can be called is handed in by the caller.
"""

from __future__ import annotations

import operator
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jinja2 import nodes

from osai_essay.located import NO_TEXT
from osai_essay.model import Moment, Text
from osai_essay.problem import Problem, Where, did_you_mean
from osai_essay.template.filters import (
    FILTERS,
    MAX_CHARACTERS,
    TESTS,
    FilterError,
    describe,
    join_texts,
    to_text,
)
from osai_essay.template.tags import CHART_CALL

MAX_STEPS = 200_000
MAX_NUMBER = 1e300


Show = Callable[[Any], str]
DrawChart = Callable[[str, Where], str]
Include = Callable[[str, Mapping[str, Any], Where], str]


@dataclass(frozen=True, slots=True)
class Missing:
    """A value that is not there; printing it is a problem, asking for it is not."""

    name: str
    known: tuple[str, ...] = ()


class _WrongError(Exception):
    """Something in a template that cannot be worked out."""

    def __init__(self, code: str, node: nodes.Node, message: str, fix: str) -> None:
        super().__init__(message)
        self.code, self.node, self.message, self.fix = code, node, message, fix


def render_text(
    text: Text,
    names: Mapping[str, Any],
    *,
    show: Show = to_text,
    chart: DrawChart | None = None,
    include: Include | None = None,
) -> tuple[str, tuple[Problem, ...]]:
    """What the text says.

    names: what its names stand for: strings, numbers, lists, mappings.
    show: a value -> the characters that print it here.
    chart, include: what stands for a chart or include; None where neither may stand.
    Returns: the words, and what went wrong (then the words break off at the first fault).
    """
    said = render_with_places(text, names, show=show, chart=chart, include=include)
    return said.words, said.problems


@dataclass(frozen=True, slots=True)
class Said:
    """What a text says, what went wrong, and where in its file each part of the words stands.

    pieces: (offset in words, line of the source, the piece) of what the author wrote himself.
    """

    text: Text
    words: str
    problems: tuple[Problem, ...] = ()
    pieces: tuple[tuple[int, int, str], ...] = ()

    def place(self, offset: int) -> Where:
        """The place in the file of a character of the words."""
        index = bisect_right(self.pieces, offset, key=lambda piece: piece[0]) - 1
        start, line, piece = self.pieces[index] if index >= 0 else (0, 1, self.words)
        before = piece[: offset - start]
        line += before.count("\n")
        if "\n" in before or index < 0:
            column = len(before) - before.rfind("\n")
        else:
            begins = self.text.source.split("\n")[line - 1].find(piece.partition("\n")[0])
            column = max(0, begins) + len(before) + 1
        column += (self.text.where.column or 1) - 1 if line == 1 else 0
        file_line = (self.text.where.line or 1) + line - 1
        return Where(file=self.text.where.file, line=file_line, column=column)


def render_with_places(
    text: Text,
    names: Mapping[str, Any],
    *,
    show: Show = to_text,
    chart: DrawChart | None = None,
    include: Include | None = None,
) -> Said:
    """The same as `render_text`, with the way back from the words to the file."""
    if text.tree is None:
        return Said(text, text.source)
    evaluation = _Evaluation(text, show, chart, include)
    problems: tuple[Problem, ...] = ()
    try:
        evaluation.run(text.tree.body, dict(names))
    except _WrongError as wrong:
        problems = (_problem(wrong, text),)
    except RecursionError:
        deep = _WrongError(
            "template-too-deep", text.tree, "this is nested too deeply", "simplify it."
        )
        problems = (_problem(deep, text),)
    return Said(text, "".join(evaluation.out), problems, tuple(evaluation.pieces))


def _problem(wrong: _WrongError, text: Text) -> Problem:
    where = _place(wrong.node, text)
    return Problem(code=wrong.code, where=where, message=wrong.message, fix=wrong.fix)


def _place(node: nodes.Node, text: Text) -> Where:
    """Where the parser found a node's own word, else its line."""
    line = (text.where.line or 1) + node.lineno - 1
    place: Where = getattr(node, "place", Where(file=text.where.file, line=line))
    return place


@dataclass
class _Evaluation:
    """One walk over one tree: what it printed so far and the steps it has left."""

    text: Text
    show: Show
    chart: DrawChart | None
    include: Include | None
    out: list[str] = field(default_factory=list)
    pieces: list[tuple[int, int, str]] = field(default_factory=list)
    steps: int = 0
    size: int = 0

    def run(self, body: Sequence[nodes.Node], scope: dict[str, Any]) -> None:
        for node in body:
            self.step(node)
            if isinstance(node, nodes.Output):
                for child in node.nodes:
                    self.print(child, scope)
            elif isinstance(node, nodes.If):
                self.run_if(node, scope)
            elif isinstance(node, nodes.For):
                self.run_for(node, scope)

    def step(self, node: nodes.Node) -> None:
        self.steps += 1
        if self.steps > MAX_STEPS or self.size > MAX_CHARACTERS:
            raise _WrongError(
                "template-too-long",
                node,
                "this template runs too long or prints too much",
                "use fewer or shorter loops.",
            )

    def emit(self, words: str) -> None:
        self.size += len(words)
        self.out.append(words)

    def print(self, node: nodes.Node, scope: dict[str, Any]) -> None:
        self.step(node)
        if isinstance(node, nodes.TemplateData):
            self.pieces.append((self.size, node.lineno, node.data))
            self.emit(node.data)
        elif isinstance(node, nodes.Call):
            self.emit(self.call(node, scope))
        else:
            self.emit(self.apply(node, self.show, self.known(node, scope)))

    def call(self, node: nodes.Call, scope: dict[str, Any]) -> str:
        is_chart = isinstance(node.node, nodes.Name) and node.node.name == CHART_CALL
        name = str(getattr(node.args[0], "value", ""))
        where = _place(node, self.text)
        if is_chart and self.chart:
            return self.chart(name, where)
        if not is_chart and self.include:
            pairs = node.args[1].items if isinstance(node.args[1], nodes.Dict) else []
            arguments = {str(pair.key.as_const()): self.known(pair.value, scope) for pair in pairs}
            return self.include(name, arguments, where)
        what = "chart" if is_chart else "include"
        raise _WrongError(
            "text-no-place", node, f"no {what} can stand here", "put it into the body."
        )

    def run_if(self, node: nodes.If, scope: dict[str, Any]) -> None:
        branches = [(node.test, node.body), *((each.test, each.body) for each in node.elif_)]
        for test, body in branches:
            if self.truth(test, scope):
                self.run(body, scope)
                return
        self.run(node.else_, scope)

    def run_for(self, node: nodes.For, scope: dict[str, Any]) -> None:
        items = self.known(node.iter, scope)
        if isinstance(items, Mapping):
            items = tuple(items)
        if isinstance(items, str) or not isinstance(items, Sequence):
            raise self.wrong(node, f"for needs a list, but this is {describe(items)}")
        kept = [each for each in items if self.keeps(node, each, scope)]
        for index, each in enumerate(kept):
            self.step(node)
            loop = {
                "index": index + 1,
                "index0": index,
                "first": index == 0,
                "last": index == len(kept) - 1,
                "length": len(kept),
            }
            self.run(node.body, {**scope, "loop": loop, **self.bind(node.target, each)})
        if not kept:
            self.run(node.else_, scope)

    def keeps(self, node: nodes.For, item: Any, scope: dict[str, Any]) -> bool:
        self.step(node)
        return node.test is None or self.truth(node.test, {**scope, **self.bind(node.target, item)})

    def bind(self, target: nodes.Node, item: Any) -> dict[str, Any]:
        if isinstance(target, nodes.Name):
            return {target.name: item}
        parts = list(target.iter_child_nodes())
        if isinstance(item, str) or not isinstance(item, Sequence) or len(item) != len(parts):
            raise self.wrong(
                target, f"for needs {len(parts)} values each, but this is {describe(item)}"
            )
        return {
            name: value
            for part, each in zip(parts, item, strict=True)
            for name, value in self.bind(part, each).items()
        }

    def truth(self, node: nodes.Node, scope: dict[str, Any]) -> bool:
        value = self.value(node, scope)
        return not isinstance(value, Missing) and bool(value)

    def known(self, node: nodes.Node, scope: dict[str, Any]) -> Any:
        """The value of an expression that has to be there."""
        value = self.value(node, scope)
        if isinstance(value, Missing):
            raise _WrongError(
                "value-unknown",
                node,
                f'there is no "{value.name}" here',
                did_you_mean(
                    value.name.rsplit(".", 1)[-1],
                    value.known,
                    else_say="give it a value, or write `| default('')` behind it.",
                ),
            )
        return value

    def value(self, node: nodes.Node, scope: dict[str, Any]) -> Any:
        self.step(node)
        handler = _HANDLERS.get(type(node))
        if handler is None:
            raise self.wrong(node, "this cannot stand here")
        return handler(self, node, scope)

    def wrong(self, node: nodes.Node, message: str) -> _WrongError:
        return _WrongError("value-wrong", node, message, "change the value or the expression.")

    def name(self, node: nodes.Name, scope: dict[str, Any]) -> Any:
        return scope.get(node.name, Missing(node.name, tuple(scope)))

    def getattr(self, node: nodes.Getattr, scope: dict[str, Any]) -> Any:
        return self.look_up(self.value(node.node, scope), node.attr)

    def getitem(self, node: nodes.Getitem, scope: dict[str, Any]) -> Any:
        return self.look_up(self.known(node.node, scope), self.known(node.arg, scope))

    def look_up(self, holder: Any, key: Any) -> Any:
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

    def filter(self, node: nodes.Filter, scope: dict[str, Any]) -> Any:
        value = self.value(node.node, scope) if node.node else ""
        arguments = [self.known(each, scope) for each in node.args]
        keywords = {str(pair.key): self.known(pair.value, scope) for pair in node.kwargs}
        if node.name == "default" and (value is None or isinstance(value, Missing)):
            return arguments[0] if arguments else ""
        if isinstance(value, Missing):
            value = self.known(node.node or node, scope)
        return self.apply(node, FILTERS[node.name], value, *arguments, **keywords)

    def test(self, node: nodes.Test, scope: dict[str, Any]) -> bool:
        value = self.value(node.node, scope)
        if node.name in ("defined", "undefined"):
            return isinstance(value, Missing) is (node.name == "undefined")
        if isinstance(value, Missing):
            value = self.known(node.node, scope)
        arguments = [self.known(each, scope) for each in node.args]
        return bool(self.apply(node, TESTS[node.name], value, *arguments))

    def apply(
        self, node: nodes.Node, function: Callable[..., Any], *values: Any, **more: Any
    ) -> Any:
        try:
            result = function(*values, **more)
        except FilterError as error:
            raise self.wrong(node, f"this {error}") from None
        except (TypeError, ValueError, ZeroDivisionError, OverflowError):
            name = getattr(node, "name", None)
            others = " and ".join(describe(each) for each in values[1:])
            raise self.wrong(
                node,
                f'"{name}" cannot work on {describe(values[0])} so'
                if name
                else f"{describe(values[0])} and {others} cannot be compared so",
            ) from None
        return self.bounded(node, result)

    def bounded(self, node: nodes.Node, value: Any) -> Any:
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

    def compare(self, node: nodes.Compare, scope: dict[str, Any]) -> bool:
        left = self.known(node.expr, scope)
        for operand in node.ops:
            right = self.known(operand.expr, scope)
            self.steps += (_length(left) + _length(right)) // 1000
            self.step(node)
            if not self.apply(
                node, _COMPARISONS[operand.op], _comparable(left), _comparable(right)
            ):
                return False
            left = right
        return True

    def arithmetic(self, node: nodes.BinExpr, scope: dict[str, Any]) -> int | float:
        left, right = self.known(node.left, scope), self.known(node.right, scope)
        for value in (left, right):
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise self.wrong(
                    node, f"{node.operator} needs numbers, but this is {describe(value)}"
                )
        if right == 0 and node.operator in ("/", "//", "%"):
            raise self.wrong(node, "this divides by zero")
        result: int | float = self.apply(node, _ARITHMETIC[node.operator], left, right)
        return result

    def sign(self, node: nodes.UnaryExpr, scope: dict[str, Any]) -> Any:
        value = self.known(node.node, scope)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.wrong(node, f"{node.operator} needs a number, but this is {describe(value)}")
        return -value if node.operator == "-" else value

    def concat(self, node: nodes.Concat, scope: dict[str, Any]) -> str:
        parts = [self.known(each, scope) for each in node.nodes]
        return str(self.apply(node, join_texts, [to_text(each) for each in parts]))

    def conditional(self, node: nodes.CondExpr, scope: dict[str, Any]) -> Any:
        if self.truth(node.test, scope):
            return self.value(node.expr1, scope)
        return self.value(node.expr2, scope) if node.expr2 else ""

    def sequence(self, node: nodes.List | nodes.Tuple, scope: dict[str, Any]) -> list[Any]:
        return [self.known(each, scope) for each in node.items]


def _key_text(key: Any) -> str:
    """A key as a problem names it."""
    return str(key) if isinstance(key, str | int | float) else describe(key)


def _length(value: Any) -> int:
    return len(value) if isinstance(value, str | list | tuple | Mapping) else 0


def _comparable(value: Any) -> Any:
    return value.value if isinstance(value, Moment) else value


def _contains(left: Any, right: Any) -> bool:
    return left in right


_COMPARISONS: Mapping[str, Callable[[Any, Any], Any]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "gt": operator.gt,
    "gteq": operator.ge,
    "lt": operator.lt,
    "lteq": operator.le,
    "in": _contains,
    "notin": lambda left, right: left not in right,
}

_ARITHMETIC: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
}


def _and(self: _Evaluation, node: nodes.And, scope: dict[str, Any]) -> bool:
    return self.truth(node.left, scope) and self.truth(node.right, scope)


def _or(self: _Evaluation, node: nodes.Or, scope: dict[str, Any]) -> bool:
    return self.truth(node.left, scope) or self.truth(node.right, scope)


_HANDLERS: Mapping[type[nodes.Node], Callable[[_Evaluation, Any, dict[str, Any]], Any]] = {
    nodes.Name: _Evaluation.name,
    nodes.Const: lambda self, node, scope: self.bounded(node, node.value),
    nodes.TemplateData: lambda self, node, scope: node.data,
    nodes.List: _Evaluation.sequence,
    nodes.Tuple: _Evaluation.sequence,
    nodes.Getattr: _Evaluation.getattr,
    nodes.Getitem: _Evaluation.getitem,
    nodes.Filter: _Evaluation.filter,
    nodes.Test: _Evaluation.test,
    nodes.Compare: _Evaluation.compare,
    nodes.And: _and,
    nodes.Or: _or,
    nodes.Not: lambda self, node, scope: not self.truth(node.node, scope),
    nodes.Concat: _Evaluation.concat,
    nodes.CondExpr: _Evaluation.conditional,
    nodes.Neg: _Evaluation.sign,
    nodes.Pos: _Evaluation.sign,
    **dict.fromkeys(
        (nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod),
        _Evaluation.arithmetic,
    ),
}
