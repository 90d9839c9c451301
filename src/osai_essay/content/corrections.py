"""content/corrections.yml: what was wrong in which essay, what is right, and why."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from osai_essay.dates import read_date
from osai_essay.fields import Fields
from osai_essay.files import is_inside, is_there, outside, read_text
from osai_essay.located import YamlList, YamlMap, read_yaml
from osai_essay.model import Correction, Essay, Use
from osai_essay.problem import Problem, SiteError, Where, did_you_mean

FILE = "content/corrections.yml"
WORDS = ("date", "essays", "wrong", "right", "why")
NEEDED = {
    "date": "write the day it was corrected, such as date: 2026-11-21.",
    "wrong": "say what was wrong, in the words that stood there.",
    "right": "say what is right.",
    "why": "say how the fault came about.",
}


def read_corrections(
    root: Path, essays: Iterable[Essay]
) -> tuple[tuple[Correction, ...], tuple[Problem, ...]]:
    """Every correction, newest first; essays: those of the site, for the names in `essays:`."""
    path = root / FILE
    if not is_there(path):
        return (), ()
    if not is_inside(root, path):
        return (), (outside(Where(file=FILE), FILE),)
    try:
        data = read_yaml(read_text(root, path), FILE)
    except SiteError as error:
        return (), (error.problem,)
    if data is None:
        return (), ()
    if not isinstance(data, YamlList) or not all(isinstance(each, YamlMap) for each in data):
        return (), (_no_list(),)
    sources = {Path(essay.source).name: essay.source for essay in essays}
    corrections: list[Correction] = []
    problems: list[Problem] = []
    for each in data:
        correction, found = _read(each, sources)
        problems += found
        corrections += [correction] if correction else []
    corrections.sort(key=lambda each: each.date.value, reverse=True)
    return tuple(corrections), tuple(problems)


def _read(data: YamlMap, sources: dict[str, str]) -> tuple[Correction | None, list[Problem]]:
    fields = Fields(data, "correction")
    fields.only(WORDS)
    missing = [word for word, fix in NEEDED.items() if not fields.require(word, fix)]
    uses = [Use(name=name, where=where) for name, where in fields.texts("essays")]
    unknown = [_unknown(use, sources) for use in uses if use.name not in sources]
    date = read_date(fields.text("date")) if "date" not in missing else None
    if "date" not in missing and date is None:
        fields.wrong("date", "a date such as 2026-11-21")
    problems = [*fields.problems, *unknown]
    if problems or date is None:
        return None, problems
    words = {word: fields.text(word) for word in ("wrong", "right", "why")}
    return Correction(date=date, essays=tuple(sources[use.name] for use in uses), **words), []


def _unknown(use: Use, sources: Iterable[str]) -> Problem:
    return Problem(
        code="correction-unknown",
        where=use.where,
        message=f'there is no essay "{use.name}"',
        fix=did_you_mean(
            use.name, sources, else_say="name it by its file, such as 2026-11-21-a.md."
        ),
    )


def _no_list() -> Problem:
    return Problem(
        code="correction-wrong",
        where=Where(file=FILE, line=1),
        message="this file must be a list of corrections",
        fix="begin each with a dash: - {date: 2026-11-21, essays: [...], wrong: ..., right: ..., "
        "why: ...}.",
    )
