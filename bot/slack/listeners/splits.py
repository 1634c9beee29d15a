"""The button that tells how to put the split into members right, and the message that does it.

Names of members travel as messages alone: no modal asks for them.
"""

from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.errors import UserError
from bot.slack.blocks.guide import unsure_message
from bot.slack.blocks.split_help import split_help
from bot.slack.desk import Desk
from bot.slack.listeners.actions import beside
from bot.slack.members_line import read_members_line
from bot.slack.noteref import NoteRef
from bot.slack.notes import fetch_note, find_review_to_split
from bot.slack.outlets import Place
from bot.slack.working import READING_NOTE, working

_ELSEWHERE = "To correct who a note's members are, send that line in the thread of its review."
Body = dict[str, Any]


def register(app: App) -> None:
    """Listen to the review's button."""

    def on_correct(ack: Ack, action: Body, body: Body, client: WebClient) -> None:
        ack()
        beside(body, client).post(split_help(action["value"], body["container"]["message_ts"]))

    app.action("correct_split")(on_correct)


def take_members(desk: Desk, place: Place, sent: NoteRef, text: str) -> None:
    """Review the thread's note again at the members named; raises UserError for a label that the note does not have.

    The split stays in the review's card for the facts that follow. Where no review is, what was sent is asked about.
    """
    desk.screening.question(text)
    state = find_review_to_split(place.client, place.channel, sent.thread_ts)
    if state is None:
        place.post(unsure_message(sent.dumps(), _ELSEWHERE))
        return
    before, state = state, state.model_copy(update={"named": read_members_line(text)})
    if not state.fits():
        raise UserError("These labels are too many to carry along: send the note in two parts.")
    with working(place.client, place.channel, sent.ts, str(place.thread_ts), READING_NOTE):
        desk.reviewing.review_renamed(place, before, state, fetch_note(place.client, state.note))
