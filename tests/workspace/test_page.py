"""What the page's own calls allow, and to whom."""

import json
import urllib.error
import urllib.request
from typing import Any

import pytest
from slack_sdk import WebClient
from websockets.sync.client import connect

from bot.workspace import Workspace
from bot.workspace.person import Person


@pytest.fixture
def sam(workspace: Workspace) -> Person:
    return workspace.person("sam")


def _do(workspace: Workspace, verb: str, body: Any) -> dict[str, Any]:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    with urllib.request.urlopen(f"{workspace.url}/page/do/{verb}", data=data, timeout=5) as reply:
        found: dict[str, Any] = json.loads(reply.read())
        return found


@pytest.mark.parametrize(
    ("verb", "body"),
    [("message", {}), ("message", []), ("message", b"not json"), ("fly", {}), ("message", {"user": "U0NOBODY"})],
)
def test_what_makes_no_sense_is_refused_in_one_line(workspace: Workspace, verb: str, body: Any) -> None:
    answer = _do(workspace, verb, body)
    assert not answer["ok"]
    assert "\n" not in answer["error"]


def test_a_call_that_misses_a_part_says_which(workspace: Workspace, dana: Person) -> None:
    assert _do(workspace, "edit", {"user": dana.id})["error"] == "The request misses 'channel'."


def test_nobody_acts_as_the_app(workspace: Workspace, dana: Person) -> None:
    body = {"user": workspace.core.state.bot_user_id, "channel": dana.channel("#billing")["id"], "text": "x"}
    assert not _do(workspace, "message", body)["ok"]


def test_others_messages_are_not_mine_to_change(dana: Person, sam: Person) -> None:
    ts = dana.say("mine", "#general")
    assert not sam.edit(ts, "changed", "#general")["ok"]
    assert not sam.delete(ts, "#general")["ok"]
    assert dana.messages("#general")[-1]["text"] == "mine"


def test_a_direct_message_and_its_file_are_its_owners(workspace: Workspace, dana: Person, sam: Person) -> None:
    dana.say("private", files={"note.txt": b"private words"})
    room, file = dana.channel("dm")["id"], dana.messages()[-1]["files"][0]["id"]
    assert not _do(workspace, "message", {"user": sam.id, "channel": room, "text": "hello"})["ok"]
    assert all(channel["id"] != room for channel in sam.state()["channels"])
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{workspace.url}/page/file/{file}?user={sam.id}", timeout=5)
    refused.value.close()
    assert refused.value.code == 404
    with urllib.request.urlopen(f"{workspace.url}/page/file/{file}?user={dana.id}", timeout=5) as reply:
        assert reply.read() == b"private words"


def test_an_html_file_is_never_shown_as_a_page(workspace: Workspace, dana: Person) -> None:
    dana.say("", files={"trap.html": b"<script>alert(1)</script>", "trap.svg": b"<svg onload=alert(1)>"})
    for file in dana.messages()[-1]["files"]:
        with urllib.request.urlopen(f"{workspace.url}/page/file/{file['id']}?user={dana.id}", timeout=5) as reply:
            kind = reply.headers["content-type"]
            assert kind.startswith(("text/plain", "application/octet-stream"))
            assert reply.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("text", ["", "   \n ", "x" * 40_001])
def test_a_message_of_nothing_or_of_too_much_is_refused(workspace: Workspace, dana: Person, text: str) -> None:
    body = {"user": dana.id, "channel": dana.channel("dm")["id"], "text": text}
    answer = _do(workspace, "message", body)
    assert answer["error"] in ("Write something first.",) or "attach this as a file" in answer["error"]
    assert dana.messages() == []


@pytest.mark.parametrize("text", ["🙂🙂🙂", "שלום לכולם", "<b>bold</b> & <script>", "\u0000odd\u202e"])
def test_any_script_and_sign_comes_back_as_typed(dana: Person, text: str) -> None:
    dana.say(text)
    stored = dana.messages()[-1]["text"]
    assert stored.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == text


def test_an_empty_or_a_huge_file_is_refused(workspace: Workspace, dana: Person) -> None:
    for content, reason in ((b"", "empty"), (b"x" * (25 * 1024 * 1024 + 1), "25 MB")):
        with pytest.raises(AssertionError, match=reason):
            dana.say("", files={"note.txt": content})


def test_changes_reach_only_those_who_may_see_them(
    workspace: Workspace, client: WebClient, dana: Person, sam: Person
) -> None:
    address = f"ws{workspace.url.removeprefix('http')}/page/live?user={sam.id}"
    with connect(address) as live:
        dana.say("not for sam")
        client.chat_postEphemeral(channel="#billing", user=dana.id, text="nor this")
        dana.say("for everyone", "#general")
        change = json.loads(live.recv(timeout=5))
    assert change["message"]["text"] == "for everyone"


def test_sampled_sessions_may_be_absent(workspace: Workspace, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.workspace.page.KNOWLEDGE", tmp_path)
    with urllib.request.urlopen(f"{workspace.url}/page/samples", timeout=5) as reply:
        assert json.loads(reply.read()) == []
