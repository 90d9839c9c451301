"""Strings with {{ }} and {% %} in them: content's small language, and the theme's full Jinja.

`parse` reads content's strings into Texts, `evaluate` works out what a Text says, `filters` holds
what stands behind its `|`, `theme` runs the templates. This package is the one door to jinja2.
"""

from osai_essay.template.evaluate import Said, render_text, render_with_places
from osai_essay.template.parse import parse_text
from osai_essay.template.theme import Theme, ThemeError

__all__ = [
    "Said",
    "Theme",
    "ThemeError",
    "parse_text",
    "render_text",
    "render_with_places",
]
