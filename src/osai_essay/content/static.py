"""content/static and the pictures beside essays: files that go into the site as they are."""

from __future__ import annotations

from pathlib import Path

from osai_essay.files import is_inside, list_files, outside, relative
from osai_essay.model import StaticFile
from osai_essay.problem import Problem, Where

FOLDER = "content/static"


def list_static(root: Path) -> tuple[tuple[StaticFile, ...], tuple[Problem, ...]]:
    """Every file of content/static with its address; a link out of the root is a problem."""
    files: list[StaticFile] = []
    problems: list[Problem] = []
    for path in list_files(root, FOLDER):
        where = Where(file=relative(root, path))
        if is_inside(root, path):
            url = "/" + path.relative_to(root / FOLDER).as_posix()
            files.append(StaticFile(source=where.file, url=url, where=where))
        else:
            problems.append(outside(where, path.name))
    return tuple(files), tuple(problems)
