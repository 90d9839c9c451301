"""What changed in a site, for `osai-essay diff`, for `accept`, and for the end of a build."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from osai_essay.blanks import set_aside
from osai_essay.changes import (
    FILE,
    Accepted,
    Baseline,
    BaselineError,
    Changes,
    NumberMove,
    Snapshot,
    compare,
    open_baseline,
    read_accepted,
    take_earlier,
    take_snapshot,
    value_of,
    write_accepted,
)
from osai_essay.load import load_site
from osai_essay.model import NO_MEMO, Memo
from osai_essay.plan import choose, published
from osai_essay.problem import Problem, SiteError, has_errors
from osai_essay.struct import Struct, replace

MAY_STAND = "claim-false"  # what is no longer true is what a comparison is for


class Asked(Struct, frozen=True, kw_only=True):
    """The site that is asked about; today, drafts and future choose its essays as in a build.

    memo: for what builds have made of it.
    """

    root: Path
    today: date
    allow: frozenset[str] = frozenset()
    drafts: bool = False
    future: bool = False
    memo: Memo = NO_MEMO


class Taken(Struct, frozen=True, kw_only=True):
    """What an author took over; is_first: nothing was accepted before."""

    moves: tuple[NumberMove, ...]
    is_first: bool
    is_written: bool
    language: str


def find_changes(
    asked: Asked, *, against: str | None = None, output: Path | None = None
) -> tuple[Changes | None, tuple[Problem, ...]]:
    """What the data changed; None with the problems of a site that cannot be read.

    against: a folder or a commit, with which numbers are compared too; None: numbers are compared
        with the accepted ones, rows and charts with the last commit, else the last good build.
    output: where builds go. Raises: BaselineError.
    """
    after, found = _look(asked)
    accepted, wrong = read_accepted(asked.root)
    problems = tuple(each for each in (*found, *wrong) if each.code != MAY_STAND)
    if has_errors(problems):
        return None, problems
    with open_baseline(asked.root, against, output or asked.root / "build") as base:
        said = _against(base, accepted, is_asked=against is not None)
        if against is not None and base is not None:
            changes = compare(after, take_earlier(after.site, base.folder, asked.memo), None)
        else:
            changes = _since(after, accepted, base.folder if base else None, asked.memo)
        return replace(changes, against=said), problems


def _against(base: Baseline | None, accepted: Accepted | None, *, is_asked: bool) -> str:
    """What numbers, rows and charts are compared with, as the first line of a report."""
    if base and (is_asked or accepted is None):
        return f"Numbers, rows and charts: against {base.name}."
    none = "not compared, for there is no commit and no build"
    if accepted is None:
        return f"Numbers, rows and charts: {none}."
    return f"Numbers: against {FILE}. Rows and charts: {f'against {base.name}' if base else none}."


def _look(asked: Asked) -> tuple[Snapshot, tuple[Problem, ...]]:
    """The essays that a build would publish, and what is wrong with them."""
    site, found = load_site(asked.root, asked.allow, asked.memo)
    essays = choose(site.essays, today=asked.today, drafts=asked.drafts, future=asked.future)
    site, found = set_aside(site, found, essays, drafts=asked.drafts)
    after, faults = take_snapshot(published(site, essays), asked.root, site.datasets, asked.memo)
    return after, (*found, *faults)


def _since(after: Snapshot, accepted: Accepted | None, base: Path | None, memo: Memo) -> Changes:
    """Numbers against what is accepted, rows and charts against a folder if it can be read."""
    values = accepted.values if accepted else None
    try:
        before = take_earlier(after.site, base, memo) if base else None
    except BaselineError as error:
        note = f"Rows and charts are not compared; the earlier data cannot be read: {error}"
        return replace(compare(after, None, values), notes=(note,))
    return compare(after, before, values)


def since_last_build(
    after: Snapshot,
    accepted: Accepted | None,
    root: Path,
    output: Path,
    memo: Memo = NO_MEMO,
) -> Changes | None:
    """What changed since the site in the output folder, and since the author accepted.

    None where nothing moved. It stops no build: where it cannot be made, its one note says so.
    """
    is_other = (output / "data").is_dir() and _has_other_data(after, root, output)
    if not is_other and accepted is None:
        return None
    try:
        changes = _since(after, accepted, output if is_other else None, memo)
    except Exception as error:  # noqa: BLE001  # the site is good, and the report is not the site
        note = f"What changed cannot be said: {str(error) or type(error).__name__}"
        return Changes(notes=(note,))
    return changes if changes.has_moved or changes.notes else None


def _has_other_data(after: Snapshot, root: Path, output: Path) -> bool:
    files = [dataset.path for dataset in after.site.datasets]
    files += [after.site.package] if after.site.package else []  # in which one can be gone
    return not all(_is_same(root / file, output / file) for file in files)


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.read_bytes() == other.read_bytes()
    except OSError:
        return False


def accept(asked: Asked) -> tuple[Taken | None, tuple[Problem, ...]]:
    """Keep the present values as accepted; None with the problems, false claims among them.

    Values of essays that are not published stay as they are.
    """
    after, problems = _look(asked)
    if has_errors(problems):
        return None, problems
    accepted, _ = read_accepted(asked.root)  # one that cannot be read is written anew
    old = accepted.values if accepted else {}
    values = {name: old[name] for name in old.keys() & after.site.hidden}
    values |= {name: value_of(number) for name, number in after.numbers.items()}
    try:
        is_written = write_accepted(asked.root, values)
    except SiteError as error:
        return None, (*problems, error.problem)
    moves = compare(after, None, old).numbers
    language = after.site.config.language
    taken = Taken(moves=moves, is_first=accepted is None, is_written=is_written, language=language)
    return taken, problems
