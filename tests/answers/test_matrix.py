"""A comparison gives each payer the answer it would get alone, in the order in which a biller acts."""

from datetime import date
from pathlib import Path

import pytest

from bot.answers.models import Reply
from bot.app import Copilot
from bot.errors import UserError
from bot.office import Office
from bot.policies.decide import decide
from bot.policies.models import Decision, LineOfBusiness, SourceKind, Topic
from bot.policies.practice import VERIFICATION
from bot.settings import Settings
from tests.policies.test_practice import verified

OUR_PAYERS = "Aetna, Cigna Medicare Advantage, HUSKY, Molina, Medicare, QualChoice, Humana in Texas"
SAME_DAY = "which of our payers allow same-day?"


@pytest.fixture
def copilot(tmp_path: Path) -> Copilot:
    return Copilot(Settings(data_dir=tmp_path))


@pytest.fixture
def office(copilot: Copilot) -> Office:
    office = copilot.at("T1")
    office.payer_list.add(OUR_PAYERS, "U1")
    return office


def table(reply: Reply):
    assert reply.table is not None
    return reply.table


# Neighbouring topics answer for these two where the file holds the matter there (`service._where_it_stands`).
PLAIN = sorted(set(Topic) - {Topic.GENERAL, Topic.MODIFIERS, Topic.UNITS})


@pytest.mark.parametrize("topic", PLAIN)
def test_each_row_decides_as_the_rules_of_precedence_do(office: Office, topic: Topic) -> None:
    catalog = office.services.catalog
    for row in office.compare(topic.value.replace("_", " "), topic=topic).rows:
        if row.payer_id:
            payer, line = catalog.payers[row.payer_id], row.line_of_business
            ruling = decide(catalog, payer, topic, line_of_business=line, state=row.state, today=date.today())
            assert (row.answer.decision, row.answer.stale) == (ruling.decision, ruling.stale)
            assert row.answer.conditions == ruling.conditions[:8]


def test_a_row_is_the_answer_that_the_payer_alone_gets(office: Office) -> None:
    rows = {row.payer_id: row.answer for row in table(office.ask(SAME_DAY)).rows}
    for payer_id, name in (("aetna", "Aetna"), ("medicare", "Medicare"), ("connecticut-medicaid", "HUSKY")):
        alone = office.ask(f"does {name} allow same-day?").answers[0]
        assert rows[payer_id].model_copy(update={"question": ""}) == alone.model_copy(update={"question": ""})


def test_the_table_is_sorted_as_one_acts_and_unknown_payers_stay_in_it(office: Office) -> None:
    rows = table(office.ask(SAME_DAY)).rows
    assert len(rows) == 7
    decisions = [row.answer.decision for row in rows]
    assert decisions == sorted(decisions, key=lambda one: one is Decision.UNKNOWN)
    molina = next(row for row in rows if row.name == "Molina Healthcare")
    assert (molina.payer_id, molina.answer.decision, molina.source) == ("", Decision.UNKNOWN, None)
    assert molina.answer.call_script
    cigna = next(row for row in rows if row.payer_id == "cigna")
    assert cigna.plan == "Medicare Advantage"
    assert next(row for row in rows if row.payer_id == "humana").plan.endswith("Texas")


def test_a_known_row_names_its_source_and_age(office: Office) -> None:
    for topic in Topic:
        for row in office.compare(topic.value, topic=topic).rows:
            known = row.answer.decision not in {Decision.UNKNOWN, Decision.NOT_APPLICABLE}
            assert bool(row.source) or not known
            if row.source:
                assert row.source in row.answer.citations


def test_the_practices_own_verification_is_on_top(copilot: Copilot, office: Office) -> None:
    one = verified()
    copilot.ledger.put("T1", VERIFICATION, one.id, one.model_dump_json(), "U1")
    reply = office.ask(SAME_DAY, date_of_service=date(2026, 11, 26))
    aetna = table(reply).rows[0]
    assert (aetna.payer_id, aetna.answer.decision) == ("aetna", Decision.ALLOWED_WITH_CONDITIONS)
    assert aetna.source is not None
    assert aetna.source.source_kind is SourceKind.PRACTICE_VERIFICATION
    assert not aetna.answer.stale
    earlier = table(office.ask(SAME_DAY, date_of_service=date(2025, 1, 5)))
    assert next(row for row in earlier.rows if row.payer_id == "aetna").answer.decision is Decision.UNKNOWN
    assert copilot.at("T2").ask(SAME_DAY).table is None


def test_a_number_in_the_question_is_held_against_each_limit(office: Office) -> None:
    rows = table(office.ask("for all our payers: can we have 14 in a group?")).rows
    husky = next(row for row in rows if row.payer_id == "connecticut-medicaid")
    assert husky.answer.decision is Decision.NOT_ALLOWED


def test_json_keeps_the_contract(office: Office) -> None:
    document = office.ask(SAME_DAY).as_json()
    assert document.keys() == {"question", "answers"}
    assert {answer["question"] for answer in document["answers"]} == {SAME_DAY}


def test_without_a_list_the_general_rule_comes_with_how_to_make_one(copilot: Copilot) -> None:
    reply = copilot.at("T9").ask(SAME_DAY)
    assert reply.table is None
    assert reply.wants_list
    (answer,) = reply.answers
    assert (answer.payer, answer.topic, answer.decision) == (None, Topic.SAME_DAY, Decision.VARIES)
    assert "/billing payers add" in answer.next_step


def test_a_kind_of_payer_narrows_the_list(office: Office) -> None:
    rows = table(office.ask("which of our Medicaid payers need auth for group?")).rows
    assert {row.name for row in rows} == {"HUSKY Health (Connecticut Medicaid)", "Molina Healthcare"}
    advantage = table(office.ask("which of our Medicare Advantage payers need auth for group?")).rows
    assert {row.line_of_business for row in advantage if row.payer_id} == {LineOfBusiness.MEDICARE_ADVANTAGE}


def test_the_thread_goes_on_over_the_same_payers(office: Office) -> None:
    first = office.ask(SAME_DAY)
    second = office.ask("and telehealth?", first.context)
    assert table(second).topic is Topic.TELEHEALTH
    third = office.ask("and Aetna?", second.context)
    assert (third.table, third.answers[0].payer.id) == (None, "aetna")
    assert third.answers[0].topic is Topic.TELEHEALTH


def test_payers_named_are_compared_instead_of_the_list(copilot: Copilot) -> None:
    rows = copilot.at("").compare("same day", topic=Topic.SAME_DAY, names="Aetna, BCBS, Foo Plan").rows
    assert {row.name for row in rows} == {"Aetna", "BCBS", "Foo Plan"}
    unclear = next(row for row in rows if row.name == "BCBS")
    assert (unclear.answer.decision, unclear.answer.call_script) == (Decision.UNKNOWN, ())


def test_the_whole_file_is_compared_where_it_has_a_rule(copilot: Copilot) -> None:
    rows = copilot.at("").compare("same day", topic=Topic.SAME_DAY, everyone=True).rows
    assert rows
    assert all(row.payer_id and row.answer.decision is not Decision.UNKNOWN for row in rows)


def test_a_matter_that_is_none_and_an_empty_list_are_one_line(copilot: Copilot, office: Office) -> None:
    with pytest.raises(UserError, match="Which matter"):
        office.compare("zebra crossing")
    with pytest.raises(UserError, match="add Aetna"):
        copilot.at("T9").compare("same day")
