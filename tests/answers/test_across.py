"""Which questions are over the practice's own payers, and which only look like it."""

import pytest

from bot.answers.across import may_be_across, read_across, topic_named
from bot.policies.catalog import load_catalog
from bot.policies.models import LineOfBusiness, Topic
from bot.policies.resolve import Resolver

RESOLVER = Resolver(load_catalog())


def across(question: str, *, threaded: bool = False):
    return read_across(question, RESOLVER.mentions(question), threaded=threaded)


@pytest.mark.parametrize(
    "question",
    [
        "which of our payers allow same-day?",
        "Which of my payers need prior auth for group?",
        "which payers need auth for group",
        "which payers don't need an auth for 90853?",
        "what insurances cover group telehealth?",
        "Which insurance companies allow group via video?",
        "compare our payers on telehealth",
        "compare payers on group size",
        "who covers group via video",
        "who allows same day group and individual?",
        "for all our payers: group size?",
        "do any of our payers allow audio-only group?",
        "payers we bill that allow same day",
        "how do our payers compare on telehealth?",
        "Which payors require precert for 90853",
    ],
)
def test_questions_over_our_payers(question: str) -> None:
    assert may_be_across(question)
    assert across(question) is not None


@pytest.mark.parametrize(
    "question",
    [
        "which payers does NCCI apply to?",
        "which of our payers allow same-day: Aetna or Cigna?",
        "compare Aetna and Cigna on telehealth",
        "do all payers require auth?",
        "who can bill group?",
        "who may lead a group?",
        "who needs to sign the note?",
        "who pays first, Medicare or Medicaid?",
        "who covers for the therapist when she is out?",
        "which payer is primary?",
        "what do payers want in a group note?",
        "how do I tell our payers about a late note?",
        "should we tell our payers the group is by telehealth?",
        "which payers are on file?",
        "which payers do you know for telehealth?",
        "why do our payers deny group notes?",
        "which Medicare Advantage plans need auth?",
        "which of our claims were denied?",
        "does Aetna allow same day?",
        "our payer denied a same-day claim, why?",
        "can our group have 14 members?",
        "which codes do payers accept?",
    ],
)
def test_questions_that_are_not(question: str) -> None:
    assert across(question) is None


def test_a_kind_of_our_payers_narrows_to_its_line() -> None:
    read = across("which of our Medicaid payers need auth for group?")
    assert read is not None
    assert read.line is LineOfBusiness.MEDICAID
    commercial = across("our commercial payers: telehealth?")
    assert commercial is not None
    assert commercial.line is LineOfBusiness.COMMERCIAL


def test_a_thread_that_compares_goes_on_until_a_payer_is_named() -> None:
    assert across("and telehealth?", threaded=True)
    assert across("what about group size?", threaded=True)
    assert across("and Aetna?", threaded=True) is None
    assert across("thanks", threaded=True) is None
    assert across("and telehealth?") is None


@pytest.mark.parametrize("topic", list(Topic))
def test_every_topic_goes_by_its_name(topic: Topic) -> None:
    assert topic_named(topic.value) is topic
    assert topic_named(topic.value.replace("_", "-").upper()) is topic
