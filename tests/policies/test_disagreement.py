"""Sources that disagree are all shown, the higher one decides, and the answer falls to a lower confidence."""

from datetime import date
from pathlib import Path

import pytest

from bot.app import Copilot
from bot.policies.models import Confidence, Decision, Fact, LineOfBusiness, Source, SourceKind, Topic
from bot.policies.practice import FACT, OwnFact
from bot.settings import Settings

DAY = date(2026, 6, 1)
QUESTION = "Is prior auth needed for group at QualChoice?"
"""On file: not required, by an older document of the payer's."""


@pytest.fixture
def copilot(tmp_path: Path) -> Copilot:
    return Copilot(Settings(data_dir=tmp_path))


def put(copilot: Copilot, number: int, kind: SourceKind, decision: Decision, **changes: object) -> None:
    fact = Fact(
        id=f"f-{number:012x}",
        topic=Topic.PRIOR_AUTH,
        line_of_business=LineOfBusiness.COMMERCIAL,
        jurisdiction=(),
        statement=f"“Prior authorization for group psychotherapy is {decision.value.replace('_', ' ')}.”",
        decision=decision,
        source=Source(
            title=f"Document {number}, p. 1", publisher=f"Publisher {number}", kind=kind, document_date="2026"
        ),
        effective_from=date(2026, 1, 1),
        read_on=date(2026, 1, 2),
        confidence=Confidence.HIGH,
    ).model_copy(update=changes)
    own = OwnFact(payer_id="qualchoice", payer_name="QualChoice", fact=fact)
    copilot.ledger.put("T1", FACT, fact.id, own.model_dump_json(), "U1")


def ask(copilot: Copilot):
    return copilot.at("T1").ask(QUESTION, date_of_service=DAY).answers[0]


def test_contract_over_own_copy_of_the_manual_over_the_file(copilot: Copilot) -> None:
    assert ask(copilot).decision is Decision.NOT_REQUIRED
    put(copilot, 1, SourceKind.PRIMARY, Decision.REQUIRED)
    answer = ask(copilot)
    assert answer.decision is Decision.REQUIRED
    put(copilot, 2, SourceKind.CONTRACT, Decision.NOT_REQUIRED)
    answer = ask(copilot)
    assert answer.decision is Decision.NOT_REQUIRED
    assert answer.citations[0].source_kind is SourceKind.CONTRACT
    assert any("Publisher 1 says otherwise" in line for line in answer.conflicts)
    assert "Document 1, p. 1" in [one.source_title for one in answer.citations]
    assert "Sources disagree" in answer.answer


def test_a_dispute_costs_a_step_of_confidence(copilot: Copilot) -> None:
    put(copilot, 1, SourceKind.CONTRACT, Decision.NOT_REQUIRED)
    assert ask(copilot).confidence is Confidence.HIGH
    put(copilot, 2, SourceKind.PRIMARY, Decision.REQUIRED)
    answer = ask(copilot)
    assert (answer.decision, answer.confidence) == (Decision.NOT_REQUIRED, Confidence.MEDIUM)
    assert answer.call_script


def test_two_documents_of_one_standing_that_disagree_make_it_vary_and_both_are_shown(copilot: Copilot) -> None:
    put(copilot, 1, SourceKind.PRIMARY, Decision.REQUIRED)
    put(copilot, 2, SourceKind.PRIMARY, Decision.NOT_REQUIRED)
    answer = ask(copilot)
    assert answer.decision is Decision.VARIES
    assert answer.conflicts
    assert answer.confidence is not Confidence.HIGH
    cited = {one.source_title for one in answer.citations}
    assert {"Document 1, p. 1", "Document 2, p. 1"} <= cited


def test_agreement_is_no_conflict(copilot: Copilot) -> None:
    put(copilot, 1, SourceKind.CONTRACT, Decision.NOT_REQUIRED)
    put(copilot, 2, SourceKind.PRIMARY, Decision.NOT_REQUIRED)
    answer = ask(copilot)
    assert (answer.conflicts, answer.confidence) == ((), Confidence.HIGH)


def test_a_contract_that_says_until_when_it_runs_is_not_old_before(copilot: Copilot) -> None:
    dates = {"effective_from": date(2024, 1, 1), "effective_to": date(2027, 12, 31)}
    source = Source(title="Contract", publisher="us", kind=SourceKind.CONTRACT, document_date="2024")
    put(copilot, 1, SourceKind.CONTRACT, Decision.NOT_REQUIRED, source=source, **dates)
    assert not ask(copilot).stale
