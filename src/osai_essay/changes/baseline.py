"""The state that a site is compared with: a folder, a commit, or the last good build."""

from __future__ import annotations

import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from osai_essay.struct import Struct

DATA = "data"
GIT_SECONDS = 60


class BaselineError(Exception):
    """A state that is not there; the message says why."""


class Baseline(Struct, frozen=True, kw_only=True):
    """A folder with the data of that state, and what to call it: `the last commit (1a2b3c4)`."""

    folder: Path
    name: str


@contextmanager
def open_baseline(root: Path, against: str | None, output: Path) -> Iterator[Baseline | None]:
    """The state that a site's data are compared with; None where there is none.

    against: a folder or a commit; None: the last commit, else the last good build in `output`.
    Raises: BaselineError.
    """
    if against and (Path(against) / DATA).is_dir():
        yield Baseline(folder=Path(against), name=f"the folder {against}")
        return
    with TemporaryDirectory(prefix="osai-essay-") as folder:
        revision = "HEAD" if against is None else against
        if _export(root, revision, Path(folder)):
            what = "the last commit" if against is None else f"the commit {against}"
            yield Baseline(folder=Path(folder), name=f"{what}{_short(root, revision)}")
        elif against is not None:
            raise BaselineError(f'"{against}" is neither a folder with data nor a commit with data')
        else:
            is_built = (output / DATA).is_dir()
            yield Baseline(folder=output, name="the last good build") if is_built else None


def _short(root: Path, revision: str) -> str:
    """` (1a2b3c4)`, unless that is how it was called."""
    found = (_git(root, "rev-parse", "--short", f"{revision}^{{commit}}") or b"").decode().strip()
    return f" ({found})" if found and not found.startswith(revision) else ""


def _export(root: Path, revision: str, target: Path) -> bool:
    """Lay out data/ of a commit; False where git has none of it."""
    is_odd = not revision or revision.startswith("-")
    packed = None if is_odd else _git(root, "archive", revision, "--", DATA)
    if packed is None:
        return False
    try:
        with tarfile.open(fileobj=BytesIO(packed)) as archive:
            archive.extractall(target, filter=_inner)  # noqa: S202  # `_inner` lets no link out
    except tarfile.TarError:
        return False
    return True


def _inner(member: tarfile.TarInfo, target: str) -> tarfile.TarInfo | None:
    """A file of the commit; a link that leads out is left behind."""
    try:
        return tarfile.data_filter(member, target)
    except tarfile.FilterError:
        return None


def _git(root: Path, *arguments: str) -> bytes | None:
    """What git prints in the site's folder; None where it fails or is missing."""
    try:
        done = subprocess.run(  # noqa: S603  # no shell; a revision never begins with a dash
            ["git", *arguments],  # noqa: S607
            cwd=root,
            capture_output=True,
            check=False,
            timeout=GIT_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None
