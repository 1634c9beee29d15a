"""files.*: upload in three steps, and information."""

import mimetypes
import secrets
import time

from bot.workspace import conversation, describe, limits
from bot.workspace.errors import ApiError
from bot.workspace.ids import new_id
from bot.workspace.state import Json, StoredFile
from bot.workspace.webapi.call import Call, method
from bot.workspace.webapi.chat import thread_of


@method("files.getUploadURLExternal")
def get_upload_url_external(call: Call) -> Json:
    name, length = call.need("filename"), call.number("length", 0)
    if length < 1:
        raise ApiError("invalid_arguments", ["[ERROR] must be more than 0 [json-pointer:/length]"])
    mimetype = mimetypes.guess_type(name)[0] or "text/plain"
    stored = StoredFile(new_id("F"), name, name, mimetype, call.state.bot_user_id, int(time.time()), length)
    stored.alt_txt = str(call.args.get("alt_txt") or "")
    call.state.files[stored.id] = stored
    ticket = secrets.token_urlsafe(24)
    call.core.uploads[ticket] = stored.id
    return {"upload_url": f"{call.core.url}/upload/v1/{ticket}", "file_id": stored.id}


@method("files.completeUploadExternal")
def complete_upload_external(call: Call) -> Json:
    wanted = call.structure("files")
    if not isinstance(wanted, list) or not wanted:
        raise ApiError("invalid_arguments", ["[ERROR] missing required field: files"])
    stored = [call.state.files.get(str(entry.get("id"))) for entry in wanted]
    found = [file for file in stored if file is not None and file.content is not None]
    if len(found) != len(wanted):
        raise ApiError("file_not_found")
    for entry, file in zip(wanted, found, strict=True):
        file.title = entry.get("title") or file.name
        file.complete = True
    names = [call.args.get("channel_id"), *str(call.args.get("channels") or "").split(",")]
    for name in [name for name in names if name]:
        _share(call, str(name), found)
    return {"files": [describe.file(call.state, file, call.core.url) for file in found]}


def _share(call: Call, channel_name: str, found: list[StoredFile]) -> None:
    target = Call(call.core, {**call.args, "channel": channel_name})
    channel = target.joined_channel()
    content: Json = {"text": call.args.get("initial_comment") or "", "blocks": call.structure("blocks")}
    if content["text"] or content["blocks"]:
        limits.check_message(content)
    conversation.share(channel, found)
    message = conversation.bot_message(call.core, content, thread_of(target, channel))
    files = [describe.file(call.state, file, call.core.url) for file in found]
    conversation.post(call.core, channel, {**message, "subtype": "file_share", "upload": True, "files": files})


@method("files.info")
def info(call: Call) -> Json:
    return {"file": describe.file(call.state, call.file(), call.core.url), "comments": []}


@method("files.delete")
def delete(call: Call) -> Json:
    stored = call.file()
    if stored.user != call.state.bot_user_id:
        raise ApiError("cant_delete_file")
    del call.state.files[stored.id]
    return {}
