"""What a dataset has in the finished site: its page, its file, its rows as CSV."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from osai_essay.charts.table import table_html
from osai_essay.model import Config, Dataset, OutputFile, Table
from osai_essay.pages.make import (
    as_html,
    column_view,
    file_view,
    licence_views,
    source_view,
    with_code,
)
from osai_essay.pages.maker import Maker
from osai_essay.pages.views import DatasetView, LinkView, PartView
from osai_essay.plan import dataset_csv, dataset_file, dataset_url
from osai_essay.struct import Struct, replace

PREVIEW_ROWS = 10


class DatasetRows(Struct, frozen=True, kw_only=True):
    """A dataset with its rows, the bytes of its file, and its rows as CSV."""

    dataset: Dataset
    table: Table
    content: bytes
    csv: bytes


def dataset_view(
    rows: DatasetRows,
    config: Config,
    *,
    charts: tuple[LinkView, ...],
    numbers: tuple[PartView, ...],
    claims: tuple[LinkView, ...],
    essays: tuple[LinkView, ...],
) -> DatasetView:
    """A dataset as templates show it; charts, numbers, claims, essays: those that use it."""
    dataset = rows.dataset
    name = PurePosixPath(dataset.path).name
    title = dataset.title or dataset.name
    return DatasetView(
        name=dataset.name,
        url=dataset_url(dataset.name),
        title=title,
        description=with_code(dataset.description),
        file=file_view(name, dataset_file(dataset), rows.content),
        csv=dataset_csv(dataset),
        csv_size=len(rows.csv),
        rows=len(rows.table.rows),
        columns=tuple(column_view(column) for column in dataset.columns),
        primary_key=dataset.primary_key,
        sources=tuple(source_view(source) for source in dataset.sources),
        licences=licence_views(dataset),
        credit=dataset.credit,
        sql=dataset.sql.source.strip() if dataset.sql else "",
        preview=as_html(_preview(rows, title, config)),
        charts=charts,
        numbers=numbers,
        claims=claims,
        essays=essays,
    )


def _preview(rows: DatasetRows, title: str, config: Config) -> str:
    first = replace(rows.table, rows=rows.table.rows[:PREVIEW_ROWS])
    count = min(PREVIEW_ROWS, len(rows.table.rows))
    caption = f"{title}: the first {count} of {len(rows.table.rows)} rows"
    return table_html(first, rows.dataset.columns, caption=caption, config=config)


def dataset_pages(
    maker: Maker, datasets: Iterable[DatasetRows], views: Mapping[str, DatasetView]
) -> Iterable[OutputFile]:
    """The page and files of each dataset. Raises: ThemeError."""
    for rows in datasets:
        view = views[rows.dataset.name]
        summary = rows.dataset.description.replace("`", "")
        yield maker.page(
            "dataset.html", view.url, title=view.title, description=summary, dataset=view
        )
        yield OutputFile(target=view.file.url.lstrip("/"), content=rows.content)
        if view.csv != view.file.url:
            yield OutputFile(target=view.csv.lstrip("/"), content=rows.csv)
