"""A content string -> Text: parsed, never trusted. Every name in it is known with its place."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, TemplateSyntaxError, nodes

from osai_essay.model import Formula, Text
from osai_essay.problem import Problem, Where
from osai_essay.template.computed import find_computed
from osai_essay.template.faults import no_formula, syntax_problem, too_deep
from osai_essay.template.jekyll import hide, translate
from osai_essay.template.places import Places
from osai_essay.template.tag_check import TagCheck
from osai_essay.template.tags import HOUSE_TAGS, HouseTags, Token, find_tags, lex, of_names
from osai_essay.template.walk import Walk

_NEVER = "{\ufdd0#"  # no text of an author holds it


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
        return _parse(source, where)
    except TemplateSyntaxError as error:
        return Text(source=source, where=where), (syntax_problem(error, source, where),)
    except ValueError as error:  # a number of more digits than Python reads
        problem = syntax_problem(TemplateSyntaxError(str(error), 1), source, where)
        return Text(source=source, where=where), (problem,)
    except RecursionError:
        return Text(source=source, where=where), (too_deep(where),)


def _parse(source: str, where: Where) -> tuple[Text, tuple[Problem, ...]]:
    """Raises: TemplateSyntaxError, ValueError, RecursionError."""
    tokens = lex_text(source)
    tags = tuple(find_tags(tokens))
    places = Places(source, where, tokens, tags)
    check = TagCheck(places)
    check.check(tokens, tags)
    walk = Walk(places, of_names(tags, HOUSE_TAGS))
    tree: nodes.Template | None = None
    if check.is_closed:
        tree = _tree(translate(source, tokens, tags, without=check.faulty), check.problems)
    if tree:
        walk.walk(tree)
    problems = (*check.problems, *walk.problems)
    text = Text(
        source=source,
        where=where,
        tree=None if problems else tree,
        names=tuple(walk.names),
        charts=tuple(walk.charts),
        includes=tuple(check.includes),
        links=tuple(check.links),
        claims=tuple(walk.claims),
        computed=tuple(find_computed(tree, where)) if tree and not problems else (),
    )
    return text, problems


def _tree(source: str, problems: list[Problem]) -> nodes.Template | None:
    """The tree of a source; what cannot be parsed for a tag left out has been said."""
    try:
        return _environment().parse(source)
    except TemplateSyntaxError:
        if not problems:
            raise
        return None


def lex_text(source: str) -> tuple[Token, ...]:
    """The tokens of a text that can be parsed."""
    return lex(_environment(), hide(source))


def parse_formula(source: str, where: Where) -> tuple[Formula | None, tuple[Problem, ...]]:
    """An expression by itself, such as a number's `formula:`; None where it cannot be read.

    where: the place of its first character.
    """
    text, problems = parse_text(f"{{{{ {source} }}}}", where.before(len("{{ ")))
    source = " ".join(source.split())
    if problems:
        is_syntax = problems[0].code == "template-syntax"  # whose cure is for texts
        return None, (no_formula(source, where),) if is_syntax else problems
    first = text.tree.body[0] if len(text.tree.body) == 1 else None
    expressions = first.nodes if isinstance(first, nodes.Output) else []
    if len(expressions) != 1 or isinstance(expressions[0], nodes.TemplateData | nodes.Call):
        return None, (no_formula(source, where),)
    return Formula(source=source, where=where, tree=expressions[0], names=text.names), ()
