"""What tests share: small sites, a browser, a local server, golden files, and no network."""

from __future__ import annotations

import os
import shutil
import socket
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import HealthCheck, settings

import serving
from waiting import WAIT_S

IN_CI = os.environ.get("CI") == "true"
CANNOT_RUN = "cannot run: "

# No example has a clock, and none is refused for being drawn slowly: the machine may be busy.
settings.register_profile(
    "patient", database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
# The same examples on every run, so that a red test is red again; `make soak` draws new ones.
settings.register_profile("house", settings.get_profile("patient"), derandomize=True)
settings.register_profile("soak", settings.get_profile("patient"), max_examples=2000)
settings.load_profile("house")


@pytest.fixture(autouse=True, scope="session")
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The key of kept results is made here, not in the home of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(autouse=True, scope="session")
def warm_painters() -> Iterator[None]:
    """Whoever draws charts is handed children that are warm from an earlier build.

    To start them takes two seconds of each build. A chart in Python has a child of its own, as ever.
    """
    from osai_essay.charts import painter
    from osai_essay.child import Child

    made: list[Child] = []
    free: dict[str, list[Child]] = defaultdict(list)  # target -> children that nobody uses

    class WarmChild(Child):
        def close(self) -> None:
            free[self.target].append(self)

    def open_child(target: str, **options: Any) -> Child:
        if free[target]:
            return free[target].pop()
        made.append(WarmChild(target, **options))
        return made[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(painter, "Child", open_child)
        yield
    for child in made:
        Child.close(child)


# --- small sites -----------------------------------------------------------------------------


def write_site(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write a site from {"content/site.yml": "title: ...", "data/a.parquet": b"..."}; give its root.

    Called again, it adds to the same site or overwrites. Texts are written as they are.
    """
    root.mkdir(exist_ok=True)
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    return root


@pytest.fixture
def site(tmp_path: Path) -> Callable[[Mapping[str, str | bytes]], Path]:
    """Write a site for this test alone, as `write_site` does."""
    return partial(write_site, tmp_path / "site")


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of this repository, built once; give its output folder."""
    from osai_essay.build import Options, build_site

    output = tmp_path_factory.mktemp("real") / "build"
    root = Path(__file__).parent.parent
    result = build_site(root, Options(today=date(2026, 11, 21), output=output))
    assert result.problems == ()
    return output


# --- golden files ----------------------------------------------------------------------------


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, Mapping[str, str | bytes]], None]:
    """Compare {"index.html": "..."} with the files in a folder; `make golden` writes them instead."""

    def check_golden(folder: Path, got: Mapping[str, str | bytes]) -> None:
        files = {
            name: text.encode() if isinstance(text, str) else text for name, text in got.items()
        }
        if request.config.getoption("--golden"):
            shutil.rmtree(folder, ignore_errors=True)
            for name, content in files.items():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_bytes(content)
        kept = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
        kept = {name: path for name, path in kept.items() if path.is_file()}
        assert sorted(files) == sorted(kept), f"other files than in {folder}"
        for name, path in sorted(kept.items()):
            content = path.read_bytes()
            # As text first, for then pytest shows the lines that differ.
            assert files[name].decode(errors="replace") == content.decode(errors="replace"), path
            assert files[name] == content, path

    return check_golden


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden", action="store_true", help="write the expected files again")


# --- a browser and a server ------------------------------------------------------------------


CHROMIUM_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Where Chromium is; a test that cannot find one does not run."""
    names = (os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    path = next((found for name in names if name and (found := shutil.which(name))), None)
    if path is None:
        cannot_run("there is no Chromium; install one, or set CHROMIUM=/path/to/chromium")
    return path


@pytest.fixture(scope="session")
def chromium(chromium_path: str) -> Iterator[Any]:
    """A headless Chromium as playwright's Browser; a test opens its own `new_context()`."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path, args=list(CHROMIUM_FLAGS), timeout=WAIT_S * 1000
        )
        yield browser
        browser.close()


