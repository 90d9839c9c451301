"""What the preview notices: one build for what is saved together, and a site that stays whole."""

from __future__ import annotations

import itertools
import queue
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from watchfiles import Change

from osai_essay.build import Options
from osai_essay.model import Table
from osai_essay.query import Queries, QueryError
from osai_essay.serve import watch
from osai_essay.serve.builds import Builder, open_builder
from osai_essay.serve.watch import watch_site

WAIT_S = 60  # reached only where what is waited for never comes
QUIET_S = 1.0  # without a change for so long, no more are to come

Write = Callable[[Mapping[str, str | bytes]], Path]
SITE = {
    "content/site.yml": "title: Small\n",
    "content/posts/2026-11-01-a.md": "---\ntitle: A\n---\n\nWords.\n",
    "data/a.csv": "a\n1\n",
}


class Watched:
    """A site that is watched; its changes as they come."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.changes: queue.Queue[tuple[str, ...]] = queue.Queue()
        self.stop = threading.Event()
        self.is_polled = threading.Event()
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def run(self) -> None:
        for changes in watch_site(self.root, self.stop, self.is_polled.set):
            self.changes.put(changes)

    def next(self) -> tuple[str, ...]:
        return self.changes.get(timeout=WAIT_S)

    def until(self, *names: str) -> set[str]:
        """The files that changed, up to the last of those."""
        found: set[str] = set()
        while not found.issuperset(names):
            found |= set(self.next())
        return found

    def rest(self) -> set[str]:
        """The files that changed besides, until it is quiet."""
        found: set[str] = set()
        while True:
            try:
                found |= set(self.changes.get(timeout=QUIET_S))
            except queue.Empty:
                return found


@contextmanager
def watching(root: Path) -> Iterator[Watched]:
    found = Watched(root)
    try:
        assert found.next() == ()
        yield found
    finally:
        found.stop.set()
        found.thread.join(WAIT_S)
    assert not found.thread.is_alive()


@pytest.fixture
def watched(site: Write) -> Iterator[Watched]:
    with watching(site(SITE)) as found:
        yield found


def test_saved_file_is_noticed(watched: Watched):
    (watched.root / "data/a.csv").write_text("a\n2\n", encoding="utf-8")
    assert watched.until("data/a.csv") | watched.rest() == {"data/a.csv"}


def test_editor_that_renames_a_temporary_file_changes_that_file_alone(watched: Watched):
    posts, name = watched.root / "content/posts", "2026-11-01-a.md"
    for beside in ("4913", f".{name}.swp", f"{name}~", f"#{name}#"):
        (posts / beside).write_text("x", encoding="utf-8")
    (posts / f"{name}.tmp").write_text("---\ntitle: B\n---\n", encoding="utf-8")
    (posts / f"{name}.tmp").replace(posts / name)
    assert watched.until(f"content/posts/{name}") | watched.rest() == {f"content/posts/{name}"}


def test_what_no_site_is_made_of_is_no_change(watched: Watched):
    for name in (".cache/memo.db", "build/index.html", "data/.git/index", "notes.txt"):
        (watched.root / name).parent.mkdir(parents=True, exist_ok=True)
        (watched.root / name).write_text("x", encoding="utf-8")
    assert not watched.rest()


def test_every_file_of_a_checkout_is_noticed(watched: Watched):
    names = [f"content/posts/2026-10-01-post-{index}.md" for index in range(200)]
    for name in names:
        (watched.root / name).write_text("---\ntitle: A\n---\n\nWords.\n", encoding="utf-8")
    assert watched.until(*names) == set(names)


def told_as(monkeypatch: pytest.MonkeyPatch, *told: Sequence[str]) -> None:
    """Has the system tell of those files, one list after another."""

    def tell(root: Path, **_: object) -> Iterator[set[tuple[Change, str]]]:
        for names in told:
            yield {(Change.modified, str(root.parent / name)) for name in names}

    monkeypatch.setattr(watch, "watch", tell)


def changes_of(root: Path, count: int) -> list[tuple[str, ...]]:
    return list(itertools.islice(watch_site(root, threading.Event()), count))


def test_what_is_told_in_parts_is_one_change_once_nothing_more_comes(
    site: Write, monkeypatch: pytest.MonkeyPatch
):
    names = [f"content/posts/post-{index}.md" for index in range(200)]
    told_as(monkeypatch, [], names[:90], names[90:180], names[180:], [], ["content/site.yml"])
    root = site({"content/site.yml": "title: Small\n"})
    assert changes_of(root, 3) == [(), tuple(sorted(names)), ("content/site.yml",)]


def test_single_file_does_not_wait_for_more(site: Write, monkeypatch: pytest.MonkeyPatch):
    told_as(monkeypatch, [], ["content/a.md"], ["content/b.md"])
    root = site({"content/site.yml": "title: Small\n"})
    assert changes_of(root, 3) == [(), ("content/a.md",), ("content/b.md",)]


def test_folder_that_goes_while_others_are_watched_again_is_noticed(
    site: Write, monkeypatch: pytest.MonkeyPatch
):
    root, going = site(SITE), ["content", "data"]

    def go() -> None:
        if going:
            (root / going[0]).rename(root / f"{going.pop(0)}-away")

    def tell(*_: Path, **__: object) -> Iterator[set[tuple[Change, str]]]:
        try:
            yield set()
            go()
            yield set()
        finally:  # the folders are no longer watched, and not yet again
            go()

    monkeypatch.setattr(watch, "watch", tell)
    with watching(root) as watched:
        watched.until("content", "data")


def test_folder_that_appears_is_watched_from_then_on(watched: Watched):
    (watched.root / "templates").mkdir()
    watched.until("templates")
    (watched.root / "templates/index.html").write_text("x", encoding="utf-8")
    watched.until("templates/index.html")


@pytest.mark.parametrize("error", [OSError("OS file watch limit reached"), RuntimeError("many")])
def test_folders_are_read_where_the_system_has_no_more_watches(
    site: Write, monkeypatch: pytest.MonkeyPatch, error: Exception
):
    listen = watch.watch

    def refuse(*folders: Path, force_polling: bool | None, **more: object):
        if not force_polling:
            raise error
        return listen(*folders, force_polling=True, **more)

    monkeypatch.setattr(watch, "watch", refuse)
    with watching(site(SITE)) as watched:
        assert watched.is_polled.is_set()
        (watched.root / "data/b.csv").write_text("a\n2\n", encoding="utf-8")
        watched.until("data/b.csv")


def test_settings_are_noticed_however_they_are_saved(watched: Watched):
    settings = watched.root / "pyproject.toml"
    for text in ("[tool.osai-essay]\n", "[tool.osai-essay]\nallow = []\n"):
        (watched.root / "new.toml").write_text(text, encoding="utf-8")
        (watched.root / "new.toml").replace(settings)
        assert watched.next() == ("pyproject.toml",)


def test_folders_that_go_and_come_back_are_noticed(watched: Watched):
    for name in ("content", "data"):
        shutil.move(watched.root / name, watched.root / f"{name}-away")
    watched.until("content", "data")
    watched.rest()
    shutil.move(watched.root / "data-away", watched.root / "data")
    watched.until("data")


# --- builds ---------------------------------------------------------------------------------------


def test_moved_rows_and_numbers_are_counted_since_the_last_good_build(site: Write):
    numbers = "n: {label: N, from: a, value: sum(a)}\nm: {label: M, from: a, value: count(*)}\n"
    root = site({**SITE, "data/a.csv": "a\n1\n2\n", "content/numbers.yml": numbers})
    with open_builder(root, lambda: Options(today=date(2026, 11, 21))) as builder:
        said = [builder.build(()).moved]
        for rows in ("1\n3\n", "1,\n", "1\n3\n", "1\n4\n5\n"):
            (root / "data/a.csv").write_text(f"a\n{rows}", encoding="utf-8")
            said.append(builder.build(("data/a.csv",)).moved)
    how = "(osai-essay diff shows it)"
    one, more = f"1 row; 1 number moved {how}", f"2 rows; 2 numbers moved {how}"
    assert said == ["", one, "", "", more]


@pytest.fixture
def builder(site: Write) -> Iterator[Builder]:
    root = site(SITE)

    def options() -> Options:
        today = date(2026, 11, 21)
        return Options(today=today, output=root / "build", drafts=True, future=True)

    with open_builder(root, options) as opened:
        yield opened


def test_drafts_and_posts_to_come_are_shown_and_marked(builder: Builder, site: Write):
    site(
        {
            "content/posts/2026-11-02-draft.md": "---\ntitle: D\ndraft: true\n---\n\nWords.\n",
            "content/posts/2027-01-02-later.md": "---\ntitle: L\n---\n\nWords.\n",
        }
    )
    built = builder.build(())
    assert built.site
    pages = {
        name: content.decode()
        for name, content in built.site.files.items()
        if name.endswith("/index.html")
    }
    draft, later = (
        next(text for name, text in pages.items() if word in name) for word in ("draft", "later")
    )
    usual = next(text for name, text in pages.items() if name.endswith("/a/index.html"))
    assert '<strong class="draft">Draft</strong>' in draft
    assert '<strong class="draft">Not yet due</strong>' in later
    assert 'class="draft"' not in usual
    home = built.site.files["index.html"].decode()
    assert "Not yet due" in home
    assert "Draft" in home


def test_build_writes_nothing_but_its_cache(builder: Builder, site: Write):
    root = site({})
    builder.keep(builder.build(()))
    assert {path.name for path in root.iterdir()} <= {"content", "data", ".cache"}


def test_half_written_file_is_a_problem_that_goes(builder: Builder, site: Write):
    package = "name: a\nresources:\n  - {name: a, path: a.csv, title: A, schema: {fields: [{name: a, type: integer}]}}\n"
    site({"data/datapackage.yaml": package})
    assert builder.build(()).site
    site({"data/a.csv": 'a\n"1'})
    broken = builder.build(("data/a.csv",))
    assert broken.site is None
    assert broken.problems[0].where.file == "data/a.csv"
    site({"data/a.csv": "a\n7\n"})
    mended = builder.build(("data/a.csv",))
    assert (mended.problems, mended.fault) == ((), "")
    assert mended.site
    assert mended.site.files["data/a.csv"] == b"a\n7\n"


def test_fault_of_ours_is_told_and_the_next_build_succeeds(
    builder: Builder, monkeypatch: pytest.MonkeyPatch
):
    def fail(*args: object) -> None:
        raise ZeroDivisionError("ours")

    with monkeypatch.context() as patch:
        patch.setattr("osai_essay.build.load_site", fail)
        built = builder.build(())
        builder.keep(built)
    assert built.site is None
    assert built.fault.endswith("ZeroDivisionError: ours")
    assert builder.build(()).site


# --- datasets that go -------------------------------------------------------------------------------


def table(value: int) -> Table:
    return Table(names=("a",), types=("integer",), rows=((value,),))


def test_dataset_that_is_gone_is_unknown_to_later_builds():
    with Queries() as queries:
        one, two = table(1), table(2)
        queries.add_table("one", one)
        queries.add_table("two", two)
        assert queries.select("SELECT a FROM one").table.rows == ((1,),)
        queries.clear()
        queries.add_table("two", two)
        assert queries.select("SELECT a FROM two").table.rows == ((2,),)
        with pytest.raises(QueryError) as caught:
            queries.select("SELECT a FROM one")
        assert caught.value.code == "dataset-unknown"
        assert "two" in caught.value.fix
        queries.clear()
        queries.add_table("one", table(3))
        assert queries.select("SELECT a FROM one").table.rows == ((3,),)
