"""emulate's Slack beside ours: what the bot sent to the local workspace is sent there too, and answers compared."""

import json
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.workspace.server import Workspace
from tests.npm import installed

Json = dict[str, Any]
_FOLDER = Path(__file__).with_name("emulate")
# What emulate 0.8.0 does not implement, by its README.
UNKNOWN_THERE = (
    *("api.test", "apps.connections.open", "assistant.", "usergroups.", "chat.startStream", "chat.appendStream"),
    "chat.stopStream",
)


@contextmanager
def emulated(workspace: Workspace) -> Iterator["Opinion"]:
    """emulate with this workspace's people and channels, until the block ends."""
    installed(_FOLDER, "emulate/dist/api.js", "our calls against emulate's Slack")
    state = workspace.core.state
    people = [{"name": user.name, "real_name": user.real_name} for user in state.people]
    app = {"app_id": "A1", "client_id": "1.1", "client_secret": "s", "name": "Copilot", "redirect_uris": []}
    bot = {"bot_id": "B1", "bot_user_id": "U1BOT", "bot_name": "copilot", "scopes": []}
    seed = {
        "users": people,
        "channels": [{"name": room.name} for room in state.channels.values() if not room.is_im],
        "oauth_apps": [{**app, **bot}],
        "tokens": [
            {"token": "xoxb-bot", "user_id": "U1BOT", "app_id": "A1", "bot_id": "B1"},
            *({"token": f"xoxp-{user.name}", "user": user.name} for user in state.people),
        ],
    }
    command = ["node", "serve.mjs", json.dumps(seed)]
    with subprocess.Popen(command, cwd=_FOLDER, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        try:
            yield Opinion(workspace, line.rpartition("listening on ")[2].strip())
        finally:
            process.terminate()


@dataclass
class Opinion:
    """Sends there what was sent here, with the ids of there."""

    workspace: Workspace
    url: str
    ids: dict[str, str] = field(default_factory=dict)
    triggers: dict[str, Json] = field(default_factory=dict)
    compared: list[str] = field(default_factory=list)
    differs: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        state = self.workspace.core.state
        there = {user["name"]: user["id"] for user in self._call("users.list")["members"]}
        rooms = {room["name"]: room["id"] for room in self._call("conversations.list")["channels"]}
        self.ids |= {user.id: there[user.name] for user in state.people}
        self.ids |= {room.id: rooms[room.name] for room in state.channels.values() if not room.is_im}
        self.ids |= {state.bot_user_id: "U1BOT", state.bot_id: "B1"}
        for user in state.people:
            room = state.im_with(user.id)
            assert room is not None
            self.ids[room.id] = self._call("conversations.open", users=self.ids[user.id])["channel"]["id"]
        for room_id in rooms.values():
            self._call("conversations.join", channel=room_id)

    def replay(self, told: list[Json]) -> None:
        """All that passed on the wire, in its order."""
        for entry in told:
            if entry["kind"] == "sent":
                self._delivered(entry["envelope"]["payload"])
            elif entry["kind"] == "call" and entry["answer"]["ok"]:
                self._again(entry["method"], entry["arguments"], entry["answer"])

    def _delivered(self, payload: Json) -> None:
        """A person's message is posted there by that person; a trigger is remembered for the view it opens."""
        if payload.get("trigger_id"):
            user = payload.get("user_id") or payload["user"]["id"]
            view = (payload.get("view") or {}).get("id")
            self.triggers[payload["trigger_id"]] = {"user_id": user, **({"view_id": view} if view else {})}
        event = payload.get("event") or {}
        if event.get("type") == "message" and event.get("user") in self._names() and event["ts"] not in self.ids:
            where = {"channel": event["channel"], "thread_ts": event.get("thread_ts")}
            said = self._there({**where, "text": event["text"] or "a file"})
            self.ids[event["ts"]] = self._call("chat.postMessage", self._names()[event["user"]], **said)["ts"]
            for file in event.get("files", ()):
                self._upload(file["id"], self._names()[event["user"]], said["channel"])

    def _names(self) -> dict[str, str]:
        return {user.id: f"xoxp-{user.name}" for user in self.workspace.core.state.people}

    def _upload(self, file_id: str, token: str, channel: str = "") -> None:
        started = self._call("files.getUploadURLExternal", token, filename="note.txt", length=1)
        urllib.request.urlopen(urllib.request.Request(started["upload_url"], b"x"), timeout=5).close()
        if channel:
            done = {"files": [{"id": started["file_id"]}], "channel_id": channel}
            self._call("files.completeUploadExternal", token, **done)
        self.ids[file_id] = started["file_id"]

    def _again(self, method: str, given: Json, answer: Json) -> None:
        if method == "chat.startStream":  # not known there: its message has to stand for what comes after
            stand_in = self._there({"channel": given["channel"], "thread_ts": given.get("thread_ts"), "text": "…"})
            self.ids[answer["ts"]] = self._call("chat.postMessage", **stand_in)["ts"]
        if method == "files.getUploadURLExternal":
            self._upload(answer["file_id"], "xoxb-bot")
        if method == "chat.stopStream" and given.get("blocks"):  # what the stream ends in is a message like any other
            method, given = "chat.update", {**given, "text": answer["message"]["text"]}
        if method.startswith(UNKNOWN_THERE):
            return
        trigger = self.triggers.get(given.get("trigger_id", ""))
        if trigger:
            ours = self._call("views.generateTriggerId", **self._there(trigger))
            self.ids[given["trigger_id"]] = ours.get("trigger_id", "none")
        found = self._call(method, **self._there(given))
        self.compared.append(method)
        if not found["ok"]:
            self.differs.append(f"{method}: {found['error']}")
        for ours, theirs in ((answer, found), (answer.get("view") or {}, found.get("view") or {})):
            for name in ("ts", "message_ts", "id"):
                if name in ours and name in theirs:
                    self.ids[ours[name]] = theirs[name]

    def _there(self, given: Json) -> Json:
        text = json.dumps({key: value for key, value in given.items() if value is not None})
        for here, there in self.ids.items():
            text = text.replace(here, there)
        found: Json = json.loads(text)
        return found

    def _call(self, method: str, token: str = "xoxb-bot", **arguments: Any) -> Json:
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json; charset=utf-8"}
        request = urllib.request.Request(f"{self.url}/api/{method}", json.dumps(arguments).encode(), headers)
        with urllib.request.urlopen(request, timeout=10) as reply:
            found: Json = json.loads(reply.read())
        return found


def settled(queue: Any, seconds: float = 1.0) -> list[Json]:
    """All that a watcher's queue holds once nothing has come for a while."""
    told: list[Json] = []
    quiet_since = time.monotonic()
    while time.monotonic() - quiet_since < seconds:
        while not queue.empty():
            told.append(queue.get_nowait())
            quiet_since = time.monotonic()
        time.sleep(0.05)
    return told
