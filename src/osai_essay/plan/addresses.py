"""The address of each page and file, and the shape of what stands there."""

from __future__ import annotations

from osai_essay.model import Dataset
from osai_essay.problem import Where
from osai_essay.struct import Struct
from osai_essay.urls import slugify, target_of

# The lists and files every site has: an author's page at the same address takes their place.
GENERATED = {
    "index": "/",
    "datasets": "/data/",
    "charts": "/charts/",
    "tags": "/tags/",
    "numbers": "/numbers/",
    "numbers-json": "/numbers.json",
    "404": "/404.html",
    "feed": "/feed.xml",
    "sitemap": "/sitemap.xml",
    "robots": "/robots.txt",
    "headers": "/_headers",
}

# A chart's pictures in the page, wide and for a phone; with its words in it, for use elsewhere;
# its rows; its figure for Plotly.
CHART_FILES = ("wide.svg", "narrow.svg", "svg", "png", "csv", "js")

MANIFEST = "manifest.json"  # the build's list of its own files


class Address(Struct, frozen=True, kw_only=True):
    """One page or file of the finished site.

    kind: essay, chart, embed, dataset, tag, redirect, static, file, or a key of GENERATED.
    name: the essay's source, the chart's or dataset's name, the tag, the redirect's aim.
    """

    url: str
    kind: str
    name: str
    where: Where

    @property
    def target(self) -> str:
        """Its path under build/; files keep their names, such as CNAME."""
        is_file = self.kind in ("static", "file", "headers")
        return self.url.lstrip("/") if is_file else target_of(self.url)


def chart_url(name: str) -> str:
    """The page of a chart."""
    return f"/charts/{name}/"


def embed_url(name: str) -> str:
    """The page of a chart alone, for a frame on another site."""
    return f"{chart_url(name)}embed/"


def dataset_url(name: str) -> str:
    """The page of a dataset."""
    return f"/data/{name}/"


def number_url(name: str) -> str:
    """The page of a number."""
    return f"/numbers/{name}/"


def number_file(name: str) -> str:
    """The rows behind a number as CSV."""
    return f"{number_url(name)}{name}.csv"


def chart_file(name: str, ending: str) -> str:
    """A file of a chart, by its ending (see CHART_FILES)."""
    return f"{chart_url(name)}{name}.{ending}"


def dataset_file(dataset: Dataset) -> str:
    """The file of a dataset as the author wrote it."""
    return f"/{dataset.path}"


def dataset_csv(dataset: Dataset) -> str:
    """The rows of a dataset as CSV: the file itself where it is one."""
    return dataset_file(dataset) if dataset.format == "csv" else f"/data/{dataset.name}.csv"


def tag_url(name: str) -> str:
    """The page of a tag."""
    return f"/tags/{slugify(name)}/"
