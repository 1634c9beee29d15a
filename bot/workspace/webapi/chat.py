"""chat.*: the app's messages."""

from bot.workspace import conversation, limits
from bot.workspace.errors import ApiError
from bot.workspace.state import Channel, Json
from bot.workspace.webapi.call import Call, method


def _own_message(call: Call, channel: Channel, refusal: str) -> Json:
    message = channel.messages.get(call.need("ts"))
    if message is None:
        raise ApiError("message_not_found")
    if message["user"] != call.state.bot_user_id:
        raise ApiError(refusal)
    return message


def thread_of(call: Call, channel: Channel) -> str | None:
    """The thread to post in: a reply's own timestamp leads to its parent; an unknown one is refused."""
    thread_ts = call.args.get("thread_ts")
    if not thread_ts:
        return None
    parent = channel.messages.get(str(thread_ts))
    if parent is None:
        raise ApiError("thread_not_found")
    return str(parent.get("thread_ts") or parent["ts"])


@method("chat.postMessage")
def post_message(call: Call) -> Json:
    channel = call.joined_channel()
    content = call.content()
    limits.check_message(content)
    thread_ts = thread_of(call, channel)
    message = conversation.bot_message(call.core, content, thread_ts)
    if thread_ts and call.flag("reply_broadcast"):
        message["subtype"] = "thread_broadcast"
    conversation.post(call.core, channel, message)
    return {"channel": channel.id, "ts": message["ts"], "message": conversation.public(message)}


@method("chat.update")
def update(call: Call) -> Json:
    channel = call.channel()
    message = _own_message(call, channel, "cant_update_message")
    content = call.content()
    if content.get("blocks") != []:
        limits.check_message(content, update=True)
    if message.get("streaming_state"):
        message["streaming_state"] = "completed"  # an update mends a stream that Slack ended, too
    if content.get("text") and content.get("blocks") is None:
        content["blocks"] = []  # "chat.update": text without blocks takes the message's blocks away
    conversation.edit(call.core, channel, message, content)
    return {
        "channel": channel.id,
        "ts": message["ts"],
        "text": message["text"],
        "message": conversation.public(message),
    }


@method("chat.delete")
def delete(call: Call) -> Json:
    channel = call.channel()
    message = _own_message(call, channel, "cant_delete_message")
    conversation.delete(call.core, channel, message)
    return {"channel": channel.id, "ts": message["ts"]}


@method("chat.postEphemeral")
def post_ephemeral(call: Call) -> Json:
    channel = call.joined_channel()
    user = call.user()
    if user.id not in channel.members:
        raise ApiError("user_not_in_channel")
    content = call.content()
    limits.check_message(content)
    message = conversation.post_ephemeral(call.core, channel, user.id, content, call.args.get("thread_ts"))
    return {"message_ts": message["ts"]}


@method("chat.getPermalink")
def get_permalink(call: Call) -> Json:
    channel = call.channel()
    ts = call.need("message_ts")
    if ts not in channel.messages:
        raise ApiError("message_not_found")
    permalink = f"{call.core.url}/archives/{channel.id}/p{ts.replace('.', '')}"
    return {"channel": channel.id, "permalink": permalink}
