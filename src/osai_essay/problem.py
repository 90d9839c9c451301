"""What can be wrong with a site, as values, and their printing for people and machines."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Literal

from osai_essay.struct import Struct, replace, to_plain

SNIPPET = 160  # characters of a line that a problem shows
CUT = "…"  # where a line is cut

_AROUND = re.compile(
    r"(?:\d{4}-\d{1,2}-\d{1,2}-)?(?P<core>.+?)(?:\.(?:html|md|markdown|ya?ml))?", re.S
)

Severity = Literal["error", "warning"]
ReadLines = Callable[[str], list[str] | None]


class Where(Struct, frozen=True, kw_only=True):
    """A place in a file of the site: lines and columns count from 1, None where there is none.

    file: path under the site root, with forward slashes.
    width: how many characters the place covers, for the underline.
    """

    file: str
    line: int | None = None
    column: int | None = None
    width: int = 1

    def __str__(self) -> str:
        """`file:line:column`, as far as it is known."""
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part)

    def within(self, line: int, column: int | None = None, *, width: int = 1) -> Where:
        """The place of a line and column of a text that begins here; both count from 1."""
        if column is not None and line == 1:
            column += self.begin - 1
        return Where(
            file=self.file, line=(self.line or 1) + line - 1, column=column, width=max(1, width)
        )

    def before(self, count: int) -> Where:
        """The place of a text before whose first line so many characters are put."""
        return replace(self, column=self.begin - count)

    @property
    def begin(self) -> int:
        """Its column, the first where none is known."""
        return 1 if self.column is None else self.column


class TextWhere(Where, frozen=True, kw_only=True):
    """Where a text begins that its file sets in, breaks elsewhere or writes with escapes, as YAML.

    lines: where each line of the text begins in it, in characters. runs: of each piece but the
    first that stands in the file as it is, where it begins: in the text, its line, its column.
    """

    lines: tuple[int, ...]
    runs: tuple[tuple[int, int, int], ...]

    def within(self, line: int, column: int | None = None, *, width: int = 1) -> Where:
        """See `Where.within`."""
        begins = self.lines[min(line, len(self.lines)) - 1]
        if column is None:
            later = (run[1] for run in self.runs if run[0] >= begins)
            return Where(file=self.file, line=self.line if line == 1 else next(later, self.line))
        offset = begins + column - 1
        first = (0, self.line or 1, self.begin)
        start, there, at = max(run for run in (first, *self.runs) if run[0] <= offset)
        return Where(file=self.file, line=there, column=at + offset - start, width=max(1, width))

    def before(self, count: int) -> Where:
        """See `Where.before`."""
        lines = (0, *(start + count for start in self.lines[1:]))
        runs = tuple((start + count, line, column) for start, line, column in self.runs)
        return replace(self, column=self.begin - count, lines=lines, runs=runs)


class Problem(Struct, frozen=True, kw_only=True):
    """One thing that is wrong: where, what, and what to do about it.

    code: `<thing>-<what is wrong>`, such as `chart-unknown`; listed in docs/problems.md.
    """

    code: str
    where: Where
    message: str
    fix: str
    severity: Severity = "error"

    @property
    def is_error(self) -> bool:
        """True if no site may be written while this stands."""
        return self.severity == "error"


class SiteError(Exception):
    """A file that cannot be read at all; the loop over files keeps its problem and goes on."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.where}: {problem.message}")
        self.problem = problem


def has_errors(problems: Iterable[Problem]) -> bool:
    """True if one of the problems is an error."""
    return any(problem.is_error for problem in problems)


def nearest(name: str, known: Iterable[str], *, cutoff: float = 0.65) -> str | None:
    """The known name most like this one, or None if none is near.

    Names are compared without a date before them and an ending behind, which many share; the same
    letters in another order, as in `bra` for `bar`, are near however few they are.
    cutoff: the least part of their letters that they share, from 0 to 1.
    """
    by_core: dict[str, list[str]] = {}
    for each in known:
        by_core.setdefault(_core(each), []).append(each)
    core = _core(name)
    turned = [each for each in sorted(by_core) if sorted(each) == sorted(core)]
    close = _most_like(core, turned, 0.0) or _most_like(core, sorted(by_core), cutoff)
    return _most_like(name, sorted(by_core[close]), 0.0) if close else None


