"""A figure laid out again for a phone."""

from __future__ import annotations

import copy
from typing import Any

from osai_essay.charts.narrow import fit_narrow

BARS: dict[str, Any] = {
    "data": [
        {
            "type": "bar",
            "orientation": "h",
            "x": [100, 12.5],
            "y": ["Amazon", "Tencent"],
            "text": ["$100bn", "$12.5bn"],
            "textposition": "outside",
        }
    ],
    "layout": {
        "margin": {"l": 8, "r": 16, "t": 16, "b": 8},
        "xaxis": {"range": [0, 110]},
        "yaxis": {"type": "category"},
    },
}
END = {"text": "United States $350.0bn", "xshift": 8, "showarrow": False}
NOTE = {"text": "A note of quite some length", "showarrow": True}


def test_what_an_author_left_out_of_the_layout_is_left_out() -> None:
    figure = copy.deepcopy(BARS)
    figure["layout"]["xaxis"]["range"] = [0, None]
    figure["layout"]["annotations"] = [{"showarrow": True}]
    assert fit_narrow(figure, 360)["layout"]["xaxis"]["range"] == [0, None]


def lines(*notes: dict[str, Any], **xaxis: Any) -> dict[str, Any]:
    layout = {
        "margin": {"l": 8, "r": 200, "t": 16, "b": 8},
        "xaxis": xaxis,
        "yaxis": {},
        "annotations": [dict(note) for note in notes],
    }
    return {"data": [{"type": "scatter", "x": [1, 2], "y": [1, 2]}], "layout": layout}


def test_figure_given_stays_as_it_is() -> None:
    figure = lines(END, NOTE, tickmode="array", tickvals=[2024, 2025])
    before = copy.deepcopy(figure)
    fit_narrow(figure, 360)
    assert figure == before


def test_bars_end_before_the_numbers_behind_them() -> None:
    low, high = fit_narrow(BARS, 360)["layout"]["xaxis"]["range"]
    assert low == 0
    # The plot is some 270 px wide; seven letters need a fifth of it.
    assert 100 / high < 0.85


def test_label_at_a_lines_end_takes_two_lines_and_less_room() -> None:
    layout = fit_narrow(lines(END), 360)["layout"]
    assert layout["annotations"][0]["text"] == "United States<br>$350.0bn"
    assert layout["margin"]["r"] < 130


def test_note_is_wrapped_and_has_room_above() -> None:
    layout = fit_narrow(lines(NOTE), 360)["layout"]
    assert "<br>" in layout["annotations"][0]["text"]
    assert layout["margin"]["t"] > 16


def test_years_are_thinned_and_the_last_one_stays() -> None:
    years = list(range(2010, 2026))
    ticks = fit_narrow(lines(tickmode="array", tickvals=years), 360)["layout"]["xaxis"]["tickvals"]
    assert ticks[-1] == 2025
    assert 2 <= len(ticks) <= 5


def test_categories_keep_their_names() -> None:
    axis = fit_narrow(lines(type="category"), 360)["layout"]["xaxis"]
    assert axis == {"type": "category"}


def test_months_stand_above_their_years() -> None:
    figure = lines(type="date")
    figure["data"][0]["x"] = ["2025-02-06", "2025-12-31"]
    axis = fit_narrow(figure, 360)["layout"]["xaxis"]
    assert (axis["dtick"], axis["tickformat"]) == ("M3", "%b<br>%Y")


def test_step_of_the_author_stays_where_it_has_room() -> None:
    figure = lines(type="date", dtick="M12")
    figure["data"][0]["x"] = ["2023-01-01", "2025-12-31"]
    assert fit_narrow(figure, 360)["layout"]["xaxis"]["dtick"] == "M12"
    figure["data"][0]["x"] = ["2003-01-01", "2025-12-31"]
    assert fit_narrow(figure, 360)["layout"]["xaxis"]["dtick"] == "M120"


def test_words_that_are_no_dates_on_an_axis_of_dates_are_left_to_plotly() -> None:
    figure = lines(type="date", domain=[0, None])
    figure["data"][0]["x"] = ["2025-Q1", "never"]
    assert "dtick" not in fit_narrow(figure, 360)["layout"]["xaxis"]


def test_few_numbers_have_two_ticks_at_least() -> None:
    figure = lines(type="linear")
    figure["data"][0]["x"] = [11_000_000_000, 19_000_000_000]
    figure["layout"]["margin"]["r"] = 260
    assert fit_narrow(figure, 360)["layout"]["xaxis"]["dtick"] == 2e9
