"""Strings with {{ }} and {% %} in them: content's small language, and the theme's full Jinja.

`parse` reads content's strings into Texts, `evaluate` works out what a Text says, `filters` holds
what stands behind its `|`, `theme` runs the templates. This package is the one door to jinja2.
"""

from osai_essay.template.bare import bare_words
from osai_essay.template.evaluate import Said, render_line, render_text, render_with_places
from osai_essay.template.formulas import margin_of, sides_of, work_out
from osai_essay.template.measures import measure
from osai_essay.template.parse import parse_formula, parse_text
from osai_essay.template.theme import Theme, ThemeError

__all__ = [
    "Said",
    "Theme",
    "ThemeError",
    "bare_words",
    "margin_of",
    "measure",
    "parse_formula",
    "parse_text",
    "render_line",
    "render_text",
    "render_with_places",
    "sides_of",
    "work_out",
]
