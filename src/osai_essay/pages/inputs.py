"""All that pages are made of, as build hands it over."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from osai_essay.assets import Assets
from osai_essay.model import NO_MEMO, Bound, Chart, Memo, Site, Source
from osai_essay.pages.dataset_pages import DatasetRows
from osai_essay.pages.views import PartView
from osai_essay.plan import Plan
from osai_essay.struct import Struct
from osai_essay.template import Theme


class Inputs(Struct, frozen=True, kw_only=True):
    """All that pages are made of; parts: each number in a few words."""

    root: Path
    site: Site
    plan: Plan
    theme: Theme
    assets: Assets
    charts: tuple[Chart, ...]
    datasets: tuple[DatasetRows, ...]
    sources: Mapping[str, Source]
    bound: Bound
    parts: Mapping[str, PartView]
    memo: Memo = NO_MEMO
