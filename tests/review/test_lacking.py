"""The same lack is asked about in the same words, whether a rule or the tagger found it."""

import pytest

from bot.review.elements.passages import read_note
from bot.review.lacking import question
from bot.review.models import PATIENT_ELEMENTS, SESSION_ELEMENTS, Element, Status
from bot.review.rules import judge_by_rules
from bot.review.segment import segment

BARE = "Patient: A.B.\nWas there.\n"


@pytest.mark.parametrize("element", [*SESSION_ELEMENTS, *PATIENT_ELEMENTS])
def test_what_a_rule_finds_missing_it_asks_in_the_words_of_the_table(element: Element) -> None:
    ruled = judge_by_rules(read_note(BARE, segment(BARE)))
    whose, verdicts = ("", ruled.session) if element in SESSION_ELEMENTS else ("A.B.", ruled.members[0])
    assert verdicts[element].status is Status.MISSING
    assert verdicts[element].fix == question(element, whose)


def test_therapy_and_progress_that_are_told_in_general_words_only_are_asked_about_alike() -> None:
    note = "CBT group. Facilitated discussion.\n\nPatient: A.B.\nMaking progress.\n\nPatient: C.D.\nHere.\n"
    ruled = judge_by_rules(read_note(note, segment(note)))
    found = {
        Element.PROVIDER_INTERVENTIONS: ruled.session,
        Element.ACTIVE_PSYCHOTHERAPY: ruled.session,
        Element.PROGRESS_TOWARD_GOALS: ruled.members[0],
    }
    for element, verdicts in found.items():
        assert verdicts[element].status is Status.PARTIAL
        whose = "A.B." if element in PATIENT_ELEMENTS else ""
        assert verdicts[element].fix == question(element, whose)
