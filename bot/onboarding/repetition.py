"""When a drill that was missed comes back: 2 days after the miss, 7 after a right repetition, 21 after the next."""

from dataclasses import replace
from datetime import date, timedelta

from bot.storage.course import DrillState

INTERVALS = (2, 7, 21)
"""Days. A miss at any of them begins again at the first."""


def is_due(state: DrillState, today: date) -> bool:
    """Whether the drill is to be repeated by now."""
    return state.due_on is not None and state.due_on <= today


def answered(state: DrillState, today: date, *, right: bool) -> DrillState:
    """The state after an answer; what is settled and not due may be tried again at no cost."""
    due = is_due(state, today)
    if not right:
        return state if state.settled and not due else _missed(state, today)
    if not due:
        return replace(state, settled=True, looked=False)
    step = state.step + 1
    comes_back = today + timedelta(days=INTERVALS[step]) if step < len(INTERVALS) else None
    return replace(state, settled=True, looked=False, step=step, due_on=comes_back)


def shown(state: DrillState, today: date) -> DrillState:
    """The state after a look at the answer: settled, so that the module goes on, and missed."""
    missed = answered(state, today, right=False)
    return replace(missed, settled=True, looked=state.looked or not state.settled)


def _missed(state: DrillState, today: date) -> DrillState:
    return replace(state, missed=state.missed + 1, step=0, due_on=today + timedelta(days=INTERVALS[0]))
