"""Files under the root: which are listed, what is read, what leads out."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from osai_essay.files import (
    find_closed,
    is_file,
    is_inside,
    is_there,
    list_files,
    read_lines,
    read_text,
    relative,
)
from osai_essay.load import load_site
from osai_essay.problem import SiteError


def listed(root, folder="content", suffixes=()):
    return [relative(root, path) for path in list_files(root, folder, suffixes)]


def fault(root, name):
    with pytest.raises(SiteError) as caught:
        read_text(root, root / name)
    return caught.value.problem


def test_files_are_listed_sorted_and_in_every_folder(site):
    root = site({"content/b.md": "", "content/a/z.md": "", "content/a.md": "", "other/x.md": ""})
    assert listed(root) == ["content/a.md", "content/b.md", "content/a/z.md"]


def test_folder_that_is_not_there_has_no_files(site):
    assert listed(site({}), "nowhere") == []


def test_suffix_is_compared_without_case(site):
    assert listed(site({"content/a.MD": "", "content/b.txt": ""}), suffixes=(".md",)) == [
        "content/a.MD"
    ]


@pytest.mark.parametrize("name", [".DS_Store", "._a", "a.md~", ".gitkeep", ".git/config"])
def test_what_editors_and_systems_leave_is_not_listed(site, name):
    assert listed(site({f"content/{name}": ""})) == []


def test_dot_files_that_hosts_want_are_listed(site):
    assert listed(site({"content/.nojekyll": ""})) == ["content/.nojekyll"]


def test_folder_link_out_of_the_root_is_listed_but_not_entered(site, tmp_path):
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/secret.md").write_text("x")
    root = site({"content/a.md": ""})
    (root / "content/link").symlink_to(tmp_path / "outside")
    assert listed(root, suffixes=(".md",)) == ["content/a.md", "content/link"]


def test_link_to_the_whole_disk_is_not_walked(site):
    root = site({"content/a.md": ""})
    (root / "content/disk").symlink_to("/")
    assert listed(root) == ["content/a.md", "content/disk"]


def test_base_folder_that_leads_out_is_listed_itself(site, tmp_path):
    (tmp_path / "outside").mkdir()
    root = site({"x": ""})
    (root / "content").symlink_to(tmp_path / "outside")
    assert listed(root) == ["content"]


def test_folder_link_inside_the_root_is_entered(site):
    root = site({"content/real/a.md": ""})
    (root / "content/same").symlink_to("real")
    assert listed(root) == ["content/real/a.md", "content/same/a.md"]


def test_folder_link_to_its_own_parent_does_not_loop(site):
    root = site({"content/a/x.md": ""})
    (root / "content/a/up").symlink_to("..")
    assert listed(root) == ["content/a/x.md"]


def test_folder_links_to_one_another_do_not_loop(site):
    root = site({"content/a/x.md": "", "content/b/y.md": ""})
    (root / "content/a/self").symlink_to("../a")
    (root / "content/a/b").symlink_to("../b")
    (root / "content/b/a").symlink_to("../a")
    assert listed(root) == [
        "content/a/x.md", "content/a/b/y.md", "content/b/y.md", "content/b/a/x.md"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"a\nb", "a\nb"),
        (b"\xef\xbb\xbfa", "a"),
        (b"a\r\nb\r\n", "a\nb\n"),
        (b"a\rb", "a\nb"),
        (b"", ""),
        ("é 中".encode(), "é 中"),
    ],
    ids=["lf", "bom", "crlf", "cr", "empty", "unicode"],
)
def test_text_is_read_whatever_wrote_it(site, content, text):
    root = site({"a.md": content})
    assert read_text(root, root / "a.md") == text


def test_other_encoding_names_the_line_and_byte(site):
    problem = fault(site({"a.md": b"one\ntwo \xe9\n"}), "a.md")
    assert problem.code == "file-not-utf8"
    assert str(problem.where) == "a.md:2"
    assert "0xe9" in problem.message


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        ("", []),
        ("a\n\nb\n", ["a", "", "b"]),
        ("a\r\nb", ["a", "b"]),
        ("a\x85b\u2028c\x0cd\n", ["a\x85b\u2028c\x0cd"]),
    ],
)
def test_lines_end_where_an_editor_ends_them(site, content, lines):
    assert read_lines(site({"a.md": content.encode()}), "a.md") == lines


def test_lines_of_what_is_no_text_are_none(site):
    root = site({"a.md": b"\xff"})
    assert read_lines(root, "a.md") is None
    assert read_lines(root, "b.md") is None


def test_file_that_is_not_there_is_unreadable(site):
    assert fault(site({}), "a.md").code == "file-unreadable"


def test_folder_instead_of_a_file_is_unreadable(site):
    assert fault(site({"a.md/x": ""}), "a.md").code == "file-unreadable"


def test_link_out_of_the_root_is_not_read(site, tmp_path):
    (tmp_path / "secret").write_text("x")
    root = site({"a": ""})
    (root / "a.md").symlink_to(tmp_path / "secret")
    assert fault(root, "a.md").code == "path-outside"


def test_sibling_whose_name_begins_like_the_root_is_outside(tmp_path):
    root = tmp_path / "site"
    root.mkdir()
    assert not is_inside(root, tmp_path / "site-two/a")
    assert is_inside(root, root / "a/../b")
    assert not is_inside(root, root / "a/../../b")


def test_a_link_anywhere_on_the_way_is_followed(tmp_path):
    (tmp_path / "site/posts/own").mkdir(parents=True)
    (tmp_path / "other").mkdir()
    root = tmp_path / "link"
    root.symlink_to("site")
    (root / "posts/away").symlink_to(tmp_path / "other")
    (root / "posts/home").symlink_to(tmp_path / "site/posts/own")
    assert is_inside(root, root / "posts/a.md")
    assert is_inside(root, root / "posts/home/a.md")
    assert not is_inside(root, root / "posts/away/a.md")
    assert not is_inside(root, root / "posts/away/../../other")


def test_links_that_lead_to_one_another_are_outside(site):
    root = site({"x": ""})
    (root / "a").symlink_to("b")
    (root / "b").symlink_to("a")
    assert not is_file(root / "a")


@pytest.mark.parametrize("name", ["a\0b", "a" * 5000], ids=["nul", "too long"])
def test_name_no_system_takes_is_no_file(site, name):
    assert not is_file(site({}) / name)


def test_folder_that_may_not_be_listed_is_named(site, monkeypatch):
    """What is in it would be missing from the site without a word. Root may list any folder."""
    root = site({"content/posts/a.md": "", "content/.trash/x": "", "content/site.yml": ""})
    scandir = os.scandir

    def refuse(path):
        if str(path).endswith(("posts", ".trash")):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    (problem,) = find_closed(root, "content")
    assert (problem.code, problem.where.file) == ("file-unreadable", "content/posts")
    assert problem.message == "this folder cannot be read: Permission denied"
    assert not list(find_closed(root, "data"))
    _, problems = load_site(root)
    assert problem in problems


def test_name_in_a_folder_that_is_closed_is_not_there(monkeypatch, tmp_path):
    def refuse(self, **_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "stat", refuse)
    assert not is_there(tmp_path)
    assert not is_file(tmp_path)
