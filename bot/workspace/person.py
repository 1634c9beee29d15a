"""A person of the practice, driven from code: what the page does, without the page. Made for tests."""

import json
import time
import urllib.request
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlencode

from bot.workspace.state import Json

_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Person:
    """Speaks, clicks and fills in modals over the page's own HTTP calls.

    Channels are named `#billing`, or `dm` for the direct message with the app. Each verb returns the page's
    answer (`{"ok": bool, ...}`).
    """

    def __init__(self, url: str, user_id: str) -> None:
        self._url = url
        self.id = user_id

    def state(self) -> Json:
        """All that this person's page would show."""
        found: Json = self._open(f"/page/state?user={self.id}")
        return found

    def channel(self, name: str) -> Json:
        """A channel with its messages, oldest first."""
        rooms = self.state()["channels"]
        wanted = name.lstrip("#")
        return next(r for r in rooms if (r["is_im"] if name == "dm" else wanted in (r.get("name"), r["id"])))

    def messages(self, channel: str = "dm", thread_ts: str | None = None) -> list[Json]:
        """What this person sees in a channel, or in one thread of it (parent included)."""
        found: list[Json] = self.channel(channel)["messages"]
        if thread_ts is None:
            return found
        return [m for m in found if thread_ts in (m["ts"], m.get("thread_ts"))]

    def say(
        self, text: str, channel: str = "dm", thread_ts: str | None = None, files: dict[str, bytes] | None = None
    ) -> str:
        """Send a message (with files, by name); returns its ts."""
        stored = [self._upload(name, content) for name, content in (files or {}).items()]
        answer = self._do("message", channel=self._id(channel), text=text, thread_ts=thread_ts, files=stored)
        if not answer["ok"]:
            raise AssertionError(answer["error"])
        return str(answer["ts"])

    def slash(self, text: str, channel: str = "#billing") -> Json:
        """Type a slash command, such as `/billing payers`."""
        return self._do("command", channel=self._id(channel), text=text)

    def click(
        self, message: Json, action_id: str, channel: str = "dm", values: Json | None = None, **changes: Any
    ) -> Json:
        """Use a button or select of a message; `changes` adds what was chosen (`selected_option=...`)."""
        action = {**_element(message["blocks"], action_id), **changes}
        return self._do("action", channel=self._id(channel), ts=message["ts"], action=action, values=values or {})

    def click_in_view(self, view: Json, action_id: str, values: Json | None = None, **changes: Any) -> Json:
        """Use a button or select of a modal or the home."""
        action = {**_element(view["blocks"], action_id), **changes}
        return self._do("action", view=view["id"], action=action, values=values or {})

    def submit(self, values: Json | None = None) -> Json:
        """Submit the open modal; the answer has `errors` by block id when it was refused."""
        return self._do("submit", view=self.wait_for_modal()["id"], values=values or {})

    def cancel(self, *, everything: bool = False) -> Json:
        """Close the open modal."""
        return self._do("cancel", everything=everything)

    def shortcut(self, callback_id: str, ts: str | None = None, channel: str = "dm") -> Json:
        """Use a shortcut: on a message when `ts` is given, else a global one."""
        return self._do("shortcut", callback_id=callback_id, ts=ts, channel=self._id(channel))

    def open_home(self, tab: str = "home") -> Json:
        return self._do("home", tab=tab)

    def react(self, ts: str, name: str, channel: str = "dm") -> Json:
        return self._do("react", channel=self._id(channel), ts=ts, name=name)

    def edit(self, ts: str, text: str, channel: str = "dm") -> Json:
        return self._do("edit", channel=self._id(channel), ts=ts, text=text)

    def delete(self, ts: str, channel: str = "dm") -> Json:
        return self._do("delete", channel=self._id(channel), ts=ts)

    def suggest(self, container: Json, block_id: str, action_id: str, value: str) -> Json:
        """Type into an external select."""
        return self._do("suggest", container=container, block_id=block_id, action_id=action_id, value=value)

    def wait_for_reply(self, after: str, channel: str = "dm", seconds: float = 10.0) -> Json:
        """The app's first finished message after `after` (a ts)."""

        def replied() -> Json | None:
            return next((m for m in self.messages(channel) if m["ts"] > after and _finished(m)), None)

        reply: Json = self.wait(replied, seconds)
        return reply

    def wait_for_modal(self, title: str | None = None, seconds: float = 5.0) -> Json:
        """The modal on top, with this title if one is named."""

        def shown() -> Json | None:
            modal: Json | None = self.state()["modal"]
            return modal if modal and title in (None, modal["title"]["text"]) else None

        modal: Json = self.wait(shown, seconds)
        return modal

    def wait(self, found: Callable[[], Any], seconds: float = 5.0) -> Any:
        """Ask again until there is an answer; raises AssertionError when there is none in time."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            answer = found()
            if answer:
                return answer
            time.sleep(0.03)
        raise AssertionError(f"nothing came within {seconds:g} s")

    def _id(self, channel: str) -> str:
        return str(self.channel(channel)["id"])

    def _do(self, verb: str, **body: Any) -> Json:
        found: Json = self._open(f"/page/do/{verb}", json.dumps({"user": self.id, **body}).encode())
        return found

    def _upload(self, name: str, content: bytes) -> str:
        query = urlencode({"user": self.id, "name": name}, quote_via=quote)
        answer = self._open(f"/page/upload?{query}", content)
        if not answer["ok"]:
            raise AssertionError(answer["error"])
        return str(answer["file"])

    def _open(self, path: str, body: bytes | None = None) -> Any:
        request = urllib.request.Request(self._url + path, data=body)  # noqa: S310 - the workspace's own address
        with _OPENER.open(request, timeout=30) as reply:
            return json.loads(reply.read())


def _finished(message: Json) -> bool:
    return bool(message.get("bot_id")) and message.get("streaming_state") != "in_progress"


def _element(blocks: list[Json], action_id: str) -> Json:
    """The action as the app receives it: the element's own fields that Slack repeats."""
    for block in blocks:
        candidates = [*block.get("elements", []), block.get("accessory"), block.get("element")]
        for element in candidates:
            if isinstance(element, dict) and element.get("action_id") == action_id:
                kept = {key: element[key] for key in ("type", "action_id", "text", "value", "style") if key in element}
                return {**kept, "block_id": block["block_id"]}
    raise AssertionError(f"no element {action_id} here")
