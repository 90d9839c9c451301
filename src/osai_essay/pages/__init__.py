"""Contexts -> files, through the theme: every page of the finished site."""

from __future__ import annotations

from collections.abc import Container

from osai_essay.assets import PLOTLY
from osai_essay.model import OutputFile
from osai_essay.pages.audit import part_view
from osai_essay.pages.chart_pages import chart_view
from osai_essay.pages.dataset_pages import DatasetRows
from osai_essay.pages.essays import WrittenEssay, write_essays
from osai_essay.pages.every_page import EveryPage, Making
from osai_essay.pages.inputs import Inputs
from osai_essay.pages.make import correction_views
from osai_essay.pages.maker import Maker
from osai_essay.problem import Problem, SiteError
from osai_essay.template import ThemeError

__all__ = ["DatasetRows", "Inputs", "WrittenEssay", "part_view", "render_site", "write_prose"]


def write_prose(
    inputs: Inputs, *, without: Container[str] = ()
) -> tuple[tuple[WrittenEssay, ...], tuple[Problem, ...]]:
    """The prose of every essay, charts left as marks; `inputs.charts` need not be drawn yet.

    without: sources of essays that cannot be read.
    """
    essays = [essay for essay in inputs.plan.essays if essay.source not in without]
    return write_essays(_maker(inputs), inputs.root, essays, inputs.bound)


def render_site(
    inputs: Inputs, essays: tuple[WrittenEssay, ...]
) -> tuple[tuple[OutputFile, ...], tuple[Problem, ...]]:
    """Every page and file; with errors the files are not whole and must not be written."""
    return _collect(EveryPage(inputs, _maker(inputs), essays).all())


def _maker(inputs: Inputs) -> Maker:
    plotly = inputs.assets.urls.get(PLOTLY, "")
    by_name = {dataset.name: dataset for dataset in inputs.site.datasets}
    views = {
        chart.spec.name: chart_view(chart, inputs.site.config, by_name, plotly=plotly)
        for chart in inputs.charts
    }
    return Maker(
        site=inputs.site,
        plan=inputs.plan,
        theme=inputs.theme,
        assets=inputs.assets,
        charts=views,
        numbers=inputs.parts,
        corrections=correction_views(inputs.site, inputs.plan, inputs.bound),
        memo=inputs.memo,
    )


def _collect(groups: Making) -> tuple[tuple[OutputFile, ...], tuple[Problem, ...]]:
    """The files of every group; a group whose template fails is one problem."""
    files: list[OutputFile] = []
    problems: list[Problem] = []
    for group in groups:
        try:
            files += group
        except (ThemeError, SiteError) as error:
            problems.append(error.problem)
    return tuple(files), tuple(problems)
