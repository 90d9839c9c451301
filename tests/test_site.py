"""The site of this repository, built whole: every link and part is there, every figure is right."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

ROOT = Path(__file__).parent.parent
ESSAYS = {"china-and-open-source": 7, "months-not-years": 5}  # how many charts each has


class Page(HTMLParser):
    """The addresses and ids of a page, and what a strict policy would block."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.ids: list[str] = []
        self.styles: list[str] = []
        self.inline_scripts = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.addresses += [values[name] for name in ("href", "src", "srcset") if name in values]
        self.addresses += [
            value for name, value in values.items() if name.startswith("data-script")
        ]
        self.ids += [values["id"]] if "id" in values else []
        self.styles += [f"<{tag}>" for name in values if name == "style" or name.startswith("on")]
        is_data = values.get("type") == "application/ld+json"  # which no browser runs
        self.inline_scripts += tag == "script" and "src" not in values and not is_data
        self.styles += ["<style>"] if tag == "style" else []


@pytest.fixture(scope="module")
def pages(real_site: Path) -> dict[str, Page]:
    return {
        path.relative_to(real_site).as_posix(): Page(path.read_text(encoding="utf-8"))
        for path in sorted(real_site.rglob("*.html"))
    }


def test_every_link_leads_to_a_file_and_its_part(
    real_site: Path, pages: Mapping[str, Page]
) -> None:
    broken = []
    for name, page in pages.items():
        for address in page.addresses:
            if re.match(r"[a-z]+:", address) or name == "404.html":
                continue
            path, _, part = address.partition("#")
            target = (
                (real_site / name).parent.joinpath(path).resolve() if path else real_site / name
            )
            key = target.relative_to(real_site.resolve()).as_posix() if path else name
            if not target.is_file() or (part and key in pages and part not in pages[key].ids):
                broken.append((name, address))
    assert not broken


def test_no_id_stands_twice_on_a_page(pages: Mapping[str, Page]) -> None:
    twice = {n: [i for i in set(p.ids) if p.ids.count(i) > 1] for n, p in pages.items()}
    assert not {name: ids for name, ids in twice.items() if ids}


def test_no_page_holds_styles_or_scripts_of_its_own(pages: Mapping[str, Page]) -> None:
    assert not [name for name, page in pages.items() if page.styles or page.inline_scripts]


def test_pictures_are_whole_svg_with_a_name(real_site: Path) -> None:
    pictures = sorted(real_site.glob("charts/*/*.svg"))
    assert len(pictures) >= 14
    for path in pictures:
        root = ET.fromstring(path.read_bytes())
        assert root.get("role") == "img"
        assert root.findtext("{http://www.w3.org/2000/svg}title")
        assert "viewBox" in root.attrib
        assert not re.search(rb"<script|href=[\"']http|NaN", path.read_bytes()), path


def test_feed_and_sitemap_are_xml_with_full_addresses(real_site: Path) -> None:
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ET.parse(real_site / "feed.xml").getroot()
    entries = feed.findall(f"{atom}entry")
    titles = [entry.findtext(f"{atom}title") for entry in entries]
    assert titles == ["Months, not years", "China and open source"]  # the newest first
    for entry in entries:
        content = entry.findtext(f"{atom}content") or ""
        assert content
        assert not [
            a for a in re.findall(r'(?:href|src)="([^"]*)"', content) if not re.match(r"https?:", a)
        ]
    sitemap = ET.parse(real_site / "sitemap.xml").getroot()
    found = [each.text or "" for each in sitemap.iter() if each.tag.endswith("loc")]
    assert "https://osai-essay.example/china-and-open-source/" in found
    assert all(each.startswith("https://osai-essay.example/") for each in found)


def test_figure_scripts_hold_what_plotly_wants(real_site: Path) -> None:
    for path in sorted(real_site.glob("charts/*/*.js")):
        text = path.read_text(encoding="utf-8")
        figure = json.loads(text[text.index("]=") + 2 : text.rindex(";")])
        assert figure["data"], path
        assert figure["layout"], path


