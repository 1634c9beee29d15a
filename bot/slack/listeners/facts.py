"""Buttons and the modal of proposed facts: approve, correct, reject, and withdraw what was approved."""

from datetime import date
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.documents.proposals import Changes
from bot.errors import UserError
from bot.policies.models import Decision, Topic
from bot.slack.blocks.document import approved_message, closed_message
from bot.slack.blocks.document_form import EDIT, FACT_TOPIC, fact_form
from bot.slack.blocks.split import Message
from bot.slack.blocks.verification_form import decision_block
from bot.slack.desk import Desk
from bot.slack.listeners.actions import review_ref
from bot.slack.noteref import NoteRef
from bot.slack.spot import on_the_spot
from bot.slack.verification_answers import read_filled

Body = dict[str, Any]


def register(app: App) -> None:
    """Listen to the cards of proposed facts."""

    def on_approve(ack: Ack, action: Body, body: Body, client: WebClient, desk: Desk) -> None:
        ack()
        user = body["user"]["id"]
        own = desk.office.library.proposals.approve(action["value"], user)
        _redraw(client, review_ref(body), approved_message(own, user))

    def on_edit(ack: Ack, action: Body, body: Body, client: WebClient, desk: Desk) -> None:
        ack()
        library = desk.office.library
        proposal = library.proposals.proposal(action["value"])
        metadata = f"{proposal.id}|{review_ref(body).dumps()}"
        client.views_open(
            trigger_id=body["trigger_id"], view=fact_form(metadata, proposal, library.document(proposal.document_id))
        )

    def on_topic(ack: Ack, action: Body, body: Body, client: WebClient, desk: Desk) -> None:
        ack()
        view, library = body["view"], desk.office.library
        proposal = library.proposals.proposal(view["private_metadata"].partition("|")[0])
        topic = Topic(action["selected_option"]["value"])
        form = fact_form(view["private_metadata"], proposal, library.document(proposal.document_id), topic)
        client.views_update(view_id=view["id"], view=form)

    def on_edit_form(ack: Ack, body: Body, view: Body, client: WebClient, desk: Desk) -> None:
        given, user = read_filled(view), body["user"]["id"]
        proposal_id, _, card = view["private_metadata"].partition("|")
        try:
            own = desk.office.library.proposals.approve(proposal_id, user, _changes(given))
        except UserError as error:
            ack(response_action="errors", errors={decision_block(Topic(given["topic"])): str(error)[:150]})
            return
        ack()
        _redraw(client, NoteRef.loads(card), approved_message(own, user))

    def on_reject(ack: Ack, action: Body, body: Body, client: WebClient, desk: Desk) -> None:
        ack()
        user = body["user"]["id"]
        proposal = desk.office.library.proposals.reject(action["value"], user)
        words = f"Turned down: {proposal.topic.value.replace('_', ' ')}"
        _redraw(client, review_ref(body), closed_message(words, proposal.quote, user))

    def on_withdraw(ack: Ack, action: Body, body: Body, client: WebClient, desk: Desk) -> None:
        ack()
        user = body["user"]["id"]
        proposals = desk.office.library.proposals
        own = next((one for one in proposals.facts() if one.fact.id == action["value"]), None)
        proposals.withdraw(action["value"], user)
        words = "Withdrawn: it decides nothing any more"
        _redraw(client, review_ref(body), closed_message(words, own.quote if own else "", user))

    app.action("approve_fact")(on_approve)
    app.action("edit_fact", middleware=[on_the_spot])(on_edit)
    app.action(FACT_TOPIC, middleware=[on_the_spot])(on_topic)
    app.view(EDIT, middleware=[on_the_spot])(on_edit_form)
    app.action("reject_fact")(on_reject)
    app.action("withdraw_fact")(on_withdraw)


def _changes(given: dict[str, str]) -> Changes:
    modifiers = given["modifiers"].replace(";", ",").upper().split(",")
    return Changes(
        topic=Topic(given["topic"]),
        decision=Decision(given["decision"]),
        conditions=tuple(line.strip() for line in given["conditions"].splitlines() if line.strip()),
        modifiers=tuple(code.strip() for code in modifiers if code.strip()),
        effective_from=date.fromisoformat(given["effective_from"]),
        effective_to=date.fromisoformat(given["effective_to"]) if given["effective_to"] else None,
    )


def _redraw(client: WebClient, card: NoteRef, message: Message) -> None:
    client.chat_update(channel=card.channel, ts=card.ts, text=message.text, blocks=list(message.blocks))
