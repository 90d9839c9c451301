"""Notices what an author changes (door to watchfiles)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

from watchfiles import Change, DefaultFilter, watch

from osai_essay.files import FOLDERS

SETTINGS = "pyproject.toml"
STEP_MS = 15  # without a change for so long, those that came are one
LONGEST_MS = 400  # of waiting for them to end
TICK_MS = 100  # how often what stands beside the folders is looked at
MANY = 5  # so many files are a checkout: it is over when a tick brings no more
TEMPORARY = (r"^4913$", r"^\.#", r"^#.*#$", r"\.tmp$", r"\.kate-swp$", r"^\.goutputstream-", r"^\.")


class _Filter(DefaultFilter):
    """Leaves out what editors write beside a file, and hidden files, of which a site has none."""

    ignore_entity_patterns = (*DefaultFilter.ignore_entity_patterns, *TEMPORARY)


def watch_site(
    root: Path, stop: Event, on_poll: Callable[[], None] = lambda: None
) -> Iterator[tuple[str, ...]]:
    """The files that changed, from the root, sorted: first none, as soon as changes are noticed.

    What changes while the caller is busy comes next. A folder that appears or goes, and the
    settings, which editors replace whole, are looked at from time to time: for a watch on a single
    file ends with that file.
    on_poll: called where the system gives no more watches, and folders are read instead.
    """
    root = root.resolve()
    changed: set[str] = set()
    top = _top(root)  # before the folders are watched, so that what goes in between is noticed
    while not stop.is_set():
        is_first = True
        for changes in _changes(root, stop, on_poll):
            changed |= changes
            is_over = not changes or len(changed) < MANY
            if is_first or (changed and is_over):
                yield tuple(sorted(changed))
                is_first, changed = False, set()
            now = _top(root)
            if now != top:
                changed |= {name for name in now if now[name] != top[name]}
                top = now
                break


def _changes(root: Path, stop: Event, on_poll: Callable[[], None]) -> Iterator[frozenset[str]]:
    """The files that changed in the folders that are there; none at each tick without any."""
    folders = [root / name for name in FOLDERS if (root / name).is_dir()]
    if not folders:
        while not stop.wait(TICK_MS / 1000):
            yield frozenset()
        return
    for changes in _watch(folders, stop, on_poll):
        yield frozenset(_name(root, change, path) for change, path in changes)


def _watch(
    folders: list[Path], stop: Event, on_poll: Callable[[], None]
) -> Iterator[set[tuple[Change, str]]]:
    """What the system tells of the folders, or reading them where it has no more watches."""
    try:
        yield from _listen(folders, stop, is_polling=None)
    except (FileNotFoundError, PermissionError):
        raise
    except (OSError, RuntimeError):  # by which limit it is reached
        on_poll()
        yield from _listen(folders, stop, is_polling=True)


def _listen(
    folders: list[Path], stop: Event, *, is_polling: bool | None
) -> Iterator[set[tuple[Change, str]]]:
    return watch(
        *folders,
        force_polling=is_polling,
        watch_filter=_Filter(),
        debounce=LONGEST_MS,
        step=STEP_MS,
        rust_timeout=TICK_MS,
        yield_on_timeout=True,
        stop_event=stop,
        raise_interrupt=False,
        ignore_permission_denied=True,  # a build names the folder
    )


def _name(root: Path, change: Change, path: str) -> str:  # noqa: ARG001
    try:
        return Path(path).relative_to(root).as_posix()
    except ValueError:  # a folder that is a link
        return path


def _top(root: Path) -> dict[str, object]:
    """What tells a folder from another of its name, and the settings from others."""
    known: dict[str, object] = {}
    for name in (*FOLDERS, SETTINGS):
        try:
            found = (root / name).stat()
        except OSError:
            known[name] = None
            continue
        is_folder = name != SETTINGS
        known[name] = found.st_ino if is_folder else (found.st_ino, found.st_mtime_ns)
    return known
