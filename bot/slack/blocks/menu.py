"""What else can be done with an answer, behind three dots: few buttons stay on a phone."""

from bot.answers.models import Answer
from bot.slack.blocks.split import Block
from bot.slack.blocks.text import length, one_line
from bot.slack.table_ref import TableRef

MENU = "answer_menu"
COMPARE, PERSON = "compare", "person"
_VALUE_LIMIT = 150
"""Of an option's value, by Slack."""


def menu(answer: Answer) -> Block:
    """Compare the practice's payers on this matter, and ask a person."""
    line = answer.payer.line_of_business if answer.payer else None
    compare = _fitting(COMPARE, TableRef(topic=answer.topic, line=line).dumps(), TableRef(topic=answer.topic).dumps())
    person = _fitting(PERSON, one_line(answer.question), "")
    return {
        "type": "overflow",
        "action_id": MENU,
        "options": [_option("Compare our payers", compare), _option("Ask a person", person)],
    }


def read_choice(value: str) -> tuple[str, str]:
    """What was chosen, and what it carries: the table's reference, or the question where it was short enough."""
    chosen, _, carried = value.partition("|")
    return chosen, carried


def _option(label: str, value: str) -> Block:
    return {"text": {"type": "plain_text", "text": label}, "value": value}


def _fitting(chosen: str, carried: str, shorter: str) -> str:
    value = f"{chosen}|{carried}"
    return value if length(value) <= _VALUE_LIMIT else f"{chosen}|{shorter}"
