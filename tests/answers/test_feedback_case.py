"""A person makes an evaluation case of feedback, in words of their own."""

from datetime import UTC, datetime

import pytest

from bot.answers.feedback_case import question_case, sentence_case
from bot.errors import UserError
from bot.storage.disputes import Dispute
from bot.storage.feedback import AnswerIds, GivenThumb, feedback_id
from tests.eval.cases import GROUPS, Case

QUESTION = "Can I bill both on one day for Aetna?"
TOLD = AnswerIds("aetna", "same_day", "allowed", ("f-1", "f-2"))


def thumb(value: str = "up", *about: AnswerIds, reason: str = "") -> GivenThumb:
    given = datetime(2026, 11, 24, tzinfo=UTC)
    return GivenThumb(feedback_id("T1", "C1", "1.0", "U1"), "T1", "U1", value, reason, about or (TOLD,), given)


def test_a_thumb_up_is_a_case_whose_label_is_what_was_answered() -> None:
    made = question_case(thumb(), QUESTION)
    case = Case(str(made["id"]), GROUPS[1], (QUESTION,), made)
    assert case.half == "tune"
    assert case.slots == [("aetna", {"allowed"}, {"f-1", "f-2"}, set())]


def test_a_thumb_down_needs_the_right_decision_and_the_wrong_one_is_never_to_come_again() -> None:
    with pytest.raises(UserError, match="name the right decision with --decision"):
        question_case(thumb("down"), QUESTION)
    made = question_case(thumb("down", reason="wrong_rule"), QUESTION, "not_allowed")
    assert (made["decision"], made["never"], made["must_cite"]) == ("not_allowed", ["allowed"], [])
    assert "wrong_rule" in str(made["note"])


@pytest.mark.parametrize(
    ("text", "decision", "why"),
    [
        ("", "", "with --text"),
        ("Can Mary Smith come twice for Aetna?", "", "seem to name somebody"),
        (QUESTION, "maybe", "no decision “maybe”"),
    ],
)
def test_what_cannot_be_a_case_is_refused_in_one_line(text: str, decision: str, why: str) -> None:
    with pytest.raises(UserError, match=why):
        question_case(thumb(), text, decision)


def test_an_answer_about_several_payers_is_no_one_case() -> None:
    with pytest.raises(UserError, match="several payers"):
        question_case(thumb("up", TOLD, TOLD), QUESTION)


def test_a_disputed_verdict_is_a_sentence_labelled_as_the_person_says() -> None:
    dispute = Dispute("plan", "missing", "met", "words_not_seen", "", "offline", "0.1.0")
    made = sentence_case("1a2b3c4d", dispute, "Will call the sponsor before Friday.")
    assert made["labels"] == {"plan": "met"}
    assert sentence_case("1a2b3c4d", dispute, "So.")["text"] == "So."


def test_a_verdict_on_a_whole_note_is_no_sentence() -> None:
    dispute = Dispute("individualized", "missing", "met", "session_words", "", "offline", "0.1.0")
    with pytest.raises(UserError, match="rests on a whole note"):
        sentence_case("1a2b3c4d", dispute, "So.")
