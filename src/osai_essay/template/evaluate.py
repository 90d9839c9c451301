"""What a Text says: its parsed tree worked out over plain values, with a budget of steps.

The one thing that can be called is handed in by the caller; for what stands within {{ }} see
`expressions`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from jinja2 import nodes

from osai_essay.model import Number, Text
from osai_essay.problem import Problem, Where
from osai_essay.punctuation import typeset
from osai_essay.struct import Struct, field
from osai_essay.template.expressions import Expressions, WrongError
from osai_essay.template.jekyll import LINK_CALL, VERBATIM_CALL
from osai_essay.template.tags import CHART_CALL, INCLUDE_CALL
from osai_essay.template.values import describe, shown, to_text

Show = Callable[[Any], str]
DrawChart = Callable[[str, Where], str]
Include = Callable[[str, Mapping[str, Any], Where], str]
LinkFile = Callable[[str], str]
Bracket = Callable[[int | None, bool], str]  # a claim's index or None, True where it begins


def no_bracket(claim: int | None, is_start: bool) -> str:  # noqa: ARG001
    """What stands around the words of a claim where it is not shown: nothing."""
    return ""


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


def render_line(text: Text, names: Mapping[str, Any]) -> tuple[str, tuple[Problem, ...]]:
    """What a title, an alt text or a note says, its quotes and dashes set as those of prose."""
    words, problems = render_text(text, names)
    return typeset(words), problems


class Said(Struct, frozen=True):
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
        return self.text.where.within(line, column)


def render_with_places(
    text: Text,
    names: Mapping[str, Any],
    *,
    show: Show = to_text,
    chart: DrawChart | None = None,
    include: Include | None = None,
    link: LinkFile | None = None,
    bracket: Bracket = no_bracket,
) -> Said:
    """The same as `render_text`, with the way back from the words to the file.

    link: the name of an author's file -> the address of its page.
    bracket: what stands before and after the words of a claim, or of figures that are meant.
    """
    if text.tree is None:
        return Said(text, text.source)
    evaluation = _Evaluation(
        text=text, show=show, chart=chart, include=include, link=link, bracket=bracket
    )
    try:
        evaluation.run(text.tree.body, dict(names))
    except WrongError as wrong:
        evaluation.wrongs[id(wrong.node)] = wrong
    except RecursionError:
        deep = "this is nested too deeply"
        evaluation.wrongs[0] = WrongError("template-too-deep", text.tree, deep, "simplify it.")
    wrongs = (wrong for wrong in evaluation.wrongs.values() if not _is_echo(wrong, names))
    problems = tuple(_problem(wrong, text) for wrong in wrongs)
    return Said(text, "".join(evaluation.out), problems, tuple(evaluation.pieces))


def _is_echo(wrong: WrongError, names: Mapping[str, Any]) -> bool:
    """True where a number without a value, which has a problem of its own, is counted with."""
    used = [names.get(each.name) for each in wrong.node.find_all(nodes.Name)]
    used += [names.get(wrong.node.name)] if isinstance(wrong.node, nodes.Name) else []
    return any(isinstance(each, Number) and each.value is None for each in used)


def _problem(wrong: WrongError, text: Text) -> Problem:
    where = _place(wrong.node, text)
    return Problem(code=wrong.code, where=where, message=wrong.message, fix=wrong.fix)


def _place(node: nodes.Node, text: Text) -> Where:
    """Where the parser found a node's own word, else its line."""
    place: Where = getattr(node, "place", None) or text.where.within(node.lineno)
    return place


class _Evaluation(Expressions, kw_only=True):
    """One walk over one tree: what it printed so far and the steps it has left."""

    text: Text
    show: Show
    chart: DrawChart | None = None
    include: Include | None = None
    link: LinkFile | None = None
    bracket: Bracket = no_bracket
    out: list[str] = field(default_factory=list)
    wrongs: dict[int, WrongError] = field(default_factory=dict)  # by the node that each is about
    pieces: list[tuple[int, int, str]] = field(default_factory=list)

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
            elif isinstance(node, nodes.With):
                claim = getattr(node, "claim", None)
                self.emit(self.bracket(claim, True))
                self.run(node.body, scope)
                self.emit(self.bracket(claim, False))

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
            self.print_value(node, scope)

    def print_value(self, node: nodes.Node, scope: dict[str, Any]) -> None:
        """A value that is not there is noted, once, and the rest of the text goes on."""
        try:
            self.emit(self.apply(node, self.show, self.there(node, scope)))
        except WrongError as wrong:
            if wrong.code != "value-unknown":
                raise
            self.wrongs[id(wrong.node)] = wrong

    def call(self, node: nodes.Call, scope: dict[str, Any]) -> str:
        called = getattr(node.node, "name", "")
        name = str(getattr(node.args[0], "value", ""))
        where = _place(node, self.text)
        if called == VERBATIM_CALL:
            return name
        if called == CHART_CALL and self.chart:
            return self.chart(name, where)
        if called == LINK_CALL and self.link:
            return self.link(name)
        if called == INCLUDE_CALL and self.include:
            pairs = node.args[1].items if isinstance(node.args[1], nodes.Dict) else []
            given = {str(pair.key.as_const()): self.there(pair.value, scope) for pair in pairs}
            arguments = {key: shown(value) for key, value in given.items()}
            return self.include(name, arguments, where)
        what = {CHART_CALL: "chart", LINK_CALL: "link"}.get(called, "include")
        raise WrongError(
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
        items = self.there(node.iter, scope)
        items = items.value if isinstance(items, Number) else items
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
