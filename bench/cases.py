"""What is measured: commands that draw the same charts, each beside the one it is compared with."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
BARE = Path(__file__).with_name("bare.py")
PARTS_OF_A_SITE = ("content", "data", "templates")
ONE_CHART = "capex"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One command of a group; the group's first is what the others are compared with.

    prepare: fills a fresh folder, untimed, and gives the command that is timed.
    """

    group: str
    name: str
    prepare: Callable[[Path], list[str]]


def draw_bare(folder: Path, *charts: str) -> list[str]:
    """The bare script, for some charts or for all."""
    return [sys.executable, str(BARE), str(ROOT / "data"), str(folder / "output"), *charts]


def build_whole(folder: Path) -> list[str]:
    """A cold build of this repository's site: nothing kept from an earlier one."""
    return _build(_copy_site(folder))


def build_one_chart(folder: Path) -> list[str]:
    """A cold build of the same site with one chart and no essays."""
    root = _copy_site(folder)
    shutil.rmtree(root / "content/posts")
    for path in (root / "content/charts").iterdir():
        if path.stem != ONE_CHART:
            path.unlink()
    return _build(root)


def _copy_site(folder: Path) -> Path:
    root = folder / "site"
    for name in PARTS_OF_A_SITE:
        shutil.copytree(ROOT / name, root / name)
    return root


def _build(root: Path) -> list[str]:
    output = root.with_name("output")
    return [
        sys.executable,
        "-m",
        "osai_essay",
        "build",
        "--root",
        str(root),
        "--output",
        str(output),
    ]


CASES = (
    Case(
        group="one chart",
        name="bare script, HTML",
        prepare=lambda folder: draw_bare(folder, ONE_CHART),
    ),
    Case(group="one chart", name="this, in pictures", prepare=build_one_chart),
    Case(group="all charts", name="bare script, HTML", prepare=draw_bare),
    Case(group="all charts", name="this, the whole site", prepare=build_whole),
)
