"""A new chart: drafted from the columns and rows of a dataset."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from osai_essay.blanks import blank
from osai_essay.data import read_frame, read_package
from osai_essay.model import Dataset
from osai_essay.problem import Problem, did_you_mean, has_errors
from osai_essay.scaffold.place import ScaffoldError, put_new
from osai_essay.scaffold.shape import Shape, guess_shape
from osai_essay.scaffold.words import scalar, sql_name, sql_value
from osai_essay.urls import slugify

FOLDER = "content/charts"
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*")
_TITLE = "what the chart shows, a sentence of 5 to 12 words with its year"
_SUBTITLE = "measure, place, period and unit"
_ALT = "what the picture shows, for who cannot see it"


def new_chart(root: Path, name: str, dataset: str) -> tuple[str | None, tuple[Problem, ...]]:
    """Write content/charts/NAME.yml; its words are blanks, its columns are real.

    Returns: the file; None, and problems, where the dataset cannot be read. Raises: ScaffoldError.
    """
    _check_name(root, name)
    known = {each.name: each for each in read_package(root)[0]}
    if dataset not in known:
        names = ", ".join(known) or "none yet"
        fix = did_you_mean(dataset, known, else_say=f"the datasets are {names}.")
        raise ScaffoldError(f'There is no dataset "{dataset}"; {fix}')
    if known[dataset].is_derived:
        raise ScaffoldError(
            f'"{dataset}" is computed, and its rows are not known before a build; draft the chart'
            " from a dataset it reads, and change `from:`."
        )
    frame, problems = read_frame(root, known[dataset])
    if frame is None or has_errors(problems):
        return None, problems
    shape = guess_shape(frame.columns, frame.table, known[dataset].primary_key)
    if shape is None:
        raise ScaffoldError(f'"{dataset}" has no column of numbers, dates or names to draw.')
    file = f"{FOLDER}/{name}.yml"
    put_new(root, file, "\n".join(_lines(shape, known[dataset])) + "\n")
    return file, ()


def _check_name(root: Path, name: str) -> None:
    if not _NAME.fullmatch(name):
        fix = f"{slugify(name.removesuffix('.yml'))!r}, say"
        raise ScaffoldError(
            f'"{name}" cannot be the name of a chart: small letters, digits, dots, dashes and'
            f" underlines alone ({fix})."
        )
    for path in sorted((root / FOLDER).glob("**/*")):
        if path.is_file() and path.stem == name:
            raise ScaffoldError(f"{path.relative_to(root).as_posix()} is a chart of that name.")


def _lines(shape: Shape, dataset: Dataset) -> Iterator[str]:
    yield f"title: {scalar(blank(_TITLE))}"
    yield f"subtitle: {scalar(blank(_SUBTITLE))}"
    yield f"alt: {scalar(blank(_ALT))}"
    yield f"kind: {shape.kind}"
    yield f"from: {scalar(dataset.name)}"
    if shape.where:
        yield f"where: {_sql(shape.where)}"
    if shape.crowd:
        column, values = shape.crowd
        choice = f"{sql_name(column)} in ({', '.join(map(sql_value, values))})"
        yield f"# `where: {choice}` keeps as many as can be told apart"
    for word, value in shape.words.items():
        yield f"{word}: {scalar(value)}"
    yield "# format: $0bn        # how numbers are printed"
    yield "# note: what a reader should know before judging"


def _sql(condition: str) -> str:
    """A condition on one line of YAML, bare where no reader could take it for something else."""
    is_bare = re.fullmatch(r"[a-zA-Z_][\w .'=<>()-]*", condition)
    return condition if is_bare else scalar(condition)
