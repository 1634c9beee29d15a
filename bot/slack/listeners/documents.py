"""The button and modal that ask whose document a file is."""

from datetime import date
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.slack.blocks.document_form import CONTRACT, KEEP, document_form
from bot.slack.desk import Desk
from bot.slack.document_request import DocumentRequest
from bot.slack.filled import filled_in
from bot.slack.outlets import Place
from bot.slack.spot import on_the_spot
from bot.slack.working import READING_DOCUMENT, working

Body = dict[str, Any]


def register(app: App) -> None:
    """Listen to what `bot.slack.adding` asks."""

    def on_keep(ack: Ack, action: Body, body: Body, client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=document_form(DocumentRequest.loads(action["value"])))

    def on_keep_form(ack: Ack, body: Body, view: Body, client: WebClient, desk: Desk) -> None:
        given = filled_in(view)
        errors = {} if given["payer"].strip() else {"payer": "Whose rules does it hold?"}
        if given["effective_to"] and given["effective_to"] < given["effective_from"]:
            errors["effective_to"] = "It would end before it begins."
        if errors:
            ack(response_action="errors", errors=errors)
            return
        ack()
        request = _filled(DocumentRequest.loads(view["private_metadata"]), given)
        place = Place(client, request.file.channel, request.file.thread_ts)
        with working(client, place.channel, request.file.ts, request.file.thread_ts, READING_DOCUMENT):
            desk.adding.add(place, request, body["user"]["id"])

    app.action("keep_document", middleware=[on_the_spot])(on_keep)
    app.view(KEEP)(on_keep_form)


def _filled(request: DocumentRequest, given: dict[str, str]) -> DocumentRequest:
    return request.model_copy(
        update={
            "payer": given["payer"].strip()[:80],
            "effective_from": date.fromisoformat(given["effective_from"]),
            "effective_to": date.fromisoformat(given["effective_to"]) if given["effective_to"] else None,
            "contract": given["kind"] == CONTRACT,
            "title": given["title"].strip()[:120],
        }
    )
