"""The theme: whose template is taken, what is told about its faults, what it never reads."""

from __future__ import annotations

import pytest

from osai_essay.struct import Struct
from osai_essay.template import Theme, ThemeError
from osai_essay.template.tags import INCLUDE_CALL

CALLS = {INCLUDE_CALL: lambda name, arguments: f"[{name} {arguments}]"}


def theme(site, files: dict[str, str | bytes]) -> Theme:
    return Theme(site({f"templates/{name}": text for name, text in files.items()}))


def say(site, text: str, values=None, **files: str) -> str:
    others = {name.replace("__", "."): source for name, source in files.items()}
    return theme(site, {"t.html": text, **others}).render("t.html", values or {})


def fault(site, files: dict[str, str | bytes], name: str = "t.html", values=None):
    with pytest.raises(ThemeError) as caught:
        theme(site, files).render(name, values or {})
    return caught.value.problem


def test_site_overrides_the_theme_file_by_file(site):
    found = theme(site, {"404.html": "mine"})
    assert found.render("404.html", {}) == "mine"
    assert found.has("post.html")
    assert found.find("404.html").is_relative_to(site({}))
    assert not found.find("post.html").is_relative_to(site({}))


def test_template_of_the_site_extends_one_of_the_theme(site):
    found = theme(site, {"t.html": '{% include "includes/mine.html" %}', "includes/mine.html": "m"})
    assert found.render("t.html", {}) == "m"
    assert {"includes/mine.html", "includes/figure.html"} <= set(found.names("includes/"))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("t.html", "&lt;b&gt;"),
        ("t.xml", "&lt;b&gt;"),
        ("t.svg", "&lt;b&gt;"),
        ("t.txt", "<b>"),
        ("t.md", "<b>"),
    ],
)
def test_html_and_xml_are_escaped(site, name, words):
    assert theme(site, {name: "{{ x }}"}).render(name, {"x": "<b>"}) == words


def test_themes_are_full_jinja(site):
    source = (
        "{% from 'm.html' import f %}{% set y = x|upper %}{{ f(y) }}"
        "{% for a, b in {'k': 1}.items() %}{{ a }}{{ b }}{% endfor %}{{ 2 ** 3 }}"
    )
    assert (
        say(site, source, {"x": "a"}, m__html="{% macro f(v) %}<{{ v }}>{% endmacro %}") == "<A>k18"
    )


def test_windows_files_are_read_as_any_other(site):
    assert theme(site, {"t.html": b"\xef\xbb\xbfa\r\nb"}).render("t.html", {}) == "a\nb"


# --- Jekyll's include ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("{% include a.html %}", "[a.html {}]"),
        ('{% include a.html k="v" j=x.y %}', "[a.html {'k': 'v', 'j': 5}]"),
        ("{% include sub/a-b.html my-key='v' %}", "[sub/a-b.html {'my-key': 'v'}]"),
        ("<p>\n  {% include a.html %}\n</p>", "<p>\n  [a.html {}]</p>"),
        (
            "<p>\n  {% if true %}\n    {%- include a.html -%}\n  {% endif %}\n</p>",
            "<p>\n[a.html {}]</p>",
        ),
        (
            "\n  {% if true %}\n{% include a.html %}\n{% endif %}\n{% include b.html %}",
            "\n[a.html {}][b.html {}]",
        ),
        ("{% raw %}{% include a.html %}{% endraw %}", "{% include a.html %}"),
        ("{# {% include a.html %} #}x", "x"),
        ('{% include "o.html" %}', "other"),
        ("{% include name %}", "other"),
        ('{% include ["no.html", "o.html"] %}', "other"),
        ('{% include "no.html" ignore missing %}', ""),
        ('{% include "o" ~ ".html" %}', "other"),
    ],
)
def test_jekylls_include_stands_beside_jinjas(site, source, words):
    values = {
        INCLUDE_CALL: lambda name, arguments: theme_markup(f"[{name} {arguments}]"),
        "x": {"y": 5},
        "name": "o.html",
    }
    assert say(site, source, values, o__html="other") == words


def theme_markup(words: str):
    from markupsafe import Markup

    return Markup(words)


def test_lines_stay_in_place_behind_an_include(site):
    source = (
        "<p>\n  {% if true %}\n{% include a.html\n  k='v'\n  j=1 %}\n  {%- endif %}\n{{ nope }}"
    )
    assert fault(site, {"t.html": source}, values=CALLS).where.line == 7


