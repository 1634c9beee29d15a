"""`/billing settings`, its modal, and the button that shares an answer with the channel."""

from typing import Any

import structlog
from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.errors import UserError
from bot.policies.channels import Audience, ChannelSettings, Mode
from bot.slack.blocks.channel_form import CALLBACK, channel_form, settings_kept
from bot.slack.blocks.guide import line
from bot.slack.blocks.payer_list import form_error, set_apart
from bot.slack.blocks.sharing import SHARE
from bot.slack.desk import Desk
from bot.slack.filled import filled_in
from bot.slack.form_ref import FormRef
from bot.slack.listeners.verifications import deliver
from bot.slack.outlets import Aside, Place, private_outlet
from bot.slack.share_ref import ShareRef
from bot.slack.spot import on_the_spot

log = structlog.get_logger("bot.slack")

Body = dict[str, Any]
NO_CHANNEL = "Settings are a channel's: type `/billing settings` in it. Here I always answer you."
OUTSIDERS = "People of another company read along in that channel, so I say nothing there."
SILENT = "I am set to say nothing in that channel: `/billing settings` there changes it."
NOT_A_MEMBER = "I am not in that channel: type `/invite @Billing Copilot` there, and press again."


def register(app: App) -> None:
    """Listen to the modal and the button; the command itself comes by way of `commands`."""

    def on_kept(ack: Ack, view: Body, body: Body, client: WebClient, desk: Desk) -> None:
        ref, given = FormRef.loads(view["private_metadata"]), filled_in(view)
        payers, unclear = desk.office.named_payers(given["payers"])
        if unclear:
            ack(response_action="errors", errors={"payers": form_error(unclear)})
            return
        settings = ChannelSettings(mode=Mode(given["mode"]), audience=Audience(given["audience"]), payers=tuple(payers))
        desk.office.channels.put(ref.channel, settings, body["user"]["id"])
        ack()
        deliver(client, ref, body["user"]["id"], [settings_kept(ref.channel, settings, set_apart(payers))])
        log.info("channel_set", channel=ref.channel, mode=settings.mode.value, audience=settings.audience.value)

    def on_share(ack: Ack, action: Body, body: Body, client: WebClient, desk: Desk) -> None:
        ack()
        share(desk, client, body, ShareRef.loads(action["value"]))

    app.view(CALLBACK, middleware=[on_the_spot])(on_kept)
    app.action(SHARE)(on_share)


def open_settings(desk: Desk, client: WebClient, command: Body) -> None:
    """The modal for the channel in which the command was typed; a direct message has nothing to set."""
    channel = command["channel_id"]
    if channel.startswith("D"):
        private_outlet(client, channel, command["user_id"], None).post(line(NO_CHANNEL))
        return
    ref = FormRef(channel=channel, url=command["response_url"])
    client.views_open(
        trigger_id=command["trigger_id"], view=channel_form(desk.office.channels.get(channel), ref.dumps())
    )


def share(desk: Desk, client: WebClient, body: Body, ref: ShareRef) -> None:
    """Say aloud what only its asker saw, made anew from the file; raises UserError where nothing may be said."""
    channel, user = body["container"]["channel_id"], body["user"]["id"]
    settings = desk.office.channels.get(channel)
    if settings.outsiders:
        raise UserError(OUTSIDERS)
    if settings.mode is Mode.OFF:
        raise UserError(SILENT)
    place = Place(client, channel, ref.thread_ts or None)
    try:
        desk.answering.share(ref.question, ref.context, place, user, settings.payers)
    except SlackApiError as error:
        if error.response.get("error") not in ("not_in_channel", "channel_not_found", "is_archived"):
            raise
        raise UserError(NOT_A_MEMBER) from None
    Aside(client, body["response_url"]).post(line("Shared with the channel."), replaces=True)
    log.info("shared", channel=channel)
