"""Progress in the course, on both databases."""

from collections.abc import Callable
from datetime import date

from sqlalchemy import Engine

from bot.storage.course import CourseStore, DrillState, Learner

DAY = date(2026, 3, 2)


def test_progress_is_there_after_a_restart(open_again: Callable[[], Engine]) -> None:
    store = CourseStore(open_again())
    store.put_learner("T1", "U1", Learner("biller", paused=True))
    store.put_module("T1", "U1", 2026, "copies", DAY)
    store.put_drill("T1", "U1", 2026, DrillState("copies-1", True, True, 1, 0, DAY))
    again = CourseStore(open_again())
    assert again.learner("T1", "U1") == Learner("biller", paused=True)
    assert again.modules("T1", "U1") == {2026: {"copies": DAY}}
    assert again.drills("T1", "U1", 2026) == {"copies-1": DrillState("copies-1", True, True, 1, 0, DAY)}
    assert again.drills("T1", "U1", 2027) == {}
    assert again.learner("T2", "U1") is None


def test_the_last_state_of_a_drill_stands(engine: Engine) -> None:
    store = CourseStore(engine)
    store.put_drill("T1", "U1", 2026, DrillState("copies-1", missed=1, due_on=DAY))
    store.put_drill("T1", "U1", 2026, DrillState("copies-1", settled=True))
    assert store.drills("T1", "U1", 2026) == {"copies-1": DrillState("copies-1", settled=True)}


def test_a_person_is_told_once_a_day_whoever_looks(engine: Engine) -> None:
    store = CourseStore(engine)
    for person in ("U1", "U2"):
        store.put_learner("T1", person, Learner("biller"))
    store.put_drill("T1", "U1", 2026, DrillState("copies-1", due_on=DAY))
    store.put_drill("T1", "U1", 2026, DrillState("copies-2", due_on=DAY))
    assert store.to_tell("T1", 2026, DAY) == ["U1"]
    assert store.to_tell("T2", 2026, DAY) == []
    assert store.tell("T1", "U1", DAY)
    assert not CourseStore(engine).tell("T1", "U1", DAY)
    assert store.to_tell("T1", 2026, DAY) == []
    assert store.to_tell("T1", 2026, date(2026, 3, 3)) == ["U1"]