def test_rows_of_a_chart_are_the_rows_it_selects(real_site: Path) -> None:
    with (real_site / "charts/capex/capex.csv").open(encoding="utf-8", newline="") as file:
        drawn = list(csv.DictReader(file))
    with (ROOT / "data/capex.csv").open(encoding="utf-8", newline="") as file:
        plans = [row for row in csv.DictReader(file) if row["comparison"] == "plans-2025"]
    amounts = sorted((row["company"], float(row["amount_usd_bn"])) for row in plans)
    assert sorted((row["company"], float(row["amount_usd_bn"])) for row in drawn) == amounts
    assert round(sum(amount for _, amount in amounts), 2) == 400.15  # 349.0 and 51.15


def test_lags_are_those_of_the_files_they_are_computed_from(real_site: Path) -> None:
    """The same by hand: for each US month-end best the first Chinese open one with its score."""
    with (ROOT / "data/model-releases.csv").open(encoding="utf-8", newline="") as file:
        released = {r["model"]: date.fromisoformat(r["released"]) for r in csv.DictReader(file)}
    with (ROOT / "data/arena.csv").open(encoding="utf-8", newline="") as file:
        index = [row for row in csv.DictReader(file) if row["board"] == "epoch-eci"]
    best: dict[str, tuple[float, str]] = {}  # month end -> score and model
    for row in index:
        if row["group_country"] == "US":
            scored = float(row["score"]), row["model"]
            best[row["snapshot"]] = max(scored, best.get(row["snapshot"], scored))
    followers = [r for r in index if (r["group_country"], r["open_weights"]) == ("CN", "true")]
    lags = {}
    for score, model in best.values():
        reached = [released[r["model"]] for r in followers if float(r["score"]) >= score]
        lags[model] = str((min(reached) - released[model]).days) if reached else ""
    with (real_site / "data/record-lags.csv").open(encoding="utf-8") as file:
        drawn = {row["model"]: row["lag_days"] for row in csv.DictReader(file)}
    assert drawn == lags
    assert lags["GPT-4 (Mar 2023)"] == "554"
    assert len([lag for lag in lags.values() if not lag]) == 5


def test_every_query_of_a_number_is_said_in_plain_words(real_site: Path) -> None:
    numbers = json.loads((real_site / "numbers.json").read_text(encoding="utf-8"))["numbers"]
    said = {name: each["formula"] for name, each in numbers.items() if each["sql"]}
    assert len(said) > 100
    is_sql = re.compile(r"\w\(|::|Computed by a query")
    assert not {name: words for name, words in said.items() if is_sql.search(words)}


@pytest.mark.parametrize(("essay", "least"), ESSAYS.items())
def test_essay_draws_its_charts(real_site: Path, essay: str, least: int) -> None:
    text = (real_site / essay / "index.html").read_text(encoding="utf-8")
    assert text.count('<figure class="chart"') >= least


@pytest.mark.parametrize("essay", ESSAYS)
def test_publishers_of_a_chart_are_told_apart(real_site: Path, essay: str) -> None:
    text = (real_site / essay / "index.html").read_text(encoding="utf-8")
    lines = re.findall(r"Sources: (.*)", text)
    assert lines
    for line in lines:
        assert "; " in line  # a publisher's own name may hold a comma
        assert not re.search(r"and 1 more\b", line)  # its name takes no more room


@pytest.mark.parametrize("essay", ESSAYS)
def test_every_chart_of_an_essay_has_words_table_and_source(real_site: Path, essay: str) -> None:
    text = (real_site / essay / "index.html").read_text(encoding="utf-8")
    for figure in re.findall(r'<figure class="chart".*?</figure>', text, re.DOTALL):
        assert re.search(r'<img [^>]*alt="[^"]{30,}"', figure)
        assert "<caption>" in figure or "<caption " in figure
        assert "Source" in figure or "Data:" in figure


def test_site_holds_nothing_but_what_its_manifest_names(real_site: Path) -> None:
    files = json.loads((real_site / "manifest.json").read_text(encoding="utf-8"))["files"]
    found = {
        path.relative_to(real_site).as_posix() for path in real_site.rglob("*") if path.is_file()
    }
    assert found == {*files, "manifest.json"}
