"""The program as a process for many workspaces, and the ways in that do not go together."""

import json
import time
import urllib.request
from pathlib import Path

import pytest

from bot.workspace.server import Workspace
from tests.e2e.process import Process
from tests.ports import free_port

MANY = {"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "s" * 32, "SLACK_SIGNING_SECRET": "a" * 32}


def test_it_offers_the_page_to_install_from(tmp_path: Path) -> None:
    port = free_port()
    process = Process(tmp_path, MANY, "run", "--http", str(port))
    try:
        page = opened(f"http://127.0.0.1:{port}/slack/install")
        assert "https://slack.com/oauth/v2/authorize?" in page
        assert "client_id=1.2" in page
        assert "s" * 32 not in page
    finally:
        process.stop()
        process.ended()


def test_it_says_that_it_is_ready_and_ends_well_on_sigterm(tmp_path: Path) -> None:
    port = free_port()
    with Workspace() as workspace:
        process = Process(tmp_path, {**MANY, "SLACK_API_URL": workspace.api_url}, "run", "--http", str(port))
        try:
            assert json.loads(opened(f"http://127.0.0.1:{port}/readyz"))["ok"]
        finally:
            process.stop()
        assert process.ended(15) == 0
        assert "Traceback" not in process.said


def opened(address: str, seconds: float = 30) -> str:
    until = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5) as reply:
                return reply.read().decode()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


@pytest.mark.parametrize(
    ("settings", "arguments", "told"),
    [
        (MANY, ("run",), "are served over HTTP: run with --http PORT"),
        ({**MANY, "SLACK_BOT_TOKEN": "xoxb-1"}, ("run", "--http", "0"), "give one of the two"),
        ({"SLACK_CLIENT_ID": "1.2"}, ("run", "--http", "0"), "go together: give both"),
        ({"SLACK_SIGNING_SECRET": "a" * 32}, ("run", "--http", "0"), "or for many workspaces SLACK_CLIENT_ID"),
    ],
)
def test_ways_in_that_do_not_go_together_are_one_line(
    tmp_path: Path, settings: dict[str, str], arguments: tuple[str, ...], told: str
) -> None:
    process = Process(tmp_path, settings, *arguments)
    assert process.ended() == 3
    assert told in process.said
    assert len(process.said.strip().splitlines()) == 1
