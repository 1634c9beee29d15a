"""The server of `run --http`: uvicorn, which says at a stop that it is not ready before it takes nothing more."""

import signal
import threading
from collections.abc import Callable
from types import FrameType

import uvicorn
from starlette.types import ASGIApp

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
                access_log=False,
                log_config=None,
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
