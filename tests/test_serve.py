"""The preview's answers: what stands at an address, who may ask, what a page is given on its way."""

from __future__ import annotations

import asyncio
import json
import re
import socket
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osai_essay.cli.serve import NONE_YET, STILL, Printer, say_built
from osai_essay.problem import Problem, Where
from osai_essay.serve.app import make_app
from osai_essay.serve.board import Board, Shown, report_of
from osai_essay.serve.builds import Built, say_fault
from osai_essay.serve.headers import find_headers, parse_headers, widen_policy
from osai_essay.serve.outgoing import page_out
from osai_essay.serve.run import PortError, listen
from osai_essay.serve.site import ServedSite, served, type_of
from waiting import WAIT_S

POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'sha256-x'"
HEADERS = f"""\
/essays/*
  Content-Security-Policy: {POLICY}
  X-Frame: one

/essays/assets/a-1.css
  Cache-Control: public, immutable
"""
PAGE = """\
<!doctype html><html><head>
<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; script-src &#39;self&#39;">
<link rel="stylesheet" href="../assets/a-1.css"></head>
<body><img src="b.svg"><a href="../index.html">Home</a><a href="#b.svg">B</a>
<code>src="b.svg"</code><a href="https://example.org/b.svg">Far</a></body></html>
"""
FILES = {
    "index.html": b"<p>Home</p>",
    "404.html": b"<p>Lost</p>",
    "x/index.html": PAGE.encode(),
    "x/b.svg": b"<svg/>",
    "about.html": b"<p>About</p>",
    "CNAME": b"example.org",
    "assets/a-1.css": b"p {}",
    "_headers": HEADERS.encode(),
}


@pytest.fixture
def site() -> ServedSite:
    return served(FILES, "/essays")


def ask(
    path: str, site: ServedSite | None, method: str = "GET", **headers: str
) -> tuple[int, dict[str, str], str]:
    """One question to the whole app, over ASGI."""
    return asyncio.run(_ask(path, site, method, {"host": "127.0.0.1:8000"} | headers))


async def _ask(path: str, site: Any, method: str, headers: Mapping[str, str]) -> Any:
    board = Board(asyncio.get_running_loop())
    board.shown = Shown(site=site)
    board.close()
    sent: list[Any] = []
    given = [(n.replace("_", "-").encode(), v.encode()) for n, v in headers.items()]
    scope = {
        "type": "http", "method": method, "path": path, "raw_path": path.encode(),
        "query_string": b"", "headers": given, "root_path": "", "scheme": "http",
        "server": ("127.0.0.1", 8000), "client": ("127.0.0.1", 1), "http_version": "1.1",
        "asgi": {"version": "3.0"},
    }  # fmt: skip

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    await make_app(board, 8000)(scope, receive, send)
    found = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    body = b"".join(each.get("body", b"") for each in sent[1:])
    return sent[0]["status"], found, body.decode()


# --- what stands at an address -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "target", "status"),
    [
        ("/essays/", "index.html", 200),
        ("/essays/index.html", "index.html", 200),
        ("/essays/x/", "x/index.html", 200),
        ("/essays/x/b.svg", "x/b.svg", 200),
        ("/essays/about", "about.html", 200),
        ("/essays/CNAME", "CNAME", 200),
        ("/essays/nowhere", "404.html", 404),
        ("/essays/nowhere/", "404.html", 404),
        ("/essays/_headers", "404.html", 404),
        ("/essays/../pyproject.toml", "404.html", 404),
        ("/essays//etc/passwd", "404.html", 404),
        ("/x/", "404.html", 404),
    ],
)
def test_address_gives_what_a_static_host_gives(site, path, target, status):
    found = site.find(path)
    assert (found.target, found.status, found.redirect) == (target, status, "")


