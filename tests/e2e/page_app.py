"""A small Bolt app that shows the page everything Block Kit has: for looking at it, and for the browser tests."""

import contextlib
import socket
import time
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from bot.workspace import Workspace

MARKDOWN = """## Allowed with conditions

**90853** and **90837** on the same day need *distinct* times and a `59` modifier.

| Payer | Same day | Modifier |
|:--|:-:|--:|
| Aetna | yes | 59 |
| Cigna | ask | – |

1. Document start and end times
2. Keep two notes
   - one for the group
   - one for the person

> Verify yearly. See [the policy](https://example.com/policy).
"""
HOSTILE = '<img src=x onerror="document.title=1"> <script>document.title=2</script>'


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def words(text: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text}


def option(value: str) -> dict[str, Any]:
    return {"text": plain(value.title()), "value": value}


def button(text: str, action_id: str, **more: Any) -> dict[str, Any]:
    return {"type": "button", "text": plain(text), "action_id": action_id, "value": text, **more}


def card() -> list[dict[str, Any]]:
    feedback = {
        "type": "feedback_buttons",
        "action_id": "feedback",
        "positive_button": {"text": plain("Good"), "accessibility_label": "Helpful", "value": "up"},
        "negative_button": {"text": plain("Bad"), "accessibility_label": "Not helpful", "value": "down"},
    }
    text = "*Allowed with conditions* _for_ ~sure~ `59` :white_check_mark:\n• distinct times\n• two notes\n> said Aetna"
    return [
        {"type": "header", "text": plain("Aetna · same-day services")},
        {"type": "section", "text": words(text), "accessory": button("Sources", "sources")},
        {"type": "section", "fields": [words("*Modifier*\n59 on 90853"), words("*Effective*\n2026-01-01")]},
        {"type": "divider"},
        {"type": "markdown", "text": MARKDOWN},
        {"type": "context", "elements": [words("Source: <https://example.com|Aetna policy> · read 2026-11-01")]},
        {
            "type": "actions",
            "elements": [
                button("Verify", "verify", style="primary"),
                button("Remove", "remove", style="danger", confirm=confirm()),
                {"type": "static_select", "action_id": "payer", "options": [option("aetna"), option("cigna")]},
                {"type": "datepicker", "action_id": "date", "initial_date": "2026-03-04"},
                {"type": "overflow", "action_id": "over", "options": [option("copy"), option("share")]},
            ],
        },
        {"type": "context_actions", "elements": [feedback]},
    ]


def confirm() -> dict[str, Any]:
    return {"title": plain("Remove it?"), "text": words("It cannot be undone."), "confirm": plain("Yes"), "deny": plain("No")}


def table() -> list[dict[str, Any]]:
    raw = [["Element", "Member 1", "Member 2"], ["Goals", "met", "missing"], ["Response", "met", "partial"]]
    return [{"type": "table", "rows": [[{"type": "raw_text", "text": cell} for cell in row] for row in raw]}]


def modal() -> dict[str, Any]:
    def field(block_id: str, label: str, element: dict[str, Any], **more: Any) -> dict[str, Any]:
        named = {"action_id": "value", **element}
        return {"type": "input", "block_id": block_id, "label": plain(label), "element": named, **more}

    three = [option("aetna"), option("cigna"), option("optum")]
    return {
        "type": "modal",
        "callback_id": "claim",
        "title": plain("Claim facts"),
        "submit": plain("Check"),
        "notify_on_close": True,
        "blocks": [
            {"type": "section", "text": words("Facts of the claim only: *never* note text.")},
            field("auth", "Authorization number", {"type": "plain_text_input"}, hint=plain("As on the letter")),
            field("payer", "Payer", {"type": "static_select", "options": three}),
            field("dos", "Date of service", {"type": "datepicker"}, optional=True),
            field("codes", "Codes", {"type": "checkboxes", "options": [option("90853"), option("90837")]}, optional=True),
            field("place", "Place", {"type": "radio_buttons", "options": [option("office"), option("home")]}, optional=True),
            field("units", "Units", {"type": "number_input", "is_decimal_allowed": False}, optional=True),
            field("mail", "Email", {"type": "email_text_input"}, optional=True),
            field("who", "Who asked", {"type": "users_select"}, optional=True),
            field("more", "Other payers", {"type": "multi_static_select", "options": three}, optional=True),
            field("find", "Find a plan", {"type": "external_select", "min_query_length": 2}, optional=True),
        ],
    }


