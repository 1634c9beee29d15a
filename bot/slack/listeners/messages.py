"""Direct messages, and what follows in threads of channels where the bot has answered."""

from typing import Any

from slack_bolt import App, BoltContext
from slack_sdk import WebClient

from bot.jobs.work import LaterError, current_work
from bot.policies.channels import Mode
from bot.slack.blocks.guide import command_message, help_messages, how_to_review, line, privacy_messages, unsure_message
from bot.slack.changed import DELETED, is_change
from bot.slack.desk import Desk
from bot.slack.document_request import asks_to_keep
from bot.slack.intake import Kind, is_asking, lesson_number, read_slack_text, sort_out, speaks_to_us
from bot.slack.listeners import files, splits
from bot.slack.listeners.mentions import REFUSED_NOTE, answer_in_channel
from bot.slack.noteref import NoteRef
from bot.slack.notes import find_review
from bot.slack.outlets import Place, place_for, post_all
from bot.slack.replies import said_to, take_back
from bot.slack.staff import may_record
from bot.slack.unslashed import command_meant
from bot.slack.working import READING_NOTE, READING_QUESTION, working

WELCOME = "Glad to help."
NO_FILE = (
    "Send the file with those words: attach the payer's manual or your contract as PDF, Word, HTML, Markdown or text."
)
NOTHING_TO_READ = "I read words: ask a billing question, or send a group note. “help” shows how."
FOR_A_DRILL = "Or is it the sentence that a drill waits for? Then reply in its thread with it."
# Edits, deletions, joins and bots come as other subtypes and are not for us.
_SPOKEN = (None, "file_share", "thread_broadcast")


def register(app: App) -> None:
    """Listen to messages."""

    def on_message(event: dict[str, Any], client: WebClient, context: BoltContext, desk: Desk) -> None:
        bot = str(context.bot_user_id)
        if is_change(event):
            take_change(desk, client, event, context)
        elif event.get("channel_type") == "im":
            take_direct(desk, client, event, context)
        elif event.get("thread_ts"):
            take_follow_up(desk, client, event, bot)
        else:
            take_question(desk, client, event, bot)

    app.event("message")(on_message)


def is_for_us(desk: Desk, event: dict[str, Any], bot: str) -> bool:
    """True for direct messages, and for what is said without a mention where we may speak up.

    That is a thread in which we answered before, and a payer question where the channel is set to take those.
    """
    if not is_a_persons(event) or event["user"] == bot:
        return False
    if event.get("channel_type") == "im":
        return True
    channel, thread_ts = event["channel"], event.get("thread_ts")
    if f"<@{bot}>" in event.get("text", ""):
        return False
    if thread_ts and desk.office.contexts.get(channel, thread_ts) is None:
        return False
    mode = desk.office.channels.get(channel).mode
    if thread_ts:
        return mode is not Mode.OFF
    return mode is Mode.QUESTIONS and asks_of_groups(desk, read_slack_text(event.get("text", ""), bot))


def asks_of_groups(desk: Desk, text: str) -> bool:
    """Whether a message that nobody addressed to us is a payer question about billing groups, beyond doubt."""
    return sort_out(text) is Kind.QUESTION and speaks_to_us(text) and desk.office.is_ours(text)


def is_a_persons(event: dict[str, Any]) -> bool:
    """True for what a person has just said."""
    return event.get("subtype") in _SPOKEN and not event.get("bot_id") and bool(event.get("user"))


def take_direct(desk: Desk, client: WebClient, event: dict[str, Any], context: BoltContext) -> None:
    """A direct message: a question, a note, files, or something to ask back about."""
    channel, ts = event["channel"], event["ts"]
    thread_ts = event.get("thread_ts") or ts
    place = Place(client, channel, thread_ts)
    text = read_slack_text(event.get("text", ""), str(context.bot_user_id))
    if drill := desk.teaching.awaited(event, text):
        desk.teaching.take_sentence(place, event["user"], drill, text)
        return
    if event.get("files"):
        files.take_files(desk, place, event, text)
        return
    if command := command_meant(text):
        desk.screening.question(text)
        place.post(command_message(command))
        return
    note = NoteRef(channel=channel, ts=ts, thread_ts=event.get("thread_ts") or "")
    kind = sort_out(text)
    elsewhere = desk.teaching.awaited_elsewhere(event, text)
    if kind is Kind.QUESTION and elsewhere and desk.office.is_off_topic(text):
        desk.teaching.take_sentence(place, event["user"], elsewhere, text)
    elif kind is Kind.QUESTION:
        _take_question(desk, place, event, text, context)
    elif kind is Kind.NOTE:
        with working(client, channel, ts, thread_ts, READING_NOTE):
            take_note(desk, place, note, text)
    elif kind is Kind.MEMBERS:
        splits.take_members(desk, place, note, text)
    elif kind is Kind.UNSURE:
        place.post(unsure_message(note.dumps(), FOR_A_DRILL if elsewhere else ""))
    elif kind is Kind.LEARN:
        _teach(desk, place, event["user"], text)
    else:
        _tell(desk, place, kind)


