"""The preview as a whole: a thread builds, a loop answers, both end at once (door to uvicorn)."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

import uvicorn

from osai_essay.build import Options
from osai_essay.files import read_lines
from osai_essay.model import Tell
from osai_essay.serve.app import make_app
from osai_essay.serve.board import Board
from osai_essay.serve.builds import Built, open_builder
from osai_essay.serve.watch import watch_site
from osai_essay.struct import Struct

HOST = "127.0.0.1"
TRIED = 20  # ports


class PortError(Exception):
    """No port could be had."""


class Preview(Struct, frozen=True, kw_only=True):
    """What is shown, and who is told.

    options: asked for at each build. on_start: given the address. on_step: told of each step of a
    build. on_build: given each outcome. on_poll: called where changes are found by reading the
    folders again and again. on_end: called last of all, also where a build is broken off.
    """

    root: Path
    options: Callable[[], Options]
    on_start: Callable[[str], None]
    on_step: Tell
    on_build: Callable[[Built], None]
    on_poll: Callable[[], None]
    on_end: Callable[[], None]


def serve(preview: Preview, port: int) -> None:
    """Show the site until Ctrl-C. Raises: PortError."""
    listener = listen(port)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(preview, listener))


async def _serve(preview: Preview, listener: socket.socket) -> None:
    port = listener.getsockname()[1]
    board = Board(asyncio.get_running_loop())
    server = _Server(make_app(board, port), board)
    builds = Builds(preview, board, server)
    preview.on_start(f"http://{HOST}:{port}/")
    builds.start()
    try:
        await server.serve(sockets=[listener])
    finally:
        builds.end()


class _Server(uvicorn.Server):
    """Ends its event streams first, for it would wait for them."""

    def __init__(self, app: object, board: Board) -> None:
        config = uvicorn.Config(
            app,  # type: ignore[arg-type]
            log_config=None,
            log_level="critical",
            access_log=False,
            lifespan="off",
            loop="asyncio",
            http="h11",
            ws="none",
            server_header=False,
            timeout_graceful_shutdown=1,
        )
        super().__init__(config)
        self._board = board

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take no more requests, and let none hold the end up."""
        self._board.close()
        await super().shutdown(sockets)


class Builds:
    """The thread that builds: at the start, and after each change, one at a time."""

    def __init__(self, preview: Preview, board: Board, server: uvicorn.Server) -> None:
        self._preview = preview
        self._board = board
        self._server = server
        self._stop = threading.Event()
        self._error: BaseException | None = None
        # A daemon: nothing can end a build that runs, and nobody has to wait for it.
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Begin with the first build."""
        self._thread.start()

    def end(self) -> None:
        """End it, at once even in the middle of a build. Raises what ended it by itself."""
        self._stop.set()
        self._thread.join(timeout=0.3)
        self._preview.on_end()
        if self._thread.is_alive():
            os._exit(0)  # children end when their parent is gone; the memo writes whole or nothing
        if self._error:
            raise self._error

    def _run(self) -> None:
        try:
            self._build_on()
        except BaseException as error:  # noqa: BLE001 - raised again where the server has ended
            self._error = error
            self._server.should_exit = True

    def _build_on(self) -> None:
        preview = self._preview
        with open_builder(preview.root, preview.options, preview.on_step) as builder:
            for changed in watch_site(preview.root, self._stop, preview.on_poll):
                built = builder.build(changed)
                self._board.show(built, partial(read_lines, preview.root))
                builder.keep(built)
                preview.on_build(built)


def listen(port: int) -> socket.socket:
    """A socket at the port, or at the next that is free. Raises: PortError."""
    for tried in range(port, min(port + TRIED, 65536)) if port else (0,):
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if os.name == "posix":  # elsewhere it lets two programs have one port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, tried))
        except OSError:
            listener.close()
        else:
            return listener
    raise PortError(f"no port from {port} on is free")
