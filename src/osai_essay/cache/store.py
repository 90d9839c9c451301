"""Kept bytes by name, in one file under .cache/ that may be lost, broken or foreign at any time.

Every entry is sealed with a key that lies in the user's own cache folder, not in the site: what
came with somebody's site, or was changed since, is not opened.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import sqlite3
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from secrets import token_bytes
from typing import Any

KEY_BYTES = 32
WAIT_S = 2.0  # for another build that writes at this moment
_SEAL = hashlib.sha256
_CAREFUL = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)  # no pipe, no link
FILE = "file "  # how the names of files begin
# With rowids: names are sought in an index of their own, not among contents that fill a page each.
# Files lie apart, so that what every build asks for lies close together.
_TABLES = """
CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, content BLOB);
CREATE TABLE IF NOT EXISTS files (name TEXT PRIMARY KEY, content BLOB);
"""
_READ = "SELECT rowid, content FROM kept WHERE name = ?"
_READ_FILE = "SELECT 0, content FROM files WHERE name = ?"  # of no row: none is read ahead
_READ_ON = "SELECT name, content FROM kept WHERE rowid > ? AND rowid <= ? AND length(content) < ?"
_SIZE = """
SELECT (page_count - freelist_count) * page_size
FROM pragma_page_count, pragma_freelist_count, pragma_page_size
"""
_NAMES = "SELECT name FROM kept UNION ALL SELECT name FROM files"
_DROP = "DELETE FROM kept WHERE name = ?", "DELETE FROM files WHERE name = ?"
_KEEP = "INSERT OR REPLACE INTO kept VALUES (?, ?)", "INSERT OR REPLACE INTO files VALUES (?, ?)"
_PAGE = 16384
AHEAD = 64  # entries
SMALL = 2**16  # bytes of one that is read ahead


def open_store(folder: Path, kind: str) -> Store | None:
    """The store of a site's folder; None where the user has no key.

    The key is in the file's name too, so that no site can bring such a file along.
    """
    key = read_key(folder.parent)
    if key is None:
        return None
    name = hmac.digest(key, b"name", _SEAL).hex()[:16]
    return Store(folder / f"{kind}-{name}.db", key)


class Store:
    """Bytes by name; whatever is wrong with the file, it only seems empty."""

    _database: sqlite3.Connection | None = None

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._key = key
        self._database = _open(path)
        self._ahead: dict[str, bytes] = {}
        self._row = 0  # the last one that was read

    def read(self, name: str) -> bytes | None:
        """What is kept under a name; None where there is nothing, or nothing of ours."""
        sealed = self._ahead.pop(name, None) or self._seek(name)
        return self._open_seal(name, sealed) if isinstance(sealed, bytes) else None

    def _seek(self, name: str) -> bytes | None:
        """An entry; where it stands behind the last one, those that follow are read with it.

        What one build made in a row, the next one asks for in a row.
        """
        is_file = name.startswith(FILE)
        found = self._select(_READ_FILE if is_file else _READ, name)
        row, sealed = found[0] if found else (0, None)
        if row and row == self._row + 1:
            self._ahead = dict(self._select(_READ_ON, row, row + AHEAD, SMALL))
            row += AHEAD
        self._row = row or self._row
        return sealed

    def _select(self, query: str, *values: str | int) -> list[Any]:
        found: list[Any] = []
        with self._mending():
            if self._database:
                found = self._database.execute(query, values).fetchall()
        return found

    @property
    def is_open(self) -> bool:
        """False where nothing can be kept."""
        return self._database is not None

    @property
    def size(self) -> int:
        """The bytes of the file that hold anything."""
        found = self._select(_SIZE)
        return found[0][0] if found else 0

    def names(self) -> frozenset[str]:
        """All names that are kept."""
        return frozenset(name for (name,) in self._select(_NAMES))

    def change(self, new: Mapping[str, bytes], old: Iterable[str]) -> None:
        """Keep the new entries and drop the old ones: both or neither."""
        self._ahead = {}
        with self._mending():
            if self._database:
                self._database.rollback()  # to see what others have written since
                with self._database:
                    for name in old:
                        self._database.execute(_DROP[name.startswith(FILE)], (name,))
                    for name, content in new.items():
                        sealed = self._seal(name, content)
                        self._database.execute(_KEEP[name.startswith(FILE)], (name, sealed))

    def close(self) -> None:
        """Let go of the file; whoever asks later finds nothing."""
        if self._database:
            self._database.close()
        self._database = None

    def __del__(self) -> None:
        """Nobody asks any more."""
        self.close()

    def _seal(self, name: str, content: bytes) -> bytes:
        return self._sign(name, content) + content

    def _open_seal(self, name: str, sealed: bytes) -> bytes | None:
        size = _SEAL().digest_size
        content = sealed[size:]
        return content if hmac.compare_digest(self._sign(name, content), sealed[:size]) else None

    def _sign(self, name: str, content: bytes) -> bytes:
        return hmac.digest(self._key, name.encode() + b"\0" + content, _SEAL)

    @contextlib.contextmanager
    def _mending(self) -> Iterator[None]:
        """A file that is no database any more is taken away; one that is busy is let be."""
        try:
            yield
        except sqlite3.OperationalError:
            pass
        except sqlite3.DatabaseError:
            self.close()
            with contextlib.suppress(OSError):
                self._path.unlink()
            self._database = _open(self._path)


def _open(path: Path) -> sqlite3.Connection | None:
    for _ in range(2):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            database = sqlite3.connect(path, timeout=WAIT_S, check_same_thread=False)
        except (OSError, sqlite3.Error):
            return None
        try:
            _prepare(database)
        except sqlite3.OperationalError:
            database.close()
            return None
        except sqlite3.DatabaseError:
            database.close()
            with contextlib.suppress(OSError):
                path.unlink()
        else:
            return database
    return None


def _prepare(database: sqlite3.Connection) -> None:
    """Raises: sqlite3.DatabaseError for a file that is no database."""
    database.execute(f"PRAGMA page_size = {_PAGE}")
    database.execute("PRAGMA journal_mode = WAL")  # who reads keeps nobody from writing
    database.execute("PRAGMA synchronous = OFF")  # a seal tells what a crash left behind
    database.executescript(_TABLES)


def read_key(site: Path) -> bytes | None:
    """The user's key, made on first use; None where none can be kept that is the user's alone.

    A key that lies in the site is nobody's secret: the site may have brought it.
    """
    try:
        path = _home() / "osai-essay" / "key"
        if path.resolve().is_relative_to(site.resolve()):
            return None
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with contextlib.suppress(FileExistsError):
            _write_new(path, token_bytes(KEY_BYTES))
        return _read_own(path)
    except (OSError, RuntimeError):  # the latter where nobody has a home
        return None


def _read_own(path: Path) -> bytes | None:
    """A key that nobody else could have written. Raises: OSError."""
    with os.fdopen(os.open(path, os.O_RDONLY | _CAREFUL), "rb") as file:
        found, folder = os.fstat(file.fileno()), path.parent.stat()
        is_ours = not hasattr(os, "geteuid") or found.st_uid == folder.st_uid == os.geteuid()
        is_open = (found.st_mode | folder.st_mode) & 0o022
        if not stat.S_ISREG(found.st_mode) or not is_ours or (is_open and os.name == "posix"):
            return None
        key = file.read(KEY_BYTES + 1)
    return key if len(key) == KEY_BYTES else None


def _write_new(path: Path, content: bytes) -> None:
    """Whole or not at all, and never over another. Raises: FileExistsError."""
    if path.exists():
        return
    draft = path.with_name(f"key-{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_bytes(content)
    try:
        os.link(draft, path)
    finally:
        draft.unlink()


def _home() -> Path:
    told = os.environ.get("XDG_CACHE_HOME", "")
    return Path(told) if told.startswith("/") else Path.home() / ".cache"
