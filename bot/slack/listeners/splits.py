"""The button and the modal that put the split into members right."""

from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.errors import UserError
from bot.review.segment import segment
from bot.slack.blocks.split_form import CALLBACK, read_labels, split_form
from bot.slack.desk import Desk
from bot.slack.filled import filled_in
from bot.slack.listeners.actions import review_ref
from bot.slack.noteref import NoteRef
from bot.slack.notes import fetch_note, require_own_direct, review_on
from bot.slack.outlets import Place
from bot.slack.review_state import ReviewState
from bot.slack.spot import on_the_spot
from bot.slack.working import READING_NOTE, working

Body = dict[str, Any]
_ERROR_LIMIT = 150


def register(app: App) -> None:
    """Listen to the review's button and to its modal."""

    def on_correct(ack: Ack, action: Body, body: Body, client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=split_form(review_ref(body).dumps(), action["value"]))

    def on_corrected(ack: Ack, body: Body, view: Body, client: WebClient, desk: Desk) -> None:
        card = NoteRef.loads(view["private_metadata"])
        try:
            require_own_direct(client, body["user"]["id"], card.channel)
            state, text = corrected(client, card, filled_in(view)["members"])
        except UserError as error:
            ack(response_action="errors", errors={"members": str(error)[:_ERROR_LIMIT]})
            return
        ack()
        place = Place(client, card.channel, card.thread_ts or card.ts)
        with working(client, card.channel, card.ts, str(place.thread_ts), READING_NOTE):
            desk.reviewing.review_whole(place, state, text)

    app.action("correct_split", middleware=[on_the_spot])(on_correct)
    app.view(CALLBACK)(on_corrected)


def corrected(client: WebClient, card: NoteRef, written: str) -> tuple[ReviewState, str]:
    """The review with its members named, and the note as it stands now; raises UserError for a label not in it.

    Nothing is judged here: Slack waits three seconds for the modal's answer, and a model takes longer.
    """
    labels = read_labels(written)
    state = review_on(client, card)
    text = fetch_note(client, state.note)
    segment(text, labels)
    state = state.model_copy(update={"named": labels})
    if not state.fits():
        raise UserError("These labels are too many to carry along: send the note in two parts.")
    return state, text
