"""The page's own way in: what a person sees, and each thing they do, as small JSON calls."""

import asyncio
import contextlib
import mimetypes
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.resources import KNOWLEDGE
from bot.workspace import conversation, describe, interactions, limits, surfaces
from bot.workspace.core import Core
from bot.workspace.errors import ApiError
from bot.workspace.ids import new_id
from bot.workspace.state import Channel, Json, StoredFile, User

MAX_FILE_BYTES = 25 * 1024 * 1024


class Page:
    """Serves one browser page per person; `do` holds a method for each verb."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._verbs: dict[str, Callable[[User, Json], Awaitable[Json]]] = {
            "message": self._message,
            "edit": self._edit,
            "delete": self._delete,
            "react": self._react,
            "command": self._command,
            "shortcut": self._shortcut,
            "action": self._action,
            "submit": self._submit,
            "cancel": self._cancel,
            "suggest": self._suggest,
            "home": self._home,
            "dismiss": self._dismiss,
        }

    async def do(self, request: Request) -> JSONResponse:
        """One thing a person does; a refusal is `{"ok": false, "error": one line}`."""
        verb = self._verbs.get(request.path_params["verb"])
        try:
            body = await request.json()
        except ValueError:
            body = None
        if verb is None or not isinstance(body, dict):
            return _refused("That is not something this page can do.")
        user = self._core.state.users.get(str(body.get("user")))
        if user is None or user.is_bot:
            return _refused("Choose who you are first: this workspace has been restarted.")
        try:
            return JSONResponse({"ok": True, **await verb(user, body)})
        except ApiError as error:
            return _refused(_SENTENCES.get(error.code, error.code), error.code)
        except KeyError as error:
            return _refused(f"The request misses {error}.", "invalid_arguments")

    async def state(self, request: Request) -> JSONResponse:
        """All that a page needs when it opens, for one person (the first one when none is named)."""
        state = self._core.state
        user = state.users.get(request.query_params.get("user", "")) or state.people[0]
        rooms = [room for room in state.channels.values() if user.id in room.members]
        manifest = self._core.manifest
        return JSONResponse(
            {
                "me": user.id,
                "team": {"id": state.team_id, "name": state.team_name},
                "app": {"id": state.app_id, "user": state.bot_user_id, "name": manifest.name},
                "about": manifest.description,
                "model": self._core.model,
                "users": [{**describe.user(state, person), "role": person.role} for person in state.users.values()],
                "channels": [self._room(room, user) for room in rooms],
                "commands": [vars(command) for command in manifest.commands],
                "shortcuts": [vars(shortcut) for shortcut in manifest.shortcuts],
                "connected": self._core.delivery.carrier.connected,
                **surfaces.snapshot(self._core, user.id),
            },
            headers={"Cache-Control": "no-store"},
        )

    def _room(self, room: Channel, user: User) -> Json:
        hidden = [m for m in room.ephemerals.values() if m["_for"] == user.id]
        messages = sorted([*room.messages.values(), *hidden], key=lambda message: str(message["ts"]))
        prompts = room.prompts or {"title": "", "prompts": list(self._core.manifest.prompts)}
        return {
            **describe.channel(self._core.state, room),
            "messages": [conversation.public(message) for message in messages],
            "prompts": prompts if room.is_im else {"title": "", "prompts": []},
            "statuses": {ts: thread for ts, thread in room.threads.items() if thread.get("status")},
        }

    async def live(self, websocket: WebSocket) -> None:
        """Changes as they happen, to one page."""
        await websocket.accept()
        # Someone of an earlier run hears nothing here: the page asks for the state as it connects, and starts anew.
        queue = self._core.live.join(websocket.query_params.get("user", ""))
        try:
            await _pass_on(queue, websocket)
        finally:
            self._core.live.leave(queue)

    async def inspect(self, websocket: WebSocket) -> None:
        """What passes between workspace and app, as it happens, to one inspector."""
        await websocket.accept()
        queue = self._core.wire.join()
        try:
            await _pass_on(queue, websocket)
        finally:
            self._core.wire.leave(queue)

    async def upload(self, request: Request) -> JSONResponse:
        """Take one file's bytes, in memory, until a message shares it."""
        user = self._core.state.users.get(request.query_params.get("user", ""))
        name = Path(request.query_params.get("name") or "file.txt").name[:200]
        content = bytearray()
        async for chunk in request.stream():
            content += chunk
            if len(content) > MAX_FILE_BYTES:
                return _refused(f"A file may have {MAX_FILE_BYTES // 1024 // 1024} MB at most here.")
        if user is None or not content:
            return _refused("This file is empty." if user else "Choose who you are first.")
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        stored = StoredFile(new_id("F"), name, name, kind, user.id, int(time.time()), len(content), bytes(content))
        self._core.state.files[stored.id] = stored
        return JSONResponse({"ok": True, "file": stored.id})

    async def file(self, request: Request) -> Response:
        """A shared file, for someone in a channel it was shared to; never shown as a page."""
        stored = self._core.state.files.get(request.path_params["file"])
        rooms = [self._core.state.channels[c] for c in stored.channels] if stored else []
        user = request.query_params.get("user", "")
        if stored is None or stored.content is None or not any(user in room.members for room in rooms):
            return Response("no such file", 404)
        text = stored.mimetype.startswith("text/")
        shown = "text/plain; charset=utf-8" if text else "image/png" if stored.mimetype == "image/png" else ""
        kind = shown or "application/octet-stream"
        headers = {"Content-Disposition": "inline" if shown else "attachment"}
        return Response(stored.content, media_type=kind, headers={**headers, "Cache-Control": "no-store"})

    async def samples(self, _request: Request) -> JSONResponse:
        """The invented notes that ship with the copilot, for the first visit."""
        folder = KNOWLEDGE / "samples"
        # The mixed session of the tour comes first.
        files = sorted(folder.glob("*.txt"), key=lambda file: (file.stem != "seven-members", file.stem))
        return JSONResponse([{"name": file.stem, "text": file.read_text(encoding="utf-8")} for file in files])

    def _channel(self, user: User, body: Json) -> Channel:
        channel = self._core.state.channels.get(str(body["channel"]))
        if channel is None or user.id not in channel.members:
            raise ApiError("channel_not_found")
        return channel

    def _on(self, user: User, body: Json) -> tuple[Channel, Json]:
        channel = self._channel(user, body)
        message = self._core.state.find_message(channel, str(body["ts"]), user.id)
        if message is None:
            raise ApiError("message_not_found")
        return channel, message

    def _own(self, user: User, body: Json) -> tuple[Channel, Json]:
        channel, message = self._on(user, body)
        if message["user"] != user.id:
            raise ApiError("cant_update_message")
        return channel, message

    async def _message(self, user: User, body: Json) -> Json:
        channel, text = self._channel(user, body), str(body.get("text") or "").strip()
        files = tuple(self._core.state.files[str(file)] for file in body.get("files") or [])
        if any(stored.user != user.id for stored in files):
            raise ApiError("file_not_found")
        if not text and not files:
            raise ApiError("no_text")
        if len(text) > limits.TEXT_POSTED:
            raise ApiError("msg_too_long")
        thread_ts = body.get("thread_ts")
        if thread_ts and thread_ts not in channel.messages:
            raise ApiError("thread_not_found")
        message = conversation.user_message(self._core, channel, user.id, conversation.Typed(text, thread_ts, files))
        return {"ts": message["ts"]}

    async def _edit(self, user: User, body: Json) -> Json:
        channel, message = self._own(user, body)
        text = str(body["text"]).strip()
        if not text:
            raise ApiError("no_text")
        if len(text) > limits.TEXT_POSTED:
            raise ApiError("msg_too_long")
        conversation.edit_typed(self._core, channel, message, text)
        return {}

    async def _delete(self, user: User, body: Json) -> Json:
        conversation.delete(self._core, *self._own(user, body))
        return {}

    async def _dismiss(self, user: User, body: Json) -> Json:
        channel, message = self._on(user, body)
        if message.get("is_ephemeral"):
            conversation.delete(self._core, channel, message)
        return {}

    async def _react(self, user: User, body: Json) -> Json:
        channel, message = self._on(user, body)
        if message.get("is_ephemeral") or not conversation.is_emoji_name(body["name"]):
            raise ApiError("invalid_name")
        given = conversation.Reaction(user.id, body["name"])
        added = conversation.react(self._core, channel, message, given, add=True)
        if not added:
            conversation.react(self._core, channel, message, given, add=False)
        return {"added": added}

    async def _command(self, user: User, body: Json) -> Json:
        command, _, text = str(body["text"]).strip().partition(" ")
        await interactions.slash(self._core, user, self._channel(user, body), command, text.strip())
        return {}

    async def _shortcut(self, user: User, body: Json) -> Json:
        callback_id = str(body["callback_id"])
        if body.get("ts"):
            channel, message = self._on(user, body)
            done = await interactions.message_shortcut(self._core, user, channel, message, callback_id)
        else:
            done = await interactions.global_shortcut(self._core, user, callback_id)
        return _acknowledged(done)

    async def _action(self, user: User, body: Json) -> Json:
        action, values = dict(body["action"]), dict(body.get("values") or {})
        if body.get("view"):
            view = self._core.state.view(str(body["view"]))
            if view is None or view.user != user.id:
                raise ApiError("not_found")
            return _acknowledged(await interactions.act_in_view(self._core, user, view, action, values))
        place = self._on(user, body)
        return _acknowledged(await interactions.act_on_message(self._core, user, place, action, values))

    async def _submit(self, user: User, body: Json) -> Json:
        view = self._core.state.view(str(body["view"]))
        if view is None or view.user != user.id:
            raise ApiError("not_found")
        return await interactions.submit(self._core, user, view, dict(body.get("values") or {}))

    async def _cancel(self, user: User, body: Json) -> Json:
        interactions.cancel(self._core, user, everything=bool(body.get("everything")))
        return {}

    async def _suggest(self, user: User, body: Json) -> Json:
        asked = {name: body[name] for name in ("container", "block_id", "action_id", "value")}
        found = await interactions.suggest(self._core, user, asked)
        return {"options": found.get("options", []), "option_groups": found.get("option_groups", [])}

    async def _home(self, user: User, body: Json) -> Json:
        interactions.open_home(self._core, user, "home" if body.get("tab") == "home" else "messages")
        return {}


