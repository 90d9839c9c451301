"""All an author wrote -> Site: essays, charts, datasets and files, read and parsed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from osai_essay.blanks import find_blanks
from osai_essay.charts.python import read_python_chart
from osai_essay.charts.spec import read_chart
from osai_essay.config import read_config
from osai_essay.content import (
    find_strays,
    keep_first,
    list_static,
    read_corrections,
    read_essays,
    read_numbers,
)
from osai_essay.data import read_package
from osai_essay.data.paths import PACKAGE
from osai_essay.files import (
    FOLDERS,
    find_closed,
    is_file,
    is_inside,
    is_site,
    list_files,
    outside,
    read_text,
    relative,
)
from osai_essay.located import read_yaml
from osai_essay.model import NO_MEMO, ChartSpec, Config, Memo, Site, Text
from osai_essay.problem import Problem, SiteError, Where
from osai_essay.template import parse_text

CHARTS = "content/charts"
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*")


def load_site(
    root: Path, allow: Iterable[str] = (), memo: Memo = NO_MEMO
) -> tuple[Site, tuple[Problem, ...]]:
    """The site of a folder; what cannot be read is a problem and left out."""
    config, config_problems = read_config(root, allow, memo)
    essays, essay_problems = read_essays(root, memo)
    shared, number_problems = read_numbers(root, memo)
    own = (spec for essay in essays for spec in essay.numbers)
    numbers, twice = keep_first((*shared, *own))
    corrections, correction_problems = read_corrections(root, essays)
    charts, chart_problems = read_charts(root, config, memo)
    datasets, data_problems = read_package(root, memo)
    static, static_problems = list_static(root)
    theme_problems = check_folder(root, "templates")
    closed = (problem for folder in FOLDERS for problem in find_closed(root, folder))
    site = Site(
        config=config,
        essays=essays,
        charts=charts,
        datasets=datasets,
        static=static,
        chart_names=tuple(path.stem for path in chart_files(root)),
        numbers=numbers,
        knows_numbers=bool(shared) or not number_problems,
        corrections=corrections,
        package=PACKAGE if is_file(root / PACKAGE) else None,
    )
    problems = (
        *config_problems,
        *essay_problems,
        *number_problems,
        *twice,
        *correction_problems,
        *chart_problems,
        *data_problems,
        *static_problems,
        *theme_problems,
        *find_strays(root),
        *closed,
    )
    return site, (*problems, *check_root(root))


def check_root(root: Path) -> tuple[Problem, ...]:
    """The problem of a folder that holds no site, as after a slip in `--root`."""
    if is_site(root):
        return ()
    problem = Problem(
        code="site-missing",
        where=Where(file="content"),
        message="this folder holds no site: it has neither content/ nor data/",
        fix="name the site's folder with --root, or make one: osai-essay new site DIR.",
    )
    return (problem,)


def check_folder(root: Path, name: str) -> tuple[Problem, ...]:
    """The problem of a folder that is a link out of the site."""
    if is_inside(root, root / name):
        return ()
    return (outside(Where(file=name), name),)


def chart_files(root: Path) -> Iterator[Path]:
    """The files of content/charts that hold charts."""
    return list_files(root, CHARTS, (".yml", ".yaml", ".py"))


def has_charts(root: Path) -> bool:
    """True if there is a chart to draw, for which heavy libraries have to be loaded."""
    return any(chart_files(root))


def read_charts(
    root: Path, config: Config, memo: Memo = NO_MEMO
) -> tuple[tuple[ChartSpec, ...], tuple[Problem, ...]]:
    """Every chart of content/charts, by name."""
    specs: dict[str, ChartSpec] = {}
    problems: list[Problem] = []
    for path in chart_files(root):
        try:
            spec, found = _read_chart_file(root, path, config, memo)
        except SiteError as error:
            problems.append(error.problem)
            continue
        problems += found
        if spec and spec.name in specs:
            problems.append(_chart_twice(spec, specs[spec.name]))
        elif spec:
            specs[spec.name] = spec
    return tuple(specs.values()), tuple(problems)


def _read_chart_file(
    root: Path, path: Path, config: Config, memo: Memo
) -> tuple[ChartSpec | None, tuple[Problem, ...]]:
    file, source = relative(root, path), read_text(root, path)
    if not _NAME.fullmatch(path.stem):
        return None, (_bad_name(file, path.stem),)
    if path.suffix == ".py" and "python" not in config.allow:
        return None, (_not_granted(file),)
    return memo.get("chart file", (file, source), lambda: _read_chart(path, file, source))


def _read_chart(path: Path, file: str, source: str) -> tuple[ChartSpec | None, tuple[Problem, ...]]:
    """Raises: SiteError."""
    problems: list[Problem] = []

    def parse(words: str, where: Where) -> Text:
        text, found = parse_text(words, where)
        problems.extend(found)
        return text

    if path.suffix == ".py":
        spec, found = read_python_chart(source, file, path.stem, parse=parse)
    else:
        data = read_yaml(source, file)
        problems += find_blanks(data)
        spec, found = read_chart(data, file, path.stem, parse=parse)
    return spec, (*problems, *found)


def _bad_name(file: str, name: str) -> Problem:
    return Problem(
        code="chart-name-wrong",
        where=Where(file=file),
        message=f'"{name}" cannot be the name of a chart',
        fix="name the file with small letters, digits, dots, dashes and underlines alone.",
    )


def _not_granted(file: str) -> Problem:
    return Problem(
        code="python-not-allowed",
        where=Where(file=file),
        message="a chart in Python runs a program, and this site has not been granted that",
        fix='if you trust the file, build with --allow python, or write allow = ["python"] under '
        "[tool.osai-essay] in pyproject.toml.",
    )


def _chart_twice(spec: ChartSpec, first: ChartSpec) -> Problem:
    return Problem(
        code="chart-twice",
        where=Where(file=spec.source),
        message=f'there is a chart "{spec.name}" already, in {first.source}',
        fix="give one of the two files another name.",
    )
