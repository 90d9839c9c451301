"""The builds of Plotly for readers: the table of what each draws, and where each is found."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from conftest import cannot_run
from osai_essay.charts.bundle import BUNDLES, ENGINE, bundle_path, check_bundle, check_explorable
from osai_essay.charts.kinds import TRACES
from osai_essay.model import ChartSpec, Config, Text, Use
from osai_essay.problem import Where

ROOT = Path(__file__).parent.parent
HERE = Where(file="content/site.yml", line=2, column=19)


def choose(name: str) -> Config:
    return Config(title="T", bundle=Use(name=name, where=HERE))


def spec(kind: str) -> ChartSpec:
    words = Text(source="T", where=HERE)
    return ChartSpec(
        name="parts",
        source="content/charts/parts.yml",
        where=Where(file="content/charts/parts.yml"),
        kind=kind,
        title=words,
        alt=words,
        places={"kind": Where(file="content/charts/parts.yml", line=3, column=7)},
    )


# Those of npm are not there for `make test`, which needs no Node; `make soak` installs them.
BY_PLACE = [
    name if BUNDLES[name].module else pytest.param(name, marks=pytest.mark.slow) for name in BUNDLES
]


@pytest.mark.browser
@pytest.mark.parametrize("name", BY_PLACE)
def test_table_says_what_the_build_itself_says(name: str, new_context: Any) -> None:
    path = bundle_path(name, ROOT)
    if path is None:
        cannot_run(f"{name} is not installed; `make soak` does so, with npm")
    page = new_context().new_page()
    page.evaluate("window.process = {env: {}}")
    page.add_script_tag(path=path)
    types = page.evaluate("Object.keys(Plotly.PlotSchema.get().traces)")
    assert sorted(types) == sorted(BUNDLES[name].traces)
    assert page.evaluate("Plotly.version") == "4.1.1"


@pytest.mark.parametrize("name", [ENGINE, "full"])
def test_builds_in_python_packages_are_always_there(name: str) -> None:
    path = bundle_path(name, ROOT)
    assert path
    assert path.stat().st_size > 1_000_000


def test_default_draws_every_chart_there_can_be() -> None:
    assert BUNDLES[ENGINE].traces >= TRACES
    assert not list(check_bundle(Config(title="T"), ROOT))


def test_build_of_npm_is_looked_for_in_the_site_alone(site: Any, tmp_path: Path) -> None:
    file = BUNDLES["npm-basic"].file
    root = site({"content/site.yml": "title: T"})
    problems = list(check_bundle(choose("npm-basic"), root))
    assert [(each.code, each.where) for each in problems] == [("bundle-missing", HERE)]
    assert "npm install --omit=dev plotly.js-basic-dist-min@4.1.1" in problems[0].fix
    site({file: "window.Plotly = {}"})
    assert bundle_path("npm-basic", root) == root / file
    assert not list(check_bundle(choose("npm-basic"), root))


def test_build_that_is_a_link_out_of_the_site_is_none(site: Any, tmp_path: Path) -> None:
    root = site({"content/site.yml": "title: T"})
    secret = tmp_path / "secret.js"
    secret.write_text("1", encoding="utf-8")
    link = root / BUNDLES["npm-basic"].file
    link.parent.mkdir(parents=True)
    link.symlink_to(secret)
    assert bundle_path("npm-basic", root) is None


@pytest.mark.parametrize(
    ("bundle", "kind", "type_", "fix"),
    [
        ("npm-basic", "violin", "violin", "npm-cartesian, mirage-2d and full have it"),
        ("npm-cartesian", "treemap", "treemap", "mirage-2d and full have it"),
        (ENGINE, "python", "scatter3d", "full has it"),
    ],
)
def test_trace_that_the_build_lacks_is_told(bundle: str, kind: str, type_: str, fix: str) -> None:
    figure = {"data": [{"type": type_}, {"type": "bar"}, {"type": type_}, {}]}
    problems = list(check_explorable(figure, spec(kind), choose(bundle)))
    assert [each.code for each in problems] == ["bundle-trace-missing"]
    assert problems[0].where.line == 3
    assert all(word in problems[0].message for word in ('"parts"', kind, f'"{type_}"', bundle))
    assert fix in problems[0].fix


@pytest.mark.parametrize("bundle", ["full", "no-such"])
def test_nothing_is_told_of_a_build_that_has_all_or_is_none(bundle: str) -> None:
    figure = {"data": [{"type": "violin"}, {"type": "no-such"}]}
    assert not list(check_explorable(figure, spec("violin"), choose(bundle)))
