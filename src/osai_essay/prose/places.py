"""Where in the file something stands, and the problems found there."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable

from osai_essay.problem import Problem, Severity, Where
from osai_essay.struct import replace

Place = Callable[[int], Where]

MOST_PROBLEMS = 50  # of one code in one essay

_BEFORE = frozenset("(<\"'= \t\n:[") | {""}
_AFTER = frozenset(")>\"' \t\n") | {""}


class Places:
    """Turns offsets in a Markdown source into places in its file, and gathers problems.

    visible: the source with code and comments blanked, of the same length; searched for links.
    """

    def __init__(self, source: str, where: Where, place: Place | None = None) -> None:
        self.visible = source
        self.problems: list[Problem] = []
        self._where = where
        self._place = place
        self._starts = [0]
        for line in source.split("\n")[:-1]:
            self._starts.append(self._starts[-1] + len(line) + 1)
        self._searched: dict[tuple[str, bool], int] = {}
        self._counts: Counter[str] = Counter()

    def at(self, offset: int, width: int = 1) -> Where:
        """The place of a character of the source."""
        if self._place:
            return replace(self._place(offset), width=max(1, width))
        index = bisect_right(self._starts, offset) - 1
        return self._where.within(index + 1, offset - self._starts[index] + 1, width=width)

    def find(self, *needles: str, is_link: bool = False) -> Where:
        """The next place of the first needle that occurs; the essay's first line if none does.

        The same needle asked for again is looked for behind the last place found; when there is
        no further one, that last place is given again (two links by one reference definition).
        """
        for needle in needles:
            offset = self._next(needle, is_link) if needle else None
            if offset is not None:
                return self.at(offset, len(needle.split("\n")[0]))
        return replace(self._where, column=self._where.column or 1)

    def _next(self, needle: str, is_link: bool) -> int | None:
        key = (needle, is_link)
        start = self._searched.get(key, 0)
        offset = self.visible.find(needle, start)
        while offset >= 0 and is_link and not self._is_whole(offset, len(needle)):
            offset = self.visible.find(needle, offset + 1)
        if offset < 0:
            return start - 1 if start else None
        self._searched[key] = offset + 1
        return offset

    def _is_whole(self, offset: int, length: int) -> bool:
        before = self.visible[offset - 1 : offset]
        after = self.visible[offset + length : offset + length + 1]
        return before in _BEFORE and after in _AFTER

    def add(
        self, code: str, where: Where, message: str, fix: str, severity: Severity = "error"
    ) -> None:
        """Note a problem; of one code no more than the first fifty are kept."""
        self.keep(Problem(code=code, where=where, message=message, fix=fix, severity=severity))

    def keep(self, problem: Problem) -> None:
        """Note a problem someone else found."""
        self._counts[problem.code] += 1
        if self._counts[problem.code] <= MOST_PROBLEMS:
            self.problems.append(problem)
