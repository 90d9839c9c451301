"""Where links and pictures of an essay lead."""

from __future__ import annotations

import io
from datetime import date

import pytest
from PIL import Image

from osai_essay.content import list_static, read_essays
from osai_essay.links import Linker, find_address, find_file, why_left_out
from osai_essay.model import Config, Resolved, Site
from osai_essay.plan import make_plan
from osai_essay.problem import Problem
from osai_essay.struct import replace

SOURCE = "content/posts/2026-01-01-a.md"
BARE = "---\n---\n"


def png(width: int, height: int) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height)).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.fixture
def linker(site, tmp_path):
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/secret.png").write_bytes(png(1, 1))
    root = site(
        {
            SOURCE: BARE,
            "content/posts/sub/2026-02-01-é ü.md": BARE,
            "content/pages/method.md": BARE,
            "content/posts/p.png": png(30, 20),
            "content/posts/é b.png": png(5, 6),
            "content/posts/drawing.svg": '<svg width="7" height="8"/>',
            "content/posts/notes.txt": "x",
            "content/posts/chart.yml": "x",
            "content/posts/index.html": "x",
            "content/posts/sub/p.png": png(1, 1),
            "content/site.yml": "title: x",
            "content/static/assets/photo.png": png(8, 9),
            "content/static/CNAME": "x",
            "content/static/a b.txt": "x",
            "data/d.csv": "a",
            "top.txt": "x",
        }
    )
    (root / "content/posts/link.png").symlink_to(tmp_path / "outside/secret.png")
    (root / "content/posts/inner.png").symlink_to("p.png")
    config = Config(title="x", baseurl="/base")
    essays, _ = read_essays(root)
    # Made after the essays were listed, for a folder that leads out is a problem of its own.
    (root / "content/posts/folder").symlink_to(tmp_path / "outside")
    static, _ = list_static(root)
    plan, problems = make_plan(
        Site(config=config, essays=essays, static=static), today=date(2026, 11, 21)
    )
    assert problems == ()
    return Linker(root, config, plan, SOURCE)


@pytest.mark.parametrize(
    "href",
    [
        "https://x.org/a?b#c",
        "HTTP://X.ORG",
        "//host/path",
        "mailto:a@b.org?subject=x",
        "tel:+1",
        "data:image/png;base64,xx",
    ],
)
def test_links_to_the_world_outside_stay_as_they_are(linker, href):
    assert linker.resolve("link", href) == Resolved(href=href)


@pytest.mark.parametrize(
    ("href", "fragment"),
    [("#part", "part"), ("#%C3%A9", "é"), ("", ""), ("?q=1", ""), ("?q#p", "p")],
)
def test_link_without_a_path_stays_on_the_page(linker, href, fragment):
    found = linker.resolve("link", href)
    assert (found.href, found.url, found.fragment) == (href or "#", "/a/", fragment)


@pytest.mark.parametrize(
    ("href", "link", "fragment"),
    [
        ("2026-01-01-a.md#x", "index.html#x", "x"),
        ("./2026-01-01-a.md", "index.html", ""),
        ("../pages/method.md#the%20part", "../method/index.html#the%20part", "the part"),
        ("sub/2026-02-01-é ü.md", "../%C3%A9-%C3%BC/index.html", ""),
        ("sub/2026-02-01-%C3%A9%20%C3%BC.md?x=1#é", "../%C3%A9-%C3%BC/index.html#%C3%A9", "é"),
        ("/method/", "../method/index.html", ""),
        ("/method", "../method/index.html", ""),
        ("/method/index.html#x", "../method/index.html#x", "x"),
        ("/base/method/", "../method/index.html", ""),
        ("/base", "../index.html", ""),
        ("/", "../index.html", ""),
        ("/feed.xml", "../feed.xml", ""),
        ("../method/", "../method/index.html", ""),
        ("..", "../index.html", ""),
        ("./", "index.html", ""),
    ],
)
def test_links_between_pages_are_relative(linker, href, link, fragment):
    found = linker.resolve("link", href)
    assert (found.href, found.fragment) == (link, fragment)
    assert found.url


