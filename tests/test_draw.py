"""When charts are drawn: beside numbers and prose, each as soon as what it shows is known."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from threading import Event

import pytest

from osai_essay import build
from osai_essay.build import Options, build_site
from osai_essay.charts.painter import Painter
from waiting import WAIT_S

CHART = "alt: Bars.\nkind: bar\nfrom: x\nx: amount\ny: name\n"
SITE = {
    "content/site.yml": "title: A\n",
    "content/numbers.yml": "total: {label: All, from: x, value: sum(amount), unit: m}\n",
    "content/charts/marked.yml": f"{CHART}title: A mark\nlines: [{{x: total, text: All}}]\n",
    "content/charts/plain.yml": f"{CHART}title: No number\nlines: [{{x: 2, text: Two}}]\n",
    "content/charts/titled.yml": f"{CHART}title: All {{{{ total }}}}\n",
    "data/datapackage.yaml": "resources: [{name: x, path: x.csv}]\n",
    "data/x.csv": "name,amount\na,1\nb,2\n",
}


def stop_after(monkey: pytest.MonkeyPatch, stage: str, event: Event) -> None:
    """Let a stage of the build begin only when this has happened."""
    then = getattr(build, stage)

    def wait(*given: object, **named: object) -> object:
        assert event.wait(WAIT_S)
        return then(*given, **named)

    monkey.setattr(build, stage, wait)


def test_charts_are_drawn_while_numbers_are_bound_and_prose_is_written(site, monkeypatch):
    drawn: list[str] = []
    first, all_drawn = Event(), Event()

    def draw(_: Painter, order: object) -> tuple[None, tuple[()]]:
        drawn.append(order.spec.name)
        first.set()
        if len(drawn) == 3:
            all_drawn.set()
        return None, ()

    monkeypatch.setattr(Painter, "draw", draw)
    stop_after(monkeypatch, "bind", first)
    stop_after(monkeypatch, "write_prose", all_drawn)
    result = build_site(site(SITE), Options(today=date(2026, 11, 21)), is_cold=False)
    assert drawn[0] == "plain"
    assert sorted(drawn[1:]) == ["marked", "titled"]
    assert not [problem for problem in result.problems if problem.is_error]


def test_the_child_that_makes_figures_loads_pandas_without_pyarrow():
    code = (
        "import sys; from osai_essay.charts.worker import open_plotly; open_plotly(); "
        "print('pandas' in sys.modules, sys.modules.get('pyarrow'))"
    )
    ran = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert ran.stdout == "True None\n"


def test_a_painter_that_is_closed_gives_up_what_still_waits():
    given_up = Event()
    with Painter() as painter:
        begun = [painter.begin(lambda: given_up.wait(WAIT_S)) for _ in range(10)]
        begun[-1].add_done_callback(lambda _: given_up.set())
    assert begun[-1].cancelled()
