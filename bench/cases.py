"""What is measured: commands that make the same charts or pages, side by side."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.pelican import build_with_pelican
from bench.posts import Post
from bench.sites import write_data, write_site

ROOT = Path(__file__).parent.parent
BARE = Path(__file__).with_name("bare.py")
BARE_POSTS = Path(__file__).with_name("bare_posts.py")
PARTS_OF_A_SITE = ("content", "data", "templates")
ONE_CHART = "capex"
ESSAY = "content/posts/2026-11-21-months-not-years.md"
ROUND = ("data/venture.csv", "core,2024-10-02,6.6,157", "core,2024-10-02,6.7,157")  # of 2 charts


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One command of a group; the group's first is what the others are compared with.

    prepare: fills its part of the group's folder, untimed, and gives the command that is timed.
        The cases of a group run in order, in one folder a round: a build after an edit finds what
        the cold one before it left.
    posts: how many it makes, 0 where they are not counted.
    """

    group: str
    name: str
    prepare: Callable[[Path], list[str]]
    posts: int = 0


# --- the site of this repository -----------------------------------------------------------------


def draw_bare(folder: Path, *charts: str) -> list[str]:
    """The bare script, for some charts or for all."""
    return [sys.executable, str(BARE), str(ROOT / "data"), str(folder / "bare"), *charts]


def build_whole(folder: Path) -> list[str]:
    """A cold build of this repository's site: nothing kept from an earlier one."""
    _copy_site(folder)
    return build_again(folder)


def build_one_chart(folder: Path) -> list[str]:
    """A cold build of the same site with one chart and no essays."""
    root = _copy_site(folder)
    shutil.rmtree(root / "content/posts")
    for path in (root / "content/charts").iterdir():
        if path.stem != ONE_CHART:
            path.unlink()
    return build_again(folder)


def build_after_words(folder: Path, file: str) -> list[str]:
    """A build after one more paragraph in an essay."""
    with (folder / "site" / file).open("a", encoding="utf-8") as essay:
        essay.write("\nOne more paragraph, written while the site stood.\n")
    return build_again(folder)


def build_after_data(folder: Path, file: str, old: str, new: str) -> list[str]:
    """A build after one value of a CSV was replaced by another."""
    path = folder / "site" / file
    before, found, after = path.read_text(encoding="utf-8").partition(old)
    if not found:
        raise ValueError(f'{file} no longer holds "{old}": name another value in bench/cases.py')
    path.write_text(before + new + after, encoding="utf-8")
    return build_again(folder)


def build_again(folder: Path) -> list[str]:
    """A build of the site in the folder as it stands."""
    site, output = str(folder / "site"), str(folder / "output")
    return [sys.executable, "-m", "osai_essay", "build", "--root", site, "--output", output]


def _copy_site(folder: Path) -> Path:
    root = folder / "site"
    for name in PARTS_OF_A_SITE:
        shutil.copytree(ROOT / name, root / name)
    return root


CASES = (
    Case(
        group="one chart",
        name="bare script, HTML",
        prepare=lambda folder: draw_bare(folder, ONE_CHART),
    ),
    Case(group="one chart", name="this, in pictures", prepare=build_one_chart),
    Case(group="all charts", name="bare script, HTML", prepare=draw_bare),
    Case(group="all charts", name="this, the whole site", prepare=build_whole),
    Case(group="all charts", name="  nothing changed", prepare=build_again),
    Case(
        group="all charts",
        name="  an essay edited",
        prepare=lambda folder: build_after_words(folder, ESSAY),
    ),
    Case(
        group="all charts",
        name="  a CSV edited",
        prepare=lambda folder: build_after_data(folder, *ROUND),
    ),
)


# --- many posts ----------------------------------------------------------------------------------


def post_cases(count: int, *, with_pelican: bool) -> Iterator[Case]:
    """Posts without charts, beside Pelican where it can be had."""
    posts = [Post(number) for number in range(count)]
    group = f"{count:,} posts"
    if with_pelican:
        yield Case(
            group=group,
            name="Pelican",
            prepare=lambda folder: build_with_pelican(folder, posts),
            posts=count,
        )
    yield from _our_cases(group, posts, with_charts=False)


def charted_post_cases(count: int) -> Iterator[Case]:
    """Posts with a dataset and a chart each, beside the charts alone."""
    posts = [Post(number) for number in range(count)]
    group = f"{count:,} posts, a chart each"
    yield Case(
        group=group,
        name="bare script, HTML",
        prepare=lambda folder: draw_bare_posts(folder, posts),
        posts=count,
    )
    yield from _our_cases(group, posts, with_charts=True)
    data = f"data/{posts[0].chart}.csv"
    yield Case(
        group=group,
        name="  a CSV edited",
        prepare=lambda folder: build_after_data(folder, data, "planned,2001,", "planned,2001,1"),
        posts=count,
    )


def draw_bare_posts(folder: Path, posts: Sequence[Post]) -> list[str]:
    """The bare script for the same data."""
    write_data(folder / "data", posts)
    return [sys.executable, str(BARE_POSTS), str(folder / "data"), str(folder / "bare")]


def build_posts(folder: Path, posts: Sequence[Post], *, with_charts: bool) -> list[str]:
    """A cold build of the posts."""
    write_site(folder / "site", posts, with_charts=with_charts)
    return build_again(folder)


def _our_cases(group: str, posts: Sequence[Post], *, with_charts: bool) -> Iterator[Case]:
    essay = f"content/posts/{posts[len(posts) // 2].file}"
    steps: dict[str, Callable[[Path], list[str]]] = {
        "this": lambda folder: build_posts(folder, posts, with_charts=with_charts),
        "  nothing changed": build_again,
        "  an essay edited": lambda folder: build_after_words(folder, essay),
    }
    for name, prepare in steps.items():
        yield Case(group=group, name=name, prepare=prepare, posts=len(posts))
