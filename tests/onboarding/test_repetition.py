"""What was missed comes back after 2, 7 and 21 days."""

from datetime import date, timedelta

from bot.onboarding.repetition import answered, is_due, shown
from bot.storage.course import DrillState

DAY = date(2026, 3, 2)
NEW = DrillState("necessity-1")


def test_what_is_right_at_once_never_comes_back() -> None:
    state = answered(NEW, DAY, right=True)
    assert state.settled
    assert state.due_on is None


def test_a_missed_drill_comes_back_after_two_seven_and_twenty_one_days() -> None:
    state = answered(answered(NEW, DAY, right=False), DAY, right=True)
    today, waits = DAY, []
    while state.due_on:
        waits.append((state.due_on - today).days)
        today = state.due_on
        assert is_due(state, today)
        assert not is_due(state, today - timedelta(days=1))
        state = answered(state, today, right=True)
    assert waits == [2, 7, 21]


def test_a_miss_while_repeating_begins_again() -> None:
    state = answered(answered(NEW, DAY, right=False), DAY, right=True)
    state = answered(state, DAY + timedelta(days=2), right=True)
    missed = answered(state, DAY + timedelta(days=9), right=False)
    assert (missed.step, missed.due_on, missed.missed) == (0, DAY + timedelta(days=11), 2)


def test_a_look_at_the_answer_is_a_miss_that_lets_the_lesson_go_on() -> None:
    state = shown(NEW, DAY)
    assert (state.settled, state.missed, state.due_on) == (True, 1, DAY + timedelta(days=2))


def test_what_was_looked_at_is_so_until_it_is_answered_whenever_that_is() -> None:
    state = shown(NEW, DAY)
    assert state.looked
    assert answered(state, DAY, right=False).looked
    assert not answered(state, DAY, right=True).looked
    assert not answered(state, DAY + timedelta(days=2), right=True).looked
    assert not shown(answered(NEW, DAY, right=True), DAY).looked


def test_trying_again_what_is_settled_costs_nothing() -> None:
    state = answered(NEW, DAY, right=True)
    assert answered(state, DAY, right=False) == state
