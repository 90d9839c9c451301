"""Charts that break a rule of the house style, once they are drawn. Each rule can be switched off.

A rule has a short name, such as `bars-cut`; its problem's code is `chart-bars-cut`, a warning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

from osai_essay.checks.figures.axes import check_bars, check_dual
from osai_essay.checks.figures.fault import Fault, find_place
from osai_essay.checks.figures.looks import check_colors_alike, check_colors_many, check_contrast
from osai_essay.checks.figures.titles import check_long, check_short, check_subtitle, check_year
from osai_essay.model import Chart, ChartSpec
from osai_essay.problem import Problem, did_you_mean

Allowed = Callable[[ChartSpec], frozenset[str]]

_CHECKS: Mapping[str, Callable[[Chart], Iterator[Fault]]] = MappingProxyType({
    "chart-title-long": check_long,
    "chart-title-short": check_short,
    "chart-title-yearless": check_year,
    "chart-subtitle-missing": check_subtitle,
    "chart-colors-many": check_colors_many,
    "chart-colors-alike": check_colors_alike,
    "chart-contrast-low": check_contrast,
    "chart-bars-cut": check_bars,
    "chart-axis-dual": check_dual,
})  # fmt: skip
RULES = tuple(code.removeprefix("chart-") for code in _CHECKS)


def check_figures(
    charts: Iterable[Chart], *, allowed: Allowed = lambda spec: frozenset()
) -> tuple[Problem, ...]:
    """A warning for each rule of the house style that a chart breaks.

    allowed: a chart's spec -> the rules that are off for it, such as {"bars-cut"}.
    Problems (warnings): chart-title-long, chart-title-short, chart-title-yearless,
        chart-subtitle-missing, chart-colors-many, chart-colors-alike, chart-contrast-low,
        chart-bars-cut, chart-axis-dual; chart-rule-unknown for a name that is no rule.
    """
    return tuple(
        problem for chart in charts for problem in _check_chart(chart, allowed(chart.spec))
    )


def _check_chart(chart: Chart, allowed: frozenset[str]) -> Iterator[Problem]:
    for name in sorted(allowed - set(RULES)):
        yield Problem(
            code="chart-rule-unknown",
            where=find_place(chart.spec, "allow"),
            message=f'`allow:` names "{name}", which is no rule',
            fix=did_you_mean(name, RULES, else_say=f"the rules are {', '.join(RULES)}."),
            severity="warning",
        )
    for (code, check), rule in zip(_CHECKS.items(), RULES, strict=True):
        if rule in allowed:
            continue
        for fault in check(chart):
            yield Problem(
                code=code,
                where=fault.where,
                message=fault.message,
                fix=f"{fault.cure}; or keep it so with {_allowance(chart.spec, rule)}.",
                severity="warning",
            )


def _allowance(spec: ChartSpec, rule: str) -> str:
    return f'`allow = ["{rule}"]`' if spec.kind == "python" else f"`allow: [{rule}]`"
