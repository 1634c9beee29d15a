"""Slack's HTTP delivery: signed requests are taken, anything else is turned away."""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import pytest
from pydantic import SecretStr

from bot.errors import OperatorError
from bot.http_server import Impatient
from bot.settings import Settings
from bot.slack.app import build_app
from bot.slack.http_door import http_app
from bot.slack.rate import Rate
from bot.workspace.server import Workspace
from tests.e2e.over_http import SECRET, free_listener, knock, send, served, signed
from tests.e2e.process import Process
from tests.ports import free_port
from tests.slack.at_work import at_work, keeping, make_jobs
from tests.slack.fakes import TODAY, FakeCopilot
from tests.slack.joined import QUESTION, quiet, replies, settings_for


@pytest.fixture(scope="module")
def address() -> Iterator[tuple[str, Workspace]]:
    listener, url = free_listener()
    with Workspace(http_target=url, signing_secret=SECRET) as workspace:
        settings = settings_for(workspace, slack_app_token=None)
        with (
            keeping() as doorkeeper,
            at_work(FakeCopilot(), settings, lambda: TODAY, doorkeeper=doorkeeper) as app,
            served(http_app(app, doorkeeper), listener),
        ):
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


def test_a_body_that_is_no_text_is_refused(address: tuple[str, Workspace]) -> None:
    assert send(address[0], b"\xff\xfe\xff") == 400


def test_http_without_a_signing_secret_is_refused_at_start(address: tuple[str, Workspace], tmp_path: Path) -> None:
    workspace = address[1]
    settings = Settings(slack_bot_token=SecretStr(workspace.bot_token), slack_api_url=workspace.api_url)
    with keeping() as doorkeeper, pytest.raises(OperatorError, match="SLACK_SIGNING_SECRET"):
        http_app(build_app(FakeCopilot(), settings, make_jobs(tmp_path)).app, doorkeeper)


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


def test_a_delivery_recorded_on_the_way_is_not_taken_again(address: tuple[str, Workspace]) -> None:
    body = json.dumps({"type": "event_callback", "team_id": "T1", "event_id": "Ev7", "event": {"type": "star_added"}})
    headers = signed(body.encode())
    assert knock(address[0], body.encode(), headers)[0] == 200
    assert knock(address[0], body.encode(), headers)[0] == 401


def test_one_that_failed_may_come_again(address: tuple[str, Workspace], monkeypatch: pytest.MonkeyPatch) -> None:
    """Slack's own repeat has a new timestamp, but may fall into the same second."""
    from bot.errors import NotTakenError
    from bot.jobs.jobs import Jobs

    def away(*_: object) -> bool:
        raise NotTakenError("The database cannot be written.")

    workspace = address[1]
    dana, team = workspace.person("dana"), workspace.core.state.team_id
    channel, ts = dana.channel("dm")["id"], "1900000001.000100"
    event = {"type": "message", "channel_type": "im", "channel": channel, "user": dana.id, "ts": ts, "text": QUESTION}
    body = json.dumps({"type": "event_callback", "team_id": team, "event_id": "Ev8", "event": event}).encode()
    headers = signed(body)
    with monkeypatch.context() as outage:
        outage.setattr(Jobs, "take", away)
        assert knock(address[0], body, headers)[0] == 500
    assert knock(address[0], body, headers)[0] == 200


def test_a_forged_delivery_cannot_take_a_real_ones_place(address: tuple[str, Workspace]) -> None:
    body = json.dumps({"type": "event_callback", "team_id": "T1", "event_id": "Ev9", "event": {"type": "star_added"}})
    headers = signed(body.encode())
    assert knock(address[0], body.encode() + b" ", headers)[0] == 401
    assert knock(address[0], body.encode(), headers)[0] == 200


@contextmanager
def narrow(workspace: Workspace, a_workspace: Rate, an_address: Rate, seconds: float) -> Iterator[str]:
    """A door with little patience, which nobody else knocks at. It takes no work."""
    listener, url = free_listener()
    settings = settings_for(workspace, slack_app_token=None, slack_signing_secret=SecretStr(SECRET))
    with keeping(a_workspace) as doorkeeper, TemporaryDirectory() as folder:
        app = build_app(FakeCopilot(), settings, make_jobs(Path(folder)), doorkeeper=doorkeeper).app
        with served(http_app(app, doorkeeper, an_address, seconds), listener):
            yield url


def star(number: int) -> bytes:
    event = {"type": "star_added", "user": "U1"}
    return json.dumps({"type": "event_callback", "team_id": "T1", "event_id": f"EvS{number}", "event": event}).encode()


def test_a_workspace_that_sends_too_much_is_told_when_to_come_again(address: tuple[str, Workspace]) -> None:
    with narrow(address[1], Rate(0.1, 2), Rate(100, 100), 5) as url:
        got = [knock(url, body, signed(body)) for body in (star(1), star(2), star(3))]
    assert [status for status, _, _ in got] == [200, 200, 429]
    assert int(next(value for name, value in got[2][2].items() if name.lower() == "retry-after")) >= 1


def test_an_address_that_knocks_too_often_is_turned_away_unread(address: tuple[str, Workspace]) -> None:
    with narrow(address[1], Rate(100, 100), Rate(0.1, 2), 5) as url:
        assert [knock(url, b"{}", {})[0] for _ in range(3)] == [401, 401, 429]


def slowly(url: str, first: bytes) -> bytes:
    """Send a beginning and nothing more; what the door says before it hangs up."""
    with socket.create_connection((urlsplit(url).hostname, urlsplit(url).port), timeout=5) as client:
        client.sendall(first)
        said = b""
        while chunk := client.recv(4096):
            said += chunk
        return said


def test_who_sends_a_body_or_headers_too_slowly_is_hung_up_on(
    address: tuple[str, Workspace], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Impatient, "header_seconds", 0.3)
    with narrow(address[1], Rate(100, 100), Rate(100, 100), 0.3) as url:
        head = b"POST /slack/events HTTP/1.1\r\nHost: x\r\n"
        assert b" 408 " in slowly(url, head + b"Content-Length: 100\r\n\r\nabc")
        assert slowly(url, head + b"X-Slow: ") == b""
        assert slowly(url, b"") == b""


def test_a_body_announced_as_too_large_is_refused_unread(address: tuple[str, Workspace]) -> None:
    with narrow(address[1], Rate(100, 100), Rate(100, 100), 5) as url:
        head = b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 2000000\r\n\r\n"
        assert b" 413 " in slowly(url, head)


def test_a_body_that_grows_too_large_is_refused_where_it_does(address: tuple[str, Workspace]) -> None:
    with narrow(address[1], Rate(100, 100), Rate(100, 100), 5) as url:
        head = b"POST /slack/events HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
        assert b" 413 " in slowly(url, head + b"F4241\r\n" + b"x" * 1_000_001)


def test_a_stop_over_http_ends_well_within_ten_seconds(tmp_path: Path) -> None:
    port = free_port()
    with Workspace(http_target=f"http://127.0.0.1:{port}/slack/events", signing_secret=SECRET) as workspace:
        settings = {
            "SLACK_BOT_TOKEN": workspace.bot_token,
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_API_URL": workspace.api_url,
        }
        process = Process(tmp_path, settings, "run", "--http", str(port))
        until = time.monotonic() + 30
        while "takes Slack's requests" not in process.said and time.monotonic() < until:
            time.sleep(0.1)
        time.sleep(1.0)
        began = time.monotonic()
        process.stop()
        assert process.ended(20) == 0
        assert time.monotonic() - began < 10
