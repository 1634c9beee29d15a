"""conversations.*: channels, their people and what was said in them."""

from bot.workspace import conversation, describe
from bot.workspace.errors import ApiError
from bot.workspace.state import Json
from bot.workspace.webapi.call import Call, method


@method("conversations.list")
def list_conversations(call: Call) -> Json:
    kinds = str(call.args.get("types") or "public_channel").split(",")
    wanted = [room for room in call.state.channels.values() if ("im" if room.is_im else "public_channel") in kinds]
    page, cursor = call.page([describe.channel(call.state, room) for room in wanted])
    return {"channels": page, "response_metadata": {"next_cursor": cursor}}


@method("conversations.info")
def info(call: Call) -> Json:
    return {"channel": describe.channel(call.state, call.channel())}


@method("conversations.members")
def members(call: Call) -> Json:
    found, cursor = call.page([{"id": member} for member in call.channel().members])
    return {"members": [member["id"] for member in found], "response_metadata": {"next_cursor": cursor}}


@method("conversations.join")
def join(call: Call) -> Json:
    channel = call.channel()
    if channel.is_im:
        raise ApiError("method_not_supported_for_channel_type")
    conversation.join(call.core, channel, call.state.bot_user_id)
    return {"channel": describe.channel(call.state, channel)}


@method("conversations.open")
def open_conversation(call: Call) -> Json:
    if call.args.get("channel"):
        channel = call.channel()
    else:
        people = [name for name in str(call.args.get("users") or "").split(",") if name]
        if not people:
            raise ApiError("users_list_not_supplied")
        if len(people) > 1:
            raise ApiError("method_not_supported_for_channel_type")
        found = call.state.im_with(people[0])
        if found is None or people[0] == call.state.bot_user_id:
            raise ApiError("user_not_found")
        channel = found
    shown = describe.channel(call.state, channel) if call.flag("return_im") else {"id": channel.id}
    return {"channel": shown, "no_op": True, "already_open": True}


@method("conversations.history")
def history(call: Call) -> Json:
    channel = call.joined_channel()
    found = [
        conversation.public(message)
        for message in reversed(channel.messages.values())
        if message.get("thread_ts") in (None, message["ts"]) or message.get("subtype") == "thread_broadcast"
    ]
    return _between(call, found)


@method("conversations.replies")
def replies(call: Call) -> Json:
    channel = call.joined_channel()
    parent = channel.messages.get(call.need("ts"))
    if parent is None:
        raise ApiError("thread_not_found")
    thread_ts = parent.get("thread_ts") or parent["ts"]
    thread = [channel.messages[thread_ts], *channel.replies(thread_ts)] if thread_ts in channel.messages else [parent]
    return _between(call, [conversation.public(message) for message in thread])


def _between(call: Call, messages: list[Json]) -> Json:
    """Messages between `oldest` and `latest`, one page of them."""
    oldest, latest = str(call.args.get("oldest") or "0"), str(call.args.get("latest") or "9999999999.999999")
    inclusive = call.flag("inclusive")
    kept = [m for m in messages if oldest < m["ts"] < latest or (inclusive and m["ts"] in (oldest, latest))]
    page, cursor = call.page(kept)
    if not call.flag("include_all_metadata"):
        page = [{key: value for key, value in message.items() if key != "metadata"} for message in page]
    return {"messages": page, "has_more": bool(cursor), "response_metadata": {"next_cursor": cursor}, "pin_count": 0}
