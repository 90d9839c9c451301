"""The charts of this site by a bare script: pandas, Plotly Express, a page of HTML each.

Usage: bare.py DATA OUTPUT [CHART ...]. It knows no house style, no checks and no pictures: every
page needs the 4.8 MB of plotly.js that are laid beside them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import plotly.express as px
import yaml
from plotly.graph_objects import Figure


def capex(data: Path) -> Figure:
    frame = pd.read_csv(data / "capex.csv")
    frame = frame[frame.comparison == "plans-2025"].sort_values("amount_usd_bn")
    return px.bar(frame, x="amount_usd_bn", y="company", color="country", orientation="h")


def capex_guidance(data: Path) -> Figure:
    frame = pd.read_csv(data / "capex-guidance-history.csv")
    days = frame.stated.where(frame.stated.str.len() == 10, frame.stated + "-15")
    frame["date"] = pd.to_datetime(days)
    ends = {"Microsoft": "2025-07-30", "Oracle": "2025-06-15"}
    last = frame.sort_values("date").groupby("company", as_index=False).last()
    last["date"] = pd.to_datetime(last.company.map(ends).fillna("2025-12-31"))
    frame = pd.concat([frame, last]).sort_values(["company", "date"])
    return px.line(frame, x="date", y="amount_usd_bn", color="company", line_shape="hv")


def capex_outcome(data: Path) -> Figure:
    frame = pd.read_csv(data / "capex.csv")
    sums = frame.groupby(["comparison", "country"], as_index=False).amount_usd_bn.sum()
    return px.bar(
        sums, x="amount_usd_bn", y="comparison", color="country", orientation="h", barmode="group"
    )


def export_controls(data: Path) -> Figure:
    with (data / "export-controls.yml").open(encoding="utf-8") as file:
        frame = pd.DataFrame(yaml.safe_load(file))
    maker = frame.event.str.extract("^(Nvidia|Huawei|DeepSeek)")[0]
    by_kind = {"restriction": "US", "relaxation": "US", "response": "CN"}
    by_maker = {"Nvidia": "US", "Huawei": "CN", "DeepSeek": "CN"}
    frame["country"] = frame.kind.map(by_kind).fillna(maker.map(by_maker)).fillna("other")
    frame["date"] = pd.to_datetime(frame.date)
    return px.scatter(
        frame, x="date", y="kind", color="country", symbol="country", hover_name="event"
    )


def government(data: Path) -> Figure:
    frame = pd.read_csv(data / "government.csv")
    frame = frame[frame.part_of.isna() & (frame.fiscal_year >= 2023)]
    frame = frame.assign(item=frame.agency + ": " + frame.programme)
    return px.scatter(
        frame, x="amount_usd_bn", y="measure", color="country", log_x=True, hover_name="item"
    )


def government_ratio(data: Path) -> Figure:
    frame = pd.read_csv(data / "government.csv")
    china = frame[frame.measure == "capex forecast"].amount_usd_bn.sum()
    us = frame[(frame.country == "US") & (frame.fiscal_year == 2025) & frame.part_of.isna()]
    research = us[us.agency == "All agencies (NITRD)"].amount_usd_bn.sum()
    defence = us[us.programme == "AI (department topline)"].amount_usd_bn.sum()
    mentions = us[us.programme == "All programmes that mention AI or machine learning"]
    totals = {
        "AI research only": research,
        "Research and defence": research + defence,
        "Research and all mentions": research + mentions.amount_usd_bn.sum(),
    }
    ratios = pd.DataFrame(
        {"us_total": totals.keys(), "ratio": [china / v for v in totals.values()]}
    )
    return px.bar(ratios, x="ratio", y="us_total", orientation="h")


def open_frontier(data: Path) -> Figure:
    frame = pd.read_csv(data / "arena.csv", parse_dates=["snapshot"])
    is_shown = (frame.board == "epoch-eci") & frame.open_weights
    best = frame[is_shown & frame.group_country.isin(["US", "CN"])]
    last = best.sort_values("snapshot").groupby("group_country", as_index=False).last()
    best = pd.concat([best, last.assign(snapshot=frame.snapshot.max())]).sort_values("snapshot")
    return px.line(
        best, x="snapshot", y="score", color="group_country", line_shape="hv", hover_name="model"
    )


def open_share(data: Path) -> Figure:
    frame = pd.read_csv(data / "model-releases.csv", parse_dates=["released"])
    frame["year"] = frame.released.dt.year
    frame = frame[frame.country.isin(["US", "CN"]) & (frame.year >= 2023)]
    shares = frame.groupby(["country", "year"], as_index=False).open_weights.mean()
    return px.line(shares, x="year", y="open_weights", color="country", markers=True)


def startups(data: Path) -> Figure:
    frame = pd.read_csv(data / "venture.csv")
    is_shown = (frame.kind == "core") & (frame.announced <= "2025-07-23")
    frame = frame[is_shown & frame.country.isin(["US", "CN"])]
    sums = frame.groupby(["company", "country"], as_index=False).agg({"amount_usd_bn": "sum"})
    sums = sums.sort_values("amount_usd_bn")
    return px.bar(sums, x="amount_usd_bn", y="company", color="country", orientation="h")


def us_open_weights(data: Path) -> Figure:
    frame = pd.read_csv(data / "model-releases.csv", parse_dates=["released"])
    frame = frame[(frame.country == "US") & (frame.released.dt.year >= 2023)]
    labs = ["Meta", "Nvidia", "Alphabet", "OpenAI", "xAI", "Anthropic"]
    frame["lab"] = frame.parent.where(frame.parent.isin(labs), "All others")
    frame["period"] = (frame.released.dt.year >= 2025).map({True: "2025-26", False: "2023-24"})
    shares = frame.groupby(["lab", "period"], as_index=False).open_weights.mean()
    return px.bar(
        shares, x="open_weights", y="lab", color="period", orientation="h", barmode="group"
    )


def venture(data: Path) -> Figure:
    frame = pd.read_csv(data / "venture.csv")
    frame = frame[(frame.kind == "core") & frame.amount_usd_bn.notna()]
    frame = frame[frame.country.isin(["US", "CN"])]
    days = frame.announced.where(frame.announced.str.len() == 10, frame.announced + "-01")
    frame["date"] = pd.to_datetime(days)
    frame = frame.sort_values(["date", "company", "round"])
    frame["total"] = frame.groupby("country").amount_usd_bn.cumsum()
    end = frame.date.max() + pd.Timedelta(days=30)
    last = frame.groupby("country", as_index=False).last().assign(date=end)
    frame = pd.concat([frame, last])
    return px.line(
        frame, x="date", y="total", color="country", line_shape="hv", log_y=True, hover_name="round"
    )


def _gaps(data: Path, board: str, since: str) -> pd.DataFrame:
    """The best US model and the best Chinese open one of each date, and how far apart they are."""
    frame = pd.read_csv(data / "arena.csv", parse_dates=["snapshot"])
    frame = frame[(frame.board == board) & (frame.snapshot >= since)].sort_values("score")
    us = frame[frame.group_country == "US"].groupby("snapshot", as_index=False).last()
    cn = frame[(frame.group_country == "CN") & frame.open_weights]
    both = us.merge(cn, on="snapshot", suffixes=("_us", "_cn")).sort_values("snapshot")
    return both.assign(gap=(both.score_us - both.score_cn).round(2))


def _with_end(frame: pd.DataFrame) -> pd.DataFrame:
    last = frame.tail(1)
    return pd.concat([frame, last.assign(snapshot=last.snapshot + pd.Timedelta(days=20))])


def arena_gap(data: Path) -> Figure:
    return px.line(_gaps(data, "lmarena-text", "2024-01-01"), x="snapshot", y="gap", markers=True)


def gap_and_controls(data: Path) -> Figure:
    gaps = _with_end(_gaps(data, "epoch-eci", "2023-09-01"))
    return px.line(gaps, x="snapshot", y="gap", line_shape="hv")


def frontier(data: Path) -> Figure:
    gaps = _with_end(_gaps(data, "epoch-eci", "2023-09-01"))
    names = {"score_us": "US", "score_cn": "CN"}
    scores = gaps.rename(columns=names).melt("snapshot", ["US", "CN"], "country", "score")
    return px.line(scores, x="snapshot", y="score", color="country", line_shape="hv")


def open_origin(data: Path) -> Figure:
    frame = pd.read_csv(data / "model-releases.csv", parse_dates=["released"])
    frame = frame[frame.open_weights & (frame.released.dt.year >= 2023)]
    frame = frame.assign(
        year=frame.released.dt.year,
        country=frame.country.where(frame.country.isin(["US", "CN"]), "other"),
    )
    counts = frame.groupby(["year", "country"], as_index=False).size()
    counts["share"] = counts["size"] / counts.groupby("year")["size"].transform("sum")
    return px.bar(counts, x="share", y="year", color="country", orientation="h")


def record_lags(data: Path) -> Figure:
    gaps = _gaps(data, "epoch-eci", "2000-01-01")
    released = pd.read_csv(data / "model-releases.csv", parse_dates=["released"])
    released = released.drop_duplicates("model").set_index("model").released
    records = gaps.drop_duplicates("model_us").set_index("model_us").score_us
    followers = gaps.drop_duplicates("model_cn").set_index("model_cn").score_cn
    rows = []
    for model in records.index.intersection(released.index):
        able = followers[followers >= records[model]].index.intersection(released.index)
        end = released[able].min() if len(able) else gaps.snapshot.max()
        outcome = "Reached" if len(able) else "Not reached, wait so far"
        rows.append((model, (end - released[model]).days, outcome))
    lags = pd.DataFrame(rows, columns=["model", "days", "outcome"])
    return px.bar(lags, x="days", y="model", color="outcome", orientation="h")


FIGURES: dict[str, Callable[[Path], Figure]] = {
    "arena-gap": arena_gap,
    "capex": capex,
    "capex-guidance": capex_guidance,
    "capex-outcome": capex_outcome,
    "export-controls": export_controls,
    "frontier": frontier,
    "gap-and-controls": gap_and_controls,
    "government": government,
    "government-ratio": government_ratio,
    "open-frontier": open_frontier,
    "open-origin": open_origin,
    "open-share": open_share,
    "record-lags": record_lags,
    "startups": startups,
    "us-open-weights": us_open_weights,
    "venture": venture,
}


def main(data: str, output: str, *names: str) -> None:
    folder = Path(output)
    folder.mkdir(parents=True, exist_ok=True)
    for name in names or FIGURES:
        figure = FIGURES[name](Path(data))
        figure.write_html(folder / f"{name}.html", include_plotlyjs="directory")


if __name__ == "__main__":
    main(*sys.argv[1:])
