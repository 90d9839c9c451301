"""What this process may use: address space where the system limits it, else a watching thread."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import time
from pathlib import Path

EXIT_TOO_LARGE = 77


def start_watching(more_bytes: int) -> None:
    """End this process when it grows by more than this, or when its parent is gone."""
    watcher = threading.Thread(target=_watch, args=(os.getppid(), more_bytes), daemon=True)
    watcher.start()


def limit_addresses(more_bytes: int) -> None:
    """Let malloc fail beyond what is mapped now; macOS and Windows have the watcher alone."""
    mapped = _statm_bytes(0)
    if mapped is None:
        return
    import resource

    with contextlib.suppress(ValueError, OSError):
        limit = mapped + more_bytes
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _watch(parent: int, more_bytes: int) -> None:
    limit = _resident_bytes() + more_bytes
    while True:
        if _resident_bytes() > limit:
            os._exit(EXIT_TOO_LARGE)
        if os.getppid() != parent:
            os._exit(0)
        time.sleep(0.05)


def _resident_bytes() -> int:
    now = _statm_bytes(1)
    if now is not None:
        return now
    try:
        import resource
    except ImportError:  # Windows
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _statm_bytes(index: int) -> int | None:
    """Linux: the mapped (0) or resident (1) size of this process; None elsewhere."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[index]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, AttributeError):
        return None
