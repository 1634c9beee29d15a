"""What else can be done with an answer, behind three dots: few buttons stay on a phone."""

from collections.abc import Iterable

from bot.answers.models import Answer
from bot.slack.blocks.buttons import button, row
from bot.slack.blocks.split import Block
from bot.slack.blocks.text import length, one_line
from bot.slack.table_ref import TableRef

MENU = "answer_menu"
ASK_PERSON = "ask_person"
COMPARE, PERSON = "compare", "person"
_VALUE_LIMIT = 150
"""Of an option's value, by Slack."""


def menu(answer: Answer) -> Block:
    """Compare the practice's payers on this matter, and ask a person."""
    # All of them, of whatever line of business: one left out unsaid would read as having no such payer.
    compare = f"{COMPARE}|{TableRef(topic=answer.topic).dumps()}"
    person = f"{PERSON}|{one_line(answer.question)}"
    return {
        "type": "overflow",
        "action_id": MENU,
        "options": [_option("Compare our payers", compare), _option("Ask a person", _fitting(person))],
    }


def person_instead(card: Iterable[Block]) -> list[Block]:
    """*Ask a person* as a button, for who may not do themselves what this card of an answer offers."""
    menus = (one for block in card for one in block.get("elements", ()) if one.get("action_id") == MENU)
    asking = (option["value"] for one in menus for option in one["options"] if option["value"].startswith(PERSON))
    return row([button(ASK_PERSON, "Ask a person", next(asking, f"{PERSON}|"))])


def read_choice(value: str) -> tuple[str, str]:
    """What was chosen, and what it carries: the table's reference, or the question where it was short enough."""
    chosen, _, carried = value.partition("|")
    return chosen, carried


def _option(label: str, value: str) -> Block:
    return {"text": {"type": "plain_text", "text": label}, "value": value}


def _fitting(value: str) -> str:
    return value if length(value) <= _VALUE_LIMIT else f"{PERSON}|"
