"""Buttons: call script, sources, more, claim facts, one member, the report as a file, and what a text is."""

import re
from typing import Any

import structlog
from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.errors import UserError
from bot.slack.blocks.answer import shown_more, shown_script, shown_sources
from bot.slack.blocks.claim_form import claim_form
from bot.slack.blocks.guide import line
from bot.slack.blocks.review import AGAIN
from bot.slack.desk import Desk
from bot.slack.noteref import NoteRef
from bot.slack.notes import NOT_OF_THIS_CARD, fetch_note, review_on
from bot.slack.outlets import Aside, Place, post_all, private_outlet
from bot.slack.review_state import ReviewState
from bot.slack.spot import on_the_spot
from bot.slack.working import LAYING_OUT, READING_NOTE, READING_QUESTION, working

log = structlog.get_logger("bot.slack")

Body = dict[str, Any]
_REPORTS = ("pdf", "docx", "csv")


def register(app: App) -> None:
    """Listen to buttons and lists in messages."""

    def on_script(ack: Ack, action: Body, body: Body, client: WebClient) -> None:
        ack()
        post_all(beside(body, client), shown_script(action["value"]))

    def on_sources(ack: Ack, action: Body, body: Body, client: WebClient) -> None:
        ack()
        post_all(beside(body, client), shown_sources(action["value"]))

    def on_more(ack: Ack, action: Body, body: Body, client: WebClient) -> None:
        ack()
        post_all(beside(body, client), shown_more(action["value"]))

    def on_claim_facts(ack: Ack, action: Body, body: Body, client: WebClient) -> None:
        ack()
        state = ReviewState.loads(action["value"])
        known = next((facts for facts in state.facts if not facts.member), None)
        client.views_open(
            trigger_id=body["trigger_id"], view=claim_form(review_ref(body).dumps(), state.members, known)
        )

    def on_member(ack: Ack, action: Body, body: Body, client: WebClient, desk: Desk) -> None:
        ack()
        number, _, value = action["selected_option"]["value"].partition("|")
        state = review_on(client, review_ref(body))
        if state.note != NoteRef.loads(value) or not number.isdecimal():
            raise UserError(NOT_OF_THIS_CARD)
        desk.reviewing.show_member(beside(body, client), state, fetch_note(client, state.note), int(number))

    def on_report(ack: Ack, action: Body, body: Body, client: WebClient, desk: Desk) -> None:
        ack()
        send_report(desk, client, body, str((action.get("selected_option") or action)["value"]))

    def on_again(ack: Ack, body: Body, client: WebClient, desk: Desk) -> None:
        ack()
        review_again(desk, client, body)

    def on_choice(ack: Ack, action: Body, body: Body, client: WebClient, desk: Desk) -> None:
        ack()
        take_choice(desk, client, body, action)

    app.action(re.compile(r"^call_script_\d+$"))(on_script)
    app.action(re.compile(r"^sources_\d+$"))(on_sources)
    app.action(re.compile(r"^more_\d+$"))(on_more)
    app.action("claim_facts", middleware=[on_the_spot])(on_claim_facts)
    app.action("show_member")(on_member)
    app.action(re.compile(r"^report_(pdf|menu)$"))(on_report)
    app.action(AGAIN)(on_again)
    app.action(re.compile(r"^read_as_(note|question)$"))(on_choice)


def send_report(desk: Desk, client: WebClient, body: Body, kind: str) -> None:
    """The whole report of the card whose button was pressed, as a file into its thread."""
    if kind not in _REPORTS:
        raise UserError(NOT_OF_THIS_CARD)
    card = review_ref(body)
    state = review_on(client, card)
    place = Place(client, card.channel, card.thread_ts or card.ts)
    with working(client, card.channel, card.ts, str(place.thread_ts), LAYING_OUT):
        desk.reviewing.send_report(place, state, fetch_note(client, state.note), kind)


def review_again(desk: Desk, client: WebClient, body: Body) -> None:
    """Review the note of a card as it stands in Slack now, and say what changed since."""
    card = review_ref(body)
    state = review_on(client, card)
    place = Place(client, card.channel, card.thread_ts or card.ts)
    with working(client, card.channel, card.ts, str(place.thread_ts), READING_NOTE):
        desk.reviewing.review_mended(place, state, state.note, fetch_note(client, state.note))


def take_choice(desk: Desk, client: WebClient, body: Body, action: Body) -> None:
    """Read a text as what its sender says it is; of several presses the first counts, unless it failed."""
    note = NoteRef.loads(action["value"])
    container = body["container"]
    message_ts = container["message_ts"]
    if note.channel != container["channel_id"] or note.file:
        raise UserError(NOT_OF_THIS_CARD)
    place = Place(client, note.channel, note.thread_ts or note.ts)
    as_note = action["action_id"] == "read_as_note"
    text = fetch_note(client, note)
    lines = READING_NOTE if as_note else READING_QUESTION
    with working(client, note.channel, note.ts, str(place.thread_ts), lines):
        if as_note:
            desk.reviewing.review(place, note, text)
        else:
            desk.answering.answer(text, place, note.channel, str(place.thread_ts))
    done = line("Reviewed as a note." if as_note else "Answered as a question.")
    client.chat_update(channel=note.channel, ts=message_ts, text=done.text, blocks=list(done.blocks))


def beside(body: Body, client: WebClient) -> Place | Aside:
    """Where to show what a button asks for: in the thread of a direct message, to the person alone elsewhere."""
    container = body["container"]
    if container.get("is_ephemeral"):
        return Aside(client, body["response_url"])
    return private_outlet(client, container["channel_id"], body["user"]["id"], _thread_of(body))


def review_ref(body: Body) -> NoteRef:
    """Where the message with the pressed button stands: all that the modal remembers."""
    container = body["container"]
    return NoteRef(channel=container["channel_id"], ts=container["message_ts"], thread_ts=_thread_of(body))


def _thread_of(body: Body) -> str:
    container, message = body["container"], body.get("message") or {}
    return str(container.get("thread_ts") or message.get("thread_ts") or container["message_ts"])
