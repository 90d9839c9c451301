"""A preview in a process, for tests that look at it in a browser."""

from __future__ import annotations

import os
import queue
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from waiting import WAIT_S


class Served:
    """A preview of a site of its own; port 0: any."""

    def __init__(self, root: Path, port: int = 0) -> None:
        self.root = root
        command = [sys.executable, "-m", "osai_essay", "serve", "--root", str(root)]
        command += ["--port", str(port)]
        self.process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        self.lines: queue.Queue[str] = queue.Queue()
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def wait_for_start(self) -> Served:
        self.address = re.findall(r"http://[\d.:]+/", self.line("Ctrl-C ends it"))[0]
        self.line("first build")
        return self

    def read(self) -> None:
        assert self.process.stdout
        with self.process.stdout:
            for line in self.process.stdout:
                self.lines.put(line)

    def line(self, words: str) -> str:
        """The next line that holds these words."""
        end = time.monotonic() + WAIT_S
        while True:
            line = self.lines.get(timeout=max(0.1, end - time.monotonic()))
            if words in line:
                return line

    def edit(self, name: str, old: str, new: str) -> None:
        """As an editor saves it: into a file beside it, which takes its place."""
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.with_name(f"{path.name}~").write_text(text.replace(old, new, 1), encoding="utf-8")
        path.with_name(f"{path.name}~").replace(path)

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """It sees what happens within the block at once, at its end."""
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)

    def stop(self) -> None:
        """Ctrl-C."""
        self.process.send_signal(signal.SIGINT)
        assert self.process.wait(WAIT_S) == 0
        self.reader.join(WAIT_S)
