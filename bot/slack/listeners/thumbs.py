"""Thumbs on answers, and why one points down."""

from typing import Any

import structlog
from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.errors import UserError
from bot.slack.blocks.guide import line
from bot.slack.blocks.thumbs import FEEDBACK, REASON, REASONS, read_thumb, reason_message
from bot.slack.desk import Desk
from bot.slack.listeners.actions import beside
from bot.slack.notes import NOT_OF_THIS_CARD
from bot.slack.outlets import Aside

log = structlog.get_logger("bot.slack")

Body = dict[str, Any]
_UP_NOW = "Your thumb does not point down any more: nothing is kept."


def register(app: App) -> None:
    """Listen to thumbs and to the list of reasons."""

    def on_feedback(ack: Ack, action: Body, body: Body, client: WebClient, desk: Desk) -> None:
        ack()
        container, user = body["container"], body["user"]["id"]
        thumb, about = read_thumb(action["value"])
        desk.office.feedback.put(container["channel_id"], container["message_ts"], user, thumb, about)
        log.info("feedback", channel=container["channel_id"], value=thumb)
        if thumb == "down":
            beside(body, client).post(reason_message(container["message_ts"]))

    def on_reason(ack: Ack, action: Body, body: Body, client: WebClient, desk: Desk) -> None:
        ack()
        reason, _, message_ts = action["selected_option"]["value"].partition("|")
        if reason not in REASONS:
            raise UserError(NOT_OF_THIS_CARD)
        stands = desk.office.feedback.explain(body["container"]["channel_id"], message_ts, body["user"]["id"], reason)
        said = f"Kept: {REASONS[reason].lower()}. Thank you." if stands else _UP_NOW
        Aside(client, body["response_url"]).post(line(said), replaces=True)

    app.action(FEEDBACK)(on_feedback)
    app.action(REASON)(on_reason)
