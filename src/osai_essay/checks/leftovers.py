"""Files that lie in the site and that no page is made of: beside essays, and among templates."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path, PurePosixPath

from osai_essay.files import is_note, list_files, relative
from osai_essay.model import Essay
from osai_essay.problem import Problem, Where, did_you_mean
from osai_essay.template import Theme

FOLDERS = ("content/posts", "content/pages")
TEMPLATES = "templates"


def check_leftovers(
    root: Path,
    theme: Theme,
    essays: Collection[Essay],
    *,
    copies: Collection[str],
    known: Collection[str],
) -> Iterator[Problem]:
    """Warnings alone.

    essays: the published ones. copies: the files beside them that they show or link.
    known: files that have had their say, such as an essay that ends in .rst.
    Problems: file-unused.
    """
    yield from _check_beside(root, {*copies, *known})
    yield from _check_templates(root, theme, essays)


def _check_beside(root: Path, used: Collection[str]) -> Iterator[Problem]:
    fix = (
        "show or link it, or take it out; an essay ends in .md, and what goes into the site as it "
        "is belongs into content/static."
    )
    for folder in FOLDERS:
        for file in _files(root, folder):
            if file not in used and not file.lower().endswith((".md", ".markdown")):
                yield _unused(file, "no published essay shows or links this file", fix)


def _check_templates(root: Path, theme: Theme, essays: Iterable[Essay]) -> Iterator[Problem]:
    used = {f"{essay.layout}.html" for essay in essays}
    used |= {f"includes/{use.name}" for essay in essays for use in essay.body.includes}
    for file in _files(root, TEMPLATES):
        name = file.removeprefix(f"{TEMPLATES}/")
        if name in used or theme.ships(name) or _is_named(name, theme):
            continue
        say = "name it where it is needed, such as in an essay's `layout:`, or take it out."
        fix = did_you_mean(PurePosixPath(name).name, _ships_beside(name, theme), else_say=say)
        yield _unused(file, "no essay, page or other template uses this", fix)


def _ships_beside(name: str, theme: Theme) -> Iterator[str]:
    """The names, without the folder, of the default theme's files in the folder of this one."""
    paths = (PurePosixPath(each) for each in theme.names() if theme.ships(each))
    return (path.name for path in paths if path.parent == PurePosixPath(name).parent)


def _is_named(name: str, theme: Theme) -> bool:
    """True if another file of the theme names this one, by its folder or without."""
    word = re.escape(PurePosixPath(name).name.encode())
    said = re.compile(rb"(?<![\w-])" + word + rb"(?![\w-])")
    return any(said.search(text) for other, text in theme.contents.items() if other != name)


def _files(root: Path, folder: str) -> Iterator[str]:
    return (relative(root, path) for path in list_files(root, folder) if not is_note(path.name))


def _unused(file: str, message: str, fix: str) -> Problem:
    where = Where(file=file)
    return Problem(code="file-unused", where=where, message=message, fix=fix, severity="warning")
