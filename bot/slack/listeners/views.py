"""The claim facts modal, submitted: the note is fetched again and reviewed with them."""

from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.slack.blocks.claim_form import CALLBACK, members_offered
from bot.slack.claim_answers import read_answers, telling
from bot.slack.desk import Desk
from bot.slack.noteref import NoteRef
from bot.slack.notes import fetch_note, require_own_direct, review_on
from bot.slack.outlets import Place
from bot.slack.working import READING_NOTE, working


def register(app: App) -> None:
    """Listen to submitted modals."""

    def on_claim_facts(ack: Ack, body: dict[str, Any], view: dict[str, Any], client: WebClient, desk: Desk) -> None:
        answers = read_answers(view["state"]["values"], desk.today(), members_offered(view))
        errors = answers.errors if desk.screening.is_covered else {**answers.errors, **telling(view["state"]["values"])}
        if errors:
            ack(response_action="errors", errors=dict(errors))
            return
        ack()
        card = NoteRef.loads(view["private_metadata"])
        require_own_direct(client, body["user"]["id"], card.channel)
        place = Place(client, card.channel, card.thread_ts or card.ts)
        with working(client, card.channel, card.ts, str(place.thread_ts), READING_NOTE):
            state = review_on(client, card)
            text = fetch_note(client, state.note)
            desk.reviewing.review_again(place, state, text, answers.member, answers.facts)

    app.view(CALLBACK)(on_claim_facts)
