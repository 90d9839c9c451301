"""Assets of the theme under names that carry their hash."""

from __future__ import annotations

from pathlib import Path

import pytest

from osai_essay.assets import Assets
from osai_essay.charts.bundle import bundle_path
from osai_essay.template import Theme


def assets(site, files, *, static=(), plotly=None) -> Assets:
    return Assets(Theme(site(files)), static_urls=frozenset(static), plotly=plotly)


def test_name_changes_with_the_bytes(site):
    one = assets(site, {"templates/assets/style.css": "a"}).url("style.css")
    two = assets(site, {"templates/assets/style.css": "b"}).url("style.css")
    again = assets(site, {"templates/assets/style.css": "a"}).url("style.css")
    assert one == again != two
    assert one.startswith("/assets/style.")
    assert one.endswith(".css")


def test_asset_of_the_site_stands_above_that_of_the_theme(site):
    own = assets(site, {"templates/assets/style.css": "mine"})
    contents = {file.target: file.content for file in own.files()}
    assert contents[own.url("style.css").lstrip("/")] == b"mine"
    assert own.url("favicon.svg")


@pytest.mark.parametrize("name", ["sub/x.css", "noext", "x.min.js", "é.css"])
def test_any_name_gets_an_address_of_its_own(site, name):
    found = assets(site, {f"templates/assets/{name}": "x"})
    assert found.url(name).startswith("/assets/")
    assert found.url(name).lstrip("/") in {file.target for file in found.files()}


def test_static_asset_is_linked_under_its_own_name(site):
    found = assets(site, {"x": ""}, static=["/assets/photo.png"])
    assert found.url("photo.png") == "/assets/photo.png"


@pytest.mark.parametrize("name", ["nope.css", "../base.html", "", "/etc/passwd"])
def test_unknown_asset_is_a_fault(site, name):
    with pytest.raises(ValueError, match="there is no asset"):
        assets(site, {"x": ""}).url(name)


def test_asset_that_is_a_link_out_of_the_theme_is_none(site, tmp_path):
    (tmp_path / "secret.css").write_text("x")
    root = site({"templates/assets/a.css": ""})
    (root / "templates/assets/secret.css").symlink_to(tmp_path / "secret.css")
    with pytest.raises(ValueError, match="there is no asset"):
        Assets(Theme(root), static_urls=frozenset(), plotly=None).url("secret.css")


def test_plotly_is_an_asset_where_charts_want_it(site, tmp_path):
    (tmp_path / "plotly.min.js").write_text("x")
    found = assets(site, {"x": ""}, plotly=tmp_path / "plotly.min.js")
    assert found.url("plotly.js").startswith("/assets/plotly.")


@pytest.mark.parametrize(("name", "length"), [("mirage-2d", 0), ("full", 64)])
def test_build_of_plotly_with_maps_names_the_id_of_their_style(site, name, length):
    path = bundle_path(name, Path())
    found = assets(site, {"x": ""}, plotly=path).plotly_style_id
    assert len(found) == length
    assert f'getElementById("{found}")'.encode() in path.read_bytes() or not found
