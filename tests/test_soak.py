"""What takes longer: every page of the real site in both schemes, and large inputs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from osai_essay.build import Options, build_site

pytestmark = pytest.mark.slow


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_on_any_page(
    scheme: str,
    width: int,
    real_site: Path,
    new_context: Callable[..., Any],
    serve_folder: Callable[[Path], str],
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    address = serve_folder(real_site)
    page = new_context(viewport={"width": width, "height": 900}, color_scheme=scheme).new_page()
    found = {}
    for path in sorted(real_site.rglob("*.html")):
        name = path.relative_to(real_site).as_posix()
        page.goto(f"{address}/{name}")
        page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        violations = Axe().run(page).response["violations"]
        if violations:
            found[name] = [(each["id"], each["nodes"][0]["html"]) for each in violations]
    assert not found


def test_large_file_is_read_whole(site: Callable[..., Path]) -> None:
    rows = "".join(f"{year},{year % 97}\n" for year in range(200_000))
    root = site({"data/many.csv": f"id,amount\n{rows}"})
    result = build_site(root, Options(today=date(2026, 11, 21), output=root / "build"))
    assert [problem.code for problem in result.problems] == ["dataset-undescribed"]
    assert "200,000" in (root / "build/data/many/index.html").read_text(encoding="utf-8")


def test_many_essays_are_built(site: Callable[..., Path]) -> None:
    text = "Some words, *set* in Markdown with `code` and a [link](/).\n\n" * 60
    root = site(
        {
            f"content/posts/2026-01-01-essay-{number}.md": f"---\ntitle: Essay {number}\n---\n\n{text}"
            for number in range(500)
        }
    )
    result = build_site(root, Options(today=date(2026, 11, 21), output=root / "build"))
    assert result.problems == ()
    assert len(list((root / "build").glob("essay-*/index.html"))) == 500
