"""response_url: what the app may still say after an interaction or a command (five times in thirty minutes)."""

import time

from bot.workspace import conversation, limits
from bot.workspace.core import Core, ResponseUrl
from bot.workspace.errors import ApiError
from bot.workspace.ids import new_id
from bot.workspace.state import Channel, Json

USES, LIFETIME_SECONDS = 5, 1800.0  # "Handling user interaction", response_url


def issue(core: Core, channel: Channel, user_id: str, message: Json | None = None) -> str:
    """A fresh response_url for an interaction in this channel, on this message if it was on one."""
    key = f"{new_id('')}{new_id('')}"
    core.response_urls[key] = ResponseUrl(
        channel=channel.id,
        user=user_id,
        message_ts=message["ts"] if message else None,
        thread_ts=message.get("thread_ts") if message else None,
        expires=time.monotonic() + LIFETIME_SECONDS,
        uses_left=USES,
    )
    return f"{core.url}/response/{key}"


def use(core: Core, key: str, body: Json) -> None:
    """Do what the app posted to a response_url; raises ApiError with Slack's code when it may not."""
    target = core.response_urls.get(key)
    if target is None or time.monotonic() > target.expires:
        raise ApiError("expired_url")
    if target.uses_left < 1:
        raise ApiError("used_url")
    target.uses_left -= 1
    channel = core.state.channels[target.channel]
    original = core.state.find_message(channel, target.message_ts) if target.message_ts else None
    if body.get("delete_original"):
        if original is not None:
            conversation.delete(core, channel, original)
        return
    limits.check_message(body)
    if body.get("replace_original") and original is not None:
        conversation.edit(core, channel, original, {**body, "blocks": body.get("blocks") or []})
        return
    say(core, channel, target.user, body, body.get("thread_ts") or target.thread_ts)


def say(core: Core, channel: Channel, user_id: str, body: Json, thread_ts: str | None = None) -> None:
    """Post a response: to all with `response_type: in_channel`, else only to the one who asked."""
    if body.get("response_type") == "in_channel":
        conversation.post(core, channel, conversation.bot_message(core, body, thread_ts))
    else:
        conversation.post_ephemeral(core, channel, user_id, body, thread_ts)
