"""The local workspace as a server: one port on this computer for the page, the Web API and Socket Mode."""

import asyncio
import contextlib
import errno
import socket
import threading
from typing import TYPE_CHECKING

import uvicorn

from bot.errors import OperatorError
from bot.workspace import seeds
from bot.workspace.core import Core, Tokens
from bot.workspace.delivery import Carrier, Delivery
from bot.workspace.endpoints import application
from bot.workspace.guard import LOOPBACK
from bot.workspace.live import Live
from bot.workspace.manifest import Manifest
from bot.workspace.signed_http import SignedHttp
from bot.workspace.socket import SocketMode
from bot.workspace.wire import Wire

if TYPE_CHECKING:
    from bot.workspace.person import Person


class Workspace:
    """A Slack-compatible workspace in this process; everything in it is gone at `stop()`.

    `port` 0 picks a free one. With `http_target` events are posted there, signed, instead of going over
    Socket Mode. `manifest` says what the app declared (events, command, shortcuts); by default, everything
    this workspace can send. Another `domain` is another workspace, with the same people and channels.
    """

    def __init__(  # noqa: PLR0913, PLR0917  # each has its default, and is given by name
        self,
        port: int = 0,
        host: str = "127.0.0.1",
        signing_secret: str | None = None,
        http_target: str | None = None,
        manifest: Manifest | None = None,
        domain: str = "practice",
    ) -> None:
        if host not in LOOPBACK:
            raise OperatorError("The local workspace listens on this computer only: use host 127.0.0.1.")
        self._port, self._host = port, host
        tokens = Tokens(signing_secret=signing_secret) if signing_secret else Tokens()
        manifest = manifest or Manifest()
        state = seeds.practice(manifest, domain)
        live = Live()
        self.socket_mode = SocketMode(state.app_id, self._bot_changed)
        carrier: Carrier = SignedHttp(http_target, tokens.signing_secret) if http_target else self.socket_mode
        wire = Wire()
        delivery = Delivery(state, manifest, carrier, tokens.verification, wire)
        self.core = Core(state, manifest, tokens, live, delivery, wire)
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    @property
    def url(self) -> str:
        """Where the page is, without a slash at the end."""
        return self.core.url

    @property
    def api_url(self) -> str:
        """What SLACK_API_URL would be."""
        return f"{self.core.url}/api/"

    @property
    def bot_token(self) -> str:
        return self.core.tokens.bot

    @property
    def app_token(self) -> str:
        return self.core.tokens.app

    @property
    def signing_secret(self) -> str:
        return self.core.tokens.signing_secret

    def start(self) -> None:
        """Listen, in a thread of its own; raises OperatorError when the port is taken."""
        listener = self._bind()
        host, port = listener.getsockname()[:2]
        self.core.url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
        config = uvicorn.Config(
            application(self.core, self.socket_mode),
            access_log=False,
            log_config=None,
            log_level="critical",
            lifespan="off",
            ws="websockets-sansio",
            ws_max_size=1024 * 1024,
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        ready = threading.Event()
        self._thread = threading.Thread(
            target=self._run, args=(self._server, listener, ready), name="workspace", daemon=True
        )
        self._thread.start()
        ready.wait(10)

    def _bind(self) -> socket.socket:
        family = socket.AF_INET6 if ":" in self._host else socket.AF_INET
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((self._host, self._port))
            listener.listen(128)
        except OSError as error:
            listener.close()
            if error.errno == errno.EADDRINUSE:
                raise OperatorError(
                    f"Port {self._port} is used by another program: stop that program, "
                    "or set WORKSPACE_PORT to another port (0 picks a free one)."
                ) from None
            raise OperatorError(
                f"Port {self._port} cannot be opened ({error.strerror}): set WORKSPACE_PORT to another port."
            ) from None
        return listener

    def _run(self, server: uvicorn.Server, listener: socket.socket, ready: threading.Event) -> None:
        async def serve() -> None:
            self._loop = asyncio.get_running_loop()
            self._loop.call_soon(ready.set)  # the socket listens already: a request waits until serve() accepts it
            await server.serve(sockets=[listener])
            self.core.delivery.stop()

        asyncio.run(serve())

    def stop(self) -> None:
        """Close every connection and forget everything; safe to call twice."""
        if self._server is None or self._thread is None or self._loop is None:
            return
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self.core.live.close)
            self._loop.call_soon_threadsafe(self.core.wire.close)
        self._server.should_exit = True
        self._thread.join(10)
        self._server = self._thread = self._loop = None

    def __enter__(self) -> "Workspace":
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()

    def people_with(self, role: str) -> str:
        """The ids of the practice's people with a role, as the bot's ROLE settings take them."""
        return ",".join(user.id for user in self.core.state.people if user.role == role)

    def person(self, name: str) -> "Person":
        """Someone of the practice by first name ("dana"), to act for them in tests."""
        from bot.workspace.person import Person

        user = next(user for user in self.core.state.people if user.name == name.lower())
        return Person(self.url, user.id)

    def ask_to_reconnect(self) -> None:
        """Send every Socket Mode connection Slack's `disconnect` (refresh) message."""
        assert self._loop is not None
        asyncio.run_coroutine_threadsafe(self.socket_mode.refresh_all(), self._loop).result(5)

    def hang_up(self) -> None:
        """Close every Socket Mode connection, as a lost network does."""
        assert self._loop is not None
        asyncio.run_coroutine_threadsafe(self.socket_mode.hang_up(), self._loop).result(5)

    def _bot_changed(self) -> None:
        self.core.live.announce("bot", connected=self.socket_mode.connected)
