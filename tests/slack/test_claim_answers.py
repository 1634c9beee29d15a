"""The claim facts modal: what was said is taken, what cannot be is said beside its field."""

from datetime import date

import pytest

from bot.claims.models import Authorization
from bot.slack.blocks.claim_form import claim_form
from bot.slack.claim_answers import read_answers
from bot.workspace.limits import check_view

TODAY = date(2026, 11, 24)


def filled(**fields: str) -> dict:
    return {name: {"value": {"type": "plain_text_input", "value": value}} for name, value in fields.items()}


def test_nothing_said_is_nothing_known() -> None:
    answers = read_answers({}, TODAY)
    assert not answers.errors
    assert answers.facts.model_fields_set == set()


def test_what_is_one_member_s_own_is_not_taken_for_all_of_several() -> None:
    own = filled(member="0", diagnosis_code="F41.1", number="A-17", units="9", payer="Aetna")
    assert set(read_answers(own, TODAY, members=7).errors) == {"diagnosis_code", "number"}
    assert not read_answers(own, TODAY, members=1).errors
    assert not read_answers(own | filled(member="2"), TODAY, members=7).errors


def test_all_that_was_said_is_taken() -> None:
    answers = read_answers(
        filled(
            member="3",
            payer=" Aetna ",
            state="MN",
            date_of_service="2026-03-14",
            diagnosis_code="f41.1",
            eligibility="2026-01-05",
            number="A-17",
            starts_on="2026-01-01",
            ends_on="2026-12-31",
            units="0",
            covers_group="no",
            same_day_codes="90837, 99214-25",
            place_of_service="11",
        ),
        TODAY,
    )
    assert not answers.errors
    assert answers.member == 3
    assert answers.facts.diagnosis_code == "F41.1"
    assert answers.facts.same_day_codes == ("90837", "99214-25")
    assert answers.facts.eligibility_payer == "Aetna"
    assert answers.facts.authorization == Authorization(
        number="A-17", starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31), units_left=0, covers_group=False
    )


@pytest.mark.parametrize("words", ["none", "None", "no", "n/a"])
def test_no_other_code_is_said_apart_from_nothing_said(words: str) -> None:
    assert read_answers(filled(same_day_codes=words), TODAY).facts.same_day_codes == ()
    assert read_answers({}, TODAY).facts.same_day_codes is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("date_of_service", "2026-11-25"),
        ("date_of_service", "2026-02-30"),
        ("date_of_service", "1026-03-14"),
        ("eligibility", "2027-01-01"),
        ("diagnosis_code", "anxiety"),
        ("same_day_codes", "90837 and therapy"),
        ("units", "two"),
        ("units", "-1"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(field: str, value: str) -> None:
    assert set(read_answers(filled(**{field: value}), TODAY).errors) == {field}


def test_an_authorization_that_ends_before_it_starts() -> None:
    errors = read_answers(filled(starts_on="2026-05-01", ends_on="2026-04-01"), TODAY).errors
    assert set(errors) == {"ends_on"}


@pytest.mark.parametrize("members", [0, 1, 40, 99, 500])
def test_slack_takes_the_modal_for_any_number_of_members(members: int) -> None:
    check_view(claim_form("D1|1.0|1.0|", members))


def test_how_it_was_held_its_modifiers_and_the_plans_year_are_taken() -> None:
    answers = read_answers(
        filled(held="audio", modifiers="93, hq", benefit_year="07-01", diagnosis_code="f33.1, F41.1", member="1"), TODAY
    )
    assert not answers.errors
    facts = answers.facts
    assert (facts.telehealth, facts.audio_only, facts.modifiers) == (True, True, ("93", "HQ"))
    assert (facts.benefit_year_starts, facts.diagnosis_code) == ("07-01", "F33.1, F41.1")
    in_person = read_answers(filled(held="in_person", modifiers="none"), TODAY).facts
    assert (in_person.telehealth, in_person.audio_only, in_person.modifiers) == (False, None, ())
    assert set(read_answers(filled(modifiers="telehealth"), TODAY).errors) == {"modifiers"}


def test_the_form_says_where_the_numbers_of_the_members_stand() -> None:
    hint = claim_form("D1|1.0|1.0|", 7)["blocks"][1]["hint"]["text"]
    assert "listed above the button you pressed" in hint
