"""The menu of an answer: a table over the practice's payers, and "Ask a person", which calls the billing lead."""

from typing import Any

import structlog
from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.errors import UserError
from bot.slack.blocks.menu import ASK_PERSON, COMPARE, MENU, read_choice
from bot.slack.blocks.person import asked_aloud, asked_directly, told_asker
from bot.slack.desk import Desk
from bot.slack.intake import read_slack_text
from bot.slack.listeners.actions import beside
from bot.slack.listeners.payers import post_table
from bot.slack.outage import is_outage
from bot.slack.outlets import Place, direct
from bot.slack.table_ref import TableRef

log = structlog.get_logger("bot.slack")

Body = dict[str, Any]
_MOST_LEADS = 5
NO_LEAD = "No billing lead is set here: whoever runs me sets BILLING_LEAD to a person or a user group."
YOU_ARE = "You are the billing lead here: nobody else is set."
NOT_SEEN = "I cannot see the question from here: ask your billing lead yourself."
NO_GROUP = "BILLING_LEAD names a user group that is not here: whoever runs me sets it to one that is, or to a person."
NOBODY = "The billing lead's group is out of my sight or empty: ask them yourself."


def register(app: App) -> None:
    """Listen to the menu, and to the button that stands for its second line."""

    def on_menu(ack: Ack, action: Body, body: Body, client: WebClient, desk: Desk) -> None:
        ack()
        chosen, carried = read_choice(action["selected_option"]["value"])
        if chosen == COMPARE:
            compare(desk, client, body, TableRef.loads(carried))
        else:
            ask_person(desk, client, body, carried)

    def on_ask(ack: Ack, action: Body, body: Body, client: WebClient, desk: Desk) -> None:
        ack()
        ask_person(desk, client, body, read_choice(action["value"])[1])

    app.action(MENU)(on_menu)
    app.action(ASK_PERSON)(on_ask)


def compare(desk: Desk, client: WebClient, body: Body, ref: TableRef) -> None:
    """The channel's payers, or the practice's, on the answer's matter."""
    own = desk.office.channels.get(body["container"]["channel_id"]).payers
    if not own and not desk.office.payer_list.payers():
        raise UserError(
            "Your practice has no list of payers yet: an admin or biller makes it with "
            "`/billing payers add Aetna, HUSKY`."
        )
    names = ", ".join(payer.label for payer in own)
    post_table(desk, beside(body, client), ref.model_copy(update={"names": names}))


def ask_person(desk: Desk, client: WebClient, body: Body, carried: str) -> None:
    """Call the billing lead: in the thread where all read the answer, else in direct messages with the question.

    A question that was asked in private is told to the lead alone.
    """
    lead, user, container = desk.lead, body["user"]["id"], body["container"]
    if not lead:
        raise UserError(NO_LEAD)
    if lead == user:
        raise UserError(YOU_ARE)
    channel = container["channel_id"]
    private = bool(container.get("is_ephemeral")) or channel.startswith("D")
    if private:
        question = carried or _question(client, body)
        desk.screening.question(question)
        message = asked_directly(question, user, str((body.get("message") or {}).get("text") or ""))
        for person in _people(client, lead, user):
            direct(client, person).post(message)
        beside(body, client).post(told_asker(lead))
    else:
        if lead.startswith("S"):
            _members(client, lead)
        shown = body.get("message") or {}
        thread_ts = str(shown.get("thread_ts") or container.get("thread_ts") or container["message_ts"])
        Place(client, channel, thread_ts).post(asked_aloud(lead, user))
    log.info("person_asked", channel=channel, private=private)


def _people(client: WebClient, lead: str, user: str) -> list[str]:
    """The lead, or the first of its group; raises UserError where nobody is there but the asker."""
    if not lead.startswith("S"):
        return [lead]
    members = _members(client, lead)
    found = [member for member in members if member != user][:_MOST_LEADS]
    if not found:
        raise UserError(YOU_ARE if members else NOBODY)
    return found


def _members(client: WebClient, group: str) -> list[str]:
    """Who is in it, nobody where we may not see that; raises UserError for a group that is not there.

    A tag calls a group's members whether we may see them or not.
    """
    try:
        return list(client.usergroups_users_list(usergroup=group)["users"])
    except SlackApiError as error:
        if is_outage(error):
            raise
        if error.response.get("error") == "no_such_subteam":
            raise UserError(NO_GROUP) from None
        return []


def _question(client: WebClient, body: Body) -> str:
    """What the presser last said in the answer's thread before it; raises UserError where that is not to be seen."""
    container = body["container"]
    thread_ts = container.get("thread_ts") or (body.get("message") or {}).get("thread_ts")
    if thread_ts:
        try:
            found = client.conversations_replies(
                channel=container["channel_id"], ts=thread_ts, latest=container["message_ts"], limit=200
            )["messages"]
        except SlackApiError as error:
            if is_outage(error):
                raise
            found = []
        said = [one["text"] for one in found if one.get("user") == body["user"]["id"] and not one.get("bot_id")]
        if said:
            return read_slack_text(said[-1])
    raise UserError(NOT_SEEN)
