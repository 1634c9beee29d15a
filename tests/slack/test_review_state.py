"""Claim facts travel in the review's own button: added to, merged, and never over Slack's limit."""

from datetime import date

import pytest

from bot.claims.models import Authorization, ClaimFacts
from bot.errors import UserError
from bot.slack.blocks.text import length
from bot.slack.noteref import NoteRef
from bot.slack.review_state import VALUE_LIMIT, ReviewState

STATE = ReviewState(note=NoteRef(channel="D1", ts="1700000000.000100"), members=8)


def test_a_state_comes_back_from_its_button() -> None:
    state = STATE.with_facts(ClaimFacts(member="K.L.", date_of_service=date(2026, 3, 14), same_day_codes=()))
    assert ReviewState.loads(state.dumps()) == state


def test_new_facts_win_and_old_ones_stay() -> None:
    first = ClaimFacts(payer="Aetna", authorization=Authorization(number="A-17", units_left=3))
    second = ClaimFacts(state="MN", authorization=Authorization(units_left=0))
    (facts,) = STATE.with_facts(first).with_facts(second).facts
    assert (facts.payer, facts.state) == ("Aetna", "MN")
    assert facts.authorization == Authorization(number="A-17", units_left=0)


def test_a_members_own_facts_stand_over_those_of_all() -> None:
    state = STATE.with_facts(ClaimFacts(payer="Aetna", state="MN")).with_facts(ClaimFacts(member="K.L.", payer="Cigna"))
    everyone, own = state.claims()
    assert everyone.payer == "Aetna"
    assert (own.member, own.payer, own.state) == ("K.L.", "Cigna", "MN")


def test_facts_kept_over_a_button_still_merge() -> None:
    state = ReviewState.loads(STATE.with_facts(ClaimFacts(payer="Aetna", same_day_codes=())).dumps())
    (facts,) = state.with_facts(ClaimFacts(state="MN")).facts
    assert (facts.payer, facts.state, facts.same_day_codes) == ("Aetna", "MN", ())


def test_too_many_facts_are_left_out_and_said_so() -> None:
    state = STATE
    for number in range(40):
        state = state.with_facts(ClaimFacts(member=f"Member {number}", payer="A payer with a long name indeed"))
    assert not state.fits()
    assert length(state.dumps()) <= VALUE_LIMIT
    assert ReviewState.loads(state.dumps()).facts == ()


@pytest.mark.parametrize("value", ["", "{}", "x", '{"note": 1}'])
def test_a_button_of_another_age_is_one_line(value: str) -> None:
    with pytest.raises(UserError, match="send the note again"):
        ReviewState.loads(value)


def test_a_note_reference_fits_a_list_option() -> None:
    ref = NoteRef(channel="D0123456789A", ts="1700000000.000100", thread_ts="1700000000.000100", file="F0123456789A")
    assert NoteRef.loads(ref.dumps()) == ref
    assert len(f"999|{ref.dumps()}") <= 150


@pytest.mark.parametrize("value", ["", "a|b", "|1||", "D1|||"])
def test_a_reference_that_is_none_is_one_line(value: str) -> None:
    with pytest.raises(UserError, match="send the note again"):
        NoteRef.loads(value)


def test_facts_of_a_file_hold_beneath_those_of_the_modal_whatever_the_label_looks_like() -> None:
    table = [
        ClaimFacts(member="Client KL", payer="Cigna", authorization=Authorization(number="7", units_left=2)),
        ClaimFacts(payer="Aetna"),
    ]
    state = STATE.with_facts(ClaimFacts(member="K.L.", authorization=Authorization(units_left=1)))
    everyone, own = state.claims(table)
    assert (everyone.member, everyone.payer) == ("", "Aetna")
    assert own.payer == "Cigna"
    assert own.authorization == Authorization(number="7", units_left=1)


def test_a_corrected_split_and_the_files_come_back_from_the_button() -> None:
    state = STATE.with_tables(["F1", "F2", "F1"]).model_copy(update={"named": ("K.L.", "M.R.")})
    assert ReviewState.loads(state.dumps()) == state
    assert state.tables == ("F1", "F2")
    assert len(state.with_tables([f"G{number}" for number in range(9)]).tables) == 5
