"""Slack's HTTP delivery: signed requests are taken, anything else is turned away."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.errors import OperatorError
from bot.settings import Settings
from bot.slack.app import build_app
from bot.slack.connection import http_app
from bot.workspace.server import Workspace
from tests.e2e.over_http import SECRET, free_listener, send, served
from tests.slack.at_work import at_work, make_jobs
from tests.slack.fakes import TODAY, FakeCopilot
from tests.slack.joined import QUESTION, quiet, replies, settings_for


@pytest.fixture(scope="module")
def address() -> Iterator[tuple[str, Workspace]]:
    listener, url = free_listener()
    with Workspace(http_target=url, signing_secret=SECRET) as workspace:
        settings = settings_for(workspace, slack_app_token=None)
        with at_work(FakeCopilot(), settings, lambda: TODAY) as app, served(http_app(app), listener):
            yield url, workspace


def test_a_question_over_signed_http_is_answered(address: tuple[str, Workspace]) -> None:
    dana = address[1].person("dana")
    ts = dana.say(QUESTION)
    assert "Allowed with conditions" in replies(dana, ts)[0]["text"]


def test_a_command_over_signed_http_is_answered(address: tuple[str, Workspace]) -> None:
    dana = address[1].person("dana")
    dana.slash("/billing payers all")
    dana.wait(lambda: [m for m in dana.messages("#billing") if "payers and programmes" in m["text"]])


def test_a_wrong_or_old_signature_is_refused(address: tuple[str, Workspace]) -> None:
    body = json.dumps({"type": "event_callback", "event": {"type": "message"}}).encode()
    assert send(address[0], body, secret="b" * 32) == 401
    assert send(address[0], body, at=int(time.time()) - 600) == 401


def test_an_unknown_but_signed_event_is_acknowledged(address: tuple[str, Workspace]) -> None:
    body = {"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "event": {"type": "star_added", "user": "U1"}}
    assert send(address[0], json.dumps(body).encode()) == 200


@pytest.mark.parametrize(("body", "status"), [(b"x" * 1_100_000, 413), (b"\xff\xfe\xff", 400)])
def test_a_body_that_is_too_large_or_no_text_is_refused(
    address: tuple[str, Workspace], body: bytes, status: int
) -> None:
    assert send(address[0], body) == status


def test_http_without_a_signing_secret_is_refused_at_start(address: tuple[str, Workspace], tmp_path: Path) -> None:
    workspace = address[1]
    settings = Settings(slack_bot_token=SecretStr(workspace.bot_token), slack_api_url=workspace.api_url)
    with pytest.raises(OperatorError, match="SLACK_SIGNING_SECRET"):
        http_app(build_app(FakeCopilot(), settings, make_jobs(tmp_path)).app)


def test_a_message_that_comes_again_as_another_event_is_answered_once(address: tuple[str, Workspace]) -> None:
    dana = address[1].person("dana")
    ts = dana.say(QUESTION)
    replies(dana, ts)
    event = {"type": "message", "channel_type": "im", "channel": dana.channel("dm")["id"], "user": dana.id, "ts": ts}
    team = address[1].core.state.team_id
    body = {"type": "event_callback", "team_id": team, "event_id": "Ev99", "event": {**event, "text": QUESTION}}
    assert send(address[0], json.dumps(body).encode()) == 200
    quiet()
    assert len(replies(dana, ts)) == 1