@pytest.mark.parametrize(
    ("path", "redirect"), [("/essays/x", "/essays/x/"), ("/", "/essays/"), ("/essays", "/essays/")]
)
def test_folder_has_its_slash_and_the_root_leads_to_the_site(site, path, redirect):
    assert site.find(path).redirect == redirect


def test_site_without_a_404_page_has_plain_words():
    status, headers, words = ask("/nowhere", served({}, ""))
    assert status == 404
    assert headers["content-type"].startswith("text/plain")
    assert "no such page" in words


def test_types_do_not_rest_on_the_machine():
    assert type_of("a/b.svg") == "image/svg+xml"
    assert type_of("b.CSV") == "text/csv; charset=utf-8"
    assert type_of("CNAME") == "application/octet-stream"


# --- over HTTP ------------------------------------------------------------------------------------


def test_page_has_the_policy_widened_by_the_events_alone(site):
    status, headers, page = ask("/essays/x/", site)
    assert status == 200
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert headers["content-security-policy"] == f"{POLICY}; connect-src 'self'"
    assert "default-src &#x27;none&#x27;; script-src &#x27;self&#x27;; style-src" in page
    assert "connect-src &#x27;self&#x27;" in page


def test_other_files_have_the_sites_own_headers_and_bytes(site):
    _, headers, content = ask("/essays/x/b.svg", site)
    assert content == "<svg/>"
    assert headers["content-security-policy"] == POLICY
    assert headers["x-frame"] == "one"
    assert headers["cache-control"] == "no-cache"
    assert ask("/essays/assets/a-1.css", site)[1]["cache-control"] == "public, immutable"


def test_missing_page_is_the_sites_own_with_the_script(site):
    status, _, page = ask("/essays/nowhere", site)
    assert status == 404
    assert "Lost" in page
    assert "/__preview__/preview.js" in page


def test_state_that_is_known_is_not_sent_again(site):
    for path in ("/essays/x/", "/essays/x/b.svg", "/essays/nowhere"):
        etag = ask(path, site)[1]["etag"]
        assert ask(path, site, if_none_match=etag)[0] == 304
        assert ask(path, site, if_none_match='"other"')[0] in (200, 404)


def test_before_there_is_a_site_a_page_waits_for_it():
    status, headers, page = ask("/anything/", None)
    assert (status, headers["content-type"]) == (503, "text/html; charset=utf-8")
    assert "/__preview__/preview.js" in page


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "example.org"},
        {"host": "example.org:8000"},
        {"host": "127.0.0.1"},
        {"host": "127.0.0.1:8001"},
        {"host": "127.0.0.1:8000.example.org"},
        {"host": ""},
        {"origin": "http://example.org"},
        {"origin": "https://127.0.0.1:8000"},
        {"origin": "http://127.0.0.1:8001"},
        {"origin": "null"},
    ],
)
@pytest.mark.parametrize("path", ["/", "/__preview__/events", "/__preview__/preview.js"])
def test_foreign_names_and_foreign_pages_are_refused(site, path, headers):
    status, _, words = ask(path, site, **headers)
    assert status == 403
    assert "Home" not in words


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:8000"])
def test_own_names_are_answered(site, host):
    assert ask("/essays/", site, host=host, origin=f"http://{host}")[0] == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("path", ["/essays/", "/__preview__/events"])
def test_nothing_but_reading_is_answered(site, path, method):
    assert ask(path, site, method)[0] == 405


def test_own_files_are_few_and_found_by_name(site):
    assert ask("/__preview__/panel.css", site)[1]["content-type"] == "text/css; charset=utf-8"
    for name in ("nothing.js", "waiting.html", "..%2fapp.py", "../app.py"):
        assert ask(f"/__preview__/{name}", site)[0] == 404


# --- pages on their way out -----------------------------------------------------------------------