def _take_question(desk: Desk, place: Place, event: dict[str, Any], text: str, context: BoltContext) -> None:
    if asks_to_keep(text) and not is_asking(text):
        place.post(line(NO_FILE))
        return
    channel, ts = event["channel"], event["ts"]
    thread_ts = event.get("thread_ts") or ts
    with working(place.client, channel, ts, thread_ts, READING_QUESTION):
        desk.answering.answer(text, place, channel, thread_ts, records=may_record(context))


def _teach(desk: Desk, place: Place, user: str, text: str) -> None:
    number = lesson_number(text)
    if number is None:
        desk.teaching.resume(place, user)
    else:
        desk.teaching.lesson(place, user, number)


def _tell(desk: Desk, place: Place, kind: Kind) -> None:
    """What needs no look at what was said."""
    if kind is Kind.HOW_TO_REVIEW:
        post_all(place, how_to_review(covered=desk.screening.is_covered))
    elif kind is Kind.PRIVACY:
        post_all(place, privacy_messages(covered=desk.screening.is_covered))
    elif kind is Kind.HELP:
        post_all(place, help_messages(covered=desk.screening.is_covered))
    else:
        place.post(line(WELCOME if kind is Kind.THANKS else NOTHING_TO_READ))


def take_note(desk: Desk, place: Place, note: NoteRef, text: str) -> None:
    """Review a note; in the thread of a review it is the mended one, and what changed is said."""
    before = find_review(place.client, place.channel, note.thread_ts)
    if before:
        desk.reviewing.review_mended(place, before, note, text)
    else:
        desk.reviewing.review(place, note, text)


def take_follow_up(desk: Desk, client: WebClient, event: dict[str, Any], bot: str) -> None:
    """An untagged message in a channel's thread in which we answered before: answered only if it is a question."""
    channel, thread_ts = event["channel"], event["thread_ts"]
    text = read_slack_text(event.get("text", ""), bot)
    kind = sort_out(text)
    if kind is Kind.NOTE:
        Place(client, channel, thread_ts, only=event["user"]).post(line(REFUSED_NOTE))
    elif kind is Kind.QUESTION and speaks_to_us(text):
        answer_in_channel(desk, client, event, text)


def take_question(desk: Desk, client: WebClient, event: dict[str, Any], bot: str) -> None:
    """A payer question that nobody addressed to us, in a channel that wants those answered."""
    answer_in_channel(desk, client, event, read_slack_text(event.get("text", ""), bot))


def take_change(desk: Desk, client: WebClient, event: dict[str, Any], context: BoltContext) -> None:
    """An edited question gets its answer anew, in place; what answered a deleted message goes with it."""
    channel, ts = event["channel"], event["ts"]
    thread_ts = event.get("thread_ts") or ts
    if (work := current_work()) and work.store.is_waiting(event["answered_by"]):
        raise LaterError  # its answer is being made
    if event["subtype"] == DELETED:
        whole = event.get("channel_type") == "im" and thread_ts == ts
        take_back(client, channel, said_to(client, channel, thread_ts, ts, "" if whole else event["answered_by"]))
        if whole:
            desk.office.waiting.drop(channel, thread_ts)
        return
    text = read_slack_text(event.get("text", ""), str(context.bot_user_id))
    kind = sort_out(text)
    if kind is Kind.NOTE and event.get("channel_type") != "im":
        Place(client, channel, event.get("thread_ts"), only=event["user"]).post(line(REFUSED_NOTE))
    elif kind is Kind.QUESTION and (said := said_to(client, channel, thread_ts, ts, event["answered_by"])):
        settings = desk.office.channels.get(channel)
        if settings.mode is not Mode.OFF:
            with working(client, channel, ts, thread_ts, READING_QUESTION):
                records = event.get("channel_type") != "im" or may_record(context)
                place = place_for(event, client, thread_ts)
                desk.answering.renew(text, place, said, payers=settings.payers, records=records)
