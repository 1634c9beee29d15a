"""`/billing` and what follows it. Answers are for the person alone."""

from typing import Any

from slack_bolt import Ack, App, BoltContext
from slack_sdk import WebClient

from bot.review.template import blank_note, format_named, templates
from bot.slack.answering import COMMAND
from bot.slack.blocks.guide import (
    help_messages,
    line,
    review_help,
    suggestion_message,
    template_messages,
)
from bot.slack.command import read_command
from bot.slack.desk import Desk
from bot.slack.intake import Kind, read_slack_text, sort_out
from bot.slack.listeners import verifications
from bot.slack.listeners.channels import open_settings
from bot.slack.listeners.payers import take_payers
from bot.slack.outlets import Aside, Place, post_all
from bot.slack.spot import on_the_spot
from bot.slack.working import working_aside

_NOTE_HERE = "That looks like a group note. A slash command is no place for it: send it to me in a direct message."
_UNSURE_HERE = (
    "Is that a question? Ask it here in a line or two. If it is a group note, a slash command is no place for it: send "
    "it to me in a direct message."
)
_MEMBERS = 8
_NO_QUESTION = "Ask in a sentence: `/billing ask Does Aetna require prior authorization for 90853?`"


def register(app: App) -> None:
    """Listen to the slash command."""

    def on_billing(ack: Ack, command: dict[str, Any], client: WebClient, context: BoltContext, desk: Desk) -> None:
        text = read_slack_text(command.get("text") or "")
        names = [name for _, name in desk.office.payers()] if 0 < len(text.split()) < 3 else []
        read = read_command(text, names)
        if read.word in ("verify", "settings"):
            on_the_spot(context)
        ack()
        desk.screening.question(text)
        aside = Aside(client, command["response_url"])
        pages = {
            "help": help_messages,
            "review": review_help,
        }
        if read.word == "ask":
            _ask(desk, aside, command, read.rest)
        elif read.word == "payers":
            if not take_payers(desk, aside, read.rest, command["user_id"]):
                _ask(desk, aside, command, text)
        elif read.word == "settings":
            open_settings(desk, client, command)
        elif read.word == "template":
            _template(aside, client, command, read.rest)
        elif read.word in verifications.WORDS:
            verifications.on_command(desk, client, command, read)
        elif read.word:
            post_all(aside, pages[read.word](covered=desk.screening.is_covered))
        else:
            aside.post(suggestion_message(text, read.suggestion))

    app.command("/billing")(on_billing)


def _template(aside: Aside, client: WebClient, command: dict[str, Any], rest: str) -> None:
    """A blank note to copy, and the same for a group of some size as a Word file in the direct message."""
    from bot.reports.template_file import template_docx

    words = rest.split()
    members = next((int(word) for word in words if word.isdigit()), _MEMBERS)
    chosen = format_named(next((word for word in words if not word.isdigit()), ""))
    text = blank_note(chosen, members)
    post_all(aside, template_messages(chosen, members))
    title = f"Group note, {templates().formats[chosen].name}, {members} members"
    name = f"group_note_{chosen}.docx"
    direct = str(client.conversations_open(users=command["user_id"])["channel"]["id"])
    Place(client, direct).upload(name, title, template_docx(text, title))


def _ask(desk: Desk, aside: Aside, command: dict[str, Any], question: str) -> None:
    if not question:
        aside.post(line(_NO_QUESTION))
    elif sort_out(question) is Kind.HOW_TO_REVIEW:
        post_all(aside, review_help(covered=desk.screening.is_covered))
    elif sort_out(question) is Kind.NOTE:
        aside.post(line(_NOTE_HERE))
    elif sort_out(question) is Kind.UNSURE:
        aside.post(line(_UNSURE_HERE))
    else:
        # A command stands in no thread: what a person asked last in this channel is its context.
        with working_aside(aside):
            channel = command["channel_id"]
            desk.answering.answer(
                question,
                aside,
                channel,
                f"{COMMAND}{command['user_id']}",
                payers=desk.office.channels.get(channel).payers,
                shares=not channel.startswith("D"),
            )
