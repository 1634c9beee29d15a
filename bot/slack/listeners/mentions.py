"""Mentions in channels: questions are answered for all to see, notes are not taken there."""

from typing import Any

from slack_bolt import App, BoltContext
from slack_sdk import WebClient

from bot.slack.blocks.guide import help_messages, how_to_review, line
from bot.slack.desk import Desk
from bot.slack.intake import Kind, read_slack_text, sort_out
from bot.slack.outlets import Place, place_for, post_all
from bot.slack.working import READING_QUESTION, working

REFUSED_NOTE = (
    "That looks like a group note, and others read along here: delete it, and send it to me in a direct message."
)
REFUSED_FILE = "I read files in direct messages only, since others read along here: send it to me there."
UNSURE_HERE = (
    "Is that a question? Ask it in a line or two here. If it is a group note, delete it and send it to me in a "
    "direct message."
)


def register(app: App) -> None:
    """Listen to mentions."""

    def on_mention(event: dict[str, Any], client: WebClient, context: BoltContext, desk: Desk) -> None:
        take_mention(desk, client, event, str(context.bot_user_id))

    app.event("app_mention")(on_mention)


def take_mention(desk: Desk, client: WebClient, event: dict[str, Any], bot: str) -> None:
    """Answer in the thread; whatever is not a plain question is told to the person alone."""
    channel, ts = event["channel"], event["ts"]
    thread_ts = event.get("thread_ts") or ts
    aside = Place(client, channel, event.get("thread_ts"), only=event["user"])
    text = read_slack_text(event.get("text", ""), bot)
    kind = sort_out(text)
    if kind is Kind.NOTE:
        aside.post(line(REFUSED_NOTE))
    elif event.get("files"):
        aside.post(line(REFUSED_FILE))
    elif kind in (Kind.UNSURE, Kind.MEMBERS):
        aside.post(line(UNSURE_HERE))
    elif kind is Kind.QUESTION:
        with working(client, channel, ts, thread_ts, READING_QUESTION):
            desk.answering.answer(text, place_for(event, client, thread_ts), channel, thread_ts)
    elif kind is Kind.HOW_TO_REVIEW:
        post_all(aside, how_to_review(covered=desk.screening.is_covered))
    elif kind is not Kind.THANKS:
        post_all(aside, help_messages(covered=desk.screening.is_covered))
