"""`/billing` and what follows it, typed or by a button that stands for it. Answers are for the person alone."""

import re
from typing import Any

from slack_bolt import Ack, App, BoltContext
from slack_sdk import WebClient

from bot.review.template import blank_note, format_named, templates
from bot.slack.answering import COMMAND
from bot.slack.blocks.guide import (
    help_messages,
    line,
    privacy_messages,
    review_help,
    suggestion_message,
    template_messages,
)
from bot.slack.blocks.run import RUN
from bot.slack.command import WORDS, Command, read_command
from bot.slack.desk import Desk
from bot.slack.intake import Kind, read_slack_text, sort_out
from bot.slack.listeners import verifications
from bot.slack.listeners.actions import beside
from bot.slack.listeners.audit import take_audit
from bot.slack.listeners.channels import open_settings
from bot.slack.listeners.course import take_learn
from bot.slack.listeners.payers import take_payers
from bot.slack.outlets import Aside, Outlet, Place, direct, post_all
from bot.slack.spot import on_the_spot
from bot.slack.working import working_aside

_NOTE_HERE = "That looks like a group note. A slash command is no place for it: send it to me in a direct message."
_UNSURE_HERE = (
    "Is that a question? Ask it here in a line or two. If it is a group note, a slash command is no place for it: send "
    "it to me in a direct message."
)
_MEMBERS = 8
# What opens a modal, whose trigger expires in three seconds.
_MODALS = ("verify", "settings")
Body = dict[str, Any]
_NO_QUESTION = "Ask in a sentence: `/billing ask Does Aetna require prior authorization for 90853?`"


def register(app: App) -> None:
    """Listen to the slash command."""

    def on_billing(ack: Ack, command: Body, client: WebClient, context: BoltContext, desk: Desk) -> None:
        read = _read(desk, read_slack_text(command.get("text") or ""))
        if read.word in _MODALS:
            on_the_spot(context)
        ack()
        run(desk, client, command, Aside(client, command["response_url"]), read)

    def on_run(ack: Ack, body: Body, client: WebClient, context: BoltContext, desk: Desk) -> None:
        text = str(body["actions"][0]["value"])
        read = _read(desk, text)
        if read.word in _MODALS:
            on_the_spot(context)
        ack()
        command, outlet = _as_command(body, text, client)
        run(desk, client, command, outlet, read)

    app.command("/billing")(on_billing)
    app.action(re.compile(rf"^{RUN}_({'|'.join(WORDS)})$"))(on_run)


def run(desk: Desk, client: WebClient, command: Body, outlet: Outlet, read: Command) -> None:
    """Do what was typed, or pressed: `command` says where and by whom, as Slack tells it of a command."""
    text = read_slack_text(command.get("text") or "")
    if read.word == "audit":
        # A clinician's name is no member's: it passes without a BAA too.
        take_audit(desk, outlet, client, command, read.rest)
        return
    desk.screening.question(text)
    if read.word == "ask":
        _ask(desk, outlet, command, read.rest)
    elif read.word == "payers":
        if not take_payers(desk, outlet, read.rest, command["user_id"]):
            _ask(desk, outlet, command, text)
    elif read.word == "settings":
        open_settings(desk, client, command)
    elif read.word == "learn":
        take_learn(desk, outlet, client, command, read.rest)
    elif read.word == "template":
        _template(outlet, client, command, read.rest)
    elif read.word in verifications.WORDS:
        verifications.on_command(desk, client, command, outlet, read)
    elif read.word:
        pages = {"help": help_messages, "review": review_help}
        post_all(outlet, pages[read.word](covered=desk.screening.is_covered))
    else:
        outlet.post(suggestion_message(text, read.suggestion))


def _read(desk: Desk, text: str) -> Command:
    names = [name for _, name in desk.office.payers()] if 0 < len(text.split()) < 3 else []
    return read_command(text, names)


def _as_command(body: Body, text: str, client: WebClient) -> tuple[Body, Outlet]:
    """A button's press as the command it stands for, and where only its presser reads: for App Home, directly."""
    user, container = body["user"]["id"], body["container"]
    channel = container.get("channel_id") or direct(client, user).channel
    command = {
        "text": text,
        "user_id": user,
        "channel_id": channel,
        "response_url": str(body["response_url"]) if container.get("is_ephemeral") else "",
        "trigger_id": body["trigger_id"],
    }
    outlet = beside(body, client) if container.get("channel_id") else Place(client, channel)
    return command, outlet


def _template(aside: Outlet, client: WebClient, command: Body, rest: str) -> None:
    """A blank note to copy, and the same for a group of some size as a Word file in the direct message."""
    from bot.reports.template_file import template_docx

    words = rest.split()
    members = next((int(word) for word in words if word.isdigit()), _MEMBERS)
    chosen = format_named(next((word for word in words if not word.isdigit()), ""))
    text = blank_note(chosen, members)
    post_all(aside, template_messages(chosen, members))
    title = f"Group note, {templates().formats[chosen].name}, {members} members"
    name = f"group_note_{chosen}.docx"
    direct(client, command["user_id"]).upload(name, title, template_docx(text, title))


def _ask(desk: Desk, aside: Outlet, command: Body, question: str) -> None:
    if not question:
        aside.post(line(_NO_QUESTION))
    elif sort_out(question) is Kind.HOW_TO_REVIEW:
        post_all(aside, review_help(covered=desk.screening.is_covered))
    elif sort_out(question) is Kind.PRIVACY:
        post_all(aside, privacy_messages(covered=desk.screening.is_covered))
    elif sort_out(question) is Kind.NOTE:
        aside.post(line(_NOTE_HERE))
    elif sort_out(question) in (Kind.UNSURE, Kind.MEMBERS):
        aside.post(line(_UNSURE_HERE))
    else:
        # A command stands in no thread: what a person asked last in this channel is its context.
        with working_aside(aside):
            channel = command["channel_id"]
            settings = desk.office.channels.get(channel)
            desk.answering.answer(
                question,
                aside,
                channel,
                f"{COMMAND}{command['user_id']}",
                payers=settings.payers,
                shares=settings.takes_shares and not channel.startswith("D"),
            )
