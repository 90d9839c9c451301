"""Planned files -> the output folder: whole or not at all, and never over files that are not ours.

The new site is laid beside the old one, files whose bytes are the same as links to the old ones,
so that they keep their times; then the two folders change places. `manifest.json` in the site
names every file: by it the next build knows which files are its own.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterable, Mapping, Set
from pathlib import Path, PurePosixPath

from osai_essay.model import OutputFile
from osai_essay.problem import Problem, SiteError, Where
from osai_essay.struct import Struct

MANIFEST = "manifest.json"
GENERATOR = "osai-essay"
LITTER = (".DS_Store", "Thumbs.db", "desktop.ini")
STALE_S = 3600  # what another build laid out longer ago, it will not finish


class Written(Struct, frozen=True, kw_only=True):
    """What a build changed in the output folder; targets, sorted."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    kept: int = 0


def write_site(files: Iterable[OutputFile], output: Path, *, root: Path) -> Written:
    """Make the output folder hold these files and nothing else.

    Raises: SiteError with output-wrong, output-not-ours or output-unwritable; the folder is then
    as it was.
    """
    contents = {file.target: file.content for file in files}
    contents[MANIFEST] = make_manifest(contents)
    _check_targets(contents)
    _check_place(output, root)
    try:
        _recover(output)
        old = read_manifest(output)
        _check_ours(output, old)
        return _swap_in(contents, output.resolve(), old)
    except OSError as error:
        raise SiteError(_unwritable(output, error)) from error


def make_manifest(targets: Iterable[str]) -> bytes:
    """The list of a site's files, as JSON; it changes only when a file comes or goes."""
    data = {"generator": GENERATOR, "files": sorted(targets)}
    return (json.dumps(data, ensure_ascii=False, indent=0) + "\n").encode("utf-8")


def read_manifest(output: Path) -> frozenset[str]:
    """The files that the last build wrote; empty where none did."""
    try:
        data = json.loads((output / MANIFEST).read_bytes())
    except (OSError, ValueError, RecursionError):
        return frozenset()
    files = data.get("files") if isinstance(data, dict) else None
    if not isinstance(files, list) or data.get("generator") != GENERATOR:
        return frozenset()
    return frozenset(name for name in files if isinstance(name, str))


def _check_targets(targets: Iterable[str]) -> None:
    """The last fence: whatever came before, no file leaves the output folder."""
    for target in targets:
        path = PurePosixPath(target)
        if path.is_absolute() or ".." in path.parts:
            raise SiteError(
                Problem(
                    code="path-outside",
                    where=Where(file=target),
                    message=f'"{target}" would be written outside of the output folder',
                    fix="name it without `..` and without a slash in front.",
                )
            )


def _check_place(output: Path, root: Path) -> None:
    """The output may not be, or hold, or lie among what the site is made of."""
    try:
        place, base = output.resolve(), root.resolve()
    except RuntimeError as error:  # before Python 3.13: links that lead to one another
        raise SiteError(_unwritable(output, OSError(str(error)))) from None
    if output.absolute().is_relative_to(root.absolute()) and not place.is_relative_to(base):
        raise SiteError(
            Problem(
                code="output-wrong",
                where=Where(file=output.as_posix()),
                message="the output folder is a link that leads out of the site's folder",
                fix="take the link away, or name the folder it leads to with --output.",
            )
        )
    kept = [
        base / name for name in ("content", "data", "templates", "src", "tests", "docs", ".git")
    ]
    if base.is_relative_to(place) or any(place.is_relative_to(each) for each in kept):
        raise SiteError(
            Problem(
                code="output-wrong",
                where=Where(file=output.as_posix()),
                message="the output folder would hold, or stand among, the site's own sources",
                fix="name a folder of its own: --output build.",
            )
        )
    if place.exists() and not place.is_dir():
        raise SiteError(
            Problem(
                code="output-wrong",
                where=Where(file=output.as_posix()),
                message="the output folder is a file",
                fix="name a folder: --output build.",
            )
        )


