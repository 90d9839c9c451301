"""Pelican, the generator that others are measured by: installed for the bench alone."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.posts import Post
from bench.sites import write_pelican_site

FOLDER = Path(__file__).parent.parent / ".cache/bench/pelican"
PYTHON = FOLDER / "bin/python"
PINS = Path(__file__).with_name("constraints.txt")
_PIP = "-m pip --disable-pip-version-check install --quiet --no-deps --only-binary :all:".split()
_IMPATIENT = "--retries 1 --timeout 20 --requirement".split()


class InstallError(Exception):
    """Pelican cannot be installed; the message holds the last line of why."""


def install_pelican() -> None:
    """Make its environment, unless it is there with these pins. Raises: InstallError."""
    stamp, pins = FOLDER / "pins.txt", PINS.read_text(encoding="utf-8")
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == pins:
        return
    _run([sys.executable, "-m", "venv", "--clear", str(FOLDER)])
    _run([str(PYTHON), *_PIP, *_IMPATIENT, str(PINS)])
    stamp.write_text(pins, encoding="utf-8")


def build_with_pelican(folder: Path, posts: Sequence[Post]) -> list[str]:
    """A cold build of the posts; a link that leads nowhere would end it."""
    root = folder / "pelican"
    write_pelican_site(root, posts)
    paths = [str(root / "content"), "--output", str(root / "output")]
    settings = ["--settings", str(root / "pelicanconf.py")]
    return [str(PYTHON), "-m", "pelican", *paths, *settings, "--fatal", "warnings"]


def _run(command: Sequence[str]) -> None:
    done = subprocess.run(command, check=False, capture_output=True, text=True, errors="replace")
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise InstallError(said[-1] if said else f"{command[0]} ended with {done.returncode}")
