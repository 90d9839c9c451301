"""The collector of garbage: out of the way of imports, and seldom at work after them."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from click.testing import CliRunner

from osai_essay.cli import cli
from osai_essay.cli.collector import COLLECT_AT, uncollected


@pytest.fixture(autouse=True)
def collector_as_it_was() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


def test_it_rests_for_imports_and_works_after_them():
    with pytest.raises(ImportError), uncollected():
        assert not gc.isenabled()
        raise ImportError
    assert gc.isenabled()
    assert gc.get_freeze_count() > 0


@pytest.mark.parametrize(
    ("command", "called"),
    [("build", "osai_essay.build.build_site"), ("serve", "osai_essay.serve.serve")],
)
def test_it_is_seldom_at_work_in_what_authors_wait_for(site, monkeypatch, command, called):
    found = []
    monkeypatch.setattr(called, lambda *_, **__: found.append(gc.get_threshold()))
    CliRunner().invoke(cli, [command, "--root", str(site({"content/site.yml": "title: A\n"}))])
    assert found == [COLLECT_AT]
