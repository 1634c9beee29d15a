"""Feedback turned into an evaluation case by a person, who supplies the words: none of anybody's are kept.

The forms are those of tests/eval: a labelled question, and a labelled sentence of a note.
"""

from bot.errors import UserError
from bot.llm.identifying.identifiers import identifiers
from bot.policies.models import Decision
from bot.storage.disputes import Dispute
from bot.storage.feedback import GivenThumb

Case = dict[str, object]
_OF_A_WHOLE_NOTE = ("individualized", "group_composition", "session_date")
"""Verdicts that rest on more of a note than one sentence."""


def case_id(feedback_id: str) -> str:
    """An odd number, so that the case counts among those that may be looked into."""
    return f"u{int(feedback_id, 16) | 1}"


def question_case(thumb: GivenThumb, question: str, decision: str = "") -> Case:
    """A labelled question from a thumb; `decision` is the right one, for a thumb that points down.

    Raises UserError where the person has to say more, or where the words name somebody.
    """
    if not thumb.about:
        raise UserError("That thumb is of an older card, which did not say what it answered: write the case by hand.")
    if len(thumb.about) > 1:
        raise UserError("That answer was about several payers: ask about one of them, and judge that answer.")
    _refuse_names(question)
    (told,) = thumb.about
    if thumb.value == "down" and not decision:
        raise UserError(
            f"The answer was “{told.decision}” and did not help: name the right decision with --decision, the same "
            "one where only its words were wrong."
        )
    right = _read(decision) if decision else told.decision
    return {
        "id": case_id(thumb.id),
        "question": question,
        "payers": [told.payer] if told.payer else [],
        "topic": told.topic,
        "decision": right,
        "must_cite": list(told.cites) if right == told.decision else [],
        "never": [told.decision] if right != told.decision else [],
        "note": f"From feedback{': ' + thumb.reason if thumb.reason else ''}; payer and topic as answered: check them.",
    }


def sentence_case(feedback_id: str, dispute: Dispute, sentence: str) -> Case:
    """A labelled sentence of a note from a disputed verdict, labelled as the person proposes; raises as above."""
    if dispute.check in _OF_A_WHOLE_NOTE:
        raise UserError("That verdict rests on a whole note, not on a sentence: write an invented note for it by hand.")
    _refuse_names(sentence)
    labels = {} if dispute.proposed == "missing" else {dispute.check: dispute.proposed}
    return {"text": sentence, "labels": labels, "note": f"From feedback {feedback_id}: {dispute.reason}"}


def _read(decision: str) -> str:
    try:
        return Decision(decision).value
    except ValueError:
        raise UserError(f"There is no decision “{decision}”: one of {', '.join(Decision)}.") from None


def _refuse_names(text: str) -> None:
    if not text.strip():
        raise UserError("Write the words of the case yourself, with --text: feedback holds none.")
    if any(kind != "DATE" for _, _, kind, *_ in identifiers(text, ())):
        raise UserError("These words seem to name somebody or give a number of theirs: write them with nobody in them.")