@pytest.mark.parametrize(
    ("href", "link"),
    [
        ("/CNAME", "../CNAME"),
        ("/a b.txt", "../a%20b.txt"),
        ("/a%20b.txt", "../a%20b.txt"),
        ("/base/assets/photo.png", "../assets/photo.png"),
        ("../static/assets/photo.png", "../assets/photo.png"),
    ],
)
def test_static_files_are_linked_under_their_own_names(linker, href, link):
    assert linker.resolve("link", href) == Resolved(href=link)
    assert linker.copies == {}


@pytest.mark.parametrize(
    ("href", "link", "copy"),
    [
        ("notes.txt", "notes.txt", "notes.txt"),
        ("notes.txt?v=1#p", "notes.txt#p", "notes.txt"),
        ("é b.png", "%C3%A9%20b.png", "é b.png"),
        ("%C3%A9%20b.png", "%C3%A9%20b.png", "é b.png"),
        ("inner.png", "inner.png", "inner.png"),
        ("sub/p.png", "p.png", "sub/p.png"),
    ],
)
def test_file_beside_an_essay_goes_with_its_page(linker, href, link, copy):
    assert linker.resolve("link", href).href == link
    assert list(linker.copies.values()) == [f"content/posts/{copy}"]


@pytest.mark.parametrize(
    ("href", "size"),
    [
        ("p.png", (30, 20)),
        ("é b.png", (5, 6)),
        ("drawing.svg", (7, 8)),
        ("/assets/photo.png", (8, 9)),
        ("../static/assets/photo.png", (8, 9)),
        ("notes.txt", (None, None)),
    ],
)
def test_pictures_know_their_size(linker, href, size):
    found = linker.resolve("image", href)
    assert (found.width, found.height) == size


@pytest.mark.parametrize(
    "href",
    [
        "../../top.txt",
        "../../data/d.csv",
        "../../../etc/passwd",
        "../../../../../../../../etc/passwd",
        "%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "..%2f..%2f..%2fetc/passwd",
        "link.png",
        "folder/secret.png",
    ],
)
@pytest.mark.parametrize("kind", ["link", "image"])
def test_what_leads_out_of_content_is_refused(linker, kind, href):
    found = linker.resolve(kind, href)
    assert isinstance(found, Problem)
    assert found.code == "path-outside"
    assert linker.copies == {}


@pytest.mark.parametrize(
    "href",
    [
        "/etc/passwd",
        "/../../etc/passwd",
        "/nope/",
        "/basement/",
        "nope.md",
        "nope.png",
        "sub",
        "chart.yml",
        "../site.yml",
        "..\\x",
        "a\0b",
        "/a\0b",
        "x" * 5000,
        "%zz",
        "P.PNG",
    ],
)
@pytest.mark.parametrize("kind", ["link", "image"])
def test_what_is_missing_is_a_problem(linker, kind, href):
    found = linker.resolve(kind, href)
    assert isinstance(found, Problem)
    assert (found.code, found.where.file) == ("link-broken", SOURCE)
    assert linker.copies == {}


def test_broken_link_offers_the_nearest_page(linker):
    assert linker.resolve("link", "/metod/").fix == 'did you mean "/method/"?'
    assert linker.resolve("link", "metod.md").fix == 'did you mean "method.md"?'


def test_broken_link_never_offers_its_own_essay(linker):
    assert "did you mean" not in linker.resolve("link", "2026-01-02-a.md").fix


@pytest.mark.parametrize(
    ("front", "why"),
    [
        ("draft: true", "a draft"),
        ("published: false", "not published"),
        ("date: 2027-01-02", "not due before 2027-01-02"),
    ],
)
def test_link_to_what_is_left_out_says_why(site, front, why):
    root = site({SOURCE: BARE, "content/posts/2026-01-02-d.md": f"---\n{front}\n---\n"})
    essays, _ = read_essays(root)
    config = Config(title="S")
    plan, _ = make_plan(Site(config=config, essays=essays), today=date(2026, 11, 21))
    found = Linker(root, config, plan, SOURCE).resolve("link", "2026-01-02-d.md")
    assert isinstance(found, Problem)
    assert found.message == f'"2026-01-02-d.md" is {why}'
    assert found.fix == "publish it, or take the link out."
    assert why_left_out(plan, "_posts/2026-01-02-d.md") == why
    assert why_left_out(plan, "2026-01-03-d") is None


