"""What is kept between builds: names for values, sealed entries, results, the state of files."""

from __future__ import annotations

import hashlib
import os
import pickle
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osai_essay.cache import memo as memo_module
from osai_essay.cache import store as store_module
from osai_essay.cache.digest import digest
from osai_essay.cache.memo import KeptMemo, open_memo
from osai_essay.cache.stamp import Stamp
from osai_essay.cache.store import Store, open_store
from osai_essay.cache.survey import TICK_NS, survey
from osai_essay.model import ChartSpec, Config, Content, OutputFile, Text
from osai_essay.problem import Where
from osai_essay.struct import replace

KEY = b"k" * 32
PLACE = Where(file="a.md", line=1, column=2)

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.dates(),
    lambda parts: st.lists(parts) | st.tuples(parts, parts) | st.dictionaries(st.text(), parts),
    max_leaves=20,
)


# --- names for values --------------------------------------------------------------------------


@given(plain)
def test_a_value_and_a_copy_have_one_name(value):
    assert digest(value) == digest(pickle.loads(pickle.dumps(value)))


@given(plain, plain)
def test_two_values_have_two_names(one, other):
    is_same = pickle.dumps(one) == pickle.dumps(other)
    if not is_same and one != other:
        assert digest(one) != digest(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, 1.0),
        (1, True),
        ("1", 1),
        ((), []),
        ("", None),
        (("a", "b"), ("ab",)),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
        (PLACE, ("a.md", 1, 2, 1)),
        (PLACE, replace(PLACE, width=2)),
    ],
    ids=lambda value: repr(value)[:20],
)
def test_what_differs_in_kind_differs_in_name(one, other):
    assert digest(one) != digest(other)


def test_shared_parts_and_copied_parts_are_the_same():
    part = ("x" * 50,)
    assert digest((part, part)) == digest((part, (part[0][:25] + part[0][25:],)))


def test_a_text_is_known_by_its_source_and_not_by_its_tree():
    text = Text(source="{{ a }}", where=PLACE, tree=object())
    assert digest(text) == digest(replace(text, tree=None))
    assert digest(text) != digest(replace(text, source="{{ b }}"))


def test_a_mapping_of_another_kind_with_the_same_items_is_read_too():
    assert digest(MappingProxyType({"a": 1})) == digest(MappingProxyType({"a": 1}))


def test_names_are_the_same_in_every_process():
    """Words in sets come in another order in each process."""
    program = (
        "from osai_essay.cache.digest import digest; from osai_essay.model import Config;"
        "print(digest(Config(title='a', allow=frozenset(['python', 'html', 'x', 'y', 'z']))))"
    )
    names = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in (1, 2, 3)
    }
    assert len(names) == 1


