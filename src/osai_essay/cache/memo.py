"""Results of earlier builds, found by what they were made from."""

from __future__ import annotations

import pickle
import threading
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from osai_essay.cache.digest import digest
from osai_essay.cache.store import FILE, Store, open_store
from osai_essay.files import is_inside, is_site
from osai_essay.model import Content, Later
from osai_essay.model.memo import always

FOLDER = ".cache"
SAVE_AT = 8 * 2**20  # bytes that may wait to be written
SPARE = 256 * 2**20  # bytes up to which nothing is dropped: another branch may come back to it
NOTHING_SEEN: Mapping[str, str] = MappingProxyType({})

Made = TypeVar("Made")
Marks = dict[int, tuple[object, str]]  # id of an object -> it, so that it stays; its mark
Entry = tuple[Any, tuple[str, ...]]  # what was made, and the names of what went into it
Listed = tuple[tuple[str, int, str], ...]  # target, size and SHA-256 of each file


class KeptMemo:
    """Results kept on disk between builds, and in memory within a process that builds again.

    version: of everything that makes results: another version finds nothing of this one.
    in_memory: keep what was used last time as objects too, for a process that builds often.
    seen: file -> SHA-256 of its bytes, as this build has found them.
    """

    def __init__(
        self,
        store: Store | None,
        *,
        version: str,
        in_memory: bool = False,
        seen: Mapping[str, str] = NOTHING_SEEN,
    ) -> None:
        self._store = store
        self._seen = seen
        self._version = version
        self._objects: dict[str, Entry] | None = {} if in_memory else None
        self._marks: Marks = {}  # of the last build
        self._fresh: Marks = {}  # of this one
        self._local = threading.local()
        self._used: set[str] = set()
        self._new: dict[str, bytes] = {}
        self._waiting = 0
        self._lock = threading.Lock()
        self.made: dict[str, int] = {}  # kind -> how many of it were made anew

    def get(
        self,
        kind: str,
        key: object,
        make: Callable[[], Made],
        *,
        still: Callable[[Made], bool] = always,
    ) -> Made:
        """See `model.Memo`."""
        return self._get(self._name(kind, key), kind, make, still)

    def get_files(
        self,
        kind: str,
        key: object,
        make: Callable[[], tuple[Mapping[str, bytes], Made]],
        *,
        still: Callable[[Made], bool] = always,
    ) -> tuple[Mapping[str, Content], Made]:
        """See `model.Memo`. An entry lists the files; they are kept by the hash of their bytes."""
        fresh: dict[str, bytes] = {}

        def put() -> tuple[Listed, Made]:
            files, made = make()
            if not (self._store and self._store.is_open):
                fresh.update(files)  # else they are read again: all at once fill the memory
            return tuple((each, len(files[each]), self._put(files[each])) for each in files), made

        def later(target: str, size: int, sha256: str) -> Later:
            read = partial(self._read_file, sha256, target, make, fresh)
            return Later(size=size, sha256=sha256, read=read)

        name = self._name(kind, key)
        listed, made = self._get(name, kind, put, lambda kept: still(kept[1]))
        return fresh or {each[0]: later(*each) for each in listed}, made

    def _put(self, content: bytes) -> str:
        """Keep the bytes of a file under their hash."""
        sha = sha256(content).hexdigest()
        self._note([FILE + sha])
        self._keep(FILE + sha, (content, ()))
        return sha

    def _read_file(
        self,
        sha: str,
        target: str,
        make: Callable[[], tuple[Mapping[str, bytes], Any]],
        fresh: dict[str, bytes],
    ) -> bytes:
        """One of an entry's files; if it was lost all are made anew, and wait until they are read.

        fresh: those that wait.
        """
        kept: tuple[bytes, object] | None = self._find(FILE + sha)
        if kept:
            return kept[0]
        if target not in fresh:
            fresh.update(make()[0])
        return fresh.pop(target)

    def _name(self, kind: str, key: object) -> str:
        return digest((self._version, kind, key))

    def _get(
        self, name: str, kind: str, make: Callable[[], Made], still: Callable[[Made], bool]
    ) -> Made:
        kept = self._find(name)
        if kept and still(kept[0]):
            self._note((name, *kept[1]))
            return kept[0]  # type: ignore[no-any-return]
        outer, self._local.inner = self._inner, {}
        try:
            made = make()
            inner = tuple(self._inner)
        finally:
            self._local.inner = outer
        self._note((name, *inner))
        self._keep(name, (made, inner))
        with self._lock:
            self.made[kind] = self.made.get(kind, 0) + 1
        return made

    def mark(self, value: object) -> str:
        """See `model.Memo`."""
        if self._objects is None:
            return digest(value)
        known = self._marks.get(id(value)) or self._fresh.get(id(value))
        if known is None or known[0] is not value:
            known = value, digest(value)
        self._fresh[id(value)] = known
        return known[1]

    def seen(self, file: str) -> str:
        """See `model.Memo`."""
        return self._seen.get(file, "")

    def finish(self, *, is_whole: bool) -> None:
        """Write what is new; after a whole build, drop what was used neither now nor lately."""
        with self._lock:
            self._save()
            if is_whole:
                self._drop_unused()
                self._used, self.made = set(), {}

    def _drop_unused(self) -> None:
        """Other builds may use the same file, with drafts or without: as much may lie unused."""
        if self._store and self._store.size > SPARE:
            unused = self._store.names() - self._used
            if len(unused) > len(self._used):
                self._store.change({}, unused)
        if self._objects is not None:
            self._objects = {
                name: self._objects[name] for name in self._objects if name in self._used
            }
            self._marks, self._fresh = self._fresh, {}

    @property
    def _inner(self) -> dict[str, None]:
        """What is used by what this thread is making at the moment."""
        found: dict[str, None] = getattr(self._local, "inner", {})
        return found

    def _note(self, names: Iterable[str]) -> None:
        self._inner.update(dict.fromkeys(names))
        with self._lock:
            self._used.update(names)

    def close(self) -> None:
        """Let go of the file."""
        if self._store:
            self._store.close()

    def _find(self, name: str) -> Entry | None:
        with self._lock:
            if self._objects is not None and name in self._objects:
                return self._objects[name]
            content = self._new.get(name) or (self._store and self._store.read(name))
        if not content:
            return None
        entry: Entry = pickle.loads(content)  # noqa: S301 - sealed by this user: see store
        return self._remember(name, entry)

    def _remember(self, name: str, entry: Entry) -> Entry:
        if self._objects is not None:
            with self._lock:
                self._objects[name] = entry
        return entry

    def _keep(self, name: str, entry: Entry) -> None:
        self._remember(name, entry)
        if self._store:
            content = pickle.dumps(entry, protocol=5)
            with self._lock:
                self._new[name] = content
                self._waiting += len(content)
                if self._waiting > SAVE_AT:
                    self._save()

    def _save(self) -> None:
        if self._store and self._new:
            self._store.change(self._new, ())
        self._new = {}
        self._waiting = 0


def open_memo(
    root: Path,
    *,
    version: str,
    in_memory: bool = False,
    seen: Mapping[str, str] = NOTHING_SEEN,
) -> KeptMemo:
    """The memo of a site, under .cache/ of its root; it forgets where that leads elsewhere."""
    folder = root / FOLDER
    is_ours = is_site(root) and is_inside(root, folder)
    store = open_store(folder, "memo") if is_ours else None
    return KeptMemo(store, version=version, in_memory=in_memory, seen=seen)
