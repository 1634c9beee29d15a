"""A workspace for each test, and a tiny echo app connected to it with Slack's own clients over real sockets."""

import contextlib
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from bot.workspace import Workspace
from bot.workspace.manifest import Manifest
from bot.workspace.person import Person

EVENTS = (
    "app_home_opened app_mention message.channels message.im file_shared reaction_added reaction_removed "
    "member_joined_channel"
)
EVERYTHING = replace(Manifest(), events=frozenset(EVENTS.split()), prompts=())


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    opened = Workspace(manifest=EVERYTHING)
    opened.start()
    yield opened
    opened.stop()


@pytest.fixture
def client(workspace: Workspace) -> WebClient:
    return WebClient(token=workspace.bot_token, base_url=workspace.api_url)


@pytest.fixture
def dana(workspace: Workspace) -> Person:
    return workspace.person("dana")


@dataclass
class Echo:
    """A Bolt app and what it was told."""

    app: App
    workspace: Workspace
    heard: list[dict[str, Any]] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)

    def events(self, kind: str, subtype: str | None = None) -> list[dict[str, Any]]:
        return [e for e in list(self.heard) if e["type"] == kind and e.get("subtype") == subtype]


def listen(workspace: Workspace) -> Echo:
    """An app that remembers every event and answers mentions; a test adds what it needs."""
    app = App(client=WebClient(token=workspace.bot_token, base_url=workspace.api_url))
    echo = Echo(app, workspace)

    @app.middleware
    def remember(body: dict[str, Any], next: Callable[[], None]) -> None:
        echo.bodies.append(body)
        if "event" in body:
            echo.heard.append(body["event"])
        next()

    @app.event("app_mention")
    def mentioned(event: dict[str, Any], say: Any) -> None:
        say(text="echo: " + event["text"], thread_ts=event.get("thread_ts") or event["ts"])

    for kind in ("message", "reaction_added", "reaction_removed", "file_shared", "app_home_opened"):
        app.event(kind)(lambda: None)
    app.event("member_joined_channel")(lambda: None)
    return echo


def close(*handlers: SocketModeHandler) -> None:
    """Close without waiting out the client's three-second read."""
    for handler in handlers:
        client = handler.client
        client.auto_reconnect_enabled = client.default_auto_reconnect_enabled = False
        client.current_session_state.terminated = True
        session = client.current_session
        if session is not None and session.sock is not None:
            with contextlib.suppress(OSError):
                session.sock.shutdown(socket.SHUT_RDWR)
        handler.close()


@pytest.fixture
def echo(workspace: Workspace) -> Iterator[Echo]:
    found = listen(workspace)
    handler = SocketModeHandler(found.app, workspace.app_token)
    handler.connect()
    yield found
    close(handler)
