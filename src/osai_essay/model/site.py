"""A site as its author wrote it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from osai_essay.model.charts import ChartSpec
from osai_essay.model.data import Dataset
from osai_essay.model.numbers import NumberSpec
from osai_essay.model.texts import ClaimSpec, Moment, Text, Use
from osai_essay.problem import Where
from osai_essay.struct import Struct, field


class NavItem(Struct, frozen=True, kw_only=True):
    """One entry of the site's navigation; `url` from the site's root, such as `/data/`."""

    title: str
    url: str
    where: Where


class Entity(Struct, frozen=True, kw_only=True):
    """How one country or company looks in every chart."""

    label: str
    color: str | None = None
    color_dark: str | None = None
    dash: str | None = None
    symbol: str | None = None


class Config(Struct, frozen=True, kw_only=True):
    """content/site.yml, and what the command line or pyproject.toml grants.

    entities: kind ("country") -> value ("US") -> its looks.
    bundle: the name of the Plotly that readers get, None: the default.
    print_tables: `open` or `drop`: whether tables behind charts are printed with an essay.
    extra: keys of site.yml this program does not know, for the templates.
    """

    title: str
    description: str = ""
    url: str = ""
    baseurl: str = ""
    author: str = ""
    language: str = "en"
    permalink: str = "/:title/"
    excerpt_separator: str = ""
    navigation: tuple[NavItem, ...] = ()
    entities: Mapping[str, Mapping[str, Entity]] = field(default_factory=dict)
    bundle: Use | None = None
    print_tables: str = "drop"
    claim_margin: float = 0.05
    extra: Mapping[str, Any] = field(default_factory=dict)
    allow: frozenset[str] = frozenset()


class CardImage(Struct, frozen=True, kw_only=True):
    """The picture that stands for an essay elsewhere: its address as written, its words."""

    path: str
    alt: str
    where: Where


class Essay(Struct, frozen=True, kw_only=True):
    """A post or a page outside the list of posts.

    kind: `post` or `page`. slug: from the file's name, without its date.
    source: path under the root. reading_time: as the author gave it, None: to be computed.
    digest: of all its file says and of its path, to stand for it in keys; empty: of no file.
    excerpt_separator: the comment behind what lists show of it; empty: as the site has it.
    meta: front matter this program does not know, for the templates.
    """

    kind: str
    slug: str
    source: str
    digest: str = ""
    title: Text
    body: Text
    layout: str = "post"
    layout_where: Where
    date: Moment | None = None
    updated: Moment | None = None
    author: str = ""
    description: Text | None = None
    tags: tuple[str, ...] = ()
    tags_where: Where
    categories: tuple[str, ...] = ()
    permalink: str | None = None
    permalink_where: Where
    redirect_from: tuple[Use, ...] = ()
    excerpt_separator: str = ""
    is_published: bool = True
    is_draft: bool = False
    math: bool = False
    toc: bool = False
    numbers: tuple[NumberSpec, ...] = ()
    claims: tuple[ClaimSpec, ...] = ()
    reading_time: str | None = None
    references: tuple[Use, ...] = ()
    image: CardImage | None = None
    meta: Mapping[str, Any] = field(default_factory=dict)


class StaticFile(Struct, frozen=True, kw_only=True):
    """A file copied as it is: `source` under the root, `url` in the site."""

    source: str
    url: str


class Correction(Struct, frozen=True, kw_only=True):
    """What was wrong, what is right, and why; essays: the sources of those it touches."""

    date: Moment
    wrong: str
    right: str
    why: str
    essays: tuple[str, ...] = ()


class Site(Struct, frozen=True, kw_only=True):
    """All an author wrote, read and parsed; nothing computed yet.

    package: the path of the data package's descriptor, None where there is none.
    chart_names: of every chart file, of those too that cannot be read.
    numbers: of content/numbers.yml and of every essay; hidden: the names of those of essays that
        are not published.
    knows_numbers: False where content/numbers.yml cannot be read, so that a name may be one of its.
    """

    config: Config
    essays: tuple[Essay, ...] = ()
    charts: tuple[ChartSpec, ...] = ()
    datasets: tuple[Dataset, ...] = ()
    static: tuple[StaticFile, ...] = ()
    package: str | None = None
    chart_names: tuple[str, ...] = ()
    numbers: tuple[NumberSpec, ...] = ()
    hidden: frozenset[str] = frozenset()
    knows_numbers: bool = True
    corrections: tuple[Correction, ...] = ()
