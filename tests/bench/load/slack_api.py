"""`python -m tests.bench.load.slack_api PORT`: as much of Slack's Web API as a reply needs; it notes what was said.

Each message carries the work it answers as metadata; a response_url ends in it. GET /said gives, by work, when each of
its parts came; POST /forget begins anew.
"""

import itertools
import json
import sys
import time
from collections import Counter
from typing import Any
from urllib.parse import parse_qs

import uvicorn

BOT, TEAM = "U0BOT", "T0LOAD"
_stamps = itertools.count(1)
said: dict[str, list[tuple[int, float]]] = {}
calls: Counter[str] = Counter()


async def app(scope: Any, receive: Any, send: Any) -> None:
    body = b""
    while True:
        piece = await receive()
        body += piece.get("body", b"")
        if not piece.get("more_body"):
            break
    answer = json.dumps(_answer(scope["path"], body)).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(answer)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": answer})


def _answer(path: str, body: bytes) -> object:
    if path == "/said":
        return {"said": said, "calls": calls}
    if path == "/forget":
        said.clear()
        calls.clear()
        return {}
    method = path.rpartition("/")[2]
    if path.startswith("/response/"):
        _write_down(method, len(said.get(method, ())))
        return "ok"
    calls[method] += 1
    ts = f"{time.time():.0f}.{next(_stamps):06d}"
    if method == "auth.test":
        return {"ok": True, "user_id": BOT, "bot_id": "B0BOT", "team_id": TEAM, "team": "Load", "user": "copilot"}
    if method == "chat.postMessage":
        metadata = _field(body, "metadata").get("event_payload") or {}
        _write_down(metadata.get("work", ""), int(metadata.get("part", 0)))
    return {"ok": True, "ts": ts, "message_ts": ts, "channel": "D0", "messages": []}


def _write_down(work: str, part: int) -> None:
    said.setdefault(work, []).append((part, time.time()))


def _field(body: bytes, name: str) -> dict[str, Any]:
    """One field of a body, which slack_sdk sends as JSON or as a form, by method."""
    if body.startswith(b"{"):
        found = json.loads(body).get(name)
        return found if isinstance(found, dict) else json.loads(found or "{}")
    return json.loads(parse_qs(body.decode()).get(name, ["{}"])[0])


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="error", access_log=False, lifespan="off")
