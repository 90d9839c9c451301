"""The child's side: load a function, answer requests until the parent closes."""

from __future__ import annotations

import contextlib
import importlib
import os
import signal
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Any

from osai_essay.child.limits import limit_addresses, start_watching
from osai_essay.child.wire import receive, send


def serve(target: str) -> None:
    """The child's side: load the function, then answer requests until the parent closes."""
    requests, replies = _take_pipes()
    with contextlib.suppress(ValueError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    handle: Callable[[Any], Any] | None = None
    reply: tuple[str, Any]
    while True:
        try:
            request = receive(requests)
        except EOFError:
            return
        try:
            if handle is None:
                handle, reply = _open(target, *request), ("ok", None)
            else:
                reply = ("ok", handle(request))
        except MemoryError:
            reply = ("large", None)
        except Exception:  # noqa: BLE001 - the parent raises it, with this traceback
            reply = ("failed", traceback.format_exc())
        send(replies, reply)


def _take_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """Our two pipes, moved out of the way of libraries that read stdin or print to stdout."""
    pipes = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    with Path(os.devnull).open("rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)
    return pipes


def _open(target: str, memory_mb: int, options: Mapping[str, Any]) -> Callable[[Any], Any]:
    module, _, name = target.partition(":")
    handle: Callable[[Any], Any] = getattr(importlib.import_module(module), name)(**options)
    start_watching(memory_mb << 20)
    limit_addresses(memory_mb << 20)
    return handle
