"""The rows of the checklist that rest on what the biller knows."""

from datetime import date

import pytest

from bot.claims.agreement import agreement
from bot.claims.authorization import check_authorization
from bot.claims.diagnosis import check_diagnosis
from bot.claims.eligibility import check_eligibility
from bot.claims.models import Authorization
from bot.claims.same_day import SameDayPolicy, check_same_day, mentions_individual_session

DAY = date(2026, 3, 14)
WHOLE = Authorization(
    number="A1", starts_on=date(2026, 1, 1), ends_on=date(2026, 6, 30), units_left=4, covers_group=True
)


def test_a_group_authorization_in_force_with_units_left_is_met() -> None:
    assert check_authorization(WHOLE, DAY).outcome == "met"


@pytest.mark.parametrize("change", [{"starts_on": DAY}, {"ends_on": DAY}, {"units_left": 1}])
def test_the_first_and_last_day_and_the_last_unit_count(change: dict[str, object]) -> None:
    assert check_authorization(WHOLE.model_copy(update=change), DAY).outcome == "met"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"ends_on": date(2026, 3, 13)}, "ended on 2026-03-13"),
        ({"starts_on": date(2026, 3, 15)}, "begins on 2026-03-15"),
        ({"units_left": 0}, "no units left"),
        ({"covers_group": False}, "another service"),
    ],
)
def test_an_authorization_that_does_not_cover_the_session_is_missing(change: dict[str, object], says: str) -> None:
    check = check_authorization(WHOLE.model_copy(update=change), DAY)
    assert check.outcome == "missing"
    assert says in check.reason


@pytest.mark.parametrize(
    "change", [{"number": ""}, {"units_left": None}, {"covers_group": None}, {"ends_on": None}, {"starts_on": None}]
)
def test_what_is_not_known_of_an_authorization_is_asked(change: dict[str, object]) -> None:
    check = check_authorization(WHOLE.model_copy(update=change), DAY)
    assert check.outcome == "needs_confirmation"
    assert check.fix.endswith("?")


def test_no_authorization_is_asked_for_unless_the_payer_needs_none() -> None:
    assert check_authorization(None, DAY).outcome == "needs_confirmation"
    assert check_authorization(None, DAY, not_needed="QualChoice asks for none.").outcome == "met"


@pytest.mark.parametrize(
    ("verified", "outcome"),
    [
        (date(2026, 1, 2), "met"),
        (date(2025, 12, 31), "needs_confirmation"),
        (date(2027, 1, 1), "needs_confirmation"),
        (None, "needs_confirmation"),
    ],
)
def test_eligibility_counts_only_within_the_benefit_year(verified: date | None, outcome: str) -> None:
    assert check_eligibility(verified, DAY).outcome == outcome


def test_eligibility_verified_with_another_payer_does_not_count() -> None:
    check = check_eligibility(DAY, DAY, payer="Aetna", verified_with="Cigna / Evernorth")
    assert check.outcome == "needs_confirmation"
    assert "Cigna" in check.reason


ALLOWS = SameDayPolicy("allowed", "Medicare Part B", "", ("59", "XE"), certain=True)


def test_no_individual_session_that_day_is_not_applicable() -> None:
    assert check_same_day((), "", None).outcome == "not_applicable"
    assert check_same_day(None, "", None).outcome == "not_applicable"
    assert check_same_day(("99213",), "", None).outcome == "not_applicable"


def test_an_allowing_policy_is_met_and_says_on_which_code_the_modifier_goes() -> None:
    check = check_same_day(("90834",), "", ALLOWS)
    assert check.outcome == "met"
    assert "59 or XE goes on 90834, not on 90853" in check.reason


def test_a_policy_that_refuses_is_missing_and_one_not_on_file_is_asked() -> None:
    assert check_same_day(("90837",), "", SameDayPolicy("not_allowed", "Acme")).outcome == "missing"
    assert check_same_day(("90837",), "", SameDayPolicy("unknown", "Acme")).outcome == "needs_confirmation"
    assert check_same_day(("90837",), "", None).outcome == "needs_confirmation"


def test_an_old_policy_that_allows_is_confirmed_before_it_is_relied_on() -> None:
    old = SameDayPolicy("allowed", "MassHealth", certain=False)
    assert check_same_day(("90837",), "", old).outcome == "needs_confirmation"


