"""The site and the preview's own files over HTTP (door to starlette)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from osai_essay.serve.board import Board
from osai_essay.serve.headers import widen_headers
from osai_essay.serve.outgoing import PREFIX, add_script, page_out
from osai_essay.serve.site import Found, ServedSite, type_of

# Nobody else's page may read drafts, and nothing is kept without asking whether it is still so.
ALWAYS = {"cross-origin-resource-policy": "same-origin", "cache-control": "no-cache"}
PAGES = Path(__file__).parent / "page"
WAITING = "waiting.html"  # until there is a site
OWN_FILES = ("preview.js", "swap.js", "panel.js", "panel.css")


class App:
    """Answers browsers from what the board shows."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._own = {name: (PAGES / name).read_bytes() for name in OWN_FILES}
        self._waiting = (PAGES / WAITING).read_text(encoding="utf-8")

    async def page(self, request: Request) -> Response:
        """A file of the site."""
        site = self._board.shown.site
        if site is None:
            return Response(add_script(self._waiting, ""), 503, _headers(WAITING))
        path = request.scope["path"]
        found = site.find(path)
        if found.redirect:
            return RedirectResponse(found.redirect, 307, ALWAYS)
        if found.target is None:
            return PlainTextResponse("There is no such page.\n", found.status, ALWAYS)
        return _answer(site, found, found.target, path, request.headers.get("if-none-match"))

    async def events(self, request: Request) -> Response:  # noqa: ARG002
        """The reports of builds, as server-sent events."""

        async def stream() -> AsyncIterator[str]:
            yield "retry: 500\n\n"
            async for report in self._board.reports():
                yield f"data: {report}\n\n"

        return StreamingResponse(stream(), media_type="text/event-stream", headers=ALWAYS)

    async def own(self, request: Request) -> Response:
        """A file of the preview."""
        name = request.path_params["name"]
        if name not in self._own:
            return PlainTextResponse("There is no such file.\n", 404, ALWAYS)
        return Response(self._own[name], 200, _headers(name))


def _answer(site: ServedSite, found: Found, target: str, path: str, known: str | None) -> Response:
    """A file, or word that a browser has it already."""
    headers = {**_headers(target), **site.headers(path)}
    if target.endswith(".html"):
        text = site.files[target].decode("utf-8", "replace")
        page, version = page_out(text, site, target, path)
        content, headers = page.encode(), widen_headers(headers)
    else:
        content, version = site.files[target], site.version(target)
    headers["etag"] = f'"{version}"'
    if known == headers["etag"]:
        return Response(status_code=304, headers=headers)
    return Response(content, found.status, headers)


def _headers(name: str) -> dict[str, str]:
    return {**ALWAYS, "content-type": type_of(name)}


class Guard:
    """Refuses what was not asked of this machine by its own name, or by another site's page.

    A foreign name may lead here (DNS rebinding), and any page in the browser may ask.
    """

    def __init__(self, app: ASGIApp, port: int) -> None:
        self._app = app
        ending = "" if port == 80 else f":{port}"
        self._hosts = {f"{name}{ending}" for name in ("127.0.0.1", "localhost")}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on what may be asked."""
        app = self._app if scope["type"] != "http" or self._may_ask(scope) else self._refusal
        await app(scope, receive, send)

    def _may_ask(self, scope: Scope) -> bool:
        given = Headers(scope=scope)
        origins = {each.removeprefix("http://") for each in given.getlist("origin")}
        if "service-worker" in given:  # it would outlive this server, and answer for the next
            return False
        if given.get("sec-fetch-site") in ("cross-site", "same-site") and not _is_visit(given):
            return False
        hosts = given.getlist("host")
        return len(hosts) == 1 and {*hosts, *origins} <= self._hosts

    @property
    def _refusal(self) -> ASGIApp:
        return PlainTextResponse("This preview answers its own machine alone.\n", 403)


def _is_visit(given: Headers) -> bool:
    """True where a reader follows a link to a page of ours, in a tab of its own."""
    return (given.get("sec-fetch-mode"), given.get("sec-fetch-dest")) == ("navigate", "document")


def make_app(board: Board, port: int) -> ASGIApp:
    """The whole of it, as a server runs it."""
    app = App(board)
    routes = [
        Route(f"{PREFIX}events", app.events),
        Route(f"{PREFIX}{{name}}", app.own),
        Route("/{path:path}", app.page),
    ]
    return Guard(Starlette(routes=routes), port)