def test_two_pictures_of_one_name_cannot_go_with_one_page(linker):
    linker.resolve("image", "p.png")
    found = linker.resolve("image", "sub/p.png")
    assert isinstance(found, Problem)
    assert found.code == "url-taken"
    assert linker.copies == {"/a/p.png": "content/posts/p.png"}


def test_same_picture_twice_is_fine(linker):
    assert linker.resolve("image", "p.png") == linker.resolve("image", "./p.png")


def test_file_beside_an_essay_does_not_take_the_place_of_its_page(linker):
    assert linker.resolve("link", "index.html").code == "url-taken"


def test_address_is_found_in_each_of_its_forms():
    addresses = dict.fromkeys(["/", "/a/", "/b.html"], object())
    forms = ["/", "/index.html", "/a", "/a/", "/a/index.html", "/b", "/b.html"]
    assert all(find_address(addresses, form) for form in forms)
    assert find_address(addresses, "/c") is None


@pytest.mark.parametrize("href", ["https://x.org/p.png", "//x.org/p.png", "data:text/html,x"])
def test_picture_from_elsewhere_is_a_problem(linker, href):
    assert linker.resolve("image", href).code == "link-third-party"


def test_picture_within_its_address_is_left_as_it_is(linker):
    assert linker.resolve("image", "data:image/gif;base64,AA").href == "data:image/gif;base64,AA"


@pytest.mark.parametrize(
    ("href", "link"),
    [
        ("https://x.example/notes/assets/photo.png", "../assets/photo.png"),
        ("https://x.example/notes/method/#part", "../method/index.html#part"),
        ("https://x.example/notes", "../index.html"),
        ("https://x.example/other/", "https://x.example/other/"),
        ("https://x.example/notesque/", "https://x.example/notesque/"),
    ],
)
def test_full_address_of_this_site_is_a_link_within_it(linker, href, link):
    linker.config = Config(title="x", url="https://x.example", baseurl="/notes")
    assert linker.resolve("link", href).href == link


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("2026-01-01-a", "/a/"),
        ("_posts/2026-01-01-a.md", "/a/"),
        ("/content/posts/2026-01-01-a.md", "/a/"),
        ("sub/2026-02-01-é ü", "/é-ü/"),
        ("2026-02-01-é ü", "/é-ü/"),
        ("method.md", "/method/"),
        ("assets/photo.png", "/assets/photo.png"),
        ("2026-01-02-a", None),
        ("data/d.csv", None),
    ],
)
def test_file_is_found_by_the_name_that_jekyll_calls_it(linker, name, url):
    assert find_file(linker.plan, name) == url


class Unwalked(dict[str, str]):
    """A mapping in which names may be looked up; it is too long to be walked for each of them."""

    def __iter__(self):
        raise AssertionError("walked")

    items = values = keys = __iter__


@pytest.mark.parametrize("name", ["2026-02-01-é ü", "2026-01-01-none", "method"])
def test_files_are_looked_up_without_walking_through_all_essays(linker, name):
    plan = replace(linker.plan, essay_urls=Unwalked(linker.plan.essay_urls))
    assert find_file(plan, name) == find_file(linker.plan, name)


def test_of_two_files_of_one_name_the_first_is_found(site):
    root = site({f"content/posts/{folder}/2026-01-01-x.md": BARE for folder in "ab"})
    essays, _ = read_essays(root)
    config = Config(title="x", permalink="/:categories/:title/")
    plan, _ = make_plan(Site(config=config, essays=essays), today=date(2026, 11, 21))
    assert find_file(plan, "2026-01-01-x") == plan.essay_urls["content/posts/a/2026-01-01-x.md"]
