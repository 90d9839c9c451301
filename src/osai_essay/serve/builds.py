"""One build after another in one process, with engines and results that stay warm."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from osai_essay.build import MadeSite, Options, open_workshop
from osai_essay.cache.memo import KeptMemo, open_memo
from osai_essay.cache.stamp import Stamp
from osai_essay.changes import Snapshot
from osai_essay.model import Tell, tell_nobody
from osai_essay.problem import Problem, has_errors, sort_problems
from osai_essay.serve.moved import say_moved
from osai_essay.serve.site import ServedSite, served
from osai_essay.struct import Struct, field

Make = Callable[[Path, Options], MadeSite]


class Built(Struct, frozen=True, kw_only=True):
    """What came of one build.

    began_us: when it began, in microseconds since 1970, which tells it from other builds.
    site: None where there are errors. changed: the files that led to it, from the root; none for
        the first. made: kind -> how many of it were made anew. pages: of the site.
    moved: which data are others than in the last good build, empty where none are.
    fault: one line about a mistake of this program, empty where there was none.
    """

    began_us: int = 0
    site: ServedSite | None = None
    problems: tuple[Problem, ...] = ()
    changed: tuple[str, ...] = ()
    seconds: float = 0.0
    made: dict[str, int] = field(default_factory=dict)
    moved: str = ""
    fault: str = ""

    @property
    def pages(self) -> int:
        """How many pages the site has."""
        return sum(name.endswith(".html") for name in self.site.files) if self.site else 0


class Builder:
    """Builds one site again and again.

    options: are asked for at each build, as the day may be another.
    """

    def __init__(
        self, root: Path, options: Callable[[], Options], memo: KeptMemo, make: Make
    ) -> None:
        self._root = root
        self._options = options
        self._memo = memo
        self._make = make
        self._last: Snapshot | None = None  # of the last good build

    def build(self, changed: tuple[str, ...]) -> Built:
        """One build; whatever goes wrong in it, there can be another."""
        began_us, start = time.time_ns() // 1000, time.perf_counter()
        try:
            made = self._make(self._root, self._options())
        except Exception as error:  # noqa: BLE001 - the next build may well succeed
            seconds, fault = time.perf_counter() - start, say_fault(error)
            return Built(began_us=began_us, changed=changed, seconds=seconds, fault=fault)
        problems = sort_problems(made.problems)
        return Built(
            began_us=began_us,
            site=None if has_errors(problems) else site_of(made),
            problems=problems,
            changed=changed,
            seconds=time.perf_counter() - start,
            made=dict(self._memo.made),
            moved=self._moved(made.snapshot),
        )

    def _moved(self, snapshot: Snapshot | None) -> str:
        """What the data did since the last good build, of which this may be the next."""
        said = say_moved(self._last, snapshot) if self._last and snapshot else ""
        self._last = snapshot or self._last
        return said

    def keep(self, built: Built) -> None:
        """Keep what this build made for the next one, and for other commands."""
        self._memo.finish(is_whole=built.site is not None)


@contextmanager
def open_builder(
    root: Path, options: Callable[[], Options], on_step: Tell = tell_nobody
) -> Iterator[Builder]:
    """A builder whose engines run until the block ends."""
    memo = open_memo(root, version=Stamp(root, None, ()).version, in_memory=True)
    try:
        with open_workshop(memo, on_step) as make:
            yield Builder(root, options, memo, make)
    finally:
        memo.close()


def site_of(made: MadeSite) -> ServedSite:
    """The site of a build without errors."""
    baseurl = made.snapshot.site.config.baseurl if made.snapshot else ""
    return served({file.target: file.read() for file in made.files}, baseurl)


def say_fault(error: Exception) -> str:
    """One line: where this program stumbled, and over what."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    words = " ".join("".join(traceback.format_exception_only(error)).split())
    return f"{Path(frame.filename).name}:{frame.lineno}: {words}"
