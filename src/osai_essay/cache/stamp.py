"""What the last build was made of and what it wrote: by this, a build knows it has nothing to do.

Loads little but the standard library, as it is asked before anything else is loaded.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from osai_essay.cache.store import Store, open_store
from osai_essay.cache.survey import Seen, signatures, survey
from osai_essay.files import FOLDERS, is_site
from osai_essay.struct import Struct

FILES = ("pyproject.toml",)
BUNDLES = "node_modules/plotly.js-*-dist-min/*.js"


class Kept(Struct, frozen=True, kw_only=True):
    """The last build, whose output is still what a build would write.

    problems: its warnings, as plain values.
    """

    pages: int
    problems: list[dict[str, Any]]


class Stamp:
    """The inputs as they are now, beside those of the last build with the same settings."""

    def __init__(self, root: Path, output: Path | None, settings: Iterable[str]) -> None:
        self.root = root.resolve()
        self.output = output.resolve() if output else None
        words = "\0".join([str(self.root), str(self.output), *settings])
        self._name = f"stamp {hashlib.sha256(words.encode('utf-8', 'replace')).hexdigest()}"
        self._store = _open(self.root)
        last = _read(self._store, self._name)
        self._last = last
        self._code = survey(code_files(), _seen(last.get("code")))
        self._inputs = self._survey(_seen(last.get("inputs")))

    @cached_property
    def version(self) -> str:
        """Of our own code, of Python and of every library."""
        return _version(self._code)

    @cached_property
    def changes(self) -> dict[str, str] | None:
        """File -> new, changed or removed, since the last build; None where there was none."""
        if not self._last:
            return None
        old, new = _hashes(_seen(self._last.get("inputs"))), _hashes(self._inputs)
        found = {name: "removed" for name in old if name not in new}
        found |= {name: "new" for name in new if name not in old}
        found |= {name: "changed" for name in new if name in old and old[name] != new[name]}
        return {self._short(name): found[name] for name in sorted(found)}

    @property
    def hashes(self) -> dict[str, str]:
        """The SHA-256 of each input that cannot change unseen, by its path from the root."""
        known = ((name, sha) for name, (signature, sha) in self._inputs.items() if signature)
        return {self._short(name): sha for name, sha in known}

    @property
    def is_cold(self) -> bool:
        """True if much is to be made: engines are best started at once."""
        changes = self.changes
        first = {name.partition("/")[0] for name in changes or ()}
        is_drawn = any(name.startswith("content/charts/") for name in changes or ())
        is_other = self._last.get("version") != self.version
        return changes is None or is_other or "data" in first or is_drawn

    def kept(self, today: date) -> Kept | None:
        """The last build, if this one would write the same and say the same."""
        last = self._last
        if self.output is None or not last or self.changes or last["version"] != self.version:
            return None
        if not last["day"] <= today.isoformat() < (last["until"] or "9999-99-99"):
            return None
        written = {name: tuple(each) for name, each in last["outputs"].items()}
        if signatures(self.output) != written:
            return None
        return Kept(pages=last["pages"], problems=last["problems"])

    def write(
        self, *, today: date, until: date | None, pages: int, problems: list[dict[str, Any]]
    ) -> None:
        """Keep what this build was made of; until: the day on which its result will be another."""
        if self._store is None or self.output is None:
            return
        if _hashes(self._survey(self._inputs)) != _hashes(self._inputs):
            return  # what the build read is not sure
        data = {
            "version": self.version,
            "day": today.isoformat(),
            "until": until.isoformat() if until else "",
            "code": self._code,
            "inputs": self._inputs,
            "outputs": signatures(self.output),
            "pages": pages,
            "problems": problems,
        }
        self._store.change({self._name: json.dumps(data).encode()}, ())

    def _survey(self, known: Mapping[str, Seen]) -> dict[str, Seen]:
        return survey(self._input_files(), known, inside=self.root)

    def _input_files(self) -> Iterable[Path]:
        yield from (self.root / name for name in (*FOLDERS, *FILES))
        yield from sorted(self.root.glob(BUNDLES))

    def _short(self, name: str) -> str:
        start = f"{self.root}/"
        return name.removeprefix(start)


def code_version() -> str:
    """What the results of this program rest on besides a site."""
    return _version(survey(code_files(), {}))


def _version(code: Mapping[str, Seen]) -> str:
    parts = [sys.version, *library_names(), *_hashes(code).values()]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def code_files() -> tuple[Path, ...]:
    """All that this program is made of: its modules, and its theme in a checkout."""
    package = Path(__file__).resolve().parent.parent
    return package, package.parent.parent / "templates"


def library_names() -> tuple[str, ...]:
    """Every installed distribution with its version, as its folder is called."""
    places = {Path(each) for each in sys.path if each}
    return tuple(sorted(each.name for place in places for each in place.glob("*.dist-info")))


def _open(root: Path) -> Store | None:
    folder = root / ".cache"
    is_ours = is_site(root) and folder.resolve().is_relative_to(root)
    return open_store(folder, "stamp") if is_ours else None


def _read(store: Store | None, name: str) -> dict[str, Any]:
    content = store.read(name) if store else None
    data = json.loads(content) if content else {}
    return data if isinstance(data, dict) else {}


def _seen(found: Any) -> dict[str, Seen]:
    """A survey as JSON has kept it."""
    return {
        name: (tuple(sign) if sign else None, sha) for name, (sign, sha) in (found or {}).items()
    }


def _hashes(found: Mapping[str, Seen]) -> dict[str, str]:
    return {name: sha for name, (_, sha) in found.items()}