def test_links_to_files_know_their_state_and_others_stay(site):
    page, _ = page_out(PAGE, site, "x/index.html", "/essays/x/")
    assert f'<img src="b.svg?v={site.version("x/b.svg")}">' in page
    assert f'href="../assets/a-1.css?v={site.version("assets/a-1.css")}"' in page
    assert '<a href="../index.html">Home</a><a href="#b.svg">' in page
    assert '<code>src="b.svg"</code><a href="https://example.org/b.svg">' in page


def test_page_is_another_when_a_picture_in_it_is(site):
    other = served({**FILES, "x/b.svg": b"<svg> </svg>"}, "/essays")
    (_, before), (_, after) = (
        page_out(PAGE, each, "x/index.html", "/essays/x/") for each in (site, other)
    )
    assert before != after


def test_script_comes_before_all_others_and_once():
    page, version = page_out(
        "<HEAD lang=a><script>1</script></head><head>", served({}, ""), "a.html", "/a.html"
    )
    assert page.startswith('<HEAD lang=a><script type="module" src="/__preview__/preview.js"')
    assert page.count("preview.js") == 1
    assert f'data-version="{version}"' in page


def test_page_without_a_head_has_the_script_at_its_end():
    assert page_out("<p>A", served({}, ""), "a.html", "/a.html")[0].startswith("<p>A<script")


@pytest.mark.parametrize(
    ("policy", "widened"),
    [
        ("default-src 'self'", "default-src 'self'"),
        ("default-src *", "default-src *"),
        ("img-src 'none'", "img-src 'none'"),
        ("connect-src 'none'", "connect-src 'self'"),
        ("Connect-Src https://a.org;", "connect-src https://a.org 'self'"),
        (
            "default-src 'none'",
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'",
        ),
    ],
)
def test_policy_is_widened_by_no_more_than_is_needed(policy, widened):
    assert widen_policy(policy) == widened


def test_headers_of_several_rules_are_joined_and_nonsense_is_passed_over():
    rules = parse_headers("  early: no\n# a\n/*\n  X: one\n  nonsense\n/a.b\n  X: two\n")
    assert find_headers(rules, "/a.b") == {"x": "one, two"}
    assert find_headers(rules, "/aab") == {"x": "one"}


# --- what a page is told --------------------------------------------------------------------------


@given(st.text("/*ab", max_size=8), st.text("/ab", max_size=8))
def test_stars_stand_for_anything(pattern, path):
    expected = re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), path)
    rules = parse_headers(f"{pattern or '/'}\n  x: y\n")
    assert bool(find_headers(rules, path)) == (bool(expected) if pattern else path == "/")


def test_many_stars_take_no_time():
    rules = parse_headers("/" + "*a" * 30 + "*b\n  x: y\n")
    assert find_headers(rules, "/" + "a" * 5000) == {}


def test_no_service_worker_outlives_the_preview(site):
    assert ask("/essays/", site, service_worker="script")[0] == 403


@pytest.mark.parametrize(
    ("mode", "to", "status"),
    [("navigate", "document", 200), ("navigate", "iframe", 403), ("no-cors", "script", 403)],
)
def test_pages_of_other_sites_may_link_here_and_no_more(site, mode, to, status):
    headers = {"sec_fetch_site": "cross-site", "sec_fetch_mode": mode, "sec_fetch_dest": to}
    assert ask("/essays/", site, **headers)[0] == status


def problem(severity: Any, message: str) -> Problem:
    where = Where(file="content/a.md", line=2, column=1)
    return Problem(code="a-b", where=where, message=message, fix="do it", severity=severity)


def test_report_has_errors_first_and_their_lines():
    built = Built(problems=(problem("warning", "<b>"), problem("error", "two")))
    report = json.loads(report_of(built, lambda file: ["one", "line two"]))
    first, second = report["problems"]
    assert (first["severity"], first["message"], second["message"]) == ("error", "two", "<b>")
    assert first["place"] == "content/a.md:2:1"
    assert first["snippet"] == "1 | one\n2 | line two\n  | ^"