@pytest.fixture
def new_context(chromium: Any) -> Iterator[Callable[..., Any]]:
    """Open a context of the browser, in which whatever is waited for is waited for long."""
    with ExitStack() as contexts:

        def open_one(**options: Any) -> Any:
            context = contexts.enter_context(chromium.new_context(**options))
            context.set_default_timeout(WAIT_S * 1000)
            return context

        yield open_one


# A violation of the policy that a browser does not print, as of a style it drops, is printed too.
TELL_REFUSED = """addEventListener("securitypolicyviolation", (event) =>
  console.error(`refused: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`))"""


@pytest.fixture
def open_page(new_context: Callable[..., Any]) -> Callable[..., Any]:
    """Open an address; what the page complained of is in `page.faults`, what it asked in `asked`."""

    def open_one(address: str, *, width: int = 1280, **options: Any) -> Any:
        context = new_context(viewport={"width": width, "height": 800}, **options)
        context.add_init_script(TELL_REFUSED)
        page = context.new_page()
        page.faults = []
        page.asked = []
        page.on(
            "console", lambda told: page.faults.append(told.text) if told.type == "error" else None
        )
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("requestfailed", lambda request: page.faults.append(request.url))
        page.on(
            "response", lambda reply: page.faults.append(reply.url) if reply.status >= 400 else None
        )
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(address)
        return page

    return open_one


@pytest.fixture
def serve_folder() -> Iterator[Callable[[Path], str]]:
    """Serve a folder on this machine; give its address, "http://127.0.0.1:54321"."""
    with ExitStack() as servers:
        yield lambda folder: servers.enter_context(serving.serve(folder))


# --- no network ------------------------------------------------------------------------------

LOCAL_HOSTS = (None, "", "localhost", "127.0.0.1", "::1", b"localhost", b"127.0.0.1", b"::1")


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """A test that asks another machine for anything fails, whether or not there is a network."""
    resolve = socket.getaddrinfo

    def resolve_local(host: Any, *args: Any, **kwargs: Any) -> Any:
        if host not in LOCAL_HOSTS:
            raise AssertionError(f"a test asked for the address of {host!r}")
        return resolve(host, *args, **kwargs)

    def only_local(connect: Callable[..., Any]) -> Callable[..., Any]:
        def connect_local(self: socket.socket, address: Any) -> Any:
            is_inet = self.family in (socket.AF_INET, socket.AF_INET6)
            if is_inet and address[0] not in LOCAL_HOSTS:
                raise AssertionError(f"a test connected to {address!r}")
            return connect(self, address)

        return connect_local

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", resolve_local)
        patch.setattr(socket.socket, "connect", only_local(socket.socket.connect))
        patch.setattr(socket.socket, "connect_ex", only_local(socket.socket.connect_ex))
        yield


# --- order, and tests that could not run ------------------------------------------------------


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put browser tests last: most mistakes show in the quick ones."""
    items.sort(key=lambda item: "browser" in item.keywords)


def cannot_run(reason: str) -> NoReturn:
    """Skip this test, as something it needs is missing; in CI that is a failure."""
    if IN_CI:
        pytest.fail(CANNOT_RUN + reason, pytrace=False)
    pytest.skip(CANNOT_RUN + reason)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Count and name the tests that could not run, before the closing line."""
    lost = {
        report.nodeid: reason
        for outcome in ("skipped", "failed", "error")
        for report in terminalreporter.stats.get(outcome, ())
        if (reason := _find_reason(report)) is not None
    }
    if lost:
        terminalreporter.section("not run")
        tests = "1 test" if len(lost) == 1 else f"{len(lost)} tests"
        terminalreporter.write_line(f"{tests} could not run:")
        for name, reason in lost.items():
            terminalreporter.write_line(f"  {name}: {reason}")


def _find_reason(report: Any) -> str | None:
    # A skip's longrepr is (file, line, "Skipped: cannot run: ..."), a failure's is text or an object.
    longrepr = getattr(report, "longrepr", None)
    text = longrepr[2] if isinstance(longrepr, tuple) else str(longrepr or "")
    head, mark, reason = text.partition(CANNOT_RUN)
    return reason.splitlines()[0] if mark and head.strip() in ("", "Skipped:", "Failed:") else None
