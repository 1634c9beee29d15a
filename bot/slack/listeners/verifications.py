"""Verifications: the form and its submission, change, withdraw, history, renewals, and their three commands."""

import re
from typing import Any

import structlog
from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from bot.answers.models import Matter
from bot.errors import CopilotError, OvertakenError
from bot.slack.blocks.answer import read_asked
from bot.slack.blocks.split import Message
from bot.slack.blocks.verification_form import CALLBACK, TOPIC_CHOSEN, verification_form
from bot.slack.blocks.verified import (
    CHANGE,
    HISTORY,
    RENEW,
    RESTORE,
    WITHDRAW,
    due_messages,
    history_messages,
    verification_messages,
)
from bot.slack.command import Command
from bot.slack.desk import Desk
from bot.slack.form_ref import FormRef
from bot.slack.outlets import Aside, Outlet, Place, post_all, private_outlet
from bot.slack.reminding import channel_named, choose_channel, stopped, told, where_reminders_go
from bot.slack.spot import on_the_spot
from bot.slack.verification_answers import read_filled

log = structlog.get_logger("bot.slack")

Body = dict[str, Any]
WORDS = ("verify", "due", "remind")
_OFF = ("off", "stop", "none", "never", "no")


def register(app: App) -> None:
    """Listen to the buttons under answers, the form, and what can be done with a verification."""
    _register_forms(app)
    _register_actions(app)


def _register_forms(app: App) -> None:
    def on_record(ack: Ack, action: Body, body: Body, client: WebClient, desk: Desk) -> None:
        ack()
        view = desk.verifying.new_form(read_asked(action["value"]), ref_of(body))
        client.views_open(trigger_id=body["trigger_id"], view=view)

    def on_change(ack: Ack, action: Body, body: Body, client: WebClient, desk: Desk) -> None:
        ack()
        view = desk.verifying.change_form(action["value"], ref_of(body))
        client.views_open(trigger_id=body["trigger_id"], view=view)

    def on_renew(ack: Ack, action: Body, body: Body, client: WebClient, desk: Desk) -> None:
        ack()
        view = desk.verifying.renewal_form(action["value"], ref_of(body))
        client.views_open(trigger_id=body["trigger_id"], view=view)

    def on_topic(ack: Ack, action: Body, body: Body, client: WebClient) -> None:
        ack()
        view = body["view"]
        filled = read_filled(view) | {"topic": action["selected_option"]["value"]}
        form = verification_form(filled, view["private_metadata"], title=view["title"]["text"])
        client.views_update(view_id=view["id"], view=form)

    def on_submit(ack: Ack, body: Body, view: Body, client: WebClient, desk: Desk) -> None:
        submit(desk, ack, body["user"]["id"], view, client)

    app.action(re.compile(r"^record_\d+$"), middleware=[on_the_spot])(on_record)
    app.action(CHANGE, middleware=[on_the_spot])(on_change)
    app.action(RENEW, middleware=[on_the_spot])(on_renew)
    app.action(TOPIC_CHOSEN, middleware=[on_the_spot])(on_topic)
    app.view(CALLBACK, middleware=[on_the_spot])(on_submit)


def _register_actions(app: App) -> None:
    def on_shown(ack: Ack, action: Body, body: Body, client: WebClient, desk: Desk) -> None:
        ack()
        found = desk.office.verifications.get(action["value"])
        post_all(beside_only(body, client), verification_messages(found))

    def on_history(ack: Ack, action: Body, body: Body, client: WebClient, desk: Desk) -> None:
        ack()
        post_all(beside_only(body, client), history_messages(desk.office.verifications.history(action["value"])))

    def on_withdraw(ack: Ack, action: Body, body: Body, client: WebClient, desk: Desk) -> None:
        ack()
        user = body["user"]["id"]
        deliver(client, ref_of(body), user, desk.verifying.withdraw(action["value"], user))

    def on_restore(ack: Ack, action: Body, body: Body, client: WebClient, desk: Desk) -> None:
        ack()
        user = body["user"]["id"]
        deliver(client, ref_of(body), user, desk.verifying.restore(action["value"], user))

    app.action(re.compile(r"^verification_\d+$"))(on_shown)
    app.action(HISTORY)(on_history)
    app.action(WITHDRAW)(on_withdraw)
    app.action(RESTORE)(on_restore)


def submit(desk: Desk, ack: Ack, user: str, view: Body, client: WebClient) -> None:
    """Record what the form holds; what cannot be taken is said beside its field, and the form stays filled in."""
    filled, ref = read_filled(view), FormRef.loads(view["private_metadata"])
    try:
        made, errors = desk.verifying.take(filled, ref, user)
    except OvertakenError as overtaken:
        ack(response_action="update", view=desk.verifying.overtaken_form(filled, ref, str(overtaken)))
        return
    if made is None:
        ack(response_action="errors", errors=dict(errors))
        return
    ack()
    deliver(client, ref, user, desk.verifying.recorded(made, ref, user))


def on_command(desk: Desk, client: WebClient, command: Body, aside: Outlet, read: Command) -> None:
    """`/billing verify`, `/billing due` and `/billing remind`."""
    user = command["user_id"]
    if read.word == "verify":
        ref = FormRef(channel=command["channel_id"], url=command["response_url"])
        about = desk.office.matter_of(read.rest) if read.rest else Matter()
        client.views_open(trigger_id=command["trigger_id"], view=desk.verifying.new_form(about, ref))
    elif read.rest.casefold() in _OFF:
        aside.post(stopped(desk.office, user))
    elif read.word == "remind" and read.rest:
        here = read.rest.casefold() in ("here", "this channel", "me here")
        channel = command["channel_id"] if here else channel_named(command["text"], read.rest)
        choose_channel(desk.office, client, channel, user)
        aside.post(told(where_reminders_go(desk.office, desk.today())))
    elif read.word == "remind":
        aside.post(told(where_reminders_go(desk.office, desk.today())))
    else:
        found = desk.office.verifications.due(desk.today())
        post_all(aside, due_messages(found, desk.today(), where_reminders_go(desk.office, desk.today())))


def ref_of(body: Body) -> FormRef:
    """Where the message with the pressed button stands, and so where its outcome belongs."""
    container, message = body["container"], body.get("message") or {}
    thread = str(container.get("thread_ts") or message.get("thread_ts") or container["message_ts"])
    url = body["response_url"] if container.get("is_ephemeral") else ""
    return FormRef(channel=container["channel_id"], thread_ts=thread, url=url)


def beside_only(body: Body, client: WebClient) -> Outlet:
    """To the person alone, but in a direct message."""
    ref = ref_of(body)
    return Aside(client, ref.url) if ref.url else private_outlet(client, ref.channel, body["user"]["id"], ref.thread_ts)


def deliver(client: WebClient, ref: FormRef, user: str, messages: list[Message]) -> None:
    """Answer where it was asked; where that is no longer possible, in the person's direct message."""
    outlet: Outlet = Aside(client, ref.url) if ref.url else Place(client, ref.channel, ref.thread_ts or None)
    try:
        post_all(outlet, messages)
    except (CopilotError, SlackClientError, OSError) as error:
        log.info("answered_directly", reason=type(error).__name__)
        post_all(Place(client, user), messages)
