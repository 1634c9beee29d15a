"""Messages come, change and go: each step is stored, shown on the pages and told to the app."""

import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bot.workspace import composing, describe
from bot.workspace.core import Core
from bot.workspace.ids import new_id
from bot.workspace.state import Channel, Json, StoredFile

_PRIVATE_KEYS = ("_for", "_stream")


def public(message: Json) -> Json:
    """The message as the API shows it, without the workspace's own notes on it."""
    return {key: value for key, value in message.items() if key not in _PRIVATE_KEYS}


def with_ids(blocks: list[Json]) -> list[Json]:
    """Give each block, and each element in it, the id Slack would where the app left it out."""
    return [
        _with_ids({"block_id": new_id("b"), **{k: v for k, v in block.items() if v is not None}}) for block in blocks
    ]


def _with_ids(block: Json) -> Json:
    for key in ("element", "accessory"):
        if isinstance(block.get(key), dict):
            block[key] = _with_action_id(block[key])
    if block["type"] in ("actions", "context_actions"):
        block["elements"] = [_with_action_id(element) for element in block["elements"]]
    return block


def _with_action_id(element: Json) -> Json:
    return element if element.get("action_id") or element["type"] == "image" else {**element, "action_id": new_id("a")}


def bot_message(core: Core, content: Json, thread_ts: str | None = None) -> Json:
    """A message of the app, not yet posted; `content` has its text, blocks, attachments and metadata."""
    state = core.state
    message: Json = {
        "type": "message",
        "user": state.bot_user_id,
        "bot_id": state.bot_id,
        "app_id": state.app_id,
        "team": state.team_id,
        "text": content.get("text") or "",
        "bot_profile": {"id": state.bot_id, "app_id": state.app_id, "name": state.bot.real_name, "deleted": False},
    }
    if content.get("markdown_text"):
        message["text"] = content["markdown_text"]
        message["blocks"] = with_ids([{"type": "markdown", "text": content["markdown_text"]}])
    for key in ("attachments", "metadata", "username", "icon_emoji"):
        if content.get(key):
            message[key] = content[key]
    if content.get("blocks"):
        message["blocks"] = with_ids(content["blocks"])
    if thread_ts:
        message["thread_ts"] = thread_ts
    return message


@dataclass(frozen=True)
class Typed:
    """What a person sends: their words as typed, the thread they are in, their files."""

    text: str
    thread_ts: str | None = None
    files: tuple[StoredFile, ...] = ()


def user_message(core: Core, channel: Channel, user_id: str, typed: Typed) -> Json:
    """Post what a person typed, with their files, and tell the app as Slack would."""
    text, files = composing.to_slack(core.state, typed.text), typed.files
    message: Json = {
        "client_msg_id": str(uuid.uuid4()),
        "type": "message",
        "user": user_id,
        "text": text,
        "team": core.state.team_id,
        "blocks": [composing.rich_text(text)] if text else [],
    }
    if typed.thread_ts:
        message["thread_ts"] = typed.thread_ts
    if files:
        share(channel, files)
        message |= {
            "subtype": "file_share",
            "upload": False,
            "display_as_bot": False,
            "files": [describe.file(core.state, stored, core.url) for stored in files],
        }
        del message["client_msg_id"]
    for stored in files:
        found = {"file_id": stored.id, "user_id": user_id, "file": {"id": stored.id}, "channel_id": channel.id}
        core.delivery.event({"type": "file_shared", **found})
    return post(core, channel, message)


def share(channel: Channel, files: Iterable[StoredFile]) -> None:
    """Make files visible in a channel."""
    for stored in files:
        stored.complete = True
        if channel.id not in stored.channels:
            stored.channels.append(channel.id)


def post(core: Core, channel: Channel, message: Json) -> Json:
    """Store a message, show it, and fire its events (`message`, and `app_mention` where it mentions the app)."""
    message["ts"] = core.state.clock.ts()
    channel.messages[message["ts"]] = message
    thread_ts = message.get("thread_ts")
    if thread_ts:
        _count_reply(core, channel, thread_ts, message)
        if message.get("bot_id"):
            clear_status(core, channel, thread_ts)
    announce(core, channel, message)
    core.delivery.event(_message_event(channel, message))
    mention = f"<@{core.state.bot_user_id}>"
    if not channel.is_im and not message.get("bot_id") and mention in message["text"]:
        if core.state.bot_user_id in channel.members:
            event = {**_message_event(channel, message), "type": "app_mention"}
            del event["channel_type"]
            core.delivery.event(event)
        else:
            invite = f"{core.state.bot.real_name} is not in this channel. Type `/invite` to add it."
            post_ephemeral(core, channel, message["user"], {"text": invite}, thread_ts)
    return message


def _message_event(channel: Channel, message: Json) -> Json:
    return {**public(message), "channel": channel.id, "channel_type": channel.kind, "event_ts": message["ts"]}


def _count_reply(core: Core, channel: Channel, thread_ts: str, message: Json) -> None:
    parent = channel.messages.get(thread_ts)
    if parent is None:
        return
    message["parent_user_id"] = parent["user"]
    replies = channel.replies(thread_ts)
    parent |= {
        "thread_ts": thread_ts,
        "reply_count": len(replies),
        "reply_users": list(dict.fromkeys(reply["user"] for reply in replies)),
        "latest_reply": message["ts"],
    }
    parent["reply_users_count"] = len(parent["reply_users"])
    announce(core, channel, parent)


def announce(core: Core, channel: Channel, message: Json) -> None:
    """Show a new or changed message on the pages of the channel's people."""
    for user_id in [message["_for"]] if "_for" in message else channel.members:
        core.live.announce("message", user_id, channel=channel.id, message=public(message))


