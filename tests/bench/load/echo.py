"""`python -m tests.bench.load.echo PORT`: a bare Bolt app that answers with a fixed card, the same posts and no more.

The same server, the same client, the same listeners and threads; it decides nothing, stores nothing and forgets what it
was doing when it dies.
"""

import os
import sys
from contextlib import nullcontext
from typing import Any

import uvicorn
from pydantic import SecretStr
from slack_bolt import Ack, App, BoltContext
from slack_bolt.adapter.starlette.handler import to_bolt_request, to_starlette_response
from slack_sdk import WebClient
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.settings import Settings
from bot.slack.app import bolt_app
from bot.slack.clients import webhook_client
from bot.slack.parts import Mark
from bot.slack.working import READING_QUESTION, working
from tests.bench.load.events import CARD, NOTE, PARTS, What


def make() -> App:
    app = bolt_app(
        Settings(
            slack_bot_token=SecretStr(os.environ["SLACK_BOT_TOKEN"]),
            slack_signing_secret=SecretStr(os.environ["SLACK_SIGNING_SECRET"]),
            slack_api_url=os.environ["SLACK_API_URL"],
        )
    )

    def post(client: WebClient, channel: str, thread_ts: str, work: str, part: int = 0) -> None:
        client.chat_postMessage(
            channel=channel,
            thread_ts=thread_ts,
            text=CARD.text,
            blocks=list(CARD.blocks),
            metadata=Mark(work, part).metadata(),
        )

    def status(client: WebClient, channel: str, ts: str) -> bool:
        """In a direct message, where the reply ends it."""
        return channel.startswith("D") and bool(
            client.assistant_threads_setStatus(
                channel_id=channel,
                thread_ts=ts,
                status="is working on it…",
                loading_messages=list(READING_QUESTION),
            )
        )

    def on_message(event: dict[str, Any], body: dict[str, Any], client: WebClient) -> None:
        channel, ts = event["channel"], event["ts"]
        with nullcontext() if status(client, channel, ts) else working(client, channel, ts, ts, READING_QUESTION):
            for part in range(PARTS[What.NOTE] if event["text"] == NOTE else 1):
                post(client, channel, ts, body["event_id"], part)

    def on_press(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        ack()
        post(client, body["container"]["channel_id"], body["container"]["message_ts"], body["trigger_id"])

    def on_command(ack: Ack, command: dict[str, Any], client: WebClient, context: BoltContext) -> None:
        ack()
        webhook_client(command["response_url"], client).send(text=CARD.text, blocks=list(CARD.blocks))

    app.event("message")(on_message)
    app.event("app_mention")(on_message)
    app.action("sources_0")(on_press)
    app.command("/billing")(on_command)
    return app


def web(app: App) -> Starlette:
    async def take(request: Request) -> Response:
        asked = to_bolt_request(request, await request.body())
        return to_starlette_response(await run_in_threadpool(app.dispatch, asked))

    return Starlette(routes=[Route("/slack/events", take, methods=["POST"])])


if __name__ == "__main__":
    uvicorn.run(web(make()), host="127.0.0.1", port=int(sys.argv[1]), log_level="error", access_log=False)