def test_last_good_site_stays_while_there_are_errors(site):
    async def show() -> list[Shown]:
        board, seen = Board(asyncio.get_running_loop()), []
        for built in (Built(site=site), Built(problems=(problem("error", "x"),)), Built(fault="y")):
            board.show(built, lambda file: None)
            await asyncio.sleep(0)
            seen.append(board.shown)
        return seen

    seen = asyncio.run(show())
    assert [each.site for each in seen] == [site, site, site]
    assert '"x"' in seen[1].report
    assert json.loads(seen[2].report)["fault"] == "y"


def test_each_listener_hears_the_last_report_then_new_ones_until_the_end(site):
    async def listen_on() -> list[str]:
        board, heard = Board(asyncio.get_running_loop()), []
        board.show(Built(site=site, fault="one"), lambda file: None)
        await asyncio.sleep(0)

        async def hear() -> None:
            async for each in board.reports():
                heard.append(json.loads(each)["fault"])  # noqa: PERF401 - each when it comes

        async with asyncio.timeout(WAIT_S):
            tasks = [asyncio.create_task(hear()) for _ in range(2)]
            for count, fault in ((2, "two"), (4, "three")):
                while len(heard) < count:
                    await asyncio.sleep(0)
                board.show(Built(fault=fault), lambda file: None)
            while len(heard) < 6:
                await asyncio.sleep(0)
            board.close()
            await asyncio.gather(*tasks)
        return heard

    assert asyncio.run(listen_on()) == ["one", "one", "two", "two", "three", "three"]


def test_fault_of_ours_is_one_line_with_its_place():
    try:
        raise ValueError("a\n  b")
    except ValueError as error:
        said = say_fault(error)
    assert said.startswith("test_serve.py:")
    assert said.endswith(": ValueError: a b")


def test_line_of_a_build_says_what_changed_and_what_was_made(site):
    names = tuple(f"data/{index}.csv" for index in range(5))
    built = Built(site=site, changed=names, seconds=0.123, made={"page": 2, "chart": 1})
    assert say_built(built) == (
        "data/0.csv, data/1.csv, data/2.csv, and 2 more; 0.12 s; "
        "4 pages, made anew: 1 x chart, 2 x page"
    )
    assert say_built(Built(site=site)) == "first build; 0.00 s; 4 pages, made anew: nothing"
    broken = Built(problems=(problem("error", "x"),), changed=("a",))
    assert say_built(broken) == "a; 0.00 s; errors"
    swapped = Built(site=site, changed=("a",), moved="2 rows (x)")
    assert say_built(swapped) == "a; 0.00 s; 2 rows (x); 4 pages, made anew: nothing"


def test_last_good_site_is_named_only_after_there_was_one(site, tmp_path, capsys):
    tell, broken = Printer(tmp_path), Built(problems=(problem("error", "x"),))
    tell(broken)
    assert capsys.readouterr().err.endswith(f"\n{NONE_YET}\n")
    tell(Built(site=site))
    tell(broken)
    assert capsys.readouterr().err.endswith(f"\n{STILL}\n")


def test_its_libraries_are_loaded_by_nothing_else():
    check = (
        "import sys; import osai_essay.cli, osai_essay.build; "
        "print({'starlette', 'uvicorn', 'watchfiles', 'asyncio'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


# --- ports ----------------------------------------------------------------------------------------


def test_port_that_is_taken_is_passed_over():
    with listen(0) as first:
        first.listen()
        port = first.getsockname()[1]
        with listen(port) as second:
            assert second.getsockname()[0] == "127.0.0.1"
            assert second.getsockname()[1] != port


def test_no_port_is_a_message(monkeypatch: pytest.MonkeyPatch):
    def refuse(self: socket.socket, address: object) -> None:
        raise OSError("taken")

    monkeypatch.setattr(socket.socket, "bind", refuse)
    with pytest.raises(PortError, match="no port from 8000 on"):
        listen(8000)
