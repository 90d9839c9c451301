"""What can be wrong with a text's tags and expressions, as problems."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jinja2 import TemplateSyntaxError

from osai_essay.problem import Problem, Where, did_you_mean, nearest
from osai_essay.template.tags import CHART_CALL

# Words of Jekyll's Liquid that content's language says otherwise.
_LIQUID = {
    "contains": "write {% if 'ai' in page.tags %}.",
    "reversed": "write {% for x in page.tags | reverse %}.",
}

_LIMIT = "write {{% if loop.index <= {count} %}} and {{% endif %}} within the loop."
_LIMITED = re.compile(r"\blimit\s*:\s*(\w+)")
_NOT_CLOSED = re.compile(r"needs to be closed is '(\w+)'")
_UNEXPECTED = re.compile(r"expected token '.*', got '(.+)'|unexpected '(.+)'")
_ONE_EQUAL = re.compile(r"(?<![=<>!])=(?!=)")
_EQUAL_FIX = "write == where two values are the same; a single = is no comparison."


def no_formula(source: str, where: Where) -> Problem:
    """A formula or rule that is no expression."""
    return Problem(
        code="formula-unreadable",
        where=where,
        message=f"this is no expression: {source[:80]}",
        fix=_EQUAL_FIX
        if _ONE_EQUAL.search(source)
        else "write numbers and signs alone, such as us_capex / cn_capex.",
    )


def syntax_problem(error: TemplateSyntaxError, source: str, start: Where) -> Problem:
    """What Jinja cannot read in a text."""
    message = str(error.message)
    cure = _cure(message, source.split("\n")[(error.lineno or 1) - 1 :][:1])
    return Problem(
        code="template-syntax",
        where=start.within(error.lineno or 1),
        message=f"this cannot be read: {_in_plain_words(message)}",
        fix=cure
        or "close every {{ with }}, every {% with %} and every if and for; put {% raw %} and "
        "{% endraw %} around text that only shows them.",
    )


def _in_plain_words(message: str) -> str:
    """What Jinja says, without its names for the parts of a tag."""
    if found := _NOT_CLOSED.search(message):
        return f'the tag "{found[1]}" is never closed'
    found = _UNEXPECTED.fullmatch(message)
    if not found:
        return message
    sign = found[1] or found[2]
    return "the tag ends too early" if sign.startswith("end of") else f'"{sign}" cannot stand here'


def _cure(message: str, lines: Sequence[str]) -> str | None:
    """What stands here for a word of Liquid; lines: the one that cannot be read, if it is there."""
    if "got '='" in message:
        return _EQUAL_FIX
    if found := _NOT_CLOSED.search(message):
        return f"write {{% end{found[1]} %}} where it ends."
    limited = _LIMITED.search(lines[0]) if lines and "'limit'" in message else None
    if limited:
        return _LIMIT.format(count=limited[1])
    return next((_LIQUID[word] for word in _LIQUID if f"'{word}'" in message), None)


def no_words(tag: str, where: Where) -> Problem:
    """A claim or mark around no words, or around more than one paragraph of them."""
    return Problem(
        code=f"{tag}-wrong",
        where=where,
        message=f"the tag {tag} goes around words of one paragraph that hold no link",
        fix=f"write {{% {tag} ... %}}the words{{% end{tag} %}}, with links and breaks outside.",
    )


def no_reason(where: Where) -> Problem:
    """A figure marked as meant, without a reason."""
    return Problem(
        code="unbound-wrong",
        where=where,
        message="a figure that is not bound needs a reason",
        fix='write {% unbound "as the post had it" %}$336B{% endunbound %}.',
    )


def too_deep(where: Where) -> Problem:
    """More brackets and tags within one another than can be read."""
    return Problem(
        code="template-too-deep",
        where=where,
        message="this is nested too deeply",
        fix="use fewer brackets, ifs and loops inside one another.",
    )


def not_closed(tag: str, where: Where) -> Problem:
    """A claim or mark without its end, or an end without its beginning."""
    other = tag.removeprefix("end")
    message = f"this {tag} closes nothing" if other != tag else f"this {tag} is never closed"
    return Problem(
        code=f"{other}-wrong",
        where=where,
        message=message,
        fix=f"write {{% {other} ... %}}the words{{% end{other} %}}.",
    )


def not_allowed(where: Where, what: str) -> Problem:
    """An expression of Jinja that is none of content's."""
    return Problem(
        code="expression-not-allowed",
        where=where,
        message=f"content may not use {what}",
        fix="content knows names, filters, comparisons, arithmetic, if, for, include and "
        "chart; all else belongs into a template under templates/.",
    )


def tag_not_allowed(tag: str, where: Where) -> Problem:
    """A tag of Jinja that is the theme's alone."""
    return Problem(
        code="tag-not-allowed",
        where=where,
        message=f'content may not use the tag "{tag}"',
        fix="move it into a template or an include under templates/.",
    )


def call_not_allowed(where: Where, word: str) -> Problem:
    """A call of anything but chart()."""
    near = nearest(word, [CHART_CALL])
    return Problem(
        code="call-not-allowed",
        where=where,
        message=f'content may not call "{word}"',
        fix='did you mean {{ chart("name") }}?'
        if near
        else 'the one call is {{ chart("name") }}; for a filter write {{ value | filter }}.',
    )


def chart_unreadable(where: Where) -> Problem:
    """A call of chart() without one name."""
    return Problem(
        code="chart-syntax",
        where=where,
        message="chart() takes the name of one chart, in quotes",
        fix='write {{ chart("capex") }}.',
    )


def include_unreadable(rest: str, where: Where) -> Problem:
    """An include without a file's name, or with more than pairs behind it."""
    return Problem(
        code="include-syntax",
        where=where,
        message=f"this include cannot be read: {rest[:80]}",
        fix='write {% include name.html key="value" %}: a file name, then pairs.',
    )


def word_unknown(where: Where, name: str, kind: str, known: tuple[str, ...]) -> Problem:
    """A filter or a test (kind) that there is not."""
    return Problem(
        code=f"{kind}-unknown",
        where=where,
        message=f'there is no {kind} "{name}"',
        fix=did_you_mean(name, known, else_say=f"content knows {', '.join(sorted(known))}."),
    )
