"""The modal in which a reader puts right who the members of a note are: labels only, never words of the note."""

import re

from bot.errors import UserError
from bot.slack.blocks.split import Block

CALLBACK = "correct_split"
_MOST_MEMBERS, _LONGEST_LABEL = 100, 60
_LISTED_LIMIT = 1_900
_TEXT_LIMIT = 3_000


def listed(labels: list[str]) -> str:
    """The labels one a line, for the button that opens the modal; nothing where a button cannot carry them all."""
    lines = "\n".join(" ".join(label.split()) for label in labels)
    return lines if len(lines) <= _LISTED_LIMIT else "-"


def split_form(private_metadata: str, lines: str) -> Block:
    """The modal with the members found; `private_metadata` holds ids only."""
    known = "" if lines == "-" else lines
    hint = "One a line, in the note's order and its own writing: initials, a name or a number. Never words of the note."
    element: Block = {
        "type": "plain_text_input",
        "action_id": "value",
        "multiline": True,
        "max_length": _TEXT_LIMIT,
        "placeholder": _plain("K.L.\nM.R.\nClient 3"),
    }
    intro = "Add who is missing, take out who is none, and I split and review the note again at these."
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": private_metadata,
        "title": _plain("Correct the split"),
        "submit": _plain("Review again"),
        "close": _plain("Cancel"),
        "blocks": [
            {"type": "context", "elements": [_plain(intro)]},
            {
                "type": "input",
                "block_id": "members",
                "label": _plain("Members of this note"),
                "element": element | ({"initial_value": known} if known else {}),
                "hint": _plain(hint),
            },
        ],
    }


def read_labels(written: str) -> tuple[str, ...]:
    """The labels of the modal; raises UserError with one line for what cannot be labels."""
    lines = [" ".join(line.split()) for line in re.split(r"[\n;]+", written)]
    labels = tuple(line for line in lines if line)
    if not labels:
        raise UserError("Name at least one member, one a line.")
    if len(labels) > _MOST_MEMBERS:
        raise UserError(f"{len(labels)} members are named; a note may have {_MOST_MEMBERS}.")
    if any(len(label) > _LONGEST_LABEL for label in labels):
        raise UserError("One line is too long for a label: initials, a name or a number, never words of the note.")
    return labels


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": text}
