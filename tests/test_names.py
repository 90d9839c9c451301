"""What `site` and `page` are in content's own templates."""

from __future__ import annotations

from osai_essay.content import read_essays
from osai_essay.model import Config
from osai_essay.names import page_names, site_names
from osai_essay.problem import Where
from osai_essay.template import parse_text, render_text


def test_site_has_its_settings_and_the_authors_own():
    names = site_names(
        Config(title="T", url="https://x.org", extra={"mine": {"a": 1}, "title": "no"})
    )
    assert names["title"] == "T"
    assert names["mine"] == {"a": 1}


def test_site_does_not_tell_what_it_is_granted():
    assert "allow" not in site_names(Config(title="T", allow=frozenset({"python"})))


def test_page_has_its_front_matter_and_address(site):
    front = "title: T\ndate: 2026-01-02\ntags: [a, b]\nmine: {deep: [1, 2]}\nurl: /wrong/"
    (essay,), _ = read_essays(site({"content/posts/a.md": f"---\n{front}\n---\n"}))
    names = page_names(essay, "/a/")
    source = (
        "{{ page.title }} {{ page.date }} {{ page.tags }} {{ page.mine.deep[1] }} {{ page.url }}"
    )
    text, problems = parse_text(source, Where(file="x"))
    assert problems == ()
    assert render_text(text, {"page": names}) == ("T 2026-01-02 a, b 2 /a/", ())


def test_date_that_is_not_there_is_not_defined(site):
    (essay,), _ = read_essays(site({"content/pages/a.md": "---\n---\n"}))
    text, _ = parse_text("{% if page.date %}yes{% else %}no{% endif %}", Where(file="x"))
    assert render_text(text, {"page": page_names(essay, "/a/")}) == ("no", ())
