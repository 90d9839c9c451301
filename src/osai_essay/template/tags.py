"""The tags of content's language: which there are, and Jekyll's include in Jinja's words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from jinja2 import Environment, nodes
from jinja2.ext import Extension
from jinja2.parser import Parser

from osai_essay.struct import Struct

INCLUDE_CALL = "__include"
CHART_CALL = "chart"

Edit = tuple[int, int, str]  # a part of a source from its start to its end, and its new words

CLAIM = "claim"
UNBOUND = "unbound"
HOUSE_TAGS = (CLAIM, UNBOUND)

ALLOWED_TAGS = (
    "if", "elif", "else", "endif", "for", "endfor", "include", "raw", "endraw",
    CLAIM, f"end{CLAIM}", UNBOUND, f"end{UNBOUND}",
)  # fmt: skip
THEME_ONLY_TAGS = frozenset(
    "set endset macro endmacro import from call endcall block endblock extends filter endfilter "
    "with endwith autoescape endautoescape do trans endtrans".split()
)

_PAIR = r"""([\w-]+)\s*=\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[\w.]+)"""
_INCLUDE = re.compile(
    rf"""\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'={{}}%]+))(?P<pairs>(?:\s+{_PAIR})*)\s*""",
    re.DOTALL,
)
_ONE_PAIR = re.compile(_PAIR, re.DOTALL)


class HouseTags(Extension):
    """`{% claim RULE %}words{% endclaim %}` and `{% unbound "why" %}words{% endunbound %}`.

    Jinja lets nobody add kinds of nodes, so each becomes a With node, which no tag of content's
    own makes: its target is the tag's name, its value what stands behind the name.
    """

    tags = set(HOUSE_TAGS)  # noqa: RUF012  # as Jinja declares it

    def parse(self, parser: Parser) -> nodes.Node:
        """The tag that the parser is at, with its words."""
        opening = next(parser.stream)
        behind = parser.parse_expression()
        words = parser.parse_statements((f"name:end{opening.value}",), drop_needle=True)
        target = nodes.Name(opening.value, "store")
        return nodes.With([target], [behind], words, lineno=opening.lineno)


class Token(Struct, frozen=True):
    """One piece of a template as Jinja's lexer cuts it, with its place in the source."""

    kind: str
    value: str
    offset: int


class Tag(Struct, frozen=True):
    """One `{% name ... %}`: offsets of its ends and of its name; rest: what follows the name."""

    name: str
    start: int
    end: int
    name_offset: int
    rest: str


class IncludeTag(Struct, frozen=True):
    """Jekyll's `{% include name.html key="value" %}`, read; values are Jinja expressions."""

    name: str
    arguments: tuple[tuple[str, str], ...]

    def as_call(self) -> str:
        """The same as an expression that Jinja can parse."""
        pairs = ", ".join(f"{json.dumps(key)}: {value}" for key, value in self.arguments)
        return f"{INCLUDE_CALL}({json.dumps(self.name, ensure_ascii=False)}, {{{pairs}}})"


def lex(environment: Environment, source: str) -> tuple[Token, ...]:
    """The source, whose lines end in line feeds alone, cut into tokens.

    Raises: jinja2.TemplateSyntaxError for a quote or bracket that never closes.
    """
    tokens: list[Token] = []
    offset = 0
    for _, kind, value in environment.lex(source):
        offset = source.index(value, offset)  # `{%-` has swallowed the white space before it
        tokens.append(Token(kind, value, offset))
        offset += len(value)
    return tuple(tokens)


def find_tags(tokens: tuple[Token, ...]) -> Iterator[Tag]:
    """Every `{% %}` of a template but raw, which the lexer keeps to itself."""
    for index, token in enumerate(tokens):
        if token.kind != "block_begin":
            continue
        inner = tokens[index + 1 : _end_of(tokens, index)]
        named = next((each for each in inner if each.kind == "name"), None)
        end = tokens[_end_of(tokens, index)]
        after = named.offset + len(named.value) if named else token.offset
        yield Tag(
            name=named.value if named else "",
            start=token.offset,
            end=end.offset + len(end.value),
            name_offset=named.offset if named else token.offset,
            rest="".join(each.value for each in inner if each.offset >= after),
        )


def _end_of(tokens: tuple[Token, ...], start: int) -> int:
    for index in range(start, len(tokens)):
        if tokens[index].kind == "block_end":
            return index
    return len(tokens) - 1


def read_include(rest: str) -> IncludeTag | None:
    """What stands behind `include`, in Jekyll's form or Jinja's; None if it is neither."""
    found = _INCLUDE.fullmatch(rest)
    if not found:
        return None
    name = found["double"] or found["single"] or found["bare"] or ""
    pairs = tuple((pair[1], pair[2]) for pair in _ONE_PAIR.finditer(found["pairs"]))
    return IncludeTag(name=name, arguments=pairs) if name else None


def include_edits(source: str, tags: Iterable[Tag]) -> Iterator[Edit]:
    """Each include that can be read, as a call."""
    for tag in tags:
        include = read_include(tag.rest) if tag.name == "include" else None
        if include:
            yield call_edit(source, tag.start, tag.end, include.as_call())


def call_edit(source: str, start: int, end: int, call: str) -> Edit:
    """A part of the source that begins and ends with tags, as a call; no line moves."""
    line_breaks = "\n" * (source.count("\n", start, end) - call.count("\n"))
    begin = "{{- " if source.startswith("{%-", start) else "{{ "
    return start, end, f"{begin}{call}{line_breaks} }}}}"  # `-%}` ends behind its white space


def apply_edits(source: str, edits: Iterable[Edit]) -> str:
    """The source with each edit's words in the place of what they replace."""
    pieces: list[str] = []
    done = 0
    for start, end, words in sorted(edits):
        pieces += [source[done:start], words]
        done = end
    return "".join([*pieces, source[done:]])


def pair_tags(tags: Iterable[Tag], names: Iterable[str]) -> Iterator[tuple[Tag, Tag]]:
    """Each tag of these names with the one that ends it; none stands within another of its name."""
    opened: dict[str, Tag] = {}
    for tag in tags:
        opening = opened.pop(tag.name.removeprefix("end"), None)
        if tag.name in names:
            opened[tag.name] = tag
        elif opening and tag.name == f"end{opening.name}":
            yield opening, tag


def of_names(tags: Iterable[Tag], names: Iterable[str]) -> list[Tag]:
    """The tags of these names, and those that end them."""
    return [tag for tag in tags if tag.name.removeprefix("end") in names]


def unpaired(tags: Iterable[Tag]) -> Iterator[Tag]:
    """The tags that are never closed, or close nothing."""
    waiting: list[Tag] = []
    for tag in tags:
        if not tag.name.startswith("end"):
            waiting.append(tag)
        elif waiting and waiting[-1].name == tag.name.removeprefix("end"):
            waiting.pop()
        else:
            yield tag
    yield from waiting