# --- sealed entries ----------------------------------------------------------------------------


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with one entry."""
    path = tmp_path / ".cache" / "kept.db"
    kept = Store(path, KEY)
    kept.change({"a": b"one"}, ())
    kept.close()
    return path


def test_an_entry_is_found_again(path):
    kept = Store(path, KEY)
    assert kept.read("a") == b"one"
    assert kept.read("b") is None
    assert kept.names() == {"a"}


def test_entries_asked_for_in_a_row_are_read_together(tmp_path, monkeypatch):
    entries = {f"{number}": b"%d" % number for number in range(500)} | {"large": b"x" * 10**6}
    kept = Store(tmp_path / "kept.db", KEY)
    kept.change({**entries, "file 1": b"of a file"}, ())
    asked: list[str] = []
    select = Store._select
    monkeypatch.setattr(
        Store, "_select", lambda self, *query: asked.append(query[0]) or select(self, *query)
    )
    assert {name: kept.read(name) for name in entries} == entries
    assert len(asked) < 50
    assert kept.read("file 1") == b"of a file"


def test_what_was_read_ahead_may_change(tmp_path):
    kept = Store(tmp_path / "kept.db", KEY)
    kept.change(dict.fromkeys("abcd", b"old"), ())
    assert [kept.read(name) for name in "ab"] == [b"old"] * 2
    kept.change({"c": b"new"}, ["d"])
    assert (kept.read("c"), kept.read("d")) == (b"new", None)


def test_an_entry_of_another_key_is_not_opened(path):
    assert Store(path, b"o" * 32).read("a") is None


def test_an_entry_under_another_name_is_not_opened(path):
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE kept SET name = 'b'")
    assert Store(path, KEY).read("b") is None


def drop_table(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute("DROP TABLE kept")


@pytest.mark.parametrize(
    "harm",
    [
        lambda path: path.unlink(),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"no database at all, but long enough to look like one" * 99),
        lambda path: path.write_bytes(path.read_bytes()[:5000]),
        lambda path: path.write_bytes(path.read_bytes()[:4096] + b"\xff" * 4096),
        drop_table,
        lambda path: path.write_bytes(path.read_bytes().replace(b"one", b"two")),
    ],
    ids=["gone", "empty", "no database", "cut", "overwritten", "no table", "changed"],
)
def test_a_broken_file_only_seems_empty_and_is_used_again(path, harm):
    harm(path)
    kept = Store(path, KEY)
    assert kept.read("a") is None
    kept.change({"b": b"two"}, ())
    kept.close()
    again = Store(path, KEY)
    again.change({"c": b"three"}, ())
    assert again.read("c") == b"three"


def test_a_folder_that_cannot_be_written_keeps_nothing(tmp_path):
    (tmp_path / ".cache").write_text("a file")
    kept = Store(tmp_path / ".cache" / "kept.db", KEY)
    kept.change({"a": b"one"}, ())
    assert kept.read("a") is None
    assert kept.names() == frozenset()


def test_without_a_home_nothing_is_kept(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null/nowhere")
    assert open_store(tmp_path, "memo") is None


def test_a_site_cannot_bring_the_file_along(tmp_path, monkeypatch):
    """Its name rests on a key that lies with the user, not with the site."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "theirs"))
    theirs = open_store(tmp_path / "site" / ".cache", "memo")
    theirs.change({"a": b"one"}, ())
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "ours"))
    ours = open_store(tmp_path / "site" / ".cache", "memo")
    assert ours.read("a") is None
    assert len(list((tmp_path / "site").glob(".cache/*.db"))) == 2


