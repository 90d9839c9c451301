"""What changed in a site, for `osai-essay diff` and for the end of a build."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from osai_essay.changes import (
    Changes,
    Snapshot,
    Values,
    accept_numbers,
    compare,
    open_baseline,
    read_accepted,
    take_snapshot,
)
from osai_essay.data import read_package
from osai_essay.load import load_site
from osai_essay.problem import Problem, SiteError, has_errors


def find_changes(
    root: Path, allow: Iterable[str], *, against: str | None = None
) -> tuple[Changes | None, tuple[Problem, ...]]:
    """What the data changed; None with the problems of a site that cannot be read.

    against: a folder or a commit, with which numbers are compared too; None: numbers are compared
        with the accepted ones, rows and charts with the last commit, else the last good build.
    Raises: BaselineError.
    """
    site, found = load_site(root, allow)
    after, faults = take_snapshot(site, root, site.datasets)
    accepted, wrong = read_accepted(root)
    problems = (*found, *faults, *wrong)
    if has_errors(problems):
        return None, problems
    with open_baseline(root, against) as base:
        before = earlier(after, base)
    margin = site.config.claim_margin
    known = None if against is not None else accepted
    return compare(after, before, known, margin=margin), problems


def since_last_build(
    after: Snapshot, accepted: Values | None, root: Path, output: Path
) -> Changes | None:
    """What changed since the site in the output folder, and since the author accepted.

    None where nothing moved.
    """
    is_first = not (output / "data").is_dir()
    files = [dataset.path for dataset in after.site.datasets]
    files += [after.site.package] if after.site.package else []  # in which one can be gone
    is_same = is_first or all(_is_same(root / file, output / file) for file in files)
    if is_same and accepted is None:
        return None
    before = None if is_same else earlier(after, output)
    changes = compare(after, before, accepted, margin=after.site.config.claim_margin)
    return changes if changes.has_moved else None


def earlier(after: Snapshot, folder: Path | None) -> Snapshot | None:
    """The same site over the data of another folder."""
    if folder is None:
        return None
    datasets, _ = read_package(folder)
    return take_snapshot(after.site, folder, datasets)[0]


def accept(root: Path, allow: Iterable[str]) -> tuple[bool | None, tuple[Problem, ...]]:
    """Keep the present values as accepted: True if they were others. None: with problems."""
    site, found = load_site(root, allow)
    after, faults = take_snapshot(site, root, site.datasets)
    problems = (*found, *faults)
    if has_errors(problems):
        return None, problems
    try:
        return accept_numbers(root, after.numbers), problems
    except SiteError as error:
        return None, (*problems, error.problem)


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.read_bytes() == other.read_bytes()
    except OSError:
        return False
