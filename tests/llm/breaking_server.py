"""A server on the loopback address that speaks the OpenAI and the Anthropic protocol, and breaks as it is told.

Beside aimock, which knows no Retry-After, no refusal, no half reply and no drip; and it keeps what it was sent.
"""

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Asked:
    """One request as it came over the wire."""

    protocol: str
    body: dict[str, Any]
    at: float

    @property
    def text(self) -> str:
        return json.dumps(self.body, ensure_ascii=False)

    @property
    def words(self) -> str:
        """What the model was told, without the JSON around it."""
        found: list[str] = []

        def walk(part: object) -> None:
            if isinstance(part, str):
                found.append(part)
            elif isinstance(part, dict):
                for inner in part.values():
                    walk(inner)
            elif isinstance(part, list):
                for inner in part:
                    walk(inner)

        walk(self.body.get("messages"))
        walk(self.body.get("system"))
        return "\n".join(found)

    @property
    def member(self) -> int:
        """Which member is asked about, from 1; 0 for the session."""
        found = re.search(r"seven elements for the member called \[MEMBER_(\d+)", self.words)
        return int(found[1]) if found else 0


@dataclass(frozen=True)
class Reply:
    """What is sent back. `says` is the model's text; `body` goes out as it is in its place."""

    says: str | None = None
    body: bytes | None = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    stop: str = ""
    refuses: bool = False
    waits: float = 0.0
    drips: float = 0.0
    cut_at: int | None = None


Plan = Callable[[Asked], Reply]


class BreakingServer:
    """Where it listens, what it was asked, and how many requests it held at once at most."""

    def __init__(self) -> None:
        self.url = ""
        self.plan: Plan = lambda asked: Reply(says="nothing set")
        self.asked: list[Asked] = []
        self.most_at_once = 0
        self._now = 0
        self._lock = threading.Lock()
        self.stopped = threading.Event()

    def enter(self, asked: Asked) -> None:
        with self._lock:
            self.asked.append(asked)
            self._now += 1
            self.most_at_once = max(self.most_at_once, self._now)

    def leave(self) -> None:
        with self._lock:
            self._now -= 1

    def start_over(self, plan: Plan) -> None:
        """Forget what was asked, and let go of requests that still hang from before."""
        self.stopped.set()
        until = time.monotonic() + 5
        while self._now and time.monotonic() < until:
            time.sleep(0.01)
        with self._lock:
            self.plan, self.asked, self.most_at_once, self.stopped = plan, [], 0, threading.Event()


@contextmanager
def running() -> Iterator[BreakingServer]:
    broken = BreakingServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            protocol = "anthropic" if self.path.endswith("/messages") else "openai"
            asked = Asked(protocol, body, time.monotonic())
            broken.enter(asked)
            try:
                self._answer(asked, broken.plan(asked))
            except (BrokenPipeError, ConnectionResetError):
                pass
            finally:
                broken.leave()

        def _answer(self, asked: Asked, reply: Reply) -> None:
            broken.stopped.wait(reply.waits)
            data = reply.body if reply.body is not None else _wrapped(asked.protocol, reply)
            self.send_response(reply.status)
            headers = {"content-type": "application/json", "content-length": str(len(data))} | reply.headers
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            for piece in [data[:1], data[1:2], data[2:3], data[3:]] if reply.drips else [data[: reply.cut_at]]:
                self.wfile.write(piece)
                self.wfile.flush()
                broken.stopped.wait(reply.drips)
            self.close_connection = True

        def log_message(self, *args: object) -> None:
            """Say nothing on stderr."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    broken.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield broken
    finally:
        broken.stopped.set()
        server.shutdown()
        server.server_close()
        thread.join(5)


def _wrapped(protocol: str, reply: Reply) -> bytes:
    if reply.status >= 400:
        kind = {429: "rate_limit_error", 529: "overloaded_error"}.get(reply.status, "api_error")
        return json.dumps({"type": "error", "error": {"type": kind, "message": "told to", "code": None}}).encode()
    if protocol == "anthropic":
        text = [] if reply.says is None else [{"type": "text", "text": reply.says}]
        usage = {"input_tokens": 1, "output_tokens": 1}
        stop = "refusal" if reply.refuses else {"length": "max_tokens"}.get(reply.stop, reply.stop or "end_turn")
        found = {"id": "m1", "type": "message", "role": "assistant", "model": "m", "content": text, "usage": usage}
        return json.dumps(found | {"stop_reason": stop, "stop_sequence": None}).encode()
    message = {"role": "assistant", "content": reply.says, "refusal": "I cannot help." if reply.refuses else None}
    choice = {"index": 0, "message": message, "finish_reason": reply.stop or "stop"}
    usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
    found = {"id": "c1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice], "usage": usage}
    return json.dumps(found).encode()
