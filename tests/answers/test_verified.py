"""An answer rests on what the practice verified while that holds, and says so when it holds no more."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.answers.models import Answer, Matter
from bot.app import Copilot
from bot.office import Office
from bot.policies.mention import Mention, MentionKind
from bot.policies.models import Confidence, Decision, Fact, LineOfBusiness, Source, SourceKind, Topic
from bot.policies.practice import FACT, OwnFact
from bot.policies.verification_draft import Draft
from bot.review.policy import PayerPolicy
from bot.settings import Settings

TODAY = date(2026, 11, 26)
SAID = Draft(
    payer="QualChoice",
    topic=Topic.PRIOR_AUTH,
    decision=Decision.REQUIRED,
    answered_by="Kim",
    verified_on=date(2025, 3, 2),
)
QUESTION = "Is prior auth needed for group at QualChoice?"


@pytest.fixture
def copilot(tmp_path: Path) -> Copilot:
    return Copilot(Settings(data_dir=tmp_path))


@pytest.fixture
def office(copilot: Copilot) -> Office:
    return copilot.at("T1")


def ask(office: Office, question: str = QUESTION, on: date = TODAY) -> Answer:
    return office.ask(question, date_of_service=on).answers[0]


def test_one_that_has_run_out_is_said_and_cited_beside_what_is_left(office: Office) -> None:
    before = ask(office)
    assert before.decision is Decision.NOT_REQUIRED
    office.verifications.record(SAID, "U1", TODAY)
    after = ask(office)
    assert after.decision is Decision.NOT_REQUIRED
    assert "Your practice's verification of 2025-03-02 (required) ran out on 2025-12-31: ask again [" in after.answer
    assert SourceKind.PRACTICE_VERIFICATION in {citation.source_kind for citation in after.citations}
    assert after.call_script
    assert after.to_ask == Matter(
        payer="qualchoice", topic=Topic.PRIOR_AUTH, line_of_business=before.payer and before.payer.line_of_business
    )
    assert "again" in after.next_step


def test_with_nothing_else_on_file_it_is_unknown_and_says_what_ran_out(office: Office) -> None:
    office.verifications.record(replace(SAID, payer="Zebra Mutual"), "U1", TODAY)
    answer = ask(office, "Zebra Mutual: prior auth for group?")
    assert answer.decision is Decision.UNKNOWN
    assert "ran out on 2025-12-31: ask again" in answer.answer
    assert answer.answer.count("2025-12-31") == 1


def test_while_it_holds_or_a_later_one_does_nothing_ran_out(office: Office) -> None:
    office.verifications.record(SAID, "U1", TODAY)
    assert "ran out" not in ask(office, on=date(2025, 6, 1)).answer
    assert "ran out" not in ask(office, on=date(2024, 6, 1)).answer
    office.verifications.record(replace(SAID, verified_on=TODAY), "U1", TODAY)
    assert "ran out" not in ask(office).answer


def test_one_of_other_plans_ran_out_for_them_alone(office: Office) -> None:
    office.verifications.record(replace(SAID, line_of_business=LineOfBusiness.MEDICARE_ADVANTAGE), "U1", TODAY)
    assert "ran out" not in ask(office).answer


def test_a_review_does_not_rely_on_what_is_left_when_it_has_run_out(copilot: Copilot, office: Office) -> None:
    source = Source(
        title="Manual", publisher="Zebra Mutual", kind=SourceKind.PRIMARY, document_date="2026", url="https://z.example"
    )
    fact = Fact(
        id="zebra-1",
        topic=Topic.PRIOR_AUTH,
        line_of_business=LineOfBusiness.COMMERCIAL,
        jurisdiction=("US",),
        statement="Group psychotherapy needs no authorization.",
        decision=Decision.NOT_REQUIRED,
        source=source,
        read_on=TODAY,
        confidence=Confidence.HIGH,
    )
    own = OwnFact(payer_id="practice-zebra-mutual", payer_name="Zebra Mutual", fact=fact)
    copilot.ledger.put("T1", FACT, fact.id, own.model_dump_json(), "U1")
    mention = Mention(kind=MentionKind.KNOWN, name="Z", start=0, end=1, payer_id=own.payer_id)

    def relied_on() -> str:
        return PayerPolicy(office.services.catalog, mention, TODAY, TODAY).authorization_not_needed()

    assert "asks for no authorization" in relied_on()
    office.verifications.record(replace(SAID, payer="Zebra Mutual"), "U1", TODAY)
    assert relied_on() == ""


@pytest.mark.parametrize(
    "condition", ["send a progress report each month", "group notes may not be copied", "check eligibility first"]
)
def test_every_condition_that_a_payer_named_is_a_term_to_meet(office: Office, condition: str) -> None:
    office.verifications.record(replace(SAID, verified_on=TODAY, conditions=(condition,)), "U1", TODAY)
    answer = ask(office)
    assert answer.conditions == (condition,)
    assert "Mind:" not in answer.answer
    assert "does not name groups" not in answer.answer


def test_whether_groups_are_covered_at_all_can_be_verified(office: Office) -> None:
    question = "Does Zebra Mutual cover group therapy?"
    about = ask(office, question).to_ask
    assert about
    assert about.topic is Topic.GENERAL
    office.verifications.record(
        replace(SAID, payer="Zebra Mutual", topic=Topic.GENERAL, decision=Decision.NOT_ALLOWED, verified_on=TODAY),
        "U1",
        TODAY,
    )
    assert ask(office, question).decision is Decision.NOT_ALLOWED
    assert "ran out on 2026-12-31" in ask(office, question, on=date(2027, 3, 1)).answer


def test_a_narrower_matter_is_recorded_as_that_and_leaves_the_main_one_unknown(office: Office) -> None:
    audio = "Zebra Mutual: may we hold group by telephone only?"
    about = ask(office, audio).to_ask
    assert about is not None
    assert (about.payer, about.topic, about.aspect) == ("Zebra Mutual", Topic.TELEHEALTH, "audio_only")
    draft = replace(
        SAID,
        payer=about.payer,
        topic=about.topic,
        aspect=about.aspect,
        decision=Decision.NOT_ALLOWED,
        verified_on=TODAY,
    )
    office.verifications.record(draft, "U1", TODAY)
    assert ask(office, audio).decision is Decision.NOT_ALLOWED
    assert ask(office, "Zebra Mutual: group by telehealth?").decision is Decision.UNKNOWN


def test_what_is_to_be_asked_names_the_plans_that_the_question_named(office: Office) -> None:
    about = ask(office, "Does Molina Medicaid need an auth for group?").to_ask
    assert about is not None
    assert (about.payer, about.line_of_business) == ("Molina Healthcare", LineOfBusiness.MEDICAID_MANAGED_CARE)


@pytest.mark.parametrize(
    ("words", "about"),
    [
        ("Aetna prior auth", Matter(payer="Aetna", topic=Topic.PRIOR_AUTH)),
        ("Zebra Mutual", Matter(payer="Zebra Mutual")),
        ("telehealth", Matter(topic=Topic.TELEHEALTH)),
        ("Minnesota Medicaid group size", Matter(topic=Topic.GROUP_SIZE, state="MN")),
    ],
)
def test_a_few_words_name_payer_and_topic(office: Office, words: str, about: Matter) -> None:
    found = office.matter_of(words)
    assert (found.topic, found.state) == (about.topic, about.state)
    if about.payer:
        assert found.payer.startswith(about.payer)