@pytest.mark.parametrize(
    "note",
    [
        "Also seen for individual therapy earlier today.",
        "Met for a 1:1 session before the group.",
        "90834 billed as well",
        "Individual session this afternoon covered the same event.",
    ],
)
def test_a_note_that_speaks_of_an_individual_session_that_day_is_asked_about(note: str) -> None:
    mention = mentions_individual_session(note)
    assert mention
    assert check_same_day(None, mention, ALLOWS).outcome == "needs_confirmation"


@pytest.mark.parametrize(
    "note",
    [
        "Individual session scheduled for later this week.",
        "No individual session today.",
        "Will discuss in individual therapy next Tuesday.",
        "Discussed individual goals today.",
    ],
)
def test_an_individual_session_on_another_day_is_no_same_day_service(note: str) -> None:
    assert mentions_individual_session(note) == ""


@pytest.mark.parametrize(
    ("claim", "note", "outcome"),
    [
        ("F41.1", "Dx: GAD. Spoke of worry.", "met"),
        ("F41.1", "Spoke of worry at work.", "met"),
        ("", "Dx F41.1", "met"),
        ("F41.1", "Attended and shared.", "needs_confirmation"),
        ("F20.9", "Spoke of worry at work.", "needs_confirmation"),
        ("F99.9", "Dx: GAD", "missing"),
        ("F41", "Dx: GAD", "missing"),
        ("F33.1", "Dx: F41.1", "missing"),
        ("F41.1", "Diagnosis: PTSD", "missing"),
        ("", "Dx F43.1", "missing"),
        ("", "Dx: anxiety", "needs_confirmation"),
        ("", "nothing of a diagnosis", "needs_confirmation"),
    ],
)
def test_the_diagnosis_code_is_judged_against_set_and_note(claim: str, note: str, outcome: str) -> None:
    assert check_diagnosis(claim, note, DAY).outcome == outcome


def test_a_date_of_service_outside_the_code_set_is_said() -> None:
    assert "not on file" in check_diagnosis("F41.1", "Dx GAD", date(2027, 10, 2)).reason


@pytest.mark.parametrize("note", ["Mother has PTSD. Dx GAD.", "R/O bipolar; GAD confirmed", "comorbid MDD and GAD"])
def test_a_relatives_or_second_diagnosis_is_no_disagreement(note: str) -> None:
    assert agreement("F41.1", note).verdict == "agrees"


@pytest.mark.parametrize("code", ["90832", "90834", "90837"])
def test_an_individual_code_of_that_day_rests_on_the_payers_rule(code: str) -> None:
    assert check_same_day((code,), "", ALLOWS).outcome == "met"
    assert check_same_day((f"{code}-59",), "", ALLOWS).outcome == "met"


@pytest.mark.parametrize("code", ["90833", "90836", "90838"])
def test_an_add_on_code_needs_its_visit_beside_it(code: str) -> None:
    assert check_same_day(("99214-25", code), "", ALLOWS).outcome == "met"
    alone = check_same_day((code,), "", ALLOWS)
    assert alone.outcome == "needs_confirmation"
    assert "evaluation and management" in alone.fix
    # A refusal by the payer is said first.
    assert check_same_day((code,), "", SameDayPolicy("not_allowed", "Acme")).outcome == "missing"


def test_a_modifier_on_the_wrong_line_or_another_than_the_rules_is_said() -> None:
    on_group = check_same_day(("90834",), "", ALLOWS, ("59",))
    assert on_group.outcome == "missing"
    assert "stands on 90853; by the rule of Medicare Part B it goes on 90834" in on_group.reason
    other = check_same_day(("90834-25",), "", ALLOWS)
    assert other.outcome == "needs_confirmation"
    assert "25 on 90834" in other.reason
    # 95 on a line tells of telehealth and nothing of the pair.
    assert check_same_day(("90834-95-59",), "", ALLOWS, ("95",)).outcome == "met"


def test_where_the_payer_has_no_rule_the_national_edit_is_shown_as_no_rule_of_theirs() -> None:
    check = check_same_day(("90834",), "", SameDayPolicy("unknown", "Acme", floor=("59", "XE")))
    assert check.outcome == "needs_confirmation"
    assert "which is Medicare's and no rule of theirs, takes 59 or XE on 90834" in check.reason