def simple_modal(title: str, text: str, submit: str | None = None) -> dict[str, Any]:
    view: dict[str, Any] = {"type": "modal", "callback_id": title, "title": plain(title)}
    if submit:
        view["submit"] = plain(submit)
    return {**view, "blocks": [{"type": "section", "text": words(text)}]}


def connect(workspace: Workspace, *, pause: float = 0.05) -> SocketModeHandler:
    """Join the workspace; `pause` is how long the app seems to work."""
    client = WebClient(token=workspace.bot_token, base_url=workspace.api_url)
    app = App(client=client)
    _messages(app, pause)
    _interactions(app)
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


def _messages(app: App, pause: float) -> None:
    @app.event("app_mention")
    def mentioned(event: dict[str, Any], say: Any, set_status: Any) -> None:
        set_status("is looking it up…")
        time.sleep(pause)
        say(text=f"You said: {event['text']}", thread_ts=event.get("thread_ts") or event["ts"])

    @app.event("message")
    def message(event: dict[str, Any], say: Any, say_stream: Any, set_status: Any) -> None:
        if event.get("channel_type") != "im" or event.get("subtype") not in (None, "file_share"):
            return
        text, thread = event.get("text", ""), event.get("thread_ts") or event["ts"]
        set_status("is reading…", loading_messages=["Reading the note…", "Comparing the members…"])
        time.sleep(pause)
        if event.get("files"):
            say(text=f"I read {event['files'][0]['name']}", thread_ts=thread)
        elif text.startswith("card"):
            say(text="Allowed with conditions", blocks=card(), thread_ts=thread)
        elif text.startswith("table"):
            say(text="The checklist", blocks=table(), thread_ts=thread)
        elif text.startswith("stream"):
            stream = say_stream(buffer_size=1)
            for part in ("**One** ", "two ", "three"):
                stream.append(markdown_text=part)
                time.sleep(pause)
            stream.stop()
        else:
            say(text=f"echo: {text}", thread_ts=thread)

    @app.event("app_home_opened")
    def home(event: dict[str, Any], client: WebClient, set_suggested_prompts: Any) -> None:
        if event["tab"] == "home":
            blocks = [{"type": "header", "text": plain("Welcome")}, {"type": "actions", "elements": [button("Start", "start")]}]
            client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    for kind in ("reaction_added", "reaction_removed", "file_shared", "member_joined_channel"):
        app.event(kind)(lambda: None)


def _interactions(app: App) -> None:
    @app.command("/billing")
    def command(ack: Any, command: dict[str, Any]) -> None:
        ack(f"*Only you* asked: {command['text']}")

    @app.shortcut("review_note")
    def review(ack: Any, shortcut: dict[str, Any], client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=shortcut["trigger_id"], view=modal())

    @app.shortcut("ask_payer")
    def ask(ack: Any, shortcut: dict[str, Any], client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=shortcut["trigger_id"], view=simple_modal("First", "The first step", "Next"))

    @app.view("First")
    def first(ack: Any) -> None:
        ack(response_action="push", view=simple_modal("Second", "The second step", "Finish"))

    @app.view("Second")
    def second(ack: Any) -> None:
        ack(response_action="clear")

    @app.view("claim")
    def claim(ack: Any, view: dict[str, Any]) -> None:
        number = view["state"]["values"]["auth"]["value"]["value"]
        if len(number) < 4:
            ack(response_action="errors", errors={"auth": "Four digits at least."})
        else:
            ack(response_action="update", view=simple_modal("Done", f"Checked {number}"))

    app.view_closed("claim")(lambda ack: ack())

    @app.options("value")
    def plans(ack: Any) -> None:
        ack(options=[option("aetna gold"), option("aetna silver")])

    @app.action("verify")
    def verify(ack: Any, body: dict[str, Any], respond: Any) -> None:
        ack()
        chosen = body["state"]["values"]
        date = next((part["date"]["selected_date"] for part in chosen.values() if "date" in part), None)
        respond(text=f"Verified on {date}", replace_original=True)

    @app.action("remove")
    def remove(ack: Any, respond: Any) -> None:
        ack()
        respond(delete_original=True)

    @app.action("payer")
    def payer(ack: Any, body: dict[str, Any], respond: Any) -> None:
        ack()
        respond(text=f"Chosen: {body['actions'][0]['selected_option']['value']}", replace_original=False)

    @app.action("start")
    def start(ack: Any, body: dict[str, Any], client: WebClient) -> None:
        ack()
        blocks = [{"type": "section", "text": words("Started :tada:")}]
        client.views_publish(user_id=body["user"]["id"], view={"type": "home", "blocks": blocks})

    for action in ("sources", "date", "over", "feedback"):
        app.action(action)(lambda ack: ack())