def _most_like(name: str, known: Sequence[str], cutoff: float) -> str | None:
    return next(iter(difflib.get_close_matches(name, known, n=1, cutoff=cutoff)), None)


def _core(name: str) -> str:
    found = _AROUND.fullmatch(name.casefold())
    return found["core"] if found else ""


def did_you_mean(name: str, known: Iterable[str], *, else_say: str) -> str:
    """A fix that offers the nearest known name, or the other advice where none is near."""
    near = nearest(name, known)
    return f'did you mean "{near}"?' if near else else_say


def sort_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each problem once, by file, line and column."""
    return tuple(sorted({_at_one_place(problem) for problem in problems}, key=_sort_key))


def _at_one_place(problem: Problem) -> Problem:
    """The problem of a whole text where that begins."""
    where = problem.where
    is_text = isinstance(where, TextWhere)
    return replace(problem, where=where.within(1, 1, width=where.width)) if is_text else problem


def _sort_key(problem: Problem) -> tuple[str, int, int, str, str]:
    where = problem.where
    return (where.file, where.line or 0, where.column or 0, problem.code, problem.message)


def format_problem(problem: Problem, read_lines: ReadLines) -> str:
    """One problem as text: a heading, the lines around the place, the fix.

    read_lines: file under the root -> its lines, or None where it cannot be read.
    """
    heading = f"{problem.where}: {problem.severity}[{problem.code}] {problem.message}"
    return "\n".join([heading, *snippet(problem.where, read_lines), f"  fix: {problem.fix}"])


def snippet(where: Where, read_lines: ReadLines) -> list[str]:
    """The line of a place and the one before it, numbered, and the underline."""
    lines = read_lines(where.file) if where.line else None
    if not where.line or not lines or where.line > len(lines):
        return []
    start = _start_of_cut(where.column or 1, len(lines[where.line - 1]))
    shown = [
        f"{number:>7} | {_cut(lines[number - 1], start if number == where.line else 0)}"
        for number in range(max(1, where.line - 1), where.line + 1)
    ]
    if where.column and where.column <= len(lines[where.line - 1]) + 1:
        before = where.column - 1 - start + (len(CUT) if start else 0)
        seen = start + SNIPPET - (where.column - 1)  # from the place to where the line is cut
        shown.append(f"{'':>7} | {' ' * before}{'^' * max(1, min(where.width, seen))}")
    return shown


def _start_of_cut(column: int, length: int) -> int:
    """Where the shown part of a long line begins: a little before the column."""
    return max(0, min(column - SNIPPET // 2, length - SNIPPET)) if column > SNIPPET - 40 else 0


def _cut(line: str, start: int) -> str:
    """A line as it is shown, at most SNIPPET characters from `start` on."""
    shown = _printable(line)
    end = CUT if len(shown) > start + SNIPPET else ""
    return f"{CUT if start else ''}{shown[start : start + SNIPPET]}{end}"


def _printable(line: str) -> str:
    return "".join(char if char.isprintable() else " " for char in line.rstrip("\r\n"))


def problems_to_json(problems: Iterable[Problem]) -> str:
    """All problems as a JSON list for machines."""
    return json.dumps(to_plain(tuple(problems)), ensure_ascii=False, indent=2)


def problems_to_github(problems: Iterable[Problem]) -> str:
    """Workflow commands of GitHub Actions, which shows each beside its line in a pull request."""
    return "".join(f"{_to_github(problem)}\n" for problem in problems)


def _to_github(problem: Problem) -> str:
    where = problem.where
    places = {"file": where.file, "line": where.line, "col": where.column, "title": problem.code}
    shown = ",".join(f"{key}={_escape(str(each), ',:')}" for key, each in places.items() if each)
    text = _escape(f"{problem.message}\nfix: {problem.fix}")
    return f"::{problem.severity} {shown}::{text}"


def _escape(text: str, more: str = "") -> str:
    """Text as a workflow command holds it."""
    return "".join(f"%{ord(char):02X}" if char in f"%\r\n{more}" else char for char in text)


def count_problems(problems: Iterable[Problem]) -> str:
    """A closing line such as `2 errors, 1 warning`."""
    found = list(problems)
    errors = sum(problem.is_error for problem in found)
    parts = [(errors, "error"), (len(found) - errors, "warning")]
    return ", ".join(f"{count} {word}{'s' if count != 1 else ''}" for count, word in parts if count)
