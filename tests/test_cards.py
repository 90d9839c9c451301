"""What stands for a page elsewhere: cards, frames, feeds, and data for search engines."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from osai_essay.build import Options, build_site

SITE = "https://osai-essay.example"
WriteSite = Callable[[Mapping[str, str | bytes]], Path]


def built(site: WriteSite, tmp_path: Path, config: str, front: str) -> str:
    """The page of an essay with a picture beside it."""
    root = site({"content/site.yml": f"title: x\n{config}"})
    Image.new("RGB", (4, 2)).save(root / "picture.png")
    picture = (root / "picture.png").read_bytes()
    site(
        {
            "content/posts/cover.png": picture,
            "content/static/assets/cover.jpg": picture,
            "content/posts/2026-01-01-a.md": f"---\npermalink: /e/a/\n{front}\n---\nText\n",
        }
    )
    result = build_site(root, Options(today=date(2026, 1, 2), output=tmp_path / "out"))
    assert result.problems == ()
    return (tmp_path / "out/e/a/index.html").read_text(encoding="utf-8")


def meta(page: str) -> dict[str, str]:
    found = re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)">', page)
    return {name: html.unescape(value) for name, value in found}


def read(real_site: Path, name: str) -> str:
    return (real_site / name).read_text(encoding="utf-8")


# --- cards -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("image", "address", "width"),
    [
        ("cover.png", "https://x.org/b/e/a/cover.png", "4"),
        ("/assets/cover.jpg", "https://x.org/b/assets/cover.jpg", "4"),
        ("https://y.org/z", "https://y.org/z", None),
    ],
)
def test_card_of_an_essay_is_the_picture_its_author_chose(
    site: WriteSite, tmp_path: Path, image: str, address: str, width: str | None
) -> None:
    front = f"image: {{path: {image}, alt: 'A \"port\"'}}"
    found = meta(built(site, tmp_path, "url: https://x.org\nbaseurl: /b\n", front))
    assert found["og:image"] == address
    assert found.get("og:image:width") == width
    assert found["og:image:alt"] == 'A "port"'
    assert found["twitter:card"] == "summary_large_image"
    assert (tmp_path / "out/e/a/cover.png").exists() == (image == "cover.png")


@pytest.mark.parametrize(
    ("config", "front"), [("", "image: cover.png"), ("url: https://x.org\n", "")]
)
def test_without_an_address_or_a_picture_a_card_has_none(
    site: WriteSite, tmp_path: Path, config: str, front: str
) -> None:
    found = meta(built(site, tmp_path, config, front))
    assert not [name for name in found if name.startswith("og:image")]
    assert found["twitter:card"] == "summary"


@pytest.mark.parametrize("page", ["china-and-open-source", "charts/capex"])
def test_card_of_a_chart_is_its_poster(real_site: Path, page: str) -> None:
    found = meta(read(real_site, f"{page}/index.html"))
    assert found["og:image"] == f"{SITE}/charts/capex/capex.png"
    size = tuple(int(found[f"og:image:{side}"]) for side in ("width", "height"))
    with Image.open(real_site / "charts/capex/capex.png") as picture:
        assert picture.size == size
    assert len(found["og:image:alt"]) > 60


# --- frames ------------------------------------------------------------------------------------


def test_every_chart_has_a_page_for_a_frame(real_site: Path) -> None:
    charts = [path.parent for path in real_site.glob("charts/*/index.html")]
    assert len(charts) >= 11
    for chart in charts:
        page = (chart / "embed/index.html").read_text(encoding="utf-8")
        assert f'<link rel="canonical" href="{SITE}/charts/{chart.name}/">' in page
        assert '<meta name="robots" content="noindex">' in page
        assert '<base target="_top">' in page
        assert 'fetchpriority="high"' in page and 'loading="lazy"' not in page
        assert 'href="../index.html"' in page


def test_snippet_is_a_frame_with_a_name_and_a_full_address(real_site: Path) -> None:
    page = read(real_site, "charts/capex/index.html")
    found = re.search(r'<pre class="snippet"[^>]*><code>(.*?)</code></pre>', page, re.DOTALL)
    assert found
    frame = ET.fromstring(html.unescape(found[1]))
    assert (frame.tag, frame.get("loading")) == ("iframe", "lazy")
    assert frame.get("src") == f"{SITE}/charts/capex/embed/"
    assert frame.get("title") and int(frame.get("height") or 0) > 400


def test_frames_stay_out_of_sitemap_and_feed(real_site: Path) -> None:
    assert "/charts/capex/<" in read(real_site, "sitemap.xml")
    assert "/embed/" not in read(real_site, "sitemap.xml") + read(real_site, "feed.xml")


def test_citation_says_who_when_what_and_where(real_site: Path) -> None:
    page = read(real_site, "charts/capex/index.html")
    found = re.search(r'id="cite">.*?<p>(.*?)</p>', page, re.DOTALL)
    assert found
    assert re.sub(r"<[^>]+>", "", found[1]) == (
        "The OSAI Essay project (21 November 2026). “In 2025 five US firms planned $349bn, three "
        f"Chinese firms $51bn.” OSAI Essay. {SITE}/charts/capex/"
    )


# --- feeds and search engines ------------------------------------------------------------------


def test_feed_shows_charts_as_posters_with_words_and_full_addresses(real_site: Path) -> None:
    content = html.unescape(read(real_site, "feed.xml"))
    pictures = re.findall(r"<figure><img ([^>]*)>", content)
    assert len(pictures) >= 11
    for each in pictures:
        assert re.search(rf'src="{SITE}/charts/([\w-]+)/\1\.png"', each)
        assert re.search(r'alt="[^"]{60,}"', each)
    assert "sidenote" not in content


def test_dataset_tells_search_engines_what_it_is(real_site: Path) -> None:
    page = read(real_site, "data/capex/index.html")
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert found
    data = json.loads(found[1])
    assert (data["@type"], data["url"]) == ("Dataset", f"{SITE}/data/capex/")
    assert data["distribution"][0]["contentUrl"] == f"{SITE}/data/capex.csv"
    assert data["license"] == ["https://creativecommons.org/licenses/by/4.0/"]


# --- what waits --------------------------------------------------------------------------------


def test_pictures_wait_where_they_are_not_seen_first(real_site: Path) -> None:
    def attributes(name: str) -> list[str]:
        return re.findall(r"<img ([^>]*aria-describedby[^>]*)>", read(real_site, name))

    assert all('loading="lazy"' in each for each in attributes("china-and-open-source/index.html"))
    (own,) = attributes("charts/capex/index.html")
    assert 'fetchpriority="high"' in own and "lazy" not in own
