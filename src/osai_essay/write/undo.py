"""What moves have taken out of a folder, until they are done: the way back.

`.build.undo` beside the folder holds what was moved out, and a list of what was moved in where
nothing stood. While it is there the moves are not done: whoever finds it, be it this build after a
failure or the next one after this was stopped, puts all of it back.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from osai_essay.write.place import check_ours

GENERATOR = "osai-essay"
JOURNAL = "added.json"
MOVED_OUT = "files"
LITTER = (".DS_Store", "Thumbs.db", "desktop.ini")  # what a desktop leaves in a folder it shows


def undo_folder(place: Path) -> Path:
    """Where the files lie that moves have taken out, until all is done."""
    return place.with_name(f".{place.name}.undo")


def begin(undo: Path, added: list[str], draft: Path) -> None:
    """Moves begin: the journal is there with its folder or not at all.

    added: what is to come where nothing stands. draft: a folder beside, to lay it out.
    """
    draft.mkdir()
    journal = {"generator": GENERATOR, "added": added}
    (draft / JOURNAL).write_text(json.dumps(journal), encoding="utf-8")
    draft.rename(undo)


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
        drop_empty([(place / name).parent], place)
    kept = undo / MOVED_OUT
    for path in [path for path in kept.rglob("*") if path.is_symlink() or not path.is_dir()]:
        name = path.relative_to(kept).as_posix()
        if _is_inside(place, name):
            rename(path, place / name)
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


def rename(old: Path, new: Path) -> None:
    """Raises: OSError."""
    try:
        old.replace(new)
    except FileNotFoundError:
        new.parent.mkdir(parents=True, exist_ok=True)
        old.replace(new)


def drop_empty(folders: Iterable[Path], place: Path) -> None:
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
