"""Files under the site's root: listed in order, read as UTF-8, never followed out of the root."""

from __future__ import annotations

import os
from collections.abc import Iterator
from errno import ENOENT
from itertools import accumulate
from pathlib import Path

from osai_essay.problem import Problem, SiteError, Where

FOLDERS = ("content", "data", "templates")  # what a site is made of, but for its settings


def list_files(root: Path, folder: str, suffixes: tuple[str, ...] = ()) -> Iterator[Path]:
    """The files below a folder of the site, sorted by path; hidden ones left out.

    suffixes: such as `(".md",)`; empty: every file.
    A folder that is a link out of the site is not entered: it is listed itself, and whoever reads
    it finds that it leads out.
    """
    base = root / folder
    if not is_inside(root, base):
        yield base
        return
    for parent, folders, names in os.walk(base, followlinks=True):
        here = Path(parent)
        leaving = {name for name in folders if not is_inside(root, here / name)}
        folders[:] = sorted(
            name
            for name in folders
            if name not in leaving and not name.startswith(".") and not is_loop(here / name)
        )
        for name in sorted({*names, *leaving}):
            is_wanted = not suffixes or Path(name).suffix.lower() in suffixes
            if name in leaving or (is_wanted and not _is_hidden(name)):
                yield here / name


def _is_hidden(name: str) -> bool:
    return name.startswith("._") or name in (".DS_Store", ".gitkeep") or name.endswith("~")


def is_note(name: str) -> bool:
    """True for a file that tells people of a folder, such as README.md."""
    return name.partition(".")[0].casefold() in ("readme", "license", "licence", "notice")


def is_loop(path: Path) -> bool:
    """True for a link to a folder that the walk to it has come through."""
    return path.is_symlink() and path.resolve() in {each.resolve() for each in path.parents}


def relative(root: Path, path: Path) -> str:
    """A path as problems and pages name it: from the root, with forward slashes."""
    base, name = f"{root}/", str(path)
    if os.sep == "/" and name.startswith(base):
        return name[len(base) :]  # ten times as quick, for each of 10,000 posts
    return path.relative_to(root).as_posix()


def is_inside(root: Path, path: Path) -> bool:
    """True if the path, links followed, lies under the root."""
    if _is_plainly_inside(str(root), str(path)):
        return True
    try:
        base, place = (os.path.realpath(each) for each in (root, path))  # as strings: it is quicker
        is_below = place == base or place.startswith(base.rstrip(os.sep) + os.sep)
        return is_below and not os.path.islink(place)  # noqa: PTH114 - links in a circle are left
    except (OSError, ValueError):  # no name that a file may have
        return False


def _is_plainly_inside(root: str, path: str) -> bool:
    """True where no link, nor a step back, is on the way from the root; most paths are such.

    To follow links from the top of the disk takes five times as long, for each of 10,000 posts.
    """
    base = root.rstrip("/") + "/"
    parts = path[len(base) :].split("/")
    if os.name != "posix" or not path.startswith(base) or ".." in parts or "\0" in path:
        return False  # elsewhere there are other things than links that lead away
    places = accumulate(parts, os.path.join, initial=root)
    next(places)  # the root itself may be a link
    return not any(map(os.path.islink, places))


def is_public(root: Path, path: Path, folder: str) -> bool:
    """True if the path, links followed, lies in a folder of the site and is not hidden there.

    A link within the root may lead to what is not meant for readers, such as `.git`.
    """
    base = root / folder
    if not (is_inside(root, base) and is_inside(base, path)):
        return False
    parts = path.resolve().relative_to(base.resolve()).parts
    return not any(part.startswith(".") for part in parts[:-1])


def find_closed(root: Path, folder: str) -> Iterator[Problem]:
    """A problem for each folder that may not be listed: what is in it would be passed over."""
    errors: list[OSError] = []
    for _, folders, _ in os.walk(root / folder, onerror=errors.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
    for error in errors:
        if isinstance(error, PermissionError):
            yield unreadable(relative(root, Path(error.filename)), error, what="folder")


def is_site(root: Path) -> bool:
    """True if a folder has what a site is made of; nothing is kept in any other."""
    return (root / "content").is_dir() or (root / "data").exists()


def is_there(path: Path) -> bool:
    """True if there is something of that name, and its folder may be looked into."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def is_file(path: Path) -> bool:
    """True if there is a file, whatever the name: one too long for the system is none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def check_inside(root: Path, path: Path) -> None:
    """Raises SiteError with path-outside where a file is a link out of the site's root."""
    if not is_inside(root, path):
        raise SiteError(outside(Where(file=relative(root, path)), path.name))


def outside(where: Where, name: str) -> Problem:
    """The problem of a path or link that leads out of the site."""
    return Problem(
        code="path-outside",
        where=where,
        message=f'"{name}" leads out of the site\'s folder',
        fix="copy the file into the site and name it there.",
    )


def read_text(root: Path, path: Path) -> str:
    """A text file of the site: lines end in line feeds alone, no byte order mark.

    Raises: SiteError with path-outside, file-not-utf8 or file-unreadable.
    """
    file = relative(root, path)
    return to_text(file, read_bytes(root, file))


def to_text(file: str, content: bytes) -> str:
    """The text in a file's bytes, as `read_text` gives it. Raises: SiteError with file-not-utf8."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SiteError(not_utf8(file, error)) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_lines(root: Path, file: str) -> list[str] | None:
    """The lines of a text file as problems count them; None where it cannot be read.

    Only a line feed ends one: Python's `splitlines` has other ends, which no editor shows.
    """
    try:
        text = read_text(root, root / file)
    except (SiteError, OSError, ValueError):
        return None
    return text.removesuffix("\n").split("\n") if text else []


def read_bytes(root: Path, file: str) -> bytes:
    """A file of the site as it is. Raises: SiteError with path-outside or file-unreadable."""
    check_inside(root, root / file)
    try:
        if not (root / file).is_file():  # a pipe or device would be waited for without end
            raise OSError(ENOENT, "it is no file")
        return (root / file).read_bytes()
    except OSError as error:
        raise SiteError(unreadable(file, error)) from None


def not_utf8(file: str, error: UnicodeDecodeError) -> Problem:
    """The problem of a text file in another encoding."""
    line = error.object[: error.start].count(b"\n") + 1
    return Problem(
        code="file-not-utf8",
        where=Where(file=file, line=line),
        message=f"byte {error.object[error.start]:#04x} on this line is not UTF-8",
        fix="save the file again as UTF-8.",
    )


def unreadable(file: str, error: OSError, what: str = "file") -> Problem:
    """The problem of a file or folder the system will not give."""
    return Problem(
        code="file-unreadable",
        where=Where(file=file),
        message=f"this {what} cannot be read: {error.strerror or error}",
        fix="see that it is there and that you may read it.",
    )
