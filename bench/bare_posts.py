"""A chart for each CSV of a folder by a bare script: pandas, Plotly Express, a page of HTML each.

Usage: bare_posts.py DATA OUTPUT
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
import plotly.express as px


def main(data: str, output: str) -> None:
    folder = Path(output)
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(Path(data).glob("*.csv")):
        figure = px.line(pd.read_csv(path), x="year", y="amount", color="kind")
        figure.write_html(folder / f"{path.stem}.html", include_plotlyjs="directory")


if __name__ == "__main__":
    main(*sys.argv[1:])
