"""reactions.*: emoji on messages."""

from bot.workspace import conversation
from bot.workspace.errors import ApiError
from bot.workspace.state import Channel, Json
from bot.workspace.webapi.call import Call, method


def _message(call: Call) -> tuple[Channel, Json]:
    channel = call.channel()
    message = channel.messages.get(call.need("timestamp"))
    if message is None:
        raise ApiError("message_not_found")
    return channel, message


def _change(call: Call, *, add: bool) -> Json:
    name = call.need("name").strip(":")
    if not conversation.is_emoji_name(name):
        raise ApiError("invalid_name")
    channel, message = _message(call)
    if not conversation.react(
        call.core, channel, message, conversation.Reaction(call.state.bot_user_id, name), add=add
    ):
        raise ApiError("already_reacted" if add else "no_reaction")
    return {}


@method("reactions.add")
def add(call: Call) -> Json:
    return _change(call, add=True)


@method("reactions.remove")
def remove(call: Call) -> Json:
    return _change(call, add=False)


@method("reactions.get")
def get(call: Call) -> Json:
    channel, message = _message(call)
    return {"type": "message", "channel": channel.id, "message": conversation.public(message)}
