"""Slack's Web API, one module a family of methods; each method is a function of one call."""

import json
import time
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse

from bot.workspace.core import Core, Tokens
from bot.workspace.errors import ApiError
from bot.workspace.state import Json
from bot.workspace.uploads import form_fields
from bot.workspace.webapi import (  # noqa: F401 - importing a family registers its methods
    about,
    assistant,
    chat,
    conversations,
    files,
    reactions,
    streams,
    users,
    views,
)
from bot.workspace.webapi.call import METHODS, Call

_NO_TOKEN = {"api.test"}
_APP_TOKEN = {"apps.connections.open"}


async def answer(core: Core, request: Request) -> JSONResponse:
    """Answer one request as Slack does: always HTTP 200, with `ok` and an error code where it is false."""
    name = request.path_params["method"]
    headers = {"x-oauth-scopes": core.manifest.scopes, "x-accepted-oauth-scopes": ""}
    started = time.perf_counter()
    args: Json = {}
    try:
        if name not in METHODS:
            raise ApiError("unknown_method", req_method=name)
        args = await _arguments(request)
        _authorize(core.tokens, name, request.headers.get("authorization", ""), args)
        body: Json = {"ok": True, **METHODS[name](Call(core, args))}
    except ApiError as error:
        body = {"ok": False, "error": error.code, **error.extra}
        if error.messages:
            body["errors"] = [message.removeprefix("[ERROR] ") for message in error.messages]
            body["response_metadata"] = {"messages": error.messages}
    took = round((time.perf_counter() - started) * 1000, 1)
    shown = {key: value for key, value in args.items() if key != "token"}
    core.wire.tell("call", method=name, arguments=shown, answer=body, milliseconds=took)
    return JSONResponse(body, headers=headers)


async def _arguments(request: Request) -> Json:
    args: Json = dict(request.query_params)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if request.method == "GET":
        return args
    if kind == "multipart/form-data":
        return args | await form_fields(request)
    text = (await request.body()).decode("utf-8", "replace")
    if kind == "application/json":
        return args | _object(text)
    if kind in ("application/x-www-form-urlencoded", ""):
        return args | dict(parse_qsl(text, keep_blank_values=True))
    raise ApiError("invalid_post_type")


def _object(text: str) -> Json:
    """A JSON body; an empty one has no arguments (slack-sdk sends those)."""
    try:
        body = json.loads(text or "{}")
    except ValueError:
        raise ApiError("invalid_json") from None
    if not isinstance(body, dict):
        raise ApiError("json_not_object")
    return body


def _authorize(tokens: Tokens, name: str, header: str, args: Json) -> None:
    """Check the bearer token (or the `token` argument), with Slack's error codes."""
    token = header[7:].strip() if header.lower().startswith("bearer ") else str(args.pop("token", "") or "")
    if name in _NO_TOKEN:
        return
    if not token:
        raise ApiError("not_authed")
    if token not in (tokens.bot, tokens.app):
        raise ApiError("invalid_auth")
    if (token == tokens.app) != (name in _APP_TOKEN):
        raise ApiError("not_allowed_token_type")
