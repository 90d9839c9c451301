"""Formulas: what is one by Pandoc's rule, as MathML, and what is wrong with it."""

from __future__ import annotations

import pytest

from osai_essay.model import Slot
from prose_case import NUMBER, html, render

MONEY = "$349 billion, then $51 billion ($20.9bn), US$349bn/US$51bn, $5-$10"


def test_money_holds_no_formula() -> None:
    assert html(MONEY, math=True) == f"<p>{MONEY}</p>"


@pytest.mark.parametrize(
    ("source", "formulas"),
    [
        ("$x$", 1),
        ("a$x_1$b", 1),
        ("$x$, $y$.", 2),
        ("$ x$", 0),
        ("$x $", 0),
        ("$x$5", 0),
        (r"\$x$", 0),
        (r"$a \$ b$", 1),
        ("$a\n\nb$", 0),
        ("$a\nb$", 1),
        ("`$x$`", 0),
        ("```\n$x$\n```", 0),
        ("    $x$", 0),
        ("$`x`$", 0),
        ("$$", 0),
        ("# The $x$", 1),
        ("- $x$\n- $y$", 2),
        ("| $|x|$ | b |\n|---|---|\n| $y$ | c |", 2),
        ("<li>$x$</li>", 1),
        ("[a $x$](b)", 1),
    ],
)
def test_what_a_formula_is(source: str, formulas: int) -> None:
    assert html(source, math=True).count("<math") == formulas


def test_without_math_dollars_are_text() -> None:
    assert html("$x$ and $$y$$") == "<p>$x$ and $$y$$</p>"


def test_underscores_and_stars_in_a_formula_are_not_markdown() -> None:
    assert "<em>" not in html("$a_1*b_2*c$", math=True)


def test_display_formula_is_a_block_that_may_span_lines() -> None:
    block = html("before\n$$\n- a\n= b\n$$\nafter", math=True)
    assert block.startswith('<p>before</p><div class="math-display"')
    assert '<math display="block"' in block and block.endswith("</div><p>after</p>")


def test_display_formula_in_a_quote() -> None:
    assert html("> $$\n> a\n> $$", math=True).count("<mi>a</mi>") == 1


def test_formula_tells_its_tex_and_is_escaped() -> None:
    mathml = html(r'$a<b \text{<script>"}$', math=True)
    assert 'alttext="a&lt;b \\text{&lt;script&gt;&quot;}"' in mathml
    assert "<script" not in mathml and "<mo>&lt;</mo>" in mathml


def test_formula_in_a_title_or_anchor_is_its_tex() -> None:
    case = render("# On $x$\n\n![The $y$](a.png)", math=True)
    assert case.prose.headings[0].id == "on-x"
    assert 'alt="The y"' in case.html


@pytest.mark.parametrize(
    ("source", "column", "name", "near"),
    [
        (r"a $x + \alhpa$", 8, r"\alhpa", r"\alpha"),
        (r"$\begin{algn}x\end{algn}$", 9, "algn", "align"),
        (r"$\style{color:red}{x}$", 2, r"\style", ""),
        (r"$\href{javascript:x}{y}$", 2, r"\href", ""),
    ],
)
def test_unknown_command_is_named_with_its_place(
    source: str, column: int, name: str, near: str
) -> None:
    case = render(f"first\n\n{source}", math=True)
    problem = case.problems[0]
    assert problem.code == "math-unknown-command"
    assert (problem.where.line, problem.where.column) == (3, column)
    assert f'"{name}"' in problem.message
    assert near in problem.fix
    assert "href=" not in case.html and "style=" not in case.html


@pytest.mark.parametrize(
    "tex",
    [
        r"\frac{a}{b} \sqrt[3]{x} \sum_{i=1}^n \int_0^1 \alpha \mathbb{R} \left( x \right)",
        r"\begin{aligned}a &= b \\ c &= d\end{aligned}",
        r"\begin{cases}1 & x>0 \\ 0 & \text{else \foo}\end{cases}",
        r"\newcommand{\foo}{x} \foo",
        r"\operatorname{GDP} \quad \lvert x \rvert \{ \}",
    ],
)
def test_usual_tex_is_read(tex: str) -> None:
    mathml = html(f"${tex}$", math=True)
    assert "<math" in mathml and " style=" not in mathml


@pytest.mark.parametrize("tex", [r"\frac{a", "a}", r"\left( a", "x_1_2", "x^", r"\sqrt"])
def test_a_formula_that_does_not_parse_is_a_problem(tex: str) -> None:
    case = render(f"a ${tex}$", math=True)
    assert case.codes == ["math-unreadable"]
    assert case.problems[0].where.column == 3


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("$349 billion", "<mtext>$349\xa0billion</mtext>"),
        ("6.8", "<mn>6.8</mn>"),
        ("1,234.5", "<mtext>1,234.5</mtext>"),
        ("15%", "<mtext>15%</mtext>"),
        ("−3", "<mtext>−3</mtext>"),
    ],
)
def test_a_number_in_a_formula_is_its_text(text: str, shown: str) -> None:
    slot = Slot(html=f"<a>{text}</a>", text=text)
    case = render(f"$x = {NUMBER}$ or\n\n$$\n{NUMBER}^2\n$$", math=True, slots={NUMBER: slot})
    assert (case.problems, case.html.count(shown)) == ((), 2)
