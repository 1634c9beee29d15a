"""The whole program joins a Slack-compatible server, answers, stops, and says in one line what is wrong."""

import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.workspace.server import Workspace
from tests.e2e.conftest import MANIFEST
from tests.e2e.process import Process
from tests.slack.joined import replies

Start = Callable[..., Process]


@pytest.fixture
def server() -> Iterator[Workspace]:
    with Workspace(manifest=MANIFEST) as running:
        yield running


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    started: list[Process] = []

    def go(**settings: str) -> Process:
        started.append(Process(tmp_path, settings))
        return started[-1]

    yield go
    for process in started:
        process.kill()


def tokens(server: Workspace, **changes: str) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": server.bot_token,
        "SLACK_APP_TOKEN": server.app_token,
        "SLACK_API_URL": server.api_url,
    } | changes


def test_it_joins_by_its_tokens_answers_and_stops_on_sigterm(server: Workspace, start: Start) -> None:
    process = start(**tokens(server))
    process.ready()
    dana = server.person("dana")
    ts = dana.say("Can I bill group and individual therapy the same day for Medicare?")
    assert "Medicare Part B · same-day services" in replies(dana, ts, seconds=20)[0]["text"]
    process.stop()
    asked = time.monotonic()
    assert process.ended(10) == 0
    assert time.monotonic() - asked < 10
    assert "Traceback" not in process.said


def test_a_stop_that_comes_while_it_is_still_warming_up_ends_it_well(server: Workspace, start: Start) -> None:
    process = start(**tokens(server))
    process.ready()
    process.stop()
    assert process.ended(20) == 0
    assert "terminate called" not in process.said


@pytest.mark.parametrize("name", ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"])
def test_a_wrong_token_is_one_line_that_names_it(server: Workspace, start: Start, name: str) -> None:
    wrong = {"SLACK_BOT_TOKEN": "xoxb-wrong", "SLACK_APP_TOKEN": "xapp-wrong"}[name]
    process = start(**tokens(server, **{name: wrong}))
    assert process.ended() == 3
    (line,) = process.said.strip().splitlines()
    assert name in line
    assert wrong not in line


def test_an_unreachable_server_is_one_line(server: Workspace, start: Start) -> None:
    process = start(**tokens(server, SLACK_API_URL="http://127.0.0.1:9/api/"))
    assert process.ended() == 3
    (line,) = process.said.strip().splitlines()
    assert "cannot be reached" in line


def test_half_a_login_is_one_line(server: Workspace, start: Start) -> None:
    process = start(SLACK_BOT_TOKEN=server.bot_token)
    assert process.ended() == 3
    (line,) = process.said.strip().splitlines()
    assert "SLACK_APP_TOKEN is not set" in line


def test_a_used_port_is_one_line_that_says_what_to_set(start: Start) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        process = start(WORKSPACE_PORT=str(taken.getsockname()[1]))
        assert process.ended() == 3
    (line,) = process.said.strip().splitlines()
    assert "WORKSPACE_PORT" in line


def test_a_key_file_that_others_may_read_is_one_line_that_says_what_to_do(
    server: Workspace, start: Start, tmp_path: Path
) -> None:
    (tmp_path / "data").mkdir()
    key = tmp_path / "data" / "work.key"
    key.write_text("k" * 64)
    key.chmod(0o644)
    process = start(**tokens(server))
    assert process.ended() == 3
    (line,) = process.said.strip().splitlines()
    assert "chmod 600" in line
    assert "kkkk" not in line


def test_a_second_bot_on_the_same_data_is_one_line_and_the_first_goes_on(server: Workspace, start: Start) -> None:
    start(**tokens(server)).ready()
    second = start(**tokens(server))
    assert second.ended() == 3
    assert "Another copilot runs with this DATA_DIR" in second.said.strip().splitlines()[-1]
    dana = server.person("dana")
    assert len(replies(dana, dana.say("Same day for Medicare?"), seconds=20)) == 1
