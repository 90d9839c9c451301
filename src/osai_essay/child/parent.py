"""The parent's side: a child process that answers requests, with a clock."""

from __future__ import annotations

import contextlib
import json
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, NoReturn

from osai_essay.child.limits import EXIT_TOO_LARGE
from osai_essay.child.wire import receive, send

_BOOT = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from osai_essay.child.serve import serve; serve(sys.argv[2])"
)
_ENDING_S = 60.0  # for a child that has ended its pipe: a busy machine takes long to end the rest
_TOO_LARGE = (EXIT_TOO_LARGE, -signal.SIGABRT, -getattr(signal, "SIGKILL", 9))


class ChildError(Exception):
    """The child gave no reply.

    kind: `slow`, the clock ran out; `large`, it asked for more memory than it may have; `died`, it
        fell over.
    """

    def __init__(self, kind: Literal["slow", "large", "died"], message: str) -> None:
        super().__init__(message)
        self.kind = kind


class ChildFault(Exception):  # noqa: N818 - of ours: nobody handles it
    """The child's function raised, which is a bug of ours; the message holds the traceback."""


class Child:
    """A function in a child process.

    target: `module:factory`; `factory(**options)` is called once in the child, and gives the
        function that turns each request into a reply.
    seconds: how long one request may take. memory_mb: what the child may use beyond its start.
    first: gives the requests to be sent again to each fresh child, before any other.
    """

    def __init__(
        self,
        target: str,
        *,
        seconds: float = 10.0,
        memory_mb: int = 1024,
        start_seconds: float = 60.0,
        options: Mapping[str, Any] | None = None,
        first: Callable[[], Iterable[Any]] = tuple,
    ) -> None:
        self.target = target
        self.seconds = seconds
        self.memory_mb = memory_mb
        self._start_seconds = start_seconds
        self._options = dict(options or {})
        self._first = first
        self._process: subprocess.Popen[bytes] | None = None
        self._is_ready = False
        self._lock = threading.RLock()

    @property
    def is_ready(self) -> bool:
        """True if the child runs and had its first requests."""
        return self._is_ready and self._is_running

    @property
    def _is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start the child without waiting for it, so that it is warm when it is needed."""
        with self._lock:
            if self._process is None:
                self._process = _spawn(self.target)
                _send_quietly(self._process, (self.memory_mb, self._options))

    def call(self, request: Any, *, seconds: float | None = None) -> Any:
        """The function's reply.

        Raises: ChildError, ChildFault; the next call finds a fresh child.
        """
        with self._lock:
            self._make_ready()
            return self._exchange(seconds or self.seconds, request)

    def close(self) -> None:
        """End the child."""
        with self._lock:
            if self._process:
                _end(self._process)
            self._process, self._is_ready = None, False

    def __enter__(self) -> Child:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _make_ready(self) -> None:
        if not self._is_running:  # it may have been killed while nobody asked it
            self.close()
        if self._is_ready:
            return
        self.start()
        self._exchange(self._start_seconds)
        self._is_ready = True
        for request in self._first():
            self._exchange(self._start_seconds, request)

    def _exchange(self, seconds: float, *requests: Any) -> Any:
        """Send a request and take its reply; without one, take the reply to what `start` sent."""
        process = self._process
        if process is None:
            raise ChildError("died", "the child is closed")
        replies: queue.SimpleQueue[tuple[str, Any]] = queue.SimpleQueue()
        worker = threading.Thread(target=_ask, args=(process, requests, replies), daemon=True)
        worker.start()
        try:
            kind, value = replies.get(timeout=seconds)
        except queue.Empty:
            self._kill(worker)
            raise ChildError("slow", f"it took longer than {seconds:g} seconds") from None
        except BaseException:
            self._kill(worker)
            raise
        if kind == "ok":
            return value
        return self._give_up(kind, value, worker)

    def _give_up(self, kind: str, value: Any, worker: threading.Thread) -> NoReturn:
        code = self._kill(worker, wait_s=_ENDING_S if kind == "end" else 0.0)
        if kind == "large" or (kind == "end" and code in _TOO_LARGE):
            raise ChildError("large", f"it needed more than {self.memory_mb} MB of memory")
        if kind == "failed":
            raise ChildFault(value)
        raise ChildError("died", f"the child process ended with code {code}")

    def _kill(self, worker: threading.Thread, *, wait_s: float = 0.0) -> int | None:
        """Kill the child, unless it ends by itself within the wait; gives its exit code."""
        process, self._process, self._is_ready = self._process, None, False
        if process is None:
            return None
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=wait_s)
        code = process.returncode
        _end(process)
        worker.join(timeout=5)
        return code


def _spawn(target: str) -> subprocess.Popen[bytes]:
    """The child: this Python, isolated from the environment, with this process's import path."""
    path = [entry or str(Path.cwd()) for entry in sys.path]
    bytecode = ["-B"] if sys.dont_write_bytecode else []
    return subprocess.Popen(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-I", *bytecode, "-c", _BOOT, json.dumps(path), target],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def _send_quietly(process: subprocess.Popen[bytes], request: Any) -> None:
    """A request small enough for the pipe's own room; a child that is gone shows at its reply."""
    if process.stdin:
        with contextlib.suppress(OSError):
            send(process.stdin, request)


def _end(process: subprocess.Popen[bytes]) -> None:
    """At once, as nobody asks for anything that it still does."""
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe:
            with contextlib.suppress(OSError):
                pipe.close()


def _ask(
    process: subprocess.Popen[bytes],
    requests: Iterable[Any],
    replies: queue.SimpleQueue[tuple[str, Any]],
) -> None:
    """One request and its reply, in a thread: a full pipe may block, and the clock runs on."""
    try:
        if process.stdin is None or process.stdout is None:
            raise EOFError
        for request in requests:
            send(process.stdin, request)
        replies.put(receive(process.stdout))
    except (OSError, EOFError, ValueError):
        replies.put(("end", None))