# --- faults ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("files", "place"),
    [
        ({"t.html": "a\n\nb {{ nope }}"}, "t.html:3"),
        ({"t.html": "a\n{{ x.nope }}"}, "t.html:2"),
        ({"t.html": "\n{% if nope %}{% endif %}"}, "t.html:2"),
        ({"t.html": "a\n{% include 'i.html' %}", "i.html": "\n\n{{ nope }}"}, "i.html:3"),
        (
            {
                "t.html": "{% extends 'b.html' %}{% block c %}\n{{ nope }}{% endblock %}",
                "b.html": "{% block c %}{% endblock %}",
            },
            "t.html:2",
        ),
        ({"t.html": "{% extends 'b.html' %}", "b.html": "\n\n{{ nope }}"}, "b.html:3"),
        (
            {
                "t.html": "{% from 'm.html' import f %}\n{{ f() }}",
                "m.html": "\n{% macro f() %}\n{{ nope }}{% endmacro %}",
            },
            "m.html:3",
        ),
    ],
    ids=["name", "part", "if", "include", "block", "base", "macro"],
)
def test_undefined_name_names_file_and_line(site, files, place):
    problem = fault(site, files, values={"x": {}})
    assert (problem.code, str(problem.where)) == ("template-wrong", f"templates/{place}")
    assert "nope" in problem.message


@pytest.mark.parametrize(
    ("files", "place"),
    [
        ({"t.html": "a\n{% if %}"}, "t.html:2"),
        ({"t.html": "a\n{% include 'i.html' %}", "i.html": "\n\n{{ x"}, "i.html:3"),
        ({"t.html": "a\n{{ 'x }}\n{% include a.html %}"}, "t.html:2"),
        ({"t.html": "a\n{% nope %}"}, "t.html:2"),
        ({"t.html": '\n{% include "a.html" k="v" %}'}, "t.html:2"),
        ({"t.html": b"\xff"}, "t.html:1"),
    ],
    ids=["tag", "in an include", "quote", "unknown tag", "quoted with pairs", "latin-1"],
)
def test_syntax_names_file_and_line(site, files, place):
    problem = fault(site, files)
    assert (problem.code, str(problem.where)) == ("template-syntax", f"templates/{place}")


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("\n{{ 1 + 'a' }}", 2),
        ("\n\n{{ 1 / 0 }}", 3),
        ("{{ x() }}", 1),
        ("\n{{ {}['k'].a }}", 2),
        ("{{ 1|nope_ }}", None),
    ],
)
def test_expression_that_fails_names_its_line(site, source, line):
    problem = fault(site, {"t.html": source}, values={"x": lambda: int("a")})
    assert problem.code in ("template-wrong", "template-syntax")
    assert problem.where.file == "templates/t.html"
    assert line is None or problem.where.line == line


class View(Struct, frozen=True):
    title: str
    _hidden: str = "secret"

    def words(self) -> str:
        return self.title.upper()


def test_a_view_shows_its_fields_and_methods(site):
    assert say(site, "{{ x.title }} {{ x.words() }}", {"x": View(title="a")}) == "a A"


@pytest.mark.parametrize(
    "name", ["__class__", "__struct_fields__", "_hidden", "words.__func__", "title.__class__"]
)
def test_a_view_hides_what_lies_behind_it(site, name):
    found = fault(site, {"t.html": f"{{{{ x.{name} }}}}"}, values={"x": View(title="a")})
    assert found.code == "template-wrong"
    assert "is unsafe" in found.message


@pytest.mark.parametrize(
    ("source", "line", "fix"),
    [
        ("\n{% include 'includes/figrue.html' %}", 2, 'did you mean "includes/figure.html"?'),
        ("\n\n{% extends 'bsae.html' %}", 3, 'did you mean "base.html"?'),
        ("{% include 'zzzz.qqq' %}", 1, "make templates/zzzz.qqq."),
    ],
)
def test_unknown_template_offers_the_nearest(site, source, line, fix):
    problem = fault(site, {"t.html": source})
    assert (problem.code, problem.where.line, problem.fix) == ("template-unknown", line, fix)


def test_template_nobody_has_is_unknown(site):
    problem = fault(site, {"x.html": ""}, "psot.html")
    assert (problem.code, problem.fix) == ("template-unknown", 'did you mean "post.html"?')


@pytest.mark.parametrize(
    "files",
    [
        {"t.html": "{% include 't.html' %}"},
        {"t.html": "\n{% include 'u.html' %}", "u.html": "{% include 't.html' %}"},
        {"t.html": "{% extends 't.html' %}"},
    ],
    ids=["itself", "in turn", "base"],
)
def test_include_without_end_is_a_problem(site, files):
    assert fault(site, files).code == "include-loop"


# --- never out of the theme ------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "../secret.html",
        "/etc/passwd",
        "sub/../../secret.html",
        "a\0b",
        "x" * 5000,
        "sub",
        "link.html",
        "out/secret.html",
        "loop.html",
    ],
)
def test_nothing_outside_of_the_theme_is_read(site, tmp_path, name):
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/secret.html").write_text("secret")
    root = site(
        {"secret.html": "secret", "templates/sub/x.html": "", "templates/t.html": "{% include x %}"}
    )
    (root / "templates/link.html").symlink_to(tmp_path / "outside/secret.html")
    (root / "templates/out").symlink_to(tmp_path / "outside")
    (root / "templates/loop.html").symlink_to("loop.html")
    found = Theme(root)
    assert not found.has(name)
    assert name not in found.names()
    with pytest.raises(ThemeError) as caught:
        found.render("t.html", {"x": name})
    assert caught.value.problem.code in ("template-unknown", "template-wrong")
