"""content/static and the pictures beside essays: files that go into the site as they are."""

from __future__ import annotations

from errno import ENOENT
from pathlib import Path

from osai_essay.files import is_file, is_public, list_files, outside, relative, unreadable
from osai_essay.model import StaticFile
from osai_essay.problem import Problem, Where

FOLDER = "content/static"


def list_static(root: Path) -> tuple[tuple[StaticFile, ...], tuple[Problem, ...]]:
    """Every file of content/static with its address; a link out of the root is a problem."""
    files: list[StaticFile] = []
    problems: list[Problem] = []
    for path in list_files(root, FOLDER):
        source = relative(root, path)
        if not is_public(root, path, "content"):
            problems.append(outside(Where(file=source), path.name))
        elif not is_file(path):
            problems.append(unreadable(source, FileNotFoundError(ENOENT, "it is no file")))
        else:
            url = "/" + path.relative_to(root / FOLDER).as_posix()
            files.append(StaticFile(source=source, url=url))
    return tuple(files), tuple(problems)
