"""The state that a site is compared with: a folder, a commit, or the last good build."""

from __future__ import annotations

import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

DATA = "data"
GIT_SECONDS = 60


class BaselineError(Exception):
    """A state that is not there; the message says why."""


@contextmanager
def open_baseline(root: Path, against: str | None, output: Path) -> Iterator[Path | None]:
    """The folder whose data/ a site's data are compared with; None where there is none.

    against: a folder or a commit; None: the last commit, else the last good build in `output`.
    Raises: BaselineError.
    """
    if against and (Path(against) / DATA).is_dir():
        yield Path(against)
        return
    with TemporaryDirectory(prefix="osai-essay-") as folder:
        if _export(root, "HEAD" if against is None else against, Path(folder)):
            yield Path(folder)
        elif against is not None:
            raise BaselineError(f'"{against}" is neither a folder with data nor a commit with data')
        else:
            yield output if (output / DATA).is_dir() else None


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
