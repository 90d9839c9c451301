"""content/site.yml and what a site is granted."""

from __future__ import annotations

import pytest

from osai_essay.config import check_allow, read_config


def config(site, source: str, **more):
    return read_config(site({"content/site.yml": source}), **more)


def faults(site, source: str):
    return [(each.code, str(each.where)) for each in config(site, source)[1]]


def test_every_key_is_read(site):
    found, problems = config(
        site,
        "title: T\ndescription: D\nurl: https://x.org/\nbaseurl: /e/\nauthor: A\nlanguage: zh-Hans\n"
        "permalink: pretty\nnavigation:\n- {title: Data, url: /data/}\n"
        "entities: {country: {US: {label: US, color: '#2a5fb0'}}}\nexplore: {bundle: full}\nmine: {a: [1, no]}\n",
    )
    assert problems == ()
    assert (found.title, found.url, found.baseurl) == ("T", "https://x.org", "/e")
    assert (found.language, found.permalink) == ("zh-Hans", "pretty")
    assert [item.url for item in found.navigation] == ["/data/"]
    assert found.entities["country"]["US"].color == "#2a5fb0"
    assert found.bundle
    assert (found.bundle.name, str(found.bundle.where)) == ("full", "content/site.yml:11:19")
    assert found.extra == {"mine": {"a": [1, "no"]}}


def test_site_without_settings_is_called_after_its_folder(site):
    found, problems = read_config(site({"x": ""}))
    assert found.title == "site"
    assert problems == ()


@pytest.mark.parametrize(
    ("source", "choice"), [("", "drop"), ("print:", "drop"), ("print: {tables: open}", "open")]
)
def test_tables_are_printed_where_the_site_says_so(site, source, choice):
    found, problems = config(site, f"title: x\n{source}\n")
    assert (found.print_tables, problems) == (choice, ())


def test_norwegian_is_a_language_and_no_flag(site):
    assert config(site, "title: x\nlanguage: no")[0].language == "no"


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("", ("site-incomplete", "content/site.yml")),
        ("title: ''", ("site-incomplete", "content/site.yml:1:1")),
        ("- a", ("site-wrong", "content/site.yml:1")),
        ("title: {a: b}", ("site-wrong", "content/site.yml:1:8")),
        ("title: x\ntitle: y", ("yaml-key-twice", "content/site.yml:2:1")),
        ("title: x\nexplore: full", ("site-wrong", "content/site.yml:2:10")),
        (
            "title: x\nexplore: {bundel: a}",
            ("explore-setting-key-unknown", "content/site.yml:2:11"),
        ),
        ("title: x\nexplore: {bundle: []}", ("explore-setting-wrong", "content/site.yml:2:19")),
        ("title: x\nurl: https://x.org/path", ("site-wrong", "content/site.yml:2:6")),
        ("title: x\nurl: ftp://x.org", ("site-wrong", "content/site.yml:2:6")),
        ("title: x\nbaseurl: essays", ("site-wrong", "content/site.yml:2:10")),
        ("title: x\nbaseurl: /a/../b", ("site-wrong", "content/site.yml:2:10")),
        ("title: x\nbaseurl: '/a b'", ("site-wrong", "content/site.yml:2:11")),
        ("title: x\nlanguage: '!'", ("site-wrong", "content/site.yml:2:12")),
        ("title: x\nnavigation: {a: b}", ("site-wrong", "content/site.yml:2:13")),
        (
            "title: x\nnavigation:\n- title: a",
            ("navigation-entry-incomplete", "content/site.yml:3:3"),
        ),
        ("title: x\nentities: [a]", ("site-wrong", "content/site.yml:2:11")),
        ("title: x\nentities: {country: {US: a}}", ("entity-wrong", "content/site.yml:2:26")),
        (
            "title: x\nentities: {c: {US: {colr: 1}}}",
            ("entity-key-unknown", "content/site.yml:2:21"),
        ),
        ("title: x\nentities: {c: {US: {color: red}}}", ("entity-wrong", "content/site.yml:2:28")),
    ],
)
def test_what_is_wrong_names_its_place(site, source, fault):
    assert faults(site, source) == [fault]


def test_all_faults_of_the_file_come_at_once(site):
    assert len(faults(site, "url: x\nbaseurl: y\nlanguage: '!'\nnavigation: 5")) == 5


def test_settings_that_are_a_link_out_of_the_root_are_not_read(site, tmp_path):
    (tmp_path / "secret.yml").write_text("title: secret")
    root = site({"content/x": ""})
    (root / "content/site.yml").symlink_to(tmp_path / "secret.yml")
    found, problems = read_config(root)
    assert found.title == ""
    assert [each.code for each in problems] == ["path-outside"]


def test_grants_come_from_pyproject_and_from_the_command(site):
    root = site({"pyproject.toml": '[tool.osai-essay]\nallow = ["python"]\n'})
    assert read_config(root, ["html"])[0].allow == {"python", "html"}


def test_content_cannot_grant_itself_anything(site):
    assert config(site, "title: x\nallow: [python]")[0].allow == frozenset()


@pytest.mark.parametrize(
    "source",
    [
        "x = ",
        '[tool.osai-essay]\nallow = "python"',
        '[tool.osai-essay]\nallow = ["pyton"]',
        "[tool.osai-essay]\nallow = [1]",
        '[tool.osai-essay]\nallow = [["python"]]',
        "[tool]\nosai-essay = 5",
        "tool = 5",
        b"\xff",
    ],
)
def test_grants_that_cannot_be_read_grant_nothing(site, source):
    found, problems = read_config(site({"pyproject.toml": source}))
    assert found.allow == frozenset()
    assert [each.code for each in problems] == ["grant-wrong"]


def test_grants_are_not_read_from_outside_the_site(site, tmp_path):
    (tmp_path / "grants.toml").write_text('[tool.osai-essay]\nallow = ["python"]\n')
    root = site({"content/site.yml": "title: x"})
    (root / "pyproject.toml").symlink_to(tmp_path / "grants.toml")
    found, problems = read_config(root)
    assert found.allow == frozenset()
    assert [(each.code, each.where.file) for each in problems] == [
        ("path-outside", "pyproject.toml")
    ]


@pytest.mark.parametrize("source", ["", "\ufeff[tool.other]\nx = 1", "[project]\nname = 'x'"])
def test_pyproject_of_another_purpose_is_fine(site, source):
    assert read_config(site({"pyproject.toml": source}))[1] == ()


def test_allow_on_the_command_line_offers_the_nearest_word():
    assert check_allow(["python", "html"]) is None
    assert 'did you mean "python"' in check_allow(["pyton"])
