"""The message shortcut "Review this note", and the global one that opens a conversation."""

from typing import Any

from slack_bolt import Ack, App, BoltContext
from slack_sdk import WebClient

from bot.errors import UserError
from bot.slack.blocks.guide import help_messages, line
from bot.slack.desk import Desk
from bot.slack.intake import read_slack_text
from bot.slack.noteref import NoteRef
from bot.slack.notes import read_file, text_files
from bot.slack.outlets import Aside, Place, direct, post_all
from bot.slack.working import READING_NOTE, working

_TO_YOU = "I review it in our direct messages, where only you read along."
_NOTHING = "There is no text in that message to review: pick the message that holds the note."


def register(app: App) -> None:
    """Listen to shortcuts."""

    def on_review(ack: Ack, shortcut: dict[str, Any], client: WebClient, context: BoltContext, desk: Desk) -> None:
        ack()
        message, channel = shortcut["message"], shortcut["channel"]["id"]
        if message.get("user") == context.bot_user_id or message.get("bot_id") == context.bot_id:
            raise UserError("That message is one of mine: pick the message that holds the note.")
        private = direct(client, shortcut["user"]["id"])
        if channel == private.channel:
            place = Place(client, channel, message.get("thread_ts") or message["ts"])
        else:
            Aside(client, shortcut["response_url"]).post(line(_TO_YOU))
            opening = line("The review of the message you picked:")
            place = Place(client, private.channel, private.post(opening))
        with working(client, place.channel, str(place.thread_ts), str(place.thread_ts), READING_NOTE):
            for note, text in picked_notes(client, channel, message):
                desk.reviewing.review(place, note, text)

    def on_ask(ack: Ack, shortcut: dict[str, Any], client: WebClient, desk: Desk) -> None:
        ack()
        post_all(direct(client, shortcut["user"]["id"]), help_messages(covered=desk.screening.is_covered))

    app.shortcut({"callback_id": "review_note", "type": "message_action"})(on_review)
    app.shortcut("ask_payer")(on_ask)


def picked_notes(client: WebClient, channel: str, message: dict[str, Any]) -> list[tuple[NoteRef, str]]:
    """What there is to review in a message: its text files, or its words."""
    files = message.get("files") or []
    found = [
        (NoteRef(channel=channel, ts=message["ts"], file=file["id"]), read_file(client, file))
        for file in text_files(files)
    ]
    if found:
        return found
    if files:
        # None of them is read: the first says why.
        read_file(client, files[0])
    text = read_slack_text(message.get("text") or "")
    if not text:
        raise UserError(_NOTHING)
    thread_ts = message.get("thread_ts") or ""
    return [(NoteRef(channel=channel, ts=message["ts"], thread_ts=thread_ts), text)]
