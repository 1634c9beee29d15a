"""Signed HTTP delivery: each request stands the check of slack-sdk's own verifier."""

import asyncio
import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import pytest
from slack_sdk.signature import SignatureVerifier

from bot.workspace import Workspace
from bot.workspace.person import Person
from bot.workspace.signed_http import SignedHttp

_SECRET = "a-secret-of-this-test"


class Target(ThreadingHTTPServer):
    """An app's Request URL: keeps what it got, answers what it is told to."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.got: list[tuple[dict[str, str], str]] = []
        self.refuse = 0
        self.answer = ""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/slack/events"


class _Handler(BaseHTTPRequestHandler):
    server: Target

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.got.append(({k.lower(): v for k, v in self.headers.items()}, body))
        refuse = self.server.refuse > 0
        self.server.refuse -= 1
        answer = body if "url_verification" in body else self.server.answer
        self.send_response(500 if refuse else 200)
        self.end_headers()
        self.wfile.write(answer.encode())

    def log_message(self, *_args: Any) -> None:
        pass


@pytest.fixture
def target() -> Iterator[Target]:
    server = Target()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def sam(target: Target) -> Iterator[Person]:
    workspace = Workspace(signing_secret=_SECRET, http_target=target.url)
    workspace.start()
    yield workspace.person("sam")
    workspace.stop()


def test_every_request_is_signed(target: Target, sam: Person) -> None:
    sam.say("hello")
    sam.slash("/billing help me")
    sam.wait(lambda: len(target.got) == 2)
    for headers, body in target.got:
        assert SignatureVerifier(_SECRET).is_valid_request(body, headers)
        assert not SignatureVerifier("another").is_valid_request(body, headers)


def test_events_come_as_json_and_commands_as_a_form(target: Target, sam: Person) -> None:
    target.answer = json.dumps({"text": "answered over HTTP"})
    sam.slash("/billing help me")
    sam.say("hello")
    sam.wait(lambda: len(target.got) == 2)
    assert parse_qs(target.got[0][1])["text"] == ["help me"]
    assert json.loads(target.got[1][1])["event"]["text"] == "hello"
    assert sam.messages("#billing")[-1]["text"] == "answered over HTTP"


def test_shortcuts_come_in_a_payload_field(target: Target, sam: Person) -> None:
    sam.shortcut("ask_payer")
    payload = json.loads(parse_qs(target.got[0][1])["payload"][0])
    assert payload["callback_id"] == "ask_payer"


def test_a_failed_delivery_is_retried_with_its_number(target: Target, sam: Person) -> None:
    target.refuse = 1
    sam.say("hello")
    sam.wait(lambda: len(target.got) == 2)
    assert "x-slack-retry-num" not in target.got[0][0]
    assert target.got[1][0]["x-slack-retry-num"] == "1"
    assert target.got[1][0]["x-slack-retry-reason"] == "http_timeout"


def test_the_url_is_verified_by_its_challenge(target: Target) -> None:
    # On a thread of its own: a browser test on this worker leaves playwright's event loop running on the main one.
    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(asyncio.run, SignedHttp(target.url, _SECRET).verify_url()).result(10)
