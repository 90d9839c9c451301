"""The files of folders as they are now: what tells them apart, and a hash where that is not sure.

Size, times and inode together stand for a file's bytes, but not those of a file that was written
a moment ago: another write within the same tick of the clock would look the same.
"""

# A site may have 20,000 files, and Path takes five times as long for each.
# ruff: noqa: PTH112, PTH116, PTH123

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Iterable, Iterator, Mapping
from operator import attrgetter
from pathlib import Path

from osai_essay.files import is_loop

TICK_NS = 2_000_000_000  # the coarsest clock of a file system still in use
SKIPPED = ("__pycache__",)  # of our own code; in content it is a folder as any other

Signature = tuple[int, int, int, int]  # size, mtime, ctime (both ns), inode
Seen = tuple[Signature | None, str]  # None: too fresh to be trusted; then the SHA-256


def survey(
    paths: Iterable[Path], known: Mapping[str, Seen], *, inside: Path | None = None
) -> dict[str, Seen]:
    """Every file in or at the paths, links followed; hashed where `known` does not hold it.

    inside: what lies outside of this folder, links followed, is named but not looked into; without
        it, folders of compiled Python are passed over.
    """
    now = time.time_ns()
    base = os.path.realpath(inside) if inside else None
    found: dict[str, Seen] = {}
    for path in paths:
        for name, is_link in _names(str(path), base):
            if base and is_link and not _is_inside(base, name):
                found[name] = None, f"leads to {os.path.realpath(name)}"
            else:
                found[name] = _look(name, known.get(name), now)
    return found


def signatures(folder: Path) -> dict[str, Signature | None]:
    """Every file of a folder by its path in it; None: one that cannot be looked at."""
    start = len(str(folder)) + 1
    return {name[start:]: signature(name) for name, _ in _names(str(folder), str(folder))}


def signature(name: str) -> Signature | None:
    """What tells a file from another, or from itself after a change; None for what is no file."""
    try:
        found = os.stat(name)
    except OSError:
        return None
    is_file = stat.S_ISREG(found.st_mode)
    return (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino) if is_file else None


def _look(name: str, known: Seen | None, now: int) -> Seen:
    found = signature(name)
    if found is None:  # a pipe or a device is never opened
        return None, "no file"
    if known and known[0] == found:
        return known
    is_old = max(found[1], found[2]) < now - TICK_NS
    return (found if is_old else None), _hash(name)


def _hash(name: str) -> str:
    try:
        with open(name, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return "unreadable"


def _is_inside(base: str, name: str) -> bool:
    return os.path.realpath(name).startswith(base + os.sep)


def _names(path: str, base: str | None) -> Iterator[tuple[str, bool]]:
    """Whatever a folder holds but folders, or the one file; True: it may lead elsewhere.

    Links to folders are entered.
    """
    is_away = base is not None and not _is_inside(base, path) and os.path.realpath(path) != base
    if os.path.isdir(path) and not is_away:
        yield from _walk(path, base)
    elif os.path.lexists(path):
        yield path, True


def _walk(folder: str, base: str | None) -> Iterator[tuple[str, bool]]:
    try:
        entries = sorted(os.scandir(folder), key=attrgetter("name"))
    except OSError:
        return
    for entry in entries:
        is_link = entry.is_symlink()
        is_folder = os.path.isdir(entry.path) if is_link else entry.is_dir()
        if not is_folder or (is_link and _leads_away(entry.path, base)):
            yield entry.path, is_link
        elif base or entry.name not in SKIPPED:
            yield from _walk(entry.path, base)


def _leads_away(link: str, base: str | None) -> bool:
    """True for a link to a folder out of the site, or to one that the walk has come through."""
    return (base is not None and not _is_inside(base, link)) or is_loop(Path(link))
