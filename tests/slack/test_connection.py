"""The socket goes on hearing, and a stop ends it, also where its thread began while a session was being replaced."""

import time
from threading import Thread

import pytest
from slack_sdk.socket_mode.builtin import client as sdk
from slack_sdk.socket_mode.builtin.connection import ConnectionState

from bot.slack.connection import Socket
from bot.workspace.server import Workspace
from tests.e2e.conftest import MANIFEST
from tests.slack.at_work import joined
from tests.slack.fakes import TODAY, FakeCopilot
from tests.slack.joined import QUESTION, replies, settings_for


@pytest.fixture(autouse=True)
def _sessions_that_begin_while_they_are_put_in_place(monkeypatch: pytest.MonkeyPatch) -> None:
    def late() -> ConnectionState:
        time.sleep(0.4)
        return ConnectionState()

    monkeypatch.setattr(sdk, "ConnectionState", late)


def test_a_stop_is_not_kept_waiting() -> None:
    with Workspace(manifest=MANIFEST) as workspace:
        ended: list[Socket] = []

        def join_and_leave() -> None:
            with joined(FakeCopilot(), settings_for(workspace), lambda: TODAY) as socket:
                time.sleep(0.5)
            ended.append(socket)

        leaving = Thread(target=join_and_leave, daemon=True)
        leaving.start()
        leaving.join(20)
        assert ended


def test_what_is_said_after_the_connection_was_lost_is_heard() -> None:
    with (
        Workspace(manifest=MANIFEST) as workspace,
        joined(FakeCopilot(), settings_for(workspace), lambda: TODAY) as socket,
    ):
        dana, lost = workspace.person("dana"), socket.client.session_id()
        workspace.hang_up()
        dana.wait(lambda: socket.client.session_id() != lost and socket.client.is_connected(), 20)
        assert replies(dana, dana.say(QUESTION), seconds=20)
