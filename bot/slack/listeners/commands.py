"""`/billing` and what follows it. Answers are for the person alone."""

from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

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
from bot.slack.listeners.payers import take_payers
from bot.slack.outlets import Aside, post_all
from bot.slack.working import working_aside

_NOTE_HERE = "That looks like a group note. A slash command is no place for it: send it to me in a direct message."
_NO_QUESTION = "Ask in a sentence: `/billing ask Does Aetna require prior authorization for 90853?`"


def register(app: App, desk: Desk) -> None:
    """Listen to the slash command."""

    def on_billing(ack: Ack, command: dict[str, Any], client: WebClient) -> None:
        text = read_slack_text(command.get("text") or "")
        names = [name for _, name in desk.office.payers()] if 0 < len(text.split()) < 3 else []
        read = read_command(text, names)
        ack()
        aside = Aside(client, command["response_url"])
        pages = {
            "help": help_messages,
            "review": review_help,
            "template": template_messages,
        }
        if read.word == "ask":
            _ask(desk, aside, command, read.rest)
        elif read.word == "payers":
            if not take_payers(desk, aside, read.rest, command["user_id"]):
                _ask(desk, aside, command, text)
        elif read.word in verifications.WORDS:
            verifications.on_command(desk, client, command, read)
        elif read.word:
            post_all(aside, pages[read.word]())
        else:
            aside.post(suggestion_message(text, read.suggestion))

    app.command("/billing")(on_billing)


def _ask(desk: Desk, aside: Aside, command: dict[str, Any], question: str) -> None:
    if not question:
        aside.post(line(_NO_QUESTION))
    elif sort_out(question) is Kind.HOW_TO_REVIEW:
        post_all(aside, review_help())
    elif sort_out(question) is Kind.NOTE:
        aside.post(line(_NOTE_HERE))
    else:
        # A command stands in no thread: what a person asked last in this channel is its context.
        with working_aside(aside):
            desk.answering.answer(question, aside, command["channel_id"], f"slash:{command['user_id']}")
