"""The output folder: whole or not at all, and never over files that are not ours."""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from osai_essay.model import Later, OutputFile
from osai_essay.problem import SiteError
from osai_essay.write import MANIFEST, read_manifest, write_site

ONE = {"index.html": b"one", "a/index.html": b"two"}


@pytest.fixture
def root(tmp_path) -> Path:
    (tmp_path / "site/content").mkdir(parents=True)
    return tmp_path / "site"


@pytest.fixture
def output(root) -> Path:
    return root / "build"


def put(files: dict[str, bytes], output: Path, root: Path | None = None):
    made = [OutputFile(target=target, content=content) for target, content in files.items()]
    return write_site(made, output, root=root or output.parent)


def fault(files, output: Path, root: Path | None = None) -> str:
    with pytest.raises(SiteError) as caught:
        put(files, output, root)
    assert caught.value.problem.fix
    return caught.value.problem.code


def held(folder: Path) -> dict[str, bytes]:
    """What a folder holds, without the manifest."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    names = {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
    return {name: content for name, content in names.items() if name != MANIFEST}


def neighbours(output: Path) -> list[str]:
    return sorted(path.name for path in output.parent.iterdir() if path.name.startswith("."))


# --- what is written -------------------------------------------------------------------------


def test_folder_holds_the_files_and_nothing_else(output):
    written = put(ONE, output)
    assert held(output) == ONE
    assert written.added == ("a/index.html", "index.html")
    assert neighbours(output) == []


def test_file_of_an_earlier_build_is_read_only_where_the_folder_holds_another(output):
    put(ONE, output)
    asked = []

    def put_later() -> None:
        later = {
            target: Later(
                size=len(content),
                sha256=sha256(content).hexdigest(),
                read=lambda target=target: asked.append(target) or ONE[target],
            )
            for target, content in ONE.items()
        }
        put(later, output)

    put_later()
    assert asked == []
    (output / "index.html").write_bytes(b"own")
    put_later()
    assert asked == ["index.html"]
    assert held(output) == ONE


def test_kept_files_are_read_one_after_the_other(output):
    """Each when the one before it is on the disk, so that not all are in memory at once."""
    there: list[int] = []

    def read() -> bytes:
        drafts = output.parent.glob(f".{output.name}.new-*/*.html")
        there.append(len(list(drafts)))
        return b"page"

    page = Later(size=4, sha256=sha256(b"page").hexdigest(), read=read)
    files = [OutputFile(target=f"{name}.html", content=page) for name in "abc"]
    write_site(files, output, root=output.parent)
    assert there == [0, 1, 2]


def test_second_time_nothing_changes(output):
    put(ONE, output)
    before = {path: path.stat().st_mtime_ns for path in output.rglob("*")}
    written = put(ONE, output)
    assert (written.added, written.changed, written.removed, written.kept) == ((), (), (), 2)
    assert {path: path.stat().st_mtime_ns for path in output.rglob("*")} == before


def test_unchanged_files_keep_their_times(output):
    put(ONE, output)
    os.utime(output / "index.html", ns=(1, 1))
    written = put({**ONE, "a/index.html": b"new"}, output)
    assert written.changed == ("a/index.html",)
    assert (output / "index.html").stat().st_mtime_ns == 1


def test_stale_files_and_folders_go(output):
    put(ONE, output)
    assert put({"index.html": b"one"}, output).removed == ("a/index.html",)
    assert not (output / "a").exists()


def test_file_may_become_a_folder_and_back(output):
    put({"a": b"1"}, output)
    put({"a/b": b"1"}, output)
    put({"a": b"1"}, output)
    assert held(output) == {"a": b"1"}


def test_same_files_make_the_same_bytes_in_any_order(tmp_path, root):
    put(ONE, tmp_path / "x", root)
    put(dict(reversed(ONE.items())), tmp_path / "y", root)
    assert (tmp_path / "x" / MANIFEST).read_bytes() == (tmp_path / "y" / MANIFEST).read_bytes()


def test_manifest_names_every_file(output):
    put({**ONE, "é ü.txt": b""}, output)
    assert sorted(read_manifest(output)) == ["a/index.html", "index.html", "é ü.txt"]


def test_manifest_stays_as_it_is_while_no_file_comes_or_goes(output):
    put(ONE, output)
    before = (output / MANIFEST).stat().st_mtime_ns
    put({**ONE, "index.html": b"other words"}, output)
    assert (output / MANIFEST).stat().st_mtime_ns == before


def test_own_file_that_was_edited_or_lost_is_made_again(output):
    put(ONE, output)
    (output / "index.html").write_bytes(b"edited")
    (output / "a/index.html").unlink()
    assert put(ONE, output).changed == ("a/index.html", "index.html")
    assert held(output) == ONE


def test_empty_folder_is_taken(output):
    output.mkdir()
    put(ONE, output)
    assert held(output) == ONE


def test_parents_of_the_folder_are_made(tmp_path, root):
    put(ONE, tmp_path / "x/y/build", root)
    assert held(tmp_path / "x/y/build") == ONE


def test_site_can_be_read_by_others(output):
    put(ONE, output)
    assert output.stat().st_mode & 0o777 == 0o755


# --- files that are not ours -----------------------------------------------------------------


@pytest.mark.parametrize("name", ["notes.txt", "a/notes.txt", ".hidden", "new/deep/x"])
def test_foreign_file_stops_the_build_and_stays(output, name):
    put(ONE, output)
    (output / name).parent.mkdir(parents=True, exist_ok=True)
    (output / name).write_bytes(b"mine")
    assert fault({"index.html": b"new"}, output) == "output-not-ours"
    assert held(output) == {**ONE, name: b"mine"}


def test_folder_that_no_build_made_is_refused(output):
    output.mkdir()
    (output / "thesis.doc").write_bytes(b"mine")
    assert fault(ONE, output) == "output-not-ours"
    assert held(output) == {"thesis.doc": b"mine"}


def test_many_foreign_files_are_counted_not_listed(output):
    output.mkdir()
    for number in range(9):
        (output / f"f{number}").write_bytes(b"")
    with pytest.raises(SiteError, match="f4 and 4 more"):
        put(ONE, output)


@pytest.mark.parametrize(
    "manifest",
    [
        b"",
        b"[]",
        b"\xff",
        b"{",
        b'{"files": ["x.txt"]}',
        b'{"generator": "osai-essay", "files": []}',
        b"[" * 100_000,
    ],
    ids=["empty", "list", "bytes", "open", "of another", "no files", "deep"],
)
def test_manifest_that_is_not_ours_makes_no_file_ours(output, manifest):
    output.mkdir()
    (output / "x.txt").write_bytes(b"mine")
    (output / MANIFEST).write_bytes(manifest)
    assert fault(ONE, output) == "output-not-ours"
    assert (output / "x.txt").exists()


def test_forged_manifest_deletes_nothing_outside(tmp_path, root, output):
    put(ONE, output)
    (tmp_path / "victim").write_bytes(b"mine")
    data = json.loads((output / MANIFEST).read_bytes())
    data["files"] += ["../../victim", str(tmp_path / "victim"), "../content"]
    (output / MANIFEST).write_text(json.dumps(data))
    put({"index.html": b"one"}, output)
    assert (tmp_path / "victim").read_bytes() == b"mine"
    assert (root / "content").is_dir()


def test_link_in_the_place_of_an_own_file_is_replaced_not_followed(tmp_path, output):
    put(ONE, output)
    (tmp_path / "victim").write_bytes(b"one")
    (output / "index.html").unlink()
    (output / "index.html").symlink_to(tmp_path / "victim")
    put({**ONE, "a/index.html": b"new"}, output)
    assert not (output / "index.html").is_symlink()
    assert (tmp_path / "victim").read_bytes() == b"one"


def test_link_in_the_place_of_an_own_folder_is_foreign(tmp_path, output):
    put(ONE, output)
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/index.html").write_bytes(b"mine")
    shutil.rmtree(output / "a")
    (output / "a").symlink_to(tmp_path / "outside")
    assert fault(ONE, output) == "output-not-ours"
    assert (tmp_path / "outside/index.html").read_bytes() == b"mine"


@pytest.mark.parametrize("target", ["../evil", "a/../../evil", "/tmp/evil"])
def test_no_file_is_written_outside(output, target):
    assert fault({"index.html": b"", target: b""}, output) == "path-outside"
    assert not output.exists()
    assert not (output.parent / "evil").exists()


# --- where the folder may be -----------------------------------------------------------------


@pytest.mark.parametrize(
    "place",
    [".", "..", "content", "content/build", "data", "templates/x", "src", ".git", "x/../content"],
)
def test_folder_among_the_sources_is_refused(root, place):
    (root / "content/a.md").write_bytes(b"mine")
    assert fault(ONE, root / place, root) == "output-wrong"
    assert held(root) == {"content/a.md": b"mine"}


def test_file_in_the_place_of_the_folder_is_refused(output):
    output.write_bytes(b"mine")
    assert fault(ONE, output) == "output-wrong"
    assert output.read_bytes() == b"mine"


def test_file_in_the_place_of_a_parent_is_refused(root):
    (root / "x").write_bytes(b"mine")
    assert fault(ONE, root / "x/build", root) == "output-unwritable"


def test_link_to_the_sources_is_refused(root):
    (root / "build").symlink_to("content")
    assert fault(ONE, root / "build") == "output-wrong"


def test_link_out_of_the_site_is_refused(tmp_path, root, output):
    put(ONE, tmp_path / "real")
    output.symlink_to(tmp_path / "real")
    assert fault({"index.html": b"new"}, output, root) == "output-wrong"
    assert held(tmp_path / "real") == ONE


def test_link_outside_the_site_is_followed_and_stays(tmp_path, root):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    put(ONE, tmp_path / "link")
    put({"index.html": b"new"}, tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert held(tmp_path / "real") == {"index.html": b"new"}


def test_link_beside_the_output_is_not_followed(tmp_path, root, output):
    put(ONE, tmp_path / "victim")
    output.parent.mkdir(exist_ok=True)
    (output.parent / f".{output.name}.undo").symlink_to(tmp_path / "victim")
    assert fault(ONE, output) == "output-unwritable"
    assert held(tmp_path / "victim") == ONE


def test_link_to_itself_cannot_be_written(output):
    output.symlink_to(output)
    assert fault(ONE, output) in ("output-unwritable", "output-wrong")


# --- stopped halfway -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "files", [{"x" * 300: b""}, {"a": b"", "a/b": b""}], ids=["long name", "file and folder"]
)
def test_files_that_cannot_be_laid_out_leave_the_old_site(output, files):
    put(ONE, output)
    assert fault(files, output) == "output-unwritable"
    assert held(output) == ONE
    assert neighbours(output) == []


def test_full_disk_leaves_the_old_site(output, monkeypatch):
    put(ONE, output)

    def full(self, content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    assert fault({"index.html": b"new"}, output) == "output-unwritable"
    monkeypatch.undo()
    assert held(output) == ONE
    assert neighbours(output) == []


NEXT = {"index.html": b"new", "b": b"1", "c/d/e": b"2", "f/index.html": b"4", "k": b"5"}
BEFORE = {"index.html": b"old", "b/x": b"3", "c": b"4", "f/index.html": b"4", "z/gone": b"5"}


def count_moves(monkeypatch, at: int, do: Callable[[], None]) -> list[str]:
    """Every move counts; `do` instead of the one that is asked for."""
    replace, moved = Path.replace, []

    def move(self, target):
        moved.append(self.name)
        if len(moved) == at:
            do()
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", move)
    return moved


def test_moves_come_in_an_order_that_leaves_no_link_without_its_file(output, monkeypatch):
    put(BEFORE, output)
    put(NEXT, output)
    assert held(output) == NEXT
    assert neighbours(output) == []
    assert not (output / "z").exists()
    put(BEFORE, output)
    assert held(output) == BEFORE


@pytest.mark.parametrize("at", range(1, 12))
@pytest.mark.parametrize("error", [OSError(13, "Permission denied"), KeyboardInterrupt()], ids=repr)
def test_move_that_fails_puts_everything_back(output, monkeypatch, at, error):
    put(BEFORE, output)
    times = {path: path.stat().st_mtime_ns for path in output.rglob("*") if path.is_file()}

    def fail() -> None:
        raise error

    with monkeypatch.context() as patch:
        moved = count_moves(patch, at, fail)
        with contextlib.suppress(SiteError, KeyboardInterrupt):
            put(NEXT, output)
    if len(moved) < at:
        pytest.skip(f"there are only {len(moved)} moves")
    assert held(output) == BEFORE
    assert {path: path.stat().st_mtime_ns for path in output.rglob("*") if path.is_file()} == times
    assert neighbours(output) == []


def start(build: Callable[..., None], output: Path, *given: object):
    """A build in a process of its own, which forks nothing: this one has threads."""
    process = multiprocessing.get_context("spawn").Process(target=build, args=(output, *given))
    process.start()
    return process


def end(process) -> int:
    process.join()
    return process.exitcode


def put_and_die(output: Path, at: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        count_moves(patch, at, lambda: os._exit(9))
        put(NEXT, output)


def put_often(output: Path, word: bytes) -> None:
    for turn in range(20):
        put({"index.html": word, "a": word, f"x{turn}": word}, output)


@pytest.mark.parametrize("at", range(1, 12))
def test_build_killed_at_any_move_is_undone_by_the_next(output, at):
    put(BEFORE, output)
    code = end(start(put_and_die, output, at))
    assert code in ({9} if at == 1 else {0, 9})
    for left in output.parent.glob(".build.new-*"):  # these are swept up when they are old
        shutil.rmtree(left)
    with pytest.raises(SiteError, match="that no build wrote: mine"):
        (output / "mine").write_bytes(b"")
        put(NEXT, output)
    (output / "mine").unlink()
    assert held(output) == (BEFORE if code else NEXT)
    put(NEXT, output)
    assert held(output) == NEXT
    assert neighbours(output) == []


def test_builds_at_the_same_time_do_not_mix(output):
    put({"index.html": b"-", "a": b"-"}, output)
    children = [start(put_often, output, word) for word in (b"one", b"two", b"three")]
    assert [end(child) for child in children] == [0, 0, 0]
    assert len(set(held(output).values())) == 1
    assert neighbours(output) == []


@pytest.mark.parametrize("through", ["../victim", "link/victim", "{}/victim"])
def test_forged_list_of_moves_reaches_nothing_outside(tmp_path, output, through):
    put(ONE, output)
    outside = output.parent / "outside"
    outside.mkdir()
    for victim in (outside / "victim", output.parent / "victim"):
        victim.write_bytes(b"mine")
    (output / "link").symlink_to(outside)
    undo = output.with_name(".build.undo")
    (undo / "files/link").mkdir(parents=True)
    (undo / "files/link/new").write_bytes(b"evil")
    added = [through.format(outside)]
    (undo / "added.json").write_text(json.dumps({"generator": "osai-essay", "added": added}))
    assert fault(ONE, output) == "output-not-ours"  # for the link
    assert sorted(path.name for path in outside.iterdir()) == ["victim"]
    assert (output.parent / "victim").exists()


def test_folder_in_the_place_of_moved_files_that_is_not_ours_stays(output):
    put(ONE, output)
    precious = output.with_name(".build.undo")
    precious.mkdir()
    (precious / "thesis.doc").write_bytes(b"mine")
    assert fault({"index.html": b"new"}, output) == "output-not-ours"
    assert (precious / "thesis.doc").read_bytes() == b"mine"
    assert held(output) == ONE


def test_what_a_stopped_build_laid_out_is_swept_up(output):
    put(ONE, output)
    left, fresh = (output.parent / f".{output.name}.new-{name}" for name in ("left", "fresh"))
    for folder in (left, fresh):
        folder.mkdir()
        (folder / "index.html").write_bytes(b"half")
    os.utime(left, (0, 0))
    put(ONE, output)
    assert not left.exists()
    assert fresh.exists()
