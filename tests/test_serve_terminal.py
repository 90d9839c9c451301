"""The preview in a terminal: what it is doing is seen, and Ctrl-C ends it at once."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from waiting import WAIT_S

Write = Callable[[Mapping[str, str | bytes]], Path]
CLEAR = "\r\x1b[K"
WORDS = "Words *of* [it](https://example.org), `code`.\n\n" * 300
POSTS = {
    f"content/posts/2026-10-01-post-{index}.md": f"---\ntitle: Post {index}\n---\n\n{WORDS}"
    for index in range(200)
}


class Terminal:
    """A preview on a terminal at which a person looks."""

    def __init__(self, root: Path) -> None:
        command = [sys.executable, "-m", "osai_essay", "serve", "--root", str(root), "--port", "0"]
        self.said = ""
        self.near, far = pty.openpty()
        self.process = subprocess.Popen(
            command, stdin=far, stdout=far, stderr=far, start_new_session=True
        )
        os.close(far)
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self) -> None:
        try:
            while found := os.read(self.near, 65536):
                self.said += found.decode("utf-8", "replace")
        except OSError:  # nobody writes there any more
            pass

    def wait_for(self, words: str) -> None:
        end = time.monotonic() + WAIT_S
        while words not in self.said:
            assert self.reader.is_alive(), self.said
            assert time.monotonic() < end, self.said
            time.sleep(0.01)

    def interrupt(self) -> int:
        """Ctrl-C; its exit code."""
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(WAIT_S)
        self.reader.join(WAIT_S)
        return code


@pytest.fixture
def start() -> Iterator[Callable[[Path], Terminal]]:
    """Open a terminal with a preview; each is closed with the test."""
    started: list[Terminal] = []

    def start_one(root: Path) -> Terminal:
        started.append(Terminal(root))
        return started[-1]

    yield start_one
    for each in started:
        each.process.kill()
        each.process.wait()
        os.close(each.near)


def test_ctrl_c_breaks_the_first_build_off_and_takes_its_progress_away(
    site: Write, start: Callable[[Path], Terminal]
):
    terminal = start(site({"content/site.yml": "title: Small\n", **POSTS}))
    terminal.wait_for("Writing essays ...")
    assert terminal.interrupt() == 0
    assert "first build" not in terminal.said  # nobody waited for it
    assert "Traceback" not in terminal.said
    assert terminal.said.endswith(f" ...{CLEAR}\r\nPreview ended.\r\n")


def test_ctrl_c_breaks_off_a_build_that_follows_a_change(
    site: Write, start: Callable[[Path], Terminal]
):
    root = site({"content/site.yml": "title: Small\n", **POSTS})
    posts, away = root / "content/posts", root / "away"
    posts.rename(away)
    terminal = start(root)
    terminal.wait_for("first build")
    away.rename(posts)
    terminal.wait_for("Writing essays ...")
    assert terminal.interrupt() == 0
    assert "content/posts" not in terminal.said
    assert terminal.said.endswith(f" ...{CLEAR}\r\nPreview ended.\r\n")
