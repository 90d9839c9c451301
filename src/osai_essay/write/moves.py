"""New files into a folder and old ones out of it: all of them, or none (`undo`)."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from osai_essay.model import OutputFile
from osai_essay.struct import Struct
from osai_essay.urls import folders_of
from osai_essay.write.undo import MOVED_OUT, begin, drop_empty, put_back, rename, undo_folder

if sys.platform != "win32":
    import fcntl

STALE_S = 3600  # what another build laid out longer ago, it will not finish


class Moves(Struct, frozen=True, kw_only=True):
    """What is to change in a folder; files by their paths in it.

    old: those that go. found: all that are there.
    """

    place: Path
    new: Mapping[str, OutputFile]
    old: frozenset[str]
    found: frozenset[str]


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """One build at a time writes in a folder; another waits (but not on Windows)."""
    if sys.platform == "win32":
        yield
        return
    lock = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # some network drives know no locks
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def make_moves(moves: Moves) -> None:
    """Make the folder hold the new files, and not the old ones.

    Raises: OSError; the folder is then as it was.
    """
    place = moves.place
    if not moves.new and not moves.old:
        return
    staging = Path(tempfile.mkdtemp(prefix=f".{place.name}.new-", dir=place.parent))
    try:
        _lay_out(moves.new, staging)
        if place.exists():
            _move(moves, staging)
        else:
            staging.rename(place)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def recover(place: Path) -> None:
    """After a build that was stopped: put the old site back, sweep up what it had laid out.

    Raises: OSError.
    """
    put_back(place)
    for left in place.parent.glob(f".{place.name}.new-*"):
        if not left.is_symlink() and time.time() - left.stat().st_mtime > STALE_S:
            shutil.rmtree(left, ignore_errors=True)


def _lay_out(new: Mapping[str, OutputFile], staging: Path) -> None:
    staging.chmod(0o755)
    for target, file in new.items():
        path = staging / target
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.read())


def _move(moves: Moves, staging: Path) -> None:
    """What is linked to comes before what links to it is gone: new files first, old ones last."""
    place, undo = moves.place, undo_folder(moves.place)
    added = sorted(moves.new.keys() - moves.found)
    in_the_way = _in_the_way(added, moves.old)
    begin(undo, added, staging / undo.name)
    try:
        _move_out(in_the_way, place, undo)
        drop_empty((place / target for target in added), place)
        for target in sorted(moves.new, key=moves.found.__contains__):
            if target in moves.found:
                rename(place / target, undo / MOVED_OUT / target)
            rename(staging / target, place / target)
        _move_out(moves.old - in_the_way, place, undo)
    except BaseException:
        put_back(place)
        raise
    undo.rename(staging / undo.name)  # done: nothing is put back any more


def _in_the_way(added: Collection[str], old: frozenset[str]) -> frozenset[str]:
    """Old files where a folder is to be, and those in a folder where a file is to be."""
    files, folders = set(added), {folder for name in added for folder in folders_of(name)}
    return frozenset(
        name for name in old if name in folders or not files.isdisjoint(folders_of(name))
    )


def _move_out(names: Iterable[str], place: Path, undo: Path) -> None:
    for name in names:
        rename(place / name, undo / MOVED_OUT / name)
    drop_empty({(place / name).parent for name in names}, place)
