"""The files of folders as they are now: what tells them apart, and a hash where that is not sure.

Size, times and inode together stand for a file's bytes, but not those of a file that was written
a moment ago: another write within the same tick of the clock would look the same.
"""

# A site may have 20,000 files, and Path takes five times as long for each.
# ruff: noqa: PTH113, PTH116, PTH118, PTH123

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

TICK_NS = 2_000_000_000  # the coarsest clock of a file system still in use
SKIPPED = ("__pycache__",)

Signature = tuple[int, int, int, int]  # size, mtime, ctime (both ns), inode
Seen = tuple[Signature | None, str]  # None: too fresh to be trusted; then the SHA-256


def survey(paths: Iterable[Path], known: Mapping[str, Seen]) -> dict[str, Seen]:
    """Every file in or at the paths, links followed; hashed where `known` does not hold it."""
    now = time.time_ns()
    return {name: _look(name, known.get(name), now) for path in paths for name in _files(path)}


def signatures(folder: Path) -> dict[str, Signature | None]:
    """Every file of a folder by its path in it; None: one that cannot be looked at."""
    start = len(str(folder)) + 1
    return {name[start:]: signature(name) for name in _files(folder)}


def signature(name: str) -> Signature | None:
    """What tells a file from another, or from itself after a change."""
    try:
        found = os.stat(name)
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def _look(name: str, known: Seen | None, now: int) -> Seen:
    found = signature(name)
    if found and known and known[0] == found:
        return known
    is_old = found is not None and max(found[1], found[2]) < now - TICK_NS
    return (found if is_old else None), _hash(name)


def _hash(name: str) -> str:
    try:
        with open(name, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _files(path: Path) -> Iterator[str]:
    """The files below a folder, or the one file; pipes and devices are never opened."""
    if not path.is_dir():
        if path.is_file():
            yield str(path)
        return
    entered: set[str] = set()
    for parent, folders, names in os.walk(path, followlinks=True):
        real = os.path.realpath(parent)
        if real in entered:  # a link to a folder above it
            folders[:] = []
            continue
        entered.add(real)
        folders[:] = sorted(name for name in folders if name not in SKIPPED)
        yield from (
            place for name in sorted(names) if os.path.isfile(place := os.path.join(parent, name))
        )
