"""A content string -> Text: parsed, never trusted. Every name in it is known with its place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from jinja2 import Environment, TemplateSyntaxError, nodes

from osai_essay.model import ClaimSpec, Formula, Text, Use
from osai_essay.problem import Problem, Where, did_you_mean, nearest
from osai_essay.template.faults import (
    no_formula,
    no_reason,
    no_words,
    not_closed,
    syntax_problem,
    too_deep,
)
from osai_essay.template.filters import FILTERS, TESTS
from osai_essay.template.tags import (
    ALLOWED_TAGS,
    CHART_CALL,
    CLAIM,
    INCLUDE_CALL,
    THEME_ONLY_TAGS,
    UNBOUND,
    HouseTags,
    Tag,
    Token,
    find_tags,
    lex,
    read_include,
    rewrite_includes,
)
from osai_essay.text_lines import TextLines

MAX_LOOP_DEPTH = 3
_PRINTS = re.compile(r"\{\{.*?\}\}", re.DOTALL)
# what a claim, which is a link, cannot go around: breaks between blocks and cells, other links
_NO_WORDS = re.compile(
    r"\n[ \t]*(?:\n|[-*+>#] |\d+[.)] )|\||\]\(|\]\[|\[\^|<a\b|https?://|www\.", re.IGNORECASE
)
_NEVER = "{\ufdd0#"  # no text of an author holds it

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


@cache
def _environment() -> Environment:
    # It only parses; what a text says is escaped where it is printed. Comments are none of
    # content's: kramdown's `## Heading {#id}` would begin one.
    return Environment(
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701
        comment_start_string=_NEVER,
        comment_end_string=_NEVER[::-1],
        extensions=[HouseTags],
    )


def parse_text(source: str, where: Where) -> tuple[Text, tuple[Problem, ...]]:
    """One string an author wrote, parsed; with problems its tree is None and must not be used.

    where: the place of its first character; columns are exact on its first line and on the
        later lines of a body or block, which begin in column 1.
    """
    source = source.replace("\r\n", "\n").replace("\r", "\n")
    if not any(mark in source for mark in ("{{", "{%")):
        return Text(source=source, where=where), ()
    try:
        return _Parser(source, where).parse()
    except TemplateSyntaxError as error:
        return Text(source=source, where=where), (syntax_problem(error, where),)
    except ValueError as error:  # a number of more digits than Python reads
        problem = syntax_problem(TemplateSyntaxError(str(error), 1), where)
        return Text(source=source, where=where), (problem,)
    except RecursionError:
        return Text(source=source, where=where), (too_deep(where),)


def lex_text(source: str) -> tuple[Token, ...]:
    """The tokens of a text that can be parsed."""
    return lex(_environment(), source)


def parse_formula(source: str, where: Where) -> tuple[Formula | None, tuple[Problem, ...]]:
    """An expression by itself, such as a number's `formula:`; None where it cannot be read.

    where: the place of its first character.
    """
    source = " ".join(source.split())
    begin = Where(file=where.file, line=where.line, column=(where.column or 1) - len("{{ "))
    text, problems = parse_text(f"{{{{ {source} }}}}", begin)
    if problems:
        is_syntax = problems[0].code == "template-syntax"  # whose cure is for texts
        return None, (no_formula(source, where),) if is_syntax else problems
    first = text.tree.body[0] if len(text.tree.body) == 1 else None
    expressions = first.nodes if isinstance(first, nodes.Output) else []
    if len(expressions) != 1 or isinstance(expressions[0], nodes.TemplateData | nodes.Call):
        return None, (no_formula(source, where),)
    return Formula(source=source, where=where, tree=expressions[0], names=text.names), ()


@dataclass
class _Parser:
    """Walks one source and gathers what it uses and what is wrong with it."""

    source: str
    start: Where
    problems: list[Problem] = field(default_factory=list)
    names: list[Use] = field(default_factory=list)
    charts: list[Use] = field(default_factory=list)
    includes: list[Use] = field(default_factory=list)
    claims: list[ClaimSpec] = field(default_factory=list)
    house_tags: list[Tag] = field(default_factory=list)
    places: dict[tuple[int, str], list[int]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self.lines = TextLines(self.source)

    def parse(self) -> tuple[Text, tuple[Problem, ...]]:
        tokens = lex(_environment(), self.source)
        tags = tuple(find_tags(tokens))
        self.problems += [p for tag in tags for p in self.check_tag(tag)]
        self.problems += [p for token in tokens for p in self.check_private(token)]
        self.note_places(tokens, tags)
        house = (CLAIM, UNBOUND, f"end{CLAIM}", f"end{UNBOUND}")
        self.house_tags = [tag for tag in tags if tag.name in house]
        self.problems += self.check_closed()
        if self.problems:
            return self.text(None), tuple(self.problems)
        tree = _environment().parse(rewrite_includes(self.source, tags))
        self.walk(tree, frozenset(), loops=0)
        return self.text(None if self.problems else tree), tuple(self.problems)

    def check_closed(self) -> Iterator[Problem]:
        """A problem for each claim or mark that is not closed, or closes nothing."""
        waiting: list[Tag] = []
        for tag in self.house_tags:
            if not tag.name.startswith("end"):
                waiting.append(tag)
            elif waiting and waiting[-1].name == tag.name.removeprefix("end"):
                waiting.pop()
            else:
                yield not_closed(tag.name, self.place(tag.name_offset, len(tag.name)))
        for tag in waiting:
            yield not_closed(tag.name, self.place(tag.name_offset, len(tag.name)))

    def text(self, tree: nodes.Template | None) -> Text:
        return Text(
            source=self.source,
            where=self.start,
            tree=tree,
            names=tuple(self.names),
            charts=tuple(self.charts),
            includes=tuple(self.includes),
            claims=tuple(self.claims),
        )

    def place(self, offset: int, width: int = 1) -> Where:
        line, column = self.lines.place(offset)
        return Where(
            file=self.start.file,
            line=(self.start.line or 1) + line - 1,
            column=column + ((self.start.column or 1) - 1 if line == 1 else 0),
            width=max(1, width),
        )

    def note_places(self, tokens: tuple[Token, ...], tags: tuple[Tag, ...]) -> None:
        """Where each word stands: (line in the source, its part and the word) -> offsets.

        The part is the sign before it: `.` of an attribute, `|` of a filter, `is` of a test.
        """
        includes = [tag for tag in tags if tag.name == "include"]
        before = ""
        for token in tokens:
            if token.kind not in ("name", "operator", "string", "integer", "float"):
                before = before if token.kind == "whitespace" else ""
                continue
            tag = next((t for t in includes if t.start < token.offset < t.end), None)
            if tag is None or "=" in self.source[tag.name_offset : token.offset]:
                line, _ = self.lines.place(tag.start if tag else token.offset)
                part = before if before in (".", "|", "is") else ""
                if tag is None or before in ("=", "."):
                    self.places[line, part + token.value].append(token.offset)
            before = before if before == "is" and token.value == "not" else token.value

    def find(self, node: nodes.Node, word: str, part: str = "") -> Where:
        """The place of a word of a node; the start of the node's line if it is not found.

        Words are asked for in the order of the source, so each use finds its own place.
        """
        offsets = self.places.get((node.lineno, part + word))
        if offsets:
            return self.place(offsets.pop(0) if len(offsets) > 1 else offsets[0], len(word))
        line = (self.start.line or 1) + node.lineno - 1
        return Where(file=self.start.file, line=line)

    def mark(self, node: nodes.Node, word: str, part: str = "") -> Where:
        """The same, kept on the node for the problems of its evaluation."""
        where = self.find(node, word, part)
        node.place = where  # type: ignore[attr-defined]
        return where

    def check_tag(self, tag: Tag) -> Iterator[Problem]:
        where = self.place(tag.name_offset, len(tag.name))
        if tag.name in THEME_ONLY_TAGS:
            yield Problem(
                code="tag-not-allowed",
                where=where,
                message=f'content may not use the tag "{tag.name}"',
                fix="move it into a template or an include under templates/.",
            )
        elif tag.name not in ALLOWED_TAGS:
            yield Problem(
                code="tag-unknown",
                where=where,
                message=f'there is no tag "{tag.name}"',
                fix=did_you_mean(
                    tag.name,
                    ALLOWED_TAGS,
                    else_say=f"content knows {', '.join(ALLOWED_TAGS)}; "
                    "put {% raw %} and {% endraw %} around text that only shows a tag.",
                ),
            )
        elif tag.name == "include":
            yield from self.check_include(tag, where)

    def check_include(self, tag: Tag, where: Where) -> Iterator[Problem]:
        include = read_include(tag.rest)
        if include:
            at = self.place(tag.name_offset + 7 + tag.rest.find(include.name), len(include.name))
            self.includes.append(Use(name=include.name, where=at))
            return
        yield Problem(
            code="include-syntax",
            where=where,
            message=f"this include cannot be read: {tag.rest.strip()[:80]}",
            fix='write {% include name.html key="value" %}: a file name, then pairs.',
        )

    def check_private(self, token: Token) -> Iterator[Problem]:
        if token.kind == "name" and token.value.startswith("_"):
            where = self.place(token.offset, len(token.value))
            yield self.not_allowed(where, f'the name "{token.value}"')

    def not_allowed(self, where: Where, what: str) -> Problem:
        return Problem(
            code="expression-not-allowed",
            where=where,
            message=f"content may not use {what}",
            fix="content knows names, filters, comparisons, arithmetic, if, for, include and "
            "chart; all else belongs into a template under templates/.",
        )

    def walk(self, node: nodes.Node, scope: frozenset[str], *, loops: int) -> None:
        if isinstance(node, nodes.Call):
            self.walk_call(node, scope, loops)
        elif isinstance(node, nodes.For):
            self.walk_for(node, scope, loops)
        elif isinstance(node, nodes.With):
            self.walk_house_tag(node, scope, loops)
        elif not isinstance(node, _ALLOWED):
            self.problems.append(self.not_allowed(self.find_any(node), _describe(node)))
        else:
            for child in _in_order(node):
                if child is node:
                    self.check_node(node, scope)
                else:
                    self.walk(child, scope, loops=loops)

    def check_node(self, node: nodes.Node, scope: frozenset[str]) -> None:
        if isinstance(node, nodes.Name):
            where = self.mark(node, node.name)
            if node.name not in scope:
                self.names.append(Use(name=node.name, where=where))
        elif isinstance(node, nodes.Getattr):
            self.mark(node, node.attr, ".")
        elif isinstance(node, nodes.Filter | nodes.Test):
            self.check_filter(node)

    def check_filter(self, node: nodes.Filter | nodes.Test) -> None:
        kind, known = ("filter", FILTERS) if isinstance(node, nodes.Filter) else ("test", TESTS)
        where = self.mark(node, node.name.split(".")[0], "|" if kind == "filter" else "is")
        if node.name not in known:
            self.problems.append(self.unknown_word(where, node.name, kind, tuple(known)))
        elif node.kwargs or node.dyn_args or node.dyn_kwargs:
            what = f"`name=` or `*` in the brackets of {node.name}"
            self.problems.append(self.not_allowed(where, what))

    def unknown_word(self, where: Where, name: str, kind: str, known: tuple[str, ...]) -> Problem:
        return Problem(
            code=f"{kind}-unknown",
            where=where,
            message=f'there is no {kind} "{name}"',
            fix=did_you_mean(name, known, else_say=f"content knows {', '.join(sorted(known))}."),
        )

    def walk_call(self, node: nodes.Call, scope: frozenset[str], loops: int) -> None:
        called = node.node.name if isinstance(node.node, nodes.Name) else None
        if called == INCLUDE_CALL:
            for pair in node.args[1].items if isinstance(node.args[1], nodes.Dict) else ():
                self.walk(pair.value, scope, loops=loops)
            return
        if called == CHART_CALL:
            self.walk_chart(node)
            return
        word = called or str(getattr(node.node, "attr", "("))
        where = self.find(node, word, "." if isinstance(node.node, nodes.Getattr) else "")
        self.problems.append(self.call_problem(where, word))

    def call_problem(self, where: Where, word: str) -> Problem:
        near = nearest(word, [CHART_CALL])
        return Problem(
            code="call-not-allowed",
            where=where,
            message=f'content may not call "{word}"',
            fix='did you mean {{ chart("name") }}?'
            if near
            else 'the one call is {{ chart("name") }}; for a filter write {{ value | filter }}.',
        )

    def walk_chart(self, node: nodes.Call) -> None:
        where = self.mark(node, CHART_CALL)
        first = node.args[0] if len(node.args) == 1 and not node.kwargs else None
        if isinstance(first, nodes.Const) and isinstance(first.value, str):
            self.charts.append(Use(name=first.value, where=where))
            return
        self.problems.append(
            Problem(
                code="chart-syntax",
                where=where,
                message="chart() takes the name of one chart, in quotes",
                fix='write {{ chart("capex") }}.',
            )
        )

    def walk_for(self, node: nodes.For, scope: frozenset[str], loops: int) -> None:
        if node.recursive or loops >= MAX_LOOP_DEPTH:
            what = (
                "a recursive loop" if node.recursive else f"{MAX_LOOP_DEPTH + 1} loops in another"
            )
            self.problems.append(self.not_allowed(self.find(node, "for"), what))
            return
        targets = [each.name for each in _find_names(node.target)]
        for name in targets:
            self.find(node.target, name)
        self.walk(node.iter, scope, loops=loops)
        inner = scope | set(targets) | {"loop"}
        for child in [*([node.test] if node.test else []), *node.body]:
            self.walk(child, inner, loops=loops + 1)
        for child in node.else_:
            self.walk(child, scope, loops=loops)

    def walk_house_tag(self, node: nodes.With, scope: frozenset[str], loops: int) -> None:
        """A claim, or a figure that is meant: what stands behind the name, then the words."""
        opening = self.house_tags.pop(0)
        before = len(self.names)
        self.walk(
            node.values[0], frozenset(), loops=loops
        )  # no loop's names: it is worked out once
        names = tuple(self.names[before:])
        if self.house_tags and not self.house_tags[0].name.startswith("end"):
            what = f"a {self.house_tags[0].name} within a {opening.name}"
            nested = self.house_tags[0]
            self.problems.append(self.not_allowed(self.place(nested.name_offset), what))
            return
        closing = self.house_tags.pop(0)
        words = self.source[opening.end : closing.start]
        place = self.place(opening.name_offset, len(opening.name))
        bare = _PRINTS.sub("x", words)
        if _NO_WORDS.search(bare) or not bare.strip():
            self.problems.append(no_words(opening.name, place))
        if opening.name == CLAIM:
            node.claim = len(self.claims)  # type: ignore[attr-defined]
            self.claims.append(self.read_claim(node, opening, words, names))
        elif not isinstance(node.values[0], nodes.Const) or not node.values[0].value:
            self.problems.append(no_reason(place))
        inner = frozenset[str]() if opening.name == CLAIM else scope  # its audit knows no loop
        for child in node.body:
            self.walk(child, inner, loops=loops)

    def read_claim(
        self, node: nodes.With, opening: Tag, words: str, names: tuple[Use, ...]
    ) -> ClaimSpec:
        rule = opening.rest.strip()
        behind = opening.name_offset + len(opening.name)
        at = self.source.find(rule, behind) if rule else behind
        tree = nodes.Template(node.body, lineno=node.lineno)
        return ClaimSpec(
            rule=Formula(
                source=" ".join(rule.split()),
                where=self.place(at, len(rule.partition("\n")[0])),
                tree=node.values[0],
                names=names,
            ),
            words=Text(source=words, where=self.place(opening.end), tree=tree),
        )

    def find_any(self, node: nodes.Node) -> Where:
        word = _WORDS.get(type(node).__name__)
        return self.find(node, word) if word else self.find(node, "")


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


_WORDS = {"Pow": "**", "Dict": "{", "Slice": ":"}


def _describe(node: nodes.Node) -> str:
    names = {"Pow": "powers", "Dict": "a dictionary", "Slice": "a slice"}
    return names.get(type(node).__name__, f"{type(node).__name__.lower()} here")
