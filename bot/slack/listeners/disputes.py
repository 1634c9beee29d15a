"""The "Disagree" button of a finding and its modal: a dispute goes on the practice's review list."""

from dataclasses import replace
from typing import Any

import structlog
from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot import __version__
from bot.errors import CopilotError
from bot.review.disputing import comment_problem
from bot.review.models import Status
from bot.slack.blocks.dispute_form import CALLBACK, dispute_form, kept_message
from bot.slack.desk import Desk
from bot.slack.dispute_ref import DisputeRef
from bot.slack.filled import filled_in
from bot.slack.listeners.actions import review_ref
from bot.slack.notes import fetch_note, require_on_card, require_own_direct
from bot.slack.outlets import private_outlet
from bot.slack.spot import on_the_spot
from bot.storage.disputes import Dispute

log = structlog.get_logger("bot.slack")

Body = dict[str, Any]
_UNCHECKED = "The note is out of my reach now, so I cannot check this for words of it: leave it empty."


def register(app: App) -> None:
    """Listen to disputes."""

    def on_disagree(ack: Ack, action: Body, body: Body, client: WebClient) -> None:
        ack()
        ref = replace(DisputeRef.loads(action["value"]), card=review_ref(body))
        client.views_open(trigger_id=body["trigger_id"], view=dispute_form(ref))

    def on_form(ack: Ack, view: Body, body: Body, client: WebClient, desk: Desk) -> None:
        ref, given = DisputeRef.loads(view["private_metadata"]), filled_in(view)
        problem = _problem(client, body["user"]["id"], ref, given["comment"].strip())
        if problem:
            ack(response_action="errors", errors={"comment": problem})
            return
        ack()
        keep(desk, client, body["user"]["id"], ref, given)

    app.action("disagree", middleware=[on_the_spot])(on_disagree)
    app.view(CALLBACK)(on_form)


def keep(desk: Desk, client: WebClient, user: str, ref: DisputeRef, given: dict[str, str]) -> None:
    """Put a dispute on the list and say what stands there now."""
    assert ref.card is not None
    judged, proposed = ref.judged[given["check"]], Status(given["proposed"])
    dispute = Dispute(
        check=given["check"],
        judged=judged.value,
        proposed=proposed.value,
        reason=given["reason"],
        comment=given["comment"].strip(),
        engine=ref.engine,
        version=__version__,
    )
    desk.office.dispute(ref.card.channel, ref.card.ts, user, dispute)
    outlet = private_outlet(client, ref.card.channel, user, ref.card.thread_ts or ref.card.ts)
    outlet.post(kept_message(dispute.check, judged, proposed, dispute.reason))
    log.info("disputed", channel=ref.card.channel, check=dispute.check, judged=judged.value, proposed=proposed.value)


def _problem(client: WebClient, user: str, ref: DisputeRef, comment: str) -> str:
    if not comment:
        return ""
    try:
        # Whether words stand in a note is told of nobody else's: the button must stand on a card of this person's.
        assert ref.card is not None
        require_own_direct(client, user, ref.card.channel)
        require_on_card(client, ref.card, ref.note)
        return comment_problem(comment, fetch_note(client, ref.note))
    except CopilotError:
        return _UNCHECKED
