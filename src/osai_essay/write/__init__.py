"""Planned files -> the output folder: whole or not at all, and never over files that are not ours.

What is new is laid out beside the folder first; then it is moved in, file by file (`moves`), and
whatever it takes the place of is moved out to be put back if anything fails (`undo`). What has not
changed is not touched. `manifest.json` in the site names every file: by it the next build knows
which files are its own.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from osai_essay.model import OutputFile, content_mark
from osai_essay.problem import SiteError
from osai_essay.struct import Struct
from osai_essay.write.moves import Moves, locked, make_moves, recover
from osai_essay.write.place import check_ours, check_place, check_targets, unwritable
from osai_essay.write.undo import GENERATOR, LITTER

MANIFEST = "manifest.json"


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
    given = {file.target: file for file in files}
    given[MANIFEST] = OutputFile(target=MANIFEST, content=make_manifest(given))
    check_targets(given)
    check_place(output, root)
    try:
        place = output.resolve()
        place.parent.mkdir(parents=True, exist_ok=True)
        with locked(place.parent):
            return _write(given, place, output)
    except OSError as error:
        raise SiteError(unwritable(output, error)) from error


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


def _write(given: Mapping[str, OutputFile], place: Path, output: Path) -> Written:
    """Raises: OSError, SiteError."""
    recover(place)
    found, ours = dict(_files_in(str(place))), read_manifest(place)
    check_ours(output, found, ours | {MANIFEST})
    same = {
        target
        for target, file in given.items()
        if _is_same(f"{place}/{target}", found.get(target), file)
    }
    targets = given.keys() - {MANIFEST}
    make_moves(
        Moves(
            place=place,
            new={target: given[target] for target in given if target not in same},
            old=frozenset(found.keys() - given.keys()),
            found=frozenset(found),
        )
    )
    return Written(
        added=tuple(sorted(targets - ours)),
        changed=tuple(sorted((targets & ours) - same)),
        removed=tuple(sorted(ours - targets)),
        kept=len(same - {MANIFEST}),
    )


def _is_same(path: str, size: int | None, file: OutputFile) -> bool:
    """size: of the file that is there."""
    content = file.content
    if size != (len(content) if isinstance(content, bytes) else content.size):
        return False
    with open(path, "rb") as there:  # noqa: PTH123 - of 20,000 files, Path takes twice as long
        return sha256(there.read()).hexdigest() == content_mark(content)


def _files_in(folder: str, prefix: str = "") -> Iterator[tuple[str, int]]:
    """Every file of a folder by its path in it, with its size; -1 for a link, which is no file."""
    try:
        entries = list(os.scandir(folder))
    except FileNotFoundError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _files_in(entry.path, f"{prefix}{entry.name}/")
        elif entry.name not in LITTER:
            is_file = entry.is_file(follow_symlinks=False)
            size = entry.stat(follow_symlinks=False).st_size if is_file else -1
            yield f"{prefix}{entry.name}", size
