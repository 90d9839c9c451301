"""Tags of Jekyll and its plugins that content cannot read, and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from osai_essay.problem import Problem, Where, did_you_mean
from osai_essay.template.jekyll import JEKYLL_TAGS
from osai_essay.template.tags import ALLOWED_TAGS

_HIGHLIGHT = re.compile(r"[\w.+#-]*(\s+linenos(=\w+)?)?")

_CHOOSE = "write {% if %}, {% elif %} and {% else %}."
_VALUE = (
    "write the value into the front matter and print it as {{ page.NAME }}, or make it a number."
)
_REMOTE = "link to it: a page of this site fetches nothing from elsewhere."
_THEME = "take it out: the theme writes this into every page."
CURES: Mapping[str, str] = {
    **dict.fromkeys(("assign", "capture", "increment", "decrement"), _VALUE),
    **dict.fromkeys(("case", "when"), _CHOOSE),
    **dict.fromkeys(("seo", "feed_meta"), _THEME),
    **dict.fromkeys(
        ("gist", "youtube", "vimeo", "twitter", "tweet", "jsfiddle", "codepen", "spotify"), _REMOTE
    ),
    **dict.fromkeys(
        ("img", "image", "figure", "picture"),
        "write ![what it shows](photo.jpg){: .class }, with the file beside the post.",
    ),
    "include_relative": "move the file to templates/includes/ and write {% include NAME %}.",
    "break": "give the loop a condition: {% for x in page.tags if x != 'ai' %}.",
    "continue": "give the loop a condition: {% for x in page.tags if x != 'ai' %}.",
    "unless": "write {% if not ... %} and {% endif %}.",
    "cycle": "write {% if loop.index is odd %}...{% else %}...{% endif %}.",
    "tablerow": "write a table of Markdown, or of HTML with {% for %} in it.",
    "toc": "write a line * TOC, and {:toc} on the line below.",
}  # tag -> what stands in its place here


def check_tag(name: str, words: str, where: Where) -> Iterator[Problem]:
    """The problem of a tag that content does not know, or whose words it cannot read.

    words: what stands behind the name.
    """
    if name == "highlight" and not _HIGHLIGHT.fullmatch(words):
        yield Problem(
            code="highlight-wrong",
            where=where,
            message=f"a highlight knows a language and linenos, not this: {words[:80]}",
            fix="write {% highlight ruby %} or {% highlight ruby linenos %}.",
        )
    elif name not in (*ALLOWED_TAGS, *JEKYLL_TAGS):
        yield Problem(
            code="tag-unknown",
            where=where,
            message=f'there is no tag "{name}"',
            fix=CURES.get(name.removeprefix("end")) or _offer(name),
        )


def _offer(name: str) -> str:
    return did_you_mean(
        name,
        (*ALLOWED_TAGS, *JEKYLL_TAGS),
        else_say="if it is a plugin's, write what it made in Markdown or HTML, or make "
        "templates/includes/NAME.html and {% include NAME.html %}; put {% raw %} and {% endraw %} "
        "around text that only shows a tag.",
    )


def tag_open(tag: str, where: Where) -> Problem:
    """A tag of Jekyll's that is never closed, or closes nothing."""
    name = tag.removeprefix("end")
    closes = name != tag
    return Problem(
        code="tag-open",
        where=where,
        message=f"this {tag} closes nothing" if closes else f"this {tag} is never closed",
        fix=f"write {{% {name} %}} before it, or take it out."
        if closes
        else f"write {{% end{name} %}} where it ends.",
    )


def no_link(tag: str, where: Where) -> Problem:
    """A link to a file that is not named."""
    return Problem(
        code="link-syntax",
        where=where,
        message=f"this {tag} names no file",
        fix="write {% post_url 2026-11-21-name %} or {% link _posts/2026-11-21-name.md %}.",
    )
