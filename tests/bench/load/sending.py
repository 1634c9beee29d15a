"""Sends events at a fixed rate over connections that stay open, as Slack does, and times each acknowledgement."""

import asyncio
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.workspace.signed_http import signature
from tests.bench.load.events import Event

_TYPES = {"json": "application/json", "form": "application/x-www-form-urlencoded"}
_PATIENCE_SECONDS = 10.0
_Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass(frozen=True)
class Sent:
    """One delivery: when it was due, how long its acknowledgement took in seconds, and the status (0 for none)."""

    event: Event
    at: float
    took: float
    status: int


@dataclass
class Sender:
    """Sends to one port of this computer."""

    port: int
    secret: str
    sent: list[Sent] = field(default_factory=list)
    _idle: list[_Connection] = field(default_factory=list)

    def send(self, events: Iterable[Event], rate: float) -> list[Sent]:
        """All of them, `rate` a second whatever becomes of those before (0: each as soon as one of 16 is taken)."""
        asyncio.run(self._send(events, rate))
        return self.sent

    async def _send(self, events: Iterable[Event], rate: float) -> None:
        began = time.time()
        gate = asyncio.Semaphore(16)
        under_way: set[asyncio.Task[None]] = set()
        for number, event in enumerate(events):
            if rate:
                await asyncio.sleep(max(0.0, began + number / rate - time.time()))
            else:
                await gate.acquire()
            task = asyncio.create_task(self._one(event, began + number / rate if rate else time.time()))
            under_way.add(task)
            task.add_done_callback(under_way.discard)
            if not rate:
                task.add_done_callback(lambda _: gate.release())
        await asyncio.gather(*under_way)
        for _, writer in self._idle:
            writer.close()
        self._idle.clear()

    async def _one(self, event: Event, due: float) -> None:
        """Timed from when it was due, so that a sender that comes late does not flatter."""
        try:
            status = await asyncio.wait_for(self._post(event), _PATIENCE_SECONDS)
        except (TimeoutError, OSError, asyncio.IncompleteReadError):
            status = 0
        self.sent.append(Sent(event, due, time.time() - due, status))

    async def _post(self, event: Event) -> int:
        stamp = str(int(time.time()) + event.repeats)  # as Slack signs a repeat: anew
        retry = "X-Slack-Retry-Num: 1\r\nX-Slack-Retry-Reason: http_timeout\r\n" if event.repeats else ""
        head = (
            f"POST /slack/events HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {_TYPES[event.kind]}\r\n"
            f"Content-Length: {len(event.body)}\r\nX-Slack-Request-Timestamp: {stamp}\r\n{retry}"
            f"X-Slack-Signature: {signature(self.secret, stamp, event.body)}\r\n\r\n"
        )
        while self._idle:
            connection = self._idle.pop()
            try:
                return await self._answer(connection, head.encode() + event.body)
            except (asyncio.IncompleteReadError, ConnectionError):
                connection[1].close()  # closed for having been idle: nothing of this was read
        return await self._answer(await asyncio.open_connection("127.0.0.1", self.port), head.encode() + event.body)

    async def _answer(self, connection: _Connection, request: bytes) -> int:
        reader, writer = connection
        writer.write(request)
        answer = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        if "content-length:" in answer:
            await reader.readexactly(int(answer.partition("content-length:")[2].split("\r\n")[0]))
            self._idle.append(connection)
        else:
            writer.close()
        return int(answer.split()[1])
