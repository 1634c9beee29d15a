"""Where one person stands in the course this year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.onboarding.models import Course, Drill, Module, Path
from bot.onboarding.repetition import is_due
from bot.storage.course import DrillState


@dataclass(frozen=True)
class ModuleStanding:
    """One module of the path: which of its drills are still open, and when it was done."""

    module: Module
    open_drills: tuple[Drill, ...]
    done_on: date | None

    @property
    def is_begun(self) -> bool:
        return self.done_on is None and len(self.open_drills) < len(self.module.drills)


@dataclass(frozen=True)
class Standing:
    """`path` is None for who has not begun. `refreshes` is the last earlier year in which the path was finished.

    `due` are the drills to repeat, `looked` those of the path whose answer was looked at and not given yet.
    """

    path: Path | None
    year: int
    modules: tuple[ModuleStanding, ...] = ()
    due: tuple[str, ...] = ()
    looked: tuple[str, ...] = ()
    paused: bool = False
    refreshes: int | None = None

    @property
    def done(self) -> int:
        return sum(one.done_on is not None for one in self.modules)

    @property
    def is_finished(self) -> bool:
        return bool(self.modules) and self.done == len(self.modules)

    @property
    def has_earned_it(self) -> bool:
        """Whether the certificate is due: every lesson done, and every drill answered by the person."""
        return self.is_finished and not self.looked

    @property
    def finished_on(self) -> date | None:
        """The day of the last module; None while one is open."""
        days = [one.done_on for one in self.modules if one.done_on]
        return max(days) if self.is_finished else None

    @property
    def current(self) -> ModuleStanding | None:
        """The module to go on with: one that was begun, else the first that is open."""
        left = [one for one in self.modules if one.done_on is None]
        return next((one for one in left if one.is_begun), left[0] if left else None)

    @property
    def minutes_left(self) -> int:
        return sum(one.module.minutes for one in self.modules if one.done_on is None)


def standing_of(  # noqa: PLR0913  # everything that is kept of one person
    course: Course,
    path: Path,
    drills: dict[str, DrillState],
    modules: dict[int, dict[str, date]],
    today: date,
    *,
    paused: bool,
) -> Standing:
    """Where a person with these records stands on a path; a benefit year begins on 1 January, and all is due anew."""
    of_path = course.of(path)
    done = modules.get(today.year, {})
    known = {drill.id for module in course.modules for drill in module.drills}
    earlier = [year for year, finished in modules.items() if year < today.year and _covers(finished, of_path)]
    return Standing(
        path,
        today.year,
        tuple(ModuleStanding(module, open_drills(module, drills), done.get(module.id)) for module in of_path),
        tuple(sorted(name for name, state in drills.items() if name in known and is_due(state, today))),
        _looked(of_path, drills),
        paused,
        max(earlier, default=None),
    )


def open_drills(module: Module, drills: dict[str, DrillState]) -> tuple[Drill, ...]:
    """Those of a lesson that are not settled in these records of one year."""
    return tuple(drill for drill in module.drills if not drills.get(drill.id, DrillState(drill.id)).settled)


def _looked(modules: Sequence[Module], drills: dict[str, DrillState]) -> tuple[str, ...]:
    of_path = (drill.id for module in modules for drill in module.drills)
    return tuple(name for name in of_path if name in drills and drills[name].looked)


def _covers(finished: dict[str, date], modules: Sequence[Module]) -> bool:
    return all(module.id in finished for module in modules)
