"""Mentions in channels: questions are answered for all to see, notes are not taken there."""

from typing import Any

from slack_bolt import App, BoltContext
from slack_sdk import WebClient

from bot.policies.channels import Audience, Mode
from bot.slack.blocks.guide import help_messages, how_to_review, line, privacy_messages
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
SILENT_HERE = (
    "I am set to say nothing in this channel: ask me in a direct message. An admin or a biller changes it with "
    "`/billing settings`."
)


def register(app: App) -> None:
    """Listen to mentions."""

    def on_mention(event: dict[str, Any], client: WebClient, context: BoltContext, desk: Desk) -> None:
        take_mention(desk, client, event, str(context.bot_user_id))

    app.event("app_mention")(on_mention)


def take_mention(desk: Desk, client: WebClient, event: dict[str, Any], bot: str) -> None:
    """Answer in the thread; whatever is not a plain question is told to the person alone."""
    channel = event["channel"]
    aside = Place(client, channel, event.get("thread_ts"), only=event["user"])
    text = read_slack_text(event.get("text", ""), bot)
    kind = sort_out(text)
    if desk.office.channels.get(channel).mode is Mode.OFF:
        aside.post(line(SILENT_HERE))
    elif kind is Kind.NOTE:
        aside.post(line(REFUSED_NOTE))
    elif event.get("files"):
        aside.post(line(REFUSED_FILE))
    elif kind in (Kind.UNSURE, Kind.MEMBERS):
        aside.post(line(UNSURE_HERE))
    elif kind is Kind.QUESTION:
        answer_in_channel(desk, client, event, text)
    elif kind is Kind.HOW_TO_REVIEW:
        post_all(aside, how_to_review(covered=desk.screening.is_covered))
    elif kind is Kind.PRIVACY:
        post_all(aside, privacy_messages(covered=desk.screening.is_covered))
    elif kind is not Kind.THANKS:
        post_all(aside, help_messages(covered=desk.screening.is_covered))


def answer_in_channel(desk: Desk, client: WebClient, event: dict[str, Any], text: str) -> None:
    """Answer a question as the channel is set: for whom to see, and about whose payers."""
    channel, ts = event["channel"], event["ts"]
    thread_ts = event.get("thread_ts") or ts
    settings = desk.office.channels.get(channel)
    alone = settings.audience is Audience.ASKER
    outlet = place_for(event, client, thread_ts)
    if alone:
        # Slack shows nobody a thread that only whispers began.
        outlet = Place(client, channel, event.get("thread_ts"), only=event["user"])
    with working(client, channel, ts, thread_ts, READING_QUESTION):
        shares = alone and settings.takes_shares
        desk.answering.answer(text, outlet, channel, thread_ts, payers=settings.payers, shares=shares)