_SENTENCES = {
    "channel_not_found": "You are not in that channel.",
    "message_not_found": "That message is gone.",
    "thread_not_found": "That thread is gone.",
    "file_not_found": "That file is not yours to send.",
    "cant_update_message": "Only your own messages can be changed.",
    "no_text": "Write something first.",
    "not_found": "That window is closed already.",
    "msg_too_long": f"A message may have {limits.TEXT_POSTED:,} characters at most: attach this as a file instead.",
}


async def _pass_on(queue: asyncio.Queue[Json | None], websocket: WebSocket) -> None:
    """Send what comes through the queue until the workspace stops or the page goes."""
    gone = asyncio.create_task(_until_gone(websocket))
    try:
        while not gone.done():
            coming = asyncio.create_task(queue.get())
            await asyncio.wait({coming, gone}, return_when=asyncio.FIRST_COMPLETED)
            if not coming.done():
                coming.cancel()
                return
            change = coming.result()
            if change is None:
                await websocket.close(code=1001)
                return
            await websocket.send_json(change)
    except (WebSocketDisconnect, RuntimeError):
        pass
    finally:
        gone.cancel()


async def _until_gone(websocket: WebSocket) -> None:
    """A page that is closed says so; waiting for that frees its queue at once, not at the next change."""
    with contextlib.suppress(WebSocketDisconnect, RuntimeError, KeyError):
        while True:
            await websocket.receive_text()


def _acknowledged(done: bool) -> Json:
    return {} if done else {"ok": False, "error": "The app did not answer in time. Try again.", "code": "no_ack"}


def _refused(line: str, code: str = "refused", **extra: Any) -> JSONResponse:
    return JSONResponse({"ok": False, "error": line, "code": code, **extra})
