"""New files, whole or not at all, and never in the place of another."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from osai_essay.files import is_inside, is_public


class ScaffoldError(Exception):
    """What was asked for cannot be made; the message says why, and what to do."""


def put_new(root: Path, file: str, text: str) -> None:
    """Write a file of the site that is not there yet. Raises: ScaffoldError."""
    if (root / file).exists() or (root / file).is_symlink():
        raise ScaffoldError(f"{file} is there already, and stays as it is.")
    put(root, file, text.encode())


def put(root: Path, file: str, content: bytes) -> None:
    """Write a file of the site, through no link out of it. Raises: ScaffoldError."""
    path = root / file
    folder = file.partition("/")[0]
    if not is_inside(root, path) or not is_public(root, path, folder):
        raise ScaffoldError(f"{file} is a link that leads out of the site.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path.resolve(), content)
    except OSError as error:
        raise ScaffoldError(f"{file} cannot be written: {error.strerror or error}.") from None


def _replace(path: Path, content: bytes) -> None:
    """Written beside it and then put in its place, so that no half of it is ever seen."""
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
    handle, beside = tempfile.mkstemp(prefix=".new-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
        Path(beside).chmod(mode)
        Path(beside).replace(path)
    except OSError:
        Path(beside).unlink(missing_ok=True)
        raise
