"""Signed HTTP delivery: what Slack posts to an app's Request URL."""

import asyncio
import hashlib
import hmac
import json
import time
import urllib.error
import urllib.request
from urllib.parse import urlencode

from bot.workspace.state import Json

_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # a local target never goes through a proxy


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """The v0 signature of "Verifying requests from Slack"."""
    digest = hmac.new(secret.encode(), b"v0:" + timestamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    return f"v0={digest}"


class SignedHttp:
    """Posts envelopes' payloads to one URL, signed, and reads the reply as the acknowledgement."""

    connected = True

    def __init__(self, target: str, secret: str) -> None:
        self._target = target
        self._secret = secret

    async def deliver(self, envelope: Json, timeout: float) -> Json | None:
        """Post one payload; the reply's body, or None when it was not a 2xx within `timeout` seconds."""
        payload = envelope["payload"]
        headers = {}
        if envelope["type"] == "events_api":
            body, headers["Content-Type"] = json.dumps(payload).encode(), "application/json"
        else:
            form = payload if envelope["type"] == "slash_commands" else {"payload": json.dumps(payload)}
            body, headers["Content-Type"] = urlencode(form).encode(), "application/x-www-form-urlencoded"
        if envelope.get("retry_attempt"):
            headers["X-Slack-Retry-Num"] = str(envelope["retry_attempt"])
            headers["X-Slack-Retry-Reason"] = "http_timeout"
        return await asyncio.to_thread(self._post, body, headers, timeout)

    async def verify_url(self) -> bool:
        """The `url_verification` handshake: True when the target answers with the challenge."""
        challenge = {"type": "url_verification", "challenge": "local-workspace-challenge", "token": "local"}
        headers = {"Content-Type": "application/json"}
        reply = await asyncio.to_thread(self._post, json.dumps(challenge).encode(), headers, 3.0)
        return reply is not None and challenge["challenge"] in (reply.get("challenge"), reply.get("text"))

    def _post(self, body: bytes, headers: dict[str, str], timeout: float) -> Json | None:
        timestamp = str(int(time.time()))
        signed = {
            **headers,
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature(self._secret, timestamp, body),
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        }
        request = urllib.request.Request(self._target, data=body, headers=signed, method="POST")  # noqa: S310 - http(s) by construction
        try:
            with _OPENER.open(request, timeout=timeout) as reply:
                return _acknowledgement(reply.read().decode("utf-8", "replace"))
        except (urllib.error.URLError, OSError):
            return None


def _acknowledgement(text: str) -> Json:
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {"text": text}
    return found if isinstance(found, dict) else {"text": text}
