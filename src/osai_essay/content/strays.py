"""Files of content/ that nothing reads, as after a slip in a folder's or a file's name."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from osai_essay.content.essays import FOLDERS, SUFFIXES
from osai_essay.files import is_note, list_files, relative
from osai_essay.problem import Problem, Where, did_you_mean

# What is read of content/: folders, the charts in one, and files beside them.
KNOWN = ("charts", "pages", "posts", "static")
CHARTS = (".yml", ".yaml", ".py")
# What an essay may be written in elsewhere; any other file may be one that an essay links.
OTHERS = (".adoc", ".htm", ".html", ".mdown", ".mdx", ".mkd", ".mkdn", ".rst", ".textile")
FILES = ("accepted.yml", "corrections.yml", "numbers.yml", "site.yml")


def find_strays(root: Path) -> tuple[Problem, ...]:
    """A warning for each file that nothing reads; of a folder that nobody knows, one."""
    found = (_check(PurePosixPath(relative(root, path))) for path in list_files(root, "content"))
    return tuple(dict.fromkeys(problem for problem in found if problem))


def _check(file: PurePosixPath) -> Problem | None:
    _, first, *rest = file.parts
    if is_note(file.name):
        return None
    if not rest:
        return None if first in FILES else _stray(str(file), first, FILES)
    if first not in KNOWN:
        return _stray(f"content/{first}", first, KNOWN)
    if f"content/{first}" in FOLDERS.values() and file.suffix.lower() in OTHERS:
        return _unread(str(file), f"essays end in {' or '.join(SUFFIXES)}: name it so.")
    if first == "charts" and file.suffix.lower() not in CHARTS:
        return _unread(str(file), f"charts end in {', '.join(CHARTS)}: name it so.")
    return None


def _stray(file: str, name: str, known: Iterable[str]) -> Problem:
    say = f"content/ has {', '.join(known)}; what goes into the site as it is, in content/static."
    return _unread(file, did_you_mean(name, known, else_say=say))


def _unread(file: str, fix: str) -> Problem:
    return Problem(
        code="file-unread",
        where=Where(file=file),
        message="nothing reads this",
        fix=fix,
        severity="warning",
    )
