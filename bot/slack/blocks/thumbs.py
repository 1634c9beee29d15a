"""The thumbs under an answer, and the list of reasons after one that points down. They carry ids, no text."""

from collections.abc import Sequence

from bot.answers.models import Answer
from bot.slack.blocks.split import Block, Message, section
from bot.storage.feedback import AnswerIds

FEEDBACK, REASON = "feedback", "feedback_reason"
REASONS = {
    "wrong_rule": "The rule is wrong",
    "out_of_date": "The rule is out of date",
    "other_matter": "It is about another payer or matter",
    "no_source": "The source does not say that",
    "unclear": "It is unclear or too long",
    "other": "Something else",
}
_VALUE_LIMIT = 2_000
_MOST_CITES = 8


def thumbs(answers: Sequence[Answer]) -> Block:
    """Both thumbs; each carries what was answered, by ids."""
    told = "|".join(map(_ids, answers))

    def button(label: str, value: str, spoken: str) -> Block:
        carried = f"{value}|{told}" if told and len(told) < _VALUE_LIMIT - 10 else value
        return {"text": {"type": "plain_text", "text": label}, "value": carried, "accessibility_label": spoken}

    return {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": FEEDBACK,
                "positive_button": button("Helpful", "up", "This answer helped"),
                "negative_button": button("Not helpful", "down", "This answer did not help"),
            }
        ],
    }


def read_thumb(value: str) -> tuple[str, tuple[AnswerIds, ...]]:
    """The thumb, and what it is about; what an older card did not carry is not known."""
    thumb, *told = value.split("|")
    found = []
    for one in told:
        payer, topic, decision, cites = [*one.split("/"), "", "", "", ""][:4]
        found.append(AnswerIds(payer, topic, decision, tuple(cite for cite in cites.split(",") if cite)))
    return ("up" if thumb == "up" else "down"), tuple(found)


def reason_message(message_ts: str) -> Message:
    """Asks what was wrong with the answer at `message_ts`."""
    asked = "What was wrong with that answer?"
    options = [
        {"text": {"type": "plain_text", "text": words}, "value": f"{reason}|{message_ts}"}
        for reason, words in REASONS.items()
    ]
    select = {
        "type": "static_select",
        "action_id": REASON,
        "placeholder": {"type": "plain_text", "text": "Choose"},
        "options": options,
    }
    return Message(asked, (section(asked), {"type": "actions", "elements": [select]}))


def _ids(answer: Answer) -> str:
    cites = ",".join(citation.snippet_id for citation in answer.citations[:_MOST_CITES])
    parts = (answer.payer.id if answer.payer else "", answer.topic.value, answer.decision.value, cites)
    return "/".join(part.replace("/", "").replace("|", "") for part in parts)
