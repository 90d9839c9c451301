"""The bench runs, its ratios are right, and what it compares makes the same charts and pages."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from numbers import Real
from pathlib import Path
from typing import Any

import pytest

import bench.measure
from bench import bare, pelican
from bench.__main__ import find_pelican, rounds_of
from bench.cases import (
    CASES,
    ROOT,
    Case,
    build_after_data,
    build_after_words,
    build_one_chart,
    build_posts,
    build_whole,
    charted_post_cases,
    draw_bare,
    draw_bare_posts,
    post_cases,
)
from bench.measure import CommandError, Measured, measure
from bench.posts import Post
from bench.sites import write_pelican_site, write_site
from bench.table import make_rows
from waiting import WAIT_S


def case(name: str, code: str) -> Case:
    command = [sys.executable, "-S", "-c", code]
    return Case(group="any", name=name, prepare=lambda folder: command)


def test_cases_are_run_and_measured() -> None:
    idle, busy = measure([case("idle", "import time; time.sleep(0.2)"), case("none", "")], rounds=2)
    assert len(idle.wall_s) == len(busy.cpu_s) == 2
    assert min(idle.wall_s) >= 0.2 > min(idle.cpu_s)


HOLD = """\
import os, time
held, end = b"x" * 50_000_000, time.monotonic() + {wait_s}
while time.monotonic() < end and not os.path.exists({seen!r}):
    time.sleep(0.01)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="others do not tell")
@pytest.mark.parametrize(("processes", "least_mb", "most_mb"), [(1, 50, 95), (2, 100, 190)])
def test_memory_is_that_of_all_processes_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, processes: int, least_mb: int, most_mb: int
) -> None:
    """They hold theirs until so much has been seen at once, however long the next look takes."""

    def watch(pid: int) -> Iterator[float]:
        for memory_mb in look(pid):
            if memory_mb >= least_mb:
                seen.touch()
            yield memory_mb

    seen, look = tmp_path / "seen", bench.measure._watch
    monkeypatch.setattr(bench.measure, "_watch", watch)
    hold = HOLD.format(wait_s=WAIT_S, seen=str(seen))
    twice = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {hold!r}])\n{hold}"
    [held] = measure([case("held", hold if processes == 1 else twice)], rounds=1)
    assert least_mb <= held.memory_mb < most_mb


def test_command_that_fails_is_shown() -> None:
    with pytest.raises(CommandError, match="out of paper"):
        measure([case("broken", "raise SystemExit('out of paper')")], rounds=1)


def measured(wall_s: tuple[float, ...], memory_mb: float, posts: int = 0) -> Measured:
    it = Case(group="any", name="it", prepare=lambda folder: [], posts=posts)
    return Measured(case=it, wall_s=wall_s, cpu_s=wall_s, memory_mb=memory_mb)


def test_ratios_are_to_the_first_of_a_group_round_by_round() -> None:
    rows = make_rows([measured((1, 10, 1), 100), measured((3, 20, 3), 150)])
    words = rows.splitlines()[-1].split()
    assert words == ["it", "3.00", "3.00-20.00", "3.00x", "3.00", "3.00x", "150", "1.50x"]


def test_time_of_a_post_is_said() -> None:
    assert make_rows([measured((2, 2, 8), 100, posts=400)]).split()[-1] == "5.0"


def test_cases_of_a_group_share_a_folder_for_a_round_and_run_in_order() -> None:
    def prepare(folder: Path) -> list[str]:
        seen.append(sorted(path.name for path in folder.iterdir()))
        return [sys.executable, "-S", "-c", f"open({str(folder / 'left')!r}, 'x')"]

    seen: list[list[str]] = []
    cold = Case(group="any", name="cold", prepare=prepare)
    again = Case(group="any", name="again", prepare=lambda f: [*prepare(f)[:3], "pass"])
    measure([cold, again], rounds=2)
    assert seen == [[], ["left"]] * 3


def test_many_posts_get_fewer_rounds() -> None:
    def case_of(posts: int) -> Case:
        return Case(group="any", name="it", prepare=lambda folder: [], posts=posts)

    assert [rounds_of(case_of(posts), 5) for posts in (0, 100, 1000, 10_000)] == [5, 5, 2, 1]


@pytest.mark.parametrize("prepare", [lambda f: draw_bare(f, "capex"), build_one_chart])
def test_a_chart_is_drawn_by_each(prepare: Any, tmp_path: Path) -> None:
    subprocess.run(prepare(tmp_path), check=True, capture_output=True)
    assert [path for name in ("bare", "output") for path in (tmp_path / name).rglob("*capex*")]


def test_every_group_of_the_site_begins_with_the_bare_script() -> None:
    firsts = {each.group: each.name for each in reversed(CASES)}
    assert set(firsts.values()) == {"bare script, HTML"}


def test_posts_are_measured_beside_pelican_where_it_can_be_had() -> None:
    names = [each.name for each in post_cases(3, with_pelican=True)]
    assert names == ["Pelican", *(each.name for each in post_cases(3, with_pelican=False))]


# --- many posts ----------------------------------------------------------------------------------


def test_posts_are_essays_of_900_words_with_all_that_essays_have() -> None:
    bodies = [Post(number).body(lambda other: other.file) for number in range(50)]
    assert 850 < sum(len(body.split()) for body in bodies) / len(bodies) < 950
    for sign in ("\n## ", "\n### ", "\n|:--|", "\n```python\n", "\n- ", "\n> ", "[^2]\n", ".md)"):
        assert all(sign in body for body in bodies)


def test_posts_are_the_same_every_time_and_none_is_like_another() -> None:
    again = [Post(number).body(lambda other: other.file) for number in range(50)]
    assert again == [Post(number).body(lambda other: other.file) for number in range(50)]
    assert len(set(again)) == len({Post(number).slug for number in range(50)}) == 50


