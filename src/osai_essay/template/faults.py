"""What can be wrong with a text's tags and expressions, as problems."""

from __future__ import annotations

from jinja2 import TemplateSyntaxError

from osai_essay.problem import Problem, Where


def no_formula(source: str, where: Where) -> Problem:
    """A formula or rule that is no expression."""
    return Problem(
        code="formula-unreadable",
        where=where,
        message=f"this is no expression: {source[:80]}",
        fix="write numbers and signs alone, such as us_capex / cn_capex.",
    )


def syntax_problem(error: TemplateSyntaxError, start: Where) -> Problem:
    """What Jinja cannot read."""
    line = (start.line or 1) + (error.lineno or 1) - 1
    return Problem(
        code="template-syntax",
        where=Where(file=start.file, line=line),
        message=f"this cannot be read: {error.message}",
        fix="close every {{ with }}, every {% with %} and every if and for; put {% raw %} and "
        "{% endraw %} around text that only shows them.",
    )


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
