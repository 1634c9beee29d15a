"""What a payer said is taken as it was said, with its history; what cannot be is told field by field."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.app import Copilot
from bot.errors import FieldsError, OvertakenError, UserError
from bot.policies.models import Decision, LineOfBusiness, Topic
from bot.policies.practice import payer_id_of
from bot.policies.renewal import due, renewal_of
from bot.policies.verification_draft import ASKABLE, Draft, decisions_for
from bot.policies.verifications import Verifications
from bot.settings import Settings

TODAY = date(2026, 11, 26)
SAID = Draft(
    payer="Zebra Mutual",
    topic=Topic.PRIOR_AUTH,
    decision=Decision.NOT_REQUIRED,
    conditions=("up to 26 visits",),
    answered_by="Kim, provider services",
    reference="A-1",
    verified_on=date(2026, 11, 20),
)


@pytest.fixture(scope="module")
def copilot(tmp_path_factory: pytest.TempPathFactory) -> Copilot:
    return Copilot(Settings(data_dir=tmp_path_factory.mktemp("data")))


@pytest.fixture
def ours(copilot: Copilot, tmp_path: Path) -> Verifications:
    return copilot.at(tmp_path.name).verifications  # each test is a practice of its own


def lines(ours: Verifications, **changes: object) -> dict[str, str]:
    return ours.problems(replace(SAID, **changes), TODAY)


def test_an_answer_holds_for_the_benefit_year_in_which_it_was_given_unless_said_otherwise(ours: Verifications) -> None:
    made = ours.record(SAID, "U1", TODAY)
    assert (made.applies_from, made.valid_until) == (date(2026, 1, 1), date(2026, 12, 31))
    assert (made.payer_id, made.payer_name) == ("practice-zebra-mutual", "Zebra Mutual")
    last_year = ours.record(replace(SAID, verified_on=date(2025, 3, 2)), "U1", TODAY)
    assert (last_year.applies_from, last_year.valid_until) == (date(2025, 1, 1), date(2025, 12, 31))
    told = ours.record(replace(SAID, applies_from=date(2027, 1, 1)), "U1", TODAY)
    assert told.valid_until == date(2027, 12, 31)


def test_a_payer_is_known_by_its_other_names_and_slips_of_the_hand(ours: Verifications) -> None:
    assert ours.record(replace(SAID, payer="Atena"), "U1", TODAY).payer_id == "aetna"
    medicare = ours.record(replace(SAID, payer="Aetna Medicare Advantage"), "U1", TODAY)
    assert (medicare.payer_id, medicare.line_of_business) == ("aetna", LineOfBusiness.MEDICARE_ADVANTAGE)


def test_a_name_that_fits_several_is_settled_by_the_state(ours: Verifications) -> None:
    assert "choose the state" in lines(ours, payer="Medicaid")["payer"]
    made = ours.record(replace(SAID, payer="Medicaid", state="MN"), "U1", TODAY)
    assert made.payer_id == "minnesota-medicaid"
    assert made.line_of_business is LineOfBusiness.MEDICAID
    assert made.jurisdiction == ()  # it works nowhere else


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"payer": " "}, "payer"),
        ({"payer": "!!"}, "payer"),
        ({"payer": "Medicaid"}, "payer"),
        ({"payer": "Aetna and Cigna"}, "payer"),
        ({"payer": "Atlantis Medicaid"}, "payer"),
        ({"payer": "Zebra " * 20}, "payer"),
        ({"topic": None}, "topic"),
        ({"topic": Topic.CODING}, "topic"),
        ({"decision": None}, "decision"),
        ({"decision": Decision.ALLOWED}, "decision"),
        ({"decision": Decision.UNKNOWN}, "decision"),
        ({"conditions": ("x" * 121,)}, "conditions"),
        ({"conditions": ("a",) * 7}, "conditions"),
        ({"modifiers": ("59", "HQX")}, "modifiers"),
        ({"answered_by": " "}, "answered_by"),
        ({"answered_by": "k" * 81}, "answered_by"),
        ({"reference": "1" * 81}, "reference"),
        ({"verified_on": None}, "verified_on"),
        ({"verified_on": TODAY + timedelta(days=1)}, "verified_on"),
        ({"verified_on": date(1026, 3, 2)}, "verified_on"),
        ({"applies_from": date(1999, 12, 31)}, "applies_from"),
        ({"valid_until": date(2025, 12, 31)}, "valid_until"),
        ({"valid_until": date(2026, 3, 1)}, "valid_until"),
        ({"valid_until": date(2029, 1, 1)}, "valid_until"),
        ({"applies_from": date(2027, 1, 1), "valid_until": date(2026, 12, 31)}, "valid_until"),
        ({"applies_from": date(2030, 1, 1)}, "valid_until"),
    ],
)
def test_what_cannot_be_is_one_line_beside_its_field_and_nothing_is_recorded(
    ours: Verifications, changes: dict, field: str
) -> None:
    found = lines(ours, **changes)
    assert set(found) == {field}
    assert "\n" not in found[field]
    with pytest.raises(FieldsError):
        ours.record(replace(SAID, **changes), "U1", TODAY)
    assert ours.all() == []


def test_allowed_with_conditions_says_which(ours: Verifications) -> None:
    bare = replace(SAID, topic=Topic.SAME_DAY, decision=Decision.ALLOWED_WITH_CONDITIONS, conditions=(), modifiers=())
    with pytest.raises(FieldsError) as refused:
        ours.record(bare, "U1", TODAY)
    assert "Which conditions?" in refused.value.lines["conditions"]
    assert ours.record(replace(bare, modifiers=("59",)), "U1", TODAY).modifiers == ("59",)


def test_a_rule_of_the_past_may_be_asked_for_and_comes_up_for_nothing(ours: Verifications) -> None:
    ours.record(replace(SAID, applies_from=date(2024, 1, 1), valid_until=date(2024, 12, 31)), "U1", TODAY)
    assert ours.due(TODAY) == []


DAYS = st.dates(date(1990, 1, 1), date(2040, 12, 31))


# Each record makes the practice's names anew, which takes long on a busy machine.
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(DAYS, st.none() | DAYS, st.none() | DAYS, DAYS)
def test_whatever_days_are_given_it_is_recorded_as_a_time_that_can_be_or_refused_by_field(
    ours: Verifications, on: date, begins: date | None, ends: date | None, today: date
) -> None:
    draft = replace(SAID, verified_on=on, applies_from=begins, valid_until=ends)
    refused = ours.problems(draft, today)
    assert set(refused) <= {"verified_on", "applies_from", "valid_until"}
    if not refused:
        made = ours.record(draft, "U1", today)
        assert made.applies_from <= made.valid_until
        assert made.verified_on <= today
        assert (made.valid_until - made.verified_on).days <= 731


@pytest.mark.parametrize("topic", ASKABLE)
def test_each_topic_offers_answers_that_can_be_recorded(ours: Verifications, topic: Topic) -> None:
    for decision in decisions_for(topic):
        assert ours.record(replace(SAID, topic=topic, decision=decision), "U1", TODAY).decision is decision


def test_of_two_answers_of_one_day_the_later_recorded_decides(copilot: Copilot, ours: Verifications) -> None:
    office = copilot.at(ours._practice)
    for decision in (Decision.NOT_REQUIRED, Decision.REQUIRED, Decision.NOT_REQUIRED, Decision.REQUIRED):
        ours.record(replace(SAID, decision=decision), "U1", TODAY)
        answer = office.ask("prior auth for group at Zebra Mutual?", date_of_service=TODAY).answers[0]
        assert answer.decision is decision


def test_ids_differ_though_made_in_one_millisecond(ours: Verifications) -> None:
    ours._milliseconds = lambda: 1_800_000_000_000
    first, second = ours.record(SAID, "U1", TODAY), ours.record(SAID, "U2", TODAY)
    assert first.id < second.id
    assert len(ours.all()) == 2


def test_history_says_who_did_what_and_what_stood_before(ours: Verifications) -> None:
    made = ours.record(SAID, "U1", TODAY)
    ours.change(made.id, ours.state_of(made.id), replace(SAID, decision=Decision.REQUIRED, conditions=()), "U2", TODAY)
    ours.withdraw(made.id, "U3")
    ours.restore(made.id, "U4")
    steps = ours.history(made.id)
    assert [(step.action, step.by) for step in steps] == [
        ("recorded", "U1"),
        ("changed", "U2"),
        ("withdrawn", "U3"),
        ("brought back", "U4"),
    ]
    assert "Answer: not required" in steps[0].words
    assert steps[1].words == ("Answer: not required → required", "Conditions: up to 26 visits → nothing")
    assert steps[2].words == steps[3].words == ()
    assert ours.history("v-000000000000") == []


def test_a_change_over_somebody_elses_is_refused_and_loses_neither(ours: Verifications) -> None:
    made = ours.record(SAID, "U1", TODAY)
    seen = ours.state_of(made.id)
    ours.change(made.id, seen, replace(SAID, reference="B-2"), "U2", TODAY)
    with pytest.raises(OvertakenError, match="changed while you had it open"):
        ours.change(made.id, seen, replace(SAID, reference="C-3"), "U3", TODAY)
    assert ours.get(made.id).reference == "B-2"
    ours.change(made.id, ours.state_of(made.id), replace(SAID, reference="C-3"), "U3", TODAY)
    assert [step.by for step in ours.history(made.id)] == ["U1", "U2", "U3"]


def test_what_was_withdrawn_cannot_be_changed_or_withdrawn_again(ours: Verifications) -> None:
    made = ours.record(SAID, "U1", TODAY)
    seen = ours.state_of(made.id)
    ours.withdraw(made.id, "U2")
    with pytest.raises(OvertakenError, match="withdrawn"):
        ours.change(made.id, seen, SAID, "U1", TODAY)
    with pytest.raises(UserError, match="no longer stands"):
        ours.withdraw(made.id, "U1")
    ours.restore(made.id, "U1")
    with pytest.raises(UserError, match="nothing to bring back"):
        ours.restore(made.id, "U1")


@pytest.mark.parametrize(
    ("today", "found"),
    [(date(2026, 10, 31), 0), (date(2026, 11, 1), 1), (date(2026, 12, 31), 1), (date(2028, 6, 1), 1)],
)
def test_it_is_due_from_sixty_days_before_its_end_until_it_is_renewed(
    ours: Verifications, today: date, found: int
) -> None:
    made = ours.record(replace(SAID, verified_on=date(2026, 3, 2)), "U1", date(2026, 3, 2))
    assert len(ours.due(today)) == found
    again = replace(renewal_of(made, today), answered_by="Lee")
    ours.record(again, "U1", today)
    assert ours.due(today) == []


def test_what_is_due_is_ordered_by_its_end(ours: Verifications) -> None:
    for payer, until in (("Beta Health", date(2026, 12, 31)), ("Alpha Health", date(2026, 11, 30))):
        ours.record(replace(SAID, payer=payer, valid_until=until), "U1", TODAY)
    assert [one.payer_name for one in ours.due(TODAY)] == ["Alpha Health", "Beta Health"]


def test_a_renewal_carries_on_where_the_last_one_ends() -> None:
    def renewed(until: date, today: date) -> tuple[date | None, date | None]:
        draft = renewal_of(verified_until(until), today)
        assert (draft.answered_by, draft.reference) == ("", "")
        return draft.applies_from, draft.valid_until

    assert renewed(date(2026, 12, 31), TODAY) == (date(2027, 1, 1), date(2027, 12, 31))
    assert renewed(date(2026, 6, 30), TODAY) == (date(2026, 7, 1), date(2026, 12, 31))
    assert renewed(date(2023, 12, 31), TODAY) == (date(2026, 1, 1), date(2026, 12, 31))


@settings(max_examples=80)
@given(
    st.lists(st.dates(date(2025, 1, 1), date(2027, 12, 31)), max_size=5), st.dates(date(2026, 1, 1), date(2027, 12, 31))
)
def test_a_matter_is_due_at_most_once_and_never_while_one_of_it_holds_for_long(ends: list[date], today: date) -> None:
    made = [
        verified_until(until, number, date(until.year, 1, 1), today)
        for number, until in enumerate(ends)
        if date(until.year, 1, 1) <= today
    ]
    found = due(made, today)
    assert len(found) <= 1
    if made and max(one.valid_until for one in made[-1:]) > today + timedelta(days=60):
        assert found == []


def verified_until(until: date, number: int = 0, begins: date | None = None, today: date = TODAY):
    from bot.policies.verification import Verification

    return Verification(
        id=f"v-{number:012x}",
        payer_id="aetna",
        payer_name="Aetna",
        line_of_business=LineOfBusiness.COMMERCIAL,
        topic=Topic.PRIOR_AUTH,
        decision=Decision.REQUIRED,
        answered_by="Kim",
        reference="A-1",
        verified_on=begins or date(until.year, 1, 1),
        applies_from=begins or date(until.year, 1, 1),
        valid_until=until,
    )


@pytest.mark.parametrize(
    "names",
    [("日本生命", "東京海上"), ("A" * 60, "A" * 59), ("Zébra Plan", "Zbra Plan")],
    ids=["script", "long", "accent"],
)
def test_payers_of_different_names_have_different_ids(names: tuple[str, str]) -> None:
    assert payer_id_of(names[0]) != payer_id_of(names[1])


def test_a_name_known_in_general_is_on_file_under_all_its_forms_once_recorded(
    copilot: Copilot, ours: Verifications
) -> None:
    ours.record(replace(SAID, payer="Molina"), "U1", TODAY)
    ask: Callable = copilot.at(ours._practice).ask
    for name in ("Molina", "Molina Healthcare"):
        answer = ask(f"Does {name} need an auth for group?", date_of_service=TODAY).answers[0]
        assert answer.decision is Decision.NOT_REQUIRED
    other = ask("Does Molina Medicaid need an auth for group?", date_of_service=TODAY).answers[0]
    assert other.decision is Decision.UNKNOWN  # its commercial plans were asked about
