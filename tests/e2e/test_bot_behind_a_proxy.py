"""A proxy for the rest of the world, and a server on this computer."""

import pytest

from bot.workspace.server import Workspace
from tests.slack.at_work import joined
from tests.slack.fakes import FakeCopilot, make_note
from tests.slack.joined import replies, settings_for


def test_a_proxy_for_the_rest_of_the_world_is_not_asked_for_this_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with Workspace() as behind:
        settings = settings_for(behind)
        with joined(FakeCopilot(), settings):
            sam = behind.person("sam")
            ts = sam.say("please review", files={"group.txt": make_note(["K.L."]).encode()})
            assert "1 claim" in replies(sam, ts, at_least=3)[0]["text"]
            sam.slash("/billing payers all")
            sam.wait(lambda: [m for m in sam.messages("#billing") if "payers and programmes" in m["text"]])
