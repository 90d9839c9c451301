"""A small complete site in a new folder: a copy of the one in site/."""

from __future__ import annotations

import shutil
from pathlib import Path

from osai_essay.scaffold.place import ScaffoldError

EXAMPLE = Path(__file__).parent / "site"
KEPT = ".cache"


def new_site(folder: Path) -> tuple[str, ...]:
    """Make the site; the folder must be empty, but for what a build keeps, or not there yet.

    Returns: the files, by their paths in the folder. Raises: ScaffoldError, and nothing is left.
    """
    files = tuple(sorted(path for path in EXAMPLE.rglob("*") if path.is_file()))
    try:
        made = _first_missing(folder)
        try:
            for path in files:
                _copy(path, folder / path.relative_to(EXAMPLE))
        except BaseException:
            _remove(folder, made)
            raise
    except OSError as error:
        raise ScaffoldError(f"{folder} cannot be made: {error.strerror or error}.") from None
    return tuple(path.relative_to(EXAMPLE).as_posix() for path in files)


def _first_missing(folder: Path) -> Path | None:
    """The outermost folder that is to be made; None where all are there. Raises: ScaffoldError."""
    if folder.is_symlink() and not folder.exists():
        raise ScaffoldError(f"{folder} is a link that leads nowhere.")
    if folder.exists() and not folder.is_dir():
        raise ScaffoldError(f"{folder} is a file; name a new folder.")
    if folder.is_dir():
        inside = sorted(path.name for path in folder.iterdir() if path.name != KEPT)
        if inside:
            raise ScaffoldError(f"{folder} is not empty ({inside[0]} is in it); name a new folder.")
        return None
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    return missing[-1]


def _copy(path: Path, target: Path) -> None:
    """The bytes alone: a packaged file may be read-only, and its copy is to be edited."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(path.read_bytes())


def _remove(folder: Path, made: Path | None) -> None:
    """Take back a site that was made in part; a folder that was there before stays, as it was."""
    for path in [made] if made else [each for each in folder.iterdir() if each.name != KEPT]:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
