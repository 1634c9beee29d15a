"""A small Bolt app that shows the page everything Block Kit has: for looking at it, and for the browser tests."""

import contextlib
import re
import socket
import time
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from bot.workspace import Workspace

from .page_blocks import button, card, modal, option, plain, simple_modal, table, words

WORKS_SECONDS = 0.05


def connect(workspace: Workspace) -> SocketModeHandler:
    """Join the workspace over Socket Mode."""
    app = App(client=WebClient(token=workspace.bot_token, base_url=workspace.api_url))
    app.event("app_mention")(mentioned)
    app.event("message")(written)
    app.event("app_home_opened")(home_opened)
    for kind in ("reaction_added", "reaction_removed", "file_shared", "member_joined_channel"):
        app.event(kind)(lambda: None)
    app.command("/billing")(command)
    app.shortcut("review_note")(review)
    app.shortcut("ask_payer")(ask)
    app.view("First")(lambda ack: ack(response_action="push", view=simple_modal("Second", "The second step", "Finish")))
    app.view("Second")(lambda ack: ack(response_action="clear"))
    app.view("claim")(claim)
    app.view_closed("claim")(lambda ack: ack())
    app.options(re.compile(".*"))(lambda ack: ack(options=[option("aetna gold"), option("aetna silver")]))
    for action_id, listener in (("verify", verify), ("remove", remove), ("payer", payer), ("start", start)):
        app.action(action_id)(listener)
    for action_id in ("sources", "date", "over", "feedback"):
        app.action(action_id)(lambda ack: ack())
    handler = SocketModeHandler(app, workspace.app_token)
    handler.connect()
    return handler


def close(handler: SocketModeHandler) -> None:
    """Close without waiting out the client's three-second read."""
    client = handler.client
    client.auto_reconnect_enabled = client.default_auto_reconnect_enabled = False
    client.current_session_state.terminated = True
    session = client.current_session
    if session is not None and session.sock is not None:
        with contextlib.suppress(OSError):
            session.sock.shutdown(socket.SHUT_RDWR)
    handler.close()


def mentioned(event: dict[str, Any], say: Any, set_status: Any) -> None:
    set_status("is looking it up…")
    time.sleep(WORKS_SECONDS)
    say(text=f"You said: {event['text']}", thread_ts=event.get("thread_ts") or event["ts"])


def written(event: dict[str, Any], say: Any, say_stream: Any, set_status: Any) -> None:
    if event.get("channel_type") != "im" or event.get("subtype") not in (None, "file_share"):
        return
    text, thread = event.get("text", ""), event.get("thread_ts") or event["ts"]
    set_status("is reading…", loading_messages=["Reading the note…", "Comparing the members…"])
    time.sleep(WORKS_SECONDS)
    if event.get("files"):
        say(text=f"I read {event['files'][0]['name']}", thread_ts=thread)
    elif text.startswith("card"):
        say(text="Allowed with conditions", blocks=card(), thread_ts=thread)
    elif text.startswith("table"):
        say(text="The checklist", blocks=table(), thread_ts=thread)
    elif text.startswith("stream"):
        _stream(say_stream(buffer_size=1))
    else:
        say(text=f"echo: {text}", thread_ts=thread)


def _stream(stream: Any) -> None:
    for part in ("**One** ", "two ", "three"):
        stream.append(markdown_text=part)
        time.sleep(WORKS_SECONDS)
    stream.stop()


def home_opened(event: dict[str, Any], client: WebClient) -> None:
    if event["tab"] == "home":
        starting = {"type": "actions", "elements": [button("Start", "start")]}
        blocks = [{"type": "header", "text": plain("Welcome")}, starting]
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})


def command(ack: Any, command: dict[str, Any]) -> None:
    ack(f"*Only you* asked: {command['text']}")


def review(ack: Any, shortcut: dict[str, Any], client: WebClient) -> None:
    ack()
    client.views_open(trigger_id=shortcut["trigger_id"], view=modal())


def ask(ack: Any, shortcut: dict[str, Any], client: WebClient) -> None:
    ack()
    client.views_open(trigger_id=shortcut["trigger_id"], view=simple_modal("First", "The first step", "Next"))


def claim(ack: Any, view: dict[str, Any]) -> None:
    number = view["state"]["values"]["auth"]["value"]["value"]
    if len(number) < 4:
        ack(response_action="errors", errors={"auth": "Four digits at least."})
    else:
        ack(response_action="update", view=simple_modal("Done", f"Checked {number}"))


def verify(ack: Any, body: dict[str, Any], respond: Any) -> None:
    ack()
    chosen = body["state"]["values"]
    date = next((part["date"]["selected_date"] for part in chosen.values() if "date" in part), None)
    respond(text=f"Verified on {date}", replace_original=True)


def remove(ack: Any, respond: Any) -> None:
    ack()
    respond(delete_original=True)


def payer(ack: Any, body: dict[str, Any], respond: Any) -> None:
    ack()
    respond(text=f"Chosen: {body['actions'][0]['selected_option']['value']}", replace_original=False)


def start(ack: Any, body: dict[str, Any], client: WebClient) -> None:
    ack()
    blocks = [{"type": "section", "text": words("Started :tada:")}]
    client.views_publish(user_id=body["user"]["id"], view={"type": "home", "blocks": blocks})