def test_both_programs_get_the_same_words(tmp_path: Path) -> None:
    posts = [Post(number) for number in range(4)]
    write_site(tmp_path / "ours", posts, with_charts=False)
    write_pelican_site(tmp_path / "theirs", posts)
    for post in posts:
        ours = (tmp_path / "ours/content/posts" / post.file).read_text(encoding="utf-8")
        theirs = (tmp_path / "theirs/content" / post.file).read_text(encoding="utf-8")
        body = theirs.partition("\n\n")[2].replace("{filename}", "")
        assert ours.endswith(f"---\n\n{body}")


@pytest.mark.parametrize("with_charts", [False, True])
def test_posts_build_without_a_problem(with_charts: bool, tmp_path: Path) -> None:
    posts = [Post(number) for number in range(2)]
    command = build_posts(tmp_path, posts, with_charts=with_charts)
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert re.fullmatch(r"Built \d+ pages: \d+ new\.\n", done.stdout + done.stderr)
    for post in posts:
        page = (tmp_path / "output" / post.slug / "index.html").read_text(encoding="utf-8")
        assert post.title in page
        assert ("<figure" in page) == with_charts


def test_charts_of_posts_are_drawn_by_the_bare_script(tmp_path: Path) -> None:
    posts = [Post(number) for number in range(2)]
    subprocess.run(draw_bare_posts(tmp_path, posts), check=True, capture_output=True)
    names = {path.stem for path in (tmp_path / "bare").glob("*.html")}
    assert names == {post.chart for post in posts}


def test_edits_change_what_they_say(tmp_path: Path) -> None:
    *_, csv_case = charted_post_cases(2)
    write_site(tmp_path / "site", [Post(0), Post(1)], with_charts=True)
    essay, data = tmp_path / "site/content/posts" / Post(0).file, tmp_path / "site/data"
    words, rows = essay.read_bytes(), (data / f"{Post(0).chart}.csv").read_bytes()
    build_after_words(tmp_path, f"content/posts/{Post(0).file}")
    csv_case.prepare(tmp_path)
    assert essay.read_bytes().startswith(words)
    assert essay.read_bytes() != words
    assert (data / f"{Post(0).chart}.csv").read_bytes() != rows


def test_a_value_that_is_gone_is_said(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/a.csv").write_text("x\n1\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"a\.csv no longer holds"):
        build_after_data(tmp_path, "a.csv", "2", "3")


def test_pelican_is_pinned_to_what_we_share_with_it() -> None:
    def pins(path: Path) -> dict[str, str]:
        lines = (re.match(r"([a-z0-9-]+)==(\S+)", each) for each in path.read_text().splitlines())
        return {match[1]: match[2] for match in lines if match}

    ours, theirs = pins(ROOT / "constraints.txt"), pins(pelican.PINS)
    for name in ("jinja2", "markdown", "markupsafe"):
        assert theirs[name] == ours[name]


def test_machine_without_network_says_why_pelican_is_skipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pins = tmp_path / "pins.txt"
    pins.write_text("pelican==0.0.1\n", encoding="utf-8")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setattr(pelican, "PINS", pins)
    monkeypatch.setattr(pelican, "FOLDER", tmp_path / "pelican")
    monkeypatch.setattr(pelican, "PYTHON", tmp_path / "pelican/bin/python")
    assert "pelican==0.0.1" in find_pelican()


# --- slow, for it is the essays that change ------------------------------------------------------


def numbers(traces: Iterable[Any]) -> list[float]:
    """All numbers on the axes of a figure, sorted; words and dates are not compared."""
    values = (v for trace in traces for axis in "xy" for v in trace[axis])
    return sorted(float(v) for v in values if isinstance(v, Real))


@pytest.mark.slow
def test_bare_script_knows_every_chart() -> None:
    assert set(bare.FIGURES) == {path.stem for path in (ROOT / "content/charts").iterdir()}


@pytest.mark.slow
@pytest.mark.parametrize("name", bare.FIGURES)
def test_bare_script_draws_the_numbers_of_the_site(name: str, real_site: Path) -> None:
    text = (real_site / f"charts/{name}/{name}.js").read_text(encoding="utf-8")
    ours = json.loads(text[text.index("]=") + 2 : text.rindex(";")])["data"]
    theirs = bare.FIGURES[name](ROOT / "data").data
    assert numbers(theirs) == pytest.approx(numbers(ours))
    assert sum(len(trace["x"]) for trace in theirs) == sum(len(trace["x"]) for trace in ours)


@pytest.mark.slow
@pytest.mark.parametrize("case", [each for each in CASES if "edited" in each.name])
def test_site_builds_after_each_edit(case: Case, tmp_path: Path) -> None:
    build_whole(tmp_path)
    subprocess.run(case.prepare(tmp_path), check=True, capture_output=True)


@pytest.mark.slow
def test_pelican_makes_the_same_pages(tmp_path: Path) -> None:
    assert find_pelican() == ""
    posts = [Post(number) for number in range(3)]
    commands = [
        pelican.build_with_pelican(tmp_path, posts),
        build_posts(tmp_path, posts, with_charts=False),
    ]
    for command in commands:
        subprocess.run(command, check=True, capture_output=True)
    for post in posts:
        pages = (
            tmp_path / folder / post.slug / "index.html" for folder in ("pelican/output", "output")
        )
        theirs, ours = (page.read_text(encoding="utf-8") for page in pages)
        for sign in (
            "<table",
            "<h2",
            "<pre",
            'class="k',
            "footnote",
            "<blockquote",
            f"{Post(0).slug}",
        ):
            assert sign in theirs and sign in ours