def post_ephemeral(core: Core, channel: Channel, user_id: str, content: Json, thread_ts: str | None = None) -> Json:
    """Show a message of the app to one person only; Slack keeps none of these, and tells the app nothing."""
    message = bot_message(core, content, thread_ts)
    message |= {"ts": core.state.clock.ts(), "is_ephemeral": True, "_for": user_id}
    channel.ephemerals[message["ts"]] = message
    announce(core, channel, message)
    return message


def edit(core: Core, channel: Channel, message: Json, content: Json, editor: str | None = None) -> None:
    """Replace what `content` names and tell the app with `message_changed`.

    Blocks that are not named stay.
    """
    before = public(message)
    changed = {key: content[key] for key in ("text", "attachments", "metadata") if content.get(key) is not None}
    if content.get("blocks") is not None:
        changed["blocks"] = with_ids(content["blocks"])
    elif content.get("markdown_text"):
        changed |= {"text": content["markdown_text"]}
        changed["blocks"] = with_ids([{"type": "markdown", "text": content["markdown_text"]}])
    message |= changed
    message["edited"] = {"user": editor or message["user"], "ts": core.state.clock.ts()}
    announce(core, channel, message)
    if "_for" not in message:
        tell_change(core, channel, "message_changed", message=public(message), previous_message=before)


def edit_typed(core: Core, channel: Channel, message: Json, typed: str) -> None:
    """A person edits their own message."""
    text = composing.to_slack(core.state, typed)
    edit(core, channel, message, {"text": text, "blocks": [composing.rich_text(text)]}, message["user"])


def tell_change(core: Core, channel: Channel, subtype: str, **details: Any) -> None:
    """Fire `message_changed` or `message_deleted`."""
    ts = core.state.clock.ts()
    event = {"type": "message", "subtype": subtype, "hidden": True, "channel": channel.id, "ts": ts, "event_ts": ts}
    core.delivery.event({**event, "channel_type": channel.kind, **details})


def delete(core: Core, channel: Channel, message: Json) -> None:
    """Remove a message (an ephemeral one too), and tell the app with `message_deleted`.

    One with replies leaves a tombstone at the head of its thread, which Slack tells as a change.
    """
    ts = message["ts"]
    if ts in channel.messages and channel.replies(ts):
        _bury(core, channel, message)
        return
    channel.messages.pop(ts, None)
    channel.ephemerals.pop(ts, None)
    for user_id in [message["_for"]] if "_for" in message else channel.members:
        core.live.announce("message_deleted", user_id, channel=channel.id, ts=ts)
    if "_for" not in message:
        tell_change(core, channel, "message_deleted", deleted_ts=ts, previous_message=public(message))


def _bury(core: Core, channel: Channel, message: Json) -> None:
    before = public(message)
    for name in ("blocks", "files", "attachments", "metadata", "edited", "bot_id", "client_msg_id"):
        message.pop(name, None)
    message |= {"subtype": "tombstone", "text": "This message was deleted.", "user": "USLACKBOT", "hidden": True}
    announce(core, channel, message)
    tell_change(core, channel, "message_changed", message=public(message), previous_message=before)


@dataclass(frozen=True)
class Reaction:
    """One person's emoji on a message."""

    user: str
    name: str


def react(core: Core, channel: Channel, message: Json, given: Reaction, *, add: bool) -> bool:
    """Add or take back a reaction; False when there is nothing to do."""
    user_id, name = given.user, given.name
    reactions: list[Json] = message.setdefault("reactions", [])
    reaction = next((entry for entry in reactions if entry["name"] == name), None)
    if add == bool(reaction and user_id in reaction["users"]):
        return False
    if add and reaction is None:
        reaction = {"name": name, "users": [], "count": 0}
        reactions.append(reaction)
    assert reaction is not None
    (reaction["users"].append if add else reaction["users"].remove)(user_id)
    reaction["count"] = len(reaction["users"])
    message["reactions"] = [entry for entry in reactions if entry["users"]]
    announce(core, channel, message)
    item = {"type": "message", "channel": channel.id, "ts": message["ts"]}
    kind = "reaction_added" if add else "reaction_removed"
    core.delivery.event({"type": kind, "user": user_id, "reaction": name, "item": item, "item_user": message["user"]})
    return True


def set_status(core: Core, channel: Channel, thread_ts: str, status: str, loading: list[str]) -> None:
    """Show that the app is working in a thread; an empty status takes the line away."""
    channel.threads.setdefault(thread_ts, {}).update(status=status, loading_messages=loading)
    for user_id in channel.members:
        core.live.announce(
            "status", user_id, channel=channel.id, thread_ts=thread_ts, status=status, loading_messages=loading
        )


def clear_status(core: Core, channel: Channel, thread_ts: str) -> None:
    """A reply in the thread ends its status, as in Slack."""
    if channel.threads.get(thread_ts, {}).get("status"):
        set_status(core, channel, thread_ts, "", [])


def join(core: Core, channel: Channel, user_id: str, inviter: str | None = None) -> bool:
    """Add someone (or the app) to a channel and fire `member_joined_channel`; False when already there."""
    if user_id in channel.members:
        return False
    channel.members.append(user_id)
    core.live.announce("channel", channel=describe.channel(core.state, channel))
    event: Json = {"type": "member_joined_channel", "user": user_id, "channel": channel.id, "channel_type": "C"}
    core.delivery.event({**event, "team": core.state.team_id, **({"inviter": inviter} if inviter else {})})
    return True


def is_emoji_name(name: Any) -> bool:
    """True for what could be a reaction's name."""
    return isinstance(name, str) and bool(re.fullmatch(r"[a-z0-9_+'-]{1,100}(::skin-tone-[2-6])?", name))
