"""assistant.threads.*: the working status, suggested prompts and titles."""

from bot.workspace import conversation, limits
from bot.workspace.errors import ApiError
from bot.workspace.state import Json
from bot.workspace.webapi.call import Call, method


@method("assistant.threads.setStatus")
def set_status(call: Call) -> Json:
    channel = call.joined_channel("channel_id")
    thread_ts = call.need("thread_ts")
    if thread_ts not in channel.messages:
        raise ApiError("invalid_thread_ts")
    if "status" not in call.args:
        call.need("status")
    loading = call.structure("loading_messages") or []
    if len(loading) > 10:
        raise ApiError("invalid_arguments", ["[ERROR] no more than 10 items allowed [json-pointer:/loading_messages]"])
    conversation.set_status(call.core, channel, thread_ts, str(call.args["status"]), loading)
    return {}


@method("assistant.threads.setSuggestedPrompts")
def set_suggested_prompts(call: Call) -> Json:
    channel = call.joined_channel("channel_id")
    prompts = call.structure("prompts")
    if not isinstance(prompts, list) or not prompts:
        raise ApiError("invalid_arguments", ["[ERROR] missing required field: prompts"])
    if len(prompts) > limits.PROMPTS:
        raise ApiError("too_many_prompts")
    if not all(isinstance(p, dict) and p.get("title") and p.get("message") for p in prompts):
        raise ApiError("invalid_arguments", ["[ERROR] each prompt needs a title and a message [json-pointer:/prompts]"])
    channel.prompts = {"title": call.args.get("title") or "", "prompts": prompts}
    for user_id in channel.members:
        call.core.live.announce("prompts", user_id, channel=channel.id, **channel.prompts)
    return {}


@method("assistant.threads.setTitle")
def set_title(call: Call) -> Json:
    channel = call.joined_channel("channel_id")
    channel.threads.setdefault(call.need("thread_ts"), {})["title"] = call.need("title")
    return {}
