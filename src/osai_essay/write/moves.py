"""New files into a folder and old ones out of it: all of them, or none.

`.build.undo` beside the folder holds what was moved out, and a list of what was moved in where
nothing stood. While it is there the moves are not done: whoever finds it, be it this build after a
failure or the next one after this was stopped, puts all of it back.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

from osai_essay.struct import Struct
from osai_essay.urls import folders_of
from osai_essay.write.place import check_ours

if sys.platform != "win32":
    import fcntl

GENERATOR = "osai-essay"
JOURNAL = "added.json"
MOVED_OUT = "files"
LITTER = (".DS_Store", "Thumbs.db", "desktop.ini")  # what a desktop leaves in a folder it shows
STALE_S = 3600  # what another build laid out longer ago, it will not finish


class Moves(Struct, frozen=True, kw_only=True):
    """What is to change in a folder; files by their paths in it.

    new: their bytes. old: those that go. found: all that are there.
    """

    place: Path
    new: Mapping[str, bytes]
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


def _lay_out(new: Mapping[str, bytes], staging: Path) -> None:
    staging.chmod(0o755)
    for target, content in new.items():
        path = staging / target
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _move(moves: Moves, staging: Path) -> None:
    """What is linked to comes before what links to it is gone: new files first, old ones last."""
    place, undo = moves.place, undo_folder(moves.place)
    added = sorted(moves.new.keys() - moves.found)
    in_the_way = _in_the_way(added, moves.old)
    _begin(undo, added, staging / undo.name)
    try:
        _move_out(in_the_way, place, undo)
        _drop_empty((place / target for target in added), place)
        for target in sorted(moves.new, key=moves.found.__contains__):
            if target in moves.found:
                _rename(place / target, undo / MOVED_OUT / target)
            _rename(staging / target, place / target)
        _move_out(moves.old - in_the_way, place, undo)
    except BaseException:
        put_back(place)
        raise
    undo.rename(staging / undo.name)  # done: nothing is put back any more


def _begin(undo: Path, added: list[str], draft: Path) -> None:
    """The journal is there with its folder or not at all."""
    draft.mkdir()
    journal = {"generator": GENERATOR, "added": added}
    (draft / JOURNAL).write_text(json.dumps(journal), encoding="utf-8")
    draft.rename(undo)


def _in_the_way(added: Collection[str], old: frozenset[str]) -> frozenset[str]:
    """Old files where a folder is to be, and those in a folder where a file is to be."""
    files, folders = set(added), {folder for name in added for folder in folders_of(name)}
    return frozenset(
        name for name in old if name in folders or not files.isdisjoint(folders_of(name))
    )


def _move_out(names: Iterable[str], place: Path, undo: Path) -> None:
    for name in names:
        _rename(place / name, undo / MOVED_OUT / name)
    _drop_empty({(place / name).parent for name in names}, place)


def _rename(old: Path, new: Path) -> None:
    """Raises: OSError."""
    try:
        old.replace(new)
    except FileNotFoundError:
        new.parent.mkdir(parents=True, exist_ok=True)
        old.replace(new)


def _drop_empty(folders: Iterable[Path], place: Path) -> None:
    """Folders that hold nothing any more, and those above them."""
    for folder in folders:
        while folder != place and _is_dropped(folder):
            folder = folder.parent


def _is_dropped(folder: Path) -> bool:
    try:
        if all(path.name in LITTER for path in folder.iterdir()):
            shutil.rmtree(folder)
            return True
    except FileNotFoundError:  # dropped already, for another file that was in it
        return True
    except NotADirectoryError:
        return False
    return False


def put_back(place: Path) -> None:
    """The folder as it was before moves that were not done.

    Raises: OSError, SiteError with output-not-ours for a folder of that name that no build made.
    """
    undo = undo_folder(place)
    if undo.is_symlink():
        raise OSError(f"{undo.name} is a link")
    if not undo.exists():
        return
    added = _read_journal(undo)
    if added is None:
        check_ours(undo, (each.name for each in undo.iterdir()), frozenset())
    for name in filter(partial(_is_inside, place), added or ()):
        if (place / name).is_file():  # else this was stopped before it came in
            (place / name).unlink()
        _drop_empty([(place / name).parent], place)
    kept = undo / MOVED_OUT
    for path in [path for path in kept.rglob("*") if path.is_symlink() or not path.is_dir()]:
        name = path.relative_to(kept).as_posix()
        if _is_inside(place, name):
            _rename(path, place / name)
    shutil.rmtree(undo)


def _read_journal(undo: Path) -> list[str] | None:
    """The files that were moved in where nothing stood; None where this is no folder of ours."""
    try:
        journal = json.loads((undo / JOURNAL).read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    is_ours = isinstance(journal, dict) and journal.get("generator") == GENERATOR
    return [str(name) for name in journal.get("added", ())] if is_ours else None


def _is_inside(place: Path, name: str) -> bool:
    """False for a name that leads out of the folder, by itself or through a link in it."""
    return (place / name).parent.resolve().is_relative_to(place.resolve())


def undo_folder(place: Path) -> Path:
    """Where the files lie that moves have taken out, until all is done."""
    return place.with_name(f".{place.name}.undo")
