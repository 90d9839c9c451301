"""What a reader sees on touching a mark on a phone: all of it, and nothing that the policy forbids."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

PHONE = 360
# Touch some marks of each group; give the px by which each label leaves the plot, and its words.
TOUCH = """() => {
  const plot = document.querySelector(".js-plotly-plot");
  const box = plot.getBoundingClientRect();
  const seen = [];
  plot.data.forEach((trace, curveNumber) => {
    const step = Math.ceil(trace.x.length / 12);
    for (let pointNumber = 0; pointNumber < trace.x.length; pointNumber += step) {
      Plotly.Fx.hover(plot, [{ curveNumber, pointNumber }]);
      plot.querySelectorAll(".hovertext").forEach((label) => {
        const at = label.getBoundingClientRect();
        const over = Math.max(
          box.left - at.left, at.right - box.right, box.top - at.top, at.bottom - box.bottom);
        seen.push([over, label.textContent]);
      });
    }
  });
  return seen;
}"""


@pytest.mark.parametrize("chart", ["capex", "export-controls", "venture", "us-open-weights"])
def test_label_of_a_mark_fits_a_phone(
    chart: str, real_site: Path, serve_folder: Callable[[Path], str], open_page: Any
) -> None:
    address = f"{serve_folder(real_site)}/charts/{chart}/index.html"
    page = open_page(address, width=PHONE, has_touch=True)
    page.get_by_role("button", name="Explore").click()
    page.wait_for_selector(".is-explored")
    labels = page.evaluate(TOUCH)

    assert len(labels) >= 8
    assert [words for over, words in labels if over > 1] == []
    assert page.faults == []
