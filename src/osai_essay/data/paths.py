"""What lies below data/, and whether a path stays there."""

from __future__ import annotations

import os
import re
from pathlib import Path, PurePosixPath

from osai_essay.files import is_inside, is_public
from osai_essay.struct import Struct

FORMATS = {
    ".csv": "csv", ".json": "json", ".parquet": "parquet", ".yml": "yaml", ".yaml": "yaml",
    ".sql": "sql",
}  # fmt: skip
FOLDER = "data"
PACKAGE = "data/datapackage.yaml"
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_DRIVE = re.compile(r"[A-Za-z]:")


class Listing(Struct, frozen=True, kw_only=True):
    """The files below data/, by their paths from there; links that lead out are apart."""

    files: tuple[str, ...]
    outside: tuple[str, ...] = ()


def list_files(root: Path) -> Listing:
    """Every file below data/, sorted; hidden ones and what is no plain file are left out."""
    base = root / FOLDER
    if not is_inside(root, base):
        return Listing(files=(), outside=(".",))
    files, outside = [], []
    for folder, names, found in os.walk(base):
        names[:] = sorted(name for name in names if not name.startswith("."))
        inside = Path(folder)
        linked = [name for name in names if (inside / name).is_symlink()]
        for name in [*found, *linked]:
            path = inside / name
            short = path.relative_to(base).as_posix()
            if path.is_symlink() and not is_public(root, path, FOLDER):
                outside.append(short)
            elif not name.startswith(".") and path.is_file():
                files.append(short)
    return Listing(files=tuple(sorted(files)), outside=tuple(sorted(outside)))


def is_url(path: str) -> bool:
    """True for `https://x/y.csv`, and for any other scheme."""
    return bool(_URL.match(path)) and not _DRIVE.fullmatch(path[:2])


def leads_out(path: str) -> bool:
    """True for an absolute path, and for one with `..` in it."""
    if path.startswith(("/", "\\", "~")) or _DRIVE.match(path):
        return True
    return ".." in PurePosixPath(path.replace("\\", "/")).parts


def format_of(path: str) -> str | None:
    """csv, json, parquet, yaml or sql, by the file's ending; None for any other."""
    return FORMATS.get(PurePosixPath(path).suffix.lower())
