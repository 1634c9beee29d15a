"""The "disagree, because" modal: the check, what it should be, and why; nothing of the note or of a patient."""

from collections.abc import Mapping

from bot.review.disputing import CHECKS, LONGEST_COMMENT, PROPOSED, REASONS
from bot.review.models import Status
from bot.review.wording import STATUS_WORDS
from bot.slack.blocks.guide import line
from bot.slack.blocks.split import Block, Message
from bot.slack.dispute_ref import DisputeRef

CALLBACK = "dispute"
_TOLD = "Goes on your practice's own review list: the check, both verdicts, your reason. No words of the note are kept."
_HINT = "No patient information: no names, and nothing copied from the note."


def dispute_form(ref: DisputeRef) -> Block:
    """The modal with the check filled in."""
    checks = {check: f"{CHECKS[check]}: {STATUS_WORDS[status]}" for check, status in ref.judged.items()}
    comment = {"type": "plain_text_input", "action_id": "value", "max_length": LONGEST_COMMENT}
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": ref.dumps(),
        "title": _plain("Disagree, because"),
        "submit": _plain("Put on the list"),
        "close": _plain("Cancel"),
        "blocks": [
            {"type": "context", "elements": [_plain(_TOLD)]},
            _input("check", "Check, and how it was judged", _select(checks, ref.check)),
            _input("proposed", "It should be", _select({status.value: STATUS_WORDS[status] for status in PROPOSED})),
            _input("reason", "Because", _select(REASONS)),
            _input("comment", "In a few words", comment) | {"optional": True, "hint": _plain(_HINT)},
        ],
    }


def kept_message(check: str, judged: Status, proposed: Status, reason: str) -> Message:
    """What went on the list, in a line."""
    return line(
        f"On the review list: {CHECKS[check].lower()} was judged {STATUS_WORDS[judged]}, you say "
        f"{STATUS_WORDS[proposed]} ({REASONS[reason][0].lower()}{REASONS[reason][1:]}). No words of the note were kept."
    )


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": text}


def _input(name: str, label: str, element: Block) -> Block:
    return {"type": "input", "block_id": name, "label": _plain(label), "element": element}


def _select(options: Mapping[str, str], chosen: str = "") -> Block:
    made = {value: {"text": _plain(words), "value": value} for value, words in options.items()}
    element: Block = {"type": "static_select", "action_id": "value", "options": list(made.values())}
    return element | {"initial_option": made[chosen]} if chosen in made else element
