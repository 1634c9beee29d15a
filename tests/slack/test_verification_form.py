"""The form that asks what a payer said: taken by Slack however it is filled, read as it was meant, nothing lost."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.policies.models import Decision, LineOfBusiness, Topic
from bot.policies.verification_draft import ASKABLE, Draft
from bot.slack.blocks.verification_form import decision_block, filled_from, read_topic, topic_value, verification_form
from bot.slack.form_ref import FormRef
from bot.slack.verification_answers import by_block, read_draft, read_filled
from bot.workspace.limits import check_view
from tests.slack.forms import values_in

DRAFT = Draft(
    payer="Zebra Mutual",
    state="MN",
    line_of_business=LineOfBusiness.MEDICARE_ADVANTAGE,
    topic=Topic.TELEHEALTH,
    aspect="audio_only",
    decision=Decision.ALLOWED_WITH_CONDITIONS,
    conditions=("with a prior visit", "93 on the line"),
    modifiers=("93", "FQ"),
    answered_by="Ms. Kim Lee, Member Services Line",
    reference="A-1",
    verified_on=date(2026, 3, 2),
    applies_from=date(2026, 1, 1),
    valid_until=date(2026, 12, 31),
)


def sent(filled: dict[str, str]) -> dict:
    """The view as Slack sends it when the form is submitted as it was filled in for the person."""
    view = verification_form(filled, FormRef(channel="C1").dumps(), title="Record an answer")
    check_view(view)
    return view | {"state": {"values": values_in(view)}}


def test_what_the_form_shows_is_read_back_as_it_was() -> None:
    draft, errors = read_draft(read_filled(sent(filled_from(DRAFT))))
    assert draft == DRAFT
    assert errors == {}


@pytest.mark.parametrize("topic", [None, *ASKABLE])
def test_slack_takes_the_form_for_every_topic(topic: Topic | None) -> None:
    filled = {"topic": topic_value(topic)} if topic else {}
    view = sent(filled)
    assert {block["block_id"] for block in view["blocks"] if block["type"] == "input"} >= {decision_block(topic)}
    assert read_topic(filled.get("topic", "")) == (topic, "")


@given(st.fixed_dictionaries({}, optional={name: st.text(max_size=900) for name in filled_from(DRAFT)}))
def test_slack_takes_the_form_whatever_words_are_in_it(words: dict[str, str]) -> None:
    days = dict.fromkeys(("verified_on", "applies_from", "valid_until"), "2026-03-02")
    read_draft(read_filled(sent(words | days)))
    read_draft(words)


@pytest.mark.parametrize("day", ["2026-02-30", "2026-13-01", "soon", "02/03/2026"])
def test_a_day_that_is_none_is_said_beside_its_field(day: str) -> None:
    for field in ("verified_on", "applies_from", "valid_until"):
        _, errors = read_draft(filled_from(DRAFT) | {field: day})
        assert errors == {field: "This is not a day of the calendar: write it as 2026-03-14."}


@pytest.mark.parametrize(
    "words",
    [
        "Pt K.L. was tearful",
        "Patient Kim Lee did not come",
        "A.B. shared a fear, responded well to the group",
        "DOB 01/02/1980",
        "Members present: 6\nPlan: continue weekly group, client denied SI",
    ],
)
def test_words_of_a_note_are_refused(words: str) -> None:
    _, errors = read_draft(filled_from(DRAFT) | {"conditions": words})
    assert set(errors) == {"conditions"}
    assert words not in errors["conditions"]


@pytest.mark.parametrize(
    "words",
    ["J.B. patient says so", "J.B.", "Pt told us", "the client", "member K.L.", "Kim, DOB 1/2/1980", "Dx F41.1"],
)
def test_who_answered_is_nobody_of_a_note(words: str) -> None:
    _, errors = read_draft(filled_from(DRAFT) | {"answered_by": words})
    assert set(errors) == {"answered_by"}
    assert "nothing of a patient" in errors["answered_by"]
    assert words not in errors["answered_by"]


@pytest.mark.parametrize(
    "words",
    [
        "Kim, provider services",
        "Kim L.",
        "Patient accounts, Lee",
        "Client services line",
        "member services",
        "Dr. Lee, M.D., peer to peer",
        "U.S. Behavioral Health Plan, Kim",
        "Pat, ref. desk 4",
    ],
)
def test_whoever_answers_at_a_payer_is_taken(words: str) -> None:
    draft, errors = read_draft(filled_from(DRAFT) | {"answered_by": words})
    assert errors == {}
    assert draft.answered_by == words


@pytest.mark.parametrize(
    "words",
    [
        "separate notes and times; 59 on the individual code",
        "members present must be listed in each note",
        "progress toward goals documented",
        "60 minute group sessions at least",
        "patient must be 18 or older",
        "not for F10.20 alone",
    ],
)
def test_terms_of_a_rule_are_taken(words: str) -> None:
    draft, errors = read_draft(filled_from(DRAFT) | {"conditions": words})
    assert errors == {}
    assert draft.conditions


def test_an_error_stands_at_the_answers_that_the_topic_has() -> None:
    assert by_block({"decision": "Choose.", "payer": "Which?"}, Draft(topic=Topic.PRIOR_AUTH)) == {
        "decision_required": "Choose.",
        "payer": "Which?",
    }


def test_an_answer_to_a_topic_chosen_before_does_not_count() -> None:
    view = sent({"topic": "prior_auth"})
    stale = {"value": {"type": "radio_buttons", "selected_option": {"value": "allowed"}}}
    view["state"]["values"]["decision_allowed"] = stale
    assert read_filled(view).get("decision", "") == ""
