"""chat.startStream, appendStream, stopStream: a reply that grows while it is written."""

import asyncio
from typing import Any

from bot.workspace import conversation, limits
from bot.workspace.core import Core
from bot.workspace.errors import ApiError
from bot.workspace.state import Channel, Json
from bot.workspace.webapi.call import Call, method
from bot.workspace.webapi.chat import thread_of

STREAM_SECONDS = 300.0  # as tried against Slack: a stream ends by itself after about five minutes
_CHUNKS = {"markdown_text", "task_update", "plan_update", "blocks"}


def _chunks(call: Call) -> list[Json]:
    """The chunks of one call; markdown_text alone is one chunk."""
    chunks = call.structure("chunks") or []
    if not isinstance(chunks, list) or not all(isinstance(c, dict) and c.get("type") in _CHUNKS for c in chunks):
        raise ApiError("invalid_chunks")
    text = call.args.get("markdown_text")
    if text:
        chunks = [{"type": "markdown_text", "text": text}, *chunks]
    if sum(len(str(c.get("text", ""))) for c in chunks) > limits.MARKDOWN_TEXT:
        raise ApiError("msg_too_long")
    return chunks


def _grow(core: Core, channel: Channel, message: Json, chunks: list[Json]) -> None:
    stream: Json = message["_stream"]
    for chunk in chunks:
        if chunk["type"] == "markdown_text":
            stream["text"] += chunk["text"]
        elif chunk["type"] == "plan_update":
            stream["plan"] = chunk["title"]
        elif chunk["type"] == "task_update":
            stream["tasks"][chunk["id"]] = {**stream["tasks"].get(chunk["id"], {}), **chunk}
        else:
            limits.check_blocks(chunk["blocks"])
            stream["blocks"] += chunk["blocks"]
    if len(stream["text"]) > limits.MARKDOWN_TEXT:
        raise ApiError("msg_too_long")
    message["text"] = stream["text"]
    message["blocks"] = conversation.with_ids(_blocks(stream))
    conversation.announce(core, channel, message)


def _blocks(stream: Json) -> list[Json]:
    blocks: list[Json] = []
    tasks = [{**task, "type": "task_card", "task_id": task["id"]} for task in stream["tasks"].values()]
    if tasks:
        blocks += [{"type": "plan", "title": stream["plan"], "tasks": tasks}] if stream["plan"] else tasks
    if stream["text"]:
        blocks.append({"type": "markdown", "text": stream["text"]})
    return blocks + list(stream["blocks"])


def _in_progress(call: Call) -> tuple[Channel, Json]:
    channel = call.joined_channel()
    message = channel.messages.get(call.need("ts"))
    if message is None:
        raise ApiError("message_not_found")
    if message.get("streaming_state") != "in_progress":
        raise ApiError("message_not_in_streaming_state")
    return channel, message


@method("chat.startStream")
def start_stream(call: Call) -> Json:
    channel = call.joined_channel()
    call.need("thread_ts")
    if not channel.is_im:
        for name in ("recipient_user_id", "recipient_team_id"):
            if not call.args.get(name):
                raise ApiError(f"missing_{name}")
    thread_ts = thread_of(call, channel)
    chunks = _chunks(call)
    message = conversation.bot_message(call.core, {"text": ""}, thread_ts)
    message["streaming_state"] = "in_progress"
    message["_stream"] = {"text": "", "plan": "", "tasks": {}, "blocks": []}
    conversation.post(call.core, channel, message)
    _grow(call.core, channel, message, chunks)
    asyncio.get_running_loop().call_later(STREAM_SECONDS, _expire, call.core, channel, message)
    return {"channel": channel.id, "ts": message["ts"]}


def _expire(core: Core, channel: Channel, message: dict[str, Any]) -> None:
    if message.get("streaming_state") == "in_progress":
        message["streaming_state"] = "errored"
        conversation.announce(core, channel, message)


@method("chat.appendStream")
def append_stream(call: Call) -> Json:
    channel, message = _in_progress(call)
    chunks = _chunks(call)
    if not chunks:
        raise ApiError("no_text")
    _grow(call.core, channel, message, chunks)
    return {"channel": channel.id, "ts": message["ts"]}


@method("chat.stopStream")
def stop_stream(call: Call) -> Json:
    channel, message = _in_progress(call)
    blocks = call.structure("blocks", "invalid_blocks_format")
    if blocks:
        limits.check_blocks(blocks)
    before = conversation.public(message)
    _grow(call.core, channel, message, _chunks(call))
    message["_stream"]["blocks"] += blocks or []
    _grow(call.core, channel, message, [])
    message["streaming_state"] = "completed"
    if call.args.get("metadata"):
        message["metadata"] = call.structure("metadata", "invalid_metadata_format")
    conversation.announce(call.core, channel, message)
    shown = conversation.public(message)
    conversation.tell_change(call.core, channel, "message_changed", message=shown, previous_message=before)
    return {"channel": channel.id, "ts": message["ts"], "message": shown}
