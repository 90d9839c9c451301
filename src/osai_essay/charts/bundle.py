"""The builds of Plotly that a reader may be given to explore a chart: what each draws, where it is.

Needs no plotly: tests/test_bundles.py compares this table with the builds themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import Any

from osai_essay.files import is_file, is_inside
from osai_essay.model import ChartSpec, Config
from osai_essay.problem import Problem, Where, did_you_mean
from osai_essay.struct import Struct

ENGINE = "mirage-2d"  # the one that draws the pictures too, so it is always there: the default
NPM_VERSION = "4.1.1"  # of the other builds, as package-lock.json has it


class Bundle(Struct, frozen=True, kw_only=True):
    """One build of Plotly.

    traces: the types it has; of any other, Plotly draws a scatter without a word.
    module: the Python package that holds the file; None: it is under the site's root.
    install: the command that brings it.
    """

    traces: frozenset[str]
    file: str
    module: str | None = None
    install: str


def _npm(part: str, traces: frozenset[str]) -> Bundle:
    package = f"plotly.js-{part}-dist-min"
    return Bundle(
        traces=traces,
        file=f"node_modules/{package}/plotly-{part}.min.js",
        install=f"npm install --omit=dev {package}@{NPM_VERSION}",
    )


_BASIC = frozenset("bar pie scatter".split())
_CARTESIAN = _BASIC | frozenset(
    "box contour heatmap histogram histogram2d histogram2dcontour image scatterternary"
    " violin".split()
)
_FLAT = _CARTESIAN | frozenset(
    "barpolar candlestick carpet contourcarpet funnel funnelarea icicle indicator ohlc parcats"
    " sankey scattercarpet scatterpolar scattersmith sunburst table treemap waterfall".split()
)
_ALL = _FLAT | frozenset(
    "choropleth choroplethmap cone densitymap isosurface mesh3d parcoords quiver scatter3d"
    " scattergeo scattergl scattermap scatterpolargl splom streamtube surface volume".split()
)

BUNDLES: Mapping[str, Bundle] = MappingProxyType({  # the smallest first
    "npm-basic": _npm("basic", _BASIC),
    "npm-cartesian": _npm("cartesian", _CARTESIAN),
    ENGINE: Bundle(
        traces=_FLAT,
        module="mirage",
        file="js/plotly_comprehensive_2d.js",
        install="pip install --no-deps 'plotly-mirage>=0.2,<0.3'",
    ),
    "full": Bundle(
        traces=_ALL,
        module="plotly",
        file="package_data/plotly.min.js",
        install="pip install 'plotly>=7,<8'",
    ),
})  # fmt: skip


def chosen_bundle(config: Config) -> str:
    """The name of the build that the site's author chose."""
    return config.bundle.name if config.bundle else ENGINE


def bundle_path(name: str, root: Path) -> Path | None:
    """The file of a build; None where it is not installed. Imports nothing of it."""
    bundle = BUNDLES.get(name)
    if bundle is None:
        return None
    if bundle.module is None:
        path = root / bundle.file
        return path if is_file(path) and is_inside(root, path) else None
    found = find_spec(bundle.module)
    if found is None or not found.origin:
        return None
    path = Path(found.origin).parent / bundle.file
    return path if is_file(path) else None


def check_bundle(config: Config, root: Path) -> Iterator[Problem]:
    """A problem where the build that was chosen is none, or is not installed.

    That the engine's own is missing is told once, for then no chart can be drawn at all.
    """
    name = chosen_bundle(config)
    where = config.bundle.where if config.bundle else Where(file="content/site.yml")
    if name not in BUNDLES:
        yield Problem(
            code="bundle-unknown",
            where=where,
            message=f'there is no build of Plotly called "{name}"',
            fix=did_you_mean(name, BUNDLES, else_say=f"there are {', '.join(BUNDLES)}."),
        )
    elif name != ENGINE and not bundle_path(name, root):
        yield Problem(
            code="bundle-missing",
            where=where,
            message=f'the build of Plotly called "{name}" is not installed',
            fix=f"run {BUNDLES[name].install} in the site's folder, or write `bundle: {ENGINE}`.",
        )


def check_explorable(
    figure: Mapping[str, Any], spec: ChartSpec, config: Config
) -> Iterator[Problem]:
    """A problem for each type of trace that the build for readers does not have."""
    name = chosen_bundle(config)
    bundle = BUNDLES.get(name)
    types = dict.fromkeys(str(trace.get("type", "scatter")) for trace in figure["data"])
    for kind in types if bundle else ():
        able = [other for other, each in BUNDLES.items() if kind in each.traces]
        if name not in able and able:
            yield Problem(
                code="bundle-trace-missing",
                where=spec.places.get("kind", spec.where),
                message=f'the chart "{spec.name}" (kind: {spec.kind}) has traces of type "{kind}", '
                f'which the build of Plotly called "{name}" lacks: a reader who explores it would '
                "see a scatter",
                fix=f"take another kind, or write `explore: {{bundle: {able[0]}}}` in "
                f"content/site.yml; {_listed(able)} {'has' if len(able) == 1 else 'have'} it.",
            )


def _listed(names: list[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
