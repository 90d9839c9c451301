"""Whole processes, timed side by side: every case once a round, so a busy minute hits them all."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.cases import Case

SAMPLE_S = 0.01
REST = 20  # how much longer than a look at the memory took is waited for the next: the clock runs
# As on a machine of one's own: compiled modules are kept, nothing is found through PYTHONPATH.
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


class CommandError(Exception):
    """A command failed; the message holds it and what it said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A case's runs, in the order of the rounds.

    cpu_s: of the process and its children. memory_mb: all of them together, at their fullest; 0
        where the system does not tell.
    """

    case: Case
    wall_s: tuple[float, ...]
    cpu_s: tuple[float, ...]
    memory_mb: float


def measure(cases: Sequence[Case], rounds: int) -> tuple[Measured, ...]:
    """Run the cases of a group in order, again each round. Raises: CommandError.

    One round more comes first, in which memory is watched and the disk's cache warmed; where one
    round is asked for, it is that one.
    """
    watched = _run_round(cases, watch=sys.platform == "linux")  # others do not tell
    runs = [_run_round(cases) for _ in range(rounds)] if rounds > 1 else [watched]
    return tuple(
        Measured(
            case=case,
            wall_s=tuple(run.wall_s for run in of_case),
            cpu_s=tuple(run.cpu_s for run in of_case),
            memory_mb=first.memory_mb,
        )
        for case, first, of_case in zip(cases, watched, zip(*runs, strict=True), strict=True)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    wall_s: float
    cpu_s: float
    memory_mb: float


def _run_round(cases: Sequence[Case], *, watch: bool = False) -> list[_Run]:
    with tempfile.TemporaryDirectory() as folder:
        return [_run(case, Path(folder), watch=watch) for case in cases]


def _run(case: Case, folder: Path, *, watch: bool) -> _Run:
    """One run; watching its memory disturbs the clock a little."""
    command = case.prepare(folder)
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(command, env=ENVIRONMENT, stdout=said, stderr=said)
        memory_mb = max(_watch(process.pid), default=0.0) if watch else 0.0
        _, status, usage = os.wait4(process.pid, 0)
        wall_s = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise CommandError(f"{' '.join(command)}\n{said.read().decode(errors='replace')}")
    return _Run(wall_s=wall_s, cpu_s=usage.ru_utime + usage.ru_stime, memory_mb=memory_mb)


def _watch(pid: int) -> Iterator[float]:
    """The memory of a process and its children in MB, again and again until it ends."""
    while os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        start = time.perf_counter()
        yield sum(map(_memory_mb, _family(pid)))
        time.sleep(max(SAMPLE_S, REST * (time.perf_counter() - start)))


def _family(pid: int) -> Iterator[int]:
    """A process and all that it started, whichever of its threads did so."""
    yield pid
    with contextlib.suppress(OSError):  # it has just ended
        for thread in Path(f"/proc/{pid}/task").iterdir():
            children = (thread / "children").read_text(encoding="ascii")
            for child in children.split():
                yield from _family(int(child))


def _memory_mb(pid: int) -> float:
    """A process's memory, what it shares counted in part (Linux's PSS), so that a sum is right."""
    with contextlib.suppress(OSError):  # it has just ended
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
        sizes = (line.split() for line in lines)
        return sum(int(size[1]) / 1024 for size in sizes if size[0] == "Pss:")
    return 0.0
