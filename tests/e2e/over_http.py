"""The bot behind its HTTP door, and Slack's way of knocking."""

import hashlib
import hmac
import json
import socket
import threading
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode

import uvicorn
from starlette.applications import Starlette

from bot.http_server import Impatient

SECRET = "a" * 32


def free_listener() -> tuple[socket.socket, str]:
    """A socket that listens already, and the address of Slack's events there."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    return listener, f"http://127.0.0.1:{listener.getsockname()[1]}/slack/events"


@contextmanager
def served(web: Starlette, listener: socket.socket) -> Iterator[None]:
    server = uvicorn.Server(uvicorn.Config(web, http=Impatient, log_config=None, lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(5)


def signed(body: bytes, *, secret: str = SECRET, at: int | None = None, form: bool = False) -> dict[str, str]:
    """The headers that Slack would send with this body."""
    stamp = str(at or int(time.time()))
    signature = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    kind = "application/x-www-form-urlencoded" if form else "application/json"
    return {"Content-Type": kind, "X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={signature}"}


def knock(url: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, str, Mapping[str, str]]:
    """The status, the body and the headers that came back."""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body, dict(headers)), timeout=10) as answer:
            return answer.status, answer.read().decode(), dict(answer.headers)
    except HTTPError as error:
        return error.code, error.read().decode(), dict(error.headers)


def send(url: str, body: bytes, **how: Any) -> int:
    """Post as Slack does; the status that came back."""
    return knock(url, body, signed(body, **how))[0]


def send_event(url: str, payload: Mapping[str, Any]) -> int:
    return send(url, json.dumps(payload).encode())


def send_action(url: str, payload: Mapping[str, Any]) -> int:
    """A button, a submitted modal or a shortcut."""
    return send(url, urlencode({"payload": json.dumps(payload)}).encode(), form=True)


def send_command(url: str, fields: Mapping[str, str]) -> int:
    return send(url, urlencode(fields).encode(), form=True)
