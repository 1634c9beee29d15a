"""How far each person is in the course: ids, states and days. No word that a learner wrote, and no name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Date,
    Engine,
    Integer,
    String,
    Table,
    and_,
    delete,
    or_,
    select,
    update,
)

from bot.storage.database import metadata

_learners = Table(
    "course_learners",
    metadata,
    Column("practice", String(64), primary_key=True),
    Column("person", String(64), primary_key=True),
    Column("path", String(16), nullable=False),
    Column("paused", Boolean, nullable=False),
    Column("told_on", Date),
    Column("writes_in", String(64), nullable=False),
    Column("writes", String(64), nullable=False),
)
_modules = Table(
    "course_modules",
    metadata,
    Column("practice", String(64), primary_key=True),
    Column("person", String(64), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("module", String(64), primary_key=True),
    Column("done_on", Date, nullable=False),
)
_drills = Table(
    "course_drills",
    metadata,
    Column("practice", String(64), primary_key=True),
    Column("person", String(64), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("drill", String(64), primary_key=True),
    Column("settled", Boolean, nullable=False),
    Column("looked", Boolean, nullable=False),
    Column("missed", Integer, nullable=False),
    Column("step", Integer, nullable=False),
    Column("due_on", Date, index=True),
    # An older program goes on writing rows without it while pods are replaced: hence none at all.
    Column("press", String(128)),
)


@dataclass(frozen=True)
class Learner:
    """What one person chose. `writes` is the drill whose sentence is awaited in the thread `writes_in`."""

    path: str
    paused: bool = False
    told_on: date | None = None
    writes_in: str = ""
    writes: str = ""


@dataclass(frozen=True)
class DrillState:
    """Where one drill stands in one year.

    `looked` where its answer was looked at and never given since; `due_on` is when it comes back, None for one that
    does not. `press` is the id of the work that made it so, empty where none did.
    """

    drill: str
    settled: bool = False
    looked: bool = False
    missed: int = 0
    step: int = 0
    due_on: date | None = None
    press: str = ""


class CourseStore:
    """Every practice's learners; each call is one person of one practice, but for `people` and `to_tell`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def learner(self, practice: str, person: str) -> Learner | None:
        with self._engine.connect() as connection:
            row = connection.execute(select(_learners).where(_whose(_learners, practice, person))).first()
        return Learner(row.path, row.paused, row.told_on, row.writes_in, row.writes) if row else None

    def people(self, practice: str) -> Sequence[str]:
        """Everybody who ever began."""
        query = select(_learners.c.person).where(_learners.c.practice == practice).order_by(_learners.c.person)
        with self._engine.connect() as connection:
            return list(connection.execute(query).scalars())

    def put_learner(self, practice: str, person: str, learner: Learner) -> None:
        self._replace(_learners, {"practice": practice, "person": person}, vars(learner))

    def tell(self, practice: str, person: str, today: date) -> bool:
        """Note that the person was told today; False where that was done already, by this process or another."""
        yet = or_(_learners.c.told_on.is_(None), _learners.c.told_on < today)
        with self._engine.begin() as connection:
            told = connection.execute(
                update(_learners).where(_whose(_learners, practice, person), yet).values(told_on=today)
            )
        return told.rowcount == 1

    def to_tell(self, practice: str, year: int, today: date) -> Sequence[str]:
        """Who has something to repeat, wants to hear of it and has not been told today."""
        ours = and_(_drills.c.practice == _learners.c.practice, _drills.c.person == _learners.c.person)
        query = (
            select(_learners.c.person)
            .distinct()
            .join(_drills, ours)
            .where(_learners.c.practice == practice, _learners.c.paused.is_(False))
            .where(or_(_learners.c.told_on.is_(None), _learners.c.told_on < today))
            .where(_drills.c.year == year, _drills.c.due_on <= today)
            .order_by(_learners.c.person)
        )
        with self._engine.connect() as connection:
            return list(connection.execute(query).scalars())

    def modules(self, practice: str, person: str) -> dict[int, dict[str, date]]:
        """The day each module was done, by year and module."""
        found: dict[int, dict[str, date]] = {}
        with self._engine.connect() as connection:
            for row in connection.execute(select(_modules).where(_whose(_modules, practice, person))):
                found.setdefault(row.year, {})[row.module] = row.done_on
        return found

    def put_module(self, practice: str, person: str, year: int, module: str, done_on: date) -> None:
        key = {"practice": practice, "person": person, "year": year, "module": module}
        self._replace(_modules, key, {"done_on": done_on})

    def drills(self, practice: str, person: str, year: int) -> dict[str, DrillState]:
        query = select(_drills).where(_whose(_drills, practice, person), _drills.c.year == year)
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        return {
            row.drill: DrillState(row.drill, row.settled, row.looked, row.missed, row.step, row.due_on, row.press or "")
            for row in rows
        }

    def put_drill(self, practice: str, person: str, year: int, state: DrillState) -> None:
        key = {"practice": practice, "person": person, "year": year, "drill": state.drill}
        self._replace(_drills, key, vars(state))

    def _replace(self, table: Table, key: dict[str, object], values: dict[str, object]) -> None:
        with self._engine.begin() as connection:
            connection.execute(delete(table).where(*(table.c[name] == part for name, part in key.items())))
            connection.execute(table.insert().values({**values, **key}))


def _whose(table: Table, practice: str, person: str) -> ColumnElement[bool]:
    return and_(table.c.practice == practice, table.c.person == person)
