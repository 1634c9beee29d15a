"""`/billing audit`, the button of the monthly summary that gives its report, and those of a clinician's card."""

from typing import Any

import structlog
from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.errors import UserError
from bot.slack.audit_command import OWN, AuditCommand, Wish, read_audit_command
from bot.slack.blocks.audit import CARDS_OFF, CARDS_ON, REPORT, card_message, setting_messages
from bot.slack.blocks.guide import line
from bot.slack.desk import Desk
from bot.slack.listeners.actions import beside
from bot.slack.listeners.channels import OUTSIDERS
from bot.slack.outlets import Outlet, direct, post_all
from bot.slack.people import find_person
from bot.slack.reminding import announce, channel_named
from bot.slack.screening import NO_BAA

log = structlog.get_logger("bot.slack")

Body = dict[str, Any]
_CHOSEN = (
    "Once a month, a summary of the group note audit comes here, in counts alone: <@{by}> chose this channel. "
    "`/billing audit off` stops it."
)
_HOW = (
    'Say `/billing audit here`, `/billing audit off`, `/billing audit coaching on`, or `/billing audit clinician "Dr. '
    'Lee" @sam`.'
)
_REFUSED = (
    f"The report holds health information, and {NO_BAA}: I do not send it here. The folder of `--out` on the computer "
    "that made the audit has it."
)


def register(app: App) -> None:
    """Listen to the button; the command itself comes by way of `commands`."""

    def on_report(ack: Ack, action: Body, body: Body, client: WebClient, desk: Desk) -> None:
        ack()
        send_report(desk, client, body, str(action["value"]))

    def on_cards_off(ack: Ack, body: Body, client: WebClient, desk: Desk) -> None:
        ack()
        choose_card(desk, beside(body, client), body["user"]["id"], wanted=False)

    def on_cards_on(ack: Ack, body: Body, client: WebClient, desk: Desk) -> None:
        ack()
        choose_card(desk, beside(body, client), body["user"]["id"], wanted=True)

    app.action(REPORT)(on_report)
    app.action(CARDS_OFF)(on_cards_off)
    app.action(CARDS_ON)(on_cards_on)


def send_report(desk: Desk, client: WebClient, body: Body, month: str) -> None:
    """The report of that month as PDF, into the direct message of who pressed; raises UserError without a BAA."""
    if not desk.screening.is_covered:
        raise UserError(_REFUSED)
    content = desk.office.audits.report(month)
    place, name = direct(client, body["user"]["id"]), f"audit_{month}.pdf"
    place.upload(name, name, content)
    desk.office.recorder.audit_sent("pdf")
    # From Home there is no channel to say it in.
    if body["container"].get("channel_id", place.channel) != place.channel:
        beside(body, client).post(line(f"{name} is in your direct message with me."))
    log.info("audit_sent", month=month)


def choose_card(desk: Desk, outlet: Outlet, person: str, *, wanted: bool) -> None:
    """Whether who asks is to get cards of their own notes; it changes nobody else's."""
    desk.office.audits.want_card(person, wanted=wanted)
    outlet.post(card_message(wanted=wanted))


def take_audit(desk: Desk, outlet: Outlet, client: WebClient, command: Body, rest: str) -> None:
    """Do what follows `/billing audit`; raises UserError for what cannot be done."""
    read, by = read_audit_command(rest), command["user_id"]
    if read.wish is Wish.UNSURE:
        raise UserError(_HOW)
    if read.wish in OWN:
        choose_card(desk, outlet, by, wanted=read.wish is Wish.CARD)
        return
    audits = desk.office.audits
    if read.wish is Wish.GO:
        _go(desk, client, command, read)
    elif read.wish is Wish.OFF:
        audits.posts.stop(by)
    elif read.wish in (Wish.COACH, Wish.STOP_COACHING):
        audits.coach(by, on=read.wish is Wish.COACH)
    elif read.wish is Wish.NAME:
        audits.name(read.clinician, find_person(client, read.person), by)
    elif read.wish is Wish.FORGET and not audits.name(read.clinician, "", by):
        raise UserError("Nobody was set for that name: `/billing audit` shows the names.")
    _show(desk, outlet)


def _go(desk: Desk, client: WebClient, command: Body, read: AuditCommand) -> None:
    channel = channel_named(command["text"], read.channel) if read.channel else command["channel_id"]
    if desk.office.channels.get(channel).outsiders:
        raise UserError(OUTSIDERS)
    chosen = announce(client, channel, _CHOSEN.format(by=command["user_id"]))
    desk.office.audits.posts.choose(chosen, command["user_id"])


def _show(desk: Desk, outlet: Outlet) -> None:
    """How it stands now."""
    audits = desk.office.audits
    latest, people, unnamed = audits.latest(), audits.people, audits.unnamed()
    failed = latest is not None and audits.posts.last_failed(latest.month)
    told = setting_messages(
        audits.posts.channel,
        latest,
        people,
        unnamed,
        coaches=audits.coaches,
        failed=failed,
        declined=audits.declined,
        absent=audits.absent(),
    )
    post_all(outlet, told)
