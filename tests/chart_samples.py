"""Small charts and tables for the tests of charts."""

from __future__ import annotations

from datetime import date
from typing import Any

from osai_essay.charts.figure import make_figure
from osai_essay.charts.spec import read_chart
from osai_essay.located import read_yaml
from osai_essay.model import Cell, ChartSpec, Column, Config, Entity, Table, Text
from osai_essay.problem import Problem, Where

WHERE = Where(file="data/datapackage.yaml")
US = Entity(
    label="United States", color="#2d64b8", color_dark="#7fb0f5", dash="solid", symbol="circle"
)
CN = Entity(label="China", color="#c4412d", color_dark="#f58b76", dash="dash", symbol="diamond")
CONFIG = Config(title="Site", entities={"country": {"US": US, "CN": CN}})
HEAD = "title: A title\nalt: Words for those who cannot see it\nfrom: capex\n"

COLUMNS = (
    Column(name="company", title="Company", where=WHERE),
    Column(name="country", title="Country", entity="country", where=WHERE),
    Column(name="year", title="Year", type="year", where=WHERE),
    Column(name="amount", title="Amount", type="number", unit="USD bn", where=WHERE),
)


def make_table(**columns: list[Cell]) -> Table:
    types = tuple(_type(cells) for cells in columns.values())
    return Table(names=tuple(columns), types=types, rows=tuple(zip(*columns.values(), strict=True)))


def _type(cells: list[Any]) -> str:
    first = next((cell for cell in cells if cell is not None), "")
    names = {bool: "boolean", float: "number", int: "integer", date: "date", tuple: "list"}
    return names.get(type(first), "string")


COMPANIES = make_table(
    company=["Amazon", "Meta", "Alphabet", "Alibaba", "ByteDance"],
    country=["US", "US", "US", "CN", "CN"],
    amount=[100.0, 68.0, 85.0, 17.68, 20.94],
)
YEARS = make_table(
    year=[2023, 2024, 2025] * 2,
    country=["US"] * 3 + ["CN"] * 3,
    amount=[98.5, 140.0, 349.0, 12.0, None, 51.15],
)


def parse(source: str, where: Where) -> Text:
    return Text(source=source, where=where)


def say(text: Text) -> str:
    return text.source


def read(yaml: str, *, head: str = HEAD) -> tuple[ChartSpec | None, tuple[Problem, ...]]:
    return read_chart(
        read_yaml(head + yaml, "content/charts/c.yml"), "content/charts/c.yml", "c", parse=parse
    )


def spec_of(yaml: str) -> ChartSpec:
    spec, problems = read(yaml)
    assert spec is not None, problems
    return spec


def figure_of(yaml: str, table: Table = COMPANIES, **more: Any) -> dict[str, Any]:
    figure, problems = make_figure(spec_of(yaml), table, COLUMNS, config=CONFIG, say=say, **more)
    assert figure is not None, problems
    assert not problems
    return figure


def problems_of(yaml: str, table: Table = COMPANIES) -> tuple[Problem, ...]:
    return make_figure(spec_of(yaml), table, COLUMNS, config=CONFIG, say=say)[1]