def test_the_key_is_for_its_owner_alone(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    site = tmp_path / "site"
    key = store_module.read_key(site)
    assert key
    assert store_module.read_key(site) == key
    assert (tmp_path / "osai-essay" / "key").stat().st_mode & 0o077 == 0


def test_a_key_in_the_site_is_nobodys_secret(tmp_path, monkeypatch):
    """A home or cache folder may lie in a checkout, which could bring a key and results with it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / ".cache"))
    assert store_module.read_key(tmp_path) is None
    assert open_store(tmp_path / ".cache", "memo") is None


@pytest.mark.parametrize(
    "harm",
    [
        lambda key: key.chmod(0o666),
        lambda key: key.parent.chmod(0o777),
        lambda key: key.write_bytes(b"short"),
        lambda key: (key.unlink(), os.mkfifo(key)),
        lambda key: (key.rename(key.with_name("other")), key.symlink_to("other")),
    ],
    ids="key-open folder-open short pipe link".split(),
)
def test_a_key_that_another_could_have_written_is_not_used(tmp_path, monkeypatch, harm):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    store_module.read_key(tmp_path / "site")
    harm(tmp_path / "cache" / "osai-essay" / "key")
    assert store_module.read_key(tmp_path / "site") is None


# --- results -----------------------------------------------------------------------------------


class Counter:
    """Makes a value, and counts how often."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> str:
        self.count += 1
        return f"made {self.count}"


def memo(root: Path, version: str = "1", *, in_memory: bool = False) -> KeptMemo:
    (root / "content").mkdir(exist_ok=True)  # nothing is kept where there is no site
    return open_memo(root, version=version, in_memory=in_memory)


@pytest.mark.parametrize("in_memory", [False, True])
def test_a_result_is_made_once(tmp_path, in_memory):
    make = Counter()
    first = memo(tmp_path, in_memory=in_memory)
    assert first.get("text", ("a", 1), make) == first.get("text", ("a", 1), make) == "made 1"
    first.finish(is_whole=True)
    first.close()
    assert memo(tmp_path, in_memory=in_memory).get("text", ("a", 1), make) == "made 1"
    assert make.count == 1


@pytest.mark.parametrize(
    "other", [("text", ("a", 2), "1"), ("word", ("a", 1), "1"), ("text", ("a", 1), "2")]
)
def test_another_key_kind_or_version_makes_another(tmp_path, other):
    make = Counter()
    kind, key, version = other
    kept = memo(tmp_path)
    kept.get("text", ("a", 1), make)
    kept.finish(is_whole=True)
    assert memo(tmp_path, version).get(kind, key, make) == "made 2"


def test_a_result_whose_answers_changed_is_made_again(tmp_path):
    make = Counter()
    kept = memo(tmp_path)
    kept.get("text", 1, make)
    assert kept.get("text", 1, make, still=lambda made: made != "made 1") == "made 2"
    assert kept.get("text", 1, make, still=lambda made: made != "made 1") == "made 2"


def test_what_fails_is_tried_again(tmp_path):
    kept = memo(tmp_path)
    with pytest.raises(ZeroDivisionError):
        kept.get("text", 1, lambda: 1 / 0)
    assert kept.get("text", 1, lambda: 5) == 5


def test_a_kept_whole_keeps_its_parts(tmp_path):
    """The parts are needed as soon as the whole changes, so they are not swept up before."""
    part = Counter()

    def build(whole: object) -> KeptMemo:
        kept = memo(tmp_path)
        kept.get("whole", whole, lambda: [kept.get("part", name, part) for name in range(9)])
        kept.finish(is_whole=True)
        kept.close()
        return kept

    for _ in range(3):
        build("one")
    build("other")
    assert part.count == 9


def files_of(kept: KeptMemo, make: Counter) -> tuple[dict[str, Content], str]:
    def build() -> tuple[dict[str, bytes], str]:
        made = make()
        return {"a": made.encode(), "b": b""}, made

    return kept.get_files("page", 1, build, still=lambda made: made != "stale")


def read(content: Content) -> bytes:
    return OutputFile(target="a", content=content).read()


@pytest.mark.parametrize("in_memory", [False, True])
def test_kept_files_are_known_before_they_are_read(tmp_path, monkeypatch, in_memory):
    make = Counter()
    first = memo(tmp_path, in_memory=in_memory)
    files, more = files_of(first, make)
    assert {name: read(files[name]) for name in files} == {"a": b"made 1", "b": b""}
    assert more == "made 1"
    first.finish(is_whole=True)
    first.close()

    later = memo(tmp_path, in_memory=in_memory)
    asked = []
    find = KeptMemo._find
    monkeypatch.setattr(
        KeptMemo, "_find", lambda self, name: asked.append(name) or find(self, name)
    )
    files, more = files_of(later, make)
    assert more == "made 1"
    assert files["a"].size == 6
    assert files["a"].sha256 == hashlib.sha256(b"made 1").hexdigest()
    assert len(asked) == 1
    assert (read(files["a"]), read(files["b"])) == (b"made 1", b"")
    assert make.count == 1


def test_files_that_were_lost_are_made_again(tmp_path):
    make = Counter()
    first = memo(tmp_path)
    files_of(first, make)
    first.finish(is_whole=True)
    first.close()
    later = memo(tmp_path)
    files, _ = files_of(later, make)
    (path,) = (tmp_path / ".cache").glob("memo-*.db")
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("DELETE FROM files")
    assert (read(files["a"]), read(files["b"])) == (b"made 2", b"")
    assert make.count == 2


@pytest.mark.parametrize("is_broken", [False, True])
def test_files_that_cannot_be_kept_are_made_once(tmp_path, is_broken):
    make = Counter()
    store = open_store(tmp_path / ".cache", "memo") if is_broken else None
    if store:
        store.close()
    files, _ = files_of(KeptMemo(store, version="1"), make)
    assert (read(files["a"]), read(files["b"]), make.count) == (b"made 1", b"", 1)


def test_equal_files_are_kept_once(tmp_path):
    kept = memo(tmp_path)
    for key in range(5):
        kept.get_files("page", key, lambda: ({"a": b"the same"}, None))
    kept.finish(is_whole=True)
    (path,) = (tmp_path / ".cache").glob("memo-*.db")
    with closing(sqlite3.connect(path)) as database, database:
        (count,) = database.execute("SELECT count(*) FROM files").fetchone()
    assert count == 1


def test_files_stay_while_their_entry_is_used(tmp_path):
    make = Counter()
    for day in range(9):
        kept = memo(tmp_path)
        files, _ = files_of(kept, make)
        for name in range(5):
            kept.get("text", (day, name), Counter())
        kept.finish(is_whole=True)
        kept.close()
    files, _ = files_of(memo(tmp_path), make)
    assert read(files["a"]) == b"made 1"


def count_kept_of_20_days(root: Path) -> int:
    for day in range(20):
        kept = memo(root)
        for name in range(3):
            kept.get("text", (day, name), lambda: "a long text" * 10_000)
        kept.finish(is_whole=True)
        kept.close()
    (file,) = (root / ".cache").glob("*.db")
    with closing(sqlite3.connect(file)) as database, database:
        (count,) = database.execute("SELECT count(*) FROM kept").fetchone()
    return count


def test_what_nobody_uses_is_swept_up_where_it_takes_much_room(tmp_path, monkeypatch):
    monkeypatch.setattr(memo_module, "SPARE", 1_000_000)
    assert 3 <= count_kept_of_20_days(tmp_path) <= 12


def test_little_is_not_swept_up_as_a_branch_may_come_back_to_it(tmp_path):
    assert count_kept_of_20_days(tmp_path) == 60


def test_two_builds_at_once_share_it(tmp_path):
    """The worst outcome is that one makes what the other has made."""
    found: list[list[str]] = []

    def build(number: int) -> None:
        kept = memo(tmp_path)
        found.append([kept.get("text", name, lambda name=name: f"{name}") for name in range(200)])
        kept.finish(is_whole=number % 2 == 0)
        kept.close()

    threads = [threading.Thread(target=build, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [[f"{name}" for name in range(200)]] * 6


def test_a_cache_folder_that_leads_out_of_the_site_is_not_used(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    root = tmp_path / "site"
    root.mkdir()
    (root / ".cache").symlink_to(tmp_path / "elsewhere")
    kept = memo(root)
    kept.get("text", 1, Counter())
    kept.finish(is_whole=True)
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_specs_and_configurations_can_be_keys(tmp_path):
    title = Text(source="T", where=PLACE)
    spec = ChartSpec(
        name="a", source="a.yml", where=PLACE, kind="bar", title=title, alt=title,
        allow=frozenset(["x", "y"]),
    )  # fmt: skip
    make = Counter()
    kept = memo(tmp_path)
    kept.get("chart", (spec, Config(title="a"), date(2026, 1, 1)), make)
    kept.get("chart", (replace(spec), Config(title="a"), date(2026, 1, 1)), make)
    assert make.count == 1


# --- the state of files ------------------------------------------------------------------------


def test_a_file_that_was_just_written_is_not_trusted_by_its_times(tmp_path, monkeypatch):
    file = tmp_path / "a.csv"
    file.write_text("one")
    just_now = file.stat().st_ctime_ns + TICK_NS // 2
    monkeypatch.setattr("time.time_ns", lambda: just_now)
    first = survey([tmp_path], {})
    times = file.stat()
    file.write_text("two")
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    second = survey([tmp_path], first)
    assert first[str(file)][0] is None
    assert first[str(file)][1] != second[str(file)][1]


def test_an_old_file_is_not_read_again(tmp_path, monkeypatch):
    file = tmp_path / "a.csv"
    file.write_text("one")
    later = file.stat().st_ctime_ns + TICK_NS + 1
    monkeypatch.setattr("time.time_ns", lambda: later)
    first = survey([tmp_path], {})
    monkeypatch.setattr("osai_essay.cache.survey._hash", lambda name: pytest.fail(name))
    assert survey([tmp_path], first) == first


def test_a_link_to_itself_is_no_file(tmp_path):
    (tmp_path / "circle").symlink_to("circle")
    assert survey([tmp_path], {}) == {str(tmp_path / "circle"): (None, "no file")}
    assert set(survey([tmp_path], {}, inside=tmp_path)) == {str(tmp_path / "circle")}


def test_folders_that_lead_to_one_another_end(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "a" / "file").write_text("x")
    found = survey([tmp_path], {}, inside=tmp_path)
    assert [name.rpartition("/")[2] for name in found] == ["file", "up"]


def test_a_pipe_is_never_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert survey([tmp_path], {}) == {str(tmp_path / "pipe"): (None, "no file")}


def test_what_lies_outside_of_the_site_is_named_and_not_read(tmp_path, monkeypatch):
    """A link to /usr would be read for minutes, one to a device for ever."""
    (tmp_path / "site").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "file").write_text("x")
    (tmp_path / "site" / "folder").symlink_to(tmp_path / "out")
    (tmp_path / "site" / "file").symlink_to(tmp_path / "out" / "file")
    monkeypatch.setattr("osai_essay.cache.survey._hash", lambda name: pytest.fail(name))
    found = survey([tmp_path / "site"], {}, inside=tmp_path / "site")
    assert [(name.rpartition("/")[2], sign) for name, (sign, _) in found.items()] == [
        ("file", None),
        ("folder", None),
    ]


# --- nothing to do -----------------------------------------------------------------------------

TODAY = date(2026, 11, 21)


@pytest.fixture
def built(tmp_path: Path) -> Callable[..., Stamp]:
    """A site that was built once; gives a stamp of what is there now."""
    for name in ("content/a.md", "data/a.csv", "templates/a.html", "build/index.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)

    def look(*settings: str) -> Stamp:
        return Stamp(tmp_path, tmp_path / "build", settings)

    look().write(today=TODAY, until=date(2026, 12, 1), pages=1, problems=[{"code": "a-b"}])
    return look


def test_an_unchanged_site_is_known_with_its_warnings(built):
    kept = built().kept(TODAY)
    assert kept is not None
    assert (kept.pages, kept.problems) == (1, [{"code": "a-b"}])
    assert built().changes == {}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda root: (root / "data/a.csv").write_text("data/b.csv"), {"data/a.csv": "changed"}),
        (lambda root: (root / "content/b.md").write_text("b"), {"content/b.md": "new"}),
        (lambda root: (root / "templates/a.html").unlink(), {"templates/a.html": "removed"}),
        (lambda root: (root / "pyproject.toml").write_text(""), {"pyproject.toml": "new"}),
        (lambda root: (root / "content/l").symlink_to("gone"), {"content/l": "new"}),
        (lambda root: os.mkfifo(root / "content/p"), {"content/p": "new"}),
        (
            lambda root: (
                (root / "content/__pycache__").mkdir()
                or (root / "content/__pycache__/b.md").write_text("b")
            ),
            {"content/__pycache__/b.md": "new"},
        ),
        (
            lambda root: (root / "content/z").symlink_to("."),
            {"content/z": "new"},
        ),
        (lambda root: (root / "build/index.html").write_text("x"), {}),
        (lambda root: (root / "build/index.html").unlink(), {}),
        (lambda root: (root / "build/more.html").write_text("x"), {}),
    ],
    ids="data content templates grants link pipe pycache loop overwritten removed foreign".split(),
)
def test_any_change_of_inputs_or_output_is_seen(built, tmp_path, change, said):
    change(tmp_path)
    assert built().kept(TODAY) is None
    assert built().changes == said


def test_touching_a_file_changes_nothing(built, tmp_path):
    os.utime(tmp_path / "data/a.csv", (1, 1))
    assert built().kept(TODAY) is not None


@pytest.mark.parametrize("day", [date(2026, 11, 20), date(2026, 12, 1), date(2027, 1, 1)])
def test_a_post_that_falls_due_ends_it_and_so_does_a_clock_put_back(built, day):
    assert built().kept(day) is None
    assert built().kept(date(2026, 11, 30)) is not None


def test_other_settings_know_nothing_of_it(built):
    assert built("drafts").kept(TODAY) is None
    assert built("drafts").changes is None


def test_another_version_of_any_library_ends_it(built, monkeypatch):
    monkeypatch.setattr("osai_essay.cache.stamp.library_names", lambda: ("plotly-99.dist-info",))
    assert built().kept(TODAY) is None
    assert built().is_cold


def test_our_own_code_is_part_of_it(built, monkeypatch, tmp_path):
    (tmp_path / "code.py").write_text("")
    monkeypatch.setattr("osai_essay.cache.stamp.code_files", lambda: (tmp_path / "code.py",))
    assert built().kept(TODAY) is None
