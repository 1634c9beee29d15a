"""Socket Mode: the app's WebSocket connections, their envelopes and acknowledgements."""

import asyncio
import contextlib
import json
import secrets
from collections.abc import Callable

from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.workspace.state import Json

MAX_CONNECTIONS = 10  # "Using Socket Mode" on docs.slack.dev


class SocketMode:
    """Hands each envelope to one of the app's connections and waits for its acknowledgement."""

    def __init__(self, app_id: str, on_change: Callable[[], None], refresh_after: float = 3600.0) -> None:
        self._app_id = app_id
        self._on_change = on_change
        self._refresh_after = refresh_after
        self._tickets: set[str] = set()
        self._connections: list[WebSocket] = []
        self._connected = asyncio.Event()
        self._waiting: dict[str, asyncio.Future[Json]] = {}
        self._next = 0

    @property
    def connected(self) -> bool:
        return bool(self._connections)

    def ticket(self) -> str:
        """A one-use ticket for the URL that apps.connections.open returns."""
        self._tickets.add(ticket := secrets.token_urlsafe(24))
        return ticket

    async def serve(self, websocket: WebSocket) -> None:
        """The endpoint an app connects to: hello, then envelopes out and acknowledgements in."""
        ticket = websocket.query_params.get("ticket", "")
        if ticket not in self._tickets or len(self._connections) >= MAX_CONNECTIONS:
            await websocket.close(code=4404)
            return
        self._tickets.discard(ticket)
        await websocket.accept()
        await websocket.send_json(self._hello(len(self._connections) + 1))
        self._connections.append(websocket)
        self._connected.set()
        self._on_change()
        refresh = asyncio.create_task(self._refresh(websocket))
        try:
            while True:
                self._read(await websocket.receive_text())
        except (WebSocketDisconnect, KeyError):
            pass
        finally:
            refresh.cancel()
            self._drop(websocket)

    def _hello(self, count: int) -> Json:
        debug = {"host": "local", "started": "", "build_number": 0, "approximate_connection_time": 3600}
        info = {"app_id": self._app_id}
        return {"type": "hello", "num_connections": count, "debug_info": debug, "connection_info": info}

    def _read(self, frame: str) -> None:
        """Take one acknowledgement; anything else is ignored, as Slack does."""
        try:
            message = json.loads(frame)
        except ValueError:
            return
        waiting = self._waiting.pop(str(message.get("envelope_id")), None) if isinstance(message, dict) else None
        if waiting and not waiting.done():
            waiting.set_result(message.get("payload") or {})

    def _drop(self, websocket: WebSocket) -> None:
        if websocket in self._connections:
            self._connections.remove(websocket)
        if not self._connections:
            self._connected.clear()
        self._on_change()

    async def _refresh(self, websocket: WebSocket) -> None:
        """Ask the client to reconnect before the connection's hour ends."""
        await asyncio.sleep(max(0.0, self._refresh_after - 10))
        await self.disconnect(websocket, "warning")
        await asyncio.sleep(min(10.0, self._refresh_after))
        await self.disconnect(websocket, "refresh_requested")
        await websocket.close()

    async def disconnect(self, websocket: WebSocket, reason: str) -> None:
        """Send the `disconnect` message, after which a client opens a new connection."""
        with contextlib.suppress(RuntimeError, WebSocketDisconnect):
            await websocket.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "local"}})

    async def refresh_all(self, reason: str = "refresh_requested") -> None:
        """Ask every connection to reconnect, as Slack does now and then."""
        for websocket in list(self._connections):
            await self.disconnect(websocket, reason)

    async def hang_up(self) -> None:
        """Close every connection without a word, as a lost network does."""
        for websocket in list(self._connections):
            with contextlib.suppress(RuntimeError, WebSocketDisconnect):
                await websocket.close(code=1011)

    async def deliver(self, envelope: Json, timeout: float) -> Json | None:
        """Send to one connection; the acknowledgement's payload, or None when none came in `timeout` seconds.

        Without a connection it waits for one within the same time.
        """
        envelope_id = str(envelope["envelope_id"])
        waiting: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._waiting[envelope_id] = waiting
        try:
            async with asyncio.timeout(timeout):
                await self._connected.wait()
                await self._send(envelope)
                return await waiting
        except TimeoutError:
            return None
        finally:
            self._waiting.pop(envelope_id, None)

    async def _send(self, envelope: Json) -> None:
        self._next += 1
        connection = self._connections[self._next % len(self._connections)]
        with contextlib.suppress(RuntimeError, WebSocketDisconnect):
            await connection.send_json(envelope)
