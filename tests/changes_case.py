"""A small site of three companies' plans, and what is asked of it once its rows are others."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from click.testing import CliRunner, Result

from osai_essay.changes import Changes
from osai_essay.cli import cli
from osai_essay.report import Asked, find_changes

TODAY = date(2026, 11, 21)
FILE = "content/accepted.yml"
POST = "content/posts/2026-11-01-a.md"

Site = Callable[[Mapping[str, str | bytes]], Path]

ROWS = {"Amazon": ("US", 100.0), "Meta": ("US", 50.0), "Tencent": ("CN", 12.5)}
PACKAGE = """\
name: money
resources:
  - name: money
    path: money.csv
    title: Money
    licenses: [{name: CC0-1.0}]
    sources: [{title: A report}]
    schema:
      primaryKey: [company]
      fields:
        - {name: company, type: string}
        - {name: country, type: string}
        - {name: amount, type: number, unit: USD bn}
"""
NUMBERS = """\
us: {label: US, from: money, where: country = 'US', value: sum(amount), unit: USD bn}
cn: {label: CN, from: money, where: country = 'CN', value: sum(amount), unit: USD bn}
ratio: {label: Ratio, formula: us / cn, unit: times}
span: {label: Span, range: [cn, us]}
largest: {label: Largest, from: money, value: "arg_max(company, amount)"}
"""
BODY = """\
The US planned {{ us }}. China planned {{ cn }}, so the ratio is **{{ ratio }}**!

- Between them lie {{ span }}, or [{{ us | format('$0bn') }}](https://example.org) at most.

It was {% claim cn < us / 10 %}less than a tenth{% endclaim %}, and {{ largest }} led.
"""
CHART = """\
title: In 2025 the US planned {{ us }}
alt: Bars.
kind: bar
from: money
x: amount
y: company
color: country
"""


def money(**amounts: float) -> str:
    rows = {**ROWS, **{name: (ROWS.get(name, ("CN",))[0], each) for name, each in amounts.items()}}
    lines = [f"{name},{country},{amount}" for name, (country, amount) in rows.items()]
    return "\n".join(["company,country,amount", *lines, ""])


def small_site(site: Site) -> Path:
    """The site, by the fixture `site`."""
    return site(
        {
            "content/site.yml": "title: Small\n",
            "content/numbers.yml": NUMBERS,
            POST: f"---\ntitle: A\n---\n\n{BODY}",
            "content/charts/bars.yml": CHART,
            "data/money.csv": money(),
            "data/datapackage.yaml": PACKAGE,
        }
    )


def commit(root: Path) -> None:
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "a"]):
        subprocess.run(
            ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *words],
            cwd=root,
            check=True,
        )


def changes_of(root: Path, against: str | None = None) -> Changes:
    changes, problems = find_changes(Asked(root=root, today=TODAY), against=against)
    assert changes is not None, problems
    return changes


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, [arguments[0], "--root", str(root), *arguments[1:]])


def swap(root: Path, **amounts: float) -> None:
    (root / "data/money.csv").write_text(money(**amounts), encoding="utf-8")
