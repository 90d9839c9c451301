"""The bench runs, its ratios are right, and the bare script draws what the site draws."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from numbers import Real
from pathlib import Path
from typing import Any

import pytest

from bench import bare
from bench.cases import CASES, ROOT, Case, build_one_chart, draw_bare
from bench.measure import CommandError, Measured, measure
from bench.table import make_table


def case(name: str, code: str) -> Case:
    command = [sys.executable, "-S", "-c", code]
    return Case(group="any", name=name, prepare=lambda folder: command)


def test_cases_are_run_and_measured() -> None:
    idle, busy = measure([case("idle", "import time; time.sleep(0.2)"), case("none", "")], rounds=2)
    assert len(idle.wall_s) == len(busy.cpu_s) == 2
    assert min(idle.wall_s) >= 0.2 > min(idle.cpu_s)


@pytest.mark.skipif(sys.platform != "linux", reason="others do not tell")
def test_memory_is_that_of_all_processes_together() -> None:
    hold = "import time; held = b'x' * 50_000_000; time.sleep(0.5)"
    twice = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {hold!r}]); {hold}"
    one, two = measure([case("one", hold), case("two", twice)], rounds=1)
    assert 50 <= one.memory_mb < 95 < two.memory_mb < 190


def test_command_that_fails_is_shown() -> None:
    with pytest.raises(CommandError, match="out of paper"):
        measure([case("broken", "raise SystemExit('out of paper')")], rounds=1)


def test_ratios_are_to_the_first_of_a_group_round_by_round() -> None:
    def measured(wall_s: tuple[float, ...], memory_mb: float) -> Measured:
        return Measured(case=case("it", ""), wall_s=wall_s, cpu_s=wall_s, memory_mb=memory_mb)

    table = make_table([measured((1, 10, 1), 100), measured((3, 20, 3), 150)])
    words = table.splitlines()[-1].split()
    assert words == ["it", "3.00", "3.00-20.00", "3.0x", "3.00", "3.0x", "150", "1.5x"]


@pytest.mark.parametrize("prepare", [lambda f: draw_bare(f, "capex"), build_one_chart])
def test_a_chart_is_drawn_by_each(prepare: Any, tmp_path: Path) -> None:
    subprocess.run(prepare(tmp_path), check=True, capture_output=True)
    assert list((tmp_path / "output").rglob("*capex*"))


def test_every_group_begins_with_the_bare_script() -> None:
    firsts = {each.group: each.name for each in reversed(CASES)}
    assert set(firsts.values()) == {"bare script, HTML"}


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
