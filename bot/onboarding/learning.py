"""The course as one practice's people go through it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from bot.errors import UserError
from bot.onboarding.grading import Graded, Grader
from bot.onboarding.models import Course, Drill, Module, Path
from bot.onboarding.repetition import answered, shown
from bot.onboarding.standing import Standing, open_drills, standing_of
from bot.storage.course import DrillState, Learner

if TYPE_CHECKING:
    from bot.onboarding.certificate import Certificate
    from bot.storage.course import CourseStore

NO_SUCH_MODULE = "The course has no such lesson any more: /billing learn shows where you are."
NOT_BEGUN = "You have not begun the course: /billing learn begins it."
NO_SUCH_DRILL = "The course has no such drill any more: /billing learn shows where you are."


@dataclass(frozen=True)
class Row:
    """One line of the progress table."""

    person: str
    standing: Standing


class Learning:
    """One practice's. `today` is the day whose year counts; nothing that a person writes is kept."""

    def __init__(
        self,
        practice: str,
        course: Course,
        grader: Grader,
        store: "CourseStore",
        today: Callable[[], date] = date.today,
    ) -> None:
        self._practice = practice
        self.course = course
        self.grader = grader
        self._store = store
        self._today = today

    def standing(self, person: str) -> Standing:
        """Where the person is this year."""
        today, learner = self._today(), self._learner(person)
        if learner is None:
            return Standing(None, today.year)
        return standing_of(
            self.course,
            Path(learner.path),
            self._store.drills(self._practice, person, today.year),
            self._store.modules(self._practice, person),
            today,
            paused=learner.paused,
        )

    def choose_path(self, person: str, path: Path) -> None:
        """Begin, or change to another path: what was done stays done."""
        learner = self._learner(person) or Learner(path.value)
        self._put(person, replace(learner, path=path.value))

    def pause(self, person: str, *, paused: bool) -> None:
        """Whether to tell the person of repetitions; raises UserError for who has not begun."""
        learner = self._learner(person)
        if learner is None:
            raise UserError(NOT_BEGUN)
        self._put(person, replace(learner, paused=paused))

    def module(self, module_id: str) -> Module:
        """Raises UserError for one that the course no longer has."""
        if (module := self.course.module(module_id)) is None:
            raise UserError(NO_SUCH_MODULE)
        return module

    def drill(self, drill_id: str) -> tuple[Module, Drill]:
        """A drill and its module; raises UserError for one that the course no longer has."""
        if (found := self.course.drill(drill_id)) is None:
            raise UserError(NO_SUCH_DRILL)
        return found

    def open_drills(self, person: str, module: Module) -> tuple[Drill, ...]:
        """Those of a lesson that the person has not settled this year, of whatever path it is."""
        return open_drills(module, self._store.drills(self._practice, person, self._today().year))

    def comes_back(self, person: str, drill_id: str) -> date | None:
        """The day on which a drill is to be repeated; None for one that is not."""
        return self._state(person, drill_id).due_on

    def was_counted(self, person: str, drill_id: str, press: str) -> bool:
        """Whether the outcome of this press, a piece of work by its id, is remembered already."""
        return bool(press) and self._state(person, drill_id).press == press

    def answer(self, person: str, drill_id: str, given: str, press: str = "") -> Graded:
        """Grade an answer and remember its outcome, of one press once; raises UserError as grading does."""
        module, drill = self.drill(drill_id)
        graded = self.grader.grade(drill, given)
        today = self._today()
        self._count(person, module, drill_id, press, lambda state: answered(state, today, right=graded.right))
        return graded

    def give_up(self, person: str, drill_id: str, press: str = "") -> Graded:
        """The right answer and why it is right; the drill comes back in two days."""
        module, drill = self.drill(drill_id)
        graded = self.grader.shown(drill)
        today = self._today()
        self._count(person, module, drill_id, press, lambda state: shown(state, today))
        return graded

    # -- a sentence that is written into a thread

    def await_sentence(self, person: str, thread: str, drill_id: str) -> None:
        """What the person writes next in this thread answers that drill; an empty id awaits nothing any more."""
        learner = self._learner(person) or Learner(Path.NEWCOMER.value)
        self._put(person, replace(learner, writes_in=thread if drill_id else "", writes=drill_id))

    def awaited(self, person: str, thread: str) -> str:
        """The drill that a sentence in this thread would answer; empty for none."""
        learner = self._learner(person)
        return learner.writes if learner and thread and learner.writes_in == thread else ""

    def awaits(self, person: str) -> str:
        """The drill whose sentence is awaited from the person, wherever; empty for none."""
        learner = self._learner(person)
        return learner.writes if learner else ""

    # -- repetitions

    def to_tell(self) -> Sequence[str]:
        """Who has something to repeat and has not been told of it today."""
        today = self._today()
        return self._store.to_tell(self._practice, today.year, today)

    def told(self, person: str) -> bool:
        """Note that the person is told today; False where that was done before."""
        return self._store.tell(self._practice, person, self._today())

    # -- the end

    def certificate(self, person: str, name: str) -> "Certificate":
        """Raises UserError while a module is open, or a drill of which only the answer was looked at."""
        from bot.onboarding.certificate import Certificate

        standing = self.standing(person)
        if standing.path is None or standing.finished_on is None:
            left = len(standing.modules) - standing.done
            raise UserError(f"The certificate comes with the last lesson: {left} to go." if left else NOT_BEGUN)
        if standing.looked:
            raise UserError(f"The certificate comes once you gave each answer yourself: {len(standing.looked)} to go.")
        titles = tuple(one.module.title for one in standing.modules)
        return Certificate(name, standing.path, standing.finished_on, titles)

    def table(self) -> tuple[Row, ...]:
        """Everybody who began, the furthest first."""
        rows = [Row(person, self.standing(person)) for person in self._store.people(self._practice)]
        return tuple(sorted(rows, key=lambda row: (-row.standing.done, row.person)))

    def _learner(self, person: str) -> Learner | None:
        return self._store.learner(self._practice, person)

    def _put(self, person: str, learner: Learner) -> None:
        self._store.put_learner(self._practice, person, learner)

    def _state(self, person: str, drill_id: str) -> DrillState:
        kept = self._store.drills(self._practice, person, self._today().year)
        return kept.get(drill_id, DrillState(drill_id))

    def _count(
        self, person: str, module: Module, drill_id: str, press: str, changed: Callable[[DrillState], DrillState]
    ) -> None:
        """Keep a drill's new state, of a press once, and the module's day once its last drill is settled."""
        today = self._today()
        if self._learner(person) is None:
            self.choose_path(person, Path.NEWCOMER)
        if not self.was_counted(person, drill_id, press):
            state = replace(changed(self._state(person, drill_id)), press=press)
            self._store.put_drill(self._practice, person, today.year, state)
        if module.id in self._store.modules(self._practice, person).get(today.year, {}):
            return
        if not open_drills(module, self._store.drills(self._practice, person, today.year)):
            self._store.put_module(self._practice, person, today.year, module.id, today)
