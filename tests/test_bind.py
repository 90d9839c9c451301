"""Numbers and claims: values, formats, rows behind them, and what a false claim says."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from osai_essay.bind import say_range
from osai_essay.build import Options, Result, build_site
from osai_essay.query import Queries

Site = Callable[[Mapping[str, str | bytes]], Path]

MONEY = (
    "company,country,amount_usd_bn,announced,source_id\n"
    "Amazon,US,100.25,2025-01-31,src-a\n"
    "Meta,US,50,2025-03-01,src-b\n"
    "Tencent,CN,12.5,2025-02-10,src-b\n"
)
PACKAGE = """\
name: money
resources:
  - name: money
    path: money.csv
    title: Money of companies
    schema:
      fields:
        - {name: company, type: string}
        - {name: country, type: string}
        - {name: amount_usd_bn, type: number, title: Amount, unit: USD bn}
        - {name: announced, type: date}
        - {name: source_id, type: string, references: sources}
  - name: sources
    path: sources.yml
    schema:
      fields:
        - {name: id, type: string}
        - {name: title, type: string}
        - {name: url, type: string}
      primaryKey: [id]
"""
SOURCES = """\
- {id: src-a, title: Report A, url: "https://example.org/a"}
- {id: src-b, title: Report B, url: "https://example.org/b"}
- {id: src-c, title: Report C, url: "https://example.org/c"}
"""
NUMBER = '<a class="number" href="#number-us">{}</a>'
US = "us: {label: US money, from: money, where: country = 'US', value: sum(amount_usd_bn), unit: USD bn}\n"
CN = "cn: {label: Chinese money, from: money, where: country = 'CN', value: sum(amount_usd_bn), unit: USD bn}\n"


def small(numbers: str, body: str, *, front: str = "", **files: str) -> dict[str, str | bytes]:
    return {
        "content/site.yml": "title: Small\nurl: https://example.org\n",
        "content/posts/2026-11-01-a.md": f"---\ntitle: A\n{front}---\n\n{body}\n",
        "content/numbers.yml": numbers,
        "data/money.csv": MONEY,
        "data/sources.yml": SOURCES,
        "data/datapackage.yaml": PACKAGE,
        **{name.replace("__", "/"): text for name, text in files.items()},
    }


def build(root: Path) -> Result:
    return build_site(root, Options(today=date(2026, 11, 21), output=root / "build"))


def page_of(root: Path, name: str = "a/index.html") -> str:
    result = build(root)
    assert not [p for p in result.problems if p.is_error], result.problems
    return (root / "build" / name).read_text(encoding="utf-8")


def said(html: str) -> list[str]:
    """What the numbers of the text print, in order."""
    return re.findall(r'<a class="number" href="#number-\w+">([^<]*)</a>', html)


@pytest.mark.parametrize(
    ("declared", "printed"),
    [
        ("from: money, value: sum(amount_usd_bn), unit: USD bn", "$163 billion"),
        ("from: money, value: sum(amount_usd_bn), unit: USD bn, digits: 5", "$162.75 billion"),
        ("from: money, value: sum(amount_usd_bn), unit: USD bn, format: $0bn", "$163bn"),
        ("from: money, value: count(*)", "3"),
        ("from: money, value: count(*), unit: companies", "3 companies"),
        ("from: money, value: avg((country = 'US')::int), unit: share", "66.7%"),
        ('from: money, value: "arg_max(company, amount_usd_bn)"', "Amazon"),
        ("from: money, value: max(announced)", "1 March 2025"),
        ("sql: select max(announced) - min(announced) as d from money, unit: days", "29 days"),
        ("formula: us / cn, unit: times, digits: 2", "12 times"),
        ('formula: "[us, cn] | max", unit: USD bn', "$150 billion"),
        ("formula: (us - cn) / us * 100, unit: percent", "91.7%"),
        ("range: [cn, us]", "$12.5–150 billion"),
        ("constant: 336, source: src-c, unit: USD bn", "$336 billion"),
        ("constant: 2025, source: src-c, unit: year", "2025"),
        ("constant: 2025-05-23, source: src-c", "23 May 2025"),
        ('constant: "2025-05-23", source: src-c', "23 May 2025"),
        ("constant: 2025-05, source: src-c", "2025-05"),
    ],
)
def test_number_prints_in_the_sites_style(site: Site, declared: str, printed: str) -> None:
    numbers = f"{US}{CN}x: {{label: X, {declared}}}\n"
    if "announced" in declared and "sql" in declared:
        numbers = (
            f"{US}{CN}x:\n  label: X\n  unit: days\n  sql: {declared[5:].partition(', unit')[0]}\n"
        )
    html = page_of(site(small(numbers, "It was {{ x }}, {{ us }} and {{ cn }}.")))
    assert said(html)[0] == printed


def test_days_between_dates_that_stand_in_no_dataset(site: Site) -> None:
    days = "".join(
        f"{name}: {{label: Day, constant: 2025-05-{day}, source: src-c}}\n"
        for name, day in (("first", "05"), ("last", "23"))
    )
    numbers = f"{days}n: {{label: Days, formula: last - first, unit: days}}\n"
    assert said(page_of(site(small(numbers, "{{ n }} {{ first }} {{ last }}"))))[0] == "18 days"


@pytest.mark.parametrize(
    "use",
    [
        "{{ us ~ ' x' }}",
        "{{ us | append: ' x' }}",
        "{{ '' | append: us }} x",
        "{{ ' x' | prepend: us }}",
        "{{ 'it x' | replace('it', us) }}",
    ],
)
def test_number_put_together_with_a_text_is_what_it_prints(site: Site, use: str) -> None:
    assert "<p>$150 billion x</p>" in page_of(site(small(US, use)))


@pytest.mark.parametrize(
    ("use", "printed"),
    [
        ("{{ [us, cn] | join(' and ') }}", "$150 billion and $12.5 billion"),
        ("{{ [us, cn] }}", "$150 billion, $12.5 billion"),
        ("{{ [us, cn] | sort | join(', ') }}", "$12.5 billion, $150 billion"),
        ("{{ [us, cn] | reverse | array_to_sentence_string }}", "$12.5 billion and $150 billion"),
        ("{{ [cn, us] | last }}", NUMBER.format("$150 billion")),
        ("{{ [us, cn][0] }}", NUMBER.format("$150 billion")),
        ("{% for x in [us] %}{{ x }}{% endfor %}", NUMBER.format("$150 billion")),
        ("{{ us | default('none') }}", NUMBER.format("$150 billion")),
        ("{{ page.nothing | default(us) }}", NUMBER.format("$150 billion")),
        ("{{ us | truncate(6) }}", "$150…"),
        ("{{ us | slugify }}", "150-billion"),
        ("{% if us in [us, cn] and [us, cn] | max > cn %}yes{% endif %}", "yes"),
    ],
)
def test_number_of_a_list_is_what_it_prints_alone(site: Site, use: str, printed: str) -> None:
    assert f"<p>{printed}</p>" in page_of(site(small(US + CN, f"{use}\n\n{{{{ cn }}}}")))


def test_number_that_an_include_is_given_is_what_it_prints(site: Site) -> None:
    files = small(US, "{% include box.html x=us %}")
    files["templates/includes/box.html"] = "<p>It was {{ include.x }}.</p>"
    assert "<p>It was $150 billion.</p>" in page_of(site(files))


def test_number_in_another_language(site: Site) -> None:
    files = small(US, "Es waren {{ us }}.") | {"content/site.yml": "title: S\nlanguage: de\n"}
    assert said(page_of(site(files))) == ["150 Milliarden\xa0$"]


@pytest.mark.parametrize(
    ("use", "printed"),
    [
        ("{{ us | format('$0.0bn') }}", "$150.3bn"),
        ("{{ us | digits(1) }}", "$200 billion"),
        ("{{ cn | format('0,0') }}", "13"),
        ("{{ us if us > cn else cn }}", "$150 billion"),
    ],
)
def test_one_use_may_be_printed_otherwise_and_stays_a_link(
    site: Site, use: str, printed: str
) -> None:
    html = page_of(site(small(US + CN, f"It was {use}. {{{{ us }}}} {{{{ cn }}}}")))
    assert said(html)[0] == printed


def test_number_is_bare_where_no_link_may_stand(site: Site) -> None:
    body = "## Over {{ us }}\n\n[More than {{ us }}](https://example.com) `{{ us }}`"
    html = page_of(site(small(US, body, front='description: "Of {{ us }}"\ntoc: true\n')))
    assert "<title>A" in html
    assert '<meta name="description" content="Of $150 billion">' in html
    assert '<a href="https://example.com">More than $150 billion</a>' in html
    assert "<code>$150 billion</code>" in html
    assert 'id="over-us"' in html  # by its name, so that the link lasts
    assert html.count('<a class="number"') == 1  # in the heading itself, not in the contents


def test_number_of_a_chart_stands_in_its_words_and_lines(site: Site) -> None:
    chart = (
        "title: In 2025 US firms planned {{ us }}\nalt: Bars of {{ us | format('$0bn') }}.\n"
        "kind: bar\nfrom: money\nx: company\ny: amount_usd_bn\n"
        "lines: [{y: cn, text: 'China {{ cn }}'}]\n"
    )
    files = small(US + CN, "Words.") | {"content/charts/money.yml": chart}
    html = page_of(site(files), "charts/money/index.html")
    assert "In 2025 US firms planned $150 billion" in html
    assert 'alt="Bars of $150bn."' in html
    figure = (site({}) / "build/charts/money/money.js").read_text(encoding="utf-8")
    assert "China $12.5 billion" in figure
    assert '"y0":12.5' in figure.replace(" ", "")


def test_essays_own_number_is_unknown_elsewhere(site: Site) -> None:
    own = f"numbers:\n  {US.strip()}\n"
    files = small("", "{{ us }}", front=own)
    del files["content/numbers.yml"]
    files["content/posts/2026-11-02-b.md"] = "---\ntitle: B\n---\n\n{{ us }}\n"
    problems = build(site(files)).problems
    assert [(p.code, p.where.file) for p in problems] == [
        ("name-unknown", "content/posts/2026-11-02-b.md")
    ]


def test_true_claim_prints_its_words_and_opens_its_audit(site: Site) -> None:
    body = "China planned {% claim cn < us / 3 %}*less* than a third of {{ us }}{% endclaim %}."
    html = page_of(site(small(US + CN, body)))
    assert (
        'planned <a class="claim" href="#claim-1"><em>less</em> than a third of $150 billion</a>.'
        in html
    )
    entry = html.partition('<li id="claim-1">')[2].partition("</li>")[0]
    assert "<code>cn &lt; us / 3</code>" in entry
    assert "<mark>less than a third of $150 billion</mark>.</a>" in entry
    assert "US money</a>: 150.2 billion US dollars" in entry
    assert "Chinese money</a>: 12.5 billion US dollars" in entry
    assert "differ by 75% of the right one" in entry


@pytest.mark.parametrize(
    ("rule", "margin"),
    [
        ("cn < us / 3", 0.7504),
        ("us > 100", 0.5025),
        ("us > 100 and cn > 12", 0.0417),
        ("us > 100 or cn > 12", 0.5025),
        ("not us < 100", 0.5025),
        ("10 < cn < 15", 0.1667),
        ("us == us", None),
        ("us != cn", None),
    ],
)
def test_margin_of_a_claim(site: Site, rule: str, margin: float | None) -> None:
    body = f"{{% claim {rule} %}}So it is{{% endclaim %}} {{{{ us }}}} {{{{ cn }}}}"
    root = site(small(US + CN, body))
    page_of(root)
    claims = json.loads((root / "build/numbers.json").read_text(encoding="utf-8"))["claims"]
    assert claims[0]["margin"] == (None if margin is None else pytest.approx(margin, abs=1e-4))


def test_claims_in_front_matter_and_in_a_title_are_checked(site: Site) -> None:
    front = 'claims: ["us > 1000"]\n'
    files = small(US, "{{ us }}", front=front)
    files["content/posts/2026-11-02-b.md"] = (
        '---\ntitle: "{% claim us < 0 %}Less{% endclaim %}"\n---\n\n{{ us }}\n'
    )
    problems = build(site(files)).problems
    assert [(p.code, p.where.file[-4:], p.where.line) for p in problems] == [
        ("claim-false", "a.md", 3),
        ("claim-false", "b.md", 2),
    ]
    assert "us = 150.25" in problems[0].message


def test_number_that_fails_is_said_once(site: Site) -> None:
    numbers = (
        "us: {label: US, from: money, where: country = 'FR', value: sum(amount_usd_bn)}\n"
        "twice: {label: Twice, formula: us * 2}\n"
    )
    body = "{{ us }} {{ twice }} {% claim twice > 2 %}more{% endclaim %}"
    problems = build(site(small(numbers, body))).problems
    assert [p.code for p in problems] == ["number-empty"]


def test_numbers_of_a_post_that_cannot_be_read_are_not_called_unused(site: Site) -> None:
    assert [p.code for p in build(site(small(US, "{{ us"))).problems] == ["template-syntax"]


def test_broken_number_is_one_problem_however_often_it_is_used(site: Site) -> None:
    declared = US.replace("country = 'US'", "country = 'USA'")
    body = (
        "{{ us }} {{ us | digits(2) }} {{ us | words }} {{ us | upper }} {% if us > 3 %}x{% endif %}"
        "\n\n{% claim us > cn %}more{% endclaim %} {{ us ~ 'x' }}"
    )
    problems = build(site(small(declared + CN, body, front='description: "{{ us }}"\n'))).problems
    assert [p.code for p in problems] == ["number-empty"]
    assert 'did you mean "US"?' in problems[0].fix


def test_unused_number_is_a_warning(site: Site) -> None:
    result = build(site(small(US + CN, "{{ us }}")))
    assert [(p.code, p.severity) for p in result.problems] == [("number-unused", "warning")]


def test_number_used_by_a_template_counts_as_used(site: Site) -> None:
    files = small(US, "Words.") | {
        "templates/404.html": '{% extends "base.html" %}{% block main %}{{ numbers.us }}{% endblock %}'
    }
    assert "$150 billion" in page_of(site(files), "404.html")
    assert build(site({})).problems == ()


def test_entry_names_rows_sources_and_other_uses(site: Site) -> None:
    files = small(US, "It was {{ us }}.")
    files["content/posts/2026-11-02-b.md"] = "---\ntitle: Other\n---\n\nAgain {{ us }}.\n"
    html = page_of(site(files))
    entry = html.partition('<li id="number-us">')[2].partition("audit-links")[0]
    assert "150.25 billion US dollars" in entry
    assert "The sum of Amount, over 2 rows of “Money of companies”" in entry
    assert "SELECT sum(amount_usd_bn)\nFROM money\nWHERE country = &#39;US&#39;" in entry
    assert "Report A" in entry
    assert "Report B" in entry
    assert "Report C" not in entry
    assert 'href="../b/index.html">Other</a>' in entry
    assert entry.count("<tr>") == 3


def test_page_and_json_of_a_number(site: Site) -> None:
    root = site(small(US + CN + "r: {label: R, formula: us / cn}\n", "{{ r }}"))
    page = page_of(root, "numbers/us/index.html")
    assert page.count("<tr>") == 3
    assert (root / "build/numbers/us/us.csv").read_text(encoding="utf-8").count("\n") == 3
    found = json.loads((root / "build/numbers.json").read_text(encoding="utf-8"))["numbers"]
    assert found["us"]["value"] == 150.25
    assert found["us"]["sources"] == [
        {"id": "src-a", "title": "Report A", "url": "https://example.org/a"},
        {"id": "src-b", "title": "Report B", "url": "https://example.org/b"},
    ]
    assert found["r"]["parts"] == ["us", "cn"]


def test_site_without_numbers_has_no_page_of_them(site: Site) -> None:
    files = small("", "Words.")
    del files["content/numbers.yml"]
    root = site(files)
    page_of(root)
    assert not (root / "build/numbers").exists()
    assert not (root / "build/numbers.json").exists()


def test_swapped_row_changes_the_sentence(site: Site) -> None:
    root = site(small(US, "It was {{ us }}."))
    assert said(page_of(root)) == ["$150 billion"]
    site({"data/money.csv": MONEY.replace("100.25", "300")})
    assert said(page_of(root)) == ["$350 billion"]


def test_corrections_stand_in_their_essay_and_where_all_are_asked_for(site: Site) -> None:
    files = small(US, "It was {{ us }}.")
    files["content/posts/2026-11-02-b.md"] = "---\ntitle: B\n---\n\n{{ us }}\n"
    files["content/pages/method.md"] = "---\ntitle: M\n---\n\n{% include corrections.html %}\n"
    files["content/corrections.yml"] = (
        "- {date: 2026-11-20, essays: [2026-11-01-a.md], wrong: Old <b>, right: New, why: A slip.}\n"
    )
    root = site(files)
    own = page_of(root)
    assert "<del>Old &lt;b&gt;</del> <ins>New</ins> A slip." in own
    assert "Corrections" not in (root / "build/b/index.html").read_text(encoding="utf-8")
    method = (root / "build/method/index.html").read_text(encoding="utf-8")
    assert '<time datetime="2026-11-20">20 November 2026</time>' in method
    assert '<a href="../a/index.html">A</a>' in method


def test_no_corrections_are_said_too(site: Site) -> None:
    files = small(US, "{{ us }}\n\n{% include corrections.html %}")
    assert "None so far." in page_of(site(files))


def test_page_of_a_dataset_names_its_numbers_and_claims(site: Site) -> None:
    body = "{{ r }} and {% claim cn < us %}less{% endclaim %}"
    root = site(small(US + CN + "r: {label: Ratio, formula: us / cn}\n", body))
    html = page_of(root, "data/money/index.html")
    assert re.findall(r'href="../../numbers/(\w+)/index.html">', html) == ["us", "cn", "r"]
    assert '<a href="../../a/index.html#claim-1">12 and less</a>' in html
    assert '<a href="../../a/index.html">A</a>' in html


@pytest.mark.parametrize("body", ["{{ r }}", "{% claim r > 1 %}more{% endclaim %}"])
def test_data_used_are_those_of_numbers_and_claims_too(site: Site, body: str) -> None:
    html = page_of(site(small(US + CN + "r: {label: Ratio, formula: us / cn}\n", body)))
    used = html.partition('id="data-used"')[2].partition("</section>")[0]
    assert re.findall(r'href="(.*?)">(.*?)<', used) == [
        ("../data/money/index.html", "Money of companies")
    ]


@pytest.mark.parametrize(
    ("where", "shown"),
    [
        ("country = 'US'", ["Company", "Amount"]),  # all of one country
        ("country = 'US' or country = 'CN'", ["Company", "Country", "Amount"]),
        ("announced <= '2025-01-31'", ["Company", "Amount", "Announced"]),
    ],
)
def test_first_rows_leave_out_what_the_condition_says(
    site: Site, where: str, shown: list[str]
) -> None:
    numbers = f'n: {{label: N, from: money, where: "{where}", value: sum(amount_usd_bn)}}\n'
    html = page_of(site(small(numbers, "{{ n }}")))
    entry = html.partition('<li id="number-n">')[2].partition("audit-links")[0]
    heads = re.findall(r'<th scope="col"[^>]*>(\w+)', entry)
    assert heads == shown


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("us > page.limit", "has to do with numbers alone"),
        ("us > 1000 and site.title == 'Small'", "has to do with numbers alone"),
        ("us > 1000 or 1 / zero > 2", "divides by zero"),
    ],
)
def test_rule_that_cannot_be_checked_never_prints(site: Site, rule: str, said: str) -> None:
    numbers = US + 'zero: {label: Zero, from: money, value: "sum(0 * amount_usd_bn)"}\n'
    body = f"{{{{ us }}}} {{{{ zero }}}} {{% claim {rule} %}}more{{% endclaim %}}"
    problems = build(site(small(numbers, body, front="limit: 5000\n"))).problems
    assert [p for p in problems if p.is_error and said in p.message]


def test_rule_that_is_settled_early_has_a_margin(site: Site) -> None:
    numbers = US + 'zero: {label: Zero, from: money, value: "sum(0 * amount_usd_bn)"}\n'
    body = "{% claim us > 100 or 1 / zero > 2 %}more{% endclaim %}"
    root = site(small(numbers, body))
    page_of(root)
    claims = json.loads((root / "build/numbers.json").read_text(encoding="utf-8"))["claims"]
    assert claims[0]["margin"] == pytest.approx(0.5025)


@pytest.mark.parametrize(
    "words",
    ["[a][b]", "[^1]", "<http://e.org>", "http://e.org/b", "a | b", "one\n- two", "one\n\ntwo"],
)
def test_claim_goes_around_plain_words_alone(site: Site, words: str) -> None:
    body = f"{{{{ us }}}} {{% claim us > 1 %}}{words}{{% endclaim %}}"
    problems = build(site(small(US, body))).problems
    assert [p.code for p in problems if p.is_error] == ["claim-wrong"]


@pytest.mark.parametrize(
    ("body", "column"),
    [("a {% claim us > 1 %}b {{ us }}", 6), ("a {{ us }} b{% endclaim %}", 16)],
)
def test_claim_without_its_other_half_is_named(site: Site, body: str, column: int) -> None:
    problems = build(site(small(US, body))).problems
    found = [(p.code, p.where.column) for p in problems if p.is_error]
    assert found == [("claim-wrong", column)]


@pytest.mark.parametrize("front", ["published: false\n", "draft: true\n"])
def test_numbers_of_an_essay_that_is_not_out_stay_at_home(site: Site, front: str) -> None:
    files = small(US, "{{ us }}")
    files["content/posts/2026-11-02-b.md"] = (
        f"---\ntitle: B\n{front}numbers:\n  secret: "
        "{label: Zebra, from: money, value: count(*)}\n---\n\n"
        "{{ secret }} {% claim secret > 99 %}zebra words{% endclaim %}\n"
    )
    root = site(files)
    page_of(root)
    built = [p for p in (root / "build").rglob("*") if p.is_file()]
    assert not [p for p in built if b"zebra" in p.read_bytes().lower()]
    assert not (root / "build/numbers/secret").exists()


def test_range_of_negative_numbers_keeps_both_signs(site: Site) -> None:
    numbers = (
        "low: {label: L, from: money, value: -max(amount_usd_bn), unit: USD bn}\n"
        "high: {label: H, from: money, value: -min(amount_usd_bn), unit: USD bn}\n"
        "span: {label: S, range: [low, high]}\n"
    )
    assert said(page_of(site(small(numbers, "{{ span }}")))) == [
        "\u2212$100 billion – \u2212$12.5 billion"
    ]


def test_arithmetic_in_prose_prints_no_noise(site: Site) -> None:
    assert "is 0.3." in page_of(site(small(US, "{{ us }} is {{ 0.1 * 3 }}.")))


def test_formula_over_no_number_is_refused(site: Site) -> None:
    problems = build(site(small("x: {label: X, formula: 3}\n", "{{ x }}"))).problems
    assert [p.code for p in problems] == ["number-wrong"]


def test_rows_and_value_of_sql_both_name_their_datasets(site: Site) -> None:
    numbers = "x:\n  label: X\n  sql: select sum(amount_usd_bn) from money\n  rows: select id from sources\n"
    root = site(small(numbers, "{{ x }}"))
    page_of(root)
    found = json.loads((root / "build/numbers.json").read_text(encoding="utf-8"))["numbers"]
    assert found["x"]["datasets"] == ["money", "sources"]


@pytest.mark.parametrize(
    ("declared", "code"),
    [
        ('from: money, value: "min(company) || chr(7)"', "number-wrong"),
        ('from: money, value: "repeat(min(company), 1000)"', "number-wrong"),
        ('from: money, value: "max((select count(*) from sources) + amount_usd_bn)"',
         "number-source-wrong"),
        ("constant: .inf, source: src-a", "number-wrong"),
        ("constant: .nan, source: src-a", "number-wrong"),
    ],
)  # fmt: skip
def test_value_that_no_page_should_print_is_refused(site: Site, declared: str, code: str) -> None:
    problems = build(site(small(f"x: {{label: X, {declared}}}\n", "{{ x }}"))).problems
    assert [p.code for p in problems] == [code]


def test_long_chains_and_dense_nets_of_formulas_end_soon(site: Site) -> None:
    chain = "".join(f"c{i}: {{label: C, formula: c{i - 1} + 1}}\n" for i in range(1, 400))
    net = "".join(f"n{i}: {{label: N, formula: n{i - 1} + n{i - 2}}}\n" for i in range(2, 40))
    first = "".join(
        f"{n}: {{label: F, from: money, value: count(*)}}\n" for n in ("c0", "n0", "n1")
    )
    page_of(site(small(first + chain + net, "{{ c399 }} {{ n39 }}")))


def test_range_of_odd_words_ends_soon() -> None:
    spaces = " " * 20_000
    assert say_range(f"1{spaces}2 x", f"1{spaces}3 x")


def test_numbers_of_all_kinds_are_asked_in_one_message(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = (
        f"{US}{CN}ratio: {{label: R, formula: us / cn, unit: times}}\n"
        "most: {label: M, sql: select max(amount_usd_bn) from money}\n"
        "firms: {label: F, sql: select count(*) from money, rows: from money}\n"
    )
    asked: list[str] = []
    call = Queries._call

    def note(queries: Queries, request: tuple[str, ...]) -> object:
        asked.append(request[0])
        return call(queries, request)

    monkeypatch.setattr(Queries, "_call", note)
    root = site(small(numbers, "{{ us }} {{ cn }} {{ ratio }} {{ most }} {{ firms }}."))
    assert said(page_of(root)) == ["$150 billion", "$12.5 billion", "12 times", "100", "3"]
    assert asked == ["many"]
