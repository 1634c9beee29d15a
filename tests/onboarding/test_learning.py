"""How a practice's people go through the course, over a real database."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from bot.errors import UserError
from bot.office import Office
from bot.onboarding.course import shipped_course
from bot.onboarding.grading import stated_answers
from bot.onboarding.learning import Learning
from bot.onboarding.models import Module
from bot.onboarding.models import Path as CoursePath
from bot.storage.course import CourseStore, DrillState
from bot.storage.database import open_database

COURSE = shipped_course()
SECRET = "The kingfisher scene was exposure for her social anxiety and served her goal of speaking in meetings."


class Clock:
    def __init__(self) -> None:
        self.today = date(2026, 3, 2)

    def __call__(self) -> date:
        return self.today


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return open_database("", tmp_path)


@pytest.fixture
def learning_of(engine: Engine, office: Office, clock: Clock) -> Callable[[str], Learning]:
    """The course of a practice, graded by the real engine."""
    return lambda practice: Learning(practice, COURSE, office.learning.grader, CourseStore(engine), clock)


@pytest.fixture
def learning(learning_of: Callable[[str], Learning]) -> Learning:
    return learning_of("T1")


def finish(learning: Learning, person: str, module: Module) -> None:
    for drill in module.drills:
        assert learning.answer(person, drill.id, stated_answers(drill)[0]).right


def pretend(engine: Engine, learning: Learning, person: str, year: int, but: int = 0) -> None:
    """Records as if the path had been gone through in that year, all but the last lessons."""
    path = learning.standing(person).path
    assert path
    modules = COURSE.of(path)
    for module in modules[: len(modules) - but]:
        CourseStore(engine).put_module("T1", person, year, module.id, date(year, 2, 1))


def test_a_person_who_has_not_begun_has_no_path(learning: Learning) -> None:
    standing = learning.standing("U1")
    assert standing.path is None
    assert standing.current is None
    with pytest.raises(UserError, match="You have not begun the course"):
        learning.certificate("U1", "Alex")


def test_a_path_has_its_own_lessons_and_may_be_changed(learning: Learning) -> None:
    learning.choose_path("U1", CoursePath.CLINICIAN)
    finish(learning, "U1", COURSE.of(CoursePath.CLINICIAN)[0])
    assert {one.module.id for one in learning.standing("U1").modules}.isdisjoint({"same-day", "telehealth"})
    learning.choose_path("U1", CoursePath.BILLER)
    standing = learning.standing("U1")
    assert standing.done == 1
    assert "same-day" in {one.module.id for one in standing.modules}


def test_a_lesson_is_done_when_its_last_drill_is(learning: Learning) -> None:
    learning.choose_path("U1", CoursePath.NEWCOMER)
    module = COURSE.modules[0]
    first, *others = module.drills
    learning.answer("U1", first.id, stated_answers(first)[0])
    current = learning.standing("U1").current
    assert current
    assert current.is_begun
    assert current.open_drills == tuple(others)
    for drill in others:
        learning.give_up("U1", drill.id)
    standing = learning.standing("U1")
    assert standing.done == 1
    assert standing.current
    assert standing.current.module is COURSE.modules[1]


def test_progress_is_one_persons_in_one_practice(learning_of: Callable[[str], Learning]) -> None:
    learning_of("T1").choose_path("U1", CoursePath.BILLER)
    assert learning_of("T1").standing("U2").path is None
    assert learning_of("T2").standing("U1").path is None
    assert learning_of("T2").table() == ()


def test_what_was_missed_is_due_and_told_once_a_day(learning: Learning, clock: Clock) -> None:
    learning.choose_path("U1", CoursePath.NEWCOMER)
    learning.answer("U1", "necessity-2", "ready")
    assert list(learning.to_tell()) == []
    clock.today += timedelta(days=2)
    assert learning.standing("U1").due == ("necessity-2",)
    assert list(learning.to_tell()) == ["U1"]
    assert learning.told("U1")
    assert not learning.told("U1")
    assert list(learning.to_tell()) == []
    clock.today += timedelta(days=1)
    assert list(learning.to_tell()) == ["U1"]
    learning.answer("U1", "necessity-2", "fix_before_submission")
    assert list(learning.to_tell()) == []
    assert learning.comes_back("U1", "necessity-2") == clock.today + timedelta(days=7)


def test_a_press_that_is_worked_on_twice_counts_once(learning: Learning, engine: Engine, clock: Clock) -> None:
    def state() -> DrillState:
        return CourseStore(engine).drills("T1", "U1", clock.today.year)[drill.id]

    learning.choose_path("U1", CoursePath.NEWCOMER)
    drill = COURSE.modules[0].drills[0]
    for press in ("first", "first", "second"):
        assert not learning.answer("U1", drill.id, "ready", press).right
    assert state().missed == 2
    for _ in range(2):
        learning.give_up("U1", drill.id, "look")
    assert state().missed == 3

    clock.today += timedelta(days=2)
    for _ in range(2):
        assert learning.answer("U1", drill.id, stated_answers(drill)[0], "right").right
    assert state().step == 1
    assert state().due_on == clock.today + timedelta(days=7)


def test_who_paused_is_not_told(learning: Learning, clock: Clock) -> None:
    learning.choose_path("U1", CoursePath.NEWCOMER)
    learning.answer("U1", "necessity-2", "ready")
    clock.today += timedelta(days=2)
    learning.pause("U1", paused=True)
    assert list(learning.to_tell()) == []
    assert learning.standing("U1").due == ("necessity-2",)
    learning.pause("U1", paused=False)
    assert list(learning.to_tell()) == ["U1"]


def test_a_new_benefit_year_makes_the_course_due_anew(learning: Learning, clock: Clock, engine: Engine) -> None:
    learning.choose_path("U1", CoursePath.CLINICIAN)
    pretend(engine, learning, "U1", 2026)
    learning.answer("U1", "necessity-2", "ready")
    clock.today = date(2026, 12, 31)
    assert learning.standing("U1").is_finished
    clock.today = date(2027, 1, 1)
    standing = learning.standing("U1")
    assert (standing.done, standing.refreshes, standing.due) == (0, 2026, ())
    with pytest.raises(UserError, match="7 to go"):
        learning.certificate("U1", "Alex")


def test_the_certificate_has_name_path_day_and_lessons(learning: Learning, clock: Clock, engine: Engine) -> None:
    learning.choose_path("U1", CoursePath.CLINICIAN)
    pretend(engine, learning, "U1", 2026, but=1)
    clock.today = date(2026, 5, 20)
    finish(learning, "U1", COURSE.of(CoursePath.CLINICIAN)[-1])
    made = learning.certificate("U1", "Alex Moreno")
    assert (made.name, made.path, made.finished_on) == ("Alex Moreno", CoursePath.CLINICIAN, date(2026, 5, 20))
    assert made.modules == tuple(module.title for module in COURSE.of(CoursePath.CLINICIAN))


def test_no_certificate_for_answers_that_were_only_looked_at(learning: Learning, engine: Engine) -> None:
    learning.choose_path("U1", CoursePath.CLINICIAN)
    pretend(engine, learning, "U1", 2026, but=1)
    *others, last = COURSE.of(CoursePath.CLINICIAN)[-1].drills
    for drill in others:
        learning.answer("U1", drill.id, stated_answers(drill)[0])
    learning.give_up("U1", last.id)
    assert learning.standing("U1").is_finished
    with pytest.raises(UserError, match="once you gave each answer yourself: 1 to go"):
        learning.certificate("U1", "Alex")
    learning.answer("U1", last.id, stated_answers(last)[0])
    assert learning.certificate("U1", "Alex")


def test_leads_see_the_furthest_first(learning: Learning, engine: Engine) -> None:
    for person in ("U1", "U2"):
        learning.choose_path(person, CoursePath.CLINICIAN)
    pretend(engine, learning, "U2", 2026)
    assert [(row.person, row.standing.done) for row in learning.table()] == [("U2", 7), ("U1", 0)]


def test_only_the_thread_of_the_drill_awaits_its_sentence(learning: Learning) -> None:
    learning.await_sentence("U1", "D1:1.0", "necessity-1")
    assert learning.awaited("U1", "D1:1.0") == "necessity-1"
    assert learning.awaited("U1", "D1:2.0") == ""
    assert learning.awaited("U2", "D1:1.0") == ""
    learning.await_sentence("U1", "", "")
    assert learning.awaited("U1", "D1:1.0") == ""


def test_nothing_that_a_learner_wrote_is_kept(learning: Learning, engine: Engine) -> None:
    assert learning.answer("U1", "necessity-1", SECRET).right
    with engine.connect() as connection:
        kept = [
            str(row)
            for table in ("course_learners", "course_modules", "course_drills")
            for row in connection.execute(text(f"select * from {table}"))
        ]
    assert kept
    assert "kingfisher" not in "".join(kept)


@pytest.mark.parametrize("call", ["answer", "give_up"])
def test_a_drill_of_an_older_course_is_told(learning: Learning, call: str) -> None:
    given = ("x",) if call == "answer" else ()
    with pytest.raises(UserError, match="no such drill any more"):
        getattr(learning, call)("U1", "gone-1", *given)
