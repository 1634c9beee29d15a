"""What a question is about is told by more than its textbook words, and a model only places it: it decides nothing."""

from datetime import date

import numpy as np
import pytest

from bot.answers.service import AnswerService
from bot.answers.topic_model import NONE, TOPICS, TopicModel, Weights, without_payers
from bot.answers.topics import topic_scores
from bot.embedder import Embedder
from bot.policies.catalog import load_catalog
from bot.policies.models import Decision, Topic
from bot.policies.resolve import Resolver

CATALOG = load_catalog()
RESOLVER = Resolver(CATALOG)
MODEL = TopicModel(Embedder())
SERVICE = AnswerService(CATALOG, RESOLVER, None, None, lambda: date(2026, 11, 26), MODEL)


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("Tricare: do they want a green light from someone before group starts", Topic.PRIOR_AUTH),
        ("fourteen of us tonight with HUSKY, is that a problem", Topic.GROUP_SIZE),
        ("Vaya adult: crisis 90839 at noon, came to group at three, bill the group too?", Topic.SAME_DAY),
        ("SoonerCare biller says a customer data core must be renewed", Topic.DOCUMENTATION),
        ("equine outing day = group?? mainecare", Topic.NON_COVERED),
        ("can she lead it, she is not licensed yet and I sign off, Highmark", Topic.SUPERVISION),
    ],
)
def test_words_of_ones_own_are_understood(question: str, topic: Topic) -> None:
    assert SERVICE.ask(question).answers[0].topic is topic


@pytest.mark.parametrize(
    "question",
    [
        "how do i document group therapy",
        "how should I document a group session",
        "how do i document a client who was silent in group",
        "how do I write a group note",
        "what should a group note look like",
        "can i copy paste the same note for all my clients",
        "one note for everyone in group ok?",
        "what do I write if a client said nothing",
        "what do i chart for someone who passed in group",
        "do i need start and stop times",
    ],
)
def test_how_a_group_note_is_written_is_ours_without_a_word_of_billing(question: str) -> None:
    answer = SERVICE.ask(question).answers[0]
    assert answer.topic is Topic.DOCUMENTATION
    assert answer.citations


@pytest.mark.parametrize("question", ["90853", "explain 90853", "what's 90853?"])
def test_the_bare_code_asks_what_it_is(question: str) -> None:
    answer = SERVICE.ask(question).answers[0]
    assert answer.topic is Topic.CODING
    assert "90853 is the code for group psychotherapy" in answer.answer


def test_a_matter_named_in_two_words_asks_for_the_payer() -> None:
    answer = SERVICE.ask("same day").answers[0]
    assert answer.topic is Topic.SAME_DAY
    assert "Which payer is it?" in answer.next_step


def test_minutes_are_no_number_of_people() -> None:
    answer = SERVICE.ask("is 45 min ok").answers[0]
    assert answer.topic is Topic.SESSION_DURATION
    assert "You also asked" not in answer.answer


@pytest.mark.parametrize(
    "question",
    ["and if one pt leaves after 20 minutes?", "what if she arrived 15 min late", "and he left 30 mins early"],
)
def test_who_leaves_or_comes_late_turns_a_thread_to_the_length(question: str) -> None:
    thread = SERVICE.ask("Can Optum groups be by video?").context
    assert SERVICE.ask(question, thread).answers[0].topic is Topic.SESSION_DURATION


@pytest.mark.parametrize("question", ["write me a note for my landlord", "copy that", "how do I write a poem"])
def test_writing_of_another_kind_is_not_ours(question: str) -> None:
    assert SERVICE.ask(question).answers[0].decision is Decision.NOT_APPLICABLE
    assert not SERVICE.ask(question).answers[0].citations


@pytest.mark.parametrize(
    "question",
    [
        "what is 90853?",
        "hi, i'm new here. what is 90853?",
        "What is CPT 90853 used for?",
        "what's 90853 for",
        "what does 90853 mean",
        "explain 90853 to me like I'm new",
    ],
)
def test_who_asks_what_the_code_is_reads_that_first(question: str) -> None:
    (answer,) = SERVICE.ask(question).answers
    assert answer.topic is Topic.CODING
    _, told, *_ = answer.answer.split("\n\n")
    assert told.startswith("90853 is the code for group psychotherapy")
    assert "nothing of that section" not in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "do i bill once for the group or once per person?",
        "bill it once per member or once for the whole group?",
        "is 90853 billed once per patient",
    ],
)
def test_once_for_the_group_or_once_a_person_asks_how_many_claims(question: str) -> None:
    (answer,) = SERVICE.ask(question).answers
    assert answer.topic is Topic.UNITS
    assert "separate claim" in answer.answer


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("what is the 90853 rate for Medicare", Topic.REIMBURSEMENT),
        ("what is 90853 modifier for medicaid", Topic.MODIFIERS),
        ("what does 90853 pay", Topic.REIMBURSEMENT),
    ],
)
def test_what_is_asked_of_the_code_is_not_what_it_is(question: str, topic: Topic) -> None:
    assert SERVICE.ask(question).answers[0].topic is topic


@pytest.mark.parametrize(
    "question",
    ["what should I cook tonight", "my member cries all session, which technique helps", "lunch at noon anyone?"],
)
def test_what_is_not_our_matter_is_told_so(question: str) -> None:
    answer = SERVICE.ask(question).answers[0]
    assert answer.decision is Decision.NOT_APPLICABLE
    assert answer.payer is None


def test_the_odds_are_odds_and_the_same_question_gives_the_same() -> None:
    question = "Does Aetna require prior authorization for 90853?"
    mentions = RESOLVER.mentions(question)
    odds = MODEL.tell(question, mentions, topic_scores(question), CATALOG.payers["aetna"].facts)
    assert sum(odds.values()) == pytest.approx(1, abs=1e-3)
    assert max(odds, key=lambda topic: odds[topic]) is Topic.PRIOR_AUTH
    assert odds == MODEL.tell(question, mentions, topic_scores(question), CATALOG.payers["aetna"].facts)


def test_the_payers_name_says_nothing_of_the_topic() -> None:
    question = "Group Health Cooperative? no: Aetna, same day?"
    assert "aetna" not in without_payers(question, RESOLVER.mentions(question))


def test_the_shipped_weights_fit_the_topics_of_the_contract() -> None:
    weights = Weights.load()
    assert weights.meaning.shape[0] == weights.signs.shape[0] == len(TOPICS) + 1 == NONE + 1
    assert np.isfinite(weights.meaning).all()
    assert np.isfinite(weights.signs).all()


def test_the_payer_given_apart_changes_nothing_about_what_is_asked() -> None:
    assert SERVICE.ask("auth for group", payer="QualChoice").answers[0].topic is Topic.PRIOR_AUTH
    both = SERVICE.ask("auth for group", payer="Aetna, Cigna").answers
    assert [answer.payer and answer.payer.id for answer in both] == ["aetna", "cigna"]


def test_a_bare_same_day_is_about_the_pair() -> None:
    answer = SERVICE.ask("same day Medicare").answers[0]
    assert "individual" in answer.answer.split(".")[0]
