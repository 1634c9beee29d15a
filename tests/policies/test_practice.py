"""What a practice verified itself stands above everything else on file, for its own dates and for nobody else."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.app import Copilot
from bot.policies.models import Confidence, Decision, LineOfBusiness, SourceKind, Topic
from bot.policies.practice import VERIFICATION, payer_id_of
from bot.policies.verification import Verification, in_succession
from bot.settings import Settings

TODAY = date(2026, 11, 26)
QUESTION = "Can I bill group and individual therapy the same day for Aetna?"


def verified(**changes: object) -> Verification:
    fields: dict[str, object] = {
        "id": "v-0123456789ab",
        "payer_id": "aetna",
        "payer_name": "Aetna",
        "line_of_business": LineOfBusiness.COMMERCIAL,
        "topic": Topic.SAME_DAY,
        "decision": Decision.ALLOWED_WITH_CONDITIONS,
        "conditions": ("separate notes",),
        "modifiers": ("59",),
        "answered_by": "Kim at provider services",
        "reference": "A-1234",
        "verified_on": date(2026, 3, 2),
        "applies_from": date(2026, 1, 1),
        "valid_until": date(2026, 12, 31),
    }
    return Verification.model_validate(fields | changes)


@pytest.fixture
def copilot(tmp_path: Path) -> Copilot:
    return Copilot(Settings(data_dir=tmp_path))


def record(copilot: Copilot, one: Verification, practice: str = "T1") -> None:
    copilot.ledger.put(practice, VERIFICATION, one.id, one.model_dump_json(), "U1")


def ask(copilot: Copilot, practice: str, question: str = QUESTION, on: date = TODAY):
    return copilot.at(practice).ask(question, date_of_service=on).answers[0]


def test_a_verification_decides_and_is_cited_like_any_source(copilot: Copilot) -> None:
    record(copilot, verified())
    answer = ask(copilot, "T1")
    assert answer.decision is Decision.ALLOWED_WITH_CONDITIONS
    assert answer.modifiers == ("59",)
    assert answer.conditions == ("separate notes",)
    assert not answer.stale
    assert answer.confidence is Confidence.HIGH
    cited = answer.citations[0]
    assert cited.snippet_id == "v-0123456789ab"
    assert cited.source_kind is SourceKind.PRACTICE_VERIFICATION
    assert "A-1234" in cited.source_title


def test_another_practice_knows_nothing_of_it(copilot: Copilot) -> None:
    record(copilot, verified())
    assert ask(copilot, "T2").decision is Decision.UNKNOWN


def test_a_change_is_seen_at_the_next_question_and_a_withdrawal_too(copilot: Copilot) -> None:
    assert ask(copilot, "T1").decision is Decision.UNKNOWN
    record(copilot, verified())
    assert ask(copilot, "T1").decision is Decision.ALLOWED_WITH_CONDITIONS
    record(copilot, verified(decision=Decision.NOT_ALLOWED, conditions=(), modifiers=()))
    assert ask(copilot, "T1").decision is Decision.NOT_ALLOWED
    copilot.ledger.withdraw("T1", VERIFICATION, "v-0123456789ab", "U2")
    assert ask(copilot, "T1").decision is Decision.UNKNOWN


@pytest.mark.parametrize(
    ("day", "decision"),
    [
        (date(2025, 12, 31), Decision.UNKNOWN),
        (date(2026, 1, 1), Decision.ALLOWED_WITH_CONDITIONS),
        (date(2026, 12, 31), Decision.ALLOWED_WITH_CONDITIONS),
        (date(2027, 1, 1), Decision.UNKNOWN),
    ],
)
def test_it_speaks_for_its_own_dates_of_service_both_ends_included(
    copilot: Copilot, day: date, decision: Decision
) -> None:
    record(copilot, verified())
    assert ask(copilot, "T1", on=day).decision is decision


def test_what_the_payers_old_document_says_otherwise_is_shown_as_a_conflict(copilot: Copilot) -> None:
    question = "Is prior auth needed for group at QualChoice?"
    assert ask(copilot, "T1", question).decision is Decision.NOT_REQUIRED
    record(
        copilot, verified(payer_id="qualchoice", payer_name="QualChoice", topic=Topic.PRIOR_AUTH, decision="required")
    )
    answer = ask(copilot, "T1", question)
    assert answer.decision is Decision.REQUIRED
    assert answer.conflicts
    assert answer.confidence is Confidence.MEDIUM


def test_a_payer_not_on_file_is_known_to_the_practice_that_asked_it(copilot: Copilot) -> None:
    question = "Zebra Mutual: group and individual on the same day?"
    assert ask(copilot, "T1", question).payer is None
    record(copilot, verified(payer_id=payer_id_of("Zebra Mutual"), payer_name="Zebra Mutual"))
    answer = ask(copilot, "T1", question)
    assert answer.payer
    assert answer.payer.name == "Zebra Mutual"
    assert answer.decision is Decision.ALLOWED_WITH_CONDITIONS


def test_what_the_installation_recorded_holds_for_every_practice(copilot: Copilot) -> None:
    record(copilot, verified(), practice="")
    assert ask(copilot, "T1").decision is Decision.ALLOWED_WITH_CONDITIONS


def test_a_review_relies_on_it(copilot: Copilot) -> None:
    from bot.claims.models import ClaimFacts
    from bot.review.models import Item, Status

    note = "Group note 03/14/2026.\nPatient: A.B.\nSpoke of a worry and tested it."
    claim = ClaimFacts(payer="Aetna", date_of_service=date(2026, 3, 14), same_day_codes=("90837",))
    item = Item.SAME_DAY_POLICY_CONFIRMED
    assert copilot.at("T1").review(note, [claim]).patients[0].checklist[item].status is Status.NEEDS_CONFIRMATION
    record(copilot, verified())
    assert copilot.at("T1").review(note, [claim]).patients[0].checklist[item].status is Status.MET


DAYS = st.integers(0, 60).map(lambda number: date(2026, 1, 1) + timedelta(days=number))


@settings(max_examples=60)
@given(st.lists(st.tuples(DAYS, DAYS, DAYS), max_size=6), DAYS)
def test_one_day_has_one_verification_of_a_matter_the_latest_that_covers_it(rows: list, day: date) -> None:
    made = [
        verified(id=f"v-{number:012x}", verified_on=on, applies_from=min(a, b), valid_until=max(a, b))
        for number, (on, a, b) in enumerate(rows)
    ]
    standing = [one for one in in_succession(made) if one.applies_from <= day <= one.valid_until]
    assert len(standing) <= 1
    latest = max(made, key=lambda one: (one.verified_on, one.id), default=None)
    if latest and latest.applies_from <= day <= latest.valid_until:
        assert [one.id for one in standing] == [latest.id]