def _check_ours(output: Path, old: Set[str]) -> None:
    """Every file in the output folder is one that the last build wrote."""
    foreign = sorted(name for name in _files_in(output) if name not in old and name != MANIFEST)
    if foreign:
        shown = ", ".join(foreign[:5]) + (
            f" and {len(foreign) - 5} more" if len(foreign) > 5 else ""
        )
        raise SiteError(
            Problem(
                code="output-not-ours",
                where=Where(file=output.as_posix()),
                message=f"this folder holds files that no build wrote: {shown}",
                fix="move them away (what the site should hold belongs into content/static), "
                "or name another folder with --output.",
            )
        )


def _files_in(output: Path) -> Iterable[str]:
    for parent, folders, names in os.walk(output):
        here = Path(parent)
        links = [name for name in folders if (here / name).is_symlink()]
        for name in (*names, *links):
            if name in LITTER:
                continue  # what a desktop leaves in any folder it shows
            yield (here / name).relative_to(output).as_posix()


def _neighbour(output: Path, word: str) -> Path:
    return output.with_name(f".{output.name}.{word}")


def _recover(output: Path) -> None:
    """After a build that was stopped: put the old site back, sweep up what it had laid out."""
    place = output.resolve()
    old = _neighbour(place, "old")
    if old.is_symlink():
        raise OSError(f"{old.name} is a link")
    if old.is_dir() and not place.exists():
        old.rename(place)
    _check_ours(old, read_manifest(old))
    for left in place.parent.glob(f".{place.name}.new-*"):
        if not left.is_symlink() and time.time() - left.stat().st_mtime > STALE_S:
            shutil.rmtree(left, ignore_errors=True)


def _swap_in(contents: Mapping[str, bytes], output: Path, old: Set[str]) -> Written:
    targets = contents.keys() - {MANIFEST}
    same = {target for target in contents if _is_same(output / target, contents[target])}
    written = Written(
        added=tuple(sorted(targets - old)),
        changed=tuple(sorted((targets & old) - same)),
        removed=tuple(sorted(old - targets)),
        kept=len(same - {MANIFEST}),
    )
    if len(same) == len(contents) and not written.removed:
        return written
    output.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=f".{output.name}.new-", dir=output.parent))
    try:
        _lay_out(contents, same, staging, output)
        _change_places(staging, output)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return written


def _is_same(path: Path, content: bytes) -> bool:
    try:
        is_file = not path.is_symlink() and path.stat().st_size == len(content)
        return is_file and path.read_bytes() == content
    except OSError:
        return False


def _lay_out(contents: Mapping[str, bytes], same: Set[str], staging: Path, output: Path) -> None:
    staging.chmod(0o755)
    for target, content in contents.items():
        path = staging / PurePosixPath(target)
        path.parent.mkdir(parents=True, exist_ok=True)
        if target in same and _link(output / target, path):
            continue
        path.write_bytes(content)


def _link(old: Path, new: Path) -> bool:
    try:
        os.link(old, new)
    except OSError:
        with contextlib.suppress(OSError):
            shutil.copy2(old, new)
            return True
        return False
    return True


def _change_places(staging: Path, output: Path) -> None:
    old = _neighbour(output, "old")
    _remove(old)
    if output.exists():
        output.rename(old)
    try:
        staging.rename(output)
    except OSError:
        if old.exists():
            old.rename(output)
        raise
    _remove(old)


def _remove(folder: Path) -> None:
    """A folder of ours, its manifest last: if this is stopped, the rest is still known as ours."""
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            elif path.name != MANIFEST:
                path.unlink()
    shutil.rmtree(folder, ignore_errors=True)


def _unwritable(output: Path, error: OSError) -> Problem:
    return Problem(
        code="output-unwritable",
        where=Where(file=output.as_posix()),
        message=f"the output folder cannot be written: {error.strerror or error}",
        fix="see that you may write there and that the disk is not full, or name another --output.",
    )
