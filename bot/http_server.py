"""The server of `run --http`: uvicorn, which says at a stop that it is not ready before it takes nothing more.

It waits for nobody without end, and for no more than so many at once.
"""

import asyncio
import signal
import threading
from collections.abc import Callable
from types import FrameType

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

HEADER_SECONDS = 10.0
MOST_CONNECTIONS = 1_000

GOODBYE_SECONDS = 1.0
"""How long requests are still taken while `/readyz` says no already."""


class HttpServer(uvicorn.Server):
    """Serves `web` on all addresses: a proxy stands before it. `stopping` is called first of all at a stop."""

    def __init__(self, web: ASGIApp, port: int, stopping: Callable[[], None]) -> None:
        super().__init__(
            uvicorn.Config(
                web,
                host="0.0.0.0",  # noqa: S104  # as said above
                port=port,
                http=Impatient,
                access_log=False,
                log_config=None,
                limit_concurrency=MOST_CONNECTIONS,
                timeout_graceful_shutdown=2,
            )
        )
        self._stopping = stopping
        self._goodbye: threading.Timer | None = None

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002  # uvicorn's
        """A first signal says goodbye, a second one ends that.

        Unlike uvicorn's own it keeps no signal to raise again at the end, which would kill the process before its work
        is parked.
        """
        if self._goodbye is None:
            self._stopping()
            self._goodbye = threading.Timer(GOODBYE_SECONDS, self._leave)
            self._goodbye.daemon = True
            self._goodbye.start()
        else:
            self.force_exit = sig == signal.SIGINT
            self._leave()

    def _leave(self) -> None:
        self.should_exit = True


class Impatient(H11Protocol):
    """uvicorn's protocol, which waits for a request's headers without end; this one hangs up."""

    header_seconds = HEADER_SECONDS
    _waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn's own
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if not self._is_idle():
            self._waited()
        elif self._waiting is None:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._waited()
        super().connection_lost(exc)

    def _is_idle(self) -> bool:
        return self.cycle is None or self.cycle.response_complete

    def _wait(self) -> None:
        self._waiting = self.loop.call_later(self.header_seconds, self._hang_up)

    def _waited(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _hang_up(self) -> None:
        self._waiting = None
        if self._is_idle():
            self.transport.close()
