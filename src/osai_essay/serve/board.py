"""What browsers are shown at the moment, and who waits for the next thing."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from textwrap import dedent
from typing import Any

from osai_essay.problem import Problem, ReadLines, snippet
from osai_essay.serve.builds import Built
from osai_essay.serve.site import ServedSite
from osai_essay.struct import Struct


class Shown(Struct, frozen=True, kw_only=True):
    """The last good site, and what the last build said, as JSON for the page's panel.

    report: empty before the first build has ended.
    """

    site: ServedSite | None = None
    report: str = ""


class Board:
    """Changed by the thread that builds, asked by the event loop that answers."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._news = asyncio.Event()
        self._is_closed = False
        self.shown = Shown()

    def show(self, built: Built, read_lines: ReadLines) -> None:
        """From any thread: what a build made; its site only where it has no errors."""
        report = report_of(built, read_lines)
        self._loop.call_soon_threadsafe(self._change, built.site, report)

    def close(self) -> None:
        """Nothing new will come."""
        self._is_closed = True
        self._news.set()

    async def reports(self) -> AsyncIterator[str]:
        """The last report, where there is one, and each later one."""
        seen: Shown | None = None
        while not self._is_closed:
            if self.shown is seen or not self.shown.report:
                await self._news.wait()
            else:
                seen = self.shown
                yield seen.report

    def _change(self, site: ServedSite | None, report: str) -> None:
        self.shown = Shown(site=site or self.shown.site, report=report)
        self._news.set()
        self._news = asyncio.Event()


def report_of(built: Built, read_lines: ReadLines) -> str:
    """A build as the page's panel shows it: its problems, errors first."""
    problems = sorted(built.problems, key=lambda problem: not problem.is_error)
    report = {
        "build": built.began_us,
        "fault": built.fault,
        "moved": built.moved,
        "problems": [_problem(each, read_lines) for each in problems],
    }
    return json.dumps(report, ensure_ascii=False)


def _problem(problem: Problem, read_lines: ReadLines) -> dict[str, Any]:
    return {
        "severity": problem.severity,
        "code": problem.code,
        "place": str(problem.where),
        "message": problem.message,
        "fix": problem.fix,
        "snippet": dedent("\n".join(snippet(problem.where, read_lines))),
    }
